/**
 * The review: who is in the index after it. Selection runs the rulebook on what was known at the cut-off and
 * leaves one explained decision per security. Where the provider's announcement is known it is what the funds
 * will trade; it is then used for the pro forma, with the rule's own selection and every difference beside it.
 */
import type { SecurityId } from '../base/brand.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import type { Words } from '../base/words.js';
import { shiftSessions, type SessionCalendar } from '../calendar/sessions.js';
import type { Clause } from '../methodology/clause.js';
import { clauseFindings, clauseOfKind, type Methodology } from '../methodology/methodology.js';
import type { ReviewDates } from '../methodology/reviewDates.js';
import { hasMark, markFindings, rowsAmong, type Snapshot } from '../market/snapshot.js';
import { seatByBuffer, type BufferRule, type Seat } from '../selection/buffer.js';
import { rankRows } from '../selection/ranking.js';
import { reserveList } from '../selection/reserveList.js';
import { applyScreen, type ScreenFailure, type ScreenRule } from '../selection/screens.js';
import { limitTurnover, type Swaps } from '../selection/turnoverLimit.js';
import type { ClauseId } from '../weighting/capping.js';
import type { Announcement } from './announcements.js';
import type { Decision, Outcome } from './decision.js';
import { differencesOf, type Difference, type Selection } from './differences.js';

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
}

export function review(input: ReviewInput): Review {
  const { methodology, dates, atCutoff, announcement } = input;
  const incumbents = incumbentsIn(atCutoff, input.incumbents);
  const { eligible, screenedOut } = screen(input);
  const ranked = rankRows(atCutoff, eligible);
  const selected = select(methodology, ranked, incumbents);
  const decisions = decide(atCutoff, ranked, selected, screenedOut, incumbents);
  const ruleBased = selectionOf(atCutoff, selected, incumbents);
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

/** The members before the review, as rows of the snapshot. */
interface Incumbents {
  /** Ascending. */
  readonly rows: readonly number[];
  readonly has: (row: number) => boolean;
  /** Members that are no longer listed at all, ascending. */
  readonly gone: readonly SecurityId[];
}

function incumbentsIn(snapshot: Snapshot, ids: readonly SecurityId[]): Incumbents {
  const rowOf = rowsAmong(snapshot, ids);
  const rows = [...rowOf.values()];
  // One flag per row: it is asked for every security, several times.
  const flags = new Uint8Array(snapshot.securities.length);
  for (const row of rows) flags[row] = 1;
  const gone = [...new Set(ids)].filter((id) => !rowOf.has(id)).toSorted();
  return { rows, has: (row) => flags[row] === 1, gone };
}

/** A published list is kept as published; without one the rule's own order stands in, less those now seated. */
function reserveAfter(
  { announcement, methodology, atCutoff, incumbents }: ReviewInput,
  ranked: readonly number[],
  members: readonly SecurityId[],
): readonly SecurityId[] {
  if (announcement && announcement.reserve.length > 0) return announcement.reserve;
  const { rule } = clauseOfKind(methodology, 'selection', 'reserve-list');
  const taken = new Set([...members, ...incumbents]);
  const idOf = (row: number): SecurityId => atCutoff.securities[row].id;
  return reserveList(ranked, (row) => taken.has(idOf(row)), rule).map(idOf);
}

interface Screened {
  readonly eligible: number[];
  /** Per row the clause it failed and how; `undefined` for the eligible. */
  readonly screenedOut: readonly (ScreenedOut | undefined)[];
}

interface ScreenedOut {
  readonly clause: ClauseId;
  readonly failure: ScreenFailure;
}

/** Universe and screens, each on what the one before left. */
function screen({ methodology, dates, atCutoff, sessions }: ReviewInput): Screened {
  const context = {
    cutoff: dates.cutoff,
    sessionAfterCutoff: (k: number) => shiftSessions(sessions, dates.cutoff, k),
  };
  const screenedOut = atCutoff.securities.map((): ScreenedOut | undefined => undefined);
  let rows = atCutoff.securities.map((_, row) => row);
  for (const clause of [...methodology.clauses.universe, ...methodology.clauses.screens]) {
    const failures = applyScreen(clause.rule as ScreenRule, atCutoff, rows, context);
    if (failures.length === 0) continue;
    for (const failure of failures) screenedOut[failure.row] = { clause: clause.id, failure };
    rows = rows.filter((row) => screenedOut[row] === undefined);
  }
  return { eligible: rows, screenedOut };
}

interface Selected {
  readonly buffer: Clause<BufferRule>;
  readonly limitClause: ClauseId;
  readonly rankingClause: ClauseId;
  readonly reserveClause: ClauseId;
  readonly seats: ReadonlyMap<number, Seat<number>>;
  readonly swaps: Swaps<number>;
  readonly reserve: readonly number[];
}

function select(methodology: Methodology, ranked: readonly number[], incumbents: Incumbents): Selected {
  const ranking = clauseOfKind(methodology, 'ranking', 'average-total-cap');
  const buffer = clauseOfKind(methodology, 'selection', 'buffer');
  const limit = clauseOfKind(methodology, 'selection', 'turnover-limit');
  const reserve = clauseOfKind(methodology, 'selection', 'reserve-list');
  const seats = new Map(seatByBuffer(ranked, incumbents.has, buffer.rule).map((seat) => [seat.item, seat]));
  const additions = [...seats.keys()].filter((row) => !incumbents.has(row));
  const swaps = limitTurnover(additions, leavers(ranked, seats, incumbents), buffer.rule.count, limit.rule);
  const added = new Set(swaps.additions);
  return {
    buffer,
    limitClause: limit.id,
    rankingClause: ranking.id,
    reserveClause: reserve.id,
    seats,
    swaps,
    reserve: reserveList(ranked, (row) => added.has(row) || incumbents.has(row), reserve.rule),
  };
}

/** Incumbents without a seat, worst-ranked first; one that a screen put out counts as worst. */
function leavers(
  ranked: readonly number[],
  seats: ReadonlyMap<number, unknown>,
  incumbents: Incumbents,
): number[] {
  const rankOf = new Map<number, number>();
  ranked.forEach((row, i) => {
    if (incumbents.has(row)) rankOf.set(row, i);
  });
  return incumbents.rows
    .filter((row) => !seats.has(row))
    .toSorted((a, b) => (rankOf.get(b) ?? Infinity) - (rankOf.get(a) ?? Infinity) || a - b);
}

function selectionOf(snapshot: Snapshot, { swaps, reserve }: Selected, incumbents: Incumbents): Selection {
  const idOf = (row: number): SecurityId => snapshot.securities[row].id;
  return {
    additions: swaps.additions.map(idOf),
    // A member that is no longer listed at all leaves first.
    deletions: [...incumbents.gone, ...swaps.deletions.map(idOf)],
    reserve: reserve.map(idOf),
  };
}

const RANK: Words = { en: 'rank', zh: '排名' };

function decide(
  snapshot: Snapshot,
  ranked: readonly number[],
  selected: Selected,
  screenedOut: Screened['screenedOut'],
  incumbents: Incumbents,
): Decision[] {
  const rankOf = new Int32Array(snapshot.securities.length);
  for (let i = 0; i < ranked.length; i++) rankOf[ranked[i]] = i + 1;
  const verdicts = verdictsOf(snapshot.securities.length, selected, incumbents);
  return snapshot.securities.map(({ id }, row) => {
    const incumbent = incumbents.has(row);
    const verdict = verdicts[row];
    const out = screenedOut[row];
    if (out) {
      const { measure, value, limit } = out.failure;
      const outcome = incumbent ? verdict.outcome : 'screened-out';
      return { id, incumbent, rank: undefined, outcome, clause: out.clause, measure, value, limit };
    }
    const rank = rankOf[row];
    const { outcome, clause, limit } = verdict;
    return { id, incumbent, rank, outcome, clause, measure: RANK, value: String(rank), limit };
  });
}

type Verdict = Pick<Decision, 'outcome' | 'clause' | 'limit'>;

/** What the selection says of each row of the snapshot; where two verdicts fit, the later one stands. */
function verdictsOf(rows: number, selected: Selected, incumbents: Incumbents): Verdict[] {
  const { buffer, limitClause, reserveClause, seats, swaps, reserve } = selected;
  const { keep, enter, count } = buffer.rule;
  const entersFirst = { en: `top ${enter} enters first`, zh: `前${enter}名优先进入` };
  const staysFirst = { en: `top ${keep} stays first`, zh: `前${keep}名优先保留` };
  const nextInRank = { en: `next in rank for an empty seat of ${count}`, zh: `按排名递补${count}席中的空缺` };
  const onReserve = { en: `next ${reserve.length} in rank`, zh: `其后${reserve.length}名` };
  const atMost = { en: `at most ${swaps.limit} changes`, zh: `最多调整${swaps.limit}只` };

  const verdicts: Verdict[] = [];
  const say = (row: number, outcome: Outcome, clause: ClauseId, limit: Words): void => {
    verdicts[row] = { outcome, clause, limit };
  };
  const unselected: Verdict = { outcome: 'not-selected', clause: buffer.id, limit: entersFirst };
  for (let row = 0; row < rows; row++) verdicts.push(unselected);
  for (const row of reserve) say(row, 'reserve', reserveClause, onReserve);
  for (const row of incumbents.rows) say(row, seats.has(row) ? 'retained' : 'deleted', buffer.id, staysFirst);
  for (const row of swaps.additions)
    say(row, 'added', buffer.id, seats.get(row)?.reason === 'entered' ? entersFirst : nextInRank);
  for (const row of swaps.heldBackAdditions)
    say(row, reserve.includes(row) ? 'reserve' : 'not-selected', limitClause, atMost);
  for (const row of swaps.heldBackDeletions) say(row, 'retained', limitClause, atMost);
  return verdicts;
}

function findingsOf(
  { methodology, atCutoff, announcement }: ReviewInput,
  decisions: readonly Decision[],
  chosen: Selection,
): Finding[] {
  const changes = [...chosen.additions, ...chosen.deletions];
  const rows = rowsAmong(atCutoff, changes);
  const named = changes.flatMap((id) => rows.get(id) ?? []);
  const unranked = decisions.filter(
    (decision, row) => decision.rank !== undefined && Number.isNaN(atCutoff.averageTotalCap[row]),
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
