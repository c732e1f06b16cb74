/** Value traded of a session and of a window, and market value. */
import type { Day } from '../../base/brand.js';
import { rowAt, sharesOn } from '../../statements/fundamentals.js';
import { type Candidates, notCheckable } from './candidates.js';
import type { Figure, Input } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import { priceInput } from './prices.js';
import { closeOn, valueOn, windowOf, type Window } from './series.js';
import type { Time } from '../time/time.js';
import { joined, metricWords, onDay, overWindow, valueWords } from './wording.js';

export function tradedFigure(id: string, series: Series, day: Day): Figure | undefined {
  const value = valueOn(series, series.value, day);
  if (Number.isNaN(value)) return undefined;
  return {
    value,
    unit: 'CNY',
    asOf: day,
    text: joined(metricWords('tradedValue'), ' ', valueWords(value, 'CNY'), onDay(day)),
    inputs: [
      {
        name: joined(`${id} `, metricWords('tradedValue')),
        value,
        unit: 'CNY',
        asOf: day,
        source: { table: 'closes' },
      },
    ],
  };
}

/** All that was traded in a window. */
export function tradedIn(
  id: string,
  series: Series,
  time: Extract<Time, { kind: 'window' | 'closes' }>,
): Candidates {
  const window = windowOf(series, time);
  const days = window === undefined ? [] : sessionsIn(series, window);
  const inputs = days.flatMap((day) => tradedFigure(id, series, day)?.inputs ?? []);
  if (window === undefined || inputs.length === 0 || inputs.length < days.length)
    return notCheckable('the value traded in the whole window is not held', '没有覆盖整个期间的成交额');
  const value = inputs.reduce((total, one) => total + one.value, 0);
  return {
    candidates: [
      {
        role: 'main',
        figure: {
          value,
          unit: 'CNY',
          asOf: window.to,
          text: joined(
            metricWords('tradedValue'),
            ' ',
            valueWords(value, 'CNY'),
            overWindow(window.from, window.to),
          ),
          inputs,
        },
      },
    ],
  };
}

const sessionsIn = (series: Series, { from, to }: Window): Day[] =>
  Array.from(series.days.subarray(rowAt(series.days, from) + 1, rowAt(series.days, to) + 1)) as Day[];

export function marketValueFigure(data: ClaimData, id: string, series: Series, day: Day): Figure | undefined {
  const close = closeOn(series, day);
  const shares = sharesKnown(data, id, day);
  if (Number.isNaN(close) || shares === undefined) return undefined;
  const value = close * shares.value;
  return {
    value,
    unit: 'CNY',
    asOf: day,
    text: joined(metricWords('marketCap'), ' ', valueWords(value, 'CNY'), onDay(day)),
    inputs: [priceInput(id, series, 'close', day), shares],
  };
}

export function sharesKnown(data: ClaimData, id: string, day: Day): Input | undefined {
  if (!data.fundamentals.shares.some((one) => one.company === id && one.knownFrom <= day)) return undefined;
  const { shares, source, knownFrom } = sharesOn(data.fundamentals, id, day);
  return {
    name: metricWords('totalShares'),
    value: shares,
    unit: 'shares',
    asOf: knownFrom,
    knownOn: knownFrom,
    source: { table: 'shares', url: source },
  };
}
