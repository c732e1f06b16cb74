/** When a number or event is: the time nearest in its segment, else of the segments and sentences before; and periods of reports. */
import { addDays, addMonths, civilOf } from '../../calendar/day.js';
import { isReported, metricOf } from './frameMetrics.js';
import { isJoint, isMarked, meaningOf, segmentOf, type Piece, type Sentence } from '../text/pieces.js';
import { saysSince, type Time } from '../time/time.js';
import type { Event, Stretch } from '../words/meaning.js';

export type Period = Extract<Time, { kind: 'period' }>;

/** In the segment, else the last one before, else one that follows in the sentence, else what the text named last. */
export function timeNear(
  sentence: Sentence,
  piece: Piece,
): { readonly time: Time | undefined; readonly timed: boolean } {
  const { pieces, context } = sentence;
  const timeOf = (one: Piece): Time[] =>
    one.kind === 'time' && one.time.kind !== 'period' ? [one.time] : [];
  const owned = ownerTime(pieces, piece.at);
  if (owned !== undefined) return { time: owned, timed: true };
  const own = segmentOf(sentence, piece)
    .flatMap((one) =>
      timeOf(one).map((time) => ({
        time,
        distance:
          (one.at > piece.at ? one.at - piece.at + 0.5 : piece.at - one.at) +
          awayBy(sentence, piece.at, one.at),
      })),
    )
    .toSorted((a, b) => a.distance - b.distance)[0]?.time;
  // What is so now is not of the day named before.
  if (own === undefined && nowSaid(sentence, piece)) return { time: undefined, timed: false };
  const others = pieces.filter((one) => one.kind === 'time' && !isOfRecord(sentence, one));
  if (own !== undefined && saysSince(own) && isRecordWord(piece)) {
    const placed = pieces.flatMap(timeOf).find((time) => !saysSince(time));
    if (placed !== undefined) return { time: placed, timed: true };
  }
  const before = others.filter(({ at }) => at < piece.at).flatMap(timeOf);
  const found = own ?? before.at(-1) ?? others.filter(({ at }) => at > piece.at).flatMap(timeOf)[0];
  if (found === undefined) return { time: context.time, timed: false };
  return { time: weekMeant(pieces, found), timed: true };
}

/** "Its largest fall since April 7", 较8月高点: that time says since when, and not when. */
const isOfRecord = (sentence: Sentence, time: Extract<Piece, { kind: 'time' }>): boolean =>
  time.time.kind !== 'day' &&
  segmentOf(sentence, time).some(
    (one) =>
      one.kind === 'word' &&
      (isMarked(one.token, 'peak') ||
        isMarked(one.token, 'firstTime') ||
        SINCE.has(meaningOf(one.token, 'event')?.event ?? 'capped')),
  );

const isRecordWord = (piece: Piece): boolean =>
  piece.kind === 'word' && SINCE.has(meaningOf(piece.token, 'event')?.event ?? 'capped');

const SINCE: ReadonlySet<Event> = new Set<Event>(['record', 'recordLow', 'extremeMove']);

/** `7月10日的523.50元`, `7月10日收盘的523.50元`, `Thursday's 1,202`: the time that the number is of. */
export function ownerTime(pieces: readonly Piece[], at: number): Time | undefined {
  const [of, close] = [pieces[at - 1], pieces[at - 2]];
  if (of?.kind !== 'word' || !(of.token.text === '的' || isMarked(of.token, 'possessive'))) return undefined;
  const owner = close?.kind === 'word' && isMarked(close.token, 'atClose') ? pieces[at - 3] : close;
  return owner?.kind === 'time' && owner.time.kind !== 'period' ? owner.time : undefined;
}

/** 本周（9月8日至12日）: the days spell out the week, which begins with the close before. */
function weekMeant(pieces: readonly Piece[], time: Time): Time {
  if (time.kind !== 'closes' || time.days !== true) return time;
  const week = pieces.find(
    (one) =>
      one.kind === 'time' &&
      one.time.kind === 'window' &&
      one.time.name === 'week' &&
      one.time.from <= time.from &&
      one.time.to >= time.to,
  );
  return week?.kind === 'time' ? week.time : time;
}

const isNow = (one: Piece): boolean => one.kind === 'word' && isMarked(one.token, 'now');

/** "Now" in the clause, or before it with no time since. */
function nowSaid(sentence: Sentence, piece: Piece): boolean {
  const last = sentence.pieces
    .slice(0, piece.at)
    .findLast((one) => isNow(one) || (one.kind === 'time' && one.time.kind !== 'period'));
  return segmentOf(sentence, piece).some(isNow) || (last !== undefined && isNow(last));
}

/** The sentence ends with what is so now. */
export function saysNow(pieces: readonly Piece[]): boolean {
  const last = pieces.findLast((one) => isNow(one) || (one.kind === 'time' && one.time.kind !== 'period'));
  return last !== undefined && isNow(last);
}

/** `1.11 bn yuan in the first quarter`, `the second quarter's 683 million`. */
export function periodBeside({ pieces }: Sentence, { at, segment }: Piece): boolean {
  const [of, owner] = [pieces[at - 1], pieces[at - 2]];
  const owned = of?.kind === 'word' && (of.token.text === '的' || isMarked(of.token, 'possessive'));
  if (owned && owner?.kind === 'time' && owner.time.kind === 'period') return true;
  const after = pieces.slice(at + 1, at + 6);
  const place = after.findIndex((one) => one.kind === 'time');
  const found = after[place];
  return (
    found?.kind === 'time' &&
    (found.time.kind === 'period' || endOf(found.time) !== undefined) &&
    found.segment === segment &&
    !after.slice(0, place).some((one) => one.kind === 'quantity')
  );
}

/** Periods, and months and days that end one, for what is held at an end: nearest in the segment, else the last before. */
export function endNear(sentence: Sentence, piece: Piece): Period | undefined {
  const base = baseEndPiece(sentence, piece);
  const ends = sentence.pieces.flatMap((one) => {
    const end = one.kind === 'time' && one !== base ? endOf(one.time) : undefined;
    return end === undefined ? [] : [{ end, at: one.at, segment: one.segment }];
  });
  const own = ends.filter(({ segment }) => segment === piece.segment);
  const away = ({ at }: { readonly at: number }): number =>
    Math.abs(at - piece.at) + awayBy(sentence, piece.at, at);
  const nearest = own.toSorted((a, b) => away(a) - away(b))[0];
  return (nearest ?? ends.findLast(({ at }) => at < piece.at))?.end;
}

/** The end that a change is measured from: 较6月末增加38.6%, "up 38.6 % from the end of June". */
export function baseEndSaid(sentence: Sentence, piece: Piece): Period | undefined {
  const found = baseEndPiece(sentence, piece);
  return found?.kind === 'time' ? endOf(found.time) : undefined;
}

function baseEndPiece(sentence: Sentence, piece: Piece): Piece | undefined {
  if (piece.kind !== 'quantity' || (piece.quantity.unit !== 'fraction' && piece.quantity.unit !== 'times'))
    return undefined;
  return segmentOf(sentence, piece).find(
    (one) => one.kind === 'time' && endOf(one.time) !== undefined && comparedEnd(sentence, one.at),
  );
}

/** A word of comparing right before, but for "the end of". */
function comparedEnd({ pieces }: Sentence, at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - 5); i--) {
    const one = pieces[i];
    if (one.kind !== 'word') return false;
    const text = one.token.text.toLowerCase();
    if (COMPARING.has(text) || text === 'compared with') return true;
    if (!['the', 'end', 'of', 'end-', 'at', 'its', 'level'].includes(text)) return false;
  }
  return false;
}

function endOf(time: Time): Period | undefined {
  if (time.kind === 'period') return time;
  const last =
    time.kind === 'day'
      ? time.day
      : time.kind === 'window' && time.name === 'month'
        ? addDays(addMonths(time.from, 1), -1)
        : undefined;
  if (last === undefined) return undefined;
  const { year, month, dayOfMonth } = civilOf(last);
  const stretch = civilOf(addDays(last, 1)).month === month ? undefined : QUARTER_ENDS[month];
  return stretch === undefined || dayOfMonth < 30
    ? undefined
    : { kind: 'period', year, stretch, days: { from: last, to: last } };
}

const QUARTER_ENDS: Readonly<Record<number, Stretch>> = { 3: 'Q1', 6: 'H1', 9: '9M', 12: 'FY' };

/** Of the segment, the nearest one: "1.77 bn in the second quarter from 1.11 bn in the first". */
function ownPeriod(sentence: Sentence, piece: Piece): Time | undefined {
  const own = segmentOf(sentence, piece);
  const distance = (one: Piece): number =>
    (one.at > piece.at ? one.at - piece.at - 0.5 : piece.at - one.at) + awayBy(sentence, piece.at, one.at);
  const [nearest] = own
    .flatMap((one) =>
      one.kind === 'time' &&
      one.time.kind === 'period' &&
      !isCompared(sentence, one) &&
      !isWhatLess(sentence, piece, one)
        ? [{ time: one.time, away: distance(one) }]
        : [],
    )
    .toSorted((a, b) => a.away - b.away);
  // "A loss of 848 m in 2024": the year stands beside the number, and the quarter beside another.
  const year = own.find(
    (one) =>
      one.kind === 'time' && one.time.kind === 'window' && one.time.name === 'year' && distance(one) < 3,
  );
  if (
    nearest !== undefined &&
    nearest.away >= OTHER_NUMBER &&
    year?.kind === 'time' &&
    year.time.kind === 'window'
  )
    return { kind: 'period', year: civilOf(year.time.from).year, stretch: 'FY', days: year.time };
  return nearest?.time;
}

/** A quarter that the one said is compared with: "almost doubled from Q1". */
export function quarterCompared(sentence: Sentence, piece: Piece): Period | undefined {
  const found = segmentOf(sentence, piece).find(
    (one) =>
      one.kind === 'time' &&
      one.time.kind === 'period' &&
      one.time.stretch.startsWith('Q') &&
      (isCompared(sentence, one) || isWhatLess(sentence, piece, one)),
  );
  return found?.kind === 'time' && found.time.kind === 'period' ? found.time : undefined;
}

/** "17 % less than the 683 million yuan of the second quarter": of the percent the quarter is the base. */
const isWhatLess = ({ pieces }: Sentence, piece: Piece, one: Piece): boolean => {
  const next = pieces[piece.at + 1];
  return (
    piece.kind === 'quantity' &&
    piece.quantity.unit === 'fraction' &&
    one.at > piece.at &&
    next?.kind === 'word' &&
    (meaningOf(next.token, 'gap') !== undefined ||
      ['above', 'below', 'higher than', 'lower than'].includes(next.token.text.toLowerCase()))
  );
};

/** "Almost doubled from Q1", and not "1.11 bn from Q1 on". */
function isCompared({ pieces }: Sentence, { at, segment }: Piece): boolean {
  let back = at - 1;
  while (back > at - 4 && SKIPPED.has(textOf(pieces[back]))) back--;
  const text = textOf(pieces[back]);
  if (text === '环比') return true;
  return (
    COMPARING.has(text) &&
    pieces.some(
      (one) => one.at < at && one.segment === segment && one.kind === 'time' && one.time.kind === 'period',
    )
  );
}

const COMPARING = new Set([
  'from',
  'from a loss',
  'than',
  'higher than',
  'lower than',
  'versus',
  'vs',
  '较',
  '比',
]);
const SKIPPED = new Set(['the', 'in', 'a', 'loss']);

const textOf = (one: Piece | undefined): string => (one?.kind === 'word' ? one.token.text.toLowerCase() : '');

/** Another number between the two, or a word such as 涨至 that leads to one, keeps them apart. */
function awayBy(sentence: Sentence, a: number, b: number): number {
  const apart = sentence.pieces
    .slice(Math.min(a, b) + 1, Math.max(a, b))
    .some(
      (one) =>
        one.kind === 'quantity' ||
        (one.kind === 'word' && meaningOf(one.token, 'move') !== undefined && isMarked(one.token, 'to')),
    );
  return apart || ofTheFirst(sentence, a, b) ? OTHER_NUMBER : 0;
}

/** "From 690 m at the end of June to 828 m at the end of September": a time behind the first of a pair is of the first. */
function ofTheFirst({ pieces }: Sentence, of: number, at: number): boolean {
  const second = pieces[of];
  if (second?.kind !== 'quantity' || at > of || (second.lead !== 'to' && second.lead !== 'from'))
    return false;
  const opposite = second.lead === 'to' ? 'from' : 'to';
  const first = pieces.findLast(
    (one) => one.kind === 'quantity' && one.at < of && one.segment === second.segment,
  );
  if (first?.kind !== 'quantity' || first.lead !== opposite || at < first.at) return false;
  return pieces.some((one) => one.kind === 'time' && one.at > of && one.segment === second.segment);
}

const OTHER_NUMBER = 20;

export function periodNear(sentence: Sentence, piece: Piece): Time | undefined {
  const { pieces, context } = sentence;
  const periodOf = (one: Piece): Time[] =>
    one.kind === 'time' && one.time.kind === 'period' && !isCompared(sentence, one) ? [one.time] : [];
  return (
    ownPeriod(sentence, piece) ??
    pieces.slice(0, piece.at).flatMap(periodOf).at(-1) ??
    pieces.flatMap(periodOf)[0] ??
    context.period
  );
}

/** "In the third quarter A rose 120 % and B rose 49 %": the one time of the sentence, where the number before is of a price too. */
function ofPriceBefore({ pieces, segments }: Sentence, piece: Piece): readonly Piece[] | undefined {
  const times = pieces.filter(({ kind }) => kind === 'time');
  const number = pieces.findLast((one) => one.at < piece.at && one.kind === 'quantity');
  if (times.length !== 1 || number === undefined || times[0].segment !== number.segment) return undefined;
  const priced = segments[number.segment].every((one) => {
    const metric = one.kind === 'word' ? metricOf(one.token) : undefined;
    return metric === undefined || metric === 'price' || metric === 'close';
  });
  return priced ? times : undefined;
}

const saysOnlyTime = (one: Piece): boolean =>
  one.kind === 'time' || isJoint(one) || (one.kind === 'word' && one.token.meanings.length === 0);

/** "In the third quarter the shares gained 120 %": days of the calendar, where the clause names no other time. */
export function stretchSaid(
  sentence: Sentence,
  piece: Piece,
): { readonly time: Time; readonly timed: true } | undefined {
  const own = segmentOf(sentence, piece);
  const before = sentence.segments[piece.segment - 1] ?? [];
  const goesOn = own.some((one) => one.kind === 'word' && isMarked(one.token, 'samePeriod'));
  const said = goesOn
    ? sentence.pieces.filter((one) => one.at < piece.at)
    : before.every(saysOnlyTime)
      ? [...before, ...own]
      : (ofPriceBefore(sentence, piece) ?? own);
  if (said.some((one) => one.kind === 'time' && one.time.kind !== 'period')) return undefined;
  if (own.some((one) => one.kind === 'word' && meaningOf(one.token, 'base') !== undefined)) return undefined;
  const found = said.find((one) => one.kind === 'time');
  if (found?.kind !== 'time' || found.time.kind !== 'period' || ofReport(sentence, found)) return undefined;
  return { time: { kind: 'window', ...found.time.days, name: 'quarter' }, timed: true };
}

/** "On first-half results", 三季报后: the report and not the months. */
function ofReport({ pieces }: Sentence, { at, word }: Extract<Piece, { kind: 'time' }>): boolean {
  if (/报|report|interim/iu.test(word ?? '')) return true;
  const next = pieces[at + 1];
  if (next?.kind !== 'word') return false;
  const metric = metricOf(next.token);
  return (
    (metric !== undefined && isReported(metric)) ||
    meaningOf(next.token, 'event')?.event === 'reported' ||
    REPORTS.has(next.token.text.toLowerCase())
  );
}

const REPORTS = new Set(['results', 'report', 'numbers', 'figures', 'print', '报告', '财报', '数据']);
