/**
 * One price less another: "75.90 yuan short of Moutai's", "3.2 % below Moutai", 比贵州茅台高15.95元, 与贵州茅台相差75.9元. The word
 * that says so stands right behind the number and leads to a name, or right before it with both names already said.
 */
import { isMarked, meaningOf, type Piece, type QuantityPiece, type Sentence } from '../text/pieces.js';
import { entityOf } from '../text/tokens.js';
import { metricOf } from './frameMetrics.js';

export interface PriceGap {
  readonly entity: string;
  readonly other: string;
  /** Which of the two is higher, where the words say it. */
  readonly sign: 1 | -1 | undefined;
  /** It may be of something else than two closes. */
  readonly unclear: boolean;
}

/** A difference of more is of market values. */
const LARGEST_GAP = 100_000;

export function gapSaid(sentence: Sentence, piece: QuantityPiece): PriceGap | undefined {
  const { unit, value, high, word, part } = piece.quantity;
  const money = (unit === 'CNY' || unit === 'USD') && value < LARGEST_GAP;
  if (!(money || unit === 'fraction') || high !== undefined || word === true || part === true)
    return undefined;
  const found = gapBehind(sentence, piece) ?? gapBefore(sentence, piece);
  return found && { ...found, unclear: !ofCloses(sentence, piece) || goesOn(sentence, piece) };
}

/** "Below Moutai's record", "Moutai's close of the day before": what stands behind the other name says another price. */
function goesOn({ pieces, names }: Sentence, piece: QuantityPiece): boolean {
  const other = names.find(({ at, segment }) => at > piece.at && segment === piece.segment);
  if (other === undefined) return false;
  const behind = pieces.filter((one) => one.at > other.at && one.segment === piece.segment);
  const own = behind.findIndex((one) => one.kind === 'time');
  const dated =
    own >= 0 && behind.slice(0, own).some((one) => one.kind === 'word' && isMarked(one.token, 'possessive'));
  return (
    dated ||
    behind.some(
      (one) =>
        one.kind === 'quantity' ||
        (one.kind === 'word' &&
          (isMarked(one.token, 'peak') || meaningOf(one.token, 'event')?.event === 'record')) ||
        (one.kind === 'word' && /^(?:mean|average|level)$/iu.test(one.token.text)),
    )
  );
}

/**
 * Whether it is of two closes: of no change ("fell 12 yuan more than"), no gap that narrows, no other price or metric; a percent only
 * where the words say price or close.
 */
function ofCloses({ pieces }: Sentence, piece: QuantityPiece): boolean {
  const near = pieces.filter((one) => one.segment === piece.segment || one.segment === piece.segment - 1);
  const said = near.flatMap((one) => (one.kind === 'word' ? [one.token] : []));
  const own = pieces.flatMap((one) =>
    one.kind === 'word' && one.segment === piece.segment ? [one.token] : [],
  );
  const metrics = said.flatMap((token) => metricOf(token) ?? []);
  const text = said.map((token) => token.text).join(' ');
  const moved = CHANGING.test(text) || own.some((token) => meaningOf(token, 'move') !== undefined);
  const closes = metrics.every((metric) => metric === 'price' || metric === 'close');
  if (moved || !closes || said.some((token) => OTHER.test(token.text))) return false;
  return piece.quantity.unit !== 'fraction' || metrics.length > 0;
}

const CHANGING = /narrow|widen|clos(?:ing|ed) the gap|缩小|扩大|收窄|拉大|涨幅|跌幅|少涨|多涨|少跌|多跌/iu;
const OTHER = /估值|换手|派息|分红|股息|average|valuation|dividend|yield|开盘|最低|最高|\bopen/iu;

type Found = Omit<PriceGap, 'unclear'>;

/** `75.90 yuan short of Moutai`, `3.2 % below Moutai's close`. */
function gapBehind({ pieces, names, context }: Sentence, piece: QuantityPiece): Found | undefined {
  const sign = behindSign(pieces[piece.at + 1]);
  const other = names.find(({ at }) => at > piece.at + 1 && at <= piece.at + 4);
  if (sign === undefined || other === undefined || other.segment !== piece.segment) return undefined;
  const entity = names.findLast(({ at, object }) => at < piece.at && !object)?.id ?? context.subject;
  return entity === undefined || entity === other.id ? undefined : { entity, other: other.id, sign };
}

function behindSign(piece: Piece | undefined): 1 | -1 | undefined {
  if (piece?.kind !== 'word') return undefined;
  const sign = meaningOf(piece.token, 'gap')?.sign;
  if (sign === 1 || sign === -1) return sign;
  const event = meaningOf(piece.token, 'event')?.event;
  return event === 'passed' ? 1 : event === 'below' ? -1 : undefined;
}

/** `比贵州茅台高15.95元`, `the gap between Cambricon and Moutai was 75.90 yuan`. */
function gapBefore({ pieces, names, context }: Sentence, piece: QuantityPiece): Found | undefined {
  const from = pieces.findLastIndex((one, i) => i < piece.at && one.kind === 'quantity') + 1;
  const said = pieces.slice(from, piece.at);
  const place = said.findLastIndex((one) => one.kind === 'word' && meaningOf(one.token, 'gap') !== undefined);
  if (place < 0) return undefined;
  const word = said[place];
  const sign = word.kind === 'word' ? meaningOf(word.token, 'gap')?.sign : undefined;
  // A word with a sign stands beside its number; "the gap between A and B" begins the clause.
  if (
    sign !== 0 &&
    said.slice(place + 1).some((one) => one.kind !== 'word' || entityOf(one.token) !== undefined)
  )
    return undefined;
  const before = names.filter(({ at, index }) => at < piece.at && !index);
  const other = before.at(-1);
  const entity = before.findLast(({ id }) => id !== other?.id)?.id ?? context.subject;
  if (other === undefined || entity === undefined || entity === other.id || other.at < from) return undefined;
  return { entity, other: other.id, sign: sign === 0 ? undefined : sign };
}
