/**
 * The level engine: an index over any number of sessions from closes, a starting basket, scheduled rebalances and
 * corporate actions. `I_t = sum p x shares x factor x fx / divisor` (rulebooks.md 10.1), unrounded.
 *
 * One walk over the sessions turns actions into index shares per line and into value changes, a flat loop per line
 * adds up the index value, and one pass chains the divisor and the returns.
 */
import { assert } from '../base/errors.js';
import { checkActions } from '../events/actionIssues.js';
import type { CorporateAction } from '../events/actionKinds.js';
import type { ActionPolicy } from '../events/policy.js';
import type { CloseMatrix } from './closeMatrix.js';
import { currencies, type ExchangeRates } from './currencies.js';
import { taxRates, type TaxTable } from './dividends.js';
import { chainDivisor, type DivisorPath, type DivisorStep } from './divisor.js';
import { emptyLines, isMember, setLine, settleAll, settledValues, type Lines } from './lines.js';
import type { Rebalance } from './rebalance.js';
import { withStillPrices } from './stillPrices.js';
import { totalReturn } from './totalReturn.js';
import { walkSessions } from './walkSessions.js';

/** A basket at a close, with the levels of the index there: what a history starts from, and what it ends in. */
export interface BasketInForce {
  /** Rows of the members in the close matrix, ascending. */
  readonly rows: Int32Array;
  /** Shares x inclusion factor. */
  readonly shares: Float64Array;
  /** Capping factors. */
  readonly factors: Float64Array;
  /** Share counts that wait for the next regular date, NaN for none. */
  readonly waiting?: Float64Array;
  readonly divisor: number;
  /** Total return indices at that close; equal to the price level when absent. */
  readonly gross?: number;
  readonly net?: number;
}

/** Currency of each listing and country of each company, one entry per row of the close matrix. */
export interface Listings {
  readonly indexCurrency: string;
  readonly currencies?: readonly string[];
  readonly countries?: readonly string[];
  readonly rates?: ExchangeRates;
}

export interface IndexInput {
  /** Its first session is the close that `start` is stated at. */
  readonly closes: CloseMatrix;
  readonly start: BasketInForce;
  readonly rebalances?: readonly Rebalance[];
  /** Of any security; those of others, and those up to the first session, are left out. */
  readonly actions?: readonly CorporateAction[];
  readonly policy: ActionPolicy;
  readonly listings?: Listings;
  /** There is no net return without one. */
  readonly tax?: TaxTable;
}

export interface IndexHistory {
  readonly days: Int32Array;
  /** Price index, one per session. */
  readonly price: Float64Array;
  /** Gross total return index. */
  readonly gross: Float64Array;
  /** Net total return index. */
  readonly net: Float64Array | undefined;
  /** In force at each close. */
  readonly divisor: Float64Array;
  /** Every change of basket or divisor, the start first. */
  readonly steps: readonly DivisorStep[];
  /** The basket at the last close; a history that starts from it goes on where this one ended. */
  readonly end: BasketInForce;
}

/** @throws Refusal when a price, rate or tax is missing; InputError when actions have impossible terms */
export function indexHistory(input: IndexInput): IndexHistory {
  const { policy, tax, start, actions = [] } = input;
  checkActions(actions);
  const closes = withStillPrices(input.closes, actions);
  assert(closes.days.length > 0, 'a history has sessions');
  const rebalances = input.rebalances ?? [];
  const lines = startLines(closes, start, input.listings, actions, rebalances.length + 1);
  const countries = input.listings?.countries ?? closes.ids.map(() => '');
  const rates = tax === undefined ? undefined : taxRates(tax, countries);
  const cash = walkSessions(lines, rebalances, actions, policy, rates);
  settleAll(lines, closes.days.length);
  const value = totalValue(lines);
  const path = chainDivisor(closes.days, value, lines.changes, start.divisor);
  const price = value.slice();
  for (let t = 0; t < price.length; t++) price[t] /= path.divisor[t];
  const gross = totalReturn(price, path, cash.gross, undefined, start.gross ?? price[0], policy.reinvestment);
  const net =
    rates && totalReturn(price, path, cash.net, cash.specialTax, start.net ?? price[0], policy.reinvestment);
  const end = endBasket(lines, path, gross, net);
  return { days: closes.days, price, gross, net, divisor: path.divisor, steps: path.steps, end };
}

/** Divisor that puts a basket at a level on the first session: how a new index starts from its base. */
export function divisorAt(
  closes: CloseMatrix,
  basket: Pick<BasketInForce, 'rows' | 'shares' | 'factors'>,
  level: number,
  listings?: Listings,
): number {
  const lines = startLines(closes, { ...basket, divisor: 1 }, listings, [], 1);
  settleAll(lines, 1);
  return totalValue(lines)[0] / level;
}

function startLines(
  closes: CloseMatrix,
  start: BasketInForce,
  listings: Listings | undefined,
  actions: readonly CorporateAction[],
  baskets: number,
): Lines {
  const own = listings?.currencies ?? closes.ids.map(() => listings?.indexCurrency ?? '');
  const all = new Set(own);
  for (const action of actions) if (action.kind === 'currency') all.add(action.currency);
  const used = currencies(listings?.indexCurrency ?? '', all, listings?.rates ?? {}, closes.days);
  const codeOf = new Map(used.codes.map((code, i) => [code, i]));
  const lines = emptyLines(
    closes,
    used,
    Int32Array.from(own, (code) => codeOf.get(code) as number),
    baskets,
  );
  start.rows.forEach((row, i) => {
    setLine(lines, row, 0, start.shares[i], start.factors[i]);
    lines.waiting[row] = start.waiting?.[i] ?? Number.NaN;
  });
  return lines;
}

/** Index value at each close, index currency. */
function totalValue(lines: Lines): Float64Array {
  const values = settledValues(lines);
  const { rates } = lines.currencies;
  if (values.length === 1) return values[0];
  const total = new Float64Array(values[0].length);
  values.forEach((column, code) => {
    for (let t = 0; t < total.length; t++) total[t] += column[t] * rates[code][t];
  });
  return total;
}

function endBasket(
  lines: Lines,
  path: DivisorPath,
  gross: Float64Array,
  net: Float64Array | undefined,
): BasketInForce {
  const rows = Int32Array.from(lines.closes.ids.keys()).filter((row) => isMember(lines, row));
  const at = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]);
  const last = gross.length - 1;
  return {
    rows,
    shares: at(lines.shares),
    factors: at(lines.factors),
    waiting: at(lines.waiting),
    divisor: path.divisor[last],
    gross: gross[last],
    ...(net && { net: net[last] }),
  };
}
