/** The forecast flow of index funds for closing auctions: that of the rehearsal, on swap days and no others. */
import { expect, test } from 'vitest';
import { closingFlows, parseDay, planRehearsal, securityId, type Day } from '../../../src/core/index.js';
import { bundle } from '../bundle.js';

const day = (text: string): Day => parseDay(text) as Day;
const CAMBRICON = securityId('688256');

test('of September 2025 four fifths of the sale of Cambricon, as forecast on the evening before', async () => {
  const data = await bundle();
  const { flowOn, findings } = closingFlows(data, day('2025-09-08'), day('2025-12-11'));
  const request = {
    effective: day('2025-09-15'),
    knownAt: day('2025-09-11'),
    security: CAMBRICON,
    readings: {},
  };
  const { plan } = planRehearsal(data, request);
  expect(plan.flow).toBeLessThan(-4_000_000);
  expect(Math.abs(flowOn(CAMBRICON, day('2025-09-12')) - 0.8 * plan.flow)).toBeLessThan(2);
  expect(flowOn(CAMBRICON, day('2025-09-11'))).toBe(0);
  expect(findings).toEqual([]);
});

test('reviews that cannot be computed have none, and a finding says why', async () => {
  const { findings } = closingFlows(await bundle(), day('2020-08-01'), day('2020-12-31'));
  expect(findings.map(({ code }) => code)).toEqual(['closing_flow_unknown', 'closing_flow_unknown']);
});
