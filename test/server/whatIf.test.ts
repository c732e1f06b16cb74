/** What-ifs against what must hold whatever the data: nothing changed, everything scaled, a cap moved. */
import { describe, expect, test } from 'vitest';
import { ask, errorOf, testServer } from './server.js';

const server = await testServer();

interface Case {
  readonly review: {
    readonly findings: readonly { readonly code: string; readonly subject: string }[];
    readonly knownAt: string;
    readonly constituents: readonly {
      readonly id: string;
      readonly weightAtPricing: number;
      readonly weightAfter: number;
      readonly weightBefore: number;
      readonly weightUncapped: number;
    }[];
  };
  readonly flows: {
    readonly trades: readonly {
      readonly id: string;
      readonly shares: number;
      readonly value: { readonly amount: number };
    }[];
  };
}

const REVIEW = { index: 'star-50', effective: '2025-09-15' };

async function whatIf(changed: object): Promise<{ base: Case; changed: Case }> {
  const answer = await ask(server, '/api/v1/whatif', { method: 'POST', payload: { ...REVIEW, changed } });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return JSON.parse(answer.body) as { base: Case; changed: Case };
}

test('nothing changed is the base', async () => {
  const { base, changed } = await whatIf({});
  expect(changed).toEqual(base);
});

test('twice the assets are twice the trades', async () => {
  const one = await whatIf({ assets: 1e11 });
  const two = await whatIf({ assets: 2e11 });
  two.changed.flows.trades.forEach(({ id, shares, value }, i) => {
    const single = one.changed.flows.trades[i];
    expect(single.id).toBe(id);
    expect(shares).toBeCloseTo(2 * single.shares, 3);
    expect(value.amount).toBeCloseTo(2 * single.value.amount, 2);
  });
});

test('every price changed alike changes no weight', async () => {
  const { base } = await whatIf({});
  const prices = Object.fromEntries(base.review.constituents.map(({ id }) => [id, 1.25]));
  const { changed } = await whatIf({ prices });
  changed.review.constituents.forEach((member, i) => {
    expect(member.id).toBe(base.review.constituents[i].id);
    expect(member.weightAfter).toBeCloseTo(base.review.constituents[i].weightAfter, 12);
  });
});

test('one price changed moves weights as arithmetic says', async () => {
  const { base, changed } = await whatIf({ prices: { '688256': 0.5 } });
  const before = new Map(base.review.constituents.map((member) => [member.id, member.weightBefore]));
  const own = before.get('688256') as number;
  // Half the value of one member: w / 2 over 1 - w / 2, everybody else over the same.
  for (const { id, weightBefore } of changed.review.constituents) {
    const value = (before.get(id) as number) * (id === '688256' ? 0.5 : 1);
    expect(weightBefore).toBeCloseTo(value / (1 - own / 2), 10);
  }
});

test('a cap of 12 % is reached by the largest and passed by nobody', async () => {
  const { changed } = await whatIf({ caps: { 'caps.single': 0.12 } });
  const weights = changed.review.constituents.map(({ weightAtPricing }) => weightAtPricing);
  expect(Math.max(...weights)).toBeCloseTo(0.12, 12);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
});

test('another knowledge date is the review as seen that evening', async () => {
  const { changed } = await whatIf({ date: '2025-09-02' });
  const seen = await ask(server, '/api/v1/indices/star-50/reviews/2025-09-15?knownAt=2025-09-02');
  expect(changed.review).toEqual(JSON.parse(seen.body));
});

test('what was changed is said with every result', async () => {
  const { base, changed } = await whatIf({ prices: { '688256': 0.9 }, caps: { 'caps.single': 0.12 } });
  const made = ({ findings }: Case['review']): string[] =>
    findings.filter(({ code }) => code.endsWith('_changed')).map(({ code, subject }) => `${code} ${subject}`);
  expect(made(changed.review)).toEqual(['price_changed 688256', 'cap_changed caps.single']);
  expect(made(base.review)).toEqual([]);
});

describe('what cannot be', () => {
  test('a cap that cannot sum to one is refused with its numbers', async () => {
    const payload = { ...REVIEW, changed: { caps: { 'caps.single': 0.01 } } };
    const answer = await ask(server, '/api/v1/whatif', { method: 'POST', payload });
    expect([answer.statusCode, errorOf(answer).kind]).toEqual([409, 'refusal']);
  });

  test('names that are not there, all of them', async () => {
    const payload = {
      ...REVIEW,
      changed: { caps: { 'caps.none': 0.1 }, prices: { '999999': 2, '999998': 2 } },
    };
    const answer = await ask(server, '/api/v1/whatif', { method: 'POST', payload });
    expect(answer.statusCode).toBe(422);
    expect(
      errorOf(answer)
        .issues.map(({ path }) => path)
        .toSorted(),
    ).toEqual(['changed.caps.caps.none', 'changed.prices.999998', 'changed.prices.999999']);
  });
});
