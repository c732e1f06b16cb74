/** A price or level of one day with where it stands, and why there is none. */
import type { Day } from '../../base/brand.js';
import { formatDay } from '../../calendar/day.js';
import { type Candidates, notCheckable } from './candidates.js';
import type { Figure, Input } from '../claim.js';
import type { ClaimData, Series } from './claimData.js';
import { valueOn } from './series.js';
import { joined, metricWords, onDay, valueWords } from './wording.js';

export type PriceMetric = 'close' | 'open' | 'high' | 'low';

export function noSeries(data: ClaimData, id: string): Candidates {
  const name = data.entities.find((one) => one.id === id);
  return notCheckable(`no prices of ${name?.nameEn ?? id} are held`, `没有${name?.nameZh ?? id}的价格数据`);
}

/** What an index or share did within a session is not known from closes. */
export const ONLY_CLOSES = notCheckable(
  'only closes of it are held, no prices within the session',
  '只有其收盘价，没有盘中价格',
);

export function columnOf(series: Series, metric: PriceMetric): Float64Array | undefined {
  return series[metric];
}

export function priceFigure(id: string, series: Series, metric: PriceMetric, day: Day): Figure | undefined {
  const value = valueOn(series, columnOf(series, metric), day);
  if (Number.isNaN(value)) return undefined;
  return {
    value,
    unit: series.unit,
    asOf: day,
    text: joined(metricWords(metric), ' ', valueWords(value, series.unit), onDay(day)),
    inputs: [priceInput(id, series, metric, day)],
  };
}

export function priceInput(id: string, series: Series, metric: PriceMetric, day: Day): Input {
  return {
    name: joined(`${id} `, metricWords(metric)),
    value: valueOn(series, columnOf(series, metric), day),
    unit: series.unit,
    asOf: day,
    source: { table: series.table },
  };
}

export function noSession(series: Series, day: Day): Candidates {
  const last = series.days[series.days.length - 1] as Day;
  if (day > last)
    return notCheckable(`prices are held up to ${formatDay(last)}`, `价格数据只到${formatDay(last)}`);
  return notCheckable(
    `it did not trade on ${formatDay(day)}, or no price of that day is held`,
    `${formatDay(day)}没有交易，或没有当天的价格`,
  );
}
