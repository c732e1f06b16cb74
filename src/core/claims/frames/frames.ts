/**
 * Sentences to frames: what is said (a number or an event), of which metric, whom, when, and how. A word belongs to the
 * nearest number of its segment; what a segment does not say, it takes from the segments and sentences before it.
 */

import type { Day } from '../../base/brand.js';
import { type Frame, shared, signNear } from './frame.js';
import { elliptic, limitNamed, ofEvent, ofLimit, ofStreak, speaks } from './frameEvents.js';
import { metricOf, metricOfQuantity, roundMark } from './frameMetrics.js';
import { recordBaseSaid } from './recordBase.js';
import { gapSaid, type PriceGap } from './priceGaps.js';
import { namesIn } from './frameNames.js';
import { listedBefore, listedBehind } from './lists.js';
import { baseDaySaid, pairSaid, ratioSaid } from './changeBases.js';
import { saysNow, stretchSaid } from './frameTimes.js';
import {
  isMarked,
  meaningOf,
  piecesOf,
  segmentOf,
  segmentsOf,
  type Context,
  type Piece,
  type QuantityPiece,
  type Sentence,
  type WordPiece,
} from '../text/pieces.js';
import type { Quantity } from '../text/quantities.js';
import { knownUnheld, productNear } from './strangers.js';
import type { Clock } from '../time/time.js';
import type { Token } from '../text/tokens.js';
import type { Event, Metric } from '../words/meaning.js';

interface FramedSentence {
  readonly frames: readonly Frame[];
  readonly context: Context;
}

/** @param indices ids that are indices, so that a name can be told to be one */
export function framesOf(
  tokens: readonly Token[],
  clock: Clock,
  context: Context,
  indices: ReadonlySet<string>,
): FramedSentence {
  const pieces = piecesOf(tokens, { ...clock, ...(context.time && { named: context.time }) });
  const sentence: Sentence = {
    pieces,
    segments: segmentsOf(pieces),
    names: namesIn(pieces, indices),
    context,
    indices,
    written: clock.written,
  };
  const frames = pieces.flatMap((piece): Frame[] => {
    if (piece.kind === 'quantity') return ofQuantity(sentence, piece);
    if (piece.kind === 'streak') return ofStreak(sentence, piece);
    if (piece.kind !== 'word') return [];
    const event = meaningOf(piece.token, 'event')?.event ?? limitNamed(sentence, piece);
    return event === undefined || endsGap(sentence, piece) || basesChange(sentence, piece, event)
      ? []
      : ofEvent(sentence, piece, event);
  });
  return { frames: [...frames, ...elliptic(sentence, frames)], context: contextAfter(sentence, frames) };
}

/** `24.7 % from its record`: the record is what the change sets out from. */
const basesChange = (sentence: Sentence, piece: WordPiece, event: Event): boolean =>
  event === 'record' &&
  [...segmentOf(sentence, piece), ...(sentence.segments[piece.segment + 1] ?? [])].some(
    (one) => one.kind === 'quantity' && recordBaseSaid(sentence, one) !== undefined,
  );

/** `3.2 % below Moutai`: the comparison belongs to the number. */
function endsGap(sentence: Sentence, { at }: WordPiece): boolean {
  const before = sentence.pieces[at - 1];
  return before?.kind === 'quantity' && gapSaid(sentence, before) !== undefined;
}

function contextAfter({ pieces, names, context }: Sentence, frames: readonly Frame[]): Context {
  const times = pieces.flatMap((piece) => (piece.kind === 'time' ? [piece.time] : []));
  const first = pieces.find(speaks)?.at ?? pieces.length;
  // Who stands before what is said is the subject; who stands after it is what was compared, and stays aside.
  const subject = names.find(({ index, at }) => !index && at < first)?.id;
  return {
    subject: subject ?? context.subject ?? names.find(({ index }) => !index)?.id,
    index: names.findLast(({ index }) => index)?.id ?? context.index,
    metric: frames.findLast(({ metric }) => metric !== undefined)?.metric,
    time: saysNow(pieces) ? undefined : (times.findLast(({ kind }) => kind !== 'period') ?? context.time),
    period: times.findLast(({ kind }) => kind === 'period') ?? context.period,
  };
}

/** A bare number of nothing known is no claim. */
function ofQuantity(sentence: Sentence, piece: QuantityPiece): Frame[] {
  const { quantity, lead } = piece;
  if (ofLimit(sentence, piece)) return [];
  const other = otherNumber(sentence, piece);
  if (other !== undefined) return [other];
  const gap = gapSaid(sentence, piece);
  if (gap !== undefined) return [ofGap(sentence, piece, gap)];
  const metric = metricOfQuantity(sentence, piece);
  if (metric === undefined && BARE.has(quantity.unit) && lead !== 'to' && !holdsShares(sentence, piece))
    return [];
  const apart = apartFrom(sentence, piece);
  const sign = quantity.sign ?? signNear(sentence, piece) ?? apart?.sign;
  const ofIndex = metric !== undefined && OF_INDEX.has(metric);
  const base = shared(sentence, piece);
  if (roundMark(sentence, piece)) base.marks.add('round');
  if (!ofLoss(sentence, piece, metric)) base.marks.delete('loss');
  const priced = metric === undefined || PRICED.has(metric);
  return [
    {
      ...base,
      ...(priced &&
        (ratioSaid(sentence, piece) ??
          pairSaid(sentence, piece) ??
          baseDaySaid(sentence, piece) ??
          stretchSaid(sentence, piece))),
      ...(apart?.other !== undefined && { other: apart.other }),
      ...(ofIndex && { unheld: knownUnheld(sentence, piece) }),
      ...(priced && base.unheld === undefined && { unheld: productNear(sentence, base.entity) }),
      sign,
      ...(priced && fromRecord(sentence, piece, sign)),
      ...(ofIndex && capDenied(sentence, piece) && { unheld: 'cap' }),
      ...(metric === 'weight' && ofProduct(sentence) && { unheld: 'product' }),
      ...(moreThan(sentence, piece) && { unheld: 'difference' }),
      ...((listedBefore(sentence, piece) || listedBehind(sentence, piece)) && { unheld: 'both' }),
      ...(recordBeside(sentence, piece, metric) && { unheld: 'record' }),
      quantity,
      event: undefined,
      metric,
      lead,
    },
  ];
}

/** "Held 6.09 m shares of Cambricon": a claim, though no holdings of shareholders are held. */
const holdsShares = (sentence: Sentence, piece: QuantityPiece): boolean =>
  piece.quantity.unit === 'shares' &&
  segmentOf(sentence, piece).some((one) => one.kind === 'word' && isMarked(one.token, 'holds'));

/** The day of the price that is below, and not the stretch of the record. */
function daySaidElsewhere({ pieces }: Sentence, { at }: QuantityPiece): Pick<Frame, 'time' | 'timed'> {
  const day = pieces.findLast((one) => one.at < at && one.kind === 'time' && one.time.kind === 'day');
  return day?.kind === 'time' ? { time: day.time, timed: true } : { time: undefined, timed: false };
}

const ENDED = /^(?:lifted|raised|scrapped|abolished|sector|industry|取消|上调|放宽|行业)$/iu;

/** "Has no 10 % cap", "the 10 % cap was lifted": of the rule, and against it. */
function capDenied(sentence: Sentence, piece: QuantityPiece): boolean {
  const before = sentence.pieces[piece.at - 1];
  const none = before?.kind === 'word' && /^(?:no|没有|without|无)$/iu.test(before.token.text);
  return none || segmentOf(sentence, piece).some((one) => one.kind === 'word' && ENDED.test(one.token.text));
}

/** A share of the turnover or of a fund of the index, and not of the index. */
const ofProduct = ({ names, pieces }: Sentence): boolean =>
  names.some(({ index, at }) => {
    const next = pieces[at + 1];
    return (
      index &&
      next?.kind === 'word' &&
      (metricOf(next.token) === 'tradedValue' || /^(?:etf|etfs|fund|funds)$/iu.test(next.token.text))
    );
  });

/** "A weight peaked at 15.39 %", "a P/E of 520, its lowest", "on 2024 earnings": of these no records and no other earnings are looked at. */
function recordBeside(sentence: Sentence, piece: QuantityPiece, metric: Metric | undefined): boolean {
  const own = segmentOf(sentence, piece);
  const every = own.some((one, i) => isEach(one) && membersSoon(own, i));
  if (every) return true;
  const multiple =
    metric === 'pe' || (piece.quantity.unit === 'times' && (metric === undefined || metric === 'price'));
  if (multiple && sentence.pieces.some((one, i) => one.kind === 'time' && isBasis(sentence.pieces, i)))
    return true;
  if (metric !== 'weight' && metric !== 'pe') return false;
  return own.some((one) => {
    const near = one.kind === 'word' ? metricOf(one.token) : undefined;
    return near === 'high' || near === 'low' || isEach(one);
  });
}

const isEach = (one: Piece): boolean => one.kind === 'word' && /^(?:every|each)$/iu.test(one.token.text);

const membersSoon = (own: readonly Piece[], i: number): boolean =>
  own.slice(i + 1, i + 4).some((one) => one.kind === 'word' && meaningOf(one.token, 'members') !== undefined);

/** `on first-half earnings`, `based on 2024 earnings`, 按2024年利润. */
function isBasis(pieces: readonly Piece[], at: number): boolean {
  const [before, after] = [pieces[at - 1], pieces[at + 1]];
  const led = before?.kind === 'word' && /^(?:on|按|以|基于)$/iu.test(before.token.text);
  const earnings = after?.kind === 'word' && metricOf(after.token) === 'netProfit';
  return led && earnings;
}

/** "1.11 bn yuan higher than in the second", "gaining 16 % more": a difference, of which nothing is made here. */
function moreThan({ pieces }: Sentence, { at, quantity: { unit } }: QuantityPiece): boolean {
  const next = pieces[at + 1];
  if (next?.kind !== 'word') return false;
  const text = next.token.text.toLowerCase();
  const money = unit === 'CNY' || unit === 'USD';
  const than = meaningOf(next.token, 'gap') !== undefined || text === 'higher than' || text === 'lower than';
  return (money && than) || (unit === 'fraction' && (text === 'more' || text === 'less'));
}

/** "After a loss of 848 m it earned 355 m": of a profit the word that stands nearest says which it is. */
function ofLoss(sentence: Sentence, piece: QuantityPiece, metric: Metric | undefined): boolean {
  if (metric !== 'netProfit' && metric !== 'coreProfit') return true;
  const words = segmentOf(sentence, piece).filter(
    (one) => one.kind === 'word' && one.at < piece.at && metricOf(one.token) === metric,
  );
  const nearest = words.at(-1);
  return words.length < 2 || nearest?.kind !== 'word' || isMarked(nearest.token, 'loss');
}

/** Another day than that of the record. */
function daySaidBut(
  { pieces }: Sentence,
  { at, segment }: QuantityPiece,
  on: Day,
): Pick<Frame, 'time' | 'timed'> {
  const day = pieces.find(
    (one) =>
      one.at < at &&
      one.segment === segment &&
      one.kind === 'time' &&
      (one.time.kind !== 'day' || one.time.day !== on),
  );
  return day?.kind === 'time' && day.time.kind !== 'period'
    ? { time: day.time, timed: true }
    : { time: undefined, timed: false };
}

/** Below a record by so much: the way is in the words even where no verb says it. */
function fromRecord(
  sentence: Sentence,
  piece: QuantityPiece,
  sign: 1 | -1 | undefined,
): Pick<Frame, 'sign' | 'fromRecord' | 'recordWithin' | 'recordOn'> & Partial<Pick<Frame, 'time' | 'timed'>> {
  const base = recordBaseSaid(sentence, piece);
  if (base === undefined) return { sign };
  return {
    sign: base.below ? -1 : (sign ?? -1),
    fromRecord: base.unclear ? 'unclear' : base.of,
    ...(base.on !== undefined && { ...daySaidBut(sentence, piece, base.on), recordOn: base.on }),
    ...(base.within && { ...daySaidElsewhere(sentence, piece), recordWithin: base.within }),
  };
}

/** "Closed above Moutai, at 1,525 yuan versus 1,450": the second number is the price of who was passed. */
function otherNumber(sentence: Sentence, piece: QuantityPiece): Frame | undefined {
  const { pieces, names } = sentence;
  const led = pieces[piece.at - 1];
  if (led?.kind !== 'word' || !VERSUS.has(led.token.text.toLowerCase())) return undefined;
  if (names.some(({ segment }) => segment === piece.segment)) return undefined;
  const behind = pieces[piece.at + 1];
  if (behind !== undefined && !(behind.kind === 'word' && STOPS.has(behind.token.text))) return undefined;
  const passed = names.findLast(({ object, at, index }) => object && !index && at < piece.at);
  const before = pieces.slice(0, piece.at).findLast((one) => one.kind === 'quantity');
  if (passed === undefined || before?.kind !== 'quantity') return undefined;
  const { unit } = piece.quantity;
  if (unit !== before.quantity.unit || (unit !== 'CNY' && unit !== 'USD')) return undefined;
  return {
    ...shared(sentence, piece),
    entity: passed.id,
    company: passed.id,
    other: undefined,
    quantity: piece.quantity,
    event: undefined,
    metric: 'price',
    sign: undefined,
    lead: undefined,
  };
}

/** Unheld as such, and held as what they are between two closes. */
const GAP_WORDS = /^(?:short of|shy of|premium to|discount to|高出了?|多出|相差|差距|差价)$/iu;

const STOPS = new Set(['.', ',', ';', '。', '，', '；']);

const VERSUS = new Set(['versus', 'vs', 'vs.', 'against', 'compared with', 'compared to', '对', '对比']);

function ofGap(sentence: Sentence, piece: QuantityPiece, gap: PriceGap): Frame {
  const { entity, other, sign, unclear } = gap;
  const base = shared(sentence, piece);
  const { unheld } = base;
  return {
    ...base,
    entity,
    company: entity,
    other,
    unheld: unclear ? 'difference' : unheld !== undefined && GAP_WORDS.test(unheld) ? undefined : unheld,
    quantity: piece.quantity,
    event: undefined,
    metric: 'gap',
    sign,
    lead: undefined,
  };
}

/** "Beat the CSI 300 by 20 points": which way, and against whom. */
function apartFrom(
  sentence: Sentence,
  piece: QuantityPiece,
): { readonly sign: 1 | -1; readonly other: string | undefined } | undefined {
  if (piece.quantity.unit !== 'points' && piece.lead !== 'by') return undefined;
  const event = segmentOf(sentence, piece)
    .flatMap((one) => (one.kind === 'word' ? (meaningOf(one.token, 'event')?.event ?? []) : []))
    .find((one) => one === 'outperformed' || one === 'underperformed');
  if (event === undefined) return undefined;
  const other = sentence.names.find(
    ({ object, segment, at }) => object && segment === piece.segment && at < piece.at,
  )?.id;
  return { sign: event === 'outperformed' ? 1 : -1, other };
}

/** What is said of an index and not of a member. */
export const OF_INDEX: ReadonlySet<Metric> = new Set<Metric>([
  'flow',
  'trackedAssets',
  'cap',
  'topFiveCap',
  'topFive',
  'topTen',
  'additions',
  'deletions',
  'replacements',
]);

const PRICED: ReadonlySet<Metric> = new Set<Metric>([
  'price',
  'close',
  'open',
  'high',
  'low',
  'marketCap',
  'tradedValue',
]);

const BARE: ReadonlySet<Quantity['unit']> = new Set(['none', 'count', 'shares']);
