/** A sentence cut into pieces: times first, then quantities, then words; commas and joining words open a new segment. */
import type { Day } from '../../base/brand.js';
import type { Span } from '../claim.js';
import { timeAt } from '../time/dates.js';
import type { Clock, Time } from '../time/time.js';
import { quantityAt, type Quantity } from './quantities.js';
import { streakAt, type Streak } from '../time/streaks.js';
import { entityOf, type Token } from './tokens.js';
import { periodOf } from '../time/months.js';
import type { Mark, Meaning, Metric, Stretch } from '../words/meaning.js';

interface Place {
  /** Position in the sentence. */
  readonly at: number;
  readonly segment: number;
  readonly span: Span;
}

interface TimePiece extends Place {
  readonly kind: 'time';
  readonly time: Time;
  /** The word for a business period, where it is one: 上半年, annual report. */
  readonly word: string | undefined;
  /** The words say the close of it: 截至收盘. */
  readonly closing: boolean;
}

export interface QuantityPiece extends Place {
  readonly kind: 'quantity';
  readonly quantity: Quantity;
  readonly lead: Lead | undefined;
}

export interface WordPiece extends Place {
  readonly kind: 'word';
  readonly token: Token;
}

export interface StreakPiece extends Place {
  readonly kind: 'streak';
  readonly streak: Streak;
}

export type Piece = TimePiece | QuantityPiece | StreakPiece | WordPiece;

/** What was said before and still holds. */
export interface Context {
  /** Company or fund the text is about. */
  readonly subject: string | undefined;
  readonly index: string | undefined;
  /** What the sentence before was about. */
  readonly metric: Metric | undefined;
  /** Day or window named last. */
  readonly time: Time | undefined;
  /** Business period named last. */
  readonly period: Time | undefined;
}

/** A name and where it stands. */
export interface NamedAt {
  readonly id: string;
  readonly at: number;
  readonly segment: number;
  readonly index: boolean;
  /** What another name is compared with. */
  readonly object: boolean;
}

export interface Sentence {
  readonly pieces: readonly Piece[];
  /** The pieces of each segment. */
  readonly segments: readonly (readonly Piece[])[];
  readonly names: readonly NamedAt[];
  readonly context: Context;
  readonly indices: ReadonlySet<string>;
  /** Day the text was written. */
  readonly written: Day;
}

/** One list of pieces per segment, by its number. */
export function segmentsOf(pieces: readonly Piece[]): Piece[][] {
  const segments: Piece[][] = [];
  for (const piece of pieces) (segments[piece.segment] ??= []).push(piece);
  return segments;
}

/** The word right before a number; `move` is a verb such as "shed". */
export type Lead = 'from' | 'to' | 'by' | 'move';

export const meaningOf = <Is extends Meaning['is']>(token: Token | undefined, is: Is) =>
  token?.meanings.find((one): one is Extract<Meaning, { is: Is }> => one.is === is);

export const isMarked = (token: Token | undefined, mark: Mark): boolean =>
  token?.meanings.some((one) => one.is === 'mark' && one.mark === mark) === true;

export function piecesOf(tokens: readonly Token[], clock: Clock): Piece[] {
  const pieces: Piece[] = [];
  let segment = 0;
  let { named } = clock;
  /** Token at which each time starts, by its position. */
  const starts = new Map<number, number>();
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    const place = { at: pieces.length, segment };
    const run = streakAt(tokens, at);
    if (run !== undefined) {
      const span = { start: run.start, end: run.end };
      pieces.push({ kind: 'streak', streak: run.streak, ...place, span });
      at += run.tokens;
      continue;
    }
    const time = timeAt(tokens, at, { ...clock, ...(named && { named }) });
    if (time !== undefined) {
      const word = tokens
        .slice(at, at + time.tokens)
        .find((one) => meaningOf(one, 'stretch') !== undefined)?.text;
      const span = { start: time.start, end: time.end };
      starts.set(pieces.length, at);
      const closing = tokens.slice(at, at + time.tokens).some((one) => isMarked(one, 'atClose'));
      pieces.push({ kind: 'time', time: time.time, word, closing, ...place, span });
      if (time.time.kind !== 'period') named = time.time;
      at += time.tokens;
      continue;
    }
    const another = anotherQuarter(tokens, at, pieces, clock);
    if (another !== undefined) {
      const span = { start: token.start, end: token.end };
      pieces.push({ kind: 'time', time: another, word: undefined, closing: false, ...place, span });
      at++;
      continue;
    }
    const quantity = entityOf(token) === undefined ? quantityAt(tokens, at) : undefined;
    if (quantity !== undefined) {
      pieces.push({
        kind: 'quantity',
        quantity,
        lead: leadOf(tokens, at) ?? leadOfTime(tokens, pieces, starts),
        ...place,
        span: { start: quantity.start, end: quantity.end },
      });
      at += quantity.tokens;
      continue;
    }
    if (opensSegment(token)) segment++;
    pieces.push({ kind: 'word', token, ...place, segment, span: { start: token.start, end: token.end } });
    at++;
  }
  return pieces;
}

const QUARTERS_SAID: Readonly<Record<string, Stretch>> = {
  first: 'Q1',
  second: 'Q2',
  third: 'Q3',
  fourth: 'Q4',
};

/** "54.24 % in the third quarter, against 55.88 % in the second". */
function anotherQuarter(
  tokens: readonly Token[],
  at: number,
  pieces: readonly Piece[],
  clock: Clock,
): Time | undefined {
  const stretch = QUARTERS_SAID[tokens[at].text.toLowerCase()];
  if (stretch === undefined || tokens[at - 1]?.text.toLowerCase() !== 'the') return undefined;
  const next = tokens[at + 1];
  if (next !== undefined && !isMarked(next, 'break') && next.text !== '.') return undefined;
  const before = pieces.findLast((one) => one.kind === 'time' && one.time.kind === 'period');
  if (before?.kind !== 'time' || before.time.kind !== 'period' || !before.time.stretch.startsWith('Q'))
    return undefined;
  return periodOf(before.time.year, stretch, clock);
}

function leadOf(tokens: readonly Token[], at: number): Lead | undefined {
  for (let back = at - 1; back >= Math.max(0, at - 2); back--) {
    const token = tokens[back];
    if (isMarked(token, 'from')) return 'from';
    // 降到了11.76%
    if (token.text === '了' && back > 0 && isMarked(tokens[back - 1], 'to')) return 'to';
    if (isMarked(token, 'by')) return 'by';
    if (isMarked(token, 'to')) return 'to';
    if (meaningOf(token, 'move') !== undefined) return back === at - 1 ? 'move' : undefined;
    if (token.number !== undefined) return undefined;
  }
  return undefined;
}

/** `涨至8月28日的1587.91元`: the word stands before the time. */
function leadOfTime(
  tokens: readonly Token[],
  pieces: readonly Piece[],
  starts: ReadonlyMap<number, number>,
): Lead | undefined {
  const last = pieces[pieces.length - 1];
  const of = last?.kind === 'word' && (last.token.text === '的' || isMarked(last.token, 'possessive'));
  // 从7月10日收盘的523.50元
  const close = pieces[pieces.length - 2];
  const back = close?.kind === 'word' && isMarked(close.token, 'atClose') ? 3 : 2;
  const start = of ? starts.get(pieces.length - back) : undefined;
  return start === undefined ? undefined : leadOf(tokens, start);
}

const JOINING = new Set(['and', '和', '及', '与']);

/** `above` and the like break a sentence only where they compare nothing. */
function opensSegment(token: Token): boolean {
  if (isMarked(token, 'break')) return meaningOf(token, 'event') === undefined;
  return JOINING.has(token.text.toLowerCase()) || isMarked(token, 'open') || isMarked(token, 'shut');
}

/** Pieces that hold a segment together but say nothing themselves. */
export const isJoint = (piece: Piece): boolean =>
  piece.kind === 'word' &&
  (opensSegment(piece.token) ||
    piece.token.text === '.' ||
    piece.token.text === '。' ||
    piece.token.text === ';' ||
    piece.token.text === '；');

export const segmentOf = ({ segments }: Sentence, { segment }: Piece): readonly Piece[] => segments[segment];

/** Words of the segment before the piece, nearest first, back to the last number; then those after it, to the next one. */
export function around(sentence: Sentence, piece: Piece): WordPiece[] {
  const own = segmentOf(sentence, piece);
  const place = own.indexOf(piece);
  return [...untilNumber(own.slice(0, place).toReversed()), ...untilNumber(own.slice(place + 1))];
}

function untilNumber(pieces: readonly Piece[]): WordPiece[] {
  const end = pieces.findIndex(({ kind }) => kind === 'quantity');
  return (end < 0 ? pieces : pieces.slice(0, end)).filter((one) => one.kind === 'word');
}
