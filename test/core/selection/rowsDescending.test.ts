/** The radix sort of rankings against a plain sort, over numbers whose bits are awkward. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowsDescending } from '../../../src/core/selection/rowsDescending.js';

const awkward = fc.oneof(
  fc.double({ noNaN: true }),
  // Equal in their leading 32 bits, so only the last bits tell them apart.
  fc.integer({ min: 0, max: 9 }).map((i) => 1e9 + i * 2 ** -20),
  fc.constantFrom(0, -0, Infinity, -Infinity, 5e-324, -5e-324, 1, -1),
);

it('is a plain sort by value, then by row', () => {
  fc.assert(
    fc.property(fc.array(awkward, { maxLength: 80 }), fc.boolean(), (values, reversed) => {
      const rows = values.map((_, row) => row);
      const given = reversed ? rows.toReversed() : rows;
      const expected = rows.toSorted((a, b) =>
        values[a] === values[b] ? a - b : values[a] > values[b] ? -1 : 1,
      );
      expect(rowsDescending(given, (row) => values[row])).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
