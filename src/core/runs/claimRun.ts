/** Claims of a text against everything held: the sources of the data set brought under one roof, then checked. */
import { securityId, type Day, type SecurityId } from '../base/brand.js';
import { contentHash } from '../base/hash.js';
import { ENGINE_VERSION } from '../base/version.js';
import { claimChecker, type Checked } from '../claims/checkText.js';
import type {
  ClaimData,
  ClaimEntity,
  ClaimReview,
  IndexRules,
  PrintedAmount,
  PrintedWeight,
  Series,
} from '../claims/figures/claimData.js';
import { EVERYDAY_NAMES, INDEX_NAMES } from '../claims/words/names.js';
import { shareRatioBetween } from '../events/corporateActions.js';
import { plainName, type Security } from '../market/market.js';
import { lastRow, type PricePanel } from '../market/prices.js';
import { capsOf, resolveRulebook } from '../methodology/methodology.js';
import { cyclesAround, methodologyOfReview } from '../methodology/reviewDates.js';
import type { Rulebook } from '../methodology/rulebook.js';
import { adjustedSharesOn, type Composition } from '../review/composition.js';
import type { FundData } from './lookThroughRun.js';
import { rowAt, type Fundamentals } from '../statements/fundamentals.js';
import type { IndexData } from './indexData.js';
import type { Provenance } from './provenance.js';
import { runReview } from './reviewRun.js';

/** Daily levels of one index. */
export interface LevelSeries extends Omit<Series, 'unit' | 'value'> {
  readonly index: string;
}

export interface ClaimSources {
  /** The index whose baskets and reviews are held. */
  readonly held: IndexData;
  /** Rulebooks whose caps and counts may be claimed. */
  readonly rulebooks: readonly Rulebook[];
  readonly fundamentals: Fundamentals;
  readonly levels: readonly LevelSeries[];
  readonly funds: FundData;
  /** Weights of the held index, as printed. */
  readonly printedWeights: readonly PrintedWeight[];
  readonly assets: readonly PrintedAmount[];
  readonly units: readonly PrintedAmount[];
  readonly estimates: readonly PrintedAmount[];
  /** Chinese names of other companies. */
  readonly strangers: readonly string[];
}

export interface ClaimRun {
  readonly checked: Checked;
  readonly provenance: Provenance;
}

/** @returns a function from text to its claims; the tables are made once */
export function claimRunner(sources: ClaimSources): (text: string, written?: Day) => ClaimRun {
  const data = claimDataOf(sources);
  const check = claimChecker(data);
  const { rulebook } = sources.held;
  const base = { rulebook: `${rulebook.id}@${rulebook.version}`, reading: {}, engine: ENGINE_VERSION };
  return (text, written) => {
    const checked = check(text, written);
    const used = checked.claims.flatMap(({ figure }) =>
      (figure?.inputs ?? []).flatMap(({ name, value, asOf }) => [name.en, value, asOf]),
    );
    return { checked, provenance: { data: contentHash(used.map(String)), ...base } };
  };
}

function claimDataOf(sources: ClaimSources): ClaimData {
  const { held, fundamentals } = sources;
  const { market, actions, rulebook } = held;
  const index = rulebook.id;
  const entities = entitiesOf(sources);
  const names = new Set(entities.flatMap((one) => one.names));
  const weights = weightsByDay(held);
  return {
    calendar: market.calendar,
    entities,
    strangers: sources.strangers.filter((name) => !names.has(name)),
    series: seriesOf(sources),
    shareRatio: (id, from, to) =>
      /^\d{6}$/.test(id) ? shareRatioBetween(actions, securityId(id), from, to) : 1,
    fundamentals,
    weightsOn: (of, day) => (of === index ? weights(day) : undefined),
    weightDays: new Map([[index, weightDays(held)]]),
    printedWeights: [...sources.printedWeights, ...sources.funds.holdings.map(printedHolding)],
    reviews: reviewsOf(held),
    rules: sources.rulebooks.flatMap(rulesOf),
    assets: [...sources.assets, ...sources.funds.assets.map(fundAmount)],
    units: sources.units,
    estimates: sources.estimates,
    nextReview: (of, after) => nextReview(sources, of, after),
    usual: { security: '688256', index },
  };
}

function entitiesOf({ held, fundamentals, levels, funds, rulebooks }: ClaimSources): ClaimEntity[] {
  const listed = held.market.securities.map(companyEntity);
  const known = new Set(listed.map(({ id }) => id));
  const others = fundamentals.companies
    .filter(({ id }) => !known.has(id))
    .map(({ id, nameEn, nameZh }): ClaimEntity => ({
      id,
      kind: 'company',
      nameEn,
      nameZh,
      names: [...new Set([id, nameEn, nameZh, ...codesOf(id), ...(EVERYDAY_NAMES[id] ?? [])].map(lower))],
    }));
  const ids = new Set([...Object.keys(INDEX_NAMES), ...levels.map(({ index }) => index)]);
  const indices = [...ids].map((id): ClaimEntity => {
    const names = INDEX_NAMES[id] ?? [id];
    const rulebook = rulebooks.find((one) => one.id === id);
    return {
      id,
      kind: 'index',
      nameEn: rulebook?.nameEn ?? id,
      nameZh: rulebook?.nameZh ?? names.find((name) => name > '\u3000') ?? id,
      names: [...new Set([...names, id].map(lower))],
    };
  });
  return [...listed, ...others, ...indices, ...funds.funds.map(fundEntity)];
}

const fundEntity = ({ id, nameEn, nameZh }: FundData['funds'][number]): ClaimEntity => ({
  id,
  kind: 'fund',
  nameEn,
  nameZh,
  names: [id, `${id}.sh`, nameEn, nameZh].map(lower),
});

const fundAmount = ({ fund, asOf, amount, source }: FundData['assets'][number]): PrintedAmount => ({
  of: fund,
  day: asOf,
  amount,
  who: 'fund',
  source,
});

const printedHolding = ({
  holder,
  holding,
  asOf,
  weight,
  source,
}: FundData['holdings'][number]): PrintedWeight => ({
  index: holder,
  id: holding,
  day: asOf,
  weight,
  source,
});

const lower = (name: string): string => name.toLowerCase();

/** `688256` and `688256.SH`. */
const codesOf = (id: string): string[] => (/^6\d{5}$/.test(id) ? [id, `${id}.sh`, `sh${id}`] : [id]);

function companyEntity(security: Security): ClaimEntity {
  const { id, nameZh, nameEn, nameShort } = security;
  const plain = plainName(security);
  const names = [nameZh, plain, nameEn, nameShort, ...codesOf(id), ...(EVERYDAY_NAMES[id] ?? [])];
  return {
    id,
    kind: 'company',
    nameEn: nameShort === '' ? nameEn || id : nameShort,
    nameZh: plain,
    names: [...new Set(names.filter((name) => name.length > 1).map(lower))],
  };
}

function seriesOf({ held, fundamentals, levels }: ClaimSources): Map<string, Series> {
  const { prices } = held.market;
  const series = new Map<string, Series>(prices.ids.map((id, i) => [id, closesOf(prices, i)]));
  for (const [id, bars] of fundamentals.bars) {
    const currency = fundamentals.companies.find((company) => company.id === id)?.currency ?? 'CNY';
    const closes = series.get(id);
    series.set(id, {
      days: bars.day,
      open: bars.open,
      high: bars.high,
      low: bars.low,
      close: bars.close,
      ...(closes?.value && {
        value: Float64Array.from(bars.day, (day) => onDay(closes, closes.value as Float64Array, day)),
      }),
      unit: currency === 'USD' ? 'USD per share' : 'CNY per share',
      table: 'bars',
    });
  }
  for (const { index, ...level } of levels) series.set(index, { ...level, unit: 'index points' });
  return series;
}

function closesOf(prices: PricePanel, security: number): Series {
  const [from, to] = [prices.start[security], prices.start[security + 1]];
  return {
    days: prices.day.subarray(from, to),
    close: prices.close.subarray(from, to),
    value: prices.value.subarray(from, to),
    unit: 'CNY per share',
    table: 'closes',
  };
}

function onDay({ days }: Series, column: Float64Array, day: number): number {
  const row = rowAt(days, day);
  return row >= 0 && days[row] === day ? column[row] : Number.NaN;
}

/** From the first session of the first basket to the last one before the review after the last basket. */
function weightDays({ baskets, rulebook, market }: IndexData): readonly [Day, Day] {
  const first = baskets[0].composition;
  const last = baskets[baskets.length - 1].composition;
  const methodology = methodologyOfReview(rulebook, market.calendar, last.effective);
  const next = cyclesAround(methodology, market.calendar, last.effective).find(
    ({ swap }) => swap > last.effective,
  );
  return [first.effective, (next?.swap ?? last.effective) as Day];
}

/** Weights of the basket in force at a close; on a swap day that is still the old one. */
function weightsByDay({
  baskets,
  market,
  actions,
}: IndexData): (day: Day) => ReadonlyMap<string, number> | undefined {
  const known = new Map<Day, ReadonlyMap<string, number> | undefined>();
  return (day) => {
    if (!known.has(day)) {
      const composition = baskets.map((one) => one.composition).findLast(({ effective }) => effective <= day);
      known.set(
        day,
        composition === undefined
          ? undefined
          : weightsOf(composition, market.prices, adjustedSharesOn(composition, actions, day), day),
      );
    }
    return known.get(day);
  };
}

function weightsOf(
  { ids, cappingFactors }: Composition,
  prices: PricePanel,
  shares: Float64Array,
  day: Day,
): ReadonlyMap<string, number> | undefined {
  const values = ids.map((id, i) => shares[i] * cappingFactors[i] * closeBy(prices, id, day));
  const total = values.reduce((sum, value) => sum + value, 0);
  return Number.isFinite(total) && total > 0
    ? new Map(ids.map((id, i) => [id as string, values[i] / total]))
    : undefined;
}

/** A suspended share counts at its last close. */
function closeBy(prices: PricePanel, id: SecurityId, day: Day): number {
  const row = lastRow(prices, prices.ids.indexOf(id), day);
  return row < 0 ? Number.NaN : prices.close[row];
}

/** Reviews with published changes; the weights of those whose baskets are held before and after. */
function reviewsOf(data: IndexData): ClaimReview[] {
  const { rulebook, market, changes, baskets } = data;
  const effectives = [...new Set(changes.map(({ effective }) => effective))].toSorted((a, b) => a - b);
  return effectives.flatMap((effective): ClaimReview[] => {
    const own = changes.filter((change) => change.effective === effective);
    const methodology = methodologyOfReview(rulebook, market.calendar, effective);
    const dates = cyclesAround(methodology, market.calendar, effective).find(
      (one) => one.effective === effective,
    );
    if (dates === undefined) return [];
    const place = baskets.findIndex((one) => one.composition.effective === effective);
    const members = place > 0 ? runReview(data, { effective, knownAt: dates.swap }).proForma.members : [];
    return [
      {
        index: rulebook.id,
        announced: own[0].announced,
        pricing: dates.pricing,
        swap: dates.swap,
        effective,
        additions: own.filter(({ action }) => action === 'add').map(({ id }) => id),
        deletions: own.filter(({ action }) => action === 'delete').map(({ id }) => id),
        before: new Map(members.map(({ id, weightBefore }) => [id, weightBefore])),
        after: new Map(members.map(({ id, weightAfter }) => [id, weightAfter])),
      },
    ];
  });
}

/** Caps and counts of a rulebook from each day that any of them changed. */
function rulesOf(rulebook: Rulebook): IndexRules[] {
  const clauses = [...rulebook.clauses.caps, ...rulebook.clauses.selection];
  const days = [...new Set(clauses.map(({ from }) => from))].toSorted((a, b) => a - b);
  return days.map((from): IndexRules => {
    const { clauses: inForce } = resolveRulebook(rulebook, from);
    const caps = capsOf(resolveRulebook(rulebook, from)).map(({ rule }) => rule);
    const single = caps.find((rule) => rule.kind === 'single');
    const top = caps.find((rule) => rule.kind === 'top-k');
    const count = inForce.selection
      .map(({ rule }) => ('count' in rule ? Number(rule.count) : undefined))
      .find((one) => one !== undefined);
    return {
      index: rulebook.id,
      from,
      members: count,
      cap: single?.cap,
      top: top === undefined ? undefined : { k: top.k, limit: top.limit },
      rulebook: `${rulebook.id}@${rulebook.version}`,
    };
  });
}

function nextReview(
  { held, rulebooks }: ClaimSources,
  index: string,
  after: Day,
): Pick<ClaimReview, 'announced' | 'swap' | 'effective'> | undefined {
  const rulebook = rulebooks.find((one) => one.id === index);
  const { calendar } = held.market;
  if (rulebook === undefined || rulebook.market !== calendar.market) return undefined;
  const dates = cyclesAround(methodologyOfReview(rulebook, calendar, after), calendar, after).find(
    ({ swap }) => swap > after,
  );
  return dates === undefined
    ? undefined
    : { announced: dates.announcement, swap: dates.swap, effective: dates.effective };
}
