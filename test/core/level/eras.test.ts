import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addEras, noEras, reserve, type Eras } from '../../../src/core/level/eras.js';

const SESSIONS = 40;
const NAMES = 30;

/** Consecutive eras with some of the names in each. */
const anEraList = fc.array(
  fc.record({
    length: fc.integer({ min: 1, max: 9 }),
    rows: fc
      .uniqueArray(fc.integer({ min: 0, max: NAMES - 1 }), { maxLength: NAMES })
      .map((rows) => rows.toSorted((a, b) => a - b)),
  }),
  { minLength: 1, maxLength: 4 },
);

const close = Float64Array.from({ length: NAMES * SESSIONS }, (_, i) => 10 + 5 * Math.sin(i * i));
const sharesOf = (row: number, era: number): number => 1 + row / 7 + era / 3;

function write(eras: Eras, from: number, to: number, rows: readonly number[], era: number): void {
  reserve(eras, rows.length);
  const first = eras.count;
  for (const row of rows) {
    eras.rows[eras.count] = row;
    eras.shares[eras.count++] = sharesOf(row, era);
  }
  eras.list.push({ currency: 0, from, to, first, end: eras.count });
}

test('eras added together or one by one give the same bits, and the plain sum', () => {
  fc.assert(
    fc.property(anEraList, (list) => {
      const together = noEras(0);
      const [atOnce, oneByOne, plain] = [0, 0, 0].map(() => new Float64Array(SESSIONS));
      let from = 0;
      list.forEach(({ length, rows }, era) => {
        const alone = noEras(0);
        for (const eras of [together, alone]) write(eras, from, from + length, rows, era);
        addEras([oneByOne], close, alone);
        for (const row of rows) {
          for (let t = from; t < from + length; t++) {
            plain[t] += sharesOf(row, era) * close[row * SESSIONS + t];
          }
        }
        from += length;
      });
      addEras([atOnce], close, together);
      expect(atOnce).toEqual(oneByOne);
      expect(together.count).toBe(0);
      plain.forEach((value, t) => expect(Math.abs(atOnce[t] - value)).toBeLessThanOrEqual(1e-12 * value));
    }),
  );
});
