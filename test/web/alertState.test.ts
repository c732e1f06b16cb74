/** Whether the condition of an alert holds, kind by kind, at its limit and beyond what a document knows. */
import { describe, expect, test } from 'vitest';
import type { AlertCondition } from '../../src/web/api/types.js';
import { documentOf, stateOf } from '../../src/web/state/alertState.js';

const about = { index: 'star-50', security: '688256' } as const;
const room = (below: number): AlertCondition => ({ kind: 'room-to-cap', ...about, below });
const flow = (above: number): AlertCondition => ({ kind: 'flow-value', ...about, above });
const chance = (of: 'in' | 'out' | 'capped', above: number): AlertCondition => ({
  kind: 'probability',
  ...about,
  of,
  above,
});
const sessions = (left: number): AlertCondition => ({
  kind: 'sessions-left',
  index: 'star-50',
  date: 'pricing',
  sessions: left,
});

const INDEX = {
  constituents: [
    { id: '688256', roomToCap: -0.02 },
    { id: '688981', roomToCap: null },
  ],
};
const FLOWS = { trades: [{ id: '688256', value: { amount: -6.3e9 } }] };
const CHANCES = { securities: [{ id: '688256', pIn: 0.9, pOut: 0.1, pCapped: 0.4 }] };
const CALENDAR = {
  reviews: [
    { past: true, sessionsLeft: { pricing: null } },
    { past: false, sessionsLeft: { pricing: 3 } },
  ],
};

describe('a condition', () => {
  test.each([
    ['room to the cap', room(0), INDEX, true, -0.02],
    ['room to the cap, enough', room(-0.02), INDEX, false, -0.02],
    ['a flow, sold or bought', flow(6e9), FLOWS, true, -6.3e9],
    ['a flow, too small', flow(6.3e9), FLOWS, false, -6.3e9],
    ['a chance to come in', chance('in', 0.8), CHANCES, true, 0.9],
    ['a chance to leave', chance('out', 0.1), CHANCES, false, 0.1],
    ['a chance of the cap', chance('capped', 0.3), CHANCES, true, 0.4],
    ['sessions to a date', sessions(3), CALENDAR, true, 3],
    ['sessions to a date, more', sessions(2), CALENDAR, false, 3],
  ] as const)('%s', (_, condition, document, met, value) => {
    expect(stateOf(condition, document)).toMatchObject({ met, value });
  });

  test('about a name that a document does not know is open, except that nobody gives it a chance', () => {
    const other = { index: 'star-50', security: '688001' } as const;
    expect(stateOf({ kind: 'room-to-cap', ...other, below: 0 }, INDEX)).toBeUndefined();
    expect(stateOf({ kind: 'room-to-cap', ...other, security: '688981', below: 0 }, INDEX)).toBeUndefined();
    expect(stateOf({ kind: 'flow-value', ...other, above: 0 }, FLOWS)).toBeUndefined();
    expect(stateOf({ kind: 'probability', ...other, of: 'in', above: 0.5 }, CHANCES)).toMatchObject({
      met: false,
    });
    expect(stateOf({ kind: 'probability', ...other, of: 'out', above: 0.5 }, CHANCES)).toMatchObject({
      met: true,
    });
  });

  test('is compared with the document of the next review, as known that day', () => {
    const at = (condition: AlertCondition) => documentOf(condition, '2026-03-16', '2026-02-11');
    expect(at(room(0))).toEqual(['/indices/star-50', { knownAt: '2026-02-11' }]);
    expect(at(sessions(1))[0]).toBe('/indices/star-50/calendar');
    expect(at(flow(1))[0]).toBe('/indices/star-50/reviews/2026-03-16/flows');
    expect(at(chance('in', 0.5))[0]).toBe('/indices/star-50/reviews/2026-03-16/chances');
  });
});
