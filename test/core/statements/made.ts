/** Reports of a made-up company, written shortly: `['2025H1', 1038]` is its profit of the half year. */
import { dayOf, parsePeriod, type Day, type Metric, type StatementFact } from '../../../src/core/index.js';
import { quartersIn } from '../../../src/core/statements/fiscalPeriod.js';

type Row = readonly [period: string, value: number, change?: Partial<StatementFact>];

/** Each announced forty days after the end of its period, which is that of a calendar year. */
export function facts(rows: readonly Row[], metric: Metric = 'net_profit_attributable'): StatementFact[] {
  return rows.map(([text, value, change]) => {
    const period = parsePeriod(text);
    if (period === undefined) throw new Error(text);
    const periodEnd = (dayOf(period.year, quartersIn(period.span) * 3 + 1, 1) - 1) as Day;
    const usable = (periodEnd + 40) as Day;
    return {
      company: 'MADE',
      metric,
      period,
      periodEnd,
      value,
      unit: 'CNY',
      usableFrom: usable,
      announced: usable,
      basis: 'documented',
      quality: 'reported',
      source: 'made up',
      note: '',
      ...change,
    };
  });
}
