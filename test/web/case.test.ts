/**
 * The case that goes to a browser gives there what the whole data give on the server: for reviews of which the basket
 * is known and of which it is not, and for every thing that can be turned.
 */
import { describe, expect, test } from 'vitest';
import { readCase } from '../../src/web/worker/readCase.js';
import { limitsOf, runCase, type WhatIfOutcome, type WhatIfRequest } from '../../src/web/worker/runCase.js';
import type { CaseDocument } from '../../src/server/views/caseDocument.js';
import { ask, get, testServer } from '../server/server.js';

const server = await testServer();

const caseOf = async (effective: string) =>
  readCase(await get<CaseDocument>(server, `/api/v1/indices/star-50/case/${effective}`));

const asItIs = (effective: string): WhatIfRequest => ({
  effective,
  prices: {},
  caps: {},
  assets: undefined,
  knownAt: undefined,
  reading: undefined,
});

function ran(outcome: ReturnType<typeof runCase>): WhatIfOutcome {
  if ('code' in outcome) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
}

interface ReviewBody {
  readonly additions: readonly string[];
  readonly deletions: readonly string[];
  readonly turnoverOneWay: number;
  readonly constituents: readonly {
    readonly id: string;
    readonly weightBefore: number;
    readonly weightUncapped: number;
    readonly weightAtPricing: number;
    readonly weightAfter: number;
    readonly boundBy: readonly string[];
  }[];
}

interface FlowsBody {
  readonly trades: readonly {
    readonly id: string;
    readonly shares: number;
    readonly value: { readonly amount: number };
  }[];
}

/** Numbers to the last bit: the same core on the same columns. */
function same(outcome: WhatIfOutcome, review: ReviewBody, flows: FlowsBody): void {
  expect(outcome.turnoverOneWay).toBe(review.turnoverOneWay);
  expect(outcome.additions).toEqual(review.additions);
  expect(outcome.deletions).toEqual(review.deletions);
  const members = new Map(outcome.members.map((member) => [member.id, member]));
  expect([...members.keys()].toSorted()).toEqual(review.constituents.map(({ id }) => id).toSorted());
  for (const {
    id,
    weightBefore,
    weightUncapped,
    weightAtPricing,
    weightAfter,
    boundBy,
  } of review.constituents) {
    expect(members.get(id)).toMatchObject({
      weightBefore,
      weightUncapped,
      weightAtPricing,
      weightAfter,
      boundBy,
    });
  }
  for (const { id, shares, value } of flows.trades) {
    expect(members.get(id)).toMatchObject({ shares, value: value.amount });
  }
}

describe('a review as it is', () => {
  test.each([
    ['2025-09-15', '2025-09-12'],
    ['2025-09-15', '2025-09-03'],
    ['2025-12-15', '2025-12-12'],
    // Its own basket is not known: the review before is run first, from its own cut-off.
    ['2026-03-16', '2026-02-11'],
  ])('of %s as known on %s', async (effective, knownAt) => {
    const base = `/api/v1/indices/star-50/reviews/${effective}`;
    const review = await get<ReviewBody>(server, `${base}?knownAt=${knownAt}`);
    const flows = await get<FlowsBody>(server, `${base}/flows?knownAt=${knownAt}`);
    const outcome = runCase(await caseOf(effective), { ...asItIs(effective), knownAt }, () => 0);
    same(ran(outcome), review, flows);
  });
});

describe('a what-if', () => {
  const effective = '2025-09-15';
  test.each<[string, Partial<WhatIfRequest>]>([
    ['a price', { prices: { '688256': 0.8, '688981': 1.1 } }],
    ['a cap', { caps: { 'caps.single': 0.15 } }],
    ['assets', { assets: 2e11 }],
    ['a reading', { reading: 'waterline' }],
    ['an evening', { knownAt: '2025-09-05' }],
    ['all at once', { prices: { '688041': 1.2 }, caps: { 'caps.top-five': 0.45 }, knownAt: '2025-09-10' }],
  ])('with %s changed', async (_, change) => {
    const { prices, caps, assets, reading, knownAt: date } = change;
    const answer = await ask(server, '/api/v1/whatif', {
      method: 'POST',
      payload: { index: 'star-50', effective, changed: { prices, caps, assets, reading, date } },
    });
    const { changed } = JSON.parse(answer.body) as { changed: { review: ReviewBody; flows: FlowsBody } };
    const outcome = runCase(await caseOf(effective), { ...asItIs(effective), ...change }, () => 0);
    same(ran(outcome), changed.review, changed.flows);
  });

  test('says what cannot be', async () => {
    const data = await caseOf(effective);
    const tooLow = runCase(data, { ...asItIs(effective), caps: { 'caps.single': 0.01 } }, () => 0);
    expect(tooLow).toMatchObject({ code: 'infeasible_cap' });
    const noClause = runCase(data, { ...asItIs(effective), caps: { 'caps.other': 0.2 } }, () => 0);
    expect(noClause).toMatchObject({ code: 'invalid_argument' });
  });

  test('knows what can be turned', async () => {
    const limits = limitsOf(await caseOf(effective), effective);
    expect(limits.caps).toEqual([
      { id: 'caps.single', limit: 0.1 },
      { id: 'caps.top-five', limit: 0.4 },
    ]);
    expect(limits.evenings[0]).toBe('2025-08-29');
    expect(limits.evenings.at(-1)).toBe('2025-09-12');
    expect(limits.readings.map(({ clause }) => clause)).toEqual(['selection.buffer', 'caps.top-five']);
  });
});

test('the case holds nothing that became known after the swap close', async () => {
  const document = await get<CaseDocument>(server, '/api/v1/indices/star-50/case/2025-09-15');
  const { swap } = document.dates;
  let day = 0;
  let row = 0;
  for (const count of document.prices.rows) {
    day = 0;
    for (const end = row + count; row < end; row++) {
      day += document.prices.dayStep[row];
      expect(day).toBeLessThanOrEqual(swap);
    }
  }
  for (const { knownOn } of [...document.facts, ...document.assets])
    expect(knownOn).toBeLessThanOrEqual(swap);
});
