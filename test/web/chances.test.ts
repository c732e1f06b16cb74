/** The chances beside a what-if: the case in a browser gives what the library gives on the whole data. */
import { beforeAll, describe, expect, test } from 'vitest';
import { changedPlan, planForecast, simulate, type IndexData } from '../../src/core/index.js';
import { readCase } from '../../src/web/worker/readCase.js';
import { newestOnly } from '../../src/web/worker/newestOnly.js';
import {
  chanceCase,
  chanceLimits,
  type ChanceOutcome,
  type ChanceRequest,
} from '../../src/web/worker/runChances.js';
import type { CaseDocument } from '../../src/server/views/caseDocument.js';
import { bundle } from '../core/bundle.js';
import { day } from '../core/days.js';
import { get, testServer } from '../server/server.js';

const server = await testServer();
let data: IndexData;
let held: IndexData;
beforeAll(async () => {
  data = await bundle();
  held = readCase(await get<CaseDocument>(server, '/api/v1/indices/star-50/case/2025-09-15'));
});

const asked = (more: Partial<ChanceRequest>): ChanceRequest => ({
  effective: '2025-09-15',
  prices: {},
  caps: {},
  assets: undefined,
  reading: undefined,
  evening: undefined,
  laterAssets: 1.5e11,
  ...more,
});

function ran(request: ChanceRequest): ChanceOutcome {
  const outcome = chanceCase(held, () => 0).run(request);
  if ('code' in outcome) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
}

describe('of an evening', () => {
  test.each([
    ['nothing', {}],
    ['a price', { prices: { '688256': 0.9 } }],
    ['a cap', { caps: { 'caps.single': 0.12 } }],
    ['assets', { assets: 1e11 }],
    ['all', { prices: { '688981': 1.2 }, caps: { 'caps.top-five': 0.45 }, assets: 2e11 }],
  ])('%s changed', (_, change) => {
    const outcome = ran(asked({ evening: '2025-09-03', ...change }));
    const { plan } = planForecast(data, {
      effective: day('2025-09-15'),
      knownAt: day('2025-09-03'),
      paths: 1,
      seed: 1,
    });
    const draws = simulate(changedPlan(plan, change), { seed: 1, paths: outcome.paths });
    expect(outcome.names.map(({ id, pIn, mean }) => [id, pIn, mean])).toEqual(
      draws.names.map(({ id, in: chance, flow }) => [id, chance.mean, flow.mean]),
    );
  });

  test('chances add up to the seats, flows to nothing, whatever is turned', () => {
    const { names, seats, announced } = ran(asked({ evening: '2025-07-10', prices: { '688183': 0.7 } }));
    expect([seats, announced]).toEqual([50, false]);
    expect(Math.abs(names.reduce((sum, { pIn }) => sum + pIn, 0) - 50)).toBeLessThan(0.05);
    const gross = names.reduce((sum, { mean }) => sum + Math.abs(mean), 0);
    expect(Math.abs(names.reduce((sum, { mean }) => sum + mean, 0))).toBeLessThan(0.02 * gross);
  });

  test('without one it is that of the announcement, with a total published later', () => {
    const outcome = ran(asked({}));
    expect([outcome.evening, outcome.assets]).toEqual(['2025-08-29', 1.5e11]);
  });

  test('that is none is said', () => {
    const outcome = chanceCase(held, () => 0).run(asked({ evening: 'soon' }));
    expect(outcome).toMatchObject({ code: 'invalid_argument' });
  });
});

test('evenings go from the swap before to this one', () => {
  const { evenings, announced } = chanceLimits(held, '2025-09-15');
  expect([evenings[0], announced, evenings.at(-1)]).toEqual(['2025-06-16', '2025-08-29', '2025-09-12']);
});

test('only the newest wish is sent, once the worker is free', () => {
  const sent: number[] = [];
  const wishes = newestOnly<number>((wish) => sent.push(wish));
  wishes.want(1);
  wishes.want(2);
  expect(sent).toEqual([]);
  wishes.ready();
  wishes.want(3);
  wishes.want(4);
  expect(sent).toEqual([2]);
  wishes.answered();
  expect(sent).toEqual([2, 4]);
});
