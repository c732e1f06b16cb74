/**
 * Members of a path without ranking everybody. Given everybody else's score, a name is in exactly when its own is above
 * a line, and all lines of a path come from a few order statistics: of all scores, of the newcomers', and of the
 * incumbents'. With o(r) the r-th best other score, N(r) and I(r) the r-th best of the other newcomers and incumbents,
 * s seats, k other incumbents at or above the keep line when the name itself is, m changes allowed and e seats empty
 * before the review:
 *
 * - a newcomer must be above o(keep), or there are s better names with a claim; above N(s - k), since all newcomers
 *   compete by rank for what the kept leave; and above N(m + e). Where newcomers sit first, o(enter) does instead of
 *   the first two.
 * - an incumbent must be above o(keep); or above the m-th worst other incumbent, since only m can be pushed out. Where
 *   newcomers sit first, also above I(s - newcomers at or above the enter line), or above o(enter).
 */
import { exp } from './arithmetic.js';
import type { Arena, Columns } from './columns.js';
import type { BufferPlan } from './seating.js';

/**
 * Where the two scores at a border are: the one at the rank itself, then its neighbour. The r-th best other score is the
 * neighbour for whoever is at the border or better, and the one at the rank for everybody else.
 */
const BORDER = {
  keep: 0,
  /** Only where newcomers sit first; else nobody is above it. */
  enter: 2,
  /** Newcomers: as many as may come in, and as find a seat when the name is above the keep line, and when not. */
  allowed: 4,
  seatsAbove: 6,
  seatsBelow: 8,
  /** Incumbents, where newcomers sit first: as many as find a seat when the name is above the enter line, and when not. */
  roomAbove: 10,
  roomBelow: 12,
  /** Incumbents, counted from the worst: as many as may be pushed out. The neighbour is above. */
  pushed: 14,
} as const;

const BORDERS = 16;

/** Columns used again for every path. */
export interface Lines {
  readonly borders: Float64Array;
  /** Scores of the ranked incumbents, best first; and of the newcomers above a cut, and how many these are. */
  readonly olds: Float64Array;
  readonly news: Float64Array;
  near: number;
  /** Two names are equal at a border, so that lines do not say who is in. */
  tied: boolean;
}

export function linesFor({ ranked, newcomers }: Columns, arena: Arena): Lines {
  return {
    borders: arena.float64(BORDERS),
    olds: arena.float64(ranked.length),
    news: arena.float64(newcomers),
    near: 0,
    tied: false,
  };
}

/** Finds the borders of a path. @param from where its scores begin */
export function findLines(lines: Lines, columns: Columns, seats: BufferPlan, from: number): void {
  const cut = likelyCut(columns, from);
  collect(lines, columns, from, cut);
  if (writeBorders(lines, columns, seats, cut)) return;
  // A path on which the guess was too high takes everybody; the answer is the same.
  collect(lines, columns, from, -Infinity);
  writeBorders(lines, columns, seats, -Infinity);
}

/** A score below all borders on nearly every path: of a name below them, moved by what it shares with others. */
function likelyCut({ cutBy, space, base, known, future }: Columns, from: number): number {
  if (cutBy < 0) return -Infinity;
  const moved = base[from + cutBy];
  return space === 'log' ? moved : known[cutBy] + future[cutBy] * exp(moved);
}

function collect(lines: Lines, columns: Columns, from: number, cut: number): void {
  const { olds, news } = lines;
  const { ranked, standing, newcomers, score } = columns;
  for (let j = 0; j < ranked.length; j++) olds[j] = score[from + ranked[j]];
  let near = 0;
  for (let i = standing; i < standing + newcomers; i++) {
    const value = score[from + i];
    if (value >= cut) news[near++] = value;
  }
  lines.near = near;
  sortDescending(olds, ranked.length);
  sortDescending(news, near);
}

/** Fast where the list is nearly sorted. */
function sortDescending(values: Float64Array, n: number): void {
  for (let j = 1; j < n; j++) {
    const value = values[j];
    let at = j;
    for (; at > 0 && values[at - 1] < value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}

/** @returns whether every score that was asked for is among those at or above the cut */
function writeBorders(lines: Lines, columns: Columns, seats: BufferPlan, cut: number): boolean {
  const { olds, news, near, borders } = lines;
  const { ranked, newcomers, leaving } = columns;
  const { count, enter, keep, order, maxChanges } = seats;
  const all = ranked.length;
  const newcomersFirst = order === 'enter-first';
  lines.tied = false;
  writeMerged(lines, BORDER.keep, all, keep);
  writeMerged(lines, BORDER.enter, all, newcomersFirst ? enter : 0);
  const allowed = maxChanges + (count - all - leaving.length);
  const seatsAbove = count - oldsAmong(lines, all, keep);
  const seatsBelow = count - oldsAmong(lines, all, keep - 1);
  writeBorder(lines, BORDER.allowed, news, near, allowed);
  writeBorder(lines, BORDER.seatsAbove, news, near, seatsAbove);
  writeBorder(lines, BORDER.seatsBelow, news, near, seatsBelow);
  writeWorst(lines, all, maxChanges - leaving.length);
  if (newcomersFirst) {
    writeBorder(lines, BORDER.roomAbove, olds, all, count - (enter + 1 - oldsAmong(lines, all, enter + 1)));
    writeBorder(lines, BORDER.roomBelow, olds, all, count - (enter - oldsAmong(lines, all, enter)));
  }
  const lowest = Math.min(borders[BORDER.keep + 1], borders[BORDER.enter + 1]);
  const deepest = Math.max(allowed, seatsAbove, seatsBelow);
  return near === newcomers || (lowest >= cut && deepest < near);
}

/** Incumbents among the best `rank` of all. */
function oldsAmong({ olds, news, near }: Lines, all: number, rank: number): number {
  let low = 0;
  let high = Math.min(all, Math.max(0, rank));
  while (low < high) {
    const middle = (low + high) >> 1;
    const above = rank - 1 - middle;
    // With no more than so many newcomers above it, the incumbent is among them.
    if (above >= near || olds[middle] >= news[above]) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The border at a rank of all: Infinity above everybody, -Infinity below. */
function writeMerged(lines: Lines, border: number, all: number, rank: number): void {
  const { olds, news, near } = lines;
  const old = oldsAmong(lines, all, rank);
  const others = rank - old;
  const last = Math.min(scoreAt(olds, all, old), scoreAt(news, near, others));
  const next = Math.max(scoreAt(olds, all, old + 1), scoreAt(news, near, others + 1));
  writePair(lines, border, rank <= 0 ? Infinity : last, rank <= 0 ? Infinity : next);
}

function writeBorder(lines: Lines, border: number, sorted: Float64Array, n: number, rank: number): void {
  writePair(lines, border, scoreAt(sorted, n, rank), rank <= 0 ? Infinity : scoreAt(sorted, n, rank + 1));
}

/** The border at a rank from the worst of all incumbents: -Infinity below everybody, Infinity above. */
function writeWorst(lines: Lines, all: number, rank: number): void {
  const { olds } = lines;
  const none = rank <= 0;
  writePair(
    lines,
    BORDER.pushed,
    none ? -Infinity : scoreAt(olds, all, all + 1 - rank),
    none ? -Infinity : scoreAt(olds, all, all - rank),
  );
}

/** The score at a rank from 1 of a sorted list: Infinity above it, -Infinity below. */
function scoreAt(sorted: Float64Array, n: number, rank: number): number {
  if (rank <= 0) return Infinity;
  return rank <= n ? sorted[rank - 1] : -Infinity;
}

function writePair(lines: Lines, border: number, at: number, next: number): void {
  lines.borders[border] = at;
  lines.borders[border + 1] = next;
  lines.tied ||= at === next && at - next === 0;
}

/** Score above which a newcomer with this score is in. */
export function newcomerLine({ borders }: Lines, score: number): number {
  const isKept = score >= borders[BORDER.keep];
  const kept = borders[isKept ? BORDER.keep + 1 : BORDER.keep];
  const free = otherAt(borders, isKept ? BORDER.seatsAbove : BORDER.seatsBelow, score);
  const seated = Math.min(otherAt(borders, BORDER.enter, score), Math.max(kept, free));
  return Math.max(otherAt(borders, BORDER.allowed, score), seated);
}

/** Score above which an incumbent with this score is in. */
export function incumbentLine({ borders }: Lines, score: number, newcomersFirst: boolean): number {
  const kept = otherAt(borders, BORDER.keep, score);
  const pushed = borders[score <= borders[BORDER.pushed] ? BORDER.pushed + 1 : BORDER.pushed];
  if (!newcomersFirst) return Math.min(pushed, kept);
  const isAbove = score >= borders[BORDER.enter];
  const room = otherAt(borders, isAbove ? BORDER.roomAbove : BORDER.roomBelow, score);
  const entered = borders[isAbove ? BORDER.enter + 1 : BORDER.enter];
  return Math.min(pushed, Math.min(entered, Math.max(kept, room)));
}

/** The score at a border when the name with this one is left out. */
const otherAt = (borders: Float64Array, border: number, score: number): number =>
  borders[score >= borders[border] ? border + 1 : border];
