/** One price less another, in money or in percent of the other: at the close of both. */
import type { Day } from '../../base/brand.js';
import { type AsOf, type Candidates, notCheckable } from './candidates.js';
import type { Figure } from '../claim.js';
import type { ClaimData } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { datedCandidates, LONG_WEEKEND } from './priceFigures.js';
import { noSeries, priceInput } from './prices.js';
import { closeOn } from './series.js';
import { joined, onDay, valueWords, words } from './wording.js';

/** 75.90 yuan below is -75.90; without a word that says which is higher only the size is claimed. */
export function gapCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const { entity, other, marks, quantity } = frame;
  if (entity === undefined || other === undefined)
    return notCheckable('no two names are compared', '没有可比较的两个名称');
  const [own, theirs] = [data.series.get(entity), data.series.get(other)];
  if (own === undefined) return noSeries(data, entity);
  if (theirs === undefined) return noSeries(data, other);
  if (own.unit !== theirs.unit) return notCheckable('the two are not in one unit', '两者单位不同');
  if (marks.has('intraday') && !marks.has('atClose'))
    return notCheckable(
      'prices of both at one moment of the session are not held',
      '没有双方盘中同一时刻的价格',
    );
  const { time, timed } = frame;
  const single = time?.kind === 'closes' && time.since !== true && time.to - time.from <= LONG_WEEKEND;
  if (timed && time !== undefined && time.kind !== 'day' && !single)
    return notCheckable('which session of that time is meant is not said', '没有写明是期间的哪一个交易日');
  const percent = quantity?.unit === 'fraction';
  const figure = (day: Day): Figure | undefined => {
    const [mine, its] = [closeOn(own, day), closeOn(theirs, day)];
    if (Number.isNaN(mine) || Number.isNaN(its)) return undefined;
    const value = percent ? mine / its - 1 : mine - its;
    const unit = percent ? 'fraction' : own.unit;
    return {
      value,
      unit,
      asOf: day,
      change: true,
      text: joined(
        value > 0 ? '+' : '',
        valueWords(value, unit),
        words(': ', '：'),
        `${entity} `,
        valueWords(mine, own.unit),
        words(' against ', '，对比 '),
        `${other} `,
        valueWords(its, theirs.unit),
        words(' at the close', '（收盘）'),
        onDay(day),
      ),
      inputs: [priceInput(entity, own, 'close', day), priceInput(other, theirs, 'close', day)],
    };
  };
  return datedCandidates(frame, asOf, own, (day) => {
    const found = figure(day);
    return found && { figure: found };
  });
}
