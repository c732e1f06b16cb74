/**
 * Seats on one path: the buffer with its turnover limit, as `seatByBuffer` and `limitTurnover` give them, over typed
 * arrays and without reasons. Members before the review are at most as many as there are seats, so whoever is filled in
 * comes from the best ranks and nobody below `depth` is ever asked.
 */
import type { SeatPlan } from './plan.js';

export type BufferPlan = Extract<SeatPlan, { kind: 'buffer' }>;

export interface SeatWork {
  /** Positions by measure, largest first, as far as `found`. */
  readonly order: Int32Array;
  found: number;
  /** 1 for positions in the index after the review. */
  readonly isIn: Uint8Array;
  /** Positions seated that were no members, best first; members that leave, worst first. */
  readonly additions: Int32Array;
  added: number;
  readonly deletions: Int32Array;
  deleted: number;
}

export function seatWork(n: number): SeatWork {
  return {
    order: new Int32Array(n),
    found: 0,
    isIn: new Uint8Array(n),
    additions: new Int32Array(n),
    added: 0,
    deletions: new Int32Array(n),
    deleted: 0,
  };
}

/**
 * @param work `order` holds the eligible positions by rank as deep as anybody is asked
 * @param measure by position; a member that is not eligible has -1
 */
export function giveSeats(
  rule: BufferPlan,
  work: SeatWork,
  measure: Float64Array,
  incumbent: Uint8Array,
): void {
  const { order, isIn, additions, deletions } = work;
  const n = incumbent.length;
  isIn.fill(0);
  let seated = 0;
  const sit = (downTo: number, member: number): void => {
    const end = Math.min(downTo, work.found);
    for (let rank = 0; rank < end && seated < rule.count; rank++) {
      const position = order[rank];
      if (isIn[position] === 1 || incumbent[position] !== member) continue;
      isIn[position] = 1;
      seated++;
    }
  };
  if (rule.order === 'keep-first') sit(rule.keep, 1);
  sit(rule.enter, 0);
  if (rule.order === 'enter-first') sit(rule.keep, 1);
  for (let rank = 0; rank < work.found && seated < rule.count; rank++) {
    if (isIn[order[rank]] === 1) continue;
    isIn[order[rank]] = 1;
    seated++;
  }
  work.added = 0;
  for (let rank = 0; rank < work.found; rank++) {
    const position = order[rank];
    if (isIn[position] === 1 && incumbent[position] === 0) additions[work.added++] = position;
  }
  work.deleted = 0;
  for (let position = 0; position < n; position++) {
    if (incumbent[position] === 1 && isIn[position] === 0) deletions[work.deleted++] = position;
  }
  if (work.deleted > rule.maxChanges || work.added > rule.maxChanges) holdBack(rule, work, measure);
}

/** The limit lets the best newcomers in for the worst leavers; newcomers beyond the leavers fill empty seats. */
function holdBack({ maxChanges }: BufferPlan, work: SeatWork, measure: Float64Array): void {
  const { isIn, additions, deletions } = work;
  // Worst first; those not eligible are worst of all, and ties leave the lower position first.
  const worse = (a: number, b: number): boolean =>
    measure[a] < measure[b] || (measure[a] === measure[b] && (measure[a] < 0 ? a < b : a > b));
  for (let i = 1; i < work.deleted; i++) {
    const position = deletions[i];
    let at = i;
    for (; at > 0 && worse(position, deletions[at - 1]); at--) deletions[at] = deletions[at - 1];
    deletions[at] = position;
  }
  const empty = Math.max(0, work.added - work.deleted);
  const out = Math.min(work.deleted, maxChanges);
  const into = Math.min(work.added, out + empty);
  for (let i = out; i < work.deleted; i++) isIn[deletions[i]] = 1;
  for (let i = into; i < work.added; i++) isIn[additions[i]] = 0;
  work.deleted = out;
  work.added = into;
}
