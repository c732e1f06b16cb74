/** Market clearing against numbers worked out elsewhere, and against demand added up investor by investor. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearMarket, InputError, type Investor } from '../../../src/core/index.js';
import { ACCEPTANCE } from '../acceptance.js';

const { A, beta0, c, P, P_index_aum_33: after, tolerance } = ACCEPTANCE.koijen_yogo_toy;
const investors = (index: number): Investor[] =>
  A.map((assets, i): Investor => {
    const slope = beta0[i];
    return slope === 'index' ? { assets: index, index: true } : { assets, slope, constants: c[i] ?? [] };
  });
const within = (got: ArrayLike<number>, wanted: readonly number[]): boolean =>
  wanted.every((value, n) => Math.abs(got[n] - value) < tolerance);

describe('three securities, two who choose and an index fund', () => {
  it('clear at the values worked out elsewhere, and higher when the index fund has 33', () => {
    expect(within(clearMarket(investors(30)).marketValues, P)).toBe(true);
    expect(within(clearMarket(investors(33)).marketValues, after)).toBe(true);
  });

  it('an index fund that keeps a part outside, as the others do, does not give them', () => {
    // A slope of nearly one and constants of zero: d = ME, and 1 / (1 + sum of ME) stays outside.
    const asOthers = investors(30).with(2, { assets: 30, slope: 1 - 1e-9, constants: [0, 0, 0] });
    expect(within(clearMarket(asOthers).marketValues, P)).toBe(false);
  });

  it('nor do slopes taken for elasticities', () => {
    const turned = investors(30).map((one): Investor =>
      'index' in one ? one : { ...one, slope: 1 - one.slope },
    );
    expect(within(clearMarket(turned).marketValues, P)).toBe(false);
  });
});

describe('any market', () => {
  const active = fc.record({
    assets: fc.double({ min: 1, max: 1e6, noNaN: true }),
    slope: fc.double({ min: -1, max: 0.8, noNaN: true }),
    constants: fc.array(fc.double({ min: -4, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
  });
  it('is worth what its investors hold of it', () => {
    fc.assert(
      fc.property(
        fc.array(active, { minLength: 1, maxLength: 4 }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (choosing, index) => {
          const { marketValues: me } = clearMarket([...choosing, { assets: index, index: true }]);
          const total = me[0] + me[1] + me[2];
          me.forEach((value, n) => {
            let held = (index * value) / total;
            for (const { assets, slope, constants } of choosing) {
              const wants = constants.map((constant, m) => Math.exp(slope * Math.log(me[m]) + constant));
              held += (assets * wants[n]) / (1 + wants[0] + wants[1] + wants[2]);
            }
            expect(held / value).toBeCloseTo(1, 9);
          });
        },
      ),
    );
  });
});

it('what cannot be cleared is refused with every place', () => {
  const call = (): unknown =>
    clearMarket([
      { assets: 0, index: true },
      { assets: 1, slope: 1, constants: [0, 0] },
      { assets: 1, slope: 0, constants: [Number.NaN, 0] },
    ]);
  expect(call).toThrow(InputError);
  try {
    call();
  } catch (error) {
    expect((error as InputError).issues.map(({ path }) => path)).toEqual([
      'investors[0].assets',
      'investors[1].slope',
      'investors[2].constants',
    ]);
  }
  expect(() => clearMarket([{ assets: 1, index: true }])).toThrow(InputError);
});
