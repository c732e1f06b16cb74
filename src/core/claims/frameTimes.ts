/** When a number or event is: the time nearest in its segment, else of the segments and sentences before; and periods of reports. */
import { addDays, addMonths, civilOf } from '../calendar/day.js';
import { isReported, metricOf } from './frameMetrics.js';
import {
  isJoint,
  isMarked,
  meaningOf,
  segmentOf,
  type Piece,
  type QuantityPiece,
  type Sentence,
} from './pieces.js';
import { dayIn, type Time } from './time.js';
import type { Stretch } from './words/meaning.js';

export type Period = Extract<Time, { kind: 'period' }>;

/** In the segment, else the last one before, else one that follows in the sentence, else what the text named last. */
export function timeNear(
  sentence: Sentence,
  piece: Piece,
): { readonly time: Time | undefined; readonly timed: boolean } {
  const { pieces, context } = sentence;
  const timeOf = (one: Piece): Time[] =>
    one.kind === 'time' && one.time.kind !== 'period' ? [one.time] : [];
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
  const found =
    own ?? pieces.slice(0, piece.at).flatMap(timeOf).at(-1) ?? pieces.slice(piece.at).flatMap(timeOf)[0];
  return found === undefined ? { time: context.time, timed: false } : { time: found, timed: true };
}

/** `1.11 bn yuan in the first quarter`. */
export function periodBehind({ pieces }: Sentence, { at, segment }: Piece): boolean {
  const after = pieces.slice(at + 1, at + 4);
  const place = after.findIndex((one) => one.kind === 'time');
  const found = after[place];
  return (
    found?.kind === 'time' &&
    found.time.kind === 'period' &&
    found.segment === segment &&
    !after.slice(0, place).some((one) => one.kind === 'quantity')
  );
}

/** Periods, and months and days that end one, for what is held at an end: nearest in the segment, else the last before. */
export function endNear(sentence: Sentence, piece: Piece): Period | undefined {
  const ends = sentence.pieces.flatMap((one) => {
    const end = one.kind === 'time' ? endOf(one.time) : undefined;
    return end === undefined ? [] : [{ end, at: one.at, segment: one.segment }];
  });
  const own = ends.filter(({ segment }) => segment === piece.segment);
  const nearest = own.toSorted((a, b) => Math.abs(a.at - piece.at) - Math.abs(b.at - piece.at))[0];
  return (nearest ?? ends.findLast(({ at }) => at < piece.at))?.end;
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
  return segmentOf(sentence, piece)
    .flatMap((one) =>
      one.kind === 'time' && one.time.kind === 'period'
        ? [
            {
              time: one.time,
              distance:
                (one.at > piece.at ? one.at - piece.at - 0.5 : piece.at - one.at) +
                awayBy(sentence, piece.at, one.at),
            },
          ]
        : [],
    )
    .toSorted((a, b) => a.distance - b.distance)[0]?.time;
}

/** Another number between the two, or a word such as 涨至 that leads to one, keeps them apart. */
const awayBy = ({ pieces }: Sentence, a: number, b: number): number =>
  pieces
    .slice(Math.min(a, b) + 1, Math.max(a, b))
    .some(
      (one) =>
        one.kind === 'quantity' ||
        (one.kind === 'word' && meaningOf(one.token, 'move') !== undefined && isMarked(one.token, 'to')),
    )
    ? OTHER_NUMBER
    : 0;

const OTHER_NUMBER = 20;

/** "From 601.5 at end-June to 1,587.91 on August 28, up 164 %": from the time of the one price to that of the other. */
export function pairSaid(
  sentence: Sentence,
  piece: QuantityPiece,
): { readonly time: Time; readonly timed: true } | undefined {
  if (piece.quantity.unit !== 'fraction' && piece.quantity.unit !== 'times') return undefined;
  const [from, to] = (['from', 'to'] as const).map((lead) => {
    const price = sentence.pieces.find(
      (one): one is QuantityPiece => one.kind === 'quantity' && one.lead === lead && isPrice(one),
    );
    return price === undefined ? undefined : dayIn(timeNear(sentence, price).time);
  });
  return from === undefined || to === undefined || to <= from
    ? undefined
    : { time: { kind: 'closes', from, to }, timed: true };
}

const isPrice = ({ quantity: { unit, high } }: QuantityPiece): boolean =>
  high === undefined && (unit === 'none' || unit === 'CNY' || unit === 'USD' || unit === 'index points');

export function periodNear(sentence: Sentence, piece: Piece): Time | undefined {
  const { pieces, context } = sentence;
  const periodOf = (one: Piece): Time[] =>
    one.kind === 'time' && one.time.kind === 'period' ? [one.time] : [];
  return (
    ownPeriod(sentence, piece) ??
    pieces.slice(0, piece.at).flatMap(periodOf).at(-1) ??
    pieces.flatMap(periodOf)[0] ??
    context.period
  );
}

/** "In the third quarter the shares gained 120 %": days of the calendar, where the clause names no other time. */
export function stretchSaid(
  sentence: Sentence,
  piece: Piece,
): { readonly time: Time; readonly timed: true } | undefined {
  const own = segmentOf(sentence, piece);
  const before = sentence.segments[piece.segment - 1] ?? [];
  const said = before.every((one) => one.kind === 'time' || isJoint(one)) ? [...before, ...own] : own;
  if (said.some((one) => one.kind === 'time' && one.time.kind !== 'period')) return undefined;
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
