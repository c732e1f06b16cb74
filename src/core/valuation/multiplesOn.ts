/** All multiples of one company at one price, each from what was known of its reports. */
import { formatPeriod, QUARTERS, quartersIn } from '../statements/fiscalPeriod.js';
import type { Guidance } from '../statements/fundamentals.js';
import type { KnownStatements, Metric, StatementFact } from '../statements/statement.js';
import { latestPeriod, quarterOf, trailing } from '../statements/trailing.js';
import { inputWord } from '../statements/figureWords.js';
import { Refusal } from '../base/errors.js';
import { factInput, input, inputsOf, type Figure, type FigureInput } from './figure.js';
import { figureOr } from './figureOr.js';
import {
  earningsYield,
  evToSales,
  overFlow,
  peg,
  priceToEarnings,
  runRate,
  type MarketValue,
} from './multiples.js';

/** P/E from earnings per share, for a company held by these alone. */
export const perShareMultiples = (known: KnownStatements, price: FigureInput): Figure[] => [
  figureOr('pe-ttm', 'x', 'price / earnings per share, trailing', () =>
    priceToEarnings(price, trailing(known, 'eps_diluted')),
  ),
];

/** In a fixed order; those without a meaning or without their lines say why. */
export function multiplesOn(
  known: KnownStatements,
  value: MarketValue,
  guidance: Guidance | undefined,
): Figure[] {
  const profit = () => trailing(known, 'net_profit_attributable');
  const sales = () => trailing(known, 'revenue');
  const pe = figureOr('pe-ttm', 'x', 'market value / net profit, trailing', () =>
    overFlow('pe-ttm', value, profit(), 'net profit, trailing'),
  );
  return [
    pe,
    figureOr(
      'pe-excl-non-recurring',
      'x',
      'market value / net profit without non-recurring items, trailing',
      () =>
        overFlow(
          'pe-excl-non-recurring',
          value,
          trailing(known, 'net_profit_excl_nonrecurring'),
          'net profit without non-recurring items, trailing',
        ),
    ),
    figureOr('pe-run-rate', 'x', 'market value / (4 x net profit of the latest quarter)', () =>
      runRate(value, latestQuarter(known)),
    ),
    ...forward(known, value, guidance),
    figureOr('earnings-yield', 'fraction', 'net profit, trailing / market value', () =>
      earningsYield(value, profit()),
    ),
    figureOr('peg', 'x', 'P/E / (100 x growth a year)', () => pegOf(known, pe, guidance)),
    figureOr('ps', 'x', 'market value / sales, trailing', () =>
      overFlow('ps', value, sales(), 'sales, trailing'),
    ),
    figureOr('ev-sales', 'x', '(market value + debt + minority + preferred - cash) / sales, trailing', () =>
      enterprise(known, value),
    ),
    figureOr('pb', 'x', 'market value / equity', () => toBook(known, value)),
  ];
}

function latestQuarter(known: KnownStatements) {
  const latest = latestPeriod(known, 'net_profit_attributable');
  if (latest === undefined) throw missing(known, 'net_profit_attributable');
  return quarterOf(known, 'net_profit_attributable', latest.year, QUARTERS[quartersIn(latest.span) - 1]);
}

/** Both ends of the company's own outlook for sales, at the net margin of the last twelve months. */
function forward(known: KnownStatements, value: MarketValue, guidance: Guidance | undefined): Figure[] {
  const formula = 'market value / (sales as the company expects them x net margin, trailing)';
  return (['low', 'high'] as const).map((end) => {
    const id = `pe-forward-${end}`;
    return figureOr(id, 'x', formula, () => {
      if (guidance === undefined)
        throw new Refusal('no_guidance', 'the company had said nothing about its year', {});
      const [profit, sales] = [trailing(known, 'net_profit_attributable'), trailing(known, 'revenue')];
      const margin = profit.value / sales.value;
      const expected = guidance[end] * margin;
      return {
        id,
        value: expected > 0 ? value.amount / expected : undefined,
        unit: 'x',
        formula,
        inputs: [...value.inputs, guidanceInput(guidance, end), ...inputsOf(profit), ...inputsOf(sales)],
        ...(expected > 0 ? {} : { why: { en: 'a loss has no multiple', zh: '亏损，无倍数' } }),
      };
    });
  });
}

const guidanceInput = (guidance: Guidance, end: 'low' | 'high'): FigureInput => ({
  ...input(
    `sales ${guidance.year}, ${end}`,
    guidance[end],
    guidance.unit,
    guidance.usableFrom,
    'outlook',
    guidance.source,
  ),
  asOf: `${guidance.year}FY`,
});

/** Growth of sales from the last year to the middle of the outlook. */
function pegOf(known: KnownStatements, pe: Figure, guidance: Guidance | undefined): Figure {
  if (guidance === undefined)
    throw new Refusal('no_guidance', 'the company had said nothing about its year', {});
  const base = known.of('revenue', { year: guidance.year - 1, span: 'FY' });
  if (base === undefined) throw missing(known, `revenue ${guidance.year - 1}FY`);
  const growth = (guidance.low + guidance.high) / 2 / base.value - 1;
  const from = guidanceInput(guidance, 'low');
  return peg(pe, growth, {
    ...from,
    name: 'growth of sales to the middle of the outlook',
    value: growth,
    unit: 'fraction',
  });
}

function enterprise(known: KnownStatements, value: MarketValue): Figure {
  const sales = trailing(known, 'revenue');
  const [cash, long, short] = balancesTogether(known, ['cash', 'long_term_debt', 'short_term_debt']);
  const inputs = [cash, long, short].map(factInput);
  const debt = long.value + short.value;
  return evToSales(value, { debt, minority: 0, preferred: 0, cash: cash.value }, sales, inputs);
}

/** Of the last period that has them all: cash of one day against debt of another is no net debt. */
function balancesTogether(known: KnownStatements, metrics: readonly Metric[]): StatementFact[] {
  const [first, ...others] = metrics;
  const last = known.facts.findLast(
    ({ metric, period }) =>
      metric === first && others.every((other) => known.of(other, period) !== undefined),
  );
  if (last !== undefined) return metrics.flatMap((metric) => known.of(metric, last.period) ?? []);
  const newest = known.facts.findLast(({ metric }) => metrics.includes(metric));
  const absent =
    metrics.find((metric) => !known.facts.some((fact) => fact.metric === metric)) ??
    `${metrics.find((metric) => newest && known.of(metric, newest.period) === undefined) ?? first} ${newest ? formatPeriod(newest.period) : ''}`;
  throw missing(known, absent);
}

function toBook(known: KnownStatements, value: MarketValue): Figure {
  const equity = known.facts.findLast(({ metric }) => metric === 'total_equity');
  if (equity === undefined) throw missing(known, 'total_equity');
  return {
    id: 'pb',
    value: equity.value > 0 ? value.amount / equity.value : undefined,
    unit: 'x',
    formula: 'market value / equity',
    inputs: [
      ...value.inputs,
      input(
        `total_equity ${formatPeriod(equity.period)}`,
        equity.value,
        equity.unit,
        equity.usableFrom,
        equity.quality,
        equity.source,
      ),
    ],
  };
}

const missing = (known: KnownStatements, what: string): Refusal =>
  new Refusal(
    'missing_line',
    `${known.company}: ${inputWord(what, 'en')} is not held; nothing is filled in`,
    {
      metric: what,
    },
  );
