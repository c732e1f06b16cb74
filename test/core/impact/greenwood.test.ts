/** Many trades at once, against the covariance matrix written out. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { greenwood, type DemandBook } from '../../../src/core/index.js';
import { refusalOf } from '../refusals.js';

const entry = fc.record({
  demand: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  market: fc.double({ min: 0.005, max: 0.03, noNaN: true }),
  sector: fc.double({ min: 0, max: 0.02, noNaN: true }),
  own: fc.double({ min: 0.005, max: 0.04, noNaN: true }),
  sectorOf: fc.nat({ max: 2 }),
});
type Entry = Readonly<Record<'demand' | 'market' | 'sector' | 'own' | 'sectorOf', number>>;

const bookOf = (entries: readonly Entry[]): DemandBook => {
  const column = (key: keyof Entry): Float64Array => Float64Array.from(entries, (one) => one[key]);
  return {
    demand: column('demand'),
    market: column('market'),
    sector: column('sector'),
    own: column('own'),
    sectorOf: Uint16Array.from(entries, (one) => one.sectorOf),
  };
};

it('returns are in proportion to covariance times demand, the largest as told', () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 12 }), (entries) => {
      const covariance = entries.map((a, i) =>
        entries.map(
          (b, j) =>
            a.market * b.market +
            (a.sectorOf === b.sectorOf ? a.sector * b.sector : 0) +
            (i === j ? a.own ** 2 : 0),
        ),
      );
      const risk = covariance.map((row) => row.reduce((total, s, j) => total + s * entries[j].demand, 0));
      const most = Math.max(...risk.map(Math.abs));
      fc.pre(most > 1);
      const { event, largest, gamma } = greenwood(bookOf(entries), () => 0.05);
      expect(Math.abs(event[largest])).toBeCloseTo(0.05, 12);
      event.forEach((r, i) => expect(r).toBeCloseTo((0.05 * risk[i]) / most, 9));
      expect(gamma * most).toBeCloseTo(0.05, 9);
    }),
    { numRuns: 200 },
  );
});

it('a name nobody trades falls with its sector', () => {
  const sale = { demand: -1e9, market: 0.01, sector: 0.02, own: 0.03, sectorOf: 0 };
  const purchase = { demand: 1e9, market: 0.01, sector: 0, own: 0.03, sectorOf: 1 };
  const bystander = { ...sale, demand: 0 };
  const { event } = greenwood(bookOf([sale, purchase, bystander]), () => 0.1);
  expect(event[0]).toBeCloseTo(-0.1, 12);
  // Market risk cancels between sale and purchase; what is left is the sector's.
  expect(event[2] / event[0]).toBeCloseTo(0.02 ** 2 / (0.02 ** 2 + 0.03 ** 2), 12);
});

it('no demand, no answer', () => {
  const nobody = { demand: 0, market: 0.01, sector: 0, own: 0.03, sectorOf: 0 };
  expect(refusalOf(() => greenwood(bookOf([nobody]), () => 0.1)).code).toBe('no_demand');
});
