/** A forecast as table, JSON document and sheets. */
import {
  formatDay,
  type ForecastRun,
  type IndexData,
  type Language,
  type NameDraws,
} from '../../core/index.js';
import { daysToTrade, money, percent } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { datesJson, findingsJson, headingLines, moneyJson, namingOf, type Naming } from './shared.js';

/** How a name's mean flow answers to one input. */
export interface Sensitivity {
  readonly id: string;
  /** Change of the mean flow when its own price stands one percent higher today. */
  readonly ownPrice: number;
  readonly readings: readonly { readonly reading: string; readonly flow: number }[];
}

/** Quantiles that are shown of every flow and of every number of shares. */
export const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
/** Lines of the table on a terminal. */
const SHOWN = 14;

/** @param run with quantiles at `LEVELS` */
export function forecastResult(
  data: IndexData,
  run: ForecastRun,
  sensitivities: readonly Sensitivity[],
  language: Language,
): Result {
  const { draws, still, assets } = run;
  const { currency } = data.rulebook;
  const naming = namingOf(data, 'en');
  const adv = new Map(
    still.snapshots.atSwap.securities.map(({ id }, i) => [id, still.snapshots.atSwap.adv20Value[i]]),
  );
  const rows = draws.names.map((name) => nameRow(name, naming, adv.get(name.id) ?? Number.NaN));
  return {
    json: {
      index: still.methodology.rulebook.id,
      dates: datesJson(still),
      knownAt: formatDay(still.knownAt),
      basis: still.review.basis,
      paths: draws.paths,
      seats: draws.seats,
      trackedAssets: { amount: assets.amount, currency, asOf: formatDay(assets.asOf), range: assets.range },
      turnoverOneWay: draws.turnoverOneWay.mean,
      singleCapBinds: draws.singleBinds,
      jointCapBinds: draws.jointBinds,
      securities: rows.map((row) => nameJson(row, currency)),
      standardErrors: {
        turnoverOneWay: draws.turnoverOneWay.error,
        pIn: Object.fromEntries(draws.names.map((name) => [name.id, name.in.error])),
        pCapped: Object.fromEntries(draws.names.map((name) => [name.id, name.capped.error])),
        flow: Object.fromEntries(draws.names.map((name) => [name.id, name.flow.error])),
      },
      sensitivities: sensitivities.map(({ id, ownPrice, readings }) => ({
        id,
        ownPriceUpOnePercent: moneyJson(ownPrice, currency),
        assetsUpOnePercent: moneyJson(
          (draws.names.find((name) => name.id === id)?.flow.mean ?? 0) * 0.01,
          currency,
        ),
        readings: readings.map(({ reading, flow }) => ({ reading, flow: moneyJson(flow, currency) })),
      })),
      provenance: run.provenance,
      findings: findingsJson(run.findings),
    },
    sheets: [{ name: 'forecast', rows }],
    lines: lines(data, run, sensitivities, adv, language),
    findings: run.findings,
  };
}

function nameRow(name: NameDraws, naming: Naming, adv: number): ExportRow {
  const [p05, p25, p50, p75, p95] = spreadOf(name.flowQuantiles);
  const shares = spreadOf(name.shareQuantiles);
  return {
    id: name.id,
    name: naming.nameZh(name.id),
    nameEn: naming.nameEn(name.id),
    member: name.incumbent,
    pIn: name.in.mean,
    pOut: 1 - name.in.mean,
    pCapped: name.capped.mean,
    weightAfter: name.weightAfter,
    flowMean: name.flow.mean,
    p05,
    p25,
    p50,
    p75,
    p95,
    sharesMean: name.shares.mean,
    shares05: shares[0],
    shares95: shares[4],
    adv20Value: adv,
    daysToTrade: Math.abs(name.flow.mean) / adv,
  };
}

/** A name that no path trades has a flow of nothing. */
const spreadOf = (quantiles: readonly number[]): readonly number[] =>
  quantiles.length === 0 ? LEVELS.map(() => 0) : quantiles;

function nameJson(row: ExportRow, currency: string): Record<string, unknown> {
  const { flowMean: mean, p05, p25, p50, p75, p95, sharesMean, shares05, shares95, ...rest } = row;
  return {
    ...rest,
    flow: { mean, p05, p25, p50, p75, p95, currency },
    shares: { mean: sharesMean, p05: shares05, p95: shares95 },
  };
}

/** Whole percent, and what is nearly sure said so. */
function chance(p: number): string {
  if (p <= 0) return '0';
  if (p >= 1) return '100';
  if (p < 0.01) return '<1';
  return p > 0.99 ? '>99' : (100 * p).toFixed(0);
}

function lines(
  data: IndexData,
  run: ForecastRun,
  sensitivities: readonly Sensitivity[],
  adv: ReadonlyMap<string, number>,
  language: Language,
): string[] {
  const { draws, still, assets } = run;
  const naming = namingOf(data, language);
  const bySize = draws.names
    .toSorted((a, b) => Math.abs(b.flow.mean) - Math.abs(a.flow.mean))
    .slice(0, SHOWN);
  const cash = (amount: number): string => money(amount, language, true);
  const keys: readonly WordKey[] = [
    'code',
    'member',
    'pIn',
    'pCapped',
    'after',
    'meanFlow',
    'p05',
    'p50',
    'p95',
    'days',
  ];
  const table = renderTable(
    keys.map((key, i): Column => ({ title: word(key, language), align: i < 2 ? 'left' : 'right' })),
    bySize.map((name) => {
      const [low, , middle, , high] = spreadOf(name.flowQuantiles);
      return [
        naming.code(name.id),
        naming.name(name.id),
        chance(name.in.mean),
        chance(name.capped.mean),
        percent(name.weightAfter),
        cash(name.flow.mean),
        cash(low),
        cash(middle),
        cash(high),
        daysToTrade(Math.abs(name.flow.mean) / (adv.get(name.id) ?? Number.NaN)),
      ];
    }),
  );
  const open = draws.names
    .filter(({ in: p, incumbent }) => (incumbent ? p.mean < 0.995 : p.mean > 0.005))
    .toSorted((a, b) => Number(a.incumbent) - Number(b.incumbent) || b.in.mean - a.in.mean);
  const sideOf = (member: boolean): string =>
    open
      .filter(({ incumbent }) => incumbent === member)
      .map((name) => `${naming.name(name.id)} ${chance(member ? 1 - name.in.mean : name.in.mean)} %`)
      .join(', ');
  const [focus] = sensitivities;
  return [
    ...headingLines(still, language),
    `${draws.paths} ${word('paths', language)} | ${word('turnover', language)} ${percent(draws.turnoverOneWay.mean)} % | ` +
      `${word('singleBinds', language)} ${chance(draws.singleBinds)} %, ${word('jointBinds', language)} ${chance(draws.jointBinds)} % | ` +
      `${word('assets', language)} ${money(assets.amount, language)}`,
    '',
    ...wrap(`+ ${sideOf(false) || '-'}`, 98, '    '),
    ...wrap(`- ${sideOf(true) || '-'}`, 98, '    '),
    '',
    ...table,
    ...(focus === undefined
      ? []
      : [
          '',
          ...wrap(
            `${naming.name(focus.id as NameDraws['id'])}: ${word('ownPriceUp', language)} ${cash(focus.ownPrice)}; ` +
              focus.readings.map(({ reading, flow }) => `${reading} ${cash(flow)}`).join(', '),
            98,
            '    ',
          ),
        ]),
  ];
}
