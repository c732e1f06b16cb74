/** Funds seen through as table, JSON document and sheets: what is behind one, or which ones hold a security. */
import {
  formatDay,
  type Derivation,
  type Fund,
  type HoldersRun,
  type Language,
  type LookThroughRun,
  type Route,
} from '../../core/index.js';
import { money, percent } from '../format.js';
import type { Result } from '../output.js';
import { joinParts, renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import type { Names } from './leadersResult.js';
import { findingsJson, moneyJson, sourcesOf } from './shared.js';

const fundJson = ({ id, nameEn, nameZh, kind, follows, theme, source }: Fund) => ({
  id,
  name: { en: nameEn, zh: nameZh },
  kind,
  follows,
  theme,
  source,
});

const routeJson = ({ asOf, ...route }: Route) => ({ ...route, asOf: formatDay(asOf) });

/** Numbers about the whole basket. */
const DERIVED: Readonly<Record<string, Derivation>> = {
  unknown: { formula: '1 - sum of the weights of all exposures', from: ['exposures'] },
  effectiveN: {
    formula: '1 / sum of squared weights; least with the unknown part in one name',
    from: ['exposures', 'unknown'],
  },
  themes: { formula: 'sum of the weights by industry of the security', from: ['exposures'] },
};

export function lookThroughResult(run: LookThroughRun, names: Names, language: Language): Result {
  const { fund, at, view, assets, industries, findings } = run;
  return {
    json: {
      fund: fundJson(fund),
      at: formatDay(at),
      weightsOf: formatDay(run.weightsOf),
      assets: assets
        ? {
            ...moneyJson(assets.amount, assets.currency),
            asOf: formatDay(assets.asOf),
            source: assets.source,
          }
        : null,
      exposures: view.exposures.map(({ id, weight, routes }) => ({
        id,
        name: names(id),
        weight,
        amount: assets ? moneyJson(assets.amount * weight, assets.currency) : null,
        routes: routes.map(routeJson),
      })),
      unknown: view.unknown,
      effectiveN: view.effectiveN,
      themes: { fund: fund.theme, industries },
      derived: DERIVED,
      provenance: run.provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      {
        name: 'exposures',
        rows: view.exposures.map(({ id, weight, routes }) => ({
          id,
          name: names(id).en,
          weight,
          through: routes.map(({ through }) => through.join(' > ')).join('; '),
          source: sourcesOf(routes),
        })),
      },
      {
        name: 'industries',
        rows: industries.map(({ theme, weight }) => ({
          industry: theme,
          weight,
          source: sourcesOf(view.exposures.flatMap(({ routes }) => routes)),
        })),
      },
    ],
    lines: fundLines(run, names, language),
    findings,
  };
}

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** Names shown in the terminal; all are in the export. */
const SHOWN = 15;

function fundLines(run: LookThroughRun, names: Names, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const { fund, at, view, assets, industries } = run;
  const { least, most } = view.effectiveN;
  return [
    ...joinParts([
      `${w('exposure')} ${fund.id} ${language === 'zh' ? fund.nameZh : fund.nameEn}`,
      `${w('follows')} ${fund.follows}`,
      formatDay(at),
      ...(assets ? [`${w('assets')} ${money(assets.amount, language)} (${formatDay(assets.asOf)})`] : []),
    ]),
    ...joinParts([
      `${w('effectiveNumber')} ${least.toFixed(1)}${most - least > 0.05 ? ` - ${most.toFixed(1)}` : ''}`,
      `${w('unknownPart')} ${percent(view.unknown)} %`,
    ]),
    '',
    ...renderTable(
      [left(w('code')), left(w('name')), right('%'), left(w('throughWhom'))],
      view.exposures
        .slice(0, SHOWN)
        .map(({ id, weight, routes }) => [
          id,
          names(id)[language],
          percent(weight),
          routes.map(({ through }) => through.join(' > ')).join('; '),
        ]),
    ),
    ...wrap(
      `${w('industries')}: ${industries
        .filter(({ theme }) => theme !== '')
        .slice(0, 6)
        .map(({ theme, weight }) => `${theme} ${percent(weight)} %`)
        .join(', ')}`,
    ),
  ];
}

export function holdersResult(run: HoldersRun, names: Names, language: Language): Result {
  const { security, at, holders, findings } = run;
  const w = (key: WordKey): string => word(key, language);
  return {
    json: {
      security,
      name: names(security),
      at: formatDay(at),
      before: run.before === undefined ? null : formatDay(run.before),
      holders: holders.map(({ fund, weight, routes, before, unknown, weightsOf, assets, amount }) => ({
        fund: fundJson(fund),
        weight,
        routes: routes.map(routeJson),
        weightBefore: before?.weight ?? null,
        routesBefore: before?.routes.map(routeJson) ?? null,
        unknown,
        weightsOf: formatDay(weightsOf),
        assets: assets
          ? {
              ...moneyJson(assets.amount, assets.currency),
              asOf: formatDay(assets.asOf),
              source: assets.source,
            }
          : null,
        amount: amount !== undefined && assets ? moneyJson(amount, assets.currency) : null,
      })),
      notKnown: run.left.map(({ fund, why }) => ({ fund: fundJson(fund), why })),
      provenance: run.provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      {
        name: 'holders',
        rows: holders.map(({ fund, weight, routes, before, unknown, weightsOf, assets, amount }) => ({
          fund: fund.id,
          name: fund.nameEn,
          theme: fund.theme,
          follows: fund.follows,
          weight,
          weightBefore: before?.weight ?? Number.NaN,
          unknown,
          weightsOf: formatDay(weightsOf),
          assets: assets?.amount ?? Number.NaN,
          amount: amount ?? Number.NaN,
          source: sourcesOf(routes),
          assetsSource: assets?.source ?? '',
        })),
      },
    ],
    lines: [
      `${w('fundHolders')} ${security} ${names(security)[language]}, ${formatDay(at)}`,
      '',
      ...renderTable(
        [
          left(w('code')),
          left(w('name')),
          left(w('follows')),
          right('%'),
          ...(run.before === undefined ? [] : [right(`${formatDay(run.before)} %`)]),
          right(w('amount')),
          left(w('asOf')),
        ],
        holders.map(({ fund, weight, before, amount, weightsOf }) => [
          fund.id,
          language === 'zh' ? fund.nameZh : fund.nameEn,
          fund.follows,
          percent(weight),
          ...(run.before === undefined ? [] : [before === undefined ? '-' : percent(before.weight)]),
          amount === undefined ? '-' : money(amount, language),
          formatDay(weightsOf),
        ]),
      ),
      ...(run.left.length > 0
        ? wrap(`${w('notPublished')}: ${run.left.map(({ fund }) => fund.id).join(', ')}`)
        : []),
    ],
    findings,
  };
}
