/** `simulate market`: active and passive investors around one forced trade, over a grid of what they are. */
import {
  fen,
  MARKET_ASSUMPTIONS,
  parseDay,
  sweepPlan,
  sweepPoints,
  sweepRow,
  type Day,
  type Language,
  type MarketPlan,
  type SweepGrid,
  type SweepRow,
} from '../../core/index.js';
import { rehearseOnThreads } from '../../data/rehearsalWorkers.js';
import { argumentError, numberArgument, together, type Context } from '../context.js';
import { emit, type Result } from '../output.js';
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

export interface MarketAsked extends SweepGrid {
  readonly atClose: number;
  readonly elasticity: number;
  readonly response: number;
  readonly volatility: number;
  readonly runs: number;
  readonly seed: number;
}

/** What is asked where nothing else is said. */
export const USUAL_MARKET: MarketAsked = {
  passive: [0.1, 0.3, 0.5],
  arbitrageurs: [0, 1, 4],
  flow: [-0.02],
  atClose: 1,
  elasticity: MARKET_ASSUMPTIONS.elasticity,
  response: MARKET_ASSUMPTIONS.response,
  volatility: 0.02,
  runs: 50,
  seed: 1,
};

export async function simulateMarketCommand(options: SimulateMarketOptions, context: Context): Promise<void> {
  const asked = together({
    passive: () => listArgument('--passive', options.passive, USUAL_MARKET.passive, 0, 0.9),
    arbitrageurs: () =>
      options.arbitrageurs?.split(',').map((one) => wholeArgument('--arbitrageurs', one, 0, 1000)) ??
      USUAL_MARKET.arbitrageurs,
    flow: () => listArgument('--flow', options.flow, USUAL_MARKET.flow, -0.5, 0.5),
    atClose: () => zeroOr('--at-close', options.atClose, USUAL_MARKET.atClose, 1),
    elasticity: () =>
      numberArgument('--elasticity', options.elasticity ?? String(USUAL_MARKET.elasticity), 0, 100),
    response: () => zeroOr('--response', options.response, USUAL_MARKET.response, 100),
    volatility: () =>
      numberArgument('--volatility', options.volatility ?? String(USUAL_MARKET.volatility), 0, 0.1),
    runs: () => wholeArgument('--runs', options.runs ?? String(USUAL_MARKET.runs), 2, 100_000),
    seed: () => wholeArgument('--seed', options.seed ?? String(USUAL_MARKET.seed), 0, 2 ** 31 - 1),
  });
  const progress = startProgress('simulate market', sweepPoints(asked).length * asked.runs);
  try {
    await emit(await sweepMarket(asked, context.language, (done) => progress.update(done)), context);
  } finally {
    progress.stop();
  }
}

/** @param onProgress runs that are done, of all points */
export async function sweepMarket(
  asked: MarketAsked,
  language: Language,
  onProgress: (done: number) => void,
): Promise<Result> {
  const { atClose, elasticity, response, volatility, runs, seed } = asked;
  const { events, closingPart } = MARKET_ASSUMPTIONS;
  const market = { ...BASE, atClose, elasticity, response, volatility, events, closingPart };
  const base: MarketPlan = { ...market, passive: 0, arbitrageurs: 0, flow: 0 };
  const rows: SweepRow[] = [];
  for (const [i, point] of sweepPoints(asked).entries()) {
    const options = { seed, runs, onProgress: (done: number) => onProgress(i * runs + done) };
    rows.push(sweepRow(point, await rehearseOnThreads(sweepPlan(base, point), options)));
  }
  return marketResult(market, rows, { runs, seed }, language);
}

const zeroOr = (name: string, text: string | undefined, usual: number, most: number): number =>
  text === '0' ? 0 : numberArgument(name, text ?? String(usual), 0, most);

/** Numbers with commas between them, 0 left out. */
function listArgument(
  name: string,
  text: string | undefined,
  usual: readonly number[],
  least: number,
  most: number,
): readonly number[] {
  if (text === undefined) return usual;
  return text.split(',').map((one) => {
    const value = Number(one);
    if (one.trim() !== '' && value >= least && value <= most && value !== 0) return value;
    throw argumentError(name, text, `numbers from ${least} to ${most} but 0, with commas between them`);
  });
}
