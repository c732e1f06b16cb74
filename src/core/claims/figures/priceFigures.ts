/** A claimed price or level against the prices of the day said, of other days, and of records. */
import type { Day } from '../../base/brand.js';
import { addDays, formatDay } from '../../calendar/day.js';
import { rowAt } from '../../statements/fundamentals.js';
import type { AsOf, Candidate, Candidates } from './candidates.js';
import { notCheckable } from './candidates.js';
import type { Figure } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { beyondAlready, crossesUnseen, isCrossed, passedBefore, withSession } from './crossings.js';
import { columnOf, noSeries, noSession, ONLY_CLOSES, priceFigure, type PriceMetric } from './prices.js';
import { lastDay, recordUntil } from './series.js';
import type { Time } from '../time/time.js';
import { marketValueFigure, tradedFigure, tradedIn } from './valueFigures.js';
import { metricWords, words } from './wording.js';

/** Days between two sessions that follow one another, holidays aside. */
export const LONG_WEEKEND = 4;

/** How far back an undated price is looked for. */
const LOOK_BACK = 260;

export function priceCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const id = frame.entity;
  if (id === undefined) return notCheckable('no name says whose price it is', '没有写明是谁的价格');
  const series = data.series.get(id);
  if (series === undefined) return noSeries(data, id);
  if (frame.streak !== undefined && frame.streak.unit !== 'session')
    return notCheckable(
      'what is said of each of the weeks or months is not checked',
      '逐周或逐月的说法不予核对',
    );
  if (frame.streak !== undefined) return everySession(frame, asOf, id, series, frame.streak.count);
  if (frame.metric === 'tradedValue') {
    const { time } = frame;
    if (frame.timed && (time?.kind === 'window' || time?.kind === 'closes'))
      return tradedIn(id, series, time);
    return datedCandidates(frame, asOf, series, (day) => alone(tradedFigure(id, series, day)));
  }
  if (frame.metric === 'marketCap')
    return datedCandidates(frame, asOf, series, (day) => alone(marketValueFigure(data, id, series, day)));
  // "Lost the 1,300 mark": above it or below it is not said by a word that is known.
  if (frame.marks.has('round') && frame.quantity?.hedge === undefined)
    return notCheckable('on which side of the mark is not clear', '看不出在该关口之上还是之下');
  const asked = askedMetric(frame);
  if (columnOf(series, asked) === undefined) {
    return ONLY_CLOSES;
  }
  if (frame.events.has('record')) return recordCandidates(id, series, asked, frame, asOf);
  const found = levelCandidates(id, series, asked, frame, asOf);
  const sooner = passedBefore(id, series, asked, frame, found);
  if (sooner !== undefined) return sooner;
  if (beyondAlready(series, frame, found))
    return notCheckable('it was not crossed on that day', '当日并未穿越该数字');
  return series.high === undefined && crossesUnseen(frame, found) ? ONLY_CLOSES : found;
}

function levelCandidates(
  id: string,
  series: Series,
  asked: PriceMetric,
  frame: Frame,
  asOf: AsOf,
): Candidates {
  const figure = (metric: PriceMetric, day: Day): Figure | undefined => priceFigure(id, series, metric, day);
  const day = frame.time?.kind === 'day' ? frame.time.day : undefined;
  if (day === undefined) {
    const found = datedCandidates(frame, asOf, series, (on) => alone(figure(asked, on)));
    return isCrossed(frame) ? withSession(found, figure) : found;
  }
  const main = figure(asked, day);
  if (main === undefined) return noSession(series, day);
  const others = (['close', 'open', 'high', 'low'] as const).filter(
    (one) => one !== asked && figure(one, day) !== undefined,
  );
  return {
    candidates: [
      { role: 'main', figure: main, before: closesBefore(series, day) },
      ...others.map((one): Candidate => {
        const priced = frame.metric === 'price' || (frame.metric === undefined && isCrossed(frame));
        const reading = priced && one !== 'close' && !frame.marks.has('atClose');
        return {
          role: reading ? 'reading' : 'slip',
          ...(reading ? {} : { slip: 'amount' as const }),
          words: metricWords(one),
          figure: figure(one, day) as Figure,
        };
      }),
      ...nearDays(series, day).flatMap((other): Candidate[] => {
        const found = figure(asked, other);
        return found === undefined
          ? []
          : [
              {
                role: 'slip',
                slip: 'date',
                words: words(
                  `it was the ${metricWords(asked).en} of ${formatDay(other)}`,
                  `那是${formatDay(other)}的${metricWords(asked).zh}`,
                ),
                figure: found,
              },
            ];
      }),
    ],
  };
}

/** Closes of the session before and of a week before. */
const closesBefore = (series: Series, day: Day): number[] =>
  [1, 5]
    .map((back) => rowAt(series.days, day) - back)
    .filter((row) => row >= 0)
    .map((row) => series.close[row]);

const alone = (figure: Figure | undefined): Pick<Candidate, 'figure'> | undefined =>
  figure === undefined ? undefined : { figure };

function askedMetric({ metric, marks, quantity, sign }: Frame): PriceMetric {
  if (marks.has('throughout') && quantity?.hedge !== undefined)
    return quantity.hedge === 'under' ? 'high' : 'low';
  if (metric === 'open' || metric === 'high' || metric === 'low') return metric;
  if (!marks.has('intraday') || marks.has('atClose')) return 'close';
  return sign === -1 || quantity?.hedge === 'under' ? 'low' : 'high';
}

const nearDays = (series: Series, day: Day): Day[] => {
  const row = rowAt(series.days, day);
  return Array.from(series.days.subarray(Math.max(0, row - 10), row + 11)).filter(
    (other) => other !== day,
  ) as Day[];
};

/** "In 2025, from 1,524 yuan to 1,377.18": from the close before the window; "from 601.5 at the end of June" is of its end. */
const opens = (frame: Frame): frame is Frame & { readonly time: Extract<Time, { kind: 'window' }> } =>
  frame.time?.kind === 'window' && frame.time.others === undefined && frame.lead === 'from' && frame.paired;

/** Of the session before and of a week before. */
const valuesOf = (
  of: (day: Day) => Pick<Candidate, 'figure'> | undefined,
  before: readonly Day[],
): number[] =>
  [before[0], before[4]].flatMap((day) => (day === undefined ? [] : (of(day)?.figure.value ?? [])));

/** A number that is true of one day: of the day said, or of the last one known and, failing that, of one before. */
export function datedCandidates(
  frame: Frame,
  asOf: AsOf,
  series: Series,
  of: (day: Day) => Pick<Candidate, 'figure' | 'uncertainty'> | undefined,
): Candidates {
  const said =
    frame.time?.kind === 'day'
      ? frame.time.day
      : frame.time?.kind === 'closes' && frame.lead === 'from'
        ? frame.time.from
        : opens(frame)
          ? addDays(frame.time.from, -1)
          : frame.time?.kind === 'window' || frame.time?.kind === 'closes'
            ? frame.time.to
            : undefined;
  const { time, timed, quantity } = frame;
  const bound = quantity?.hedge === 'over' || quantity?.hedge === 'under';
  if (
    bound &&
    timed &&
    time?.kind === 'closes' &&
    (time.since === true || time.to - time.from > LONG_WEEKEND)
  )
    return notCheckable('what is said of every session is not checked', '逐日成立的说法不予核对');
  const last = lastDay(series, said ?? asOf.written);
  if (last === undefined) return notCheckable('nothing is held of that day', '没有当日的数据');
  if (said !== undefined && frame.time?.kind === 'day' && series.days[rowAt(series.days, said)] !== said)
    return noSession(series, said);
  const row = rowAt(series.days, last);
  const main = of(last);
  const before = Array.from(series.days.subarray(Math.max(0, row - LOOK_BACK), row)).toReversed() as Day[];
  // "From 703 yuan" is of some day before, and of which it does not say.
  const role = said === undefined && (!asOf.known || frame.lead === 'from') ? 'reading' : 'earlier';
  return {
    candidates: [
      ...(main === undefined ? [] : [{ role: 'main', ...main, before: valuesOf(of, before) } as const]),
      ...before.flatMap((day, i): Candidate[] => {
        const found = of(day);
        if (found === undefined) return [];
        const priced = frame.metric === undefined || frame.metric === 'price' || frame.metric === 'close';
        const ofToday = priced && frame.marks.has('sessionOver') && asOf.known && last === asOf.written;
        if ((said !== undefined && frame.timed) || (said === undefined && ofToday))
          return [
            {
              role: 'slip',
              slip: 'date',
              words: words(`it was so on ${formatDay(day)}`, `${formatDay(day)}才是如此`),
              ...found,
            },
          ];
        // A text of a day may have been written before its close.
        if (i === 0 && said === undefined && asOf.known && last === asOf.written) {
          return [{ role: 'main', words: words('at the close before the text', '发稿前一收盘'), ...found }];
        }
        return [{ role, words: words(`as of ${formatDay(day)}`, `以${formatDay(day)}计`), ...found }];
      }),
    ],
  };
}

/** "Above 25 billion for a second straight session": the session of the run that is hardest to square with it. */
function everySession(frame: Frame, asOf: AsOf, id: string, series: Series, count: number): Candidates {
  const said = frame.time?.kind === 'day' ? frame.time.day : asOf.written;
  const last = rowAt(series.days, said);
  const hedge = frame.quantity?.hedge;
  if ((hedge !== 'over' && hedge !== 'under') || last < count - 1)
    return notCheckable('what is said of each of the sessions is not clear', '句中看不出每个交易日各是多少');
  const figures = Array.from(series.days.subarray(last - count + 1, last + 1)).flatMap((day) => {
    const metric = askedMetric(frame);
    return frame.metric === 'tradedValue'
      ? (tradedFigure(id, series, day as Day) ?? [])
      : (priceFigure(id, series, metric, day as Day) ?? []);
  });
  if (figures.length < count) return notCheckable('not all of the sessions are held', '没有全部交易日的数据');
  const worst = figures.reduce((a, b) => (b.value < a.value === (hedge === 'over') ? b : a));
  return { candidates: [{ role: 'main', figure: worst }] };
}

/** A record is compared with the largest value up to the day said, or up to the day of writing. */
function recordCandidates(
  id: string,
  series: Series,
  asked: PriceMetric,
  frame: Frame,
  asOf: AsOf,
): Candidates {
  const said = frame.time?.kind === 'day' ? frame.time.day : undefined;
  const metrics: readonly PriceMetric[] =
    frame.metric === 'price' || frame.metric === undefined ? [asked, 'high'] : [asked];
  const until = said ?? asOf.written;
  const candidates = metrics.flatMap((metric, i): Candidate[] => {
    const column = columnOf(series, metric);
    if (column === undefined) return [];
    const record = recordUntil(series, column, until, frame.since[0]);
    if (record === undefined) return [];
    const figure = priceFigure(id, series, metric, record.day);
    if (figure === undefined) return [];
    const dated = said === undefined || record.day === said;
    const wordsOf = words(
      `the record up to ${formatDay(until)} is of ${formatDay(record.day)}`,
      `截至${formatDay(until)}的纪录出现在${formatDay(record.day)}`,
    );
    return [
      dated
        ? { role: i === 0 ? 'main' : 'reading', figure, words: wordsOf }
        : { role: 'slip', slip: 'date', figure, words: wordsOf },
    ];
  });
  return {
    candidates,
    note: words(
      `records since ${formatDay(series.days[0] as Day)}, the first day held`,
      `纪录自有数据的首日${formatDay(series.days[0] as Day)}起算`,
    ),
  };
}
