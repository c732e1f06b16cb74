/** Category-weighted float of the CSI family (rulebooks 2.1) on the published answers and the band edges. */
import { beforeAll, describe, expect, it } from 'vitest';
import { inclusionFactor, type FloatBandsRule } from '../../../src/core/index.js';
import { star50 } from '../bundle.js';

/** As the rulebook file holds it, so that the table of the file is what is tested. */
let current: FloatBandsRule;
beforeAll(async () => {
  current = (await star50()).clauses.shares[0].rule as FloatBandsRule;
});

describe('rulebooks E1, the three answers of the CSI question page of 2010', () => {
  // The old table took r itself up to 10 %; a FloatBandsRule rounds up to whole percents, so it cannot be written
  // as one. The current table gives the same three answers (E1).
  it.each([
    [100_000, 91_000, 9_000, 0.09],
    [8_000, 4_500, 3_500, 0.5],
    [5_000, 900, 4_100, 1],
  ])('%i shares less %i', (shares, fixed, float, factor) => {
    expect(shares - fixed).toBe(float);
    expect(inclusionFactor(current, float / shares)).toBe(factor);
  });

  it('adjusted shares of the second are 4000', () => {
    expect(8_000 * inclusionFactor(current, 3_500 / 8_000)).toBe(4_000);
  });
});

it.each([
  // rulebooks E2
  [0.07, 0.07],
  [0.09, 0.09],
  [0.0901, 0.1],
  [0.15, 0.15],
  [0.1501, 0.2],
  [0.2, 0.2],
  [0.2001, 0.3],
  [0.35, 0.4],
  [0.433722, 0.5],
  [0.5, 0.5],
  [0.8, 0.8],
  [0.8001, 1],
  // The remaining edges of the table of rulebooks 2.1, closed on the right.
  [0.3, 0.3],
  [0.3001, 0.4],
  [0.4, 0.4],
  [0.4001, 0.5],
  [0.5001, 0.6],
  [0.6, 0.6],
  [0.6001, 0.7],
  [0.7, 0.7],
  [0.7001, 0.8],
  [1, 1],
  [0.0001, 0.01],
])('rulebooks E2 and 2.1: a ratio of %f counts %f', (ratio, factor) => {
  expect(inclusionFactor(current, ratio)).toBe(factor);
});

it('whole percents up to 15 stay what they are, whatever division they come from', () => {
  for (let percent = 1; percent <= 15; percent++) {
    for (const shares of [100, 700, 9_900, 123_456_700, 10_589_819_000]) {
      const float = (shares / 100) * percent;
      expect(inclusionFactor(current, float / shares)).toBeCloseTo(percent / 100, 12);
    }
  }
});

it('rulebooks E3: Moutai at the end of 2025', () => {
  const shares = 1_252_270_215;
  const float = shares - 681_282_935 - 27_849_688;
  expect(float).toBe(543_137_592);
  expect((float / shares) * 100).toBeCloseTo(43.3722, 4);
  const adjusted = shares * inclusionFactor(current, float / shares);
  expect(adjusted).toBe(626_135_107.5);
  // The printed "unrestricted cap" is all its A shares at the close of 1377.18.
  expect(shares * 1377.18).toBeCloseTo(1_724_601_494_693.7, 1);
});
