/** Report days on a chart: the day a report came out replaces the last one the law allows for it, and no other. */
import { expect, test } from 'vitest';
import { reportDays } from '../../src/web/state/reportDays.js';

test('without a held day the last days allowed, within the range', () => {
  expect(reportDays('2025-04-30', '2025-10-30').map(({ date, held }) => [date, held])).toEqual([
    ['2025-04-30', false],
    ['2025-08-31', false],
  ]);
});

test('a report that came out stands in place of its own last day', () => {
  const published = [
    { period: '2024FY', announced: '2025-04-18' },
    { period: '2025Q1', announced: '2025-04-18' },
    { period: '2025H1', announced: '2025-08-26' },
    { period: '2026Q2', announced: '2025-08-27' },
  ];
  expect(reportDays('2025-01-01', '2025-12-31', published).map(({ date, report }) => [date, report])).toEqual(
    [
      ['2025-04-18', 'annual'],
      ['2025-08-26', 'half-year'],
      ['2025-10-31', 'third-quarter'],
    ],
  );
});
