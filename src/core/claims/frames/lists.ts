/** "Moutai and Cambricon rose 16.12 %", 8月27日、28日分别上涨: a number said of several names or days, of which only one would be looked at. */
import { isJoint, isMarked, type Piece, type Sentence } from '../text/pieces.js';
import { entityOf } from '../text/tokens.js';

const JOINS = new Set(['and', '和', '与', '及', '、', '以及']);

/** The clause before is nothing but names, or nothing but a day that another one follows. */
export function listedBefore({ pieces, segments }: Sentence, piece: Piece): boolean {
  const own = segments[piece.segment];
  const before = segments[piece.segment - 1];
  if (before === undefined || !(own[0]?.kind === 'word' && JOINS.has(own[0].token.text.toLowerCase())))
    return false;
  const named = own.some((one) => one.at < piece.at && isName(one));
  const names = before.filter((one) => !isJoint(one) && one.kind === 'word');
  if (named && names.some(isName) && names.every((one) => isName(one) || isSmall(one)))
    return before.every(({ kind }) => kind === 'word' || kind === 'time');
  const [first, second] = [before.findLast(isDay), own.find(isDay)];
  if (first === undefined || second === undefined) return false;
  return pieces.slice(first.at + 1, second.at).every((one) => isJoint(one) || isSmall(one));
}

/** "Rose 15.73 % on August 27 and August 28", "of Cambricon and Hygon": another day or name follows, and nothing else. */
export function listedBehind({ segments }: Sentence, piece: Piece): boolean {
  const [join, ...rest] = segments[piece.segment + 1] ?? [];
  const more = rest.filter((one) => !isStop(one));
  if (!(join?.kind === 'word' && JOINS.has(join.token.text.toLowerCase())) || more.length === 0) return false;
  const own = segments[piece.segment];
  const days = own.some(isDay) && more.every((one) => isDay(one) || isDayNumber(one));
  return days || (own.some(isName) && more.every((one) => isName(one)));
}

const isStop = (one: Piece): boolean => one.kind === 'word' && ['.', '。'].includes(one.token.text);
const isDayNumber = (one: Piece): boolean =>
  one.kind === 'quantity' && one.quantity.unit === 'none' && one.quantity.value <= 31;

const isName = (one: Piece): boolean => one.kind === 'word' && entityOf(one.token) !== undefined;
const isDay = (one: Piece): boolean => one.kind === 'time' && one.time.kind === 'day';
const SMALL = new Set(['both', 'the', 'on', 'like', 'shares', 'of', 'in', '均', '双双']);
const isSmall = (one: Piece): boolean =>
  one.kind === 'word' &&
  (SMALL.has(one.token.text.toLowerCase()) ||
    isMarked(one.token, 'possessive') ||
    isMarked(one.token, 'both'));
