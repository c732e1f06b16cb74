/**
 * What a price implies: the multiples of a company on a day with the reports known by then, where they stand in their own
 * history and beside others, what a vendor printed, and which growth would justify the price.
 */
import type { Day } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { distinctFindings } from '../base/finding.js';
import { contentHash } from '../base/hash.js';
import { Refusal } from '../base/errors.js';
import { ENGINE_VERSION } from '../base/version.js';
import { formatDay } from '../calendar/day.js';
import { formatPeriod, periodWords } from '../statements/fiscalPeriod.js';
import {
  barsOf,
  companyOf,
  rowAt,
  sharesOn,
  type Company,
  type DailySeries,
  type Fundamentals,
  type Guidance,
} from '../statements/fundamentals.js';
import { knownStatements, type KnownStatements } from '../statements/statement.js';
import { trailing, type Composed } from '../statements/trailing.js';
import type { Assumptions } from '../valuation/assumptions.js';
import type { BaseRateBeside } from '../valuation/baseRates.js';
import {
  baseRatesBeside,
  impliedGrowth,
  impliedPath,
  type ImpliedGrowth,
  type ImpliedPath,
} from '../valuation/expectations.js';
import { input, type Figure, type FigureInput } from '../valuation/figure.js';
import { orUndefined } from '../valuation/figureOr.js';
import { bandOf, peHistory, type Band } from '../valuation/history.js';
import type { MarketValue } from '../valuation/multiples.js';
import { multiplesOn, perShareMultiples } from '../valuation/multiplesOn.js';
import { compressionTable, scenarioGrid, type Compression, type Scenario } from '../valuation/scenarios.js';
import type { Provenance } from './provenance.js';

export interface ValueRequest {
  readonly company: string;
  readonly at: Day;
  /** Instead of the close, in the currency of the share. */
  readonly price?: number;
  readonly assumptions: Assumptions;
}

export interface VendorMultiple {
  readonly value: number;
  readonly day: Day;
  /** Profit that the vendor's multiple comes from; undefined without a share count. */
  readonly profit: number | undefined;
}

export interface Peer {
  readonly id: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly currency: string;
  /** Close the multiple is of. */
  readonly day: Day;
  readonly pe: Figure;
  /** Printed by a vendor and not worked out here. */
  readonly vendor: boolean;
}

export interface ValueRun {
  readonly request: ValueRequest;
  readonly company: Company;
  readonly price: FigureInput;
  /** Undefined where the share count is not held: multiples are per share then. */
  readonly marketValue: MarketValue | undefined;
  readonly netProfit: Composed | undefined;
  readonly revenue: Composed | undefined;
  readonly multiples: readonly Figure[];
  readonly vendor: VendorMultiple | undefined;
  readonly history: DailySeries;
  /** The vendor's on the same stretch. */
  readonly vendorHistory: DailySeries;
  readonly band: Band | undefined;
  readonly peers: readonly Peer[];
  readonly guidance: Guidance | undefined;
  readonly implied: ImpliedGrowth | undefined;
  readonly path: ImpliedPath | undefined;
  readonly baseRates: readonly BaseRateBeside[];
  readonly scenarios: readonly Scenario[];
  readonly compression: readonly Compression[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/** Margins, multiples, growths and years of the grids. */
const GRID = {
  margins: [0.2, 0.3, 0.4],
  multiples: [30, 50, 100],
  growths: [0.2, 0.5, 1, 2],
  years: [1, 2, 3, 5],
};

/** @throws Refusal `unknown_company`, `no_prices`; InputError `bad_valuation` with every assumption that cannot be */
export function runValue(data: Fundamentals, request: ValueRequest): ValueRun {
  const { at, assumptions } = request;
  const company = companyOf(data, request.company);
  const known = knownStatements(data.facts, company.id, at);
  const price = priceOn(data, request);
  const marketValue = orUndefined(() => valueOfShares(data, company.id, price, at));
  const guidance = data.guidance.findLast((one) => one.company === company.id && one.usableFrom <= at);
  const [netProfit, revenue] = (['net_profit_attributable', 'revenue'] as const).map((metric) =>
    orUndefined(() => trailing(known, metric)),
  );
  const perShare = marketValue === undefined ? orUndefined(() => trailing(known, 'eps_diluted')) : undefined;
  const multiples = marketValue ? multiplesOn(known, marketValue, guidance) : perShareMultiples(known, price);
  const history = peHistory(data.facts, company.id, barsOf(data, company.id), data.shares, at);
  const [worth, earned] = [marketValue?.amount ?? price.value, (netProfit ?? perShare)?.value ?? 0];
  const pe = multiples[0].value;
  const sales = revenue?.value ?? 0;
  const peers = peersOf(data, company.id, at);
  const run = {
    request,
    company,
    price,
    marketValue,
    netProfit: netProfit ?? perShare,
    revenue,
    multiples,
    vendor: vendorOn(data, company.id, at, marketValue, price),
    history,
    vendorHistory: sameStretch(data.vendorPe.get(company.id), history),
    band: bandOf(history),
    peers,
    guidance,
    implied: earned > 0 ? impliedGrowth(worth, earned, assumptions) : undefined,
    path:
      earned > 0 && sales > 0 && marketValue
        ? impliedPath(worth, sales, earned / sales, assumptions)
        : undefined,
    baseRates: sales > 0 ? baseRatesBeside(data.baseRates, sales, assumptions) : [],
    scenarios: marketValue && guidance ? scenariosOf(marketValue, price.value, guidance) : [],
    compression:
      pe === undefined ? [] : compressionTable(pe, assumptions.exitMultiple, GRID.growths, GRID.years),
  };
  return {
    ...run,
    provenance: provenanceOf(run, known),
    findings: findingsOf(data, run, known),
  };
}

function priceOn(data: Fundamentals, { company, at, price }: ValueRequest): FigureInput {
  const { currency } = companyOf(data, company);
  if (price !== undefined) return input('price', price, currency, at, 'assumed', 'as asked');
  const bars = barsOf(data, company);
  const row = rowAt(bars.day, at);
  if (row < 0) {
    throw new Refusal(
      'no_prices',
      `${company} has no close on or before ${formatDay(at)}; the first is of ${formatDay(bars.day[0] as Day)}`,
      {
        first: formatDay(bars.day[0] as Day),
      },
    );
  }
  return input('close', bars.close[row], currency, bars.day[row] as Day, bars.quality[row], 'bars.parquet');
}

/** @throws Refusal `shares_unknown` */
function valueOfShares(data: Fundamentals, company: string, price: FigureInput, at: Day): MarketValue {
  const { shares, knownFrom, quality, source } = sharesOn(data, company, at);
  return {
    amount: price.value * shares,
    inputs: [price, input('shares', shares, 'shares', knownFrom, quality, source)],
  };
}

function vendorOn(
  { vendorPe }: Fundamentals,
  company: string,
  at: Day,
  marketValue: MarketValue | undefined,
  price: FigureInput,
): VendorMultiple | undefined {
  const series = vendorPe.get(company);
  const row = series ? rowAt(series.day, at) : -1;
  if (series === undefined || row < 0) return undefined;
  const day = series.day[row] as Day;
  const sameDay = formatDay(day) === price.asOf && price.quality !== 'assumed';
  return {
    value: series.value[row],
    day,
    profit: sameDay && marketValue ? marketValue.amount / series.value[row] : undefined,
  };
}

function sameStretch(series: DailySeries | undefined, { day }: DailySeries): DailySeries {
  if (series === undefined || day.length === 0) return { day: new Int32Array(0), value: new Float64Array(0) };
  const [from, to] = [rowAt(series.day, day[0] - 1) + 1, rowAt(series.day, day[day.length - 1]) + 1];
  return { day: series.day.slice(from, to), value: series.value.slice(from, to) };
}

/**
 * Other companies on the last close before this one's: worked out where their reports are held, a vendor's number else.
 * New York closes after Shanghai, so on the same day its close was not known.
 */
function peersOf(data: Fundamentals, company: string, at: Day): Peer[] {
  return data.companies
    .filter(({ id }) => id !== company)
    .flatMap((other): Peer[] => {
      const name = { en: other.nameEn, zh: other.nameZh };
      const until = (other.currency === companyOf(data, company).currency ? at : at - 1) as Day;
      const bars = data.bars.get(other.id);
      const row = bars ? rowAt(bars.day, until) : -1;
      const vendor = data.vendorPe.get(other.id);
      const known = knownStatements(data.facts, other.id, until);
      if (bars && row >= 0 && known.facts.length > 0) {
        const day = bars.day[row] as Day;
        const price = input('close', bars.close[row], other.currency, day, bars.quality[row], 'bars.parquet');
        const worth = orUndefined(() => valueOfShares(data, other.id, price, until));
        const [pe] = worth ? multiplesOn(known, worth, undefined) : perShareMultiples(known, price);
        return [{ id: other.id, name, currency: other.currency, day, pe, vendor: false }];
      }
      const printed = vendor ? rowAt(vendor.day, until) : -1;
      if (vendor === undefined || printed < 0) return [];
      const day = vendor.day[printed] as Day;
      const value = vendor.value[printed];
      const pe: Figure = {
        id: 'pe-ttm',
        value: value > 0 ? value : undefined,
        unit: 'x',
        formula: 'as the vendor printed it',
        inputs: [input('P/E', value, 'x', day, 'vendor', 'vendor_pe.parquet')],
      };
      return [{ id: other.id, name, currency: other.currency, day, pe, vendor: true }];
    });
}

function scenariosOf(value: MarketValue, price: number, { low, high }: Guidance): Scenario[] {
  const shares = value.amount / price;
  return scenarioGrid({ price, shares }, [low, (low + high) / 2, high], GRID.margins, GRID.multiples);
}

type Parts = Omit<ValueRun, 'provenance' | 'findings'>;

/** Above this a multiple says that the earnings are small, and little else. */
const HIGH_MULTIPLE = 200;
/** A vendor's profit this far from ours rests on other reports. */
const VENDOR_GAP = 0.1;
/** Days after the end of a period by which the next report is due in China at the latest: four months and a bit. */
const STALE_DAYS = 215;

function findingsOf(data: Fundamentals, run: Parts, known: KnownStatements): Finding[] {
  const { company, price, request, marketValue, netProfit, multiples, vendor, implied } = run;
  const at = request.at;
  const facts = netProfit?.terms.map(({ fact }) => fact) ?? [];
  const later = data.facts.find(
    (fact) => fact.company === company.id && fact.announced === at && fact.usableFrom > at,
  );
  const say = (code: string, when: boolean, message: () => string): Finding[] =>
    when ? [{ code, subject: company.id, message: message() }] : [];
  const share = marketValue?.inputs[1];
  const pe = multiples[0].value;
  const lacking = multiples.flatMap(({ id, missing }) => (missing === undefined ? [] : [{ id, missing }]));
  const said = [
    ...say(
      'stale_price',
      price.asOf !== formatDay(at),
      () => `did not trade on ${formatDay(at)}; last close, of ${price.asOf}, carried`,
    ),
    ...say('report_after_close', later !== undefined, () =>
      later
        ? `the report for ${periodWords(later.period)} came out after the close of ${formatDay(at)}; it is used from ${formatDay(later.usableFrom)}`
        : '',
    ),
    ...say(
      'announcement_assumed',
      facts.some(({ basis }) => basis === 'deadline'),
      () =>
        `for ${facts
          .filter(({ basis }) => basis === 'deadline')
          .map(({ period }) => periodWords(period))
          .join(', ')} the last day the law allows stands for the day of the report`,
    ),
    ...say(
      'figures_rounded',
      facts.some(({ quality }) => quality !== 'reported'),
      () =>
        `${facts
          .filter(({ quality }) => quality !== 'reported')
          .map(({ period }) => periodWords(period))
          .join(', ')} are known in round numbers only`,
    ),
    ...say(
      'share_count_derived',
      share !== undefined && share.quality !== 'reported',
      () => `${share?.value} shares, ${share?.quality} and known from ${share?.knownSince}`,
    ),
    ...say('earnings_stale', netProfit !== undefined && at - netProfit.periodEnd > STALE_DAYS, () =>
      netProfit
        ? `the last report held is of ${periodWords(netProfit.asOfPeriod)}, ${at - netProfit.periodEnd} days before`
        : '',
    ),
    ...say(
      'small_earnings',
      pe !== undefined && pe > HIGH_MULTIPLE,
      () =>
        `a multiple of ${(pe ?? 0).toFixed(0)} is one of small earnings: ${netProfit?.value.toFixed(0)} ${netProfit?.unit} in twelve months to ${netProfit ? formatDay(netProfit.periodEnd) : ''}; see the run-rate beside it`,
    ),
    ...say(
      'lines_not_held',
      lacking.length > 0,
      () =>
        `${[...new Set(lacking.map(({ missing }) => missing))].join(', ')} not held, so there is no ${lacking.map(({ id }) => id).join(', ')}; --statements FILE takes the lines from a file as examples/statements.csv`,
    ),
    ...vendorFinding(company.id, vendor, netProfit),
    ...say(
      'profit_stands_for_cash',
      implied !== undefined,
      () => 'free cash flow is not held; the growth for ever grows out of net profit',
    ),
    ...say(
      'exchange_rate_assumed',
      run.baseRates.length > 0,
      () =>
        `${request.assumptions.perUsd} ${company.currency} to the US dollar, to place sales among base rates`,
    ),
    ...say(
      'peer_from_vendor',
      run.peers.some((one) => one.vendor),
      () =>
        `${run.peers
          .filter((one) => one.vendor)
          .map(({ id }) => id)
          .join(', ')}: multiples as a vendor printed them`,
    ),
  ];
  return distinctFindings(known.findings, said);
}

function vendorFinding(
  company: string,
  vendor: VendorMultiple | undefined,
  profit: Composed | undefined,
): Finding[] {
  if (vendor?.profit === undefined || profit === undefined) return [];
  if (Math.abs(vendor.profit / profit.value - 1) <= VENDOR_GAP) return [];
  return [
    {
      code: 'vendor_multiple_stale',
      subject: company,
      message:
        `the vendor prints ${vendor.value} on ${formatDay(vendor.day)}, which comes from a profit of ${vendor.profit.toFixed(0)}; ` +
        `${profit.value.toFixed(0)} was known since ${formatDay(profit.knownSince)}`,
    },
  ];
}

function provenanceOf(run: Parts, known: KnownStatements): Provenance {
  const { request, marketValue, price } = run;
  const facts = known.facts.flatMap((fact) => [
    `${fact.metric} ${formatPeriod(fact.period)} ${fact.value} ${fact.unit} ${fact.usableFrom}`,
  ]);
  return {
    data: contentHash([
      known.company,
      request.at,
      facts,
      price.value,
      (marketValue?.inputs ?? []).map(({ value }) => value),
      run.history.value,
    ]),
    rulebook: 'none',
    reading: Object.fromEntries(
      Object.entries(request.assumptions).map(([name, value]) => [name, String(value)]),
    ),
    engine: ENGINE_VERSION,
  };
}
