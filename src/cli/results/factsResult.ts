/** Simulated markets beside the bands of real ones, as table, JSON document and sheet. */
import {
  ENGINE_VERSION,
  FACT_BANDS,
  insideBand,
  type FactBand,
  type FactName,
  type Finding,
  type Language,
  type ReferenceMarket,
  type SETTING_GRID,
  type StylisedFacts,
} from '../../core/index.js';
import type { Result } from '../output.js';
import { renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson } from './shared.js';

interface Asked {
  readonly runs: number;
  readonly seed: number;
}

interface Measured<T> {
  readonly one: T;
  /** One per run; none where there was nothing to measure. */
  readonly facts: readonly (StylisedFacts | undefined)[];
}

const BANDS_ASSUMED: Finding = {
  code: 'bands_assumed',
  subject: 'bands',
  message: 'the facts are those of Cont (2001); the numbers of the bands are an operational reading of them',
};

const SETTING_CHOSEN: Finding = {
  code: 'setting_chosen',
  subject: 'equal-parts',
  message:
    'this setting was chosen among six with the bands in view; it shows that the model can, not that it does',
};

export function factsResult(
  measured: readonly Measured<ReferenceMarket>[],
  { runs, seed }: Asked,
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const markets = measured.map(({ one, facts }) => ({ market: one, facts: FACT_BANDS.map(spreadOf(facts)) }));
  const chosen = measured.some(({ one }) => one === 'equal-parts');
  const findings = chosen ? [BANDS_ASSUMED, SETTING_CHOSEN] : [BANDS_ASSUMED];
  return {
    json: { markets, runs, ...provenance(seed, findings) },
    sheets: [
      {
        name: 'facts',
        rows: markets.flatMap(({ market, facts }) => facts.map((fact) => ({ market, ...fact }))),
      },
    ],
    lines: markets.flatMap(({ market, facts }, i) => [
      ...(i === 0 ? [] : ['']),
      `${market} | ${w('runsOf')} ${runs} | ${w('seedOf')} ${seed}`,
      ...renderTable(
        [
          { title: w('factOf'), align: 'left' },
          ...(['bandOf', 'insideRuns', 'lowest', 'median', 'greatest'] as const).map((key): Column => ({
            title: w(key),
            align: 'right',
          })),
        ],
        facts.map((fact) => [
          w(FACT_WORDS[fact.fact]),
          bandText(fact.least, fact.most),
          fact.measured ? `${fact.inside} / ${runs}` : '-',
          ...[fact.lowest, fact.median, fact.highest].map((value) =>
            value === null ? '-' : value.toFixed(3),
          ),
        ]),
      ),
    ]),
    findings,
  };
}

/** How many settings have each fact, and how many have several of them at once. */
export function gridResult(
  measured: readonly Measured<(typeof SETTING_GRID)[number]>[],
  { runs, seed }: Asked,
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const settings = measured.map(({ one, facts }) => ({ ...one, facts: FACT_BANDS.map(spreadOf(facts)) }));
  const has = (setting: (typeof settings)[number], fact: FactName): boolean =>
    setting.facts.some((row) => row.fact === fact && 2 * row.inside > runs);
  // Every trade is of one share here: volume says nothing.
  const measurable = FACT_BANDS.map(({ fact }) => fact).filter((fact) => fact !== 'volume');
  const rows = [
    ...measurable.map((fact) => ({ name: FACT_WORDS[fact], facts: [fact] })),
    { name: 'factsFirst' as const, facts: HEADLINE },
    { name: 'factsAll' as const, facts: measurable },
  ].map((row) => ({
    ...row,
    settings: settings.filter((setting) => row.facts.every((fact) => has(setting, fact))).length,
  }));
  return {
    json: {
      settings,
      held: rows.map(({ facts, settings: count }) => ({ facts, settings: count })),
      runs,
      ...provenance(seed, [BANDS_ASSUMED]),
    },
    sheets: [
      {
        name: 'settings',
        rows: settings.map(({ chartistWeight, reversion, horizon, margin, facts }) => ({
          chartistWeight,
          reversion: reversion.join('-'),
          horizon: horizon.join('-'),
          margin: margin.join('-'),
          ...Object.fromEntries(facts.map(({ fact, median }) => [fact, median])),
        })),
      },
    ],
    lines: [
      `${w('settingsOf')} ${settings.length} | ${w('runsOf')} ${runs} | ${w('seedOf')} ${seed}`,
      ...renderTable(
        [
          { title: w('factOf'), align: 'left' },
          { title: w('settingsInside'), align: 'right' },
        ],
        rows.map(({ name, settings: count }) => [w(name), `${count} / ${settings.length}`]),
      ),
    ],
    findings: [BANDS_ASSUMED],
  };
}

/** What is asked of an order-driven market first. */
const HEADLINE: readonly FactName[] = ['autocorrelation', 'excessKurtosis', 'tailIndex', 'clustering'];

const FACT_WORDS: Readonly<Record<FactName, WordKey>> = {
  autocorrelation: 'factAutocorrelation',
  excessKurtosis: 'factKurtosis',
  tailIndex: 'factTail',
  aggregation: 'factAggregation',
  clustering: 'factClustering',
  memory: 'factMemory',
  decay: 'factDecay',
  volume: 'factVolume',
};

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const spreadOf = (facts: Measured<unknown>['facts']) => (band: FactBand) => {
  const values = facts
    .flatMap((one) => (one === undefined ? [] : [band.of(one)]))
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b);
  return {
    fact: band.fact,
    least: finite(band.least),
    most: finite(band.most),
    measured: values.length > 0,
    inside: values.filter((value) => insideBand(band, value)).length,
    lowest: values[0] ?? null,
    median: values[values.length >> 1] ?? null,
    highest: values.at(-1) ?? null,
  };
};

function bandText(least: number | null, most: number | null): string {
  if (least === null) return `< ${String(most)}`;
  return most === null ? `> ${String(least)}` : `${String(least)} .. ${String(most)}`;
}

const provenance = (seed: number, findings: readonly Finding[]) => ({
  provenance: { data: 'none', rulebook: 'none', reading: {}, engine: ENGINE_VERSION, seed },
  findings: findingsJson(findings),
});
