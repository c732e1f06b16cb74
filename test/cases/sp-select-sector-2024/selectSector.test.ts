/**
 * Ten rebalances of Select Sector indices in 2024, replayed from float market values and compared with the weights
 * the funds' sponsor printed. Errors are in percentage points, the mean over the printed weights.
 */
import { describe, expect, it } from 'vitest';
import type { CapRule, NamedCap, Occasion } from '../../../src/core/index.js';
import { boundBy, cap, drift, table, weigh, weighUnder, type Holding } from '../weighing.js';

const folder = 'test/cases/sp-select-sector-2024';
const inputs = table(`${folder}/inputs.csv`);
const published = table(`${folder}/published.csv`);

interface Event {
  readonly id: string;
  readonly effective: string;
  readonly legacy: boolean;
  readonly occasion: Occasion;
  readonly holdings: readonly Holding[];
  /** Growth from the reference price to the price on the printed day. */
  readonly growth: (ticker: string) => number;
  /** Ticker -> printed percent. */
  readonly printed: ReadonlyMap<string, number>;
}

const events = [...new Set(inputs.map((row) => row.event_id))].map((id): Event => {
  const rows = inputs.filter((row) => row.event_id === id);
  const printed = published.filter((row) => row.event_id === id);
  const later = new Map(printed.map((row) => [row.ticker, Number(row.price_as_of_in_ref_share_units)]));
  const reference = new Map(rows.map((row) => [row.ticker, Number(row.ref_price)]));
  return {
    id,
    effective: rows[0].effective_date,
    legacy: rows[0].rule !== 'new',
    occasion: rows[0].rule === 'legacy-secondary' ? 'quarter-end' : 'quarterly',
    holdings: rows.map((row) => ({
      id: row.ticker,
      issuer: row.company,
      value: Number(row.float_shares_proxy) * Number(row.ref_price),
    })),
    growth: (ticker) => (later.get(ticker) ?? Number.NaN) / (reference.get(ticker) ?? Number.NaN),
    printed: new Map(
      printed
        .filter((row) => row.published_weight_pct !== '')
        .map((row) => [row.ticker, Number(row.published_weight_pct)]),
    ),
  };
});

/** Errors of one event's weights once they have drifted to the printed day. */
function errors(event: Event, weights: ReadonlyMap<string, number>): number[] {
  const drifted = drift(weights, event.growth);
  return [...event.printed].map(([ticker, weight]) =>
    Math.abs(100 * (drifted.get(ticker) ?? Number.NaN) - weight),
  );
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Only the second rebalance looks at weights in force; of those only Microsoft's 24.27 % is known. */
function inForceIfNeeded(event: Event): readonly Holding[] {
  if (event.occasion !== 'quarter-end') return event.holdings;
  const others = event.holdings
    .filter(({ id }) => id !== 'MSFT')
    .reduce((total, holding) => total + holding.value, 0);
  return event.holdings.map((holding) => ({
    ...holding,
    inForce: holding.id === 'MSFT' ? 0.2427 : (holding.value / others) * (1 - 0.2427),
  }));
}

const byTheRules = (event: Event) =>
  weighUnder('sp-select-sector', event.effective, inForceIfNeeded(event), { occasion: event.occasion });

const eventOf = (id: string): Event => {
  const event = events.find((one) => one.id === id);
  if (event === undefined) throw new Error(`no event ${id}`);
  return event;
};

describe('Select Sector rebalances of 2024', () => {
  it('has the ten events', () => expect(events).toHaveLength(10));

  // Share counts of June and September come from another month.
  it.each(
    events.map((event) => [event.id, /-(?:06|09)-/.test(event.effective) ? 0.15 : 0.03, event] as const),
  )('%s lands within %f points of the printed weights', async (_, tolerance, event) => {
    const { weights } = await byTheRules(event);
    expect(mean(errors(event, weights))).toBeLessThan(tolerance);
  });

  it('cuts five communication companies in June 2024, from the fourth down', async () => {
    const run = await byTheRules(eventOf('XLC-2024-06-24'));
    expect(boundBy(run, 'caps.large-companies')).toEqual(['CMCSA', 'DIS', 'NFLX', 'T', 'VZ']);
  });

  it('lifts Broadcom back to 4.5 % in September 2024', async () => {
    const run = await byTheRules(eventOf('XLK-2024-09-23'));
    expect(boundBy(run, 'caps.large-companies')).toEqual(['AAPL', 'AVGO', 'MSFT', 'NVDA']);
    expect(run.weights.get('AVGO')).toBeCloseTo(0.045, 12);
  });

  it('does nothing at a quarter end while the limits hold', async () => {
    const { holdings } = eventOf('XLE-2024-12-23');
    const calm = holdings.map((holding) => ({ ...holding, inForce: 1 / holdings.length }));
    const { result } = await weighUnder('sp-select-sector', '2024-12-31', calm, { occasion: 'quarter-end' });
    expect(result.keptInForce).toBe(true);
  });
});

const LEGACY: readonly [CapRule, CapRule] = [
  { kind: 'single', cap: 0.23, trigger: 0.24 },
  { kind: 'above-sum', threshold: 0.048, limit: 0.5, cut: 'cut-smallest', cutTo: 0.045 },
];
const NEW: readonly [CapRule, CapRule, CapRule] = [
  { kind: 'single', cap: 0.23, trigger: 0.24, spread: 'deferred' },
  { kind: 'above-sum', threshold: 0.048, limit: 0.5, target: 0.45, cut: 'scale-set', spread: 'deferred' },
  { kind: 'receivers', below: 0.045, ceiling: 0.045 },
];

describe('wrong turns that the cases catch', () => {
  const caps = (...rules: readonly CapRule[]): NamedCap[] => rules.map((rule, i) => cap(`wrong.${i}`, rule));
  /** Mean error over the printed weights of several events. */
  const error = (
    which: readonly Event[],
    rules: (event: Event) => readonly NamedCap[],
    level: 'security' | 'issuer' = 'issuer',
  ): number =>
    mean(which.flatMap((event) => errors(event, weigh(event.holdings, rules(event), level).weights)));

  const legacy = events.filter((event) => event.legacy);
  const recent = events.filter((event) => !event.legacy);
  const right = (event: Event): NamedCap[] => caps(...(event.legacy ? LEGACY : NEW));

  it('the right rules miss by two hundredths of a point', () => {
    expect(error(events, right)).toBeLessThan(0.02);
  });

  it('no capping at all', () => {
    expect(error(events, () => [])).toBeCloseTo(2.8, 1);
  });

  it('the rules of the other era', () => {
    expect(error(events, (event) => caps(...(event.legacy ? NEW : LEGACY)))).toBeCloseTo(1.5, 1);
  });

  it('caps per security instead of per company', () => {
    expect(error(events, right, 'security')).toBeGreaterThan(0.3);
  });

  it('to June 2024: excess of the group to everybody instead of the small companies', () => {
    const toAll = caps(LEGACY[0], { ...LEGACY[1], spread: 'deferred' } as CapRule);
    expect(error(legacy, () => toAll)).toBeGreaterThan(0.9);
    expect(error([eventOf('XLC-2024-06-24'), eventOf('XLK-2024-06-24')], () => toAll)).toBeGreaterThan(1.6);
  });

  it('since September 2024: excess of the single cap spread before the group is tested', () => {
    expect(
      error(recent, () => caps({ ...NEW[0], spread: 'pro-rata' } as CapRule, NEW[1], NEW[2])),
    ).toBeGreaterThan(0.5);
  });

  it('since September 2024: the group taken to 50 instead of 45 %', () => {
    expect(error(recent, () => caps(NEW[0], { ...NEW[1], target: 0.5 } as CapRule, NEW[2]))).toBeCloseTo(
      0.5,
      1,
    );
  });

  it('since September 2024: receivers not held at 4.5 %', () => {
    expect(
      error(recent, () => caps(NEW[0], NEW[1], { kind: 'receivers', below: 0.045, ceiling: 1 })),
    ).toBeGreaterThan(0.7);
  });

  it('priced on another day than the reference date', () => {
    // The printed day stands in for a wrong reference date: Apple and Nvidia change places in June.
    const june = eventOf('XLK-2024-06-24');
    const repriced = june.holdings.map((holding) => ({
      ...holding,
      value: holding.value * june.growth(holding.id),
    }));
    const { weights } = weigh(repriced, right(june), 'issuer');
    const wrong = [...june.printed].map(([id, weight]) => Math.abs(100 * (weights.get(id) ?? 0) - weight));
    expect(mean(wrong)).toBeGreaterThan(5);
  });
});
