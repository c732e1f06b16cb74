/** One what-if on a case that is held: the review and its flows with something changed, by the core itself. */
import {
  changeableCaps,
  changedData,
  datesOfReview,
  flowsOf,
  formatDay,
  InputError,
  panelRange,
  parseDay,
  readingChoice,
  Refusal,
  resolveRulebook,
  runReview,
  sessionsBetween,
  type Day,
  type IndexData,
  type TrackedAssets,
} from '../../core/index.js';

export interface WhatIfRequest {
  readonly effective: string;
  /** Factor on closes by code. */
  readonly prices: Readonly<Record<string, number>>;
  /** New limit by clause id, a fraction. */
  readonly caps: Readonly<Record<string, number>>;
  readonly assets: number | undefined;
  readonly knownAt: string | undefined;
  readonly reading: string | undefined;
}

export interface WhatIfMember {
  readonly id: string;
  readonly weightBefore: number;
  readonly weightUncapped: number;
  readonly weightAtPricing: number;
  readonly weightAfter: number;
  readonly boundBy: readonly string[];
  readonly price: number;
  /** Signed, buy positive. */
  readonly shares: number;
  readonly value: number;
  readonly daysToTrade: number;
}

export interface WhatIfOutcome {
  readonly knownAt: string;
  readonly members: readonly WhatIfMember[];
  /** Whom each cap bound, the largest first. */
  readonly bound: Readonly<Record<string, readonly string[]>>;
  readonly turnoverOneWay: number;
  readonly grossOneWay: number;
  readonly assets: number;
  readonly additions: readonly string[];
  readonly deletions: readonly string[];
  /** Time the core took. */
  readonly computeMs: number;
}

/** What can be turned, and how far. */
export interface CaseLimits {
  readonly caps: readonly { readonly id: string; readonly limit: number }[];
  /** Evenings from the announcement to the swap close that a close is held of. */
  readonly evenings: readonly string[];
  readonly readings: readonly { readonly clause: string; readonly names: readonly string[] }[];
  readonly currency: string;
}

export interface WhatIfFailure {
  readonly code: string;
  readonly message: string;
}

export function limitsOf(data: IndexData, effectiveText: string): CaseLimits {
  const effective = dayOfText(effectiveText);
  const methodology = resolveRulebook(data.rulebook, effective);
  const dates = datesOfReview(methodology, data.market.calendar, effective);
  const { last } = panelRange(data.market.prices);
  const until = Math.min(dates.swap, last) as Day;
  const evenings =
    dates.announcement > until ? [until] : sessionsBetween(data.market.calendar, dates.announcement, until);
  const clauses = Object.values(methodology.clauses).flat();
  return {
    caps: changeableCaps(methodology),
    evenings: evenings.map(formatDay),
    readings: Object.keys(methodology.readings).map((clause) => ({
      clause,
      names: Object.keys(clauses.find(({ id }) => id === clause)?.readings ?? {}),
    })),
    currency: data.rulebook.currency,
  };
}

/** @param clock milliseconds */
export function runCase(
  data: IndexData,
  request: WhatIfRequest,
  clock: () => number,
): WhatIfOutcome | WhatIfFailure {
  const started = clock();
  try {
    return outcomeOf(data, request, () => clock() - started);
  } catch (error) {
    if (error instanceof Refusal || error instanceof InputError)
      return { code: error.code, message: error.message };
    throw error;
  }
}

function outcomeOf(data: IndexData, request: WhatIfRequest, elapsedMs: () => number): WhatIfOutcome {
  const effective = dayOfText(request.effective);
  const { calendar, prices } = data.market;
  const dates = datesOfReview(resolveRulebook(data.rulebook, effective), calendar, effective);
  const latest = Math.min(dates.swap, panelRange(prices).last) as Day;
  const knownAt = request.knownAt === undefined ? latest : dayOfText(request.knownAt);
  const readings = request.reading === undefined ? {} : readingChoice(data.rulebook, request.reading);
  const { data: changed } = changedData(data, request, dates, knownAt);
  const run = runReview(changed, { effective, knownAt, readings });
  const flows = flowsOf(changed, run, assetsOf(request.assets, data, knownAt));
  const size = new Map(run.proForma.members.map((member) => [member.id, member.weightUncapped]));
  const trades = new Map(flows.trades.map((trade) => [trade.id, trade]));
  return {
    knownAt: formatDay(knownAt),
    members: run.proForma.members.map((member) => {
      const { shares, value, daysToTrade } = trades.get(member.id) ?? { shares: 0, value: 0, daysToTrade: 0 };
      const { id, weightBefore, weightUncapped, weightAtPricing, weightAfter, boundBy } = member;
      const weights = { weightBefore, weightUncapped, weightAtPricing, weightAfter };
      return { id, ...weights, boundBy, price: member.priceAtSwap, shares, value, daysToTrade };
    }),
    bound: Object.fromEntries(
      run.proForma.outcomes.map(({ id, bound }) => [
        id,
        bound
          .map((row) => run.proForma.newIds[row])
          .toSorted((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0)),
      ]),
    ),
    turnoverOneWay: run.proForma.turnoverOneWay,
    grossOneWay: flows.grossOneWay,
    assets: flows.assets.amount,
    additions: run.review.additions,
    deletions: run.review.deletions,
    computeMs: elapsedMs(),
  };
}

function assetsOf(amount: number | undefined, data: IndexData, asOf: Day): TrackedAssets | undefined {
  if (amount === undefined) return undefined;
  const { currency } = data.rulebook;
  return {
    amount,
    currency,
    asOf,
    range: [amount, amount],
    scope: 'given',
    feeders: 'not stated',
    source: 'what-if',
  };
}

function dayOfText(text: string): Day {
  const day = parseDay(text);
  if (day !== undefined) return day;
  throw new InputError('invalid_argument', `${text} is not a date`, [
    { code: 'invalid_argument', path: 'date', value: text, expected: 'an existing date as YYYY-MM-DD' },
  ]);
}
