/**
 * Order-driven markets in named settings, each run and held to the stylised facts in one way: those that others published,
 * one that was chosen here with the facts in view and says so, and the market that closes are rehearsed in.
 */
import { parseDay } from '../calendar/day.js';
import type { Day } from '../base/brand.js';
import { fen } from '../exchange/fen.js';
import { log } from '../forecast/arithmetic.js';
import { agentMarket } from './agentMarket.js';
import { chiarellaIori, CI2002, FCN_VALIDATION, type ChiarellaIoriSetting } from './chiarellaIori.js';
import { MARKET_ASSUMPTIONS, type MarketPlan } from './marketPlan.js';
import { LEAST_RETURNS, stylisedFacts, type StylisedFacts } from './stylisedFacts.js';

export const REFERENCE_MARKETS = [
  'pams-validation',
  'pams-sample',
  'equal-parts',
  'rehearsal-short',
  'rehearsal-long',
  'rehearsal-days',
] as const;
export type ReferenceMarket = (typeof REFERENCE_MARKETS)[number];

/** Fundamentalists, chartists and noise with weights Exp(1): of six weightings the one inside all bands. */
const EQUAL_PARTS: ChiarellaIoriSetting = {
  ...CI2002,
  fundamental: 30_000,
  chartistWeight: 1,
  untraded: 'middle',
};

/** A company as `simulate market` has it, 30 % with the index funds, in whose market nothing is forced. */
const QUIET_MARKET: MarketPlan = {
  ...MARKET_ASSUMPTIONS,
  board: 'star',
  day: parseDay('2025-09-12') as Day,
  price: fen(10_000),
  floatShares: 40e6,
  passive: 0.3,
  volatility: 0.02,
  volume: 1e6,
  flow: 0,
  arbitrageurs: 0,
  before: 0,
  after: 299,
};

/** @param seed whole, 0..2^32 - 1 */
export function referenceFacts(market: ReferenceMarket, seed: number): StylisedFacts {
  switch (market) {
    case 'pams-validation':
      return ofChanges(FCN_VALIDATION, seed);
    case 'pams-sample':
      return ofChanges(CI2002, seed);
    case 'equal-parts':
      return ofMiddles(EQUAL_PARTS, seed, 60_000);
    case 'rehearsal-short':
      return withinSessions(QUIET_MARKET, seed, 1);
    case 'rehearsal-long':
      return withinSessions(QUIET_MARKET, seed, 10);
    case 'rehearsal-days': {
      const { closes, volumes } = agentMarket(QUIET_MARKET, seed);
      return stylisedFacts(returnsOf(Float64Array.from(closes)), volumes.subarray(1));
    }
  }
}

/** As PAMS measures: steps in which the price stays are left out. Every change is one share, so volume says nothing. */
const ofChanges = (setting: ChiarellaIoriSetting, seed: number): StylisedFacts =>
  stylisedFacts(changesOf(setting, seed));

function changesOf(setting: ChiarellaIoriSetting, seed: number): Float64Array {
  const { prices } = chiarellaIori({ ...setting, seed, steps: 20_000 });
  return returnsOf(prices.filter((price, step) => step === 0 || price !== prices[step - 1]));
}

/** Every step, of the middle price: free of the bounce between bid and ask. */
function ofMiddles(setting: ChiarellaIoriSetting, seed: number, steps: number): StylisedFacts {
  const { middles, volumes } = chiarellaIori({ ...setting, seed, steps });
  return stylisedFacts(returnsOf(middles), volumes.subarray(1));
}

const returnsOf = (prices: Float64Array): Float64Array =>
  Float64Array.from({ length: prices.length - 1 }, (_, i) => log(prices[i + 1] / prices[i]));

/** Of the middle price inside of continuous trading, between every so many of its samples; nights are left out. */
function withinSessions(plan: MarketPlan, seed: number, apart: number): StylisedFacts {
  const { middles, middleVolumes } = agentMarket(plan, seed);
  const sessions = plan.before + 1 + plan.after;
  const samples = middles.length / sessions;
  const first = Math.ceil(samples * 0.02) + 1;
  const last = samples - Math.ceil(samples * plan.closingPart) - 1;
  const returns: number[] = [];
  const shares: number[] = [];
  for (let session = 0; session < sessions; session++) {
    const start = session * samples;
    for (let to = start + first + apart; to <= start + last; to += apart) {
      returns.push(log(middles[to] / middles[to - apart]));
      shares.push(middleVolumes.subarray(to - apart + 1, to + 1).reduce((sum, volume) => sum + volume, 0));
    }
  }
  return stylisedFacts(Float64Array.from(returns), Float64Array.from(shares));
}

type SettingPoint = Pick<ChiarellaIoriSetting, 'chartistWeight' | 'reversion' | 'horizon' | 'margin'>;

/**
 * Every combination of what the two settings of PAMS differ in, and of four weights of chartists: the whole of it is
 * reported, so that nothing is picked. Where chartists are many the price runs away, to the end of the book's grid.
 */
export const SETTING_GRID: readonly SettingPoint[] = [0, 0.1, 0.3, 1].flatMap((chartistWeight) =>
  [CI2002.reversion, FCN_VALIDATION.reversion].flatMap((reversion) =>
    [CI2002.horizon, FCN_VALIDATION.horizon].flatMap((horizon) =>
      [CI2002.margin, FCN_VALIDATION.margin].map((margin) => ({
        chartistWeight,
        reversion,
        horizon,
        margin,
      })),
    ),
  ),
);

/** Of one point of the grid; all else as in the validation of PAMS. None where the price hardly ever changes. */
export function settingFacts(point: SettingPoint, seed: number): StylisedFacts | undefined {
  const returns = changesOf({ ...FCN_VALIDATION, ...point }, seed);
  return returns.length < LEAST_RETURNS ? undefined : stylisedFacts(returns);
}
