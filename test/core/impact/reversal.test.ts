/** What is left of a peak: all of it at the last trade, what stays in the end, and never more than a session before. */
import { expect, it } from 'vitest';
import { InputError, reversalPath } from '../../../src/core/index.js';

it('starts with all of it and ends with what stays', () => {
  const [start, ...later] = reversalPath([0, 3, 8, 1e12]);
  expect([start.left, ...start.band]).toEqual([1, 1, 1]);
  // A half and a third of what fades are left after three and eight sessions.
  expect(later[0].left).toBeCloseTo(2 / 3 + 1 / 6, 14);
  expect(later[1].band).toEqual([expect.closeTo(0.5 + 0.5 / 3, 14), expect.closeTo(0.7 + 0.3 / 3, 14)]);
  expect([later[2].left, ...later[2].band].map((left) => left.toFixed(4))).toEqual([
    '0.6667',
    '0.5000',
    '0.7000',
  ]);
});

it('falls from session to session, inside its band', () => {
  const path = reversalPath(Array.from({ length: 60 }, (_, session) => session));
  path.slice(1).forEach(({ left, band }, i) => {
    expect(left).toBeLessThan(path[i].left);
    expect(left).toBeGreaterThan(band[0]);
    expect(left).toBeLessThan(band[1]);
  });
});

it('does not begin before the last trade', () => {
  expect(() => reversalPath([-1])).toThrow(InputError);
});
