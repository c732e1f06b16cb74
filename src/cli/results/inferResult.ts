/** The index X-ray as table, JSON document and sheets: weights with errors, and what the levels say of a review. */
import {
  formatDay,
  type BreakScan,
  type FoundReview,
  type IndexData,
  type Language,
  type PricingCandidate,
  type PricingDate,
  type SecurityId,
  type XrayBasket,
  type XrayRun,
} from '../../core/index.js';
import type { ExportRow, Result } from '../output.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word } from '../words/words.js';
import { findingsJson, namingOf, type Naming } from './shared.js';

interface ConstituentRow {
  readonly id: SecurityId;
  readonly weight: number;
  readonly standardError: number;
  /** Units over what the common factor of the last review would have given; 1 for who moved with the rest. */
  readonly ratio: number;
  readonly atCap: boolean;
  readonly cut: boolean;
}

export function inferResult(data: IndexData, run: XrayRun, language: Language): Result {
  const { xray, provenance } = run;
  const naming = namingOf(data, language);
  const rows = constituentsOf(run);
  const lastBasket = xray.baskets[xray.baskets.length - 1];
  return {
    json: {
      index: data.rulebook.id,
      from: formatDay(xray.baskets[0].days[0]),
      to: formatDay(xray.last.day),
      constituents: rows.map((row) => constituentJson(row, naming)),
      fit: xray.fit,
      baskets: xray.baskets.map(basketJson),
      swapFound: xray.scan === undefined ? null : scanJson(xray.scan),
      changes: xray.search === undefined ? null : searchJson(xray.search),
      provenance,
      findings: findingsJson(xray.findings),
    },
    sheets: [
      { name: 'weights', rows: rows.map((row): ExportRow => constituentJson(row, naming)) },
      { name: 'residuals', rows: xray.baskets.flatMap(residualRows) },
    ],
    lines: [
      ...headLines(data, run, language),
      ...xray.baskets.flatMap((basket) => ['', ...basketLines(basket, naming, language)]),
      ...(xray.scan === undefined ? [] : ['', ...scanLines(xray.scan, language)]),
      ...(xray.search === undefined ? [] : ['', ...pairLines(xray.search, naming, language)]),
      '',
      `${formatDay(xray.last.day)} | ${lastBasket.estimate.ids.length} ${word('members', language)}`,
      ...weightTable(rows, naming, language),
    ],
    findings: xray.findings,
  };
}

/** Largest weight first. */
function constituentsOf({ xray }: XrayRun): ConstituentRow[] {
  const basket = xray.baskets[xray.baskets.length - 1];
  const ratios = new Map(basket.carried?.rescaled.map(({ id, ratio }) => [id, ratio]));
  const atCap = new Set(basket.pricing?.found?.atCap.map(({ id }) => id));
  return basket.estimate.ids
    .map((id, row) => ({
      id,
      weight: xray.last.weights[row],
      standardError: xray.last.standardErrors[row],
      ratio: ratios.get(id) ?? 1,
      atCap: atCap.has(id),
      cut: (ratios.get(id) ?? 1) < 1,
    }))
    .toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
}

const constituentJson = (row: ConstituentRow, naming: Naming) => ({
  id: row.id,
  name: naming.nameZh(row.id),
  nameEn: naming.nameEn(row.id),
  weight: row.weight,
  standardError: row.standardError,
  capped: row.atCap || row.cut,
  ratioToCommonFactor: row.ratio,
});

function basketJson({ swap, days, estimate, condition, carried, pricing }: XrayBasket): object {
  return {
    swap: formatDay(swap),
    from: formatDay(days[0]),
    to: formatDay(days[days.length - 1]),
    members: estimate.ids.length,
    sessions: days.length,
    noise: Math.sqrt(estimate.variance),
    degreesOfFreedom: estimate.dof,
    condition: condition ?? null,
    carried:
      carried === undefined
        ? null
        : {
            commonFactor: carried.commonFactor,
            rescaled: carried.rescaled,
            additions: carried.added,
            deletions: carried.deleted,
          },
    pricing: pricing === undefined ? null : pricingJson(pricing),
  };
}

const pricingJson = ({ found, candidates }: PricingDate): object => ({
  day: found === undefined ? null : formatDay(found.day),
  candidates: candidates.map((candidate) => ({ ...candidate, day: formatDay(candidate.day) })),
});

const scanJson = ({ best, overNext, chance, candidates }: BreakScan): object => ({
  swap: formatDay(best.swap),
  logOddsOverNext: overNext,
  chanceWithoutChange: chance,
  candidates: candidates.map((candidate) => ({ ...candidate, swap: formatDay(candidate.swap) })),
});

const searchJson = ({ change, scan, exchanged }: FoundReview): object => ({
  ...change,
  exchanged,
  swapBeforeMembersKnown: formatDay(scan.best.swap),
});

const residualRows = ({ swap, days, residuals }: XrayBasket): ExportRow[] =>
  days.map((day, i) => ({ date: formatDay(day), basketSince: formatDay(swap), residual: residuals[i] }));

function headLines({ rulebook }: IndexData, { xray }: XrayRun, language: Language): string[] {
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  const name = language === 'zh' ? rulebook.nameZh : rulebook.nameEn;
  const code = rulebook.aliases[0] === undefined ? '' : ` (${rulebook.aliases[0]})`;
  const { sessions, maxResidual, rms } = xray.fit;
  return [
    `${name}${code} | ${w('xray')}, ${formatDay(xray.baskets[0].days[0])}..${formatDay(xray.last.day)}`,
    `${sessions} ${w('sessions')} | ${w('largestResidual')} ${maxResidual.toFixed(4)} ${w('points')}, rms ${rms.toFixed(4)}`,
  ];
}

function basketLines(basket: XrayBasket, naming: Naming, language: Language): string[] {
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  const { swap, days, estimate, condition, carried, pricing } = basket;
  const parts = [
    `${w('fromClose')} ${formatDay(swap)}: ${estimate.ids.length} ${w('members')}, ${days.length} ${w('sessions')}`,
    `${w('noise')} ${Math.sqrt(estimate.variance).toFixed(4)} ${w('points')}`,
  ];
  if (condition !== undefined) parts.push(`${w('condition')} ${condition.toFixed(0)}`);
  if (carried !== undefined) parts.push(...carriedParts(carried, naming, language));
  return [
    ...wrap(parts.join(' | '), 100),
    ...(pricing === undefined ? [] : pricingLines(pricing, naming, language)),
    ...(carried === undefined || carried.rescaled.length === 0
      ? []
      : rescaledTable(carried.rescaled, naming, language)),
  ];
}

function carriedParts(
  { commonFactor, added, deleted }: NonNullable<XrayBasket['carried']>,
  naming: Naming,
  language: Language,
): string[] {
  const named = (ids: readonly SecurityId[]): string =>
    ids.map((id) => `${naming.code(id)} ${naming.name(id)}`).join(', ');
  const parts = [
    `${word('carriedOver', language)} ${commonFactor.value.toFixed(4)} ± ${commonFactor.standardError.toFixed(4)}`,
  ];
  if (added.length > 0) parts.push(`${word('addition', language)} ${named(added)}`);
  if (deleted.length > 0) parts.push(`${word('deletion', language)} ${named(deleted)}`);
  return parts;
}

function pricingLines({ found, candidates }: PricingDate, naming: Naming, language: Language): string[] {
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  if (found === undefined) return wrap(w('notPriced'), 100);
  const weights = found.atCap.map((at) => `${naming.name(at.id)} ${withError(at.weight, at.standardError)}`);
  const joint =
    found.top?.met === true
      ? [`${found.top.k} ${w('together')} ${withError(found.top.sum, found.top.standardError)}`]
      : [];
  const others = candidates.filter((candidate) => candidate !== found);
  const close = others.filter(({ deviation, standardError }) => deviation <= 3 * standardError);
  const rest =
    close.length > 0
      ? `${w('cannotExclude')}: ${close.map((day) => offBy(day, language)).join('; ')}`
      : `${w('nextBest')} ${others.slice(0, 1).map((day) => offBy(day, language))}`;
  return wrap(
    `${w('pricedOn')} ${formatDay(found.day)}: ${[...weights, ...joint].join(', ')} | ${rest}`,
    100,
  );
}

const offBy = ({ day, deviation, standardError }: PricingCandidate, language: Language): string =>
  `${formatDay(day)} ${word('offBy', language)} ${withError(deviation, standardError)}`;

/** A weight and its error need a digit more than weights alone: `10.012 ± 0.011 %`. */
const withError = (weight: number, error: number): string =>
  `${(weight * 100).toFixed(3)} ± ${(error * 100).toFixed(3)} %`;

function rescaledTable(
  rescaled: NonNullable<XrayBasket['carried']>['rescaled'],
  naming: Naming,
  language: Language,
): string[] {
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  const rows = rescaled
    .toSorted((a, b) => a.ratio - b.ratio)
    .map(({ id, ratio, standardError, chance }) => [
      naming.code(id),
      naming.name(id),
      ratio.toFixed(4),
      standardError.toFixed(4),
      chance.toExponential(0),
    ]);
  return [
    w('rescaled'),
    ...renderTable(
      [
        left(w('code')),
        named(w('member')),
        right(w('rescaledBy')),
        right(w('standardError')),
        right(w('chance')),
      ],
      rows,
    ),
  ];
}

function scanLines({ best, overNext, chance }: BreakScan, language: Language): string[] {
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  return wrap(
    `${w('swapFound')} ${formatDay(best.swap)}: ${w('clearBy')} ${overNext.toFixed(0)}, ${w('clearOfNone')} ${chance.toExponential(0)}`,
    100,
  );
}

function pairLines({ change }: FoundReview, naming: Naming, language: Language): string[] {
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  const rows = change.pairs.map((pair) => [
    `${naming.code(pair.deleted)} ${naming.name(pair.deleted)}`,
    `${naming.code(pair.added)} ${naming.name(pair.added)}`,
    pair.residualSquares.toExponential(2),
    pair.ratioToBest.toFixed(1),
  ]);
  return [
    ...wrap(`${w('pairs')} (${change.tried})`, 100),
    ...renderTable(
      [left(w('deletion')), left(w('addition')), right(w('residualSquares')), right(w('ratioToBest'))],
      rows,
    ),
  ];
}

function weightTable(rows: readonly ConstituentRow[], naming: Naming, language: Language): string[] {
  const w = (key: Parameters<typeof word>[0]): string => word(key, language);
  return renderTable(
    [
      left(w('code')),
      named(w('member')),
      right(`${w('weight')} %`),
      right(`${w('standardError')} pp`),
      left(w('capped')),
    ],
    rows.map((row) => [
      naming.code(row.id),
      naming.name(row.id),
      (row.weight * 100).toFixed(3),
      (row.standardError * 100).toFixed(3),
      row.atCap ? w('atCap') : row.cut ? w('cutByCap') : '',
    ]),
  );
}

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });
const named = (title: string): Column => ({ title, align: 'left', maxWidth: 24 });
