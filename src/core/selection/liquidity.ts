/**
 * Liquidity: the least traded part of the set as it stands is dropped; members may have a looser share.
 * Families: rulebooks.md 1 (top 90 %), 2.4 (CSI 300: new top 50 %, old top 60 %), 2.6a.
 */
import { Type, type Static } from 'typebox';
import type { Snapshot } from '../market/snapshot.js';
import { largestFirst } from './measure.js';
import type { ScreenFailure } from './screen.js';

export const LiquiditySchema = Type.Object(
  {
    kind: Type.Literal('liquidity'),
    /** Share of the set, by average value traded, that stays; the rest is dropped. */
    keepTop: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    /** Looser share for members, 0..1: a member within it stays (CSI 300: new top 50 %, old top 60 %). */
    keepTopIncumbents: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
    windowMonths: Type.Integer({ minimum: 1 }),
  },
  {
    additionalProperties: false,
    description: 'drops the least traded part of the set as it stands at this step',
  },
);
export type LiquidityRule = Static<typeof LiquiditySchema>;

/**
 * Rows beyond the share that stays, members beyond theirs. A row without any value traded in the window counts
 * as the least traded.
 */
export function liquidity(
  rule: LiquidityRule,
  snapshot: Snapshot,
  rows: readonly number[],
  isIncumbent: (row: number) => boolean,
): ScreenFailure[] {
  const traded = (row: number): number => {
    const value = snapshot.averageValue[row];
    return Number.isNaN(value) ? 0 : value;
  };
  const order = largestFirst(rows, traded);
  const shareOf = (row: number): number =>
    isIncumbent(row) ? (rule.keepTopIncumbents ?? rule.keepTop) : rule.keepTop;
  return order
    .filter((row, i) => i >= keptOf(order, shareOf(row)))
    .toSorted((a, b) => a - b)
    .map((row) => failure(row, traded, order, shareOf(row)));
}

/** How many of the set a share keeps: rounded up, so that 90 % of 50 is 45 and of 51 is 46. */
function keptOf(order: readonly number[], share: number): number {
  return Math.ceil(share * order.length - 1e-9);
}

function failure(
  row: number,
  traded: (row: number) => number,
  order: readonly number[],
  share: number,
): ScreenFailure {
  const kept = keptOf(order, share);
  const line = Math.round(kept > 0 ? traded(order[kept - 1]) : 0);
  const percent = Math.round(share * 100);
  return {
    row,
    measure: { en: 'average value traded, CNY', zh: '日均成交额（元）' },
    value: String(Math.round(traded(row))),
    limit: { en: `>= ${line} (top ${percent} %)`, zh: `>= ${line}（前${percent}%）` },
  };
}
