/** Paths under a limit per session, solved by HiGHS, against brute force and what any optimum must satisfy. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { boundedPath, measuresOf, trackingPath, type SolveProgram } from '../../../src/core/index.js';
import { quadraticSolver } from '../../../src/data/quadraticSolver.js';
import { refusalOf } from '../refusals.js';

let solve: SolveProgram;
beforeAll(async () => {
  solve = await quadraticSolver();
});

const EVEN = [1, 1, 1, 1, 1];
const total = (parts: ArrayLike<number>): number => Array.from(parts).reduce((a, b) => a + b, 0);

describe('by brute force', () => {
  it('three sessions on a grid of a thousandth', () => {
    const problem = { costs: [1, 0.5, 2], step: 1, penalty: 3 };
    const room = [0.5, 0.4, 0.6];
    let best = Infinity;
    let at = [0, 0, 0];
    for (let i = 0; i <= 500; i++) {
      for (let j = 0; j <= 400; j++) {
        const parts = [i / 1000, j / 1000, 1 - (i + j) / 1000];
        if (parts[2] > room[2] || parts[2] < 0) continue;
        const { cost, squaredDifference } = measuresOf(problem, parts);
        const value = cost + problem.penalty * squaredDifference;
        if (value < best) [best, at] = [value, parts];
      }
    }
    const { trades } = boundedPath(problem, room, solve);
    at.forEach((part, t) => expect(Math.abs(trades[t] - part)).toBeLessThan(1.1e-3));
  });

  it('a third of the volume a session, tracking above all: .05 .3 .3 .3 .05', () => {
    const { trades } = boundedPath({ costs: EVEN, step: 2, penalty: 1e4 }, [0.3, 0.3, 0.3, 0.3, 0.3], solve);
    [0.05, 0.3, 0.3, 0.3, 0.05].forEach((part, t) => expect(trades[t]).toBeCloseTo(part, 4));
  });
});

const halves = fc.array(fc.double({ min: 0.2, max: 5, noNaN: true }), { minLength: 1, maxLength: 3 });
const problems = fc.record({
  half: halves,
  penalty: fc.double({ min: 0, max: 50, noNaN: true }),
  // Of what an even schedule takes.
  loose: fc.double({ min: 1.05, max: 3, noNaN: true }),
});

describe('any problem', () => {
  it('sums to the order, keeps the limits, is symmetric for a symmetric one, and cannot be bettered', () => {
    fc.assert(
      fc.property(problems, fc.nat(), fc.nat(), ({ half, penalty, loose }, from, to) => {
        const costs = [...half, 1, ...half.toReversed()];
        const room = costs.map(() => loose / costs.length);
        const problem = { costs, step: half.length, penalty };
        const { trades, cost, squaredDifference } = boundedPath(problem, room, solve);
        expect(total(trades)).toBeCloseTo(1, 6);
        trades.forEach((part, t) => {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(room[t]);
          expect(Math.abs(part - trades[trades.length - 1 - t])).toBeLessThan(1e-4);
        });
        const moved = Float64Array.from(trades);
        const [a, b] = [from % costs.length, to % costs.length];
        const by = Math.min(0.01, moved[a], room[b] - moved[b]);
        moved[a] -= by;
        moved[b] += by;
        const other = measuresOf(problem, moved);
        expect(other.cost + penalty * other.squaredDifference).toBeGreaterThan(
          cost + penalty * squaredDifference - 1e-5 * (1 + penalty),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('a higher penalty costs more and tracks better', () => {
    const room = EVEN.map(() => 0.27);
    let before = { cost: 0, squaredDifference: Infinity };
    for (const penalty of [0, 0.1, 0.5, 1, 2, 5, 10, 100]) {
      const path = boundedPath({ costs: EVEN, step: 2, penalty }, room, solve);
      expect(path.cost).toBeGreaterThanOrEqual(before.cost - 1e-7);
      expect(path.squaredDifference).toBeLessThanOrEqual(before.squaredDifference + 1e-7);
      before = path;
    }
  });

  it('limits that do not bind change nothing, and ask no solver', () => {
    const problem = { costs: EVEN, step: 2, penalty: 1 };
    const none: SolveProgram = () => {
      throw new Error('asked');
    };
    expect(boundedPath(problem, [1, 1, 0.5, 1, 1], none)).toEqual(trackingPath(problem));
  });

  it('nothing in a closed session; too little room is refused with the days it takes', () => {
    const costs = [1, Infinity, 1, 1, 1];
    const { trades } = boundedPath({ costs, step: 2, penalty: 10 }, [0.3, 0.3, 0.4, 0.4, 0.3], solve);
    expect(trades[1]).toBe(0);
    expect(total(trades)).toBeCloseTo(1, 6);
    const refused = refusalOf(() =>
      boundedPath(
        { costs: EVEN, step: 2, penalty: 1 },
        EVEN.map(() => 0.1),
        solve,
      ),
    );
    expect([refused.code, refused.message]).toEqual([
      'participation_too_low',
      expect.stringContaining('2.0 times'),
    ]);
  });
});
