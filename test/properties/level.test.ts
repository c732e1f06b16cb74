/**
 * The level engine on random markets with random events, against the naive reference: prices with gaps, several
 * currencies, baskets in shares and in weights, every kind of corporate action, every policy.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyCaps,
  closeMatrix,
  indexHistory,
  securityId,
  type ActionPolicy,
  type CorporateAction,
  type IndexInput,
  type NamedCap,
  type Rebalance,
} from '../../src/core/index.js';
import { cappedWeights } from '../../src/core/level/cappedWeights.js';
import { day } from '../core/level/markets.js';
import { referenceHistory, type ReferenceMarket } from '../core/level/reference.js';

const SESSIONS = 24;
/** Six companies; the last two are children that trade from session 12 on. The first is never taken out. */
const IDS = ['A', 'B', 'C', 'D', 'Y', 'Z'].map(securityId);
const CHILDREN = 2;
const LISTED = IDS.length - CHILDREN;
const FIRST_TRADE_OF_CHILDREN = 12;
const TAX = 0.15;
const RUNS = { numRuns: 600 };

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

const market = fc
  .record({
    base: fc.array(between(5, 200), { minLength: IDS.length, maxLength: IDS.length }),
    steps: fc.array(between(-0.08, 0.08), { minLength: 40, maxLength: 40 }),
    gaps: fc.array(fc.nat(IDS.length * SESSIONS - 1), { maxLength: 15 }),
    currencies: fc.array(fc.constantFrom('CNY', 'HKD', 'USD'), {
      minLength: IDS.length,
      maxLength: IDS.length,
    }),
    drift: between(-0.02, 0.02),
  })
  .map(({ base, steps, gaps, currencies, drift }): ReferenceMarket => {
    const close = IDS.map((_, i) => {
      let price = base[i];
      return Array.from({ length: SESSIONS }, (__, t) => {
        price *= 1 + steps[(i * 7 + t * (i + 1)) % steps.length];
        const untraded = gaps.includes(i * SESSIONS + t) && t > 0 && t !== FIRST_TRADE_OF_CHILDREN;
        return untraded || (i >= LISTED && t < FIRST_TRADE_OF_CHILDREN) ? Number.NaN : price;
      });
    });
    const series = (level: number): number[] =>
      Array.from({ length: SESSIONS }, (_, t) => level * (1 + drift) ** t);
    return {
      ids: IDS,
      close: Object.fromEntries(IDS.map((id, i) => [id, close[i]])),
      currency: Object.fromEntries(IDS.map((id, i) => [id, currencies[i]])),
      rates: { CNY: Array.from({ length: SESSIONS }, () => 1), HKD: series(0.92), USD: series(7.2) },
      sessions: SESSIONS,
    };
  });

/** A listed company; `removable` ones only where the index could otherwise end up empty. */
const listed = fc.constantFrom(...IDS.slice(0, LISTED));
const removable = fc.constantFrom(...IDS.slice(1, LISTED));
const exDay = fc.integer({ min: 1, max: SESSIONS - 1 }).map(day);
const perShare = between(0.05, 1);

const action: fc.Arbitrary<CorporateAction> = fc.oneof(
  fc.record({ kind: fc.constant('bonus' as const), id: listed, exDay, perShare }),
  fc.record({ kind: fc.constant('split' as const), id: listed, exDay, ratio: between(1.5, 10) }),
  fc.record({ kind: fc.constant('consolidation' as const), id: listed, exDay, ratio: between(0.5, 0.9) }),
  fc.record({
    kind: fc.constant('rights' as const),
    id: listed,
    exDay,
    perShare,
    subscription: between(0, 50),
  }),
  fc.record({ kind: fc.constant('dividend' as const), id: listed, exDay, cashPerShare: between(0, 0.5) }),
  fc.record({
    kind: fc.constant('special-dividend' as const),
    id: listed,
    exDay,
    cashPerShare: between(0, 0.1),
  }),
  fc.record({ kind: fc.constant('share-change' as const), id: listed, exDay, shares: between(80, 140) }),
  fc.record({
    kind: fc.constant('merger' as const),
    id: removable,
    survivor: listed,
    exDay,
    perShare: fc.oneof(fc.constant(0), between(0.1, 2)),
    cashPerShare: between(0, 5),
    at: fc.constantFrom('last' as const, 'terms' as const),
  }),
  fc.record({
    kind: fc.constant('delisting' as const),
    id: removable,
    exDay,
    at: fc.oneof(fc.constant('last' as const), between(0, 5)),
  }),
  fc.record({
    kind: fc.constant('currency' as const),
    id: listed,
    exDay,
    currency: fc.constantFrom('CNY', 'USD'),
  }),
);

const suspension: fc.Arbitrary<CorporateAction> = fc
  .record({
    id: listed,
    from: fc.integer({ min: 1, max: SESSIONS - 2 }),
    length: fc.integer({ min: 1, max: 8 }),
    at: fc.oneof(fc.constant('last' as const), between(0.5, 20)),
  })
  .map(({ id, from, length, at }) => ({
    kind: 'suspension',
    id,
    exDay: day(from),
    until: day(from + length),
    at,
  }));

const spinOff: fc.Arbitrary<CorporateAction> = fc
  .record({
    parent: listed,
    stay: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    perShare,
    proceeds: fc.constantFrom('index' as const, 'parent' as const),
    late: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ parent, stay, perShare: ratio, proceeds, late }) => ({
    kind: 'spin-off',
    id: parent,
    child: IDS[LISTED],
    exDay: day(FIRST_TRADE_OF_CHILDREN - late),
    perShare: ratio,
    keepUntil: stay === undefined ? 'rebalance' : day(FIRST_TRADE_OF_CHILDREN + stay),
    proceeds,
  }));

/** A currency changes at most once a company, and never together with another action of its: see the engine's order. */
const actions = fc
  .tuple(
    fc.array(action, { maxLength: 14 }),
    fc.option(suspension, { nil: undefined }),
    fc.option(spinOff, { nil: undefined }),
  )
  .map(([list, still, child]) => {
    const leaves = new Set<string>();
    const redenominated = new Set<string>();
    const others = list.filter((a) => {
      // Nobody merges into himself, or into one who leaves on the same evening.
      const leavesToo = (b: CorporateAction): boolean =>
        a.kind === 'merger' &&
        b.id === a.survivor &&
        b.exDay === a.exDay &&
        (b.kind === 'merger' || b.kind === 'delisting');
      if (list.some(leavesToo)) return false;
      if (a.kind === 'merger' && a.survivor === a.id) return false;
      if (a.kind === 'delisting' || a.kind === 'merger') {
        if (leaves.has(a.id)) return false;
        leaves.add(a.id);
      }
      if (a.kind !== 'currency') return true;
      if (redenominated.has(a.id)) return false;
      redenominated.add(a.id);
      return !list.some((b) => b !== a && b.id === a.id && b.exDay === a.exDay);
    });
    return [...others, ...(still ? [still] : []), ...(child ? [child] : [])];
  });

const basket = fc.record({
  effective: fc.integer({ min: 3, max: SESSIONS - 1 }),
  lag: fc.integer({ min: 1, max: 3 }),
  kind: fc.constantFrom('index-shares' as const, 'target-weights' as const, 'share-update' as const),
  counts: fc.array(between(50, 150), { minLength: LISTED, maxLength: LISTED }),
  dropped: fc.integer({ min: 1, max: LISTED }),
});
const rebalances = fc
  .uniqueArray(basket, { maxLength: 3, selector: ({ effective }) => effective })
  .map((list) =>
    list
      .toSorted((a, b) => a.effective - b.effective)
      .map(({ effective, lag, kind, counts, dropped }): Rebalance => {
        const rows = Int32Array.from([0, 1, 2, 3].filter((row) => row !== dropped));
        const numbers = Float64Array.from(rows, (row) => counts[row]);
        const on = { effective: day(effective), rows };
        if (kind === 'share-update') return { kind, effective: day(effective) };
        if (kind === 'target-weights')
          return { kind, ...on, pricedOn: day(effective - lag), weights: numbers };
        const factors = Float64Array.from(rows, (row) => 1 - row / 10);
        return { kind, ...on, countedOn: day(effective - lag), shares: numbers, factors };
      }),
  );

const policy: fc.Arbitrary<ActionPolicy> = fc.record({
  cappedMembers: fc.constantFrom('keep-factor' as const, 'weight-neutral' as const),
  specialDividends: fc.constantFrom('adjust' as const, 'leave' as const),
  shareChangeThreshold: fc.constantFrom(0.05, 0.1),
  reinvestment: fc.constantFrom('at-close' as const, 'at-open' as const),
});

interface World {
  readonly market: ReferenceMarket;
  readonly actions: readonly CorporateAction[];
  readonly rebalances: readonly Rebalance[];
  readonly policy: ActionPolicy;
}
const world: fc.Arbitrary<World> = fc.record({ market, actions, rebalances, policy });

const START = {
  A: { shares: 100, factor: 1 },
  B: { shares: 120, factor: 0.8 },
  C: { shares: 90, factor: 1 },
};
const DIVISOR = 7;

function inputOf({ market: m, ...rest }: World): IndexInput {
  return {
    closes: closeMatrix(
      IDS,
      Int32Array.from({ length: SESSIONS }, (_, t) => t),
      Float64Array.from(IDS.flatMap((id) => m.close[id])),
    ),
    start: {
      rows: Int32Array.of(0, 1, 2),
      shares: Float64Array.of(100, 120, 90),
      factors: Float64Array.of(1, 0.8, 1),
      divisor: DIVISOR,
    },
    listings: {
      indexCurrency: 'CNY',
      currencies: IDS.map((id) => m.currency[id]),
      rates: Object.fromEntries(
        Object.entries(m.rates).map(([code, series]) => [code, Float64Array.from(series)]),
      ),
    },
    tax: { rates: {}, otherwise: TAX, source: 'the test' },
    ...rest,
  };
}

const largestGap = (ours: ArrayLike<number>, theirs: readonly number[]): number =>
  Math.max(...theirs.map((level, t) => Math.abs(ours[t] / level - 1)));

describe('random markets with random events', () => {
  test('give the levels and divisors of the naive reference', () => {
    fc.assert(
      fc.property(world, (w) => {
        const ours = indexHistory(inputOf(w));
        const theirs = referenceHistory(w.market, START, DIVISOR, w.rebalances, w.actions, w.policy, TAX);
        expect(largestGap(ours.price, theirs.price)).toBeLessThan(1e-11);
        expect(largestGap(ours.gross, theirs.gross)).toBeLessThan(1e-11);
        expect(largestGap(ours.net as Float64Array, theirs.net)).toBeLessThan(1e-11);
        expect(largestGap(ours.divisor, theirs.divisor)).toBeLessThan(1e-11);
      }),
      RUNS,
    );
  });

  test('never have a gross return below the price return, nor a net one above the gross one', () => {
    fc.assert(
      fc.property(world, (w) => {
        const { price, gross, net } = indexHistory(inputOf(w));
        for (let t = 0; t < SESSIONS; t++) {
          expect(gross[t]).toBeGreaterThanOrEqual(price[t] * (1 - 1e-14));
          expect((net as Float64Array)[t]).toBeLessThanOrEqual(gross[t] * (1 + 1e-14));
        }
      }),
      RUNS,
    );
  });

  test('do not depend on the order in which actions are listed', () => {
    fc.assert(
      fc.property(world, (w) => {
        // Two share counts of one company on one day contradict each other, and so do two suspensions.
        const kept = w.actions.filter(
          (a, i) =>
            a.kind !== 'share-change' ||
            w.actions.findIndex((b) => b.kind === a.kind && b.id === a.id && b.exDay === a.exDay) === i,
        );
        const there = indexHistory(inputOf({ ...w, actions: kept }));
        const back = indexHistory(inputOf({ ...w, actions: kept.toReversed() }));
        expect(largestGap(back.net as Float64Array, [...(there.net as Float64Array)])).toBeLessThan(1e-12);
      }),
      RUNS,
    );
  });
});

test('the fast capped weights are those of the capping rules', () => {
  const values = fc
    .array(between(1e-4, 1), { minLength: 6, maxLength: 120 })
    .chain((uniforms) => between(0.8, 3).map((tail) => Float64Array.from(uniforms, (u) => u ** (-1 / tail))));
  const rules = fc.record({
    cap: between(0.02, 0.5),
    k: fc.integer({ min: 1, max: 8 }),
    limit: between(0.1, 0.9),
    joint: fc.boolean(),
  });
  fc.assert(
    fc.property(values, rules, (v, { cap, k, limit, joint }) => {
      const caps = [
        { id: 'single', rule: { kind: 'single', cap } },
        ...(joint ? [{ id: 'top', rule: { kind: 'top-k', k, limit, redistribution: 'capped-stay' } }] : []),
      ] as unknown as NamedCap[];
      const expected = outcomeOf(() => applyCaps(v, caps).weights);
      const found = outcomeOf(() => cappedWeights(v.length, caps)(v));
      if (typeof expected === 'string') expect(found).toBe(expected);
      else
        expected.forEach((weight, i) =>
          expect(Math.abs((found as Float64Array)[i] - weight)).toBeLessThan(1e-12),
        );
    }),
    { numRuns: 3000 },
  );
});

/** Weights, or the message of the refusal. */
function outcomeOf(weigh: () => Float64Array): Float64Array | string {
  try {
    return weigh();
  } catch (error) {
    return String(error);
  }
}
