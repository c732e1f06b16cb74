/** Made-up forecast plans, and one path of a plan worked out plainly: objects, a full sort, the review's own functions. */
import fc from 'fast-check';
import {
  applyCaps,
  limitTurnover,
  seatByBuffer,
  securityId,
  sum,
  type ForecastPlan,
  type NamedCap,
} from '../../src/core/index.js';
import { exp } from '../../src/core/forecast/elementary.js';
import { nameKey, normalOf, STREAMS, threefry } from '../../src/core/forecast/randomness.js';

export interface MadePlan {
  readonly names: number;
  readonly count: number;
  readonly enter: number;
  readonly keep: number;
  readonly maxChanges: number;
  readonly order: 'keep-first' | 'enter-first';
  readonly caps: readonly NamedCap[];
  readonly horizon: ForecastPlan['horizon'];
  readonly seed: number;
  readonly fixed: boolean;
  readonly known: boolean;
  readonly doubt: number;
  readonly tailDegrees: number;
}

const cap = (id: string, rule: object): NamedCap => ({ id, rule }) as NamedCap;
export const SINGLE = cap('caps.single', { kind: 'single', cap: 0.25 });
export const JOINT = cap('caps.top', { kind: 'top-k', k: 3, limit: 0.6, redistribution: 'capped-stay' });
const PRO_RATA = cap('caps.top', { kind: 'top-k', k: 3, limit: 0.6, redistribution: 'pro-rata' });

export const made: fc.Arbitrary<MadePlan> = fc.record({
  names: fc.integer({ min: 20, max: 60 }),
  count: fc.integer({ min: 6, max: 12 }),
  enter: fc.integer({ min: 3, max: 10 }),
  keep: fc.integer({ min: 8, max: 18 }),
  maxChanges: fc.constantFrom(0, 1, 2, 5, Infinity),
  order: fc.constantFrom('keep-first', 'enter-first'),
  caps: fc.constantFrom([], [SINGLE], [SINGLE, JOINT], [SINGLE, PRO_RATA]),
  horizon: fc.constantFrom(
    { average: 2, pricingOnAverage: 3, pricing: 2, swap: 2 },
    { average: 0, pricingOnAverage: 0, pricing: 2, swap: 2 },
    { average: 0, pricingOnAverage: 0, pricing: 0, swap: 2 },
    { average: 0, pricingOnAverage: 0, pricing: 0, swap: 0 },
  ),
  seed: fc.integer({ min: 1, max: 1e6 }),
  fixed: fc.boolean(),
  known: fc.boolean(),
  doubt: fc.constantFrom(0, 0, 0.05),
  tailDegrees: fc.constantFrom(Infinity, Infinity, 5),
});

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

export function planOf(from: MadePlan): ForecastPlan {
  const { names: n, count } = from;
  const random = generator(from.seed);
  const column = (of: (i: number) => number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => of(i));
  const size = column(() => Math.exp(3 * random()));
  const bySize = [...size.keys()].sort((a, b) => size[b] - size[a]);
  const wanted = new Set(bySize.filter((_, rank) => rank < count * 1.6).filter(() => random() < 0.7));
  for (const row of bySize) if (wanted.size < count) wanted.add(row);
  const members = new Set([...wanted].slice(0, count));
  const shares = column(() => 50 + 50 * random());
  const fixed = new Set([...bySize].filter(() => random() < 0.8).slice(0, count));
  return {
    ids: Array.from({ length: n }, (_, i) => securityId(String(600_000 + i))),
    incumbent: Uint8Array.from({ length: n }, (_, i) => (members.has(i) ? 1 : 0)),
    eligible: Uint8Array.from({ length: n }, () => (random() < 0.95 ? 1 : 0)),
    fixedMember: Uint8Array.from({ length: n }, (_, i) => (fixed.has(i) ? 1 : 0)),
    seats: from.fixed
      ? { kind: 'fixed' }
      : {
          kind: 'buffer',
          count,
          enter: from.enter,
          keep: from.keep,
          order: from.order,
          maxChanges: from.maxChanges,
        },
    measureKnown: from.known ? size.map((value) => value * 0.6) : new Float64Array(n),
    measureFuture: from.known ? size.map((value) => value * 0.4) : size,
    measureDoubt: column(() => (random() < 0.5 ? from.doubt : 0)),
    market: column(() => 0.01 + 0.01 * random()),
    sector: column(() => 0.01 * random()),
    own: column(() => 0.01 + 0.02 * random()),
    sectorOf: Uint16Array.from({ length: n }, () => Math.floor(3 * random())),
    sectors: 3,
    horizon: from.horizon,
    tailDegrees: from.tailDegrees,
    price: size.map((value, i) => value / shares[i]),
    // Where the pricing close is past it was another one.
    pricingBase: size.map(
      (value, i) => ((from.horizon.pricing > 0 ? 1 : 0.8 + 0.4 * random()) * value) / shares[i],
    ),
    oldShares: shares.map((count_, i) => (members.has(i) ? count_ * (0.5 + 0.5 * random()) : 0)),
    newShares: shares,
    caps: from.caps,
    assets: 1e9,
    assetsDoubt: from.seed % 2 === 0 ? 0.02 : 0,
  };
}

export interface PlainPath {
  readonly members: readonly string[];
  readonly flow: ReadonlyMap<string, number>;
  readonly weight: ReadonlyMap<string, number>;
}

/** One path of a plan by the definitions in plan.ts. */
export function plainPath(plan: ForecastPlan, seed: number, path: number): PlainPath {
  const words = new Int32Array(2);
  const normal = (key: string, stream: number): number => {
    threefry(seed, nameKey(key), path >>> 1, stream, words);
    return normalOf(words[path & 1]);
  };
  const { average, pricingOnAverage, pricing, swap } = plan.horizon;
  const active = [average > 0, pricing > 0, swap > 0];
  const tail = (stage: number): number => {
    if (!Number.isFinite(plan.tailDegrees)) return 1;
    const nu = Math.max(3, Math.round(plan.tailDegrees));
    let chi = 0;
    for (let k = 0; k < nu; k++) chi += normal(`tail ${k}`, stage) ** 2;
    return Math.sqrt((nu - 2) / chi);
  };
  const move = (i: number, stage: number): number =>
    active[stage]
      ? tail(stage) *
        (plan.market[i] * normal('factor 0', stage) +
          plan.sector[i] * normal(`factor ${1 + plan.sectorOf[i]}`, stage) +
          plan.own[i] * normal(plan.ids[i], stage))
      : 0;
  const variance = (i: number): number => plan.market[i] ** 2 + plan.sector[i] ** 2 + plan.own[i] ** 2;
  const measure = (i: number): number => {
    const x = average * move(i, 0) - (average * average * variance(i)) / 2;
    const doubt = plan.measureDoubt[i];
    const d = doubt > 0 ? exp(doubt * normal(plan.ids[i], STREAMS.doubt) - doubt ** 2 / 2) : 1;
    return (plan.measureKnown[i] + plan.measureFuture[i] * exp(x)) * d;
  };
  const rows = [...plan.ids.keys()];
  const members =
    plan.seats.kind === 'fixed' ? rows.filter((i) => plan.fixedMember[i] === 1) : seated(plan, rows, measure);
  const x2 = (i: number): number => pricingOnAverage * move(i, 0) + pricing * move(i, 1);
  const v2 = (i: number): number => (pricingOnAverage ** 2 + pricing ** 2) * variance(i);
  const atPricing = (i: number): number => plan.pricingBase[i] * exp(x2(i) - v2(i) / 2);
  const atSwap = (i: number): number =>
    plan.price[i] * exp(x2(i) + swap * move(i, 2) - (v2(i) + swap ** 2 * variance(i)) / 2);
  const { factors } = applyCaps(
    Float64Array.from(members, (i) => plan.newShares[i] * atPricing(i)),
    plan.caps,
  );
  const after = members.map((i, m) => plan.newShares[i] * factors[m] * atSwap(i));
  const before = rows.map((i) => plan.oldShares[i] * atSwap(i));
  const [totalAfter, totalBefore] = [sum(after), sum(before)];
  const level = totalBefore / sum(rows.map((i) => plan.oldShares[i] * plan.price[i]));
  const created =
    plan.assetsDoubt > 0 ? exp(plan.assetsDoubt * normal('assets', 0) - plan.assetsDoubt ** 2 / 2) : 1;
  const weight = new Map(members.map((i, m) => [String(plan.ids[i]), after[m] / totalAfter]));
  const flow = new Map(
    rows.map((i) => {
      const id = String(plan.ids[i]);
      return [id, plan.assets * level * created * ((weight.get(id) ?? 0) - before[i] / totalBefore)];
    }),
  );
  return { members: members.map((i) => String(plan.ids[i])), flow, weight };
}

/** As review() does it: rank the eligible, buffer, then the turnover limit. */
function seated(plan: ForecastPlan, rows: readonly number[], measure: (i: number) => number): number[] {
  const rule = plan.seats;
  if (rule.kind === 'fixed') return [];
  const values = rows.map(measure);
  const eligible = rows.filter((i) => plan.eligible[i] === 1);
  const ranked = eligible.toSorted((a, b) => values[b] - values[a] || a - b);
  const isMember = (i: number): boolean => plan.incumbent[i] === 1;
  const seats = seatByBuffer(ranked, isMember, rule);
  const inSeat = new Set(seats.map(({ item }) => item));
  const rankOf = (i: number): number => (ranked.includes(i) ? ranked.indexOf(i) : 1e9);
  const additions = seats.map(({ item }) => item).filter((i) => !isMember(i));
  const deletions = rows
    .filter((i) => isMember(i) && !inSeat.has(i))
    .toSorted((a, b) => rankOf(b) - rankOf(a) || a - b);
  const swaps = limitTurnover(additions, deletions, rule.count, {
    kind: 'turnover-limit',
    maxCount: rule.maxChanges,
    pairing: 'best-in-worst-out',
  });
  const leaving = new Set(swaps.deletions);
  return rows.filter((i) => (isMember(i) && !leaving.has(i)) || swaps.additions.includes(i));
}
