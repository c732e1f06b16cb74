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
import { hasMark, markFindings, rowsOf, type Snapshot } from '../market/snapshot.js';
import { seatByBuffer, type BufferRule, type Seat } from '../selection/buffer.js';
import { rankRows } from '../selection/ranking.js';
import { reserveList } from '../selection/reserveList.js';
import { applyScreen, type ScreenFailure, type ScreenRule } from '../selection/screens.js';
import { limitTurnover, type Swaps } from '../selection/turnoverLimit.js';
import type { ClauseId } from '../weighting/capping.js';
import type { Announcement } from './announcements.js';
import type { Decision } from './decision.js';
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

export interface ReviewInput {
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
  const incumbents = new Set(input.incumbents);
  const { eligible, screenedOut } = screen(input);
  const ranked = rankRows(atCutoff, eligible);
  const selected = select(methodology, atCutoff, ranked, incumbents);
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

/** A published list is kept as published; without one the rule's own order stands in, less those now seated. */
function reserveAfter(
  input: ReviewInput,
  ranked: readonly number[],
  members: readonly SecurityId[],
): readonly SecurityId[] {
  if (input.announcement && input.announcement.reserve.length > 0) return input.announcement.reserve;
  const { rule } = clauseOfKind(input.methodology, 'selection', 'reserve-list');
  const taken = new Set([...members, ...input.incumbents]);
  const ids = ranked.map((row) => input.atCutoff.securities[row].id);
  return reserveList(ids, (id) => taken.has(id), rule);
}

interface Screened {
  readonly eligible: number[];
  /** Row -> the clause it failed and how. */
  readonly screenedOut: ReadonlyMap<number, { readonly clause: ClauseId; readonly failure: ScreenFailure }>;
}

/** Universe and screens, each on what the one before left. */
function screen({ methodology, dates, atCutoff, sessions }: ReviewInput): Screened {
  const context = {
    cutoff: dates.cutoff,
    sessionAfterCutoff: (k: number) => shiftSessions(sessions, dates.cutoff, k),
  };
  const screenedOut = new Map<number, { clause: ClauseId; failure: ScreenFailure }>();
  let rows = atCutoff.securities.map((_, row) => row);
  for (const clause of [...methodology.clauses.universe, ...methodology.clauses.screens]) {
    for (const failure of applyScreen(clause.rule as ScreenRule, atCutoff, rows, context)) {
      screenedOut.set(failure.row, { clause: clause.id, failure });
    }
    rows = rows.filter((row) => !screenedOut.has(row));
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

function select(
  methodology: Methodology,
  snapshot: Snapshot,
  ranked: readonly number[],
  incumbents: ReadonlySet<SecurityId>,
): Selected {
  const ranking = clauseOfKind(methodology, 'ranking', 'average-total-cap');
  const buffer = clauseOfKind(methodology, 'selection', 'buffer');
  const limit = clauseOfKind(methodology, 'selection', 'turnover-limit');
  const reserve = clauseOfKind(methodology, 'selection', 'reserve-list');
  const isIncumbent = (row: number): boolean => incumbents.has(snapshot.securities[row].id);
  const seats = new Map(seatByBuffer(ranked, isIncumbent, buffer.rule).map((seat) => [seat.item, seat]));
  const additions = ranked.filter((row) => seats.has(row) && !isIncumbent(row));
  const rankOf = new Map(ranked.map((row, i) => [row, i]));
  const deletions = snapshot.securities
    .map((_, row) => row)
    .filter((row) => isIncumbent(row) && !seats.has(row))
    .toSorted((a, b) => (rankOf.get(b) ?? Infinity) - (rankOf.get(a) ?? Infinity) || a - b);
  const swaps = limitTurnover(additions, deletions, buffer.rule.count, limit.rule);
  const added = new Set(swaps.additions);
  return {
    buffer,
    limitClause: limit.id,
    rankingClause: ranking.id,
    reserveClause: reserve.id,
    seats,
    swaps,
    reserve: reserveList(ranked, (row) => added.has(row) || isIncumbent(row), reserve.rule),
  };
}

function selectionOf(
  snapshot: Snapshot,
  { swaps, reserve }: Selected,
  incumbents: ReadonlySet<SecurityId>,
): Selection {
  const idOf = (row: number): SecurityId => snapshot.securities[row].id;
  const present = new Set(snapshot.securities.map((security) => security.id));
  return {
    additions: swaps.additions.map(idOf),
    // A member that is no longer listed at all leaves first.
    deletions: [...[...incumbents].filter((id) => !present.has(id)).toSorted(), ...swaps.deletions.map(idOf)],
    reserve: reserve.map(idOf),
  };
}

const RANK: Words = { en: 'rank', zh: '排名' };

function decide(
  snapshot: Snapshot,
  ranked: readonly number[],
  selected: Selected,
  screenedOut: Screened['screenedOut'],
  incumbents: ReadonlySet<SecurityId>,
): Decision[] {
  const rankOf = new Map(ranked.map((row, i) => [row, i + 1]));
  const added = new Set(selected.swaps.additions);
  const heldBack = new Set(selected.swaps.heldBackDeletions);
  const notAdded = new Set(selected.swaps.heldBackAdditions);
  const reserve = new Set(selected.reserve);
  return snapshot.securities.map(({ id }, row) => {
    const incumbent = incumbents.has(id);
    const out = screenedOut.get(row);
    if (out) {
      const { measure, value, limit } = out.failure;
      const outcome = !incumbent ? 'screened-out' : heldBack.has(row) ? 'retained' : 'deleted';
      return { id, incumbent, rank: undefined, outcome, clause: out.clause, measure, value, limit };
    }
    const rank = rankOf.get(row) as number;
    const value = String(rank);
    const base = { id, incumbent, rank, measure: RANK, value };
    const { buffer, limitClause } = selected;
    const { keep, enter, count } = buffer.rule;
    const changes = selected.swaps.limit;
    const limitWords = { en: `at most ${changes} changes`, zh: `最多调整${changes}只` };
    if (heldBack.has(row)) return { ...base, outcome: 'retained', clause: limitClause, limit: limitWords };
    if (notAdded.has(row))
      return {
        ...base,
        outcome: reserve.has(row) ? 'reserve' : 'not-selected',
        clause: limitClause,
        limit: limitWords,
      };
    if (added.has(row)) {
      const entered = selected.seats.get(row)?.reason === 'entered';
      const limit = entered
        ? { en: `top ${enter} enters first`, zh: `前${enter}名优先进入` }
        : { en: `next in rank for an empty seat of ${count}`, zh: `按排名递补${count}席中的空缺` };
      return { ...base, outcome: 'added', clause: buffer.id, limit };
    }
    if (incumbent) {
      const seated = selected.seats.has(row);
      return {
        ...base,
        outcome: seated ? 'retained' : 'deleted',
        clause: buffer.id,
        limit: { en: `top ${keep} stays first`, zh: `前${keep}名优先保留` },
      };
    }
    if (reserve.has(row))
      return {
        ...base,
        outcome: 'reserve',
        clause: selected.reserveClause,
        limit: { en: `next ${selected.reserve.length} in rank`, zh: `其后${selected.reserve.length}名` },
      };
    return {
      ...base,
      outcome: 'not-selected',
      clause: buffer.id,
      limit: { en: `top ${enter} enters first`, zh: `前${enter}名优先进入` },
    };
  });
}

function findingsOf(
  { methodology, atCutoff, announcement }: ReviewInput,
  decisions: readonly Decision[],
  chosen: Selection,
): Finding[] {
  const rows = rowsOf(atCutoff);
  const named = [...chosen.additions, ...chosen.deletions].flatMap((id) => rows.get(id) ?? []);
  const unranked = decisions.filter(
    (decision) =>
      decision.rank !== undefined && Number.isNaN(atCutoff.averageTotalCap[rows.get(decision.id) as number]),
  );
  const backcast = decisions.filter((_, row) => hasMark(atCutoff, row, 'shares_backcast')).length;
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
