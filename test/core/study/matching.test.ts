/** Nearest rows beside distances worked out in the plainest way. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestRows } from '../../../src/core/index.js';

it('by hand: two features on scales far apart count the same', () => {
  const features = [
    [1, 1000],
    [2, 1000],
    [1, 3000],
    [3, 5000],
    [Number.NaN, 1000],
  ];
  // Standard deviations of the four candidates: 0.957 and 1914.9; both nearest are one of each away.
  const [first, second] = nearestRows(features, 0, 2);
  expect([first.row, second.row]).toEqual([1, 2]);
  expect(first.distance).toBeCloseTo(1 / Math.sqrt(11 / 12), 12);
  expect(second.distance).toBeCloseTo(2000 / Math.sqrt(11e6 / 3), 12);
});

it('any features: the nearest of all, never the target or one with a gap, whatever the unit', () => {
  const values = fc.array(
    fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 1, max: 900 })),
    {
      minLength: 3,
      maxLength: 20,
    },
  );
  fc.assert(
    fc.property(values, fc.nat(), fc.integer({ min: 1, max: 5 }), (rows, at, count) => {
      const target = at % rows.length;
      const got = nearestRows(rows, target, count);
      const deviation = (column: 0 | 1): number => {
        const all = rows.map((row) => row[column]);
        const mean = all.reduce((a, b) => a + b, 0) / all.length;
        return Math.sqrt(all.reduce((a, b) => a + (b - mean) ** 2, 0) / (all.length - 1));
      };
      const [a, b] = [deviation(0), deviation(1)];
      const apart = (row: number): number => {
        const x = a > 0 ? (rows[row][0] - rows[target][0]) / a : 0;
        const y = b > 0 ? (rows[row][1] - rows[target][1]) / b : 0;
        return Math.sqrt(x * x + y * y);
      };
      const others = rows.map((_, row) => row).filter((row) => row !== target);
      const nearest = others.map(apart).toSorted((x, y) => x - y);
      expect(got.map(({ row }) => row)).not.toContain(target);
      got.forEach(({ row, distance }, i) => {
        expect(Math.abs(distance - apart(row))).toBeLessThan(1e-9 * (1 + distance));
        expect(Math.abs(distance - nearest[i])).toBeLessThan(1e-9 * (1 + distance));
      });
      const scaled = rows.map(([x, y]): readonly number[] => [x, y * 1024]);
      expect(nearestRows(scaled, target, count).map(({ row }) => row)).toEqual(got.map(({ row }) => row));
    }),
  );
});
