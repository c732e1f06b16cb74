/** Multiples over time: each day with the earnings known that day, and where today lies among them. */
import type { Day } from '../base/brand.js';
import { rowAt, type DailyBars, type DailySeries, type ShareCount } from '../statements/fundamentals.js';
import { knownStatements, type StatementFact } from '../statements/statement.js';
import { trailing } from '../statements/trailing.js';
import { orUndefined } from './figureOr.js';

/** Trailing P/E at each close from the first known share count to `at`; NaN on days without profit or without its lines. */
export function peHistory(
  facts: readonly StatementFact[],
  company: string,
  bars: DailyBars,
  shares: readonly ShareCount[],
  at: Day,
): DailySeries {
  const counts = shares.filter((one) => one.company === company);
  const from = counts.length === 0 ? bars.day.length : firstRow(bars, counts[0].knownFrom);
  const until = rowAt(bars.day, at) + 1;
  const earnings = earningsByDay(facts, company);
  const [day, value] = [bars.day.slice(from, until), new Float64Array(Math.max(until - from, 0))];
  for (let i = 0; i < value.length; i++) {
    const count = counts.findLast(({ knownFrom }) => knownFrom <= day[i]);
    const profit = earnings(day[i] as Day);
    value[i] =
      count && profit !== undefined && profit > 0
        ? (bars.close[from + i] * count.shares) / profit
        : Number.NaN;
  }
  return { day, value };
}

const firstRow = ({ day }: DailyBars, from: Day): number => rowAt(day, from - 1) + 1;

/** Trailing profit as known on a day; worked out once per report, not once per day. */
function earningsByDay(facts: readonly StatementFact[], company: string): (day: Day) => number | undefined {
  const changes = [
    ...new Set(facts.filter((fact) => fact.company === company).map((fact) => fact.usableFrom)),
  ].toSorted((a, b) => a - b);
  const values = changes.map((day) =>
    orUndefined(() => trailing(knownStatements(facts, company, day), 'net_profit_attributable').value),
  );
  const days = Int32Array.from(changes);
  return (day) => values[rowAt(days, day)];
}

export interface Band {
  readonly from: Day;
  readonly to: Day;
  /** Days with a multiple, and days of loss or without lines. */
  readonly days: number;
  readonly without: number;
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  /** Share of the days below the last one, 0..1. */
  readonly rank: number;
}

/** Where the last value lies among all above zero; undefined when there are fewer than twenty. */
export function bandOf({ day, value }: DailySeries): Band | undefined {
  const sound = Array.from(value).filter((one) => one > 0);
  if (sound.length < 20) return undefined;
  const sorted = Float64Array.from(sound).sort();
  const last = sound[sound.length - 1];
  const at = (p: number): number => {
    const place = p * (sorted.length - 1);
    const low = Math.floor(place);
    return sorted[low] + (place - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
  };
  return {
    from: day[0] as Day,
    to: day[day.length - 1] as Day,
    days: sorted.length,
    without: value.length - sorted.length,
    p05: at(0.05),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    rank: sound.filter((one) => one < last).length / sorted.length,
  };
}
