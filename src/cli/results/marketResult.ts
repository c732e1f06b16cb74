/** A swept market of active and passive investors, as table, JSON document and sheet. */
import {
  contentHash,
  ENGINE_VERSION,
  type Language,
  type MarketPlan,
  type SweepRow,
} from '../../core/index.js';
import { percent, points } from '../format.js';
import type { Result } from '../output.js';
import { joinParts, renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson } from './shared.js';

const MEASURES = ['early', 'moved', 'reversal', 'dislocation', 'cost', 'rents'] as const;

export function marketResult(
  market: Omit<MarketPlan, 'passive' | 'arbitrageurs' | 'flow'>,
  rows: readonly SweepRow[],
  { runs, seed }: { readonly runs: number; readonly seed: number },
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const findings = [
    {
      code: 'market_simulated',
      subject: 'market',
      message: `demand of elasticity ${market.elasticity} per active holder who answers the others ${market.response} to 1, makers, chartists and noise are assumed and not fitted; so are volume, volatility and the flow`,
    },
  ];
  return {
    json: {
      market: { ...market, price: market.price / 100 },
      runs,
      points: rows,
      provenance: {
        data: contentHash([JSON.stringify(market)]),
        rulebook: 'none',
        reading: {},
        engine: ENGINE_VERSION,
        seed,
      },
      findings: findingsJson(findings),
    },
    sheets: [
      {
        name: 'points',
        rows: rows.map((row) => ({
          passive: row.passive,
          arbitrageurs: row.arbitrageurs,
          flow: row.flow,
          ...Object.fromEntries(
            MEASURES.flatMap((name) => [
              [name, row[name].mean],
              [`${name}Error`, row[name].error],
            ]),
          ),
          filled: row.filled,
        })),
      },
    ],
    lines: [
      ...joinParts([
        `${w('marketHeld')} ${w('runsOf')} ${runs}`,
        `${w('seedOf')} ${seed}`,
        `${percent(market.atClose)} % ${w('auctionPart')}`,
        w('meansWithErrors'),
      ]),
      '',
      ...tableLines(rows, language),
    ],
    findings,
  };
}

function tableLines(rows: readonly SweepRow[], language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const right = (title: string): Column => ({ title, align: 'right' });
  return renderTable(
    [
      right(w('passiveShare')),
      right(w('arbitrageursOf')),
      right(w('flowPart')),
      right(w('earlyMove')),
      right(w('closeMove')),
      right(w('takenBack')),
      right(w('auctionMove')),
      right(w('fundCost')),
      right(w('arbitrageGain')),
    ],
    rows.map((row) => [
      percent(row.passive),
      String(row.arbitrageurs),
      points(row.flow),
      ...MEASURES.map((name) => `${bps(row[name].mean)} (${bps(row[name].error)})`),
    ]),
  );
}

const bps = (fraction: number): string => (fraction * 1e4).toFixed(0);
