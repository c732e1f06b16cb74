/** `simulate market`: active and passive investors around one forced trade, over a grid of what they are. */
import {
  fen,
  MARKET_ASSUMPTIONS,
  parseDay,
  sweepPlan,
  sweepPoints,
  sweepRow,
  type Day,
  type MarketPlan,
  type SweepRow,
} from '../../core/index.js';
import { rehearseOnThreads } from '../../data/rehearsalWorkers.js';
import { argumentError, numberArgument, together, type Context } from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { marketResult } from '../results/marketResult.js';
import { wholeArgument } from './forecast.js';

export interface SimulateMarketOptions {
  readonly passive?: string;
  readonly arbitrageurs?: string;
  readonly flow?: string;
  readonly atClose?: string;
  readonly elasticity?: string;
  readonly response?: string;
  readonly volatility?: string;
  readonly runs?: string;
  readonly seed?: string;
}

/** A company of 40 million shares of 100 yuan on STAR, of which one in forty is traded in a day. */
const BASE = {
  board: 'star',
  day: parseDay('2025-09-12') as Day,
  price: fen(10_000),
  floatShares: 40e6,
  volume: 1e6,
  before: 5,
  after: 5,
} as const;

export async function simulateMarketCommand(options: SimulateMarketOptions, context: Context): Promise<void> {
  const asked = together({
    passive: () => listArgument('--passive', options.passive ?? '0.1,0.3,0.5', 0, 0.9),
    arbitrageurs: () =>
      (options.arbitrageurs ?? '0,1,4')
        .split(',')
        .map((one) => wholeArgument('--arbitrageurs', one, 0, 1000)),
    flow: () => listArgument('--flow', options.flow ?? '-0.02', -0.5, 0.5),
    atClose: () => (options.atClose === '0' ? 0 : numberArgument('--at-close', options.atClose ?? '1', 0, 1)),
    elasticity: () =>
      numberArgument('--elasticity', options.elasticity ?? String(MARKET_ASSUMPTIONS.elasticity), 0, 100),
    response: () =>
      options.response === '0'
        ? 0
        : numberArgument('--response', options.response ?? String(MARKET_ASSUMPTIONS.response), 0, 100),
    volatility: () => numberArgument('--volatility', options.volatility ?? '0.02', 0, 0.1),
    runs: () => wholeArgument('--runs', options.runs ?? '50', 2, 100_000),
    seed: () => wholeArgument('--seed', options.seed ?? '1', 0, 2 ** 31 - 1),
  });
  const { atClose, elasticity, response, volatility, runs, seed } = asked;
  const { events, closingPart } = MARKET_ASSUMPTIONS;
  const market = { ...BASE, atClose, elasticity, response, volatility, events, closingPart };
  const base: MarketPlan = { ...market, passive: 0, arbitrageurs: 0, flow: 0 };
  const points = sweepPoints(asked);
  const progress = startProgress('simulate market', points.length * runs);
  const rows: SweepRow[] = [];
  try {
    for (const [i, point] of points.entries()) {
      const onProgress = (done: number): void => progress.update(i * runs + done);
      rows.push(sweepRow(point, await rehearseOnThreads(sweepPlan(base, point), { seed, runs, onProgress })));
    }
  } finally {
    progress.stop();
  }
  await emit(marketResult(market, rows, { runs, seed }, context.language), context);
}

/** Numbers with commas between them, 0 left out. */
function listArgument(name: string, text: string, least: number, most: number): number[] {
  return text.split(',').map((one) => {
    const value = Number(one);
    if (one.trim() !== '' && value >= least && value <= most && value !== 0) return value;
    throw argumentError(name, text, `numbers from ${least} to ${most} but 0, with commas between them`);
  });
}
