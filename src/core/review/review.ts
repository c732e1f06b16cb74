/**
 * The review: who is in the index after it. Selection runs the rulebook on what was known at the cut-off and
 * leaves one explained decision per security. Where the provider's announcement is known it is what the funds
 * will trade; it is then used for the pro forma, with the rule's own selection and every difference beside it.
 */
import type { SecurityId } from '../base/brand.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { shiftSessions, type SessionCalendar } from '../calendar/sessions.js';
import type { Clause } from '../methodology/clause.js';
import { clauseFindings, type Methodology } from '../methodology/methodology.js';
import type { ReviewDates } from '../methodology/reviewDates.js';
import { hasMark, markFindings, type Snapshot } from '../market/snapshot.js';
import { applyScreen } from '../selection/applyScreen.js';
import type { RankingRule, ScreenRule, UniverseRule } from '../selection/kinds.js';
import { valuesOf, type CutoffFacts, type MeasureSource } from '../selection/measure.js';
import { rankRows } from '../selection/ranking.js';
import { reserveList } from '../selection/reserveList.js';
import { seatRows, type Seating } from '../selection/selector.js';
import { limitTurnover, unlimited } from '../selection/turnoverLimit.js';
import type { Announcement } from './announcements.js';
import type { Decision } from './decision.js';
import { decisionsOf, type ScreenedOut, type Settled } from './decisions.js';
import { differencesOf, type Difference, type Selection } from './differences.js';
import { rankingOf, selectionClause, selectorOf } from './reviewClauses.js';

export interface Review {
  readonly dates: ReviewDates;
  /** One per security of the snapshot, ascending by code. */
  readonly decisions: readonly Decision[];
  /** What the rules alone select. */
  readonly ruleBased: Selection;
  readonly announcement: Announcement | undefined;
  /** Which of the two the pro forma uses. */
  readonly basis: 'announced' | 'rule-based';
  readonly additions: readonly SecurityId[];
  readonly deletions: readonly SecurityId[];
  readonly reserve: readonly SecurityId[];
  /** Members after the review, ascending by code. */
  readonly members: readonly SecurityId[];
  readonly differences: readonly Difference[];
  readonly findings: readonly Finding[];
}

interface ReviewInput {
  readonly methodology: Methodology;
  readonly dates: ReviewDates;
  /** Members before the review. */
  readonly incumbents: readonly SecurityId[];
  /** Taken at the cut-off, with the averages of the rulebook's window. */
  readonly atCutoff: Snapshot;
  readonly sessions: SessionCalendar;
  /** The provider's announcement, if it is known. */
  readonly announcement: Announcement | undefined;
  /** What the rulebook may ask about beyond the snapshot; a rule that asks for more is refused. */
  readonly facts?: CutoffFacts;
}

/** @throws Refusal `rulebook_incomplete`, `rulebook_ambiguous`, `missing_measure` or `too_few_candidates` */
export function review(input: ReviewInput): Review {
  const { methodology, dates, atCutoff, announcement } = input;
  const settled = settle(input);
  const { ranked } = settled;
  const decisions = decisionsOf(settled);
  const ruleBased = selectionOf(settled, input.incumbents);
  const chosen = announcement ?? ruleBased;
  const leaving = new Set(chosen.deletions);
  const members = [...input.incumbents.filter((id) => !leaving.has(id)), ...chosen.additions].toSorted();
  return {
    dates,
    decisions,
    ruleBased,
    announcement,
    basis: announcement ? 'announced' : 'rule-based',
    additions: chosen.additions,
    deletions: chosen.deletions,
    reserve: reserveAfter(input, ranked, members),
    members,
    differences: announcement ? differencesOf(atCutoff, announcement, ruleBased, decisions, methodology) : [],
    findings: findingsOf(input, decisions, chosen),
  };
}

/** A published list is kept as published; without one the rule's own order stands in, less those now seated. */
function reserveAfter(
  input: ReviewInput,
  ranked: readonly number[],
  members: readonly SecurityId[],
): readonly SecurityId[] {
  if (input.announcement && input.announcement.reserve.length > 0) return input.announcement.reserve;
  const reserve = selectionClause(input.methodology, 'reserve-list');
  if (!reserve) return [];
  const taken = new Set([...members, ...input.incumbents]);
  const idOf = (row: number): SecurityId => input.atCutoff.securities[row].id;
  return reserveList(ranked, (row) => taken.has(idOf(row)), reserve.rule).map(idOf);
}

/** Screens, ranks and seats the securities of the snapshot. */
function settle(input: ReviewInput): Settled {
  const { methodology, atCutoff } = input;
  const seated = incumbentRows(input);
  const isIncumbent = (row: number): boolean => seated[row] === 1;
  const selector = selectorOf(methodology);
  const ranking = rankingOf(methodology, selector);
  const source = { snapshot: atCutoff, windowMonths: ranking?.rule.windowMonths, facts: input.facts ?? {} };
  const { universe, eligible, screenedOut } = screen(input, source, isIncumbent);
  const ranked = ranking ? rank(ranking, eligible, source) : eligible;
  const incumbents: number[] = [];
  for (let row = 0; row < seated.length; row++) if (isIncumbent(row)) incumbents.push(row);
  const context = { clause: selector.id, universe, ranked, incumbents, isIncumbent, source };
  const seating = seatRows(selector.rule, context);
  return {
    ids: atCutoff.securities.map(({ id }) => id),
    ranked,
    screenedOut,
    isIncumbent,
    selector: selector.id,
    describe: seating.describe,
    ...changesOf(methodology, seating, ranked, incumbents),
  };
}

/** 1 for the rows of members before the review. */
function incumbentRows({ incumbents, atCutoff: { securities } }: ReviewInput): Uint8Array {
  const members = new Set(incumbents);
  const seated = new Uint8Array(securities.length);
  for (let row = 0; row < securities.length; row++) if (members.has(securities[row].id)) seated[row] = 1;
  return seated;
}

/** Who changes: the seats against the members, within the turnover limit; and who waits. */
function changesOf(
  methodology: Methodology,
  { seats, count }: Seating,
  ranked: readonly number[],
  incumbents: readonly number[],
): Pick<Settled, 'seats' | 'swaps' | 'limit' | 'reserve' | 'reserveClause'> {
  const seatOf = new Map(seats.map((seat) => [seat.item, seat]));
  const members = new Set(incumbents);
  // Few leave: looking each of them up costs less than a table of everybody.
  const rankOf = (row: number): number => {
    const at = ranked.indexOf(row);
    return at < 0 ? Infinity : at;
  };
  const additions = seats.map((seat) => seat.item).filter((row) => !members.has(row));
  const deletions = incumbents
    .filter((row) => !seatOf.has(row))
    .toSorted((a, b) => compareRanks(rankOf(b), rankOf(a)) || a - b);
  const limit = selectionClause(methodology, 'turnover-limit');
  const swaps = limit
    ? limitTurnover(additions, deletions, count, limit.rule)
    : unlimited(additions, deletions);
  const reserve = selectionClause(methodology, 'reserve-list');
  const added = new Set(swaps.additions);
  const waiting = reserve
    ? reserveList(ranked, (row) => added.has(row) || members.has(row), reserve.rule)
    : [];
  return { seats: seatOf, swaps, limit: limit?.id, reserve: waiting, reserveClause: reserve?.id };
}

/** Not a difference: that of two infinities is no number. */
const compareRanks = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

interface Screened {
  /** Rows the universe left, before the screens. */
  readonly universe: readonly number[];
  readonly eligible: readonly number[];
  /** By row: the clause it failed and how. */
  readonly screenedOut: readonly (ScreenedOut | undefined)[];
}

/** Universe and screens, each on what the one before left. */
function screen(
  { methodology, dates, atCutoff, sessions }: ReviewInput,
  source: MeasureSource,
  isIncumbent: (row: number) => boolean,
): Screened {
  const { cutoff } = dates;
  const sessionAfterCutoff = (k: number) => shiftSessions(sessions, cutoff, k);
  const screenedOut = atCutoff.securities.map((): ScreenedOut | undefined => undefined);
  const apply = (rows: readonly number[], clause: Clause): readonly number[] => {
    const context = { clause: clause.id, cutoff, sessionAfterCutoff, isIncumbent, source };
    const failures = applyScreen(clause.rule as UniverseRule | ScreenRule, rows, context);
    if (failures.length === 0) return rows;
    for (const failure of failures) screenedOut[failure.row] = { clause: clause.id, failure };
    // A copy of the right size, filled anew: a review is slow where it makes memory, not where it computes.
    const left = rows.slice(failures.length);
    let count = 0;
    for (const row of rows) if (screenedOut[row] === undefined) left[count++] = row;
    return left;
  };
  const all = atCutoff.securities.map((_, row) => row);
  const universe = methodology.clauses.universe.reduce<readonly number[]>(apply, all);
  const eligible = methodology.clauses.screens.reduce<readonly number[]>(apply, universe);
  return { universe, eligible, screenedOut };
}

function rank(
  { id, rule }: Pick<Clause<RankingRule>, 'id' | 'rule'>,
  rows: readonly number[],
  source: MeasureSource,
): readonly number[] {
  if (rule.kind === 'average-total-cap') return rankRows(rows, (row) => source.snapshot.averageTotalCap[row]);
  return rankRows(rows, valuesOf(source, rule.measure, rows, id, rule.windowMonths), rule.order);
}

function selectionOf(settled: Settled, incumbents: readonly SecurityId[]): Selection {
  const { ids, swaps, reserve } = settled;
  const idOf = (row: number): SecurityId => ids[row];
  const present = new Set(ids.filter((_, row) => settled.isIncumbent(row)));
  return {
    additions: swaps.additions.map(idOf),
    // A member that is no longer listed at all leaves first.
    deletions: [...incumbents.filter((id) => !present.has(id)).toSorted(), ...swaps.deletions.map(idOf)],
    reserve: reserve.map(idOf),
  };
}

function findingsOf(
  { methodology, atCutoff, announcement }: ReviewInput,
  decisions: readonly Decision[],
  chosen: Selection,
): Finding[] {
  const named = [...chosen.additions, ...chosen.deletions]
    .map((id) => atCutoff.securities.findIndex((security) => security.id === id))
    .filter((row) => row >= 0);
  // Any other ranking is refused when a measure is missing.
  const byAverage = methodology.clauses.ranking.some(({ rule }) => rule.kind === 'average-total-cap');
  const unranked = decisions.filter(
    (decision, row) =>
      byAverage && decision.rank !== undefined && Number.isNaN(atCutoff.averageTotalCap[row]),
  );
  let backcast = 0;
  for (let row = 0; row < decisions.length; row++) if (hasMark(atCutoff, row, 'shares_backcast')) backcast++;
  const counted: Finding[] =
    backcast === 0
      ? []
      : [
          {
            code: 'shares_backcast',
            subject: 'ranking',
            message: `${backcast} of ${decisions.length} share counts are later counts carried back through bonus issues`,
          },
        ];
  const missing: Finding[] = unranked.map(({ id }) => ({
    code: 'measure_missing',
    subject: id,
    message: 'no share count or no price in the window; ranked last',
  }));
  const derived: Finding[] = Object.entries(announcement?.basis ?? {})
    .filter(([, basis]) => !basis.startsWith('documented'))
    .map(([id, basis]) => ({ code: 'announcement_derived', subject: id, message: basis }));
  return distinctFindings(
    derived,
    counted,
    markFindings(atCutoff, named, ['shares_assumed', 'dual_listed', 'stale_price']),
    missing,
    clauseFindings(methodology),
  );
}
