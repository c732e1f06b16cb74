/** `simulate facts`: order-driven markets in named settings, run over many seeds and held to the facts of real ones. */
import {
  REFERENCE_MARKETS,
  referenceFacts,
  SETTING_GRID,
  settingFacts,
  type Language,
  type ReferenceMarket,
  type StylisedFacts,
} from '../../core/index.js';
import { argumentError, together, type Context } from '../context.js';
import { emit, type Result } from '../output.js';
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
  const asked = { markets: options.grid === true ? undefined : markets, runs, seed };
  const progress = startProgress('simulate facts', rowsOf(asked) * runs);
  try {
    await emit(
      measureFacts(asked, context.language, (done) => progress.update(done)),
      context,
    );
  } finally {
    progress.stop();
  }
}

export interface FactsAsked {
  /** None for the grid of settings. */
  readonly markets: readonly ReferenceMarket[] | undefined;
  readonly runs: number;
  /** Of the first run; the next has the next one. */
  readonly seed: number;
}

export const rowsOf = ({ markets }: FactsAsked): number => (markets ?? SETTING_GRID).length;

/** @param onProgress runs that are done, of all markets or settings */
export function measureFacts(
  { markets, runs, seed }: FactsAsked,
  language: Language,
  onProgress: (done: number) => void,
): Result {
  let done = 0;
  const over = <T>(all: readonly T[], run: (one: T, seed: number) => StylisedFacts | undefined) =>
    all.map((one) => ({
      one,
      facts: Array.from({ length: runs }, (_, k) => {
        const facts = run(one, seed + k);
        onProgress(++done);
        return facts;
      }),
    }));
  return markets === undefined
    ? gridResult(over(SETTING_GRID, settingFacts), { runs, seed }, language)
    : factsResult(over(markets, referenceFacts), { runs, seed }, language);
}

function marketArgument(text: string): ReferenceMarket {
  const found = REFERENCE_MARKETS.find((one) => one === text);
  if (found !== undefined) return found;
  throw argumentError('--market', text, `one of ${REFERENCE_MARKETS.join(', ')}`);
}
