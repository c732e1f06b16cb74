/** A rehearsal is cut into ranges over threads: how many there are must not show in the result. */
import { expect, test } from 'vitest';
import { fen, parseDay, rehearse, type Day, type MarketPlan } from '../../src/core/index.js';

/** Threads start from built files. */
const { rehearseOnThreads } = (await import(
  new URL('../../dist/data/rehearsalWorkers.js', import.meta.url).href
)) as typeof import('../../src/data/rehearsalWorkers.js');

const PLAN: MarketPlan = {
  board: 'star',
  day: parseDay('2025-09-12') as Day,
  price: fen(10_000),
  floatShares: 4e7,
  passive: 0.3,
  elasticity: 2,
  response: 2,
  volatility: 0.02,
  volume: 1e6,
  flow: -120_000,
  atClose: 0.8,
  arbitrageurs: 2,
  before: 1,
  after: 1,
  events: 200,
  closingPart: 0.08,
};

// Five threads are more than there are runs: one is left without any.
test('one, two, three and five threads give the bytes of one thread that is none', async () => {
  const bytes = (part: Awaited<ReturnType<typeof rehearseOnThreads>>): string =>
    JSON.stringify(part, (_, value: unknown) =>
      ArrayBuffer.isView(value) ? Buffer.from(value.buffer).toString('base64') : value,
    );
  const alone = bytes(rehearse(PLAN, 5, 0, 4));
  for (const threads of [1, 2, 3, 5]) {
    const seen: number[] = [];
    const part = await rehearseOnThreads(PLAN, {
      seed: 5,
      runs: 4,
      threads,
      onProgress: (runs) => seen.push(runs),
    });
    expect(bytes(part), `${threads} threads`).toBe(alone);
    expect(seen).toEqual([1, 2, 3, 4]);
  }
  expect(bytes(rehearse(PLAN, 6, 0, 4))).not.toBe(alone);
});
