/** Made-up markets with known baskets: prices that walk at random, levels to three decimals as a provider prints them. */
import {
  pricePanel,
  PRICE_QUALITIES,
  securityId,
  type Day,
  type PricePanel,
  type PriceSource,
  type SecurityId,
  type ShareAction,
} from '../../../src/core/index.js';

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal numbers (Box and Muller). */
export function normal(next: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

export const idsOf = (count: number): SecurityId[] =>
  Array.from({ length: count }, (_, j) => securityId(`7${String(j).padStart(5, '0')}`));

export const daysOf = (count: number): Day[] => Array.from({ length: count }, (_, i) => (20000 + i) as Day);

/** Members x sessions closes in whole cents, moving together and each for itself. */
export function walks(members: number, sessions: number, next: () => number): number[][] {
  const draw = normal(next);
  const market = Array.from({ length: sessions }, () => 0.01 * draw());
  return Array.from({ length: members }, () => {
    let price = 10 + 90 * next();
    return market.map((common) => {
      price *= Math.exp(common + 0.02 * draw());
      return Math.round(price * 100) / 100;
    });
  });
}

/** A panel of these closes; a session without a close (NaN) has no row. */
export function panelOf(closes: readonly (readonly number[])[]): PricePanel {
  const days = daysOf(closes[0].length);
  const traded = closes.map((row) => row.flatMap((close, i) => (Number.isNaN(close) ? [] : i)));
  const flat = traded.flatMap((rows, j) => rows.map((i) => ({ day: days[i], close: closes[j][i] })));
  return pricePanel(
    idsOf(closes.length),
    traded.map((rows) => rows.length),
    {
      day: Int32Array.from(flat, ({ day }) => day),
      close: Float64Array.from(flat, ({ close }) => close),
      value: new Float64Array(flat.length).fill(NaN),
      quality: new Uint8Array(flat.length).fill(PRICE_QUALITIES.indexOf('observed')),
    },
  );
}

export const sourceOf = (
  closes: readonly (readonly number[])[],
  actions: readonly ShareAction[] = [],
): PriceSource => ({ prices: panelOf(closes), actions });

/** Units that give equal-looking weights of very different size at the first close and a level of 1,000. */
export function unitsFor(closes: readonly (readonly number[])[], next: () => number): number[] {
  const sizes = closes.map(() => Math.exp(2 * next()));
  const total = sizes.reduce((a, b) => a + b, 0);
  return closes.map((row, j) => (1000 * sizes[j]) / total / row[0]);
}

/** Level of each session: units x last known close, with noise, to three decimals. */
export function levelsOf(
  closes: readonly (readonly number[])[],
  units: readonly number[],
  noise: () => number = () => 0,
): Map<Day, number> {
  const held = closes.map((row) => carried(row));
  return new Map(
    daysOf(closes[0].length).map((day, i) => {
      const level = units.reduce((total, u, j) => total + u * held[j][i], 0) + noise();
      return [day, Math.round(level * 1000) / 1000];
    }),
  );
}

/** Weights at one session. */
export function weightsAt(
  closes: readonly (readonly number[])[],
  units: readonly number[],
  session: number,
): number[] {
  const values = units.map((u, j) => u * carried(closes[j])[session]);
  const total = values.reduce((a, b) => a + b, 0);
  return values.map((value) => value / total);
}

/** NaN takes the close before it. */
function carried(row: readonly number[]): number[] {
  let last = NaN;
  return row.map((close) => (last = Number.isNaN(close) ? last : close));
}
