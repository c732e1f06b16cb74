/** A review with something changed: prices, caps, the reading, the knowledge date. Data in, changed data out. */
import type { Day, SecurityId } from './base/brand.js';
import { InputError, type Issue } from './base/errors.js';
import type { Finding } from './base/finding.js';
import { formatDay } from './calendar/day.js';
import type { ForecastPlan } from './forecast/plan.js';
import { sessionOnOrBefore } from './calendar/sessions.js';
import { lastRow, type PricePanel } from './market/prices.js';
import { capsOf, resolveRulebook, type Methodology } from './methodology/methodology.js';
import type { ReviewDates } from './methodology/reviewDates.js';
import type { Rulebook } from './methodology/rulebook.js';
import type { IndexData } from './pipeline.js';

export interface WhatIfChange {
  /** Factor on the closes of a security, from the close that prices the capping factors on. */
  readonly prices?: Readonly<Record<string, number>>;
  /** New limit of a cap by clause id, a fraction. */
  readonly caps?: Readonly<Record<string, number>>;
}

/** What was changed, as findings: whoever sees the numbers later sees that they are not the market's. */
export interface Changed {
  readonly data: IndexData;
  readonly findings: readonly Finding[];
}

/**
 * @param dates of the review that is changed
 * @throws InputError `unknown_price`, `unknown_clause`, with every issue
 */
export function changedData(
  data: IndexData,
  change: WhatIfChange,
  dates: ReviewDates,
  knownAt: Day,
): Changed {
  const prices = Object.entries(change.prices ?? {});
  const caps = Object.entries(change.caps ?? {});
  const issues = [...priceIssues(data, prices), ...capIssues(data.rulebook, caps, dates.effective)];
  if (issues.length > 0)
    throw new InputError('invalid_argument', 'the change names what is not there', issues);
  const { calendar } = data.market;
  const from = sessionOnOrBefore(calendar, Math.min(dates.pricing, knownAt) as Day);
  const changed = {
    ...data,
    rulebook: caps.reduce((rulebook, [id, limit]) => withCap(rulebook, id, limit), data.rulebook),
    market: { ...data.market, prices: withFactors(data.market.prices, prices, from) },
  };
  return { data: changed, findings: [...prices.map(priceFinding(from)), ...caps.map(capFinding)] };
}

export interface PlanChange extends WhatIfChange {
  /** Instead of the plan's tracked assets. */
  readonly assets?: number;
}

/**
 * A forecast with something changed: a security's price stands elsewhere today and moves on from there, and what is known
 * of averages and past pricing closes stays, except that a pricing close that is past is changed as `changedData` does.
 */
export function changedPlan(
  plan: ForecastPlan,
  { prices = {}, caps = {}, assets }: PlanChange,
): ForecastPlan {
  const factors = plan.ids.map((id) => prices[id] ?? 1);
  const times = (column: Float64Array): Float64Array => column.map((value, row) => value * factors[row]);
  return {
    ...plan,
    price: times(plan.price),
    pricingBase: times(plan.pricingBase),
    measureFuture: times(plan.measureFuture),
    caps: plan.caps.map((cap) => {
      const field = LIMITS[cap.rule.kind];
      const limit = caps[cap.id];
      return field === undefined || limit === undefined
        ? cap
        : { ...cap, rule: { ...cap.rule, [field]: limit } };
    }),
    assets: assets ?? plan.assets,
  };
}

const priceFinding =
  (from: Day) =>
  ([subject, factor]: readonly [string, number]): Finding => ({
    code: 'price_changed',
    subject,
    message: `what-if: closes from ${formatDay(from)} on are ${factor} times the market's`,
  });

const capFinding = ([subject, limit]: readonly [string, number]): Finding => ({
  code: 'cap_changed',
  subject,
  message: `what-if: the limit is ${limit}, not that of the rulebook`,
});

function priceIssues({ market }: IndexData, prices: readonly (readonly [string, number])[]): Issue[] {
  const held = new Set<string>(market.prices.ids);
  return prices
    .filter(([id]) => !held.has(id))
    .map(([id]) => ({
      code: 'unknown_price',
      path: `changed.prices.${id}`,
      expected: 'a security that closes are held of',
    }));
}

/** The field that a cap's one number stands in. */
const LIMITS: Readonly<Record<string, string>> = { single: 'cap', 'top-k': 'limit', 'above-sum': 'limit' };

export interface ChangeableCap {
  readonly id: string;
  /** A fraction. */
  readonly limit: number;
}

/** The caps of a methodology that have one number to turn, in the order they are applied. */
export function changeableCaps(methodology: Methodology): ChangeableCap[] {
  return capsOf(methodology).flatMap(({ id, rule }) => {
    const field = LIMITS[rule.kind];
    const limit: unknown = field === undefined ? undefined : Object(rule)[field];
    return typeof limit === 'number' ? [{ id, limit }] : [];
  });
}

function capIssues(
  rulebook: Rulebook,
  caps: readonly (readonly [string, number])[],
  effective: Day,
): Issue[] {
  const changeable = changeableCaps(resolveRulebook(rulebook, effective)).map(({ id }) => id);
  return caps
    .filter(([id]) => !changeable.includes(id))
    .map(([id]) => ({
      code: 'unknown_clause',
      path: `changed.caps.${id}`,
      expected:
        changeable.length === 0 ? 'none; this rulebook has no such caps' : `one of ${changeable.join(', ')}`,
    }));
}

/** Every dated version of the clause takes the limit; so do its readings, which would undo it otherwise. */
function withCap(rulebook: Rulebook, id: string, limit: number): Rulebook {
  const caps = rulebook.clauses.caps.map((clause) => {
    const field = LIMITS[clause.rule.kind];
    if (clause.id !== id || field === undefined) return clause;
    const readings = Object.entries(clause.readings).map(([name, reading]) => [
      name,
      field in reading.set ? { ...reading, set: { ...reading.set, [field]: limit } } : reading,
    ]);
    return { ...clause, rule: { ...clause.rule, [field]: limit }, readings: Object.fromEntries(readings) };
  });
  return { ...rulebook, clauses: { ...rulebook.clauses, caps } };
}

/** A security that did not trade on the day keeps its last close, so that one is changed too. */
function withFactors(
  panel: PricePanel,
  prices: readonly (readonly [string, number])[],
  from: Day,
): PricePanel {
  if (prices.length === 0) return panel;
  const close = panel.close.slice();
  for (const [id, factor] of prices) {
    const security = panel.ids.indexOf(id as SecurityId);
    const first = Math.max(panel.start[security], lastRow(panel, security, from));
    for (let row = first; row < panel.start[security + 1]; row++) close[row] *= factor;
  }
  return { ...panel, close };
}
