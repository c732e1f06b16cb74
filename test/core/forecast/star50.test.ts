/** The forecast on real data: what must hold on any day, and on the last day, when nothing is left to forecast. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  flowsOf,
  planForecast,
  runForecast,
  runReview,
  simulate,
  simulateReference,
  type ForecastRun,
  type IndexData,
  type ReviewRun,
  type SecurityId,
  type Snapshot,
  type TrackedAssets,
} from '../../../src/core/index.js';
import { horizonOf } from '../../../src/core/forecast/horizon.js';
import { bundle, sessionsOf } from '../bundle.js';
import { day } from '../days.js';

const EFFECTIVE = day('2025-09-15');
const SWAP = day('2025-09-12');
const ASSETS: TrackedAssets = {
  amount: 1e11,
  currency: 'CNY',
  asOf: SWAP,
  range: [1e11, 1e11],
  scope: 'made up',
  feeders: '',
  source: '',
};

let data: IndexData;
beforeAll(async () => {
  data = await bundle();
});
const forecast = (iso: string, paths = 2048, more: object = {}): ForecastRun =>
  runForecast(data, { effective: EFFECTIVE, knownAt: day(iso), paths, seed: 1, assets: ASSETS, ...more });

describe('on the evening of the swap', () => {
  it('every path is the review: members, weights and flows', () => {
    const { draws } = forecast('2025-09-12', 8);
    const review = runReview(data, { effective: EFFECTIVE, knownAt: SWAP });
    const flows = flowsOf(data, review, ASSETS);
    for (const trade of flows.trades) {
      const name = draws.names.find(({ id }) => id === trade.id);
      expect(name?.flowPlain.mean).toBeCloseTo(trade.value, -2);
      // What is left is rounding: sums of squares of bn.
      expect(name?.flowPlain.error).toBeLessThan(1e-9 * ASSETS.amount);
      expect(name?.weightAfter).toBeCloseTo(trade.weightAfter, 10);
      expect(name?.in.mean).toBe(trade.weightAfter > 0 ? 1 : 0);
    }
    expect(draws.turnoverOneWay.mean).toBeCloseTo(review.proForma.turnoverOneWay, 10);
    expect([draws.singleBinds, draws.jointBinds]).toEqual([1, 1]);
  });
});

describe('without anything left to chance', () => {
  // Before the cut-off the review averages what is known, the forecast what will be.
  it.each(['2025-08-04', '2025-08-15', '2025-09-03'])(
    'the forecast of %s is the review of that evening',
    (iso) => {
      const request = { effective: EFFECTIVE, knownAt: day(iso), paths: 4, seed: 1, assets: ASSETS };
      const { plan, still } = planForecast(data, request);
      const none = new Float64Array(plan.ids.length);
      const calm = { ...plan, market: none, sector: none, own: none, measureDoubt: none, assetsDoubt: 0 };
      // Candidates are weighed with an expected float, the review with an upper bound.
      const newShares = plan.newShares.map((shares, i) => boundOf(still, plan.ids[i]) ?? shares);
      const { names, turnoverOneWay } = simulate({ ...calm, newShares }, { seed: 1, paths: 4 });
      const trades = flowsOf(data, still, ASSETS).trades.filter(({ value }) => value !== 0);
      for (const { id, value, weightAfter } of trades) {
        const name = names.find((one) => one.id === id);
        expect(Math.abs((name?.flowPlain.mean ?? 0) - value)).toBeLessThan(1e-9 * ASSETS.amount);
        expect(name?.in.mean).toBe(weightAfter > 0 ? 1 : 0);
      }
      expect(names.filter(({ in: p }) => p.mean > 0)).toHaveLength(50);
      expect(turnoverOneWay.mean).toBeCloseTo(still.proForma.turnoverOneWay, 10);
    },
  );

  it.each(['2025-08-29', '2025-09-03', '2025-09-10'])(
    'the closes that came, put into the plan of %s, give what came',
    (iso) => {
      const request = { effective: EFFECTIVE, knownAt: day(iso), paths: 1, seed: 1, assets: ASSETS };
      const { plan } = planForecast(data, request);
      const came = runReview(data, { effective: EFFECTIVE, knownAt: SWAP });
      const { atPricing, atSwap } = came.snapshots;
      const known = {
        ...plan,
        horizon: { average: 0, pricingOnAverage: 0, pricing: 0, swap: 0 },
        assetsDoubt: 0,
        price: closesOf(atSwap, plan.ids),
        pricingBase: closesOf(atPricing, plan.ids),
      };
      const [path] = simulateReference(known, { seed: 1, paths: 1 });
      for (const { id, weightBefore, weightAfter } of came.proForma.members) {
        const row = plan.ids.indexOf(id);
        expect(path.weightAfter[row] - path.weightBefore[row]).toBeCloseTo(weightAfter - weightBefore, 14);
      }
    },
  );
});

/** Uncapped shares the review gave an addition, today's units. */
function boundOf({ proForma }: ReviewRun, id: SecurityId): number | undefined {
  const row = proForma.before.ids.includes(id) ? -1 : proForma.after.ids.indexOf(id);
  return row < 0 ? undefined : proForma.after.adjustedShares[row];
}

function closesOf({ securities, price }: Snapshot, ids: readonly SecurityId[]): Float64Array {
  const rows = new Map(securities.map(({ id }, row) => [id, row]));
  return Float64Array.from(ids, (id) => price[rows.get(id) ?? -1]);
}

describe('before the announcement', () => {
  it('a candidate weighs what the index counts of its members, not what can be traded at most', () => {
    const { plan, findings } = planForecast(data, {
      effective: EFFECTIVE,
      knownAt: day('2025-08-15'),
      paths: 1,
      seed: 1,
      assets: ASSETS,
    });
    const row = plan.ids.findIndex((id) => id === '688183');
    const counts = data.market.facts;
    const factors = [...counts.values()]
      .flat()
      .filter(
        ({ field, knownOn, quality }) =>
          field === 'inclusion_factor' && quality === 'reconstructed' && knownOn <= day('2025-08-15'),
      );
    const mean = factors.reduce((sum, { value }) => sum + value, 0) / factors.length;
    expect(plan.newShares[row]).toBeCloseTo(831_821_175 * mean, -2);
    expect(findings.map(({ code }) => code)).toContain('float_expected');
  });

  it('a close that is not seen is a doubt about the rank', () => {
    const { plan, findings } = planForecast(data, {
      effective: day('2026-03-16'),
      knownAt: day('2026-02-11'),
      paths: 1,
      seed: 1,
      assets: ASSETS,
    });
    const doubtOf = (code: string): number => plan.measureDoubt[plan.ids.findIndex((id) => id === code)];
    // The closes held of GEOVIS end in December, those of Cambricon in January.
    expect(doubtOf('688568')).toBeGreaterThan(doubtOf('688256'));
    expect(doubtOf('688256')).toBeGreaterThan(0);
    expect(findings.map(({ code }) => code)).toContain('closes_unseen');
  });
});

describe.each(['2025-06-20', '2025-08-04', '2025-08-29', '2025-09-10'])('on %s', (iso) => {
  let run: ForecastRun;
  beforeAll(() => {
    run = forecast(iso);
  });

  it('probabilities add up to fifty seats, mean flows to nothing', () => {
    const { names, seats } = run.draws;
    expect(seats).toBe(50);
    expect(names.reduce((sum, name) => sum + name.inPlain.mean, 0)).toBeCloseTo(50, 9);
    const noise = names.reduce((sum, name) => sum + name.in.error, 0);
    expect(Math.abs(names.reduce((sum, name) => sum + name.in.mean, 0) - 50)).toBeLessThan(4 * noise + 1e-9);
    expect(Math.abs(names.reduce((sum, name) => sum + name.flowPlain.mean, 0))).toBeLessThan(1);
  });

  it('what was announced is certain, what was not is open', () => {
    const announced = iso >= '2025-08-29';
    expect(run.still.review.basis).toBe(announced ? 'announced' : 'rule-based');
    const open = run.draws.names.filter(({ in: p }) => p.mean > 0.01 && p.mean < 0.99).length;
    if (announced) expect(open).toBe(0);
    else expect(open).toBeGreaterThan(1);
  });

  it('nothing known later is used', () => {
    const known = day(iso);
    const later = new Map(
      [...data.market.facts].map(([key, facts]) => [key, facts.filter((f) => f.knownOn <= known)]),
    );
    const blind = {
      ...data,
      market: { ...data.market, facts: later },
      levels: new Map([...data.levels].filter(([on]) => on <= known)),
      changes: data.changes.filter(({ announced }) => announced <= known),
    };
    const request = { effective: EFFECTIVE, knownAt: known, paths: 64, seed: 3, assets: ASSETS };
    expect(runForecast(blind, request).draws).toEqual(runForecast(data, request).draws);
  });
});

describe('answers move as they must', () => {
  it('flows are in proportion to tracked assets', () => {
    const one = forecast('2025-09-03', 512);
    const two = forecast('2025-09-03', 512, { assets: { ...ASSETS, amount: 2e11 } });
    one.draws.names.forEach((name, i) =>
      expect(two.draws.names[i].flow.mean).toBeCloseTo(2 * name.flow.mean, -2),
    );
  });

  it('fat tails widen the extremes and keep the variance in order', () => {
    const camb = (run: ForecastRun) =>
      run.draws.names.find(({ id }) => id === '688256') as (typeof run.draws.names)[number];
    const [thin, fat] = [forecast('2025-08-29', 8192), forecast('2025-08-29', 8192, { tailDegrees: 3 })].map(
      camb,
    );
    const extreme = (samples: Float64Array): number => Math.max(...samples) - Math.min(...samples);
    expect(extreme(fat.flowSamples)).toBeGreaterThan(1.2 * extreme(thin.flowSamples));
  });

  it('the same seed gives the same forecast, another one another', () => {
    const flow = (seed: number): number => forecast('2025-09-03', 256, { seed }).draws.names[0].flow.mean;
    expect(flow(5)).toBe(flow(5));
    expect(flow(5)).not.toBe(flow(6));
  });

  it('a reading of the joint cap changes the plan and nothing else', () => {
    const request = { effective: EFFECTIVE, knownAt: day('2025-09-03'), paths: 1, seed: 1, assets: ASSETS };
    const { caps, ...rest } = planForecast(data, request).plan;
    const other = planForecast(data, { ...request, readings: { 'caps.top-five': 'pro-rata' } }).plan;
    expect({ ...other, caps }).toEqual({ ...rest, caps });
    expect(other.caps).not.toEqual(caps);
  });
});

describe('horizon', () => {
  it('has the variances of a walk: to the mean, to the end given the mean, and on', async () => {
    const calendar = await sessionsOf('XSHG');
    const dates = {
      cutoff: day('2025-07-31'),
      announcement: day('2025-08-29'),
      pricing: day('2025-09-08'),
      swap: SWAP,
      effective: EFFECTIVE,
    };
    const { average, pricingOnAverage, pricing, swap } = horizonOf(calendar, dates, day('2025-07-17'));
    // Ten sessions to the cut-off; the walk itself, enumerated: mean of ten positions, and its end.
    const h = 10;
    const weights = Array.from({ length: h }, (_, step) => (h - step) / h);
    const variance = weights.reduce((sum, w) => sum + w * w, 0);
    expect(average ** 2).toBeCloseTo(variance, 10);
    const covariance = weights.reduce((sum, w) => sum + w, 0);
    expect(pricingOnAverage * average).toBeCloseTo(covariance, 10);
    // From 2025-07-17 to 2025-09-08 are 37 sessions, and four more to the swap.
    expect(pricingOnAverage ** 2 + pricing ** 2).toBeCloseTo(37, 10);
    expect(swap ** 2).toBeCloseTo(4, 10);
  });
});
