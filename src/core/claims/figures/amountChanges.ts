/** "Shed 79 points", 一天涨了215元, "wiped 50 billion off its market value": a change as an amount, over the windows of a percent. */
import type { Day } from '../../base/brand.js';
import { type AsOf, type Candidate, type Candidates, notCheckable } from './candidates.js';
import { changeCandidates } from './changeFigures.js';
import type { Figure } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { noSeries } from './prices.js';
import { sharesKnown } from './valueFigures.js';
import { closeOn } from './series.js';
import { joined, overWindow, valueWords } from './wording.js';

export function amountChangeCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const id = frame.entity;
  const series = data.series.get(id ?? '');
  if (id === undefined || series === undefined) return noSeries(data, id ?? '');
  const found = changeCandidates(data, { ...frame, quantity: undefined }, asOf);
  if ('notCheckable' in found) return found;
  const candidates = found.candidates.flatMap((one): Candidate[] => {
    const figure = amountOf(data, id, series, frame, one.figure);
    return figure === undefined
      ? []
      : [{ ...one, figure, uncertainty: series.unit === 'index points' ? LEVEL_OPEN : 0 }];
  });
  return candidates.length === 0
    ? notCheckable('the number of shares is not held', '没有股本数据')
    : { ...found, candidates };
}

/** Two levels, each printed to a hundredth. */
const LEVEL_OPEN = 0.01;

function amountOf(
  data: ClaimData,
  id: string,
  series: Series,
  { metric }: Frame,
  of: Figure,
): Figure | undefined {
  const { from, asOf: to, value } = of;
  if (from === undefined) return undefined;
  const change =
    metric === 'marketCap' ? marketValueChange(data, id, series, from, to) : value * closeOn(series, from);
  if (change === undefined) return undefined;
  const unit = metric === 'marketCap' ? 'CNY' : series.unit;
  return {
    value: change,
    unit,
    asOf: to,
    from,
    change: true,
    text: joined(change >= 0 ? '+' : '', valueWords(change, unit), overWindow(from, to)),
    inputs: of.inputs,
  };
}

function marketValueChange(
  data: ClaimData,
  id: string,
  series: Series,
  from: Day,
  to: Day,
): number | undefined {
  const [before, after] = [sharesKnown(data, id, from), sharesKnown(data, id, to)];
  if (before === undefined || after === undefined) return undefined;
  return after.value * closeOn(series, to) - before.value * closeOn(series, from);
}
