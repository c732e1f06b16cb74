/** Numbers of prices and levels: a level, a change in percent, points or money, or a multiple, by unit and verb. */
import { amountChangeCandidates } from './amountChanges.js';
import type { AsOf, Candidate, Candidates } from './candidates.js';
import { changeCandidates } from './changeFigures.js';
import type { ClaimData } from './claimData.js';
import { relativeCandidates } from './comparisonAnswers.js';
import type { Frame } from '../frames/frame.js';
import { multipleCandidates } from './multipleFigures.js';
import { priceCandidates } from './priceFigures.js';
import { words } from './wording.js';

/** A percent is a change where a verb says so; an amount is a price where it has the size of one. */
export function priceOrChange(
  data: ClaimData,
  frame: Frame,
  asOf: AsOf,
  unclear: Candidates,
): Candidates | undefined {
  const { metric, quantity, entity } = frame;
  if (quantity === undefined) return undefined;
  const series = data.series.get(entity ?? '');
  const relative = frame.events.has('outperformed') || frame.events.has('underperformed');
  const apart = quantity.unit === 'points' || (quantity.unit === 'fraction' && frame.lead === 'by');
  if (relative && apart)
    return relativeCandidates(data, frame, asOf, quantity.unit === 'points' ? 'points' : 'fraction');
  switch (quantity.unit) {
    case 'fraction':
      return frame.sign === undefined ? unclear : changeCandidates(data, frame, asOf);
    case 'times':
      if (frame.ratio === true && (frame.marks.has('intraday') || metric === 'high' || metric === 'low'))
        return unclear;
      if (quantity.word === true || frame.sign !== undefined || frame.ratio === true)
        return changeCandidates(data, frame, asOf);
      return metric === undefined ? unclear : multipleCandidates(data, { ...frame, metric: 'pe' }, asOf);
    case 'CNY':
    case 'USD':
    case 'HKD':
      if (quantity.value >= LARGEST_PRICE) return unclear;
      return isChange(frame)
        ? amountChangeCandidates(data, frame, asOf)
        : frame.lead === 'by'
          ? unclear
          : priceCandidates(data, frame, asOf);
    case 'index points':
      if (isChange(frame) && series?.unit === 'index points')
        return amountChangeCandidates(data, frame, asOf);
      return series?.unit === 'index points' &&
        frame.lead !== 'by' &&
        (frame.sign === undefined || frame.lead === 'to' || metric !== undefined || quantity.crossed === true)
        ? priceCandidates(data, frame, asOf)
        : unclear;
    case 'none': {
      const exact = quantity.step < 1 || quantity.value >= 100;
      const said =
        metric !== undefined && (metric !== 'price' || quantity.step < 1 || frame.marks.has('round'));
      const indexed = series?.unit === 'index points' && quantity.step < 1 && frame.lead === 'to';
      return exact && (said || indexed) ? priceCandidates(data, frame, asOf) : undefined;
    }
    case 'points':
      return frame.sign === undefined ? unclear : pointsForPercent(data, frame, asOf);
    case 'shares':
      // How many shares somebody holds is not held, but it is a claim.
      return frame.marks.has('holds') ? unclear : undefined;
    default:
      return undefined;
  }
}

/** A price moves by percent; by points only where two changes are compared. */
function pointsForPercent(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const found = changeCandidates(data, frame, asOf);
  if ('notCheckable' in found) return found;
  return {
    ...found,
    candidates: found.candidates.flatMap((one): Candidate[] =>
      one.role === 'main'
        ? [
            one,
            {
              ...one,
              role: 'slip',
              slip: 'points-for-percent',
              words: words('percent, not points', '应为百分之几，不是百分点'),
            },
          ]
        : [],
    ),
  };
}

/** "Shed 79 points", "rose by 215 yuan", 涨了215元. */
export const isChange = ({ lead, sign, quantity }: Frame): boolean =>
  sign !== undefined && quantity?.crossed !== true && (lead === 'by' || lead === 'move');

/** No share costs more; larger amounts need a word that says what they are. */
const LARGEST_PRICE = 100_000;
