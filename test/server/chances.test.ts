/** Chances over HTTP: those of the library, at once, also where no total of tracked assets is published. */
import { expect, test } from 'vitest';
import { planForecast, simulate } from '../../src/core/index.js';
import { bundle } from '../core/bundle.js';
import { day } from '../core/days.js';
import { ask, errorOf, get, testServer } from './server.js';

const server = await testServer();
const at = (effective: string, query = ''): string =>
  `/api/v1/indices/star-50/reviews/${effective}/chances${query}`;

interface Chances {
  readonly knownAt: string;
  readonly paths: number;
  readonly seats: number;
  readonly securities: readonly { readonly id: string; readonly pIn: number; readonly pOut: number }[];
  readonly findings: readonly { readonly code: string }[];
}

test('are those of the library and add up to the seats', async () => {
  const { securities, seats, paths } = await get<Chances>(server, at('2025-12-15', '?knownAt=2025-11-21'));
  const { plan } = planForecast(await bundle(), {
    effective: day('2025-12-15'),
    knownAt: day('2025-11-21'),
    paths,
    seed: 1,
  });
  const draws = simulate(plan, { seed: 1, paths });
  expect(securities.map(({ id, pIn }) => [id, pIn])).toEqual(
    draws.names.map(({ id, in: chance }) => [id, chance.mean]),
  );
  expect(seats).toBe(50);
  expect(Math.abs(securities.reduce((sum, { pIn }) => sum + pIn, 0) - 50)).toBeLessThan(0.05);
});

test('do not need a total of tracked assets', async () => {
  const { securities, findings } = await get<Chances>(server, at('2025-09-15', '?knownAt=2025-07-10'));
  expect(securities.length).toBeGreaterThan(50);
  expect(findings.map(({ code }) => code)).toContain('assets_missing');
});

test('of no review are refused like every other', async () => {
  const answer = await ask(server, at('2025-09-16'));
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.statusCode).toBeLessThan(500);
  expect(errorOf(answer).code).not.toBe('');
});
