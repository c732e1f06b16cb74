/**
 * How many securities a review takes in, puts out or replaces: "four stocks were added", "replaces two names", 调入1只股票. The
 * count belongs to the index, whoever was named before.
 */
import {
  isMarked,
  meaningOf,
  segmentOf,
  type Piece,
  type QuantityPiece,
  type Sentence,
} from '../text/pieces.js';
import { entityOf, type Token } from '../text/tokens.js';
import type { Event, Metric } from '../words/meaning.js';

const COUNTED: Readonly<Partial<Record<Event, Metric>>> = {
  added: 'additions',
  removed: 'deletions',
  replaced: 'replacements',
};

/** Reviews of the largest indices replace a few hundred at once. */
const MOST = 500;

/** The metric of a number that counts members, undefined for every other number. */
export function memberCount(sentence: Sentence, piece: QuantityPiece): Metric | undefined {
  const metric = countIn(sentence, piece);
  return metric !== undefined && (ofAnIndex(sentence, piece) || goesOn(sentence, piece)) ? metric : undefined;
}

function countIn(sentence: Sentence, piece: QuantityPiece): Metric | undefined {
  const { unit, value, high, word } = piece.quantity;
  const counts =
    (unit === 'none' || unit === 'count') && Number.isInteger(value) && value >= 1 && value <= MOST;
  if (!counts || high !== undefined || word === true) return undefined;
  const own = segmentOf(sentence, piece);
  if (!own.some((one) => eventOf(one) !== undefined)) return undefined;
  const at = own.indexOf(piece);
  const [before, after] = [own.slice(0, at).toReversed(), own.slice(at + 1)];
  const rest = after.slice(after.findIndex((one) => !leadsToNoun(one)));
  const noun = isNoun(rest[0]);
  return (
    countedBy(before, unit === 'count' || noun) ??
    countedBy(noun ? rest.slice(1) : after, unit === 'count' || noun || isVerb(after[0]))
  );
}

/** Lists are joined as well: only where the index is named is it one of its reviews. */
const ofAnIndex = (sentence: Sentence, piece: QuantityPiece): boolean =>
  segmentOf(sentence, piece).some(
    (one) => one.kind === 'word' && sentence.indices.has(entityOf(one.token) ?? ''),
  );

/** `..., and one was removed`: the clause before counted members of an index. */
function goesOn(sentence: Sentence, { at, segment }: QuantityPiece): boolean {
  const before = sentence.pieces
    .slice(0, at)
    .findLast((one): one is QuantityPiece => one.kind === 'quantity' && one.segment !== segment);
  return (
    before !== undefined &&
    segment - before.segment <= 1 &&
    countIn(sentence, before) !== undefined &&
    ofAnIndex(sentence, before)
  );
}

/** The event that stands next, with nothing but small words, days and the name of the index between. */
function countedBy(pieces: readonly Piece[], noun: boolean): Metric | undefined {
  if (!noun) return undefined;
  const next = pieces.find((one) => eventOf(one) !== undefined || !small(one));
  return next && COUNTED[eventOf(next) as Event];
}

const eventOf = (piece: Piece): Event | undefined => {
  const event = piece.kind === 'word' ? meaningOf(piece.token, 'event')?.event : undefined;
  return event !== undefined && COUNTED[event] !== undefined ? event : undefined;
};

const SMALL = new Set(
  'just only was were is are be been being will would have has had the a of new also to its 了 的 共 合计 新'.split(
    ' ',
  ),
);

const small = (piece: Piece): boolean =>
  piece.kind === 'time' || (piece.kind === 'word' && isSmall(piece.token));

const isSmall = (token: Token): boolean =>
  SMALL.has(token.text.toLowerCase()) ||
  entityOf(token) !== undefined ||
  meaningOf(token, 'members') !== undefined;

/** "Two of the STAR 50's constituents". */
const leadsToNoun = (piece: Piece): boolean =>
  piece.kind === 'word' &&
  (['of', 'the'].includes(piece.token.text.toLowerCase()) ||
    entityOf(piece.token) !== undefined ||
    isMarked(piece.token, 'possessive'));

const isNoun = (piece: Piece | undefined): boolean =>
  piece?.kind === 'word' && meaningOf(piece.token, 'members') !== undefined;

/** `one was removed`: the noun of the clause before is left out. */
const isVerb = (piece: Piece | undefined): boolean =>
  piece?.kind === 'word' &&
  (['was', 'were', 'will', 'are', 'is'].includes(piece.token.text.toLowerCase()) ||
    eventOf(piece) !== undefined);
