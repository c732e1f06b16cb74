/** The history of a methodology as table, JSON document and sheets; a changed one beside it. */
import {
  describeChange,
  ENGINE_VERSION,
  formatDay,
  trackedAssets,
  type Backtest,
  type BacktestRequest,
  type BacktestReview,
  type ClauseChange,
  type Finding,
  type IndexData,
  type Language,
} from '../../core/index.js';
import { money, percent, points } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson, moneyJson, namingOf } from './shared.js';

/** One methodology run over the period. */
export interface Variant {
  readonly changes: readonly ClauseChange[];
  readonly backtest: Backtest;
  /** Reviews found finished in the data folder. */
  readonly takenOver: number;
  readonly damaged: boolean;
  /** Hash of everything the result depends on. */
  readonly key: string;
}

interface BacktestView {
  readonly data: IndexData;
  readonly request: BacktestRequest;
  readonly published: Variant;
  /** Tracked assets asked for; published totals as known at each swap when absent. */
  readonly assets: number | undefined;
}

export function backtestResult(view: BacktestView, changed: Variant | undefined, language: Language): Result {
  const { data, published } = view;
  const findings = findingsOf(view, changed);
  return {
    json: {
      index: data.rulebook.id,
      ...variantJson(view, published),
      changed: changed === undefined ? null : { set: setOf(changed), ...variantJson(view, changed) },
      provenance: provenanceOf(view, changed),
      findings: findingsJson(findings),
    },
    sheets: [
      {
        name: 'reviews',
        rows: [published, ...(changed ? [changed] : [])].flatMap((v) => reviewRows(view, v)),
      },
      { name: 'levels', rows: levelRows(published, changed) },
    ],
    lines: [
      headLine(view, published, language),
      ...reviewTable(view, published, language),
      ...(changed ? changedLines(view, changed, language) : []),
      '',
      ...lastLines(view, changed, language),
    ],
    findings,
  };
}

/** One line per value swept. */
export function sweepResult(view: BacktestView, variants: readonly Variant[], language: Language): Result {
  const { data, published } = view;
  const rows = [published, ...variants].map((variant) => summaryRow(published, variant));
  const findings = findingsOf(view, ...variants);
  const keys = ['set', 'meanTurnover', 'largestWeight', 'topFive', 'effectiveN', 'lastLevel'] as const;
  return {
    json: {
      index: data.rulebook.id,
      ...variantJson(view, published),
      sweep: rows,
      provenance: provenanceOf(view, ...variants),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'sweep', rows }],
    lines: [
      headLine(view, published, language),
      ...renderTable(
        columns(keys, language),
        rows.map((row) => [
          row.set === '' ? word('published', language) : row.set,
          percent(row.meanTurnover),
          percent(row.largest),
          percent(row.topFive),
          row.effectiveN.toFixed(1),
          row.lastLevel.toFixed(3),
        ]),
      ),
    ],
    findings,
  };
}

const setOf = ({ changes }: Variant): string[] => changes.map(describeChange);

function variantJson(view: BacktestView, variant: Variant): Record<string, unknown> {
  const { reviews, levels } = variant.backtest;
  return {
    reviews: reviews.map((review) => reviewJson(view, review)),
    levels: levels.map(({ day, level }) => ({
      date: formatDay(day),
      level,
      published: view.data.levels.get(day) ?? null,
    })),
    turnoverOneWay: reviews.map(({ turnoverOneWay }) => turnoverOneWay),
    concentration: reviews.map(({ concentration }) => concentration),
  };
}

function reviewJson(view: BacktestView, review: BacktestReview): Record<string, unknown> {
  const { currency } = view.data.rulebook;
  const traded = tradedOf(view, review);
  const days = daysOf(view, review);
  return {
    ...Object.fromEntries(Object.entries(review.dates).map(([name, day]) => [name, formatDay(day)])),
    basis: review.basis,
    additions: review.additions,
    deletions: review.deletions,
    turnoverOneWay: review.turnoverOneWay,
    concentration: review.concentration,
    constraints: review.bound,
    traded: traded === undefined ? null : moneyJson(traded, currency),
    daysOfHardestTrade: days ?? null,
    capacity:
      review.capacity === undefined
        ? null
        : { ...moneyJson(review.capacity.assets, currency), hardest: review.capacity.hardest },
    constituents: review.weights,
  };
}

/** Tracked assets: those asked for, or the last published total known on the evening of the swap. */
function assetsOf({ data, assets }: BacktestView, { dates }: BacktestReview): number | undefined {
  if (assets !== undefined) return assets;
  const known = data.assets.some(({ knownOn }) => knownOn <= dates.swap);
  if (!known) return undefined;
  return trackedAssets(data.assets, data.rulebook.currency, dates.announcement, dates.swap).amount;
}

function tradedOf(view: BacktestView, review: BacktestReview): number | undefined {
  const assets = assetsOf(view, review);
  return assets === undefined ? undefined : assets * review.turnoverOneWay;
}

function daysOf(view: BacktestView, review: BacktestReview): number | undefined {
  const assets = assetsOf(view, review);
  return assets === undefined || review.capacity === undefined ? undefined : assets / review.capacity.assets;
}

function reviewRows(view: BacktestView, variant: Variant): ExportRow[] {
  return variant.backtest.reviews.map((review) => ({
    set: setOf(variant).join(' '),
    effective: formatDay(review.dates.effective),
    swap: formatDay(review.dates.swap),
    basis: review.basis,
    additions: review.additions.join(' '),
    deletions: review.deletions.join(' '),
    turnoverOneWay: review.turnoverOneWay,
    largest: review.concentration.largest,
    topFive: review.concentration.topFive,
    effectiveN: review.concentration.effectiveN,
    bound: review.bound.map(({ rule, members }) => `${rule}: ${members.join(' ')}`).join('; '),
    traded: tradedOf(view, review) ?? null,
    daysOfHardestTrade: daysOf(view, review) ?? null,
    capacity: review.capacity?.assets ?? null,
    hardest: review.capacity?.hardest ?? null,
  }));
}

function levelRows(published: Variant, changed: Variant | undefined): ExportRow[] {
  const other = new Map(changed?.backtest.levels.map(({ day, level }) => [day, level]));
  return published.backtest.levels.map(({ day, level }) => ({
    date: formatDay(day),
    level,
    ...(changed
      ? { changed: other.get(day) ?? null, difference: (other.get(day) ?? Number.NaN) - level }
      : {}),
  }));
}

interface SummaryRow extends ExportRow {
  readonly set: string;
  readonly meanTurnover: number;
  readonly largest: number;
  readonly topFive: number;
  readonly effectiveN: number;
  readonly lastLevel: number;
  /** Standard deviation of daily return differences from the published methodology, fraction. */
  readonly trackingError: number;
}

/** Means over the reviews, the level at the end, and how the days differed. */
function summaryRow(published: Variant, variant: Variant): SummaryRow {
  const { reviews, levels } = variant.backtest;
  const mean = (of: (review: BacktestReview) => number): number =>
    reviews.reduce((total, review) => total + of(review), 0) / reviews.length;
  return {
    set: setOf(variant).join(' '),
    meanTurnover: mean(({ turnoverOneWay }) => turnoverOneWay),
    largest: mean(({ concentration }) => concentration.largest),
    topFive: mean(({ concentration }) => concentration.topFive),
    effectiveN: mean(({ concentration }) => concentration.effectiveN),
    lastLevel: levels[levels.length - 1].level,
    trackingError: trackingError(published.backtest, variant.backtest),
  };
}

function trackingError(a: Backtest, b: Backtest): number {
  const returns = ({ levels }: Backtest): number[] =>
    levels.slice(1).map(({ level }, i) => level / levels[i].level - 1);
  const other = returns(b);
  const gaps = returns(a).map((value, i) => other[i] - value);
  const mean = gaps.reduce((total, gap) => total + gap, 0) / gaps.length;
  return Math.sqrt(gaps.reduce((total, gap) => total + (gap - mean) ** 2, 0) / Math.max(1, gaps.length - 1));
}

function headLine({ data }: BacktestView, { backtest }: Variant, language: Language): string {
  const { rulebook } = data;
  const name = language === 'zh' ? rulebook.nameZh : rulebook.nameEn;
  const { levels, reviews } = backtest;
  const [first, last] = [levels[0].day, levels[levels.length - 1].day].map(formatDay);
  return `${name} | ${first} - ${last} | ${word('reviews', language)} ${reviews.length}`;
}

function reviewTable(view: BacktestView, { backtest }: Variant, language: Language): string[] {
  const { data } = view;
  const keys = ['effective', 'inOut', 'turnover', 'largestWeight', 'topFive', 'effectiveN'] as const;
  const money2 = ['traded', 'days', 'capacity'] as const;
  const naming = namingOf(data, language);
  const rows = backtest.reviews.map((review) => {
    const traded = tradedOf(view, review);
    const days = daysOf(view, review);
    return [
      formatDay(review.dates.effective),
      `+${review.additions.length} -${review.deletions.length}`,
      percent(review.turnoverOneWay),
      percent(review.concentration.largest),
      percent(review.concentration.topFive),
      review.concentration.effectiveN.toFixed(1),
      traded === undefined ? '-' : money(traded, language),
      days === undefined ? '-' : days.toFixed(1),
      review.capacity === undefined ? '-' : money(review.capacity.assets, language),
    ];
  });
  const bound = backtest.reviews.flatMap(({ dates, bound: rules, capacity }) => [
    ...rules.flatMap(({ rule, members }) =>
      wrap(
        `${formatDay(dates.effective)} ${rule} ${word('bound', language)}: ${members.map(naming.name).join(', ')}`,
        98,
        '    ',
      ),
    ),
    ...(capacity === undefined
      ? []
      : [
          `${formatDay(dates.effective)} ${word('hardestTrade', language)}: ${naming.name(capacity.hardest)}`,
        ]),
  ]);
  return [...renderTable(columns([...keys, ...money2], language), rows), ...bound];
}

function changedLines(view: BacktestView, changed: Variant, language: Language): string[] {
  return [
    '',
    `--set ${setOf(changed).join(' ')}`,
    ...reviewTable(view, changed, language),
    ...shifts(view, changed, language),
  ];
}

/** Names whose weight differs most between the two methodologies, review by review. */
function shifts({ data, published }: BacktestView, changed: Variant, language: Language): string[] {
  const naming = namingOf(data, language);
  return changed.backtest.reviews.flatMap((review, i) => {
    const before = new Map(published.backtest.reviews[i]?.weights.map(({ id, weight }) => [id, weight]));
    const moved = review.weights
      .map(({ id, weight }) => ({ id, by: weight - (before.get(id) ?? 0) }))
      .toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by))
      .slice(0, 5);
    const text = moved.map(({ id, by }) => `${naming.name(id)} ${points(by)}`).join(', ');
    return wrap(`${formatDay(review.dates.effective)} ${word('weightShift', language)}: ${text}`, 98, '    ');
  });
}

function lastLines(
  { data, published }: BacktestView,
  changed: Variant | undefined,
  language: Language,
): string[] {
  const end = ({ backtest: { levels } }: Variant) => levels[levels.length - 1];
  const { day, level } = end(published);
  const close = data.levels.get(day);
  const beside = close === undefined ? '' : ` (${word('publishedClose', language)} ${close.toFixed(3)})`;
  const line = `${word('lastLevel', language)} ${formatDay(day)}: ${level.toFixed(3)}${beside}`;
  if (changed === undefined) return [line];
  const gap = end(changed).level - level;
  return [
    `${line} | --set: ${end(changed).level.toFixed(3)} (${gap < 0 ? '' : '+'}${gap.toFixed(3)}) | ` +
      `${word('trackingError', language)} ${(trackingError(published.backtest, changed.backtest) * 1e4).toFixed(1)} bp`,
  ];
}

function provenanceOf(
  { data, published }: BacktestView,
  ...others: (Variant | undefined)[]
): Record<string, unknown> {
  const changed = others.flatMap((variant) => (variant ? [variant.key] : []));
  return {
    data: published.key,
    ...(changed.length > 0 ? { changed } : {}),
    rulebook: `${data.rulebook.id}@${data.rulebook.version}`,
    reading: {},
    engine: ENGINE_VERSION,
  };
}

function findingsOf({ published }: BacktestView, ...others: (Variant | undefined)[]): readonly Finding[] {
  const variants = [published, ...others.filter((variant) => variant !== undefined)];
  const about = variants.flatMap((variant): Finding[] => {
    const subject = setOf(variant).join(' ') || 'published';
    const found: Finding[] = [];
    if (variant.takenOver > 0) {
      const message = `${variant.takenOver} reviews taken over from an earlier run with the same rules and data`;
      found.push({ code: 'reviews_taken_over', subject, message });
    }
    if (variant.damaged) {
      const message = 'an earlier result in the data folder was damaged and was computed anew';
      found.push({ code: 'stored_result_damaged', subject, message });
    }
    return found;
  });
  return [...about, ...published.backtest.findings];
}

const columns = (keys: readonly WordKey[], language: Language): Column[] =>
  keys.map((key, i) => ({ title: word(key, language), align: i === 0 ? 'left' : 'right' }));
