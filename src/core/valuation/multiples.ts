/**
 * Price over what a company earns, sells and owns. A multiple of a loss is no number: it is left out and said so, and
 * the yield (earnings over price), which runs through zero, is there to rank by. Every amount is in one currency.
 */
import type { Words } from '../base/words.js';
import type { Composed } from '../statements/trailing.js';
import type { Figure, FigureInput } from './figure.js';
import { inputsOf } from './figure.js';

/** What the market pays for all shares on one day. */
export interface MarketValue {
  /** price x shares, in the currency of the reports. */
  readonly amount: number;
  readonly inputs: readonly FigureInput[];
}

const LOSS: Words = { en: 'a loss has no multiple', zh: '亏损，无倍数' };
const NO_SALES: Words = { en: 'no sales, no multiple', zh: '无收入，无倍数' };

/** Market value over trailing profit, `pe-ttm`, and its like; undefined for a loss. */
export function overFlow(id: string, value: MarketValue, flow: Composed, what: string): Figure {
  return {
    id,
    value: flow.value > 0 ? value.amount / flow.value : undefined,
    unit: 'x',
    formula: `market value / ${what}`,
    inputs: [...value.inputs, ...inputsOf(flow)],
    ...(flow.value > 0 ? {} : { why: what.includes('sales') ? NO_SALES : LOSS }),
  };
}

/** Market value over four times one quarter's profit: what the price is on the newest pace. */
export function runRate(value: MarketValue, quarter: Composed): Figure {
  const yearly = 4 * quarter.value;
  return {
    id: 'pe-run-rate',
    value: yearly > 0 ? value.amount / yearly : undefined,
    unit: 'x',
    formula: 'market value / (4 x net profit of the latest quarter)',
    inputs: [...value.inputs, ...inputsOf(quarter)],
    ...(yearly > 0 ? {} : { why: LOSS }),
  };
}

/** Trailing profit over market value, fraction; also below zero. */
export const earningsYield = (value: MarketValue, profit: Composed): Figure => ({
  id: 'earnings-yield',
  value: profit.value / value.amount,
  unit: 'fraction',
  formula: 'net profit, trailing / market value',
  inputs: [...value.inputs, ...inputsOf(profit)],
});

/** P/E over growth in percent points a year. @param growth fraction a year; not above 0, no PEG */
export function peg(pe: Figure, growth: number, growthInput: FigureInput): Figure {
  const sound = pe.value !== undefined && growth > 0;
  return {
    id: 'peg',
    value: sound ? (pe.value as number) / (100 * growth) : undefined,
    unit: 'x',
    formula: 'P/E / (100 x growth a year)',
    inputs: [...pe.inputs, growthInput],
    ...(sound
      ? {}
      : { why: pe.value === undefined ? LOSS : { en: 'growth is not above zero', zh: '增速不大于零' } }),
  };
}

/** What belongs to others than the shareholders, and what is there in cash; the currency of the market value. */
export interface Claims {
  readonly debt: number;
  readonly minority: number;
  readonly preferred: number;
  readonly cash: number;
}

/** Market value + debt + minority + preferred - cash, over trailing sales. */
export function evToSales(
  value: MarketValue,
  claims: Claims,
  sales: Composed,
  inputs: readonly FigureInput[],
): Figure {
  const enterprise = value.amount + claims.debt + claims.minority + claims.preferred - claims.cash;
  return {
    id: 'ev-sales',
    value: sales.value > 0 ? enterprise / sales.value : undefined,
    unit: 'x',
    formula: '(market value + debt + minority + preferred - cash) / sales, trailing',
    inputs: [...value.inputs, ...inputs, ...inputsOf(sales)],
    ...(sales.value > 0 ? {} : { why: NO_SALES }),
  };
}

/** Price over trailing earnings per share: for companies known by their earnings per share alone. */
export function priceToEarnings(price: FigureInput, eps: Composed): Figure {
  return {
    id: 'pe-ttm',
    value: eps.value > 0 ? price.value / eps.value : undefined,
    unit: 'x',
    formula: 'price / earnings per share, trailing',
    inputs: [price, ...inputsOf(eps)],
    ...(eps.value > 0 ? {} : { why: LOSS }),
  };
}
