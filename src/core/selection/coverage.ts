/**
 * Coverage: the best-ranked until they cover a share of the whole, members a little further. Families:
 * rulebooks.md 8.1 (MSCI 85 %), 8.4 (TOPIX: newcomers to 96 %, members to 97 %), 8.5 (KOSPI 200 industries).
 */
import { Type, type Static } from 'typebox';
import { sum } from '../base/sum.js';
import type { Words } from '../base/words.js';
import { MeasureSchema, WindowMonthsSchema } from './measure.js';
import { seatsOf, withRanks, type Seat, type Standing } from './seat.js';

const shareOfWhole = (description: string) => Type.Number({ exclusiveMinimum: 0, maximum: 1, description });

export const CoverageSchema = Type.Object(
  {
    kind: Type.Literal('coverage'),
    measure: MeasureSchema,
    windowMonths: WindowMonthsSchema,
    share: shareOfWhole('newcomers enter up to this cumulative share of the measure'),
    keepShare: Type.Optional(
      shareOfWhole('members stay up to this cumulative share; absent: the same share'),
    ),
    minCount: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'at least so many, filled by rank when fewer cover the share',
      }),
    ),
    maxCount: Type.Optional(Type.Integer({ minimum: 1, description: 'at most so many, the best-ranked' })),
  },
  {
    additionalProperties: false,
    description: 'a cumulative share of the measure, with a looser one for members',
  },
);
export type CoverageRule = Static<typeof CoverageSchema>;

/** Running shares of the whole, each value's own included. A whole of nothing has no shares: all are 0. */
export function cumulativeShares(values: readonly number[]): number[] {
  const total = sum(values);
  let running = 0;
  return values.map((value) => {
    running += value;
    return total > 0 ? running / total : 0;
  });
}

/** Whether a cumulative share is within a limit; exactly the limit is, whatever the fractions are in binary. */
export function isWithin(share: number, limit: number): boolean {
  return share <= limit + 1e-9;
}

/** Whether everybody is covered, whatever the sizes: an index that takes its whole universe. */
export function coversAll({ share, keepShare = share, maxCount }: CoverageRule): boolean {
  return share === 1 && keepShare === 1 && maxCount === undefined;
}

/**
 * Seats by cumulative share in rank order, each security's own share included: newcomers up to `share`, members
 * up to `keepShare`; then filled by rank to `minCount`, or cut to the best-ranked `maxCount`.
 */
export function seatByCoverage<T>(
  ranked: readonly T[],
  size: (item: T) => number,
  isIncumbent: (item: T) => boolean,
  rule: CoverageRule,
): Seat<T>[] {
  const { share, keepShare = share, minCount = 0, maxCount = Infinity } = rule;
  const shares = cumulativeShares(ranked.map(size));
  const all = withRanks(ranked, isIncumbent);
  const covered = seatsOf(
    all,
    ({ rank, incumbent }) => isWithin(shares[rank - 1], incumbent ? keepShare : share),
    'entered',
  );
  const seated = new Set(covered.map(({ item }) => item));
  const others = seatsOf(all, ({ item }) => !seated.has(item), 'filled');
  const filled = others.slice(0, Math.max(0, minCount - covered.length));
  return [...covered, ...filled].toSorted((a, b) => a.rank - b.rank).slice(0, maxCount);
}

export function describeCoverage(rule: CoverageRule, standing: Standing): Words {
  if (standing === 'filled')
    return { en: `next in rank up to ${rule.minCount}`, zh: `按排名递补至${rule.minCount}只` };
  const limit = standing === 'member' ? (rule.keepShare ?? rule.share) : rule.share;
  const most = rule.maxCount === undefined ? '' : `, at most ${rule.maxCount}`;
  const mostZh = rule.maxCount === undefined ? '' : `，最多${rule.maxCount}只`;
  return { en: `cumulative share <= ${limit}${most}`, zh: `累计占比 <= ${limit}${mostZh}` };
}
