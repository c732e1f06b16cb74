/** Random forecast plans: small markets with every kind of seat, cap and doubt. */
import fc from 'fast-check';
import { securityId } from '../../src/core/base/brand.js';
import type { ForecastDraws, NameDraws } from '../../src/core/forecast/draws.js';
import type { ForecastPlan, Horizon, SeatPlan } from '../../src/core/forecast/plan.js';
import type { ClauseId, NamedCap } from '../../src/core/weighting/capping.js';

/** Caps that the given number of members can always meet. */
const CAP_LISTS: readonly (readonly NamedCap['rule'][])[] = [
  [{ kind: 'single', cap: 0.25 }],
  [
    { kind: 'single', cap: 0.25 },
    { kind: 'top-k', k: 3, limit: 0.5, redistribution: 'capped-stay' },
  ],
  [
    { kind: 'single', cap: 0.3 },
    { kind: 'top-k', k: 3, limit: 0.55, redistribution: 'pro-rata' },
  ],
  [
    { kind: 'single', cap: 0.25 },
    { kind: 'top-k', k: 3, limit: 0.5, redistribution: 'waterline' },
  ],
  [{ kind: 'single', cap: 0.2, trigger: 0.24 }],
  [],
];

export interface Shape {
  readonly seed: number;
  readonly names: number;
  readonly seats: 'keep-first' | 'enter-first' | 'fixed';
  readonly caps: number;
  readonly limit: number;
  readonly known: number;
  readonly doubt: boolean;
  readonly sectors: number;
  readonly tailDegrees: number;
  readonly volatility: number;
  readonly enter: number;
  readonly keep: number;
  readonly horizon: Horizon;
}

const SHAPES = fc.record<Shape>({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  names: fc.integer({ min: 14, max: 90 }),
  seats: fc.constantFrom('keep-first', 'keep-first', 'enter-first', 'fixed'),
  caps: fc.integer({ min: 0, max: CAP_LISTS.length - 1 }),
  limit: fc.constantFrom(0, 1, 2, 5, Infinity),
  known: fc.constantFrom(0, 0, 0.5, 1),
  doubt: fc.boolean(),
  sectors: fc.integer({ min: 0, max: 4 }),
  tailDegrees: fc.constantFrom(Infinity, Infinity, 3, 6),
  volatility: fc.constantFrom(0.005, 0.03),
  enter: fc.constantFrom(-4, -2, 0, 3),
  keep: fc.constantFrom(-2, 0, 2, 5),
  horizon: fc.constantFrom(
    { average: 2.5, pricingOnAverage: 3.9, pricing: 3, swap: 2.2 },
    { average: 0, pricingOnAverage: 0, pricing: 2, swap: 1 },
    { average: 0, pricingOnAverage: 0, pricing: 0, swap: 2 },
    { average: 1, pricingOnAverage: 1, pricing: 0, swap: 0 },
  ),
});

export const plans = SHAPES.map(planOf);

/** Draws of every row of the plan; who was left out is in on no path and trades nothing. */
export function rowsOf({ names }: ForecastDraws, { ids, incumbent }: ForecastPlan): NameDraws[] {
  const none = { mean: 0, error: 0 };
  const byId = new Map(names.map((name) => [name.id, name]));
  return ids.map(
    (id, row) =>
      byId.get(id) ?? {
        id,
        incumbent: incumbent[row] === 1,
        in: none,
        inPlain: none,
        capped: none,
        cappedPlain: none,
        weightAfter: 0,
        flow: none,
        flowPlain: none,
        shares: none,
        flowSamples: new Float64Array(0),
        shareSamples: new Float32Array(0),
        flowQuantiles: [],
        shareQuantiles: [],
      },
  );
}

export function planOf(shape: Shape): ForecastPlan {
  const random = generator(shape.seed);
  const { names: n } = shape;
  const count = Math.min(10, n - 4);
  const column = (value: (row: number) => number): Float64Array =>
    Float64Array.from({ length: n }, (_, row) => value(row));
  const caps = column(() => Math.exp(1.5 * (random() + random() + random() - 1.5)) * 1e9);
  const biggest = [...caps.keys()].toSorted((a, b) => caps[b] - caps[a]);
  const incumbent = new Uint8Array(n);
  // Most of the largest, and some that have fallen behind.
  for (let i = 0; i < count; i++) incumbent[biggest[Math.floor(i + random() * 3)]] = 1;
  const eligible = Uint8Array.from({ length: n }, () => (random() < 0.93 ? 1 : 0));
  const price = column(() => 5 + 95 * random());
  const fixedMember = new Uint8Array(n);
  for (let i = 0; i < count; i++) fixedMember[biggest[i]] = 1;
  const newShares = column((row) => (caps[row] * (0.3 + 0.7 * random())) / price[row]);
  const doubtful = column(() => (shape.doubt && random() < 0.3 ? 0.05 * random() : 0));
  const seats: SeatPlan =
    shape.seats === 'fixed'
      ? { kind: 'fixed' }
      : {
          kind: 'buffer',
          count,
          enter: Math.max(1, count + shape.enter),
          keep: Math.max(1, count + shape.keep),
          order: shape.seats,
          maxChanges: shape.limit,
        };
  return {
    ids: Array.from({ length: n }, (_, row) => securityId(String(600_000 + row))),
    incumbent,
    eligible,
    fixedMember,
    seats,
    measureKnown: column((row) => shape.known * caps[row]),
    measureFuture: column((row) => (1 - shape.known) * caps[row]),
    measureDoubt: doubtful,
    market: column(() => 0.5 * shape.volatility * (0.5 + random())),
    sector: column(() => (shape.sectors === 0 ? 0 : 0.4 * shape.volatility * random())),
    own: column(() => shape.volatility * (0.3 + random())),
    sectorOf: Uint16Array.from({ length: n }, () => Math.floor(random() * Math.max(1, shape.sectors))),
    sectors: shape.sectors,
    horizon: shape.horizon,
    tailDegrees: shape.tailDegrees,
    price,
    // Where the pricing close is past it was another one.
    pricingBase: price.map((close) => close * (shape.horizon.pricing > 0 ? 1 : 0.8 + 0.4 * random())),
    oldShares: newShares.map((shares, row) => (incumbent[row] === 1 ? shares * (0.6 + 0.4 * random()) : 0)),
    newShares,
    caps: CAP_LISTS[shape.caps].map((rule, i) => ({ id: `cap-${i}` as ClauseId, rule })),
    assets: 1e9,
    assetsDoubt: shape.doubt ? 0.1 : 0,
  };
}

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
