/**
 * Four thresholds (DAX family): members leave and candidates enter on four tests in a fixed order, and every
 * change is a pair, so the count stays. Family: rulebooks.md 8.3 (DAX 60/33/53/40 with alternates to 47; MDAX
 * 110/83/103/90 with 97; SDAX 180/153/173/160 with 167; TecDAX 45/25/40/30 with 35).
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';
import { exchanges, type Exchange, type ExchangeTest } from './exchange.js';
import { seatsOf, withRanks, type Seat, type Standing } from './seat.js';

const rank = (description: string) => Type.Integer({ minimum: 1, description });

export const FourThresholdsSchema = Type.Object(
  {
    kind: Type.Literal('four-thresholds'),
    count: rank('number of members'),
    fastExit: rank('fast exit: a member ranked worse than this leaves (DAX 60)'),
    fastEntry: rank('fast entry: a candidate ranked at least this enters (DAX 33)'),
    fastReplacement: rank('the other side of a fast change: in at or above, out below this rank (DAX 47)'),
    regularExit: rank('regular exit: a member ranked worse than this leaves for a replacement (DAX 53)'),
    regularEntry: rank('regular entry: a candidate ranked at least this enters (DAX 40)'),
    regularReplacement: rank(
      'the other side of a regular change: in at or above, out below this rank (DAX 47)',
    ),
    fastOnly: Type.Optional(
      Type.Boolean({ description: 'true where a review tests only the fast rules (DAX June and December)' }),
    ),
  },
  {
    additionalProperties: false,
    description: 'fast exit, fast entry, regular exit, regular entry, in pairs',
  },
);
export type FourThresholdsRule = Static<typeof FourThresholdsSchema>;

type ThresholdTest = 'fast-exit' | 'fast-entry' | 'regular-exit' | 'regular-entry';

interface Thresholded<T> {
  readonly seats: readonly Seat<T>[];
  /** In the order made. */
  readonly exchanges: readonly Exchange<T, ThresholdTest>[];
}

/**
 * Seats after the four tests. Members no longer ranked leave first and the best candidates fill their seats;
 * then each test in turn exchanges the worst-ranked member for the best-ranked candidate while it is met. An
 * exit needs a candidate within the replacement line, an entry a member beyond it; otherwise nothing changes.
 */
export function seatByThresholds<T>(
  ranked: readonly T[],
  isIncumbent: (item: T) => boolean,
  rule: FourThresholdsRule,
): Thresholded<T> {
  const all = withRanks(ranked, isIncumbent);
  const held = all.filter(({ incumbent }) => incumbent).slice(0, rule.count);
  const outside = all.filter(({ incumbent }) => !incumbent);
  const fillers = outside.slice(0, rule.count - held.length);
  const made = exchanges([...held, ...fillers], outside.slice(fillers.length), testsOf(rule));
  const chosen = new Set([...held, ...fillers]);
  for (const { out, in: into } of made) {
    chosen.delete(out);
    chosen.add(into);
  }
  const filled = new Set(fillers);
  const seats = seatsOf(all, (one) => chosen.has(one), 'entered');
  return {
    seats: seats.map((seat) => (filled.has(all[seat.rank - 1]) ? { ...seat, reason: 'filled' } : seat)),
    exchanges: made,
  };
}

function testsOf(rule: FourThresholdsRule): ExchangeTest<ThresholdTest>[] {
  const { fastExit, fastEntry, fastReplacement, regularExit, regularEntry, regularReplacement } = rule;
  const fast: ExchangeTest<ThresholdTest>[] = [
    { test: 'fast-exit', asks: (out, into) => out > fastExit && into <= fastReplacement },
    { test: 'fast-entry', asks: (out, into) => into <= fastEntry && out > fastReplacement },
  ];
  if (rule.fastOnly) return fast;
  return [
    ...fast,
    { test: 'regular-exit', asks: (out, into) => out > regularExit && into <= regularReplacement },
    { test: 'regular-entry', asks: (out, into) => into <= regularEntry && out > regularReplacement },
  ];
}

/** The test that exchanged a security, or the loosest line that left it where it was. */
export function describeThresholds(
  rule: FourThresholdsRule,
  test: ThresholdTest | undefined,
  standing: Standing,
): Words {
  if (test) return TEST_WORDS[test](rule);
  if (standing === 'filled')
    return { en: `next in rank for an empty seat of ${rule.count}`, zh: `按排名递补${rule.count}席中的空缺` };
  if (standing === 'member') {
    const exit = rule.fastOnly ? rule.fastExit : rule.regularExit;
    return { en: `leaves when worse than ${exit}`, zh: `排名低于${exit}则调出` };
  }
  const entry = rule.fastOnly ? rule.fastEntry : rule.regularEntry;
  return { en: `enters at ${entry} or better`, zh: `排名前${entry}则调入` };
}

const TEST_WORDS: Record<ThresholdTest, (rule: FourThresholdsRule) => Words> = {
  'fast-exit': (r) => ({
    en: `fast exit: worse than ${r.fastExit}, for a candidate at ${r.fastReplacement} or better`,
    zh: `快速调出：排名低于${r.fastExit}，由前${r.fastReplacement}名的候选替换`,
  }),
  'fast-entry': (r) => ({
    en: `fast entry: ${r.fastEntry} or better, for a member worse than ${r.fastReplacement}`,
    zh: `快速调入：排名前${r.fastEntry}，替换排名低于${r.fastReplacement}的成份`,
  }),
  'regular-exit': (r) => ({
    en: `regular exit: worse than ${r.regularExit}, for a candidate at ${r.regularReplacement} or better`,
    zh: `定期调出：排名低于${r.regularExit}，由前${r.regularReplacement}名的候选替换`,
  }),
  'regular-entry': (r) => ({
    en: `regular entry: ${r.regularEntry} or better, for a member worse than ${r.regularReplacement}`,
    zh: `定期调入：排名前${r.regularEntry}，替换排名低于${r.regularReplacement}的成份`,
  }),
};
