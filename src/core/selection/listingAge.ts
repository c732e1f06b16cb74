/**
 * Listing age: listed for long enough, with exceptions for very large newcomers. Families: rulebooks.md 1 (STAR
 * 50: twelve months; top 5 after three), 2.3, 4, 5, 6.1, 7.1.
 */
import { Type, type Static } from 'typebox';
import type { Day } from '../base/brand.js';
import type { Words } from '../base/words.js';
import { addDays, addMonths, formatDay } from '../calendar/day.js';
import type { Snapshot } from '../market/snapshot.js';
import type { ScreenContext, ScreenFailure } from './screen.js';

const strict = { additionalProperties: false };

export const ListingAgeSchema = Type.Object(
  {
    kind: Type.Literal('listing-age'),
    months: Type.Integer({ minimum: 0, description: 'listed for more than this many months at the cut-off' }),
    exceptions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            rankTop: Type.Integer({
              minimum: 1,
              description: 'since-listing average total cap ranks at least this high on the board',
            }),
            months: Type.Integer({ minimum: 0, description: 'and listed for more than this many months ' }),
            sessionsAfterCutoff: Type.Integer({
              minimum: 0,
              description: '... on the k-th session after the cut-off',
            }),
            committee: Type.Boolean({
              description: "only when the provider's committee agrees; the default assumes it does not",
            }),
          },
          strict,
        ),
        { description: 'very large newcomers may come in younger' },
      ),
    ),
  },
  { ...strict, description: 'listed long enough, with exceptions for very large newcomers' },
);
export type ListingAgeRule = Static<typeof ListingAgeSchema>;

/** Rows listed too short a time. */
export function listingAge(
  rule: ListingAgeRule,
  rows: readonly number[],
  context: ScreenContext,
): ScreenFailure[] {
  const { snapshot } = context.source;
  const latest = latestListing(rule.months, context.cutoff);
  const young = rows.filter((row) => snapshot.securities[row].listed > latest);
  if (young.length === 0) return [];
  const exceptions = rule.exceptions ?? [];
  const deepest = exceptions.reduce((depth, exception) => Math.max(depth, exception.rankTop), 0);
  const capRank = deepest === 0 ? new Map<number, number>() : ranksByCap(snapshot, rows, deepest);
  const excepted = (row: number): boolean =>
    exceptions.some(
      (exception) =>
        !exception.committee &&
        (capRank.get(row) ?? Infinity) <= exception.rankTop &&
        snapshot.securities[row].listed <=
          latestListing(exception.months, context.sessionAfterCutoff(exception.sessionsAfterCutoff)),
    );
  const limit = {
    en: `more than ${rule.months} months before ${formatDay(context.cutoff)}`,
    zh: `截至${formatDay(context.cutoff)}超过${rule.months}个月`,
  };
  return young
    .filter((row) => !excepted(row))
    .map((row) => ({ row, measure: LISTED_SINCE, value: formatDay(snapshot.securities[row].listed), limit }));
}

const LISTED_SINCE: Words = { en: 'listed since', zh: '上市日' };

/** Last listing day that lies more than the given months before a day: at the end of short months several do. */
function latestListing(months: number, on: Day): Day {
  let latest = addDays(addMonths(on, -months), -4);
  while (addMonths(addDays(latest, 1), months) < on) latest = addDays(latest, 1);
  return latest;
}

/** Ranks, from 1, of the `depth` largest rows by average total cap, ties to the lower row. */
function ranksByCap(snapshot: Snapshot, rows: readonly number[], depth: number): Map<number, number> {
  const cap = snapshot.averageTotalCap;
  const largest: number[] = [];
  for (const row of rows) {
    if (Number.isNaN(cap[row]) || (largest.length === depth && !(cap[row] > cap[largest[depth - 1]])))
      continue;
    let at = largest.length < depth ? largest.length : depth - 1;
    for (; at > 0 && cap[largest[at - 1]] < cap[row]; at--) largest[at] = largest[at - 1];
    largest[at] = row;
  }
  return new Map(largest.map((row, i) => [row, i + 1]));
}
