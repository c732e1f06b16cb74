/** The rehearsed close of September 2025: what goes in, worked out apart from it, and what has to come out of any such run. */
import { describe, expect, test } from 'vitest';
import {
  finishRehearsal,
  flowsOf,
  joinParts,
  parseDay,
  planRehearsal,
  rehearse,
  runReview,
  securityId,
  type Day,
} from '../../../src/core/index.js';
import { bundle, rows } from '../bundle.js';
import { refusalOf } from '../refusals.js';

const data = await bundle();
const day = (text: string): Day => parseDay(text) as Day;
const CAMBRICON = securityId('688256');
const ASKED = { effective: day('2025-09-15'), knownAt: day('2025-09-11'), security: CAMBRICON };
const planned = planRehearsal(data, { ...ASKED, events: 400 });
const part = rehearse(planned.plan, 7, 0, 6);
const run = finishRehearsal(data, planned, part, 7);

describe('what goes in', () => {
  test('the forced sale as the flows have it, at the close of the evening before', () => {
    const review = runReview(data, { effective: ASKED.effective, knownAt: ASKED.knownAt });
    const trade = flowsOf(data, review).trades.find(({ id }) => id === CAMBRICON);
    expect(planned.plan.flow).toBe(Math.round(trade?.shares ?? 0));
    expect(planned.plan.flow).toBeLessThan(0);
    expect([planned.plan.price, planned.plan.board]).toEqual([138_700, 'star']);
  });

  test('index funds hold their assets times the weight, of all shares', () => {
    const review = runReview(data, { effective: ASKED.effective, knownAt: ASKED.knownAt });
    const { assets, trades } = flowsOf(data, review);
    const weight = trades.find(({ id }) => id === CAMBRICON)?.weightBefore ?? Number.NaN;
    const { passive, floatShares } = planned.plan;
    expect(passive).toBeCloseTo((assets.amount * weight) / (floatShares * 1387), 12);
    // Some 4 % of a company of 420 million shares.
    expect(passive).toBeGreaterThan(0.03);
    expect(passive).toBeLessThan(0.06);
  });

  test('sessions between what is known and the swap are simulated', () => {
    expect(planned.plan.before).toBe(0);
    // Friday the 5th: Monday to Thursday come before the swap on Friday the 12th.
    const earlier = planRehearsal(data, { ...ASKED, knownAt: day('2025-09-05'), events: 300 });
    expect([earlier.plan.before, earlier.plan.price]).toEqual([4, 128_146]);
    const two = rehearse(earlier.plan, 7, 0, 2);
    expect(two.closes).toHaveLength(2 * 6);
    expect(Number.isFinite(two.rents[0])).toBe(true);
  });

  test('nothing of the day itself is known', () => {
    const refusal = refusalOf(() => planRehearsal(data, { ...ASKED, knownAt: day('2025-09-12') }));
    expect(refusal.code).toBe('close_is_known');
  });
});

describe('what comes out', () => {
  test('what happened is the closes of the data set', async () => {
    const { close } = await rows(
      "SELECT close FROM {closes} WHERE id = '688256' AND day BETWEEN DATE '2025-09-12' AND DATE '2025-09-19' ORDER BY day",
    );
    const [event, ...later] = close as number[];
    expect(run.close.happened).toBe(event);
    run.afterwards.forEach(({ happened }, i) => expect(happened).toBeCloseTo(later[i] / event - 1, 12));
    expect(run.days).toHaveLength(6);
  });

  test('the whole sale finds the other side, prices keep to the limits of STAR, quantiles ascend', () => {
    expect(run.filled).toBe(1);
    for (let i = 0; i < part.runs; i++) {
      const close = part.closes[i * part.sessions];
      expect(close).toBeGreaterThanOrEqual(110_960);
      expect(close).toBeLessThanOrEqual(166_440);
    }
    for (const { quantiles } of [run.close, run.moved, run.auction, ...run.reversal, ...run.afterwards])
      expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
    expect(run.fan).toHaveLength(20);
  });

  test('with nobody prepared the sale moves the close down in every run; what cannot be seen has no outcome', () => {
    const alone = planRehearsal(data, { ...ASKED, events: 400, arbitrageurs: 0 });
    const sold = rehearse(alone.plan, 7, 0, 3);
    for (let i = 0; i < 3; i++)
      expect(sold.closes[i * sold.sessions]).toBeLessThan(sold.stillCloses[i * sold.sessions]);
    for (const { happened } of [run.moved, run.auction, ...run.reversal]) expect(happened).toBeUndefined();
  });

  test('runs are the same in whichever part they are', () => {
    const cut = joinParts([
      rehearse(planned.plan, 7, 0, 1),
      rehearse(planned.plan, 7, 1, 2),
      rehearse(planned.plan, 7, 3, 3),
    ]);
    expect(cut).toEqual(part);
    expect(rehearse(planned.plan, 8, 0, 1).closes).not.toEqual(part.closes.subarray(0, part.sessions));
  });
});
