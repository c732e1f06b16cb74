/** One tracker's list for the review of September 2025, beside cash and weights counted by hand. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  InputError,
  runTracker,
  securityId,
  type Holding,
  type IndexData,
  type TrackerRequest,
  type TrackerRun,
} from '../../../src/core/index.js';
import { readHoldings } from '../../../src/data/holdingsCsv.js';
import { bundle } from '../bundle.js';
import { day } from '../days.js';

let data: IndexData;
let holdings: readonly Holding[];
beforeAll(async () => {
  data = await bundle();
  ({ rows: holdings } = await readHoldings('examples/holdings.csv'));
});

const listOf = (change: Partial<TrackerRequest> = {}): TrackerRun =>
  runTracker(data, {
    effective: day('2025-09-15'),
    knownAt: day('2025-09-12'),
    holdings,
    cash: 5e6,
    ...change,
  });

describe('a fund of a billion', () => {
  it('ends at the weights of the index, with the cash it had and no more', () => {
    const { trades, fundValue, cashAfter, cost, trackingError, turnoverOneWay } = listOf();
    const value = holdings.reduce(
      (sum, { id, shares }) => sum + shares * (trades.find((one) => one.id === id)?.price ?? 0),
      5e6,
    );
    expect(fundValue).toBeCloseTo(value, 3);
    const spent = trades.reduce((sum, { shares, price }) => sum + shares * price, 0);
    const fees = trades.reduce((sum, one) => sum + one.fees, 0);
    expect(cashAfter).toBeCloseTo(5e6 - spent - fees, 3);
    expect(cashAfter).toBeGreaterThanOrEqual(0);
    expect(cashAfter).toBeLessThan(1e5);
    expect(cost.fees).toBeCloseTo(fees, 6);
    expect(turnoverOneWay).toBeGreaterThan(0.04);
    expect(turnoverOneWay).toBeLessThan(0.055);
    // VeriSilicon closed at its upper limit; what is not bought of it is spread over the others.
    for (const { id, weightAfter, weightIndex } of trades)
      if (id !== '688521') expect(Math.abs(weightAfter - weightIndex)).toBeLessThan(6e-4);
    expect(trackingError.before).toBeGreaterThan(10 * trackingError.after);
  });

  it('sells the deletion whole, buys the addition, and leaves alone what is at its limit', () => {
    const { trades, findings } = listOf();
    const of = (id: string) => trades.find((one) => one.id === id);
    expect(of('688561')?.shares).toBe(-(holdings.find(({ id }) => id === '688561')?.shares ?? 0));
    expect(of('688183')?.held).toBe(0);
    expect(of('688183')?.shares).toBeGreaterThan(0);
    expect([of('688521')?.shares, of('688521')?.stuck]).toEqual([0, 'limit-up']);
    expect(findings.filter(({ code }) => code === 'not_traded_freely').map(({ subject }) => subject)).toEqual(
      ['688521'],
    );
    for (const { shares, orders } of trades) {
      expect(orders.reduce((a, b) => a + b, 0)).toBe(Math.abs(shares));
      for (const order of orders) expect(order).toBeLessThanOrEqual(100_000);
    }
  });

  it('keeps cash, and shares that were bought today', () => {
    const bought = holdings.map((one) => (one.id === '688256' ? { ...one, sellable: 1000 } : one));
    const { trades, cashAfter } = listOf({ holdings: bought, keep: 2e7 });
    expect(trades.find(({ id }) => id === '688256')).toMatchObject({ shares: -1000, stuck: 'not-sellable' });
    expect(cashAfter).toBeGreaterThanOrEqual(2e7);
    expect(cashAfter).toBeLessThan(2.01e7);
  });

  it('cash alone buys the index', () => {
    const { trades, cashAfter, turnoverOneWay } = listOf({ holdings: [], cash: 1e9 });
    expect(trades.filter(({ shares }) => shares > 0)).toHaveLength(49);
    expect(turnoverOneWay).toBeCloseTo(0.5, 2);
    expect(cashAfter).toBeGreaterThanOrEqual(0);
  });
});

it('holdings that cannot be are refused with every place', () => {
  try {
    listOf({
      holdings: [
        { id: securityId('999999'), shares: 1 },
        { id: securityId('688256'), shares: 1.5 },
        { id: securityId('688256'), shares: 100, sellable: 200 },
      ],
      cash: Number.NaN,
      keep: -1,
    });
    expect.unreachable();
  } catch (error) {
    expect((error as InputError).issues.map(({ path }) => path)).toEqual([
      'holding 1, id',
      'holding 2, shares',
      'holding 3, id',
      'holding 3, sellable',
      'cash',
      'keep',
    ]);
  }
});
