/**
 * Liquidity: the least traded part of the set as it stands is dropped; members may have a looser share.
 * Families: rulebooks.md 1 (top 90 %), 2.4 (CSI 300: new top 50 %, old top 60 %), 2.6a.
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';
import type { Snapshot } from '../market/snapshot.js';
import { rowsDescending } from './rowsDescending.js';
import type { ScreenFailure } from './screen.js';

export const LiquiditySchema = Type.Object(
  {
    kind: Type.Literal('liquidity'),
    keepTop: Type.Number({
      exclusiveMinimum: 0,
      maximum: 1,
      description: 'share of the set, by average value traded, that stays; the rest is dropped',
    }),
    keepTopIncumbents: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description:
          'looser share for members, 0..1: a member within it stays (CSI 300: new top 50 %, old top 60 %)',
      }),
    ),
    windowMonths: Type.Integer({ minimum: 1, description: 'months of the average, ending on the cut-off' }),
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
  const order = rowsDescending(rows, traded);
  const newcomers = lineAt(order, rule.keepTop, traded);
  const members = lineAt(order, rule.keepTopIncumbents ?? rule.keepTop, traded);
  const lineOf = (row: number): Line => (isIncumbent(row) ? members : newcomers);
  return order
    .filter((row, i) => i >= lineOf(row).kept)
    .toSorted((a, b) => a - b)
    .map((row) => ({
      row,
      measure: VALUE_TRADED,
      value: String(Math.round(traded(row))),
      limit: lineOf(row).limit,
    }));
}

const VALUE_TRADED: Words = { en: 'average value traded, CNY', zh: '日均成交额（元）' };

interface Line {
  readonly kept: number;
  readonly limit: Words;
}

function lineAt(order: readonly number[], share: number, traded: (row: number) => number): Line {
  const kept = keptOf(order, share);
  const line = Math.round(kept > 0 ? traded(order[kept - 1]) : 0);
  const percent = Math.round(share * 100);
  return { kept, limit: { en: `>= ${line} (top ${percent} %)`, zh: `>= ${line}（前${percent}%）` } };
}

/** How many of the set a share keeps: rounded up, so that 90 % of 50 is 45 and of 51 is 46. */
function keptOf(order: readonly number[], share: number): number {
  return Math.ceil(share * order.length - 1e-9);
}
