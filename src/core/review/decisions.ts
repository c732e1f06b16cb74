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
  readonly screenedOut: ReadonlyMap<number, ScreenedOut>;
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
  const rankOf = new Int32Array(settled.ids.length);
  settled.ranked.forEach((row, i) => {
    rankOf[row] = i + 1;
  });
  const { additions, heldBackAdditions, heldBackDeletions } = settled.swaps;
  const sets: RowSets = {
    added: new Set(additions),
    notAdded: new Set(heldBackAdditions),
    notDeleted: new Set(heldBackDeletions),
    reserve: new Set(settled.reserve),
  };
  return settled.ids.map((id, row) => {
    const incumbent = settled.isIncumbent(row);
    const out = settled.screenedOut.get(row);
    if (out) return { id, incumbent, rank: undefined, ...screened(settled, sets, row, out) };
    const rank = rankOf[row];
    const { outcome, clause, limit } = verdict(settled, sets, row);
    return { id, incumbent, rank, outcome, clause, measure: RANK, value: String(rank), limit };
  });
}

interface RowSets {
  readonly added: ReadonlySet<number>;
  /** Newcomers and leavers that the turnover limit held back. */
  readonly notAdded: ReadonlySet<number>;
  readonly notDeleted: ReadonlySet<number>;
  readonly reserve: ReadonlySet<number>;
}

const RANK: Words = { en: 'rank', zh: '排名' };

type Verdict = Pick<Decision, 'outcome' | 'clause' | 'limit'>;

/** A member that fails a screen leaves, unless the turnover limit or the selector itself keeps it. */
function screened(
  settled: Settled,
  { notDeleted }: RowSets,
  row: number,
  { clause, failure }: ScreenedOut,
): Verdict & Pick<Decision, 'measure' | 'value'> {
  const { measure, value, limit } = failure;
  const kept = settled.seats.has(row);
  const outcome: Outcome = !settled.isIncumbent(row)
    ? 'screened-out'
    : kept || notDeleted.has(row)
      ? 'retained'
      : 'deleted';
  return kept
    ? { outcome, clause: settled.selector, measure, value, limit: settled.describe(row, 'member') }
    : { outcome, clause, measure, value, limit };
}

function verdict(settled: Settled, sets: RowSets, row: number): Verdict {
  const { selector, swaps, limit, reserveClause } = settled;
  const waiting: Outcome = sets.reserve.has(row) ? 'reserve' : 'not-selected';
  const by = (outcome: Outcome, standing: Standing): Verdict => ({
    outcome,
    clause: selector,
    limit: settled.describe(row, standing),
  });
  if (limit && (sets.notDeleted.has(row) || sets.notAdded.has(row))) {
    const words = {
      en: `at most ${swaps.limit} ${swaps.limit === 1 ? 'change' : 'changes'}`,
      zh: `最多调整${swaps.limit}只`,
    };
    return { outcome: sets.notDeleted.has(row) ? 'retained' : waiting, clause: limit, limit: words };
  }
  const reason = settled.seats.get(row)?.reason;
  if (sets.added.has(row)) return by('added', reason === 'entered' ? 'entered' : 'filled');
  if (settled.isIncumbent(row)) return by(reason === undefined ? 'deleted' : 'retained', 'member');
  if (reserveClause && sets.reserve.has(row)) {
    const { length } = settled.reserve;
    return {
      outcome: 'reserve',
      clause: reserveClause,
      limit: { en: `next ${length} in rank`, zh: `其后${length}名` },
    };
  }
  return by('not-selected', 'outsider');
}
