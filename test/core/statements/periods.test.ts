/** Codes of periods, and how they are shown. */
import { expect, test } from 'vitest';
import {
  formatPeriod,
  inputWord,
  parsePeriod,
  periodWords,
  SPANS,
  withPeriodWords,
} from '../../../src/core/index.js';

test('a period is read back from its code and from what is shown', () => {
  for (const span of SPANS) {
    const period = { year: 2025, span };
    expect(parsePeriod(formatPeriod(period))).toEqual(period);
    expect(parsePeriod(periodWords(period))).toEqual(period);
  }
  expect(parsePeriod('2025  9M')).toBeUndefined();
});

test('the year and the months are shown apart', () => {
  expect(periodWords({ year: 2025, span: '9M' })).toBe('2025 9M');
  expect(withPeriodWords('revenue 20259M less 20249M; 1920259M, 2025-09')).toBe(
    'revenue 2025 9M less 2024 9M; 1920259M, 2025-09',
  );
  expect(inputWord('- revenue 2024H1', 'en')).toBe('- sales 2024 H1');
  expect(inputWord('- revenue 2024H1', 'zh')).toBe('- 营业收入 2024 H1');
});
