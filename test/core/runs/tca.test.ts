/** The cost of traded orders on the bundled data, beside arithmetic on closes read as plain rows. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  InputError,
  runTca,
  securityId,
  type IndexData,
  type TcaFill,
  type TcaRequest,
} from '../../../src/core/index.js';
import { bundle, rows } from '../bundle.js';
import { day } from '../days.js';
import { refusalOf } from '../refusals.js';

let data: IndexData;
let closes: Readonly<Record<string, number>>;
beforeAll(async () => {
  data = await bundle();
  const read = await rows(
    `SELECT CAST(day AS VARCHAR) AS day, close FROM {closes} WHERE id = '688256' AND day BETWEEN DATE '2025-08-29' AND DATE '2025-09-16'`,
  );
  closes = Object.fromEntries(read.day.map((on, i) => [String(on), Number(read.close[i])]));
});

const fill = (on: string, shares: number, price: number, more: Partial<TcaFill> = {}): TcaFill => ({
  day: day(on),
  shares,
  price,
  ...more,
});
const FILLS = [
  fill('2025-09-10', 10_000, 1270),
  fill('2025-09-11', 12_000, 1352.4),
  fill('2025-09-12', 8_000, 1480),
];
const BASE: TcaRequest = {
  security: securityId('688256'),
  side: 'sell',
  fills: FILLS,
  shares: 40_000,
  decided: day('2025-08-29'),
  effective: day('2025-09-15'),
};

describe('a sale over three days', () => {
  it('is set against the closes it names', () => {
    const run = runTca(data, BASE);
    expect([run.decisionPrice, run.arrivalPrice]).toEqual([closes['2025-08-29'], closes['2025-09-09']]);
    const value = 10_000 * 1270 + 12_000 * 1352.4 + 8_000 * 1480;
    const byName = Object.fromEntries(run.benchmarks.map((one) => [one.name, one]));
    expect(Object.keys(byName)).toEqual(['decision', 'arrival', 'close', 'effective-close']);
    expect(byName.arrival.money).toBeCloseTo(30_000 * closes['2025-09-09'] - value, 4);
    expect(byName['effective-close'].money).toBeCloseTo(30_000 * closes['2025-09-12'] - value, 4);
    const atCloses =
      10_000 * closes['2025-09-10'] + 12_000 * closes['2025-09-11'] + 8_000 * closes['2025-09-12'];
    expect(byName.close.price).toBeCloseTo(atCloses / 30_000, 9);
    expect(byName.close.cost).toBeCloseTo((atCloses - value) / atCloses, 12);
  });

  it('lacks against paper what cash and shares lack, fees of three orders included', () => {
    const { parts } = runTca(data, BASE);
    const fees = FILLS.reduce(
      (total, { shares, price }) => total + shares * price * (0.0005 + 0.00001 + 0.00025),
      0,
    );
    expect(parts.fees).toBeCloseTo(fees, 6);
    const cash = FILLS.reduce((total, { shares, price }) => total + shares * price, 0) - fees;
    const held = 10_000 * closes['2025-09-12'];
    expect(parts.total).toBeCloseTo(40_000 * closes['2025-08-29'] - cash - held, 3);
  });

  it('impact is what the fills were below the market, or else what the law expects, with its band', () => {
    const modelled = runTca(data, BASE);
    expect(modelled.impactFrom).toBe('model');
    const { expected } = modelled;
    if (expected === undefined) throw new Error('no estimate');
    // Each fill would have been at price / (1 - cost) without the order.
    const lost = FILLS.reduce(
      (total, { shares, price }) => total + shares * (price / (1 - expected.cost) - price),
      0,
    );
    expect(modelled.parts.impact).toBeCloseTo(lost, 3);
    expect(modelled.impactBand).toEqual([expect.closeTo(lost / 2, 3), expect.closeTo(lost, 3)]);

    const quoted = runTca(data, {
      ...BASE,
      fills: FILLS.map((one) => ({ ...one, reference: one.price + 0.5, vwap: 1300 })),
    });
    expect([quoted.impactFrom, quoted.parts.impact]).toEqual(['reference', 15_000]);
    expect(quoted.parts.impact + quoted.parts.timing).toBeCloseTo(
      modelled.parts.impact + modelled.parts.timing,
      4,
    );
    expect(quoted.benchmarks.map(({ name }) => name)).toContain('vwap');
    const onVwap = runTca(data, { ...BASE, fills: FILLS.map((one) => ({ ...one, vwap: 1300 })) });
    expect(onVwap.parts.impact).toBeCloseTo(
      30_000 * 1300 - (10_000 * 1270 + 12_000 * 1352.4 + 8_000 * 1480),
      4,
    );
  });

  it('the law sees the evening before the first fill and nothing later', () => {
    const { prices } = data.market;
    const later = {
      ...prices,
      close: prices.close.map((close, row) => (prices.day[row] >= day('2025-09-10') ? close * 1.01 : close)),
    };
    const moved = runTca({ ...data, market: { ...data.market, prices: later } }, BASE);
    expect(moved.expected).toEqual(runTca(data, BASE).expected);
  });

  it('without more said, nothing was late and nothing was left', () => {
    const { parts, filled, shares } = runTca(data, { security: BASE.security, side: 'sell', fills: FILLS });
    expect([parts.delay, parts.opportunity, filled, shares]).toEqual([0, 0, 30_000, 30_000]);
  });

  it('fees given are taken, the rest of a day is one order', () => {
    const given = FILLS.with(0, { ...FILLS[0], fees: 1 });
    const small = [...given, fill('2025-09-15', 1, 1440), fill('2025-09-15', 1, 1440)];
    const { parts } = runTca(data, { ...BASE, fills: small, until: day('2025-09-16') });
    const rate = 0.0005 + 0.00001 + 0.00025;
    expect(parts.fees).toBeCloseTo(1 + (12_000 * 1352.4 + 8_000 * 1480) * rate + 2880 * 0.00051 + 5, 6);
  });
});

describe('refused', () => {
  const issuesOf = (request: TcaRequest): string[] => {
    try {
      runTca(data, request);
    } catch (error) {
      if (error instanceof InputError) return error.issues.map(({ path }) => path);
      throw error;
    }
    return [];
  };

  it('fills that cannot have been, all at once', () => {
    const fills = [
      fill('2025-09-06', 100, 1300),
      fill('2025-09-10', 100, 982.45),
      fill('2025-09-10', 1.5, 1300),
      fill('2026-09-10', 5, 1300),
      fill('2025-09-11', 1e8, 1387),
    ];
    expect(
      issuesOf({ ...BASE, fills, shares: 5, decided: day('2025-10-01'), until: day('2025-09-01') }),
    ).toEqual([
      'fill 1 of 2025-09-06',
      'fill 2 of 2025-09-10, price',
      'fill 3 of 2025-09-10, shares',
      'fill 4 of 2026-09-10',
      'fills of 2025-09-11',
      'shares',
      'decided',
      'until',
    ]);
    expect(issuesOf({ ...BASE, fills: [] })).toContain('fills');
  });

  it('a fill at the limit can have been, one while the security was suspended cannot', () => {
    // A fifth below 1228.07.
    expect(issuesOf({ ...BASE, fills: [fill('2025-09-10', 100, 982.46)] })).toEqual([]);
    const suspended = { ...BASE, security: securityId('688521'), fills: [fill('2025-09-10', 100, 153)] };
    expect(issuesOf(suspended)).toEqual(['fill 1 of 2025-09-10']);
  });

  it('an order over a bonus issue', () => {
    const { id, exDay } = data.actions.find(
      ({ shareRatio, exDay: on }) => shareRatio > 1 && on > day('2025-01-01'),
    ) ?? {
      id: securityId(''),
      exDay: day('2025-01-01'),
    };
    const { prices } = data.market;
    const at = prices.ids.indexOf(id);
    const on = Array.from(prices.day.subarray(prices.start[at], prices.start[at + 1])).find(
      (one) => one >= exDay,
    );
    const row = Array.from(prices.day).findIndex((one, i) => i >= prices.start[at] && one === on);
    const refused = refusalOf(() =>
      runTca(data, {
        security: id,
        side: 'buy',
        fills: [{ day: prices.day[row] as TcaFill['day'], shares: 200, price: prices.close[row] }],
      }),
    );
    expect(refused.code).toBe('share_action_inside');
  });
});
