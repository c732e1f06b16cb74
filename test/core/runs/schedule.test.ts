/** Schedules of forced trades on the bundled data: they add up, keep their limits, and stay out of closed sessions. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  formatDay,
  InputError,
  runSchedule,
  SCHEDULE_METHODS,
  securityId,
  type IndexData,
  type ScheduleRequest,
  type ScheduleRun,
} from '../../../src/core/index.js';
import { quadraticSolver } from '../../../src/data/quadraticSolver.js';
import { bundle } from '../bundle.js';
import { day } from '../days.js';
import { refusalOf } from '../refusals.js';

let data: IndexData;
beforeAll(async () => {
  data = await bundle();
});

const BASE: ScheduleRequest = {
  effective: day('2025-09-15'),
  knownAt: day('2025-09-12'),
  security: securityId('688256'),
  method: 'profile',
  before: 3,
  after: 0,
  participation: 1,
  auction: 0.1,
  riskAversion: 1e4,
};
const scheduled = (change: Partial<ScheduleRequest>): ScheduleRun =>
  runSchedule(data, { ...BASE, ...change });
const total = ({ slices }: ScheduleRun): number => slices.reduce((sum, { shares }) => sum + shares, 0);

describe.each(SCHEDULE_METHODS)('%s', (method) => {
  it('sells all of the order, nothing twice, within the limit', () => {
    for (const participation of [1, 0.2]) {
      const run = scheduled({ method, participation, before: 4 });
      expect(total(run)).toBe(Math.round(run.impact.order.shares));
      for (const slice of run.slices) {
        expect(slice.shares).toBeLessThanOrEqual(-200);
        expect(slice.participation).toBeLessThanOrEqual(participation + 1e-5);
        expect(formatDay(slice.day) <= '2025-09-12').toBe(true);
      }
    }
  });
});

describe('cost and tracking error', () => {
  it('the close alone tracks exactly and costs most', () => {
    const { methods } = scheduled({});
    const [close, ...others] = methods;
    expect([close.method, close.trackingError]).toEqual(['close', 0]);
    for (const { cost, trackingError } of others) {
      expect(cost).toBeLessThan(close.cost);
      expect(trackingError).toBeGreaterThan(0);
    }
  });

  it('along the frontier cost rises and tracking error falls; no method lies below it', () => {
    const { frontier, methods } = scheduled({ after: 2 });
    for (let i = 1; i < frontier.length; i++) {
      expect(frontier[i].riskAversion).toBeGreaterThan(frontier[i - 1].riskAversion);
      expect(frontier[i].cost).toBeGreaterThanOrEqual(frontier[i - 1].cost - 1e-12);
      expect(frontier[i].trackingError).toBeLessThanOrEqual(frontier[i - 1].trackingError + 1e-12);
    }
    for (const { cost, trackingError } of methods) {
      const dominated = frontier.filter((point) => point.trackingError >= trackingError * (1 + 1e-9));
      for (const point of dominated) expect(cost).toBeGreaterThanOrEqual(point.cost - 1e-9);
    }
  });

  it('under a limit the frontier still rises and falls, and tracks no better than without', async () => {
    const solve = await quadraticSolver();
    const {
      frontier,
      frontierWithin = [],
      slices,
    } = scheduled({
      method: 'tracking',
      after: 2,
      participation: 0.1,
      solve,
    });
    expect(frontierWithin).toHaveLength(frontier.length);
    for (let i = 0; i < frontier.length; i++) {
      expect(frontierWithin[i].trackingError).toBeGreaterThanOrEqual(frontier[i].trackingError - 1e-8);
      if (i === 0) continue;
      expect(frontierWithin[i].cost).toBeGreaterThanOrEqual(frontierWithin[i - 1].cost - 1e-8);
      expect(frontierWithin[i].trackingError).toBeLessThanOrEqual(frontierWithin[i - 1].trackingError + 1e-8);
    }
    for (const { participation } of slices) expect(participation).toBeLessThanOrEqual(0.1 + 1e-5);
  });

  it('a symmetric window gives a symmetric schedule', () => {
    const { slices } = scheduled({ method: 'tracking', before: 3, after: 2 });
    const bySession = new Map<number, number>();
    for (const { day: on, shares } of slices) bySession.set(on, (bySession.get(on) ?? 0) + shares);
    const sessions = [...bySession.values()];
    expect(sessions).toHaveLength(5);
    sessions.forEach((shares, i) => expect(Math.abs(shares - sessions[4 - i])).toBeLessThan(5));
  });

  it('by hand: the cost of one continuous session, and the tracking error of one evening off the index', () => {
    const run = scheduled({ method: 'twap', before: 1 });
    const { liquidity, trade, rows } = run.impact;
    // All in the continuous part of one session, nine tenths of its volume.
    expect(run.methods.find(({ method }) => method === 'twap')?.cost).toBeCloseTo(rows[0].cost / 0.9, 12);
    const two = scheduled({ method: 'twap', before: 2 }).methods.find(({ method }) => method === 'twap');
    const weight = trade.weightBefore - trade.weightAfter;
    expect(two?.trackingError).toBeCloseTo(0.5 * liquidity.volatility * weight, 12);
  });
});

describe('closed sessions', () => {
  it('nothing is scheduled through a suspension, or a limit the order runs into, that is known', () => {
    // VeriSilicon stood still from 2025-08-29 until 2025-09-11 and then closed a fifth higher; it is to be bought.
    const run = scheduled({ security: securityId('688521'), before: 5, after: 2, method: 'tracking' });
    const closed = run.findings.filter(({ code }) => code === 'session_closed');
    expect(closed.map(({ message }) => message.slice(0, 40))).toEqual([
      '2025-09-08: suspended; nothing is schedu',
      '2025-09-09: suspended; nothing is schedu',
      '2025-09-10: suspended; nothing is schedu',
      '2025-09-11: suspended; nothing is schedu',
      '2025-09-12: closed at its daily limit; n',
    ]);
    const days = new Set(run.slices.map((slice) => formatDay(slice.day)));
    expect([...days]).toEqual(['2025-09-15', '2025-09-16']);
    expect(total(run)).toBe(Math.round(run.impact.order.shares));
    expect(run.methods.map(({ method }) => method)).not.toContain('close');
    expect(refusalOf(() => scheduled({ security: securityId('688521'), before: 5 })).code).toBe(
      'no_open_session',
    );
  });

  it('what is still to come is not known to be closed', () => {
    const run = scheduled({ security: securityId('688521'), before: 5, knownAt: day('2025-09-04') });
    expect(run.findings.filter(({ code }) => code === 'session_closed')).toEqual([]);
  });
});

describe('refused', () => {
  it('an order that does not fit, with how much longer it takes', () => {
    const refused = refusalOf(() => scheduled({ participation: 0.05 }));
    expect(refused.code).toBe('participation_too_low');
    expect(refused.message).toMatch(/take \d\.\d times the days/);
  });
  it('a schedule that cannot be, with every place', () => {
    try {
      scheduled({ before: 0, after: -1, participation: 0, auction: 1, riskAversion: -1 });
      expect.unreachable();
    } catch (error) {
      expect((error as InputError).issues.map(({ path }) => path)).toEqual([
        'before',
        'after',
        'participation',
        'auction',
        'riskAversion',
      ]);
    }
  });
});
