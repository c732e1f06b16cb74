/**
 * What cannot be right about figures of reports, all of it at once: amounts off by ten thousand (万 read as yuan or the other
 * way round), quarters that do not add up, a period with two ends, sales that shrink within a year. A figure that fails is
 * never used; the reader of the data corrects it or leaves it out.
 */
import type { Issue } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { CUMULATIVE_SPANS, formatPeriod, QUARTERS, quartersIn, type FiscalPeriod } from './fiscalPeriod.js';
import { isBalance, type Metric, type StatementFact } from './statement.js';

/** @returns issues with the path `company metric period`; empty when all is sound */
export function checkStatements(facts: readonly StatementFact[]): Issue[] {
  return [...byCompany(facts).values()].flatMap((own) => [
    ...periodEnds(own),
    ...[...byMetric(own).values()].flatMap((line) => [...unitSlips(line), ...sums(line), ...falling(line)]),
    ...margins(own),
  ]);
}

const pathOf = ({ company, metric, period }: StatementFact): string =>
  `${company} ${metric} ${formatPeriod(period)}`;

const issue = (code: string, fact: StatementFact, expected: string): Issue => ({
  code,
  path: pathOf(fact),
  value: fact.value,
  expected,
});

/** Ten thousand either way. Growth of a year has been fortyfold; two thousandfold in the middle of a company's own figures has not. */
const SLIP = 2000;

function unitSlips(line: readonly StatementFact[]): Issue[] {
  const sized = line.filter(
    ({ unit, value, metric }) => unit !== 'pct' && value !== 0 && !metric.startsWith('eps'),
  );
  return sized.flatMap((fact) => {
    const others = sized.filter((one) => one !== fact && one.unit === fact.unit).map(perQuarter);
    if (others.length < 2) return [];
    const middle = others.toSorted((a, b) => a - b)[others.length >> 1];
    const ratio = perQuarter(fact) / middle;
    if (ratio < SLIP && ratio > 1 / SLIP) return [];
    const meant = ratio > 1 ? fact.value / 1e4 : fact.value * 1e4;
    return [
      issue(
        'unit_slip',
        fact,
        `an amount in ${fact.unit} of the size of the company's other figures of this line; it is ` +
          `${ratio > 1 ? `${Math.round(ratio)} times` : `1/${Math.round(1 / ratio)} of`} their median, ${meant} would be meant if 万 (10,000) was mistaken`,
      ),
    ];
  });
}

/** Size of a flow per quarter it covers; a balance covers none. */
const perQuarter = ({ metric, period, value }: StatementFact): number =>
  Math.abs(value) / (isBalance(metric) || !isCumulative(period) ? 1 : quartersIn(period.span));

const isCumulative = ({ span }: FiscalPeriod): boolean => CUMULATIVE_SPANS.some((one) => one === span);

/** Figures printed in 0.01 亿 are good to half of that. */
const ROUNDING = 0.5e6;

function sums(line: readonly StatementFact[]): Issue[] {
  if (line.some(({ metric, unit }) => isBalance(metric) || unit === 'pct' || metric.startsWith('eps')))
    return [];
  return line.flatMap((fact) => {
    const place = quartersIn(fact.period.span);
    if (isCumulative(fact.period) || place < 2) return [];
    const of = (span: string) =>
      line.find((one) => one.period.year === fact.period.year && one.period.span === span);
    const [until, before] = [of(CUMULATIVE_SPANS[place - 1]), of(CUMULATIVE_SPANS[place - 2])];
    if (until === undefined || before === undefined) return [];
    const difference = until.value - before.value;
    const rounded = [fact, until, before].filter(({ quality }) => quality !== 'reported').length;
    if (Math.abs(difference - fact.value) <= rounded * ROUNDING + 1) return [];
    return [
      issue(
        'does_not_add_up',
        fact,
        `${difference}, what ${formatPeriod(until.period)} less ${formatPeriod(before.period)} leaves`,
      ),
    ];
  });
}

/** What is only ever added to within a year. */
const RISING: ReadonlySet<Metric> = new Set([
  'revenue',
  'cost_of_revenue',
  'rd_expense',
  'rd_input',
  'sga_expense',
  'depreciation',
]);

function falling(line: readonly StatementFact[]): Issue[] {
  const cumulative = line
    .filter(({ metric, period }) => RISING.has(metric) && isCumulative(period))
    .toSorted(
      (a, b) => a.period.year - b.period.year || quartersIn(a.period.span) - quartersIn(b.period.span),
    );
  return cumulative.flatMap((fact, i) => {
    const before = cumulative[i - 1];
    if (before === undefined || before.period.year !== fact.period.year || fact.value >= before.value)
      return [];
    return [
      issue(
        'not_cumulative',
        fact,
        `at least ${before.value}, the figure of ${formatPeriod(before.period)}: spans ${CUMULATIVE_SPANS.join(', ')} count from the first day of the year; single quarters are ${QUARTERS.slice(1).join(', ')}`,
      ),
    ];
  });
}

function periodEnds(own: readonly StatementFact[]): Issue[] {
  const ends = new Map<string, StatementFact>();
  return own.flatMap((fact) => {
    const key = `${fact.period.year} ${quartersIn(fact.period.span)}`;
    const first = ends.get(key);
    if (first === undefined) ends.set(key, fact);
    if (first === undefined || first.periodEnd === fact.periodEnd) return [];
    return [
      {
        ...issue('two_period_ends', fact, `${formatDay(first.periodEnd)}, as for ${pathOf(first)}`),
        value: formatDay(fact.periodEnd),
      },
    ];
  });
}

/** Half a point: margins are printed with two decimals, sales and cost rounded to 0.01 亿. */
const MARGIN_POINTS = 0.5;

function margins(own: readonly StatementFact[]): Issue[] {
  const of = (metric: Metric, { year, span }: FiscalPeriod) =>
    own.find((one) => one.metric === metric && one.period.year === year && one.period.span === span)?.value;
  return own.flatMap((fact) => {
    if (fact.metric !== 'gross_margin_pct') return [];
    const [sales, cost] = [of('revenue', fact.period), of('cost_of_revenue', fact.period)];
    if (sales === undefined || cost === undefined || sales <= 0) return [];
    const worked = 100 * (1 - cost / sales);
    if (Math.abs(worked - fact.value) <= MARGIN_POINTS) return [];
    return [
      issue(
        'margin_mismatch',
        fact,
        `${worked.toFixed(2)}, what sales of ${sales} and cost of ${cost} leave`,
      ),
    ];
  });
}

const byCompany = (facts: readonly StatementFact[]): Map<string, StatementFact[]> =>
  grouped(facts, ({ company }) => company);

const byMetric = (facts: readonly StatementFact[]): Map<string, StatementFact[]> =>
  grouped(facts, ({ metric }) => metric);

function grouped(
  facts: readonly StatementFact[],
  key: (fact: StatementFact) => string,
): Map<string, StatementFact[]> {
  const groups = new Map<string, StatementFact[]>();
  for (const fact of facts) {
    const group = groups.get(key(fact));
    if (group === undefined) groups.set(key(fact), [fact]);
    else group.push(fact);
  }
  return groups;
}
