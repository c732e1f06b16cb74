/** The order of a review varied in the browser against the server's documents of the same order. */
import { expect, test } from 'vitest';
import type { ImpactDocument } from '../../src/web/api/tradingTypes.js';
import { costCurve, modelsOn } from '../../src/web/pages/impact/orderVaried.js';
import { get, testServer } from '../server/server.js';

const server = await testServer();
const path = '/api/v1/indices/star-50/reviews/2025-09-15/impact/688256';
const document = await get<ImpactDocument>(server, path);

test.each([1, 2.5, 20])('spread over %d days every model says what the server says', async (days) => {
  const asked = await get<ImpactDocument>(server, `${path}?days=${days}`);
  const rows = modelsOn(document, { size: 1, days });
  const expected = asked.models.filter(({ model }) => days === 1 || model !== 'greenwood');
  expect(rows.map(({ model }) => model)).toEqual(expected.map(({ model }) => model));
  rows.forEach(({ temporary, permanent, peak, cost, band }, i) => {
    const ours = [temporary, permanent, peak, cost, ...band].map((part) => part * 1e4);
    const theirs = expected[i];
    const said = [theirs.temporaryBps, theirs.permanentBps, theirs.peakBps, theirs.costBps, ...theirs.band];
    ours.forEach((part, j) => expect(part).toBeCloseTo(said[j], 8));
  });
});

test('twice the order is the order of twice the assets', async () => {
  const assets = 172_879_000_000;
  const once = await get<ImpactDocument>(server, `${path}?assets=${assets}`);
  const twice = await get<ImpactDocument>(server, `${path}?assets=${2 * assets}`);
  const rows = modelsOn(once, { size: 2, days: 1 });
  rows.forEach(({ cost }, i) => expect(cost * 1e4).toBeCloseTo(twice.models[i].costBps, 6));
});

test('the curve goes through the order as it stands, and its band encloses it', () => {
  const points = costCurve(document, { size: 1, days: 1 }, 'size', ['square-root']);
  for (const { cost, low, high } of points) {
    expect(cost).toBeGreaterThanOrEqual(low);
    expect(cost).toBeLessThanOrEqual(high);
  }
  const costs = points.map(({ cost }) => cost);
  expect(costs).toEqual(costs.toSorted((a, b) => a - b));
});
