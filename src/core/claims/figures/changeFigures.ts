/** Changes of prices and levels: over the window a text names, and over the windows it may mean. */
import type { Day } from '../../base/brand.js';
import type { Words } from '../../base/words.js';
import { addDays, formatDay } from '../../calendar/day.js';
import { rowAt } from '../../statements/fundamentals.js';
import { notCheckable, type AsOf, type Candidate, type Candidates } from './candidates.js';
import type { Figure } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import type { Quantity } from '../text/quantities.js';
import type { Time } from '../time/time.js';
import type { Frame } from '../frames/frame.js';
import { namedWindows } from './namedWindows.js';
import { noSeries, noSession, ONLY_CLOSES, priceInput } from './prices.js';
import { changeOver, closeOn, lastDay, recordUntil, valueOn, windowOf, type Window } from './series.js';
import { joined, metricWords, onDay, overWindow, valueWords, words } from './wording.js';

/** Change of a price or level over the window said, or over each window it could be. */
export function changeCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const id = frame.entity;
  if (id === undefined) return notCheckable('no name says whose price it is', '没有写明是谁的价格');
  const series = data.series.get(id);
  if (series === undefined) return noSeries(data, id);
  const ofOpen = frame.metric === 'open' || (frame.metric === 'low' && frame.sign === 1);
  if (ofOpen || (frame.metric === 'high' && frame.sign === -1 && frame.fromRecord === undefined))
    return notCheckable('a change of that price is not looked for', '不核对该价格的涨跌幅');
  if (frame.fromRecord !== undefined) return fromRecordCandidates(data, id, series, frame, asOf);
  const said =
    betweenPrices(series, frame, asOf) ??
    (frame.time !== undefined && frame.time.kind !== 'period' ? windowOf(series, frame.time) : undefined);
  if (frame.timed && frame.time !== undefined && said === undefined) {
    return frame.time.kind === 'day'
      ? noSession(series, frame.time.day)
      : notCheckable('prices of the whole window are not held', '没有覆盖整个期间的价格');
  }
  const readings = namedWindows(series, asOf.written).filter(
    ({ window }) => window.from !== said?.from || window.to !== said.to,
  );
  const thisWeek = readings.find((one) => one.thisWeek)?.window;
  const open = (window: Window): number =>
    series.unit === 'index points' ? LEVEL_OPEN * (2 / closeOn(series, window.from)) : 0;
  // Without a word of time a text speaks of its own day.
  const today =
    said === undefined && asOf.known ? readings.find(({ onTheDay }) => onTheDay)?.window : undefined;
  const main =
    said === undefined
      ? today === undefined || today.to !== asOf.written
        ? []
        : [{ role: 'main' as const, figure: changeFigure(data, id, series, today), uncertainty: open(today) }]
      : [{ role: 'main' as const, figure: changeFigure(data, id, series, said), uncertainty: open(said) }];
  const loose = frame.time?.kind === 'window' ? looseWindows(data, id, series, frame.time, open) : undefined;
  if (loose !== undefined) return inTimes(frame, { candidates: loose, complete: true });
  const within =
    said === undefined || frame.time?.kind !== 'day' ? [] : intradayCandidates(id, series, frame, said);
  const lately = said === undefined ? thisWeek : frame.time?.kind === 'window' ? said : undefined;
  // 高达49.02% of a quarter is its change; "as much as 14 %" of a day may be of the session.
  const session =
    frame.marks.has('intraday') || (frame.quantity?.hedge === 'upTo' && frame.time?.kind !== 'window');
  if (session && frame.time?.kind !== 'window' && series.high === undefined) return ONLY_CLOSES;
  const reading = (candidate: Candidate, name: Words): Candidate => ({
    ...candidate,
    role: 'reading',
    words: name,
  });
  return inTimes(frame, {
    candidates: [
      ...(session ? within : main),
      ...(session
        ? main.map((one) => reading(one, words('at the close', '以收盘计')))
        : within.map((one): Candidate =>
            // 涨超10% may be said of the session.
            frame.quantity?.hedge === 'over' && !frame.marks.has('atClose')
              ? { ...one, role: 'reading' }
              : { ...one, role: 'slip', slip: 'amount' },
          )),
      ...(lately?.to === asOf.written ? beforeTheClose(data, id, series, frame, lately) : []),
      ...(said === undefined ? [] : soFarBefore(data, id, series, frame, said, asOf)),
      ...wholeDays(data, id, series, frame.time),
      ...readings.map(({ name, window }): Candidate => ({
        role: frame.timed ? 'slip' : 'reading',
        ...(frame.timed ? { slip: 'date' as const } : {}),
        words: name,
        figure: changeFigure(data, id, series, window),
        uncertainty: open(window),
      })),
    ],
  });
}

/** From the highest price up to the day said: of the closes, of the sessions, or of either where the words do not say. */
function fromRecordCandidates(
  data: ClaimData,
  id: string,
  series: Series,
  frame: Frame,
  asOf: AsOf,
): Candidates {
  const { time, timed, fromRecord } = frame;
  const unclear = notCheckable('what is compared with the record is not clear', '看不出与纪录比较的是什么');
  // "Fell 6.3 % this week from its record": two beginnings.
  const stretch = timed && (time?.kind === 'window' || time?.kind === 'closes') ? time : undefined;
  const last = lastDay(series, asOf.written) ?? asOf.written;
  const windowed =
    stretch !== undefined &&
    (stretch.to < last ||
      stretch.kind === 'closes' ||
      stretch.name === 'week' ||
      stretch.name === 'month' ||
      stretch.since === true);
  if (fromRecord === undefined || fromRecord === 'unclear' || windowed) return unclear;
  const to = time?.kind === 'day' ? time.day : lastDay(series, asOf.written);
  if (to === undefined || Number.isNaN(closeOn(series, to))) return noSession(series, to ?? asOf.written);
  const asked = fromRecord === 'either' ? (['high', 'close'] as const) : [fromRecord];
  if (asked.includes('high') && series.high === undefined) return ONLY_CLOSES;
  const candidates = asked.flatMap((metric): Candidate[] => {
    const { from, to: end } = frame.recordWithin ?? { from: undefined, to };
    const record = recordUntil(series, series[metric] as Float64Array, Math.min(end, to) as Day, from);
    if (record === undefined || (frame.recordOn !== undefined && frame.recordOn !== record.day)) return [];
    const value = (closeOn(series, to) * data.shareRatio(id, record.day, to)) / record.value - 1;
    const name = joined(
      words('from the record ', '较最高'),
      metricWords(metric),
      ' ',
      valueWords(record.value, series.unit),
      onDay(record.day),
    );
    return [
      {
        role: 'reading',
        words: joined(words('from the record ', '较最高'), metricWords(metric)),
        figure: {
          value,
          unit: 'fraction',
          asOf: to,
          from: record.day,
          change: true,
          text: joined(
            valueWords(value, 'fraction'),
            words(' to the close', '，至收盘'),
            onDay(to),
            words(' ', ''),
            name,
          ),
          inputs: [priceInput(id, series, metric, record.day), priceInput(id, series, 'close', to)],
        },
      },
    ];
  });
  return candidates.length === 0 ? unclear : { candidates, complete: true };
}

/** "Up 141 % so far this year" was right some sessions ago: then it is stale. Of round numbers that would be chance. */
function soFarBefore(
  data: ClaimData,
  id: string,
  series: Series,
  { quantity, time }: Frame,
  { from, to }: Window,
  { written, known }: AsOf,
): Candidate[] {
  const running = time?.kind === 'window' && time.to === written && RUNNING.has(time.name);
  if (!known || !running || quantity === undefined || quantity.value < 100 * quantity.step) return [];
  const last = rowAt(series.days, to);
  return Array.from(series.days.subarray(Math.max(0, last - LATELY), last))
    .filter((day) => day > from)
    .toReversed()
    .map((day): Candidate => ({
      role: 'earlier',
      words: words(`up to ${formatDay(day as Day)}`, `截至${formatDay(day as Day)}`),
      figure: changeFigure(data, id, series, { from, to: day as Day }),
    }));
}

const RUNNING: ReadonlySet<string> = new Set(['year to date', 'month', 'week']);

/** Sessions that an old figure is carried on for. */
const LATELY = 20;

/** From the last close at the one price to the last at the other, by the day of writing. */
function betweenPrices(series: Series, { between }: Frame, { written }: AsOf): Window | undefined {
  const until = lastDay(series, written);
  if (between === undefined || until === undefined) return undefined;
  const lastAt = ({ value, step }: Quantity, day: Day): Day | undefined =>
    series.days.findLast((one, row) => one <= day && Math.abs(series.close[row] - value) <= step / 2) as
      Day | undefined;
  const to = lastAt(between[1], until);
  const from = to === undefined ? undefined : lastAt(between[0], (to - 1) as Day);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** `9月1日至9月5日` may begin with the close before the first day. */
function wholeDays(data: ClaimData, id: string, series: Series, time: Time | undefined): Candidate[] {
  if (time?.kind !== 'closes' || time.days !== true) return [];
  const window = windowOf(series, { kind: 'window', from: time.from, to: time.to, name: 'sessions' });
  if (window === undefined) return [];
  const name = words('with the whole of the first day', '含首日');
  return [{ role: 'reading', words: name, figure: changeFigure(data, id, series, window) }];
}

/** Words without an edge, such as early August: what is right of one stretch is right of a reading only. */
function looseWindows(
  data: ClaimData,
  id: string,
  series: Series,
  { from, to, others }: Extract<Time, { kind: 'window' }>,
  open: (window: Window) => number,
): Candidate[] | undefined {
  return others === undefined
    ? undefined
    : [{ from, to }, ...others].flatMap((stretch): Candidate[] => {
        const window = windowOf(series, { kind: 'window', ...stretch, name: 'part of month' });
        if (window === undefined) return [];
        return [
          {
            role: 'reading',
            words: words(
              `taken from ${formatDay(stretch.from)} to ${formatDay(stretch.to)}`,
              `按${formatDay(stretch.from)}至${formatDay(stretch.to)}计`,
            ),
            figure: changeFigure(data, id, series, window),
            uncertainty: open(window),
          },
        ];
      });
}

/** 涨两倍 is a growth of two; "rose three times" may mean the level as well. Words such as "doubled" say which. */
function inTimes(
  { quantity, ratio }: Frame,
  found: Extract<Candidates, { candidates: readonly Candidate[] }>,
): Candidates {
  if (quantity?.unit !== 'times' || quantity.word === true) return found;
  if (ratio === true)
    return {
      ...found,
      candidates: found.candidates
        .filter(({ role }) => role === 'main')
        .map((one) => ({ ...one, figure: { ...one.figure, unit: 'times', value: 1 + one.figure.value } })),
    };
  return {
    ...found,
    candidates: found.candidates.flatMap((one): Candidate[] => [
      { ...one, figure: { ...one.figure, unit: 'times', change: true } },
      {
        ...one,
        role: one.role === 'main' ? 'reading' : one.role,
        words: words('as a multiple of the price before', '按相对原价的倍数'),
        figure: { ...one.figure, unit: 'times', value: 1 + one.figure.value },
      },
    ]),
  };
}

/** Each change once per series: a text may name the same window a thousand times. */
const made = new WeakMap<Series, Map<string, Figure>>();
const MOST_MADE = 2_000;

export function changeFigure(data: ClaimData, id: string, series: Series, window: Window): Figure {
  let known = made.get(series);
  if (known === undefined || known.size >= MOST_MADE) made.set(series, (known = new Map()));
  const key = `${id} ${window.from} ${window.to}`;
  let figure = known.get(key);
  if (figure === undefined) known.set(key, (figure = makeChange(data, id, series, window)));
  return figure;
}

function makeChange(data: ClaimData, id: string, series: Series, window: Window): Figure {
  const value = changeOver(data, id, window);
  return {
    value,
    unit: 'fraction',
    asOf: window.to,
    from: window.from,
    text: joined(value >= 0 ? '+' : '', valueWords(value, 'fraction'), overWindow(window.from, window.to)),
    inputs: [priceInput(id, series, 'close', window.from), priceInput(id, series, 'close', window.to)],
  };
}

/** Levels are printed to a hundredth: a change of printed levels may be off by that much. */
const LEVEL_OPEN = 0.005;

/** A text of the last day of its window may have been written before the close: against the close before, or a price of that session. */
function beforeTheClose(
  data: ClaimData,
  id: string,
  series: Series,
  { quantity, sign }: Frame,
  { from, to }: Window,
): Candidate[] {
  const earlier = lastDay(series, addDays(to, -1));
  if (quantity === undefined || sign === undefined || earlier === undefined || earlier <= from) return [];
  const before: Candidate = {
    role: 'reading',
    words: words('up to the close before the text', '截至发稿前一收盘'),
    figure: changeFigure(data, id, series, { from, to: earlier }),
  };
  const [low, high] = [valueOn(series, series.low, to), valueOn(series, series.high, to)].map(
    (price) => price / closeOn(series, from) - 1,
  );
  const claimed = sign * quantity.value;
  if (!(claimed >= low && claimed <= high)) return [before];
  const inputs = [
    priceInput(id, series, 'close', from),
    priceInput(id, series, 'low', to),
    priceInput(id, series, 'high', to),
  ];
  const text = joined(
    valueWords(low, 'fraction'),
    words(' to ', ' 至 '),
    valueWords(high, 'fraction'),
    words(` within the session of ${formatDay(to)}`, `（${formatDay(to)}盘中）`),
  );
  return [
    before,
    {
      role: 'reading',
      words: words(
        `at some price within the session of ${formatDay(to)}`,
        `以${formatDay(to)}盘中某一价格计`,
      ),
      figure: { value: claimed, unit: 'fraction', asOf: to, from, text, inputs },
    },
  ];
}

/** Highest and lowest price of the session against the close before. */
function intradayCandidates(id: string, series: Series, frame: Frame, { from, to }: Window): Candidate[] {
  return (['high', 'low'] as const).flatMap((metric): Candidate[] => {
    const value = valueOn(series, series[metric], to) / closeOn(series, from) - 1;
    if (Number.isNaN(value) || (frame.sign === 1) !== (metric === 'high')) return [];
    const name = joined(
      words('within the session: ', '盘中：'),
      metricWords(metric),
      words(' against the close before', '相对前收盘'),
    );
    return [
      {
        role: 'main',
        words: name,
        figure: {
          value,
          unit: 'fraction',
          asOf: to,
          from,
          text: joined(
            valueWords(value, 'fraction'),
            words(' at the session’s ', '，'),
            metricWords(metric),
            onDay(to),
          ),
          inputs: [priceInput(id, series, 'close', from), priceInput(id, series, metric, to)],
        },
      },
    ];
  });
}
