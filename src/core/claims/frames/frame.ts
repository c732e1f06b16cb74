/** What a frame says of a claim, and the parts of it that numbers and events share. */
import type { Day } from '../../base/brand.js';
import { addDays } from '../../calendar/day.js';
import type { Span } from '../claim.js';
import { pricesSaid } from './changeBases.js';
import { entityNames, type Named } from './frameNames.js';
import { metricOf } from './frameMetrics.js';
import {
  baseEndSaid,
  endNear,
  type Period,
  periodBeside,
  periodNear,
  quarterCompared,
  timeNear,
} from './frameTimes.js';
import {
  around,
  isJoint,
  isMarked,
  meaningOf,
  segmentOf,
  type Lead,
  type Piece,
  type QuantityPiece,
  type Sentence,
  type WordPiece,
} from '../text/pieces.js';
import type { Quantity } from '../text/quantities.js';
import { isUncountedRun, type Streak } from '../time/streaks.js';
import type { RecordPrice } from './recordBase.js';
import { unheldNear } from './strangers.js';
import type { Time } from '../time/time.js';
import { entityOf } from '../text/tokens.js';
import type { Event, Mark, Metric } from '../words/meaning.js';

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
  /** The quarter that is compared with, where it is named: "fell 17 % from the first quarter". */
  readonly comparedQuarter: Period | undefined;
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
  /** End that a change of a balance is measured from. */
  readonly baseEnd: Period | undefined;
  /** Prices that a change runs between, of days that are not said. */
  readonly between: readonly [from: Quantity, to: Quantity] | undefined;
  /** "For a fourth straight session", in the segment. */
  readonly streak: Streak | undefined;
  /** First day that a record is of, by each meaning of the words: "highest close of 2025", 年内新高. */
  readonly since: readonly Day[];
  /** A verb of moving stands in the clause itself, and no price of the session before it. */
  readonly moved: boolean;
  /** The other end of "from ... to" stands in the segment. */
  readonly paired: boolean;
  /** The number is a multiple of the price at the start of its time: "2.06 times its close of 2024". */
  readonly ratio?: true;
  /** The change sets out from the highest price so far. */
  readonly fromRecord?: RecordPrice;
  /** Day that the record is said to be of. */
  readonly recordOn?: Day;
  readonly recordWithin?: { readonly from: Day; readonly to: Day };
  /** It says how often, how many in a row, or how nearly. */
  readonly counted: boolean;
}

export function shared(sentence: Sentence, piece: Piece) {
  const own = segmentOf(sentence, piece);
  const before = sentence.segments[piece.segment - 1] ?? [];
  const silent = before.every((one) => one.kind === 'word' && metricOf(one.token) === undefined);
  const first = sentence.segments[0] ?? [];
  const led = first !== own && first.every((one) => one.kind === 'word' && metricOf(one.token) === undefined);
  const base =
    baseSaid(own, piece) ?? (silent ? baseSaid(before, piece) : led ? baseSaid(first, piece) : undefined);
  const compared = quarterCompared(sentence, piece);
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
    base: base?.base ?? (compared === undefined ? undefined : 'quarter'),
    comparedQuarter: compared,
    baseNamed: base?.named === true,
    periodBeside: periodBeside(sentence, piece),
    unheld: unheldNear(sentence, piece),
    periodEnd: endNear(sentence, piece),
    baseEnd: baseEndSaid(sentence, piece),
    between: piece.kind === 'quantity' ? pricesSaid(sentence, piece) : undefined,
    streak: own.flatMap((one) => (one.kind === 'streak' ? [one.streak] : []))[0],
    since: sinceSaid(own),
    paired: own.some((one) => arePair(one, piece)),
    moved:
      own.some((one) => one.kind === 'word' && meaningOf(one.token, 'move') !== undefined) &&
      !marksOf(sentence.pieces.filter((one) => one.at < piece.at)).has('intraday'),
    counted: own.some(counts),
    ...spanOf(sentence, piece),
  };
}

/** A base that names its own period belongs to the number beside it: "from -631 m in the first half of 2024 to 911 m". */
function baseSaid(own: readonly Piece[], piece: Piece): BaseSaid | undefined {
  const quantities = own.filter(({ kind }) => kind === 'quantity');
  const found = own.flatMap((one): BaseSaid[] => {
    const base = one.kind === 'word' ? meaningOf(one.token, 'base') : undefined;
    if (base === undefined) return [];
    const compared = own.some((near) => near.at >= one.at - 2 && near.at < one.at && compares(near));
    if (base.named !== true || compared) return [{ base: base.base, named: false }];
    const beside = quantities.findLast(({ at }) => at < one.at);
    const ofAnother =
      piece.kind === 'quantity' &&
      piece.lead === 'to' &&
      beside?.kind === 'quantity' &&
      beside !== piece &&
      beside.lead === 'from';
    return ofAnother ? [] : [{ base: base.base, named: true }];
  });
  return found[0];
}

interface BaseSaid {
  readonly base: 'year' | 'quarter';
  readonly named: boolean;
}

/** "Lower than in the previous quarter": that quarter is the base and not what the number is of. */
const compares = (one: Piece): boolean =>
  one.kind === 'word' &&
  ['than', 'lower than', 'higher than', 'less than', 'more than'].includes(one.token.text.toLowerCase());

/** First days that a record is of: "since August 21", 年内, "of the month"; a month that is only spoken of is none. */
const sinceSaid = (own: readonly Piece[]): Day[] =>
  own.flatMap((one, i) => {
    if (one.kind !== 'time' || one.time.kind === 'day' || one.time.kind === 'period') return [];
    const { time } = one;
    if (time.kind === 'closes') return time.since === true ? [addDays(time.from, 1)] : [];
    const before = own[i - 1];
    const of = before?.kind === 'word' && before.token.text.toLowerCase() === 'of';
    if (time.since !== true && !of && time.name !== 'year' && time.name !== 'year to date') return [];
    // "Since August 21": on that day it was otherwise.
    return [time.from, ...(time.others ?? []).map(({ from }) => from)];
  });

/** `两度`, `the second time`, a run of days, `距离`, "almost". */
function counts(one: Piece): boolean {
  if (one.kind === 'streak') return true;
  if (one.kind !== 'word' || isMarked(one.token, 'again')) return false;
  const text = one.token.text.toLowerCase();
  const hedged = meaningOf(one.token, 'hedge')?.hedge;
  return (
    isUncountedRun(one.token) ||
    TIMES.has(text) ||
    /[次距]|^度|连板/u.test(text) ||
    hedged === 'nearly' ||
    hedged === 'about'
  );
}

const TIMES = new Set(['time', 'times', 'twice', 'thrice', 'short of', 'shy of']);

/** A condition holds for all that follows it in the sentence: "if it rose 10 %, it would be worth ...". */
function marksSaid({ pieces }: Sentence, { at, segment }: Piece, own: readonly Piece[]): Set<Mark> {
  // "On 500 times earnings there is no room": that is said of the room.
  const marks = marksOf(
    own.filter((one) => !(one.at > at && one.kind === 'word' && one.token.text.toLowerCase() === 'no')),
  );
  if (pieces.slice(0, at).some((one) => one.kind === 'word' && isMarked(one.token, 'conditional')))
    marks.add('conditional');
  for (const mark of wholeMarks(pieces, segment)) marks.add(mark);
  const before = pieces.filter((one) => one.segment < segment);
  if (marksOf(before).has('atClose')) marks.add('sessionOver');
  // "For the first time since August 28, ..."
  if (
    before.every((one) => one.kind !== 'quantity' && !(one.kind === 'word' && says(one))) &&
    marksOf(before).has('firstTime')
  )
    marks.add('firstTime');
  // 调整生效后，...
  if (before.every(({ kind }) => kind !== 'quantity'))
    for (const mark of marksOf(before)) if (mark === 'after' || mark === 'before') marks.add(mark);
  if (!marks.has('intraday') && closesBefore(pieces.slice(0, at))) marks.add('atClose');
  return marks;
}

const ASKING = new Set([
  'did',
  'was',
  'were',
  'is',
  'are',
  'will',
  'has',
  'have',
  'does',
  'do',
  'would',
  'could',
]);

/** What a sentence says of itself as a whole: a question, a denial, a list of which each has its own number. */
function wholeMarks(pieces: readonly Piece[], segment: number): Mark[] {
  const said = marksOf(pieces);
  const texts = pieces.flatMap((one) => (one.kind === 'word' ? [one.token.text.toLowerCase()] : []));
  // A question behind a comma asks something else: "it rose 7 %, are you all right?"
  const own = pieces.at(-1)?.segment === segment || ASKING.has(texts[0] ?? '');
  const asks = own && (/[?？吗]$/u.test(texts.at(-1) ?? '') || /[?？吗]$/u.test(texts.at(-2) ?? ''));
  const silent = pieces.filter((one) => one.segment < segment);
  const aheadOfDay = silent.every((one) => one.kind !== 'quantity') && marksOf(silent).has('partOfDay');
  const unreal = texts[0] === 'had' && (texts.includes('would') || said.has('conditional'));
  const rumour =
    said.has('rumour') && texts.some((text) => /^(?:dismissed|denied|denies|rejected)$|否认/u.test(text));
  return [
    ...(unreal ? (['conditional'] as const) : []),
    ...(asks ? (['question'] as const) : []),
    ...(aheadOfDay ? (['partOfDay'] as const) : []),
    ...(said.has('denied') || rumour ? (['denied'] as const) : []),
    ...(said.has('ago') ? (['ago'] as const) : []),
    ...(said.has('listed') ? (['listed'] as const) : []),
  ];
}

/** 截至收盘, or 按8月27日收盘价计算: the time said last is that of a close, and its clause says nothing else. */
function closesBefore(before: readonly Piece[]): boolean {
  const time = before.findLast((one) => one.kind === 'time');
  if (time?.kind !== 'time') return false;
  if (time.closing) return true;
  const beside = before.filter(({ segment }) => segment === time.segment);
  const own = beside[beside.length - 1] !== before[before.length - 1];
  return (
    own &&
    marksOf(beside).has('atClose') &&
    beside.every((one) => one.kind !== 'quantity' && !(one.kind === 'word' && says(one)))
  );
}

const says = ({ token }: WordPiece): boolean =>
  meaningOf(token, 'event') !== undefined || meaningOf(token, 'move') !== undefined;

export const marksOf = (pieces: readonly Piece[]): Set<Mark> =>
  new Set(
    pieces.flatMap((one) =>
      one.kind === 'word'
        ? one.token.meanings.flatMap((meaning) => (meaning.is === 'mark' ? [meaning.mark] : []))
        : [],
    ),
  );

/** The segment as a quote, without the words that join it to others. */
export function spanOf(sentence: Sentence, piece: Piece): Span {
  const own = segmentOf(sentence, piece).filter((one) => !isJoint(one));
  const [first, last] = [own[0] ?? piece, own[own.length - 1] ?? piece];
  return { start: first.span.start, end: last.span.end };
}

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
        (entityOf(one.token) !== undefined ||
          isMarked(one.token, 'possessive') ||
          BARE_WORDS.has(one.token.text.toLowerCase())),
    )
  );
}

const BARE_WORDS = new Set([
  'the',
  'by',
  'for',
  'in',
  'index',
  'a',
  'shares',
  'stock',
  'a shares',
  'a-shares',
]);

const THAN: Readonly<Record<string, 1 | -1 | undefined>> = {
  above: 1,
  'higher than': 1,
  below: -1,
  'lower than': -1,
};

/** "17 % less than the 683 million of the second quarter". */
function lessThan({ pieces }: Sentence, { kind, at, segment }: Piece): 1 | -1 | undefined {
  // 比第二季度高17%
  const word = pieces[at - 1];
  const higher = word?.kind === 'word' ? meaningOf(word.token, 'gap')?.sign : undefined;
  const led = pieces.some(
    (one) => one.at < at && one.segment === segment && one.kind === 'word' && /^[比较]/u.test(one.token.text),
  );
  if (kind === 'quantity' && led && (higher === 1 || higher === -1)) return higher;
  const next = pieces[at + 1];
  const passed = next?.kind === 'word' ? THAN[next.token.text.toLowerCase()] : undefined;
  const sign = next?.kind === 'word' ? (meaningOf(next.token, 'gap')?.sign ?? passed) : undefined;
  return kind === 'quantity' && sign !== 0 && pieces[at + 2] !== undefined ? sign : undefined;
}

/** Of the segment; a segment that says nothing but another number takes it from the one before: "rose 14 % and then 5 %". */
export function signNear(sentence: Sentence, piece: QuantityPiece | WordPiece): 1 | -1 | undefined {
  const gap = lessThan(sentence, piece);
  if (gap !== undefined) return gap;
  const words = around(sentence, piece);
  const signOf = (list: readonly WordPiece[]) =>
    list.flatMap(({ token }) => meaningOf(token, 'move')?.sign ?? [])[0];
  const own = signOf(words);
  const silent =
    words.every(({ token }) => metricOf(token) === undefined && entityOf(token) === undefined) ||
    gapped(sentence, piece);
  const run = segmentOf(sentence, piece).flatMap((one) =>
    one.kind === 'streak' ? (one.streak.sign ?? []) : [],
  )[0];
  if (own !== undefined || run !== undefined || !silent) return own ?? run;
  const before = sentence.pieces.slice(0, piece.at).findLast((one) => one.kind === 'quantity');
  if (before === undefined) return undefined;
  const apart = before.segment !== piece.segment || arePair(before, piece);
  return apart ? signOf(around(sentence, before)) : undefined;
}
