/** What a review forces trackers to sell, on the totals printed, and the arithmetic of the press beside it. */
import { formatDay } from '../../calendar/day.js';
import { companyIn } from './aboutIndex.js';
import { printedFigure } from './assetFigures.js';
import { type AsOf, type Candidate, type Candidates, notCheckable } from './candidates.js';
import type { Figure, Input } from '../claim.js';
import type { ClaimData, ClaimReview, PrintedAmount } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { WEIGHT_OPEN } from './weightFigures.js';
import { joined, metricWords, onDay, valueWords, words } from './wording.js';

/**
 * What trackers had to sell of a security: (weight before - weight after) x assets, on the smallest and largest total printed.
 * The press took the weight of a day less the cap, as if prices stood still: right of no close, and stale after the swap.
 */
export function flowCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const index = frame.index ?? data.usual.index;
  const id = companyIn(data, frame) ?? data.usual.security;
  const review = data.reviews.findLast(
    (one) => one.index === index && one.after.size > 0 && one.announced <= asOf.written,
  );
  // One fund sells its own part, and nobody sold on another day.
  if (data.entities.some((one) => one.kind === 'fund' && one.id === frame.entity))
    return notCheckable('what a single fund sells is not held', '没有单只基金卖出额的数据');
  const day = frame.timed && frame.time?.kind === 'day' ? frame.time.day : undefined;
  if (
    review !== undefined &&
    day !== undefined &&
    ![asOf.written, review.swap, review.effective].includes(day)
  )
    return notCheckable('the sale is of the close of the swap', '卖出发生在换样日收盘');
  if (review === undefined) return printedFlows(data, index, id);
  const totals = data.assets.filter(
    (one) => one.of === index && one.day >= review.announced && one.day <= review.swap,
  );
  if (totals.length === 0)
    return notCheckable(
      `no total of what tracks ${index} is held for that time`,
      `没有当时跟踪${index}的规模数据`,
    );
  const role = asOf.known && asOf.written >= review.swap ? 'earlier' : 'reading';
  return {
    candidates: [
      { role: 'main', figure: saleFigure(review, id, totals) },
      ...totals.toReversed().flatMap((total) => standingStill(data, index, id, total, role)),
    ],
  };
}

/** Of an index whose baskets are not held there is only what was printed. */
function printedFlows(data: ClaimData, index: string, id: string): Candidates {
  const printed = data.estimates.filter((one) => one.of === index && one.id === id);
  if (printed.length === 0)
    return notCheckable(
      `what trackers of ${index} had to sell of ${id} is not held`,
      `没有跟踪${index}的基金须卖出${id}的数据`,
    );
  return {
    candidates: printed.map((row): Candidate => ({
      role: 'reading',
      words: words(
        `the printed estimate of ${formatDay(row.day)}; it cannot be computed here`,
        `为${formatDay(row.day)}公开的估算，无法在此复算`,
      ),
      figure: printedFigure(row, false),
    })),
  };
}

function saleFigure(
  { swap, before: old, after: now }: ClaimReview,
  id: string,
  totals: readonly PrintedAmount[],
): Figure {
  const [low, high] = [
    Math.min(...totals.map((one) => one.amount)),
    Math.max(...totals.map((one) => one.amount)),
  ];
  const [before, after] = [old.get(id) ?? 0, now.get(id) ?? 0];
  const cut = Math.abs(before - after);
  const input = (name: string, nameZh: string, value: number): Input => ({
    name: words(name, nameZh),
    value,
    unit: 'fraction',
    asOf: swap,
    source: { table: 'baskets' },
  });
  const [was, is] = [(before * 100).toFixed(2), (after * 100).toFixed(2)];
  return {
    value: cut * low,
    high: cut * high,
    unit: 'CNY',
    asOf: swap,
    text: joined(
      valueWords(cut * low, 'CNY'),
      words(' to ', ' 至 '),
      valueWords(cut * high, 'CNY'),
      words(
        `: weight ${was} % to ${is} % at the close of ${formatDay(swap)}, on the smallest and largest total printed`,
        `：权重在${formatDay(swap)}收盘由 ${was} % 变为 ${is} %，按公布的最小与最大规模计`,
      ),
    ),
    inputs: [
      input('weight before', '调整前权重', before),
      input('weight after', '调整后权重', after),
      ...totals.map((one) => printedFigure(one, false).inputs[0]),
    ],
  };
}

/** The arithmetic of the press on our weights: (weight of the day - cap) x the total printed that day. */
function standingStill(
  data: ClaimData,
  index: string,
  id: string,
  total: PrintedAmount,
  role: 'earlier' | 'reading',
): Candidate[] {
  const weight = data.weightsOn(index, total.day)?.get(id);
  const cap = data.rules.findLast((one) => one.index === index && one.from <= total.day)?.cap;
  if (weight === undefined || cap === undefined || weight <= cap) return [];
  const value = (weight - cap) * total.amount;
  const how = words(
    `by the arithmetic of the press on ${formatDay(total.day)}: ${(weight * 100).toFixed(2)} % less ${cap * 100} %, prices standing still`,
    `按媒体在${formatDay(total.day)}的算法：${(weight * 100).toFixed(2)} % 减 ${cap * 100} %，假设价格不变`,
  );
  return [
    {
      role,
      words: how,
      uncertainty: WEIGHT_OPEN * total.amount,
      figure: {
        value,
        unit: 'CNY',
        asOf: total.day,
        text: joined(valueWords(value, 'CNY'), onDay(total.day)),
        inputs: [
          {
            name: metricWords('weight'),
            value: weight,
            unit: 'fraction',
            asOf: total.day,
            source: { table: 'baskets' },
          },
          {
            name: metricWords('cap'),
            value: cap,
            unit: 'fraction',
            asOf: total.day,
            source: { table: 'rulebooks' },
          },
          printedFigure(total, false).inputs[0],
        ],
      },
    },
  ];
}
