/** One decision per security of a review, from its screen, its rank and its seat. */
import type { SecurityId } from '../base/brand.js';
import type { Words } from '../base/words.js';
import type { ScreenFailure } from '../selection/screen.js';
import type { Seat, Standing } from '../selection/seat.js';
import type { Swaps } from '../selection/turnoverLimit.js';
import type { ClauseId } from '../weighting/capping.js';
import type { Decision, Outcome } from './decision.js';

export interface ScreenedOut {
  readonly clause: ClauseId;
  readonly failure: ScreenFailure;
}

/** Everything that was settled about the rows of a review. */
export interface Settled {
  readonly ids: readonly SecurityId[];
  /** Eligible rows, best first. */
  readonly ranked: readonly number[];
  /** By row. */
  readonly screenedOut: readonly (ScreenedOut | undefined)[];
  readonly isIncumbent: (row: number) => boolean;
  readonly seats: ReadonlyMap<number, Seat<number>>;
  readonly swaps: Swaps<number>;
  readonly reserve: readonly number[];
  readonly selector: ClauseId;
  readonly describe: (row: number, standing: Standing) => Words;
  /** Clauses of the turnover limit and the reserve list; `undefined` where the rulebook has none. */
  readonly limit: ClauseId | undefined;
  readonly reserveClause: ClauseId | undefined;
}

export function decisionsOf(settled: Settled): Decision[] {
  const { ids, isIncumbent, screenedOut } = settled;
  const rankOf = new Int32Array(ids.length);
  for (let i = 0; i < settled.ranked.length; i++) rankOf[settled.ranked[i]] = i + 1;
  const special = specialVerdicts(settled);
  return ids.map((id, row): Decision => {
    const incumbent = isIncumbent(row);
    const rank = rankOf[row];
    const out = screenedOut[row];
    if (out !== undefined) return screened(settled, id, row, out);
    const { outcome, clause, limit } = special.get(row) ?? usual(settled, row, incumbent);
    return { id, incumbent, rank, outcome, clause, measure: RANK, value: String(rank), limit };
  });
}

const RANK: Words = { en: 'rank', zh: '排名' };

type Verdict = Pick<Decision, 'outcome' | 'clause' | 'limit'>;

/** A member that fails a screen leaves, unless the turnover limit or the selector itself keeps it. */
function screened(
  { isIncumbent, seats, swaps, selector, describe }: Settled,
  id: SecurityId,
  row: number,
  { clause: screen, failure }: ScreenedOut,
): Decision {
  const { measure, value } = failure;
  const incumbent = isIncumbent(row);
  const kept = seats.has(row);
  const stays = kept || swaps.heldBackDeletions.includes(row);
  const outcome = !incumbent ? 'screened-out' : stays ? 'retained' : 'deleted';
  const clause = kept ? selector : screen;
  const limit = kept ? describe(row, 'member') : failure.limit;
  return { id, incumbent, rank: undefined, outcome, clause, measure, value, limit };
}

/** Of most securities only this is to be said: a member keeps or loses its seat, an outsider gets none. */
function usual({ seats, selector, describe }: Settled, row: number, incumbent: boolean): Verdict {
  if (!incumbent) return { outcome: 'not-selected', clause: selector, limit: describe(row, 'outsider') };
  const outcome = seats.has(row) ? 'retained' : 'deleted';
  return { outcome, clause: selector, limit: describe(row, 'member') };
}

/** The few that were added, that wait, or that the turnover limit held back. */
function specialVerdicts(settled: Settled): Map<number, Verdict> {
  const { selector, seats, swaps, reserve, reserveClause, limit: limitClause, describe } = settled;
  const verdicts = new Map<number, Verdict>();
  for (const row of swaps.additions) {
    const standing = seats.get(row)?.reason === 'entered' ? 'entered' : 'filled';
    verdicts.set(row, { outcome: 'added', clause: selector, limit: describe(row, standing) });
  }
  if (reserveClause !== undefined) {
    const { length } = reserve;
    const limit = { en: `next ${length} in rank`, zh: `其后${length}名` };
    for (const row of reserve) {
      if (!settled.isIncumbent(row)) verdicts.set(row, { outcome: 'reserve', clause: reserveClause, limit });
    }
  }
  if (limitClause !== undefined) {
    const most = swaps.limit;
    const limit = { en: `at most ${most} ${most === 1 ? 'change' : 'changes'}`, zh: `最多调整${most}只` };
    const waiting = new Set(reserve);
    for (const row of swaps.heldBackAdditions) {
      const outcome: Outcome = waiting.has(row) ? 'reserve' : 'not-selected';
      verdicts.set(row, { outcome, clause: limitClause, limit });
    }
    for (const row of swaps.heldBackDeletions)
      verdicts.set(row, { outcome: 'retained', clause: limitClause, limit });
  }
  return verdicts;
}
