/** The impact of forced trades on the bundled data: liquidity beside plain rows, and no look into the future. */
import { beforeAll, describe, expect, it } from 'vitest';
import { formatDay, runImpact, securityId, type ImpactRun, type IndexData } from '../../../src/core/index.js';
import { bundle, rows } from '../bundle.js';
import { day } from '../days.js';
import { refusalOf } from '../refusals.js';

const CAMBRICON = securityId('688256');
let data: IndexData;
const runAt = (knownAt: string, days = 1, spread?: number): ImpactRun =>
  runImpact(data, {
    effective: day('2025-09-15'),
    knownAt: day(knownAt),
    security: CAMBRICON,
    days,
    ...(spread !== undefined && { spread }),
  });

beforeAll(async () => {
  data = await bundle();
});

describe('Cambricon, September 2025', () => {
  it('volatility, volume and slope are those of the last sessions, worked out from the file', async () => {
    const { liquidity, trade } = runAt('2025-09-12');
    const { close, value_cny: value } = await rows(
      `SELECT close, value_cny FROM (SELECT * FROM {closes} WHERE id = '688256' AND day <= DATE '2025-09-12' ORDER BY day DESC LIMIT 61) ORDER BY day`,
    );
    const closes = close.map(Number);
    const values = value.map(Number);
    const returns = closes.slice(1).map((c, i) => Math.log(c / closes[i]));
    const mean = returns.reduce((a, b) => a + b, 0) / 60;
    const variance = returns.reduce((a, r) => a + (r - mean) ** 2, 0) / 59;
    expect(liquidity.volatility).toBeCloseTo(Math.sqrt(variance), 12);
    const adv = values.slice(-20).reduce((a, b) => a + b, 0) / 20 / closes[60];
    expect(liquidity.advShares / adv).toBeCloseTo(1, 12);
    const flow = returns.map((r, i) => (Math.sign(r) * values[i + 1]) / closes[i + 1]);
    const meanFlow = flow.reduce((a, b) => a + b, 0) / 60;
    const slope =
      flow.reduce((a, q, i) => a + (q - meanFlow) * (returns[i] - mean), 0) /
      flow.reduce((a, q) => a + (q - meanFlow) ** 2, 0);
    expect((liquidity.lambda?.slope ?? 0) / slope).toBeCloseTo(1, 10);
    expect(Math.abs(trade.shares) / liquidity.advShares).toBeCloseTo(trade.daysToTrade, 12);
  });

  it('a book scaled by a name that did not trade is left out and said; the models of the order stand', () => {
    const {
      rows: models,
      book,
      findings,
    } = runImpact(data, {
      effective: day('2026-03-16'),
      knownAt: day('2026-02-11'),
      security: CAMBRICON,
      days: 1,
    });
    expect([models.length, book.length]).toEqual([9, 0]);
    const left = findings.filter(({ code }) => code === 'model_left_out');
    expect(left.map(({ subject }) => subject)).toEqual(['greenwood']);
    expect(left[0].message).toMatch(/^no trading of 688\d{3} known/);
  });

  it('what moves most together is Cambricon, as far as the square root says, and most of it comes back', () => {
    const { book, rows: models, trade } = runAt('2025-09-12');
    const peakOf = (name: string): number => models.find(({ model }) => model === name)?.peak ?? Number.NaN;
    expect(book[0].id).toBe(CAMBRICON);
    expect(book[0].eventReturn).toBeCloseTo(-peakOf('square-root'), 12);
    expect(peakOf('greenwood')).toBeCloseTo(peakOf('square-root'), 12);
    expect(book[0].laterReturn).toBeCloseTo(-0.7 * book[0].eventReturn, 14);
    expect(book).toHaveLength(51);
    // Bought, and still dragged down by the sector.
    const hygon = book.find(({ id }) => id === '688041');
    expect(hygon?.value).toBeGreaterThan(0);
    expect(hygon?.eventReturn).toBeLessThan(0);
    expect(trade.side).toBe('sell');
  });

  it('sees nothing after the knowledge date', () => {
    const early = runAt('2025-09-03');
    expect(formatDay(early.measuredOn)).toBe('2025-09-03');
    // The fall of the next day is in every later volatility.
    expect(early.liquidity.volatility).toBeLessThan(runAt('2025-09-04').liquidity.volatility);
  });

  it('a spread that is given is not assumed', () => {
    const codes = (run: ImpactRun): string[] => run.findings.map(({ code }) => code);
    expect(codes(runAt('2025-09-12'))).toContain('spread_assumed');
    expect(codes(runAt('2025-09-12', 1, 0.0004))).not.toContain('spread_assumed');
  });
});

it('who is not traded has no impact', () => {
  const call = (): unknown =>
    runImpact(data, {
      effective: day('2025-09-15'),
      knownAt: day('2025-09-12'),
      security: securityId('688001'),
      days: 1,
    });
  expect(refusalOf(call).code).toBe('no_trade');
});
