/** Fees of A-share trades by day: a printed example, the day of the change, the least commission. */
import { describe, expect, it } from 'vitest';
import { feesOf } from '../../../src/core/index.js';
import { day } from '../days.js';
import { refusalOf } from '../refusals.js';

const NOW = day('2025-09-12');

it('a sale of a million costs 760: 500 of stamp duty, 10 of transfer, 250 of commission', () => {
  const fees = feesOf(NOW, 'sell', 1e6);
  expect([fees.stampDuty, fees.transfer, fees.commission, fees.total]).toEqual([
    expect.closeTo(500, 9),
    expect.closeTo(10, 9),
    expect.closeTo(250, 9),
    expect.closeTo(760, 9),
  ]);
  // 34.10 of handling and 20.00 of supervision, inside the commission.
  expect(fees.passedOn).toBeCloseTo(54.1, 9);
});

it('a purchase pays no stamp duty', () => {
  expect(feesOf(NOW, 'buy', 1e6).total).toBeCloseTo(260, 9);
});

describe('by day', () => {
  it('stamp duty was halved on 2023-08-28', () => {
    expect(feesOf(day('2023-08-27'), 'sell', 1e6).stampDuty).toBeCloseTo(1000, 9);
    expect(feesOf(day('2023-08-28'), 'sell', 1e6).stampDuty).toBeCloseTo(500, 9);
    expect(feesOf(day('2023-08-25'), 'sell', 1e6).passedOn).toBeCloseTo(68.7, 9);
  });
  it('before the rates held begin it is refused', () => {
    expect(refusalOf(() => feesOf(day('2022-04-28'), 'sell', 1e6)).code).toBe('fees_unknown');
  });
});

it('a small order pays the least commission, a negotiated rate its own', () => {
  expect(feesOf(NOW, 'buy', 10_000).commission).toBe(5);
  expect(feesOf(NOW, 'buy', 1e6, { rate: 0.0001, least: 0 }).commission).toBeCloseTo(100, 9);
});
