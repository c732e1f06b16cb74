/** `simulate facts`: order-driven markets in named settings, run over many seeds and held to the facts of real ones. */
import {
  REFERENCE_MARKETS,
  referenceFacts,
  SETTING_GRID,
  settingFacts,
  type ReferenceMarket,
  type StylisedFacts,
} from '../../core/index.js';
import { argumentError, together, type Context } from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { factsResult, gridResult } from '../results/factsResult.js';
import { wholeArgument } from './forecast.js';

export interface SimulateFactsOptions {
  readonly market?: string;
  readonly grid?: boolean;
  readonly runs?: string;
  readonly seed?: string;
}

export async function simulateFactsCommand(options: SimulateFactsOptions, context: Context): Promise<void> {
  const { markets, runs, seed } = together({
    markets: () => (options.market === undefined ? REFERENCE_MARKETS : [marketArgument(options.market)]),
    grid: () => {
      if (options.grid === true && options.market !== undefined)
        throw argumentError('--grid', options.market, 'either --grid or --market: the grid has no markets');
    },
    runs: () => wholeArgument('--runs', options.runs ?? (options.grid === true ? '1' : '5'), 1, 10_000),
    seed: () => wholeArgument('--seed', options.seed ?? '1', 0, 2 ** 31 - 10_001),
  });
  const rows = options.grid === true ? SETTING_GRID.length : markets.length;
  const progress = startProgress('simulate facts', rows * runs);
  const over = <T>(all: readonly T[], run: (one: T, seed: number) => StylisedFacts | undefined) =>
    all.map((one, i) => ({
      one,
      facts: Array.from({ length: runs }, (_, k) => {
        const facts = run(one, seed + k);
        progress.update(i * runs + k + 1);
        return facts;
      }),
    }));
  try {
    const asked = { runs, seed };
    const result =
      options.grid === true
        ? gridResult(over(SETTING_GRID, settingFacts), asked, context.language)
        : factsResult(over(markets, referenceFacts), asked, context.language);
    await emit(result, context);
  } finally {
    progress.stop();
  }
}

function marketArgument(text: string): ReferenceMarket {
  const found = REFERENCE_MARKETS.find((one) => one === text);
  if (found !== undefined) return found;
  throw argumentError('--market', text, `one of ${REFERENCE_MARKETS.join(', ')}`);
}
