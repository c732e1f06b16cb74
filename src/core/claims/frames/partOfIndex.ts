/**
 * A weight without the word: "was 9.57 % of the STAR 50", 占科创50的9.57%, 在科创50中占9.57%. It needs a company named before the
 * number, or right after a clause such as "with a 12 % share of ..., Cambricon ...": what funds own of an index is no weight.
 */
import { isMarked, segmentOf, type Piece, type QuantityPiece, type Sentence } from '../text/pieces.js';
import { entityOf } from '../text/tokens.js';

/** Between a percent and the index it is a part of. */
const SHARES = new Set('of the a share slice portion index weight weighting'.split(' '));
/** Between 占, the index and the percent. */
const CHINESE_SHARES = new Set('的 比重 比例 权重 指数 总权重 中 了 为 约 达 在'.split(' '));
/** What stands before the index or the number there; a longer run names somebody else: 外资占. */
const CHINESE_PARTS = new Set(
  '占 中占 中约占 内占 占到 占据 约占 目前占 仍占 已占 共占 合计占 则占'.split(' '),
);
/** Who does this to a part of an index is no part of it. */
const OWNING = new Set('own owns owned hold holds held holding bought buys buy sold traded'.split(' '));

export function partOfIndex(sentence: Sentence, piece: QuantityPiece): boolean {
  const own = segmentOf(sentence, piece);
  const at = own.indexOf(piece);
  return (
    named(sentence, piece) &&
    !own.some((one) => OWNING.has(textOf(one))) &&
    (ofIndex(sentence, own.slice(at + 1)) || inIndex(sentence, own.slice(0, at).toReversed()))
  );
}

const textOf = (one: Piece | undefined): string => (one?.kind === 'word' ? one.token.text.toLowerCase() : '');

const isIndex = ({ indices }: Sentence, one: Piece | undefined): boolean =>
  one?.kind === 'word' && indices.has(entityOf(one.token) ?? '');

/** Before the number, or first in the clause after it. */
function named({ names, segments }: Sentence, { at, segment }: QuantityPiece): boolean {
  const next = segments[segment + 1]?.filter((one) => one.kind === 'word' && textOf(one) !== ',') ?? [];
  return names.some(
    (one) => !one.index && (one.at < at || next.slice(0, 2).some((piece) => piece.at === one.at)),
  );
}

/** `% of the STAR 50 Index`, and nothing more of the index, such as its turnover. */
function ofIndex(sentence: Sentence, after: readonly Piece[]): boolean {
  const place = after.findIndex((one) => !SHARES.has(textOf(one)));
  const joined = after.slice(0, Math.max(place, 0)).some((one) => textOf(one) === 'of');
  if (!joined || !isIndex(sentence, after[place])) return false;
  const next = after[place + 1];
  return next === undefined || ends(next);
}

const ENDS = new Set(['index', '.', 'at', 'by', 'on', 'as', 'in', 'when', 'after', 'before']);

const ends = (piece: Piece): boolean =>
  piece.kind === 'time' ||
  (piece.kind === 'word' &&
    (ENDS.has(textOf(piece)) ||
      (['atClose', 'break', 'shut', 'of', 'after', 'before'] as const).some((mark) =>
        isMarked(piece.token, mark),
      )));

/** `占科创50的9.57%` or `在科创50中占9.57%`, read backwards from the number. */
function inIndex(sentence: Sentence, before: readonly Piece[]): boolean {
  const first = before.findIndex((one) => !CHINESE_SHARES.has(textOf(one)));
  if (first < 0) return false;
  if (isIndex(sentence, before[first])) return CHINESE_PARTS.has(textOf(before[first + 1]));
  if (!CHINESE_PARTS.has(textOf(before[first]))) return false;
  const place = before.findIndex((one, i) => i > first && !CHINESE_SHARES.has(textOf(one)));
  return isIndex(sentence, before[place]);
}
