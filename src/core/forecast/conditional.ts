/**
 * Conditional Monte Carlo for membership: on each path a name's own draw is taken back and replaced by the probability
 * that it would be in, given everybody else's. Under a buffer that keeps members first, whether a name is in depends on
 * its own measure through one line (rulebooks.md 2.4; members before are at most as many as seats, and
 * enter <= count <= keep):
 *
 * - a member is in when it ranks within the keep line: above the `keep`-th of the others; or, where more would leave than
 *   may, when enough other leavers are worse;
 * - a newcomer is in when it ranks within the count and is among the best S newcomers, S the seats that the members kept
 *   by the line leave, at most as many as may change.
 *
 * The expectation of that probability is the probability itself, and its variance is smaller (Glasserman, Monte Carlo
 * Methods in Financial Engineering, 2004, 7.2.3).
 */
import { exp, log, normalCdf } from './elementary.js';
import type { ForecastPlan } from './plan.js';
import type { BufferPlan, SeatWork } from './seats.js';

export interface ChanceWork {
  /** Probability of being in, by position. */
  readonly chance: Float64Array;
  readonly rows: Int32Array;
  /** Standard deviation of the own part of the log move, or of the doubt where nothing else moves. */
  readonly sd: Float64Array;
  /** Ratio of line to measure beyond which the own draw cannot matter, within 1e-15. */
  readonly reach: Float64Array;
  /** Rank by position from 0, -1 for those not ranked. */
  readonly rankOf: Int32Array;
  /** Newcomers among the ranked, best first; members that leave, worst first. */
  readonly newcomers: Int32Array;
  readonly leavers: Int32Array;
}

/** Own moves beyond so many standard deviations have a probability below 1e-15. */
const FAR = 8;

export function chanceWork(plan: ForecastPlan, rows: Int32Array): ChanceWork {
  const n = rows.length;
  const sd = Float64Array.from(rows, (row) =>
    moves(plan, row) ? plan.horizon.average * plan.own[row] : plan.measureDoubt[row],
  );
  return {
    chance: new Float64Array(n),
    rows,
    sd,
    reach: sd.map((s) => exp(2 * FAR * s)),
    rankOf: new Int32Array(n),
    newcomers: new Int32Array(n),
    leavers: new Int32Array(n),
  };
}

const moves = ({ horizon, measureFuture }: ForecastPlan, row: number): boolean =>
  horizon.average > 0 && measureFuture[row] > 0;

/** What is known of one path when its seats have been given. */
export interface PathView {
  readonly seats: SeatWork;
  /** By position; -1 for a member that is not eligible. */
  readonly measure: Float64Array;
  readonly incumbent: Uint8Array;
  readonly eligible: Uint8Array;
  /** S(1) and its own normal, `stride` apart, this path at `at`. */
  readonly moves: Float64Array;
  readonly normals: Float64Array;
  readonly stride: number;
  readonly at: number;
  /** Scale of the tail on the first stage of this path. */
  readonly scale: number;
}

/** Whether the rule is one the lines below are for; where not, a name's own indicator is its chance. */
export function hasLines(rule: BufferPlan, members: number): boolean {
  const { order, enter, count, keep } = rule;
  return order === 'keep-first' && enter <= count && count <= keep && members === count;
}

/** Fills `work.chance`. */
export function chanceIn(plan: ForecastPlan, work: ChanceWork, path: PathView): void {
  const rule = plan.seats as BufferPlan;
  const { measure, incumbent, eligible, seats } = path;
  const { chance, reach, sd } = work;
  const lines = linesOf(rule, work, path);
  for (let a = 0; a < chance.length; a++) {
    chance[a] = seats.isIn[a];
    if (eligible[a] === 0 || sd[a] === 0) continue;
    const line =
      incumbent[a] === 1
        ? lineOfMember(rule, work, path, lines, a)
        : lineOfNewcomer(rule, work, path, lines, a);
    const far = path.scale > 1 ? Infinity : reach[a];
    if (line === Infinity || measure[a] * far < line) chance[a] = 0;
    else if (measure[a] > line * far) chance[a] = 1;
    else chance[a] = chanceAbove(plan, work, a, line, path);
  }
}

/** Counts of one path that every line needs. */
interface PathLines {
  readonly newcomers: number;
  readonly leavers: number;
  /** Members within the best keep - 1. */
  readonly within: number;
}

function linesOf(
  rule: BufferPlan,
  work: ChanceWork,
  { seats, measure, incumbent, eligible }: PathView,
): PathLines {
  const { order, found } = seats;
  const { rankOf, newcomers, leavers } = work;
  rankOf.fill(-1);
  let ranked = 0;
  let within = 0;
  for (let rank = 0; rank < found; rank++) {
    const a = order[rank];
    rankOf[a] = rank;
    if (incumbent[a] === 0) newcomers[ranked++] = a;
    else if (rank < rule.keep - 1) within++;
  }
  let leaving = 0;
  for (let a = 0; a < incumbent.length; a++) {
    if (incumbent[a] === 1 && (rankOf[a] < 0 || rankOf[a] >= rule.keep)) leavers[leaving++] = a;
  }
  sortWorstFirst(leavers, leaving, measure, eligible);
  return { newcomers: ranked, leavers: leaving, within };
}

const measureAt = ({ seats, measure }: PathView, rank: number): number =>
  rank < seats.found ? measure[seats.order[rank]] : 0;

const isMemberAt = ({ seats, incumbent }: PathView, rank: number): boolean =>
  rank < seats.found && incumbent[seats.order[rank]] === 1;

function lineOfMember(
  rule: BufferPlan,
  work: ChanceWork,
  path: PathView,
  lines: PathLines,
  a: number,
): number {
  const { rankOf, leavers } = work;
  const inside = rankOf[a] >= 0 && rankOf[a] < rule.keep;
  const keepLine = measureAt(path, inside ? rule.keep : rule.keep - 1);
  if (rule.maxChanges === Infinity) return keepLine;
  // Below the line it would let the next one move up over it, who then does not leave.
  const up = inside && isMemberAt(path, rule.keep) ? path.seats.order[rule.keep] : -1;
  let others = 0;
  for (let i = 0; i < lines.leavers; i++) {
    const b = leavers[i];
    if (b === a || b === up) continue;
    if (++others < rule.maxChanges) continue;
    return Math.min(keepLine, path.eligible[b] === 1 ? path.measure[b] : 0);
  }
  return keepLine;
}

function lineOfNewcomer(
  rule: BufferPlan,
  work: ChanceWork,
  path: PathView,
  lines: PathLines,
  a: number,
): number {
  const { rankOf, newcomers } = work;
  // Members kept when this one ranks above them: those within the best keep - 1 of the others.
  const above = rankOf[a] >= 0 && rankOf[a] < rule.keep - 1;
  const kept = lines.within + (above && isMemberAt(path, rule.keep - 1) ? 1 : 0);
  const free = Math.min(rule.count - kept, rule.maxChanges);
  if (free <= 0) return Infinity;
  // Everybody above a newcomer who is in is in as well, so it ranks within the count.
  const inCount = rankOf[a] >= 0 && rankOf[a] < rule.count;
  const countLine = measureAt(path, inCount ? rule.count : rule.count - 1);
  let place = 0;
  for (let i = 0; i < lines.newcomers; i++) {
    if (newcomers[i] === a) continue;
    if (++place === free) return Math.max(countLine, path.measure[newcomers[i]]);
  }
  return countLine;
}

function sortWorstFirst(list: Int32Array, count: number, measure: Float64Array, eligible: Uint8Array): void {
  const worse = (a: number, b: number): boolean =>
    measure[a] < measure[b] || (measure[a] === measure[b] && (eligible[a] === 0 ? a < b : a > b));
  for (let i = 1; i < count; i++) {
    const position = list[i];
    let at = i;
    for (; at > 0 && worse(position, list[at - 1]); at--) list[at] = list[at - 1];
    list[at] = position;
  }
}

/** Probability that the measure would be above a line, everything but the own draw as it is. */
function chanceAbove(
  plan: ForecastPlan,
  { rows, sd }: ChanceWork,
  a: number,
  line: number,
  path: PathView,
): number {
  const row = rows[a];
  const { average } = plan.horizon;
  const [known, future, doubt] = [plan.measureKnown[row], plan.measureFuture[row], plan.measureDoubt[row]];
  if (!moves(plan, row)) {
    // Only the doubt moves it: (known + future) exp(doubt z - doubt^2 / 2) above the line.
    return 1 - normalCdf(log(line / (known + future)) / doubt + doubt / 2);
  }
  const variance = plan.market[row] ** 2 + plan.sector[row] ** 2 + plan.own[row] ** 2;
  const correction = (average * average * variance) / 2;
  const at = a * path.stride + path.at;
  const x = average * path.moves[at] - correction;
  // The doubt as drawn scales the line.
  const needed = (line * (known + future * exp(x))) / path.measure[a] - known;
  if (needed <= 0) return 1;
  return 1 - normalCdf(path.normals[at] + (log(needed / future) - x) / (sd[a] * path.scale));
}
