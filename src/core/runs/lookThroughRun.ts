/**
 * Funds seen through to their securities on a day. Funds that follow STAR 50 hold its basket at that day's closes; other
 * indices are known by the weights that were printed; feeders hold the fund they name, for nearly all they have.
 */
import type { Day, SecurityId } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { distinctFindings } from '../base/finding.js';
import { contentHash } from '../base/hash.js';
import { Refusal } from '../base/errors.js';
import { sum } from '../base/sum.js';
import { ENGINE_VERSION } from '../base/version.js';
import { formatDay } from '../calendar/day.js';
import { shiftSessions } from '../calendar/sessions.js';
import {
  basketKnown,
  type Basket,
  type Fund,
  type FundAssets,
  type HoldingRow,
} from '../lookthrough/holdings.js';
import { lookThrough, type Exposure, type LookThrough, type Route } from '../lookthrough/lookThrough.js';
import { lastRow, panelRange } from '../market/prices.js';
import { adjustedSharesOn } from '../review/composition.js';
import { orUndefined } from '../valuation/figureOr.js';
import { basketInForce } from './basketInForce.js';
import type { IndexData } from './indexData.js';
import type { Provenance } from './provenance.js';

export interface FundData {
  readonly funds: readonly Fund[];
  readonly assets: readonly FundAssets[];
  readonly holdings: readonly HoldingRow[];
}

/**
 * Part of a feeder in its fund. The benchmark of such funds is 95 % index and 5 % deposit, their contracts ask for at
 * least 90 %; the reports that say it exactly are not held.
 */
export const FEEDER_WEIGHT = 0.95;

export interface ThemeWeight {
  readonly theme: string;
  readonly weight: number;
}

export interface LookThroughRun {
  readonly fund: Fund;
  readonly at: Day;
  readonly view: LookThrough;
  /** Industries of what is known, largest first; '' where it is not known. */
  readonly industries: readonly ThemeWeight[];
  readonly assets: FundAssets | undefined;
  /** Day of the oldest weights used. */
  readonly weightsOf: Day;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/** @throws Refusal `unknown_fund`, `unknown_holder`, `holds_itself` */
export function runLookThrough(data: IndexData, funds: FundData, id: string, at: Day): LookThroughRun {
  return seenThrough({ data, funds, at, baskets: basketsOn(data, funds, at) }, id);
}

/** One day, and what each holder holds on it, for however many funds. */
interface DayOfFunds {
  readonly data: IndexData;
  readonly funds: FundData;
  readonly at: Day;
  readonly baskets: Baskets;
}

type Baskets = (holder: string) => HeldBasket | undefined;

interface HeldBasket {
  readonly basket: Basket;
  /** About how it came to be known. */
  readonly findings: readonly Finding[];
}

interface UsedBasket extends HeldBasket {
  readonly holder: string;
}

function seenThrough({ data, funds, at, baskets }: DayOfFunds, id: string): LookThroughRun {
  const fund = fundOf(funds, id);
  const used: UsedBasket[] = [];
  const opened = (holder: string): Basket | undefined => {
    const held = baskets(holder);
    if (held !== undefined) used.push({ holder, ...held });
    return held?.basket;
  };
  const view = lookThrough(
    id,
    opened,
    (one) => /^\d{6}$/.test(one) && !funds.funds.some((other) => other.id === one),
  );
  const industry = new Map(data.market.securities.map((one) => [String(one.id), one.industry ?? '']));
  return {
    fund,
    at,
    view,
    industries: industriesOf(view.exposures, industry),
    assets: funds.assets.findLast((one) => one.fund === id && one.knownFrom <= at),
    weightsOf: used.reduce((first, { basket }) => (basket.asOf < first ? basket.asOf : first), at),
    provenance: {
      data: contentHash([
        id,
        at,
        view.exposures.map((one) => one.id),
        view.exposures.map((one) => one.weight),
      ]),
      rulebook: 'none',
      reading: {},
      engine: ENGINE_VERSION,
    },
    findings: findingsOf(fund, view, used, at),
  };
}

export interface Holder {
  readonly fund: Fund;
  readonly weight: number;
  readonly routes: readonly Route[];
  /** On an earlier day; undefined when none is asked for, or nothing was known of the fund then. */
  readonly before: Exposure | undefined;
  readonly unknown: number;
  readonly weightsOf: Day;
  readonly assets: FundAssets | undefined;
  /** weight x assets; undefined where the assets are not held. */
  readonly amount: number | undefined;
}

export interface HoldersRun {
  readonly security: string;
  readonly at: Day;
  readonly before: Day | undefined;
  /** Largest weight first. */
  readonly holders: readonly Holder[];
  /** Funds of which nothing is known on the day, with the reason. */
  readonly left: readonly { readonly fund: Fund; readonly why: string }[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/** Which funds a security is in, and how much of each it is; with `before` also how much it was on an earlier day, such as that of a report. */
export function runHolders(
  data: IndexData,
  funds: FundData,
  security: string,
  at: Day,
  before?: Day,
): HoldersRun {
  const day = { data, funds, at, baskets: basketsOn(data, funds, at) };
  const earlier =
    before === undefined ? undefined : { ...day, at: before, baskets: basketsOn(data, funds, before) };
  const seen = funds.funds.map((fund) => {
    try {
      return { fund, run: seenThrough(day, fund.id), why: '' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { fund, run: undefined, why: error.message };
    }
  });
  const holders = seen.flatMap(({ fund, run }): Holder[] => {
    const exposure = run?.view.exposures.find((one) => one.id === security);
    if (run === undefined || exposure === undefined) return [];
    const { weight, routes } = exposure;
    const { assets, weightsOf, view } = run;
    return [
      {
        fund,
        weight,
        routes,
        before: earlier && exposureIn(earlier, fund.id, security),
        unknown: view.unknown,
        weightsOf,
        assets,
        amount: assets && assets.amount * weight,
      },
    ];
  });
  return {
    security,
    at,
    before,
    holders: holders.toSorted((a, b) => b.weight - a.weight || (a.fund.id < b.fund.id ? -1 : 1)),
    left: seen.flatMap(({ fund, run, why }) => (run === undefined ? [{ fund, why }] : [])),
    provenance: {
      data: contentHash([
        security,
        at,
        before ?? '',
        holders.map((one) => one.fund.id),
        holders.map((one) => one.weight),
      ]),
      rulebook: 'none',
      reading: {},
      engine: ENGINE_VERSION,
    },
    findings: distinctFindings(...seen.map(({ run }) => run?.findings ?? [])),
  };
}

/** A security in a fund; undefined when nothing is known of the fund on the day. */
function exposureIn(day: DayOfFunds, fund: string, security: string): Exposure | undefined {
  const run = orUndefined(() => seenThrough(day, fund));
  return run?.view.exposures.find((one) => one.id === security);
}

/** @throws Refusal `unknown_fund` */
function fundOf({ funds }: FundData, id: string): Fund {
  const found = funds.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new Refusal(
    'unknown_fund',
    `no fund ${id} is held; there are ${funds.map((one) => one.id).join(', ')}`,
    {
      asked: id,
    },
  );
}

/** What each holder holds on the day: a fund its index or its fund, an index its basket or the printed weights. */
function basketsOn(data: IndexData, { funds, holdings }: FundData, at: Day): Baskets {
  const byId = new Map(funds.map((fund) => [fund.id, fund]));
  const known = new Map<string, HeldBasket | undefined>();
  const printed = (holder: string): HeldBasket | undefined => {
    const basket = basketKnown(holdings, holder, at);
    return basket && { basket, findings: [] };
  };
  const basketOf = (holder: string): HeldBasket | undefined => {
    const fund = byId.get(holder);
    if (fund !== undefined) {
      const weight = fund.kind === 'feeder' ? FEEDER_WEIGHT : 1;
      const quality = fund.kind === 'feeder' ? 'assumed' : 'follows';
      const line = { id: fund.follows, weight, quality, source: fund.source };
      return printed(holder) ?? { basket: { asOf: at, lines: [line] }, findings: [] };
    }
    return holder === data.rulebook.id ? indexBasket(data, at) : printed(holder);
  };
  return (holder) => {
    if (!known.has(holder)) known.set(holder, basketOf(holder));
    return known.get(holder);
  };
}

/** Weights of the index at the last closes by the day, in the basket its funds then go on with; undefined before the first. */
function indexBasket(data: IndexData, asked: Day): HeldBasket | undefined {
  const { market, baskets, actions } = data;
  const at = Math.min(asked, panelRange(market.prices).last) as Day;
  if (!baskets.some(({ knownOn, composition }) => knownOn <= at && composition.swap <= at)) return undefined;
  // At a swap close the funds have traded already: they hold what counts from the next session on.
  const { basket, findings } = basketInForce(data, shiftSessions(market.calendar, at, 1), at);
  const shares = adjustedSharesOn(basket, actions, at);
  const rows = basket.ids.map((id) => lastRow(market.prices, market.prices.ids.indexOf(id), at));
  const values = rows.map((row, i) => market.prices.close[row] * shares[i] * basket.cappingFactors[i]);
  const total = sum(values);
  const day = Math.max(...rows.map((row) => market.prices.day[row])) as Day;
  return {
    findings,
    basket: {
      asOf: day,
      lines: basket.ids.map((id: SecurityId, i) => ({
        id,
        weight: values[i] / total,
        quality: basket.quality,
        source: 'index_shares.parquet',
      })),
    },
  };
}

function industriesOf(exposures: readonly Exposure[], industry: ReadonlyMap<string, string>): ThemeWeight[] {
  const weights = new Map<string, number>();
  for (const { id, weight } of exposures) {
    const theme = industry.get(id) ?? '';
    weights.set(theme, (weights.get(theme) ?? 0) + weight);
  }
  return [...weights]
    .map(([theme, weight]) => ({ theme, weight }))
    .toSorted((a, b) => b.weight - a.weight || (a.theme < b.theme ? -1 : 1));
}

/** Weights older than this say little about prices of today. */
const STALE_DAYS = 45;

function findingsOf(fund: Fund, { unknown }: LookThrough, used: readonly UsedBasket[], at: Day): Finding[] {
  const lines = used.flatMap(({ holder, basket }) => basket.lines.map((line) => ({ holder, basket, line })));
  const finding = (code: string, subject: string, message: string): Finding => ({ code, subject, message });
  return distinctFindings([
    ...lines
      .filter(({ line }) => line.quality === 'assumed')
      .map(({ holder, line }) =>
        finding(
          'feeder_weight_assumed',
          holder,
          `holds ${line.id} for ${100 * line.weight} % by assumption; its reports are not held`,
        ),
      ),
    ...lines
      .filter(({ line }) => line.quality === 'follows')
      .map(({ holder, line }) =>
        finding(
          'follows_exactly',
          holder,
          `is taken to hold ${line.id} exactly; its own holdings are not held`,
        ),
      ),
    ...used
      .filter(({ basket }) => at - basket.asOf > STALE_DAYS)
      .map(({ holder, basket }) =>
        finding(
          'weights_stale',
          holder,
          `weights are of ${formatDay(basket.asOf)}, ${at - basket.asOf} days before`,
        ),
      ),
    ...(unknown > 0.005
      ? [
          finding(
            'holdings_partial',
            fund.id,
            `behind ${(100 * unknown).toFixed(1)} % of it nothing is known`,
          ),
        ]
      : []),
    ...used.flatMap(({ findings }) => findings),
  ]);
}
