/** What sessions did: whether a share went to its price limit, and how many sessions, weeks or months in a row went one way. */
import type { Day } from '../../base/brand.js';
import { formatDay } from '../../calendar/day.js';
import { priceLimits } from '../../market/priceLimits.js';
import { rowAt } from '../../statements/fundamentals.js';
import { type Answered, asRefusal, refuse } from './answered.js';
import type { AsOf } from './candidates.js';
import type { ClaimData, Series } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { noSeries, noSession, ONLY_CLOSES, priceInput } from './prices.js';
import { changeOver, endsOf, lastDay } from './series.js';
import type { StreakUnit } from '../time/streaks.js';
import { joined, onDay, valueWords, words } from './wording.js';

/** Trading rules of the two exchanges: 20 % on STAR and ChiNext, 10 % on the main boards; none for the first five sessions. */
const WIDE_LIMIT = ['688', '689', '300', '301'];
const FREE_SESSIONS = 5;

interface Reached {
  readonly row: number;
  readonly limit: number;
  readonly closed: boolean;
  /** Undefined where no prices within the session are held. */
  readonly touched: boolean | undefined;
}

/** 涨停, "hit the 20 % limit": at the close unless the text says within the session. */
export function limitAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const id = frame.entity;
  if (id === undefined) return refuse('no name says who', '没有写明是谁');
  const series = data.series.get(id);
  if (series === undefined) return asRefusal(noSeries(data, id));
  if (series.unit !== 'CNY per share') return refuse('it has no daily price limit', '它没有涨跌幅限制');
  if (frame.counted)
    return refuse(
      'how many limits there were, or how nearly, is not counted',
      '不统计涨跌停次数，也不判断接近程度',
    );
  const rows = rowsAsked(series, frame, asOf);
  if (rows.length === 0)
    return asRefusal(noSession(series, frame.time?.kind === 'day' ? frame.time.day : asOf.written));
  const directions = directionsOf(frame);
  const reached = rows
    .filter((row) => row >= FREE_SESSIONS)
    .flatMap((row) => directions.map((up) => reachedOn(data, id, series, row, up)));
  if (reached.length === 0) return refuse('it had no price limit yet', '上市初期没有涨跌幅限制');
  const intraday = frame.marks.has('intraday') && !frame.marks.has('atClose');
  const closed = reached.find((one) => one.closed);
  const touched = reached.find((one) => one.touched === true);
  const shown = closed ?? touched ?? reached[reached.length - 1];
  const figure = limitFigure(id, series, shown);
  const answer = { figure, why: figure.text };
  if (closed !== undefined) return { holds: true, ...answer };
  if (intraday && reached.every((one) => one.touched === undefined)) return asRefusal(ONLY_CLOSES);
  if (touched === undefined || frame.marks.has('atClose')) return { holds: false, ...answer };
  return intraday
    ? { holds: true, ...answer }
    : {
        holds: true,
        ...answer,
        reading: words('within the session, not at the close', '盘中如此，收盘并非如此'),
      };
}

const directionsOf = ({ event, sign }: Frame): readonly boolean[] =>
  event === 'limitUp'
    ? [true]
    : event === 'limitDown'
      ? [false]
      : sign === undefined
        ? [true, false]
        : [sign === 1];

/** The session said, each of the window said, or the last one. */
function rowsAsked(series: Series, { time, timed }: Frame, { written }: AsOf): number[] {
  if (time?.kind === 'day') {
    const row = rowAt(series.days, time.day);
    return row >= 0 && series.days[row] === time.day ? [row] : [];
  }
  const last = rowAt(series.days, written);
  if (!timed || (time?.kind !== 'window' && time?.kind !== 'closes')) return last < 0 ? [] : [last];
  return Array.from(series.days.keys()).filter(
    (row) =>
      series.days[row] <= time.to &&
      (time.kind === 'window' ? series.days[row] >= time.from : series.days[row] > time.from),
  );
}

function reachedOn(data: ClaimData, id: string, series: Series, row: number, up: boolean): Reached {
  const [before, day] = [series.days[row - 1], series.days[row]] as Day[];
  const base = series.close[row - 1] / data.shareRatio(id, before, day);
  const rate = WIDE_LIMIT.some((start) => id.startsWith(start)) ? 20 : 10;
  const limits = priceLimits(base, rate);
  const limit = up ? limits.up : limits.down;
  const at = (price: number): boolean => (up ? price >= limit - HALF_FEN : price <= limit + HALF_FEN);
  const best = (up ? series.high : series.low)?.[row];
  return {
    row,
    limit,
    closed: at(series.close[row]),
    touched: best === undefined || Number.isNaN(best) ? undefined : at(best),
  };
}

const HALF_FEN = 0.005;

function limitFigure(id: string, series: Series, { row, limit }: Reached) {
  const [before, day] = [series.days[row - 1], series.days[row]] as Day[];
  return {
    value: series.close[row],
    unit: series.unit,
    asOf: day,
    text: joined(
      words('limit ', '涨跌停价 '),
      valueWords(limit, series.unit),
      words(', close ', '，收盘价 '),
      valueWords(series.close[row], series.unit),
      onDay(day),
    ),
    inputs: [priceInput(id, series, 'close', before), priceInput(id, series, 'close', day)],
  };
}

/** How many sessions, weeks or months in a row went one way, up to the day said or the last one. */
export function streakAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const { entity: id, streak, sign, time } = frame;
  if (id === undefined || streak === undefined || sign === undefined) return undefined;
  const series = data.series.get(id);
  if (series === undefined) return asRefusal(noSeries(data, id));
  const said = time?.kind === 'day' ? time.day : lastDay(series, endOf(frame, asOf));
  const row = said === undefined ? -1 : rowAt(series.days, said);
  if (said === undefined || row < 1 || series.days[row] !== said)
    return asRefusal(noSession(series, said ?? asOf.written));
  const ends = endsOf(series, row, streak.unit, MOST_COUNTED);
  const change = (back: number): number =>
    back + 1 < ends.length ? Math.sign(changeOver(data, id, { from: ends[back + 1], to: ends[back] })) : 0;
  const last = streak.over === undefined ? 0 : 1;
  let run = 0;
  while (change(last + run) === sign) run++;
  const [first, until] = [ends[last + run], ends[last]];
  const way = sign === 1 ? words('up', '上涨') : words('down', '下跌');
  const text = joined(
    words(`${run} ${streak.unit}s in a row `, `连续${run}${COUNTED[streak.unit]}`),
    way,
    words(` to ${formatDay(until)}`, `（截至${formatDay(until)}）`),
  );
  const figure = {
    value: run,
    unit: 'count' as const,
    asOf: said,
    text,
    inputs: [priceInput(id, series, 'close', first), priceInput(id, series, 'close', until)],
  };
  if (streak.over === 'broken' && change(0) !== -sign)
    return { holds: false, figure, why: joined(text, words('; it did not end', '；并未终结'), onDay(said)) };
  if (run <= streak.count) return { holds: run === streak.count, figure, why: text };
  return { holds: true, figure, why: text, reading: words('at least so many', '至少如此') };
}

const COUNTED: Readonly<Record<StreakUnit, string>> = { session: '个交易日', week: '周', month: '个月' };

/** The end of a month or week that the clause names, else the day of writing. */
const endOf = ({ time, timed }: Frame, { written }: AsOf): Day =>
  timed && time?.kind === 'window' && time.to < written ? time.to : written;

/** Longer runs are no news. */
const MOST_COUNTED = 130;
