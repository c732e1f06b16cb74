/**
 * STAR 50, review of December 2025: no golden weights exist. It must run from what is known, keep every limit, and
 * say what it assumes.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { formatDay, runReview, type IndexData, type ReviewRun } from '../../src/core/index.js';
import { bundle } from '../core/bundle.js';
import { day } from '../core/days.js';
import { largest, total } from '../core/weighting/caps.js';

let data: IndexData;
let run: ReviewRun;
beforeAll(async () => {
  data = await bundle();
  run = runReview(data, { effective: day('2025-12-15'), knownAt: day('2025-12-12') });
});

it('has the dates of the rulebook', () => {
  const dates = Object.fromEntries(Object.entries(run.dates).map(([name, on]) => [name, formatDay(on)]));
  expect(dates).toEqual({
    cutoff: '2025-10-31',
    announcement: '2025-11-28',
    pricing: '2025-12-08',
    swap: '2025-12-12',
    effective: '2025-12-15',
  });
});

it('adds what was announced, 688220 and 688702', () => {
  expect(run.review.basis).toBe('announced');
  expect(run.review.additions.toSorted()).toEqual(['688220', '688702']);
  expect(run.review.deletions.toSorted()).toEqual(['688363', '688563']);
  expect(run.review.members).toHaveLength(50);
});

it('starts from the basket of September, as known that evening', () => {
  expect(run.proForma.before.ids).toContain('688183');
  expect(run.proForma.before.ids).not.toContain('688561');
});

describe('limits', () => {
  it('weights sum to one', () => {
    for (const of of ['weightBefore', 'weightUncapped', 'weightAtPricing', 'weightAfter'] as const) {
      expect(Math.abs(total(run.proForma.members.map((member) => member[of])) - 1)).toBeLessThan(1e-12);
    }
  });

  it('caps hold at the pricing close', () => {
    const weights = run.proForma.members.map((member) => member.weightAtPricing);
    expect(Math.max(...weights)).toBeLessThanOrEqual(0.1 + 1e-12);
    expect(total(largest(weights, 5))).toBeLessThanOrEqual(0.4 + 1e-12);
  });

  it('capping factors are within 0 and 1', () => {
    for (const { cappingFactor } of run.proForma.members) {
      expect(cappingFactor).toBeGreaterThanOrEqual(0);
      expect(cappingFactor).toBeLessThanOrEqual(1);
    }
  });

  it('no more than a tenth of the members change', () => {
    expect(run.review.ruleBased.additions.length).toBeLessThanOrEqual(5);
    expect(run.review.ruleBased.deletions).toHaveLength(run.review.ruleBased.additions.length);
  });
});

describe('what is assumed is said', () => {
  const said = (): string[] =>
    [...run.review.findings, ...run.proForma.findings].map(({ code, subject }) => `${code} ${subject}`);

  it.each([
    ['the weights it starts from', 'weights_reconstructed star-50'],
    ['the free float of an addition', 'float_unknown 688220'],
    ['the free float of the other addition', 'float_unknown 688702'],
    ['the uncapped float of a member that was capped', 'uncapped_float_assumed 688256'],
    ['closes that are only known adjusted', 'adjusted_price 688008'],
    ['share counts carried back', 'shares_backcast ranking'],
    ['the cut-off', 'clause_inferred calendar.cutoff'],
    ['the liquidity screen', 'clause_unverified screens.liquidity'],
    ['the measure of the ranking', 'clause_unverified ranking.measure'],
  ])('%s', (_, finding) => {
    expect(said()).toContain(finding);
  });

  it('each in words', () => {
    for (const { message } of [...run.review.findings, ...run.proForma.findings])
      expect(message).not.toBe('');
  });
});

it('without the announcement the rulebook stands in', () => {
  const early = runReview(data, { effective: day('2025-12-15'), knownAt: day('2025-11-20') });
  expect(early.review.basis).toBe('rule-based');
  expect(early.review.members).toHaveLength(50);
});

it('before the basket of September is known it is carried there by the rulebook itself', () => {
  const early = runReview(data, { effective: day('2025-12-15'), knownAt: day('2025-09-11') });
  const september = runReview(data, { effective: day('2025-09-15'), knownAt: day('2025-09-11') });
  expect(early.proForma.before).toEqual(september.proForma.after);
});
