/** Every form of the forecast kernel against its specification, over random plans. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kernelOf, runBlock, type Samples } from '../../src/core/forecast/kernel.js';
import { incumbentLine, newcomerLine } from '../../src/core/forecast/lines.js';
import { rankingSpace, type ForecastPlan } from '../../src/core/forecast/plan.js';
import { prepare } from '../../src/core/forecast/prepare.js';
import { everyName, prune } from '../../src/core/forecast/prune.js';
import { simulateReference, type ReferencePath } from '../../src/core/forecast/reference.js';
import { simulate } from '../../src/core/forecast/simulate.js';
import { KINDS, SUM } from '../../src/core/forecast/tally.js';
import { applyCaps } from '../../src/core/weighting/capping.js';
import { seatByBuffer } from '../../src/core/selection/buffer.js';
import { rankRows } from '../../src/core/selection/ranking.js';
import { limitTurnover, unlimited } from '../../src/core/selection/turnoverLimit.js';
import { plans, rowsOf } from './plans.js';

const RUNS = 150;

describe('the kernel', () => {
  test('gives on every path what the reference gives', () => {
    let sure = 0;
    let leftOut = 0;
    fc.assert(
      fc.property(plans, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (plan, seed) => {
        const paths = 12;
        const expected = simulateReference(plan, { seed, firstPath: 256, paths });
        for (const pruned of [true, false]) comparePaths(plan, seed, 256, expected, pruned);
        if (plan.seats.kind === 'buffer') {
          const relevance = prune(plan, plan.seats, rankingSpace(plan));
          sure += relevance.sure.length;
          leftOut += everyName(plan).ranked.length - relevance.ranked.length - relevance.sure.length;
        }
      }),
      { numRuns: RUNS, seed: 4 },
    );
    // The comparison means little when nobody was left out.
    expect(sure).toBeGreaterThan(100);
    expect(leftOut).toBeGreaterThan(500);
  });

  test('adds up to what the reference adds up to', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const paths = 300;
        const draws = simulate(plan, { seed: 5, paths });
        const all = simulateReference(plan, { seed: 5, paths });
        const mean = (value: (path: ReferencePath) => number): number =>
          all.reduce((sum, path) => sum + value(path), 0) / paths;
        const [single, joint] = ['single', 'top-k'].map((kind) =>
          plan.caps.findIndex(({ rule }) => rule.kind === kind),
        );
        rowsOf(draws, plan).forEach((name, row) => {
          const close = (found: number, value: (path: ReferencePath) => number, unit = 1): void =>
            expect(found / unit).toBeCloseTo(mean(value) / unit, 12);
          close(name.inPlain.mean, ({ member }) => member[row]);
          close(name.flowPlain.mean, ({ flow }) => flow[row], plan.assets);
          close(name.weightAfter, ({ weightAfter }) => weightAfter[row]);
          close(name.shares.mean, ({ shares }) => shares[row], plan.assets);
          close(name.cappedPlain.mean, ({ bound }) => (single < 0 ? 0 : bound[single][row]));
          all.forEach(({ flow, shares }, path) => {
            const gap = Math.abs((name.flowSamples[path] ?? 0) - flow[row]);
            expect(gap).toBeLessThan(2e-12 * plan.assets);
            const away = Math.abs((name.shareSamples[path] ?? 0) - shares[row]);
            // Kept in single precision.
            expect(away).toBeLessThanOrEqual(1e-7 * Math.abs(shares[row]) + 1e-12 * plan.assets);
          });
        });
        const acted = (cap: number): number =>
          cap < 0 ? 0 : mean(({ triggered }) => (triggered[cap] ? 1 : 0));
        expect(draws.singleBinds).toBeCloseTo(acted(single), 12);
        expect(draws.jointBinds).toBeCloseTo(acted(joint), 12);
        expect(draws.turnoverOneWay.mean).toBeCloseTo(
          mean(({ turnoverOneWay }) => turnoverOneWay),
          12,
        );
        expect(draws.seats).toBeCloseTo(
          mean(({ member }) => member.reduce((sum, x) => sum + x, 0)),
          12,
        );
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  test('is the review itself on every path when nothing moves', () => {
    const still = { average: 0, pricingOnAverage: 0, pricing: 0, swap: 0 };
    fc.assert(
      fc.property(plans, (moving) => {
        const plan: ForecastPlan = {
          ...moving,
          horizon: still,
          measureDoubt: new Float64Array(moving.ids.length),
          assetsDoubt: 0,
        };
        const draws = simulate(plan, { seed: 1, paths: 20 });
        const measure = plan.measureKnown.map((known, row) => known + plan.measureFuture[row]);
        const members = [...plan.ids.keys()].filter((row) =>
          plan.seats.kind === 'fixed' ? plan.fixedMember[row] === 1 : membersBy(plan, measure).has(row),
        );
        const value = (shares: Float64Array, row: number) => shares[row] * plan.price[row];
        const caps = applyCaps(
          Float64Array.from(members, (row) => plan.newShares[row] * plan.pricingBase[row]),
          plan.caps,
        );
        const capped = members.map((row, i) => caps.factors[i] * value(plan.newShares, row));
        const after = capped.reduce((sum, one) => sum + one, 0);
        const old = plan.ids.reduce((total, _, row) => total + value(plan.oldShares, row), 0);
        rowsOf(draws, plan).forEach((name, row) => {
          const weight = members.includes(row) ? capped[members.indexOf(row)] / after : 0;
          const flow = plan.assets * (weight - value(plan.oldShares, row) / old);
          expect(name.inPlain.mean).toBe(members.includes(row) ? 1 : 0);
          expect(name.in).toEqual({ mean: members.includes(row) ? 1 : 0, error: 0 });
          for (const found of [name.flowPlain.mean, ...name.flowSamples]) {
            expect(Math.abs(found - flow)).toBeLessThan(1e-12 * plan.assets);
          }
          expect(name.weightAfter).toBeCloseTo(weight, 12);
        });
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('knows the line of every name: above it in, below it out, all others as drawn', () => {
    let compared = 0;
    fc.assert(
      fc.property(plans, (plan) => {
        const kernel = kernelOf(prepare(plan), 9);
        if (!kernel.hasLines) return;
        const { columns, lines } = kernel;
        const { rows, ranked, standing, newcomers, score: drawn } = columns;
        const newcomersFirst = plan.seats.kind === 'buffer' && plan.seats.order === 'enter-first';
        for (let block = 0; block < 3; block++) {
          runBlock(kernel, block, samplesOf(columns.names, block * 256, 1));
          const all = [...ranked, ...Array.from({ length: newcomers }, (_, j) => standing + j)];
          const scores = new Map(all.map((name) => [rows[name], drawn[name]]));
          const lineOf = (name: number): number =>
            plan.incumbent[rows[name]] === 1
              ? incumbentLine(lines, drawn[name], newcomersFirst)
              : newcomerLine(lines, drawn[name]);
          for (let j = 0; j < all.length; j += 3) {
            const row = rows[all[j]];
            const line = lineOf(all[j]);
            for (const [score, within] of [
              [line - 1e-9 * Math.abs(line), 0],
              [line + 1e-9 * Math.abs(line), 1],
            ]) {
              if (!Number.isFinite(score)) continue;
              expect(isIn(plan, columns, scores, row, score), `row ${row}`).toBe(within);
              compared++;
            }
            if (line === Infinity) expect(isIn(plan, columns, scores, row, 1e300)).toBe(0);
            if (line === -Infinity) expect(isIn(plan, columns, scores, row, -1e300)).toBe(1);
          }
        }
      }),
      { numRuns: RUNS, seed: 6 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});

function samplesOf(names: number, firstPath: number, paths: number): Samples {
  const columns = { length: names };
  return { firstPath, paths, kept: true, flows: Array.from(columns), shares: Array.from(columns) };
}

/** Runs one path at a time, so that the sums are the path itself. */
function comparePaths(
  plan: ForecastPlan,
  seed: number,
  firstPath: number,
  expected: readonly ReferencePath[],
  pruned: boolean,
): void {
  const kernel = kernelOf(prepare(plan, pruned), seed);
  const { names, rows } = kernel.columns;
  const single = plan.caps.findIndex(({ rule }) => rule.kind === 'single');
  expected.forEach((path, k) => {
    const samples = samplesOf(names, firstPath + k, 1);
    const { sums } = runBlock(kernel, 1, samples);
    const at = (sum: number): Float64Array => {
      const column = new Float64Array(plan.ids.length);
      rows.forEach((row, i) => (column[row] = sums[i * KINDS + sum]));
      return column;
    };
    expect([...at(SUM.member)]).toEqual([...path.member]);
    if (single >= 0) expect([...at(SUM.capped)]).toEqual([...path.bound[single]]);
    const flow = at(SUM.flow);
    const weight = at(SUM.weightAfter);
    plan.ids.forEach((_, row) => {
      expect(Math.abs(weight[row] - path.weightAfter[row])).toBeLessThan(1e-12);
      expect(Math.abs(flow[row] - path.flow[row])).toBeLessThan(1e-12 * plan.assets * 2);
    });
  });
}

/** Whether a row is a member when its score is changed, among the ranked and the sure. */
function isIn(
  plan: ForecastPlan,
  columns: ReturnType<typeof kernelOf>['columns'],
  scores: ReadonlyMap<number, number>,
  row: number,
  score: number,
): number {
  const measure = new Float64Array(plan.ids.length).fill(-Infinity);
  for (const name of columns.sure) measure[columns.rows[name]] = Infinity;
  for (const [other, value] of scores) measure[other] = value;
  measure[row] = score;
  const eligible = plan.eligible.map((mark, r) => (measure[r] === -Infinity ? 0 : mark));
  return membersBy({ ...plan, eligible }, measure).has(row) ? 1 : 0;
}

/** Members after a review that ranks by a measure, by the functions of the review. */
function membersBy(plan: ForecastPlan, measure: Float64Array): Set<number> {
  if (plan.seats.kind !== 'buffer') throw new Error('only for buffers');
  const all = [...plan.ids.keys()];
  const isIncumbent = (row: number): boolean => plan.incumbent[row] === 1;
  const ranked = rankRows(
    all.filter((row) => plan.eligible[row] === 1),
    (row) => measure[row],
  );
  const seated = seatByBuffer(ranked, isIncumbent, plan.seats).map(({ item }) => item);
  const additions = seated.filter((row) => !isIncumbent(row));
  const worstFirst = all
    .filter((row) => isIncumbent(row) && !seated.includes(row))
    .toSorted((a, b) => {
      const [first, second] = [a, b].map((row) => (ranked.includes(row) ? ranked.indexOf(row) : Infinity));
      return first === second ? a - b : second > first ? 1 : -1;
    });
  const { maxChanges, count } = plan.seats;
  const rule = { kind: 'turnover-limit', maxCount: maxChanges, pairing: 'best-in-worst-out' } as const;
  const swaps =
    maxChanges === Infinity
      ? unlimited(additions, worstFirst)
      : limitTurnover(additions, worstFirst, count, rule);
  return new Set([
    ...all.filter((row) => isIncumbent(row) && !swaps.deletions.includes(row)),
    ...swaps.additions,
  ]);
}
