/**
 * Sentences to frames: what is said (a number or an event), of which metric, whom, when, and how. A word belongs to the
 * nearest number of its segment; what a segment does not say, it takes from the segments and sentences before it.
 */
import type { Span } from './claim.js';
import type { Clock, Time } from './time.js';
import { entityNames, namesIn, type Named } from './frameNames.js';
import { isReported, metricOf, metricOfQuantity } from './frameMetrics.js';
import {
  baseDaySaid,
  endNear,
  type Period,
  pairSaid,
  quarterCompared,
  pricesSaid,
  periodBeside,
  periodNear,
  stretchSaid,
  timeNear,
} from './frameTimes.js';
import {
  around,
  isJoint,
  isMarked,
  meaningOf,
  piecesOf,
  segmentOf,
  segmentsOf,
  type Context,
  type Lead,
  type Piece,
  type QuantityPiece,
  type Sentence,
  type StreakPiece,
  type WordPiece,
} from './pieces.js';
import { isUncountedRun, type Streak } from './streaks.js';
import type { Quantity } from './quantities.js';
import { memberCount } from './memberCounts.js';
import { knownUnheld, productNear, unheldNear } from './strangers.js';
import { entityOf, type Token } from './tokens.js';
import type { Event, Mark, Metric } from './words/meaning.js';

export interface Frame extends Span, Named {
  readonly quantity: Quantity | undefined;
  readonly event: Event | undefined;
  readonly metric: Metric | undefined;
  readonly sign: 1 | -1 | undefined;
  readonly time: Time | undefined;
  /** The sentence says its own time. */
  readonly timed: boolean;
  readonly period: Time | undefined;
  readonly base: 'year' | 'quarter' | undefined;
  /** The base is named as a period of its own: "64.8 m a year earlier". */
  readonly baseNamed: boolean;
  /** The number has its own period: "1.11 bn in the first quarter". */
  readonly periodBeside: boolean;
  readonly marks: ReadonlySet<Mark>;
  readonly lead: Lead | undefined;
  /** Events of the same segment, for numbers such as "a record close of". */
  readonly events: ReadonlySet<Event>;
  /** Something nobody holds data of, that the segment is about. */
  readonly unheld: string | undefined;
  /** Period whose end is said: "at the end of June", 一季度末. */
  readonly periodEnd: Period | undefined;
  /** Prices that a change runs between, of days that are not said. */
  readonly between: readonly [from: Quantity, to: Quantity] | undefined;
  /** "For a fourth straight session", in the segment. */
  readonly streak: Streak | undefined;
  /** It says that days follow one another. */
  readonly running: boolean;
}

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
    return event === undefined ? [] : ofEvent(sentence, piece, event);
  });
  return { frames: [...frames, ...elliptic(sentence, frames)], context: contextAfter(sentence, frames) };
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
    time: times.findLast(({ kind }) => kind !== 'period') ?? context.time,
    period: times.findLast(({ kind }) => kind === 'period') ?? context.period,
  };
}

/** A bare number of nothing known is no claim. */
function ofQuantity(sentence: Sentence, piece: QuantityPiece): Frame[] {
  const { quantity, lead } = piece;
  if (ofLimit(sentence, piece)) return [];
  const metric = metricOfQuantity(sentence, piece);
  if (metric === undefined && BARE.has(quantity.unit) && lead !== 'to') return [];
  const apart = apartFrom(sentence, piece);
  const sign = quantity.sign ?? signNear(sentence, piece) ?? apart?.sign;
  const ofIndex = metric !== undefined && OF_INDEX.has(metric);
  const base = shared(sentence, piece);
  const priced = metric === undefined || PRICED.has(metric);
  return [
    {
      ...base,
      ...(priced &&
        (pairSaid(sentence, piece) ?? baseDaySaid(sentence, piece) ?? stretchSaid(sentence, piece))),
      ...(apart?.other !== undefined && { other: apart.other }),
      ...(ofIndex && { unheld: knownUnheld(sentence, piece) }),
      ...(priced && base.unheld === undefined && { unheld: productNear(sentence, base.entity) }),
      quantity,
      event: undefined,
      metric,
      sign,
      lead,
    },
  ];
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

const SWINGS: ReadonlySet<Event> = new Set<Event>([
  'turnedPositive',
  'turnedNegative',
  'lossNarrowed',
  'lossWidened',
]);

const LIMITS: ReadonlySet<Event> = new Set<Event>(['limitUp', 'limitDown', 'limit']);

/** "Hit the 20 % limit": of a price, where no weight is spoken of. */
function limitNamed(sentence: Sentence, piece: WordPiece): Event | undefined {
  const before = sentence.pieces[piece.at - 1];
  if (!isMarked(piece.token, 'limit') || before?.kind !== 'quantity' || before.quantity.unit !== 'fraction')
    return undefined;
  const ruled = segmentOf(sentence, piece).some((one) => {
    const metric = one.kind === 'word' ? metricOf(one.token) : undefined;
    return metric === 'cap' || metric === 'weight' || metric === 'topFive';
  });
  return ruled ? undefined : 'limit';
}

/** "Its 20 % daily limit": the rule, and no change of its own. */
function ofLimit(sentence: Sentence, { at }: QuantityPiece): boolean {
  const next = sentence.pieces[at + 1];
  if (next?.kind !== 'word') return false;
  const event = meaningOf(next.token, 'event')?.event ?? limitNamed(sentence, next);
  return event !== undefined && LIMITS.has(event);
}

/** Of the closes; a run of other numbers is judged with the number. */
function ofStreak(sentence: Sentence, piece: StreakPiece): Frame[] {
  const own = segmentOf(sentence, piece).flatMap((one) => (one.kind === 'word' ? [one] : []));
  const sign = piece.streak.sign ?? own.flatMap(({ token }) => meaningOf(token, 'move')?.sign ?? [])[0];
  const metric = own.flatMap(({ token }) => metricOf(token) ?? [])[0];
  const limit = own.some(({ token }) => LIMITS.has(meaningOf(token, 'event')?.event ?? 'capped'));
  if (sign === undefined || limit || (metric !== undefined && metric !== 'price' && metric !== 'close'))
    return [];
  const base = shared(sentence, piece);
  return [
    { ...base, quantity: undefined, event: 'streak', metric, sign, lead: undefined, streak: piece.streak },
  ];
}

/** Words that compare only when a name follows at once: "above Moutai", but not "above 1,400". */
const PREPOSITIONS = new Set([
  'past',
  'over',
  'above',
  'below',
  'behind',
  'beat',
  'beats',
  'exceeded',
  '超过',
  '突破',
  '高于',
  '低于',
  '不及',
]);

/** 披露年报, "published its annual report": what came out is a report and not the review of an index. */
function reportNext(pieces: readonly Piece[], { at, segment }: WordPiece): boolean {
  const next = pieces
    .slice(at + 1, at + 4)
    .find((one) => !(one.kind === 'word' && ARTICLES.has(one.token.text.toLowerCase())));
  return next?.kind === 'time' && next.segment === segment && /报|report/iu.test(next.word ?? '');
}

const COUNTABLE: ReadonlySet<Event> = new Set<Event>(['added', 'removed', 'replaced']);

const counts = (sentence: Sentence, piece: WordPiece): boolean =>
  segmentOf(sentence, piece).some(
    (one) => one.kind === 'quantity' && memberCount(sentence, one) !== undefined,
  );

/** "Added to the Entity List", 纳入实体清单: with no index in the clause, what is joined is another list, or nobody is said to join. */
function ofSomethingElse(sentence: Sentence, piece: WordPiece): boolean {
  const own = sentence.names.filter(({ segment }) => segment === piece.segment);
  if (own.length === 0) return true;
  if (own.some(({ index }) => index)) return false;
  const next = segmentOf(sentence, piece).find(
    (one) => one.at > piece.at && !(one.kind === 'word' && ARTICLES.has(one.token.text.toLowerCase())),
  );
  return next?.kind === 'word' && next.token.meanings.length === 0 && !isJoint(next);
}

const ARTICLES = new Set(['the', 'a', 'an', 'to', 'its', '该', '其', '了']);

const LOSSES: ReadonlySet<Event> = new Set<Event>(['lossNarrowed', 'lossWidened']);

/** A loss that narrowed, and no margin, gap or fall in the price. */
const saysLoss = (sentence: Sentence, piece: WordPiece): boolean =>
  segmentOf(sentence, piece).some(
    (one) =>
      one.kind === 'word' &&
      (isMarked(one.token, 'loss') ||
        /亏|loss/iu.test(one.token.text) ||
        metricOf(one.token) === 'netProfit'),
  );

function ofEvent(sentence: Sentence, piece: WordPiece, said: Event): Frame[] {
  const { pieces } = sentence;
  const event = said === 'announced' && reportNext(pieces, piece) ? 'reported' : said;
  // "Four stocks were added" says how many, and of no company that it was.
  if (COUNTABLE.has(event) && (counts(sentence, piece) || ofSomethingElse(sentence, piece))) return [];
  if (event === 'replaced' && !sentence.names.some(({ index }) => index)) return [];
  if (PREPOSITIONS.has(piece.token.text.toLowerCase()) && !namesNext(pieces, piece.at)) return [];
  if (LOSSES.has(event) && !saysLoss(sentence, piece)) return [];
  const sign = event === 'limit' ? signNear(sentence, piece) : undefined;
  const base = { ...shared(sentence, piece), quantity: undefined, event, sign, lead: undefined };
  for (const mark of sessionMarks(sentence, piece, event)) base.marks.add(mark);
  if (!SWINGS.has(event))
    return [{ ...base, metric: around(sentence, piece).flatMap(({ token }) => metricOf(token) ?? [])[0] }];
  const metrics = listedBefore(sentence, piece);
  if (metrics.length === 0) return [{ ...base, metric: swungBefore(sentence, piece) }];
  return metrics.map(({ metric, start, denied }) => ({
    ...base,
    metric,
    start: Math.min(base.start, start),
    ...(denied && { marks: new Set([...base.marks, 'not' as const]) }),
  }));
}

/** "The intraday high passed Moutai", "briefly overtook it as the dearest share": of the session, though the event does not say so itself. */
function sessionMarks(sentence: Sentence, piece: WordPiece, event: Event): Mark[] {
  if (event !== 'passed' && event !== 'dearest') return [];
  const own = segmentOf(sentence, piece);
  if (own.some((one) => one.kind === 'word' && metricOf(one.token) === 'high')) return ['intraday'];
  const marks = marksOf(own);
  // "..., dethroning Moutai" goes on with the clause before.
  const goesOn = event === 'dearest' || piece.token.text.toLowerCase().endsWith('ing');
  if (!goesOn || marks.has('atClose') || marks.has('intraday')) return [];
  const before = marksOf(sentence.pieces.slice(0, piece.at));
  return (['atClose', 'intraday'] as const).filter((mark) => before.has(mark));
}

function namesNext(pieces: readonly Piece[], at: number): boolean {
  const first = pieces
    .slice(at + 1, at + 4)
    .find((one) => !(one.kind === 'word' && one.token.text.toLowerCase() === 'the'));
  return first?.kind === 'word' && entityOf(first.token) !== undefined;
}

/** Metrics listed before an event, over the segments that say nothing else; those after it where there are none. */
function listedBefore(
  sentence: Sentence,
  piece: WordPiece,
): { readonly metric: Metric; readonly start: number; readonly denied: boolean }[] {
  const { pieces } = sentence;
  const found = new Map<Metric, Piece>();
  let { segment } = piece;
  for (let i = piece.at - 1; i >= 0; i--) {
    const one = pieces[i];
    if (one.segment !== segment && segmentOf(sentence, one).some(speaks)) break;
    ({ segment } = one);
    const metric = one.kind === 'word' ? metricOf(one.token) : undefined;
    if (metric !== undefined && isReported(metric)) found.set(metric, one);
  }
  if (found.size === 0) {
    for (const one of segmentOf(sentence, piece)) {
      const metric = one.kind === 'word' && one.at > piece.at ? metricOf(one.token) : undefined;
      if (metric !== undefined && isReported(metric)) found.set(metric, one);
    }
  }
  // "Revenue, not profit, flipped": the one is denied, not the event.
  const denied = (one: Piece): boolean =>
    one.segment !== piece.segment && marksOf(segmentOf(sentence, one)).has('not');
  return [...found]
    .map(([metric, one]) => ({ metric, start: one.span.start, denied: denied(one) }))
    .toReversed();
}

/** "Cash flow was -29 million, and turned negative again": the line before, where the words do not say profit or loss themselves. */
function swungBefore({ pieces }: Sentence, { at, token }: WordPiece): Metric | undefined {
  const before = pieces
    .slice(0, at)
    .flatMap((one) => (one.kind === 'word' ? (metricOf(one.token) ?? []) : []))
    .findLast((metric) => SWINGING.has(metric));
  return before === 'cashFlow' && /[亏盈]|profit|loss/iu.test(token.text) ? undefined : before;
}

const SWINGING: ReadonlySet<Metric> = new Set<Metric>(['netProfit', 'coreProfit', 'cashFlow']);

const speaks = (piece: Piece): boolean =>
  piece.kind === 'quantity' || (piece.kind === 'word' && meaningOf(piece.token, 'event') !== undefined);

/** `..., but not at the close`: the event of before, under another mark. */
function elliptic(sentence: Sentence, frames: readonly Frame[]): Frame[] {
  const { pieces } = sentence;
  const event = frames.findLast(
    (frame) =>
      frame.event === 'passed' ||
      frame.event === 'below' ||
      frame.event === 'record' ||
      frame.event === 'dearest',
  );
  if (event === undefined) return [];
  const segments = new Set(
    pieces.filter(({ span }) => span.start >= event.end).map(({ segment }) => segment),
  );
  return [...segments].flatMap((segment): Frame[] => {
    const own = pieces.filter((one) => one.segment === segment);
    if (own.some(speaks)) return [];
    const marks = marksOf(own);
    if (!marks.has('atClose') && !marks.has('intraday')) return [];
    const mark = own.find(
      (one) => one.kind === 'word' && (isMarked(one.token, 'atClose') || isMarked(one.token, 'intraday')),
    ) as Piece;
    // A clause of its own about who it closed above is an event and does not come here.
    return [
      { ...event, marks, time: timeNear(sentence, mark).time ?? event.time, ...spanOf(sentence, mark) },
    ];
  });
}

function shared(sentence: Sentence, piece: Piece) {
  const own = segmentOf(sentence, piece);
  const base = own.flatMap((one) => (one.kind === 'word' ? (meaningOf(one.token, 'base') ?? []) : []))[0];
  return {
    ...timeNear(sentence, piece),
    ...entityNames(sentence, piece),
    marks: marksSaid(sentence, piece, own),
    events: new Set(
      own.flatMap((one) =>
        one.kind === 'word'
          ? one.token.meanings.flatMap((meaning) => (meaning.is === 'event' ? [meaning.event] : []))
          : [],
      ),
    ),
    period: periodNear(sentence, piece),
    base: base?.base ?? (quarterCompared(sentence, piece) ? 'quarter' : undefined),
    baseNamed: base?.named === true,
    periodBeside: periodBeside(sentence, piece),
    unheld: unheldNear(sentence, piece),
    periodEnd: endNear(sentence, piece),
    between: piece.kind === 'quantity' ? pricesSaid(sentence, piece) : undefined,
    streak: own.flatMap((one) => (one.kind === 'streak' ? [one.streak] : []))[0],
    running: own.some((one) => one.kind === 'streak' || (one.kind === 'word' && isUncountedRun(one.token))),
    ...spanOf(sentence, piece),
  };
}

/** A condition holds for all that follows it in the sentence: "if it rose 10 %, it would be worth ...". */
function marksSaid({ pieces }: Sentence, { at }: Piece, own: readonly Piece[]): Set<Mark> {
  const marks = marksOf(own);
  if (pieces.slice(0, at).some((one) => one.kind === 'word' && isMarked(one.token, 'conditional')))
    marks.add('conditional');
  return marks;
}

const marksOf = (pieces: readonly Piece[]): Set<Mark> =>
  new Set(
    pieces.flatMap((one) =>
      one.kind === 'word'
        ? one.token.meanings.flatMap((meaning) => (meaning.is === 'mark' ? [meaning.mark] : []))
        : [],
    ),
  );

/** The segment as a quote, without the words that join it to others. */
function spanOf(sentence: Sentence, piece: Piece): Span {
  const own = segmentOf(sentence, piece).filter((one) => !isJoint(one));
  const [first, last] = [own[0] ?? piece, own[own.length - 1] ?? piece];
  return { start: first.span.start, end: last.span.end };
}

/** Of the segment; a segment that says nothing but another number takes it from the one before: "rose 14 % and then 5 %". */
/** "To 9.04 % from 9.57 %". */
const arePair = (a: Piece, b: Piece): boolean =>
  a.kind === 'quantity' &&
  b.kind === 'quantity' &&
  a.quantity.unit === b.quantity.unit &&
  ((a.lead === 'to' && b.lead === 'from') || (a.lead === 'from' && b.lead === 'to'));

/** "A is up 15 % and B 35 %": the verb of the clause before holds for a clause of nothing but a name and a number. */
function gapped(sentence: Sentence, piece: Piece): boolean {
  if (piece.kind !== 'quantity') return false;
  const own = segmentOf(sentence, piece).filter((one) => !isJoint(one) && one !== piece);
  return (
    own.length > 0 &&
    own.every(
      (one) =>
        one.kind === 'word' &&
        (entityOf(one.token) !== undefined || ['the', 'by', 'index'].includes(one.token.text.toLowerCase())),
    )
  );
}

function signNear(sentence: Sentence, piece: QuantityPiece | WordPiece): 1 | -1 | undefined {
  const words = around(sentence, piece);
  const signOf = (list: readonly WordPiece[]) =>
    list.flatMap(({ token }) => meaningOf(token, 'move')?.sign ?? [])[0];
  const own = signOf(words);
  const silent =
    words.every(({ token }) => metricOf(token) === undefined && entityOf(token) === undefined) ||
    gapped(sentence, piece);
  if (own !== undefined || !silent) return own;
  const before = sentence.pieces.slice(0, piece.at).findLast((one) => one.kind === 'quantity');
  if (before === undefined) return undefined;
  const apart = before.segment !== piece.segment || arePair(before, piece);
  return apart ? signOf(around(sentence, before)) : undefined;
}
