/** What a change of a price sets out from, where the text says it: a day, another price, the last close of a year. */
import { metricOf } from './frameMetrics.js';
import { ownerTime, timeNear } from './frameTimes.js';
import {
  meaningOf,
  segmentOf,
  type Lead,
  type Piece,
  type QuantityPiece,
  type Sentence,
} from '../text/pieces.js';
import type { Quantity } from '../text/quantities.js';
import { dayIn, type Time } from '../time/time.js';

/** "Down 6.3 % from its August 28 record close", 较8月28日高点: from that day to the other one said, or to the day of writing. */
export function baseDaySaid(
  sentence: Sentence,
  piece: QuantityPiece,
): { readonly time: Time; readonly timed: true } | undefined {
  const { unit } = piece.quantity;
  const amount = (unit === 'CNY' || unit === 'index points') && piece.lead === 'move';
  if (unit !== 'fraction' && unit !== 'times' && !amount) return undefined;
  const { pieces, written } = sentence;
  const own = segmentOf(sentence, piece);
  const base = pieces.find((one) => one.kind === 'time' && one.time.kind === 'day' && isBase(pieces, one.at));
  if (base?.kind !== 'time' || base.time.kind !== 'day' || base.segment > piece.segment) return undefined;
  const windowed = own.some((one) => one.kind === 'time' && one.time.kind !== 'day');
  if (base.segment < piece.segment && windowed) return undefined;
  const from = base.time.day;
  const other = own.find(
    (one) => one !== base && one.kind === 'time' && one.time.kind === 'day' && one.time.day > from,
  );
  const to = other?.kind === 'time' ? (dayIn(other.time) ?? written) : written;
  return to <= from ? undefined : { time: { kind: 'closes', from, to }, timed: true };
}

/** `from its`, `since the close of`, 较. */
function isBase(pieces: readonly Piece[], at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 6); i--) {
    const one = pieces[i];
    if (one.kind !== 'word') return false;
    const text = one.token.text.toLowerCase();
    if (BASES.has(text)) return true;
    if (
      !BETWEEN.has(text) &&
      metricOf(one.token) === undefined &&
      meaningOf(one.token, 'event')?.event !== 'record'
    )
      return false;
  }
  return false;
}

const BASES = new Set(['from', 'since', 'compared with', '较', '比', '自', '从', '相比']);
const BETWEEN = new Set(['its', 'the', 'a', 'of', 'on', 'hit', 'set', 'reached', '其', '的']);

/** 是2024年末的2.06倍, "three times its closing price of 2024": from the last close of that time to the day of writing. */
export function ratioSaid(
  sentence: Sentence,
  piece: QuantityPiece,
): { readonly time: Time; readonly timed: true; readonly ratio: true } | undefined {
  const { pieces, written } = sentence;
  if (piece.quantity.unit !== 'times' || piece.quantity.word === true) return undefined;
  const base = ownerTime(pieces, piece.at) ?? timeOfPrice(pieces, piece);
  const from = dayIn(base);
  if (from === undefined || from >= written) return undefined;
  const other = pieces.find((one) => one.kind === 'time' && one.time.kind !== 'period' && one.time !== base);
  const to = (other?.kind === 'time' ? dayIn(other.time) : undefined) ?? written;
  return { time: { kind: 'closes', from, to }, timed: true, ratio: true };
}

/** `its closing price of 2024` behind a number. */
function timeOfPrice(pieces: readonly Piece[], { at, segment }: QuantityPiece): Time | undefined {
  const after = pieces.slice(at + 1, at + 6).filter((one) => one.segment === segment);
  const place = after.findIndex(({ kind }) => kind === 'time');
  const found = after[place];
  if (found?.kind !== 'time' || found.time.kind === 'period') return undefined;
  const priced = after.slice(0, place).some((one) => {
    const metric = one.kind === 'word' ? metricOf(one.token) : undefined;
    return metric === 'price' || metric === 'close';
  });
  return priced ? found.time : undefined;
}

/** "From 601.5 at end-June to 1,587.91 on August 28, up 164 %": from the time of the one price to that of the other. */
export function pairSaid(
  sentence: Sentence,
  piece: QuantityPiece,
): { readonly time: Time; readonly timed: true } | undefined {
  const prices = pairOf(sentence, piece);
  if (prices === undefined) return undefined;
  const [from, to] = prices.map((price) => dayIn(timeNear(sentence, price).time));
  return from === undefined || to === undefined || to <= from
    ? undefined
    : { time: { kind: 'closes', from, to }, timed: true };
}

/** The prices a change runs between, where the text does not say when: "from 703 yuan to 1,587.91, up 125 %". */
export function pricesSaid(
  sentence: Sentence,
  piece: QuantityPiece,
): [from: Quantity, to: Quantity] | undefined {
  const timed = sentence.pieces.some((one) => one.kind === 'time' && one.time.kind !== 'period');
  const prices = timed ? undefined : pairOf(sentence, piece);
  return prices && [prices[0].quantity, prices[1].quantity];
}

/** The prices that a change in percent or times runs between. */
function pairOf({ pieces }: Sentence, piece: QuantityPiece): [QuantityPiece, QuantityPiece] | undefined {
  if (piece.quantity.unit !== 'fraction' && piece.quantity.unit !== 'times') return undefined;
  const led = (lead: Lead): QuantityPiece | undefined =>
    pieces.find((one): one is QuantityPiece => one.kind === 'quantity' && one.lead === lead && isPrice(one));
  const [from, to] = [led('from'), led('to')];
  return from === undefined || to === undefined ? undefined : [from, to];
}

const isPrice = ({ quantity: { unit, high } }: QuantityPiece): boolean =>
  high === undefined && (unit === 'none' || unit === 'CNY' || unit === 'USD' || unit === 'index points');
