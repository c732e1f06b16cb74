/** `schedule`: the JSON of the contract, tables in both languages, and what is refused. */
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonOf, run, runAll, type Ended } from './run.js';

const BASE = ['schedule', '--security', '688256', '--effective', '2025-09-15'];

let ends: Record<'json' | 'zh' | 'csv' | 'within', Ended>;
beforeAll(async () => {
  ends = await runAll({
    json: [...BASE, '--json'],
    zh: [...BASE, '--lang', 'zh', '--after', '2', '--method', 'tracking'],
    csv: [...BASE, '--csv'],
    within: [...BASE, '--method', 'tracking', '--after', '2', '--participation', '0.12', '--json'],
  });
});

describe('schedule', () => {
  it('has slices and a frontier', () => {
    const { slices, frontier, methods, findings } = jsonOf<{
      slices: { date: string; phase: string; shares: number; value: { amount: number } }[];
      frontier: { costBps: number; trackingErrorBps: number }[];
      methods: unknown[];
      findings: { code: string }[];
    }>(ends.json);
    expect(slices.map(({ date, phase }) => `${date} ${phase}`)).toEqual([
      '2025-09-10 continuous',
      '2025-09-11 continuous',
      '2025-09-12 continuous',
      '2025-09-12 auction',
    ]);
    expect(slices.reduce((total, { value }) => total + value.amount, 0) / 1e9).toBeCloseTo(-6.29, 2);
    expect(frontier).toHaveLength(41);
    expect(frontier[40].trackingErrorBps).toBeLessThan(frontier[0].trackingErrorBps);
    expect(methods).toHaveLength(7);
    expect(findings.map(({ code }) => code)).toContain('participation_cut');
  });

  it('under a limit, orders are within the sizes of the board, slices within the limit, and so is a second frontier', () => {
    const { slices, frontier, frontierWithin } = jsonOf<{
      slices: { shares: number; participation: number; orders: number[] }[];
      frontier: { costBps: number; trackingErrorBps: number }[];
      frontierWithin: { costBps: number; trackingErrorBps: number }[];
    }>(ends.within);
    for (const { shares, participation, orders } of slices) {
      expect(orders.reduce((a, b) => a + b, 0)).toBe(-shares);
      expect(Math.max(...orders)).toBeLessThanOrEqual(100_000);
      expect(Math.min(...orders)).toBeGreaterThanOrEqual(200);
      expect(participation).toBeLessThanOrEqual(0.12001);
    }
    expect(frontierWithin).toHaveLength(41);
    // Where the limit binds nobody can track as well.
    expect(frontierWithin[40].trackingErrorBps).toBeGreaterThan(frontier[40].trackingErrorBps + 1);
    expect(frontierWithin[0].trackingErrorBps).toBeCloseTo(frontier[0].trackingErrorBps, 3);
  });

  it('fits the screen in Chinese, and the CSV has the slices', () => {
    for (const line of ends.zh.stdout.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
    expect(ends.zh.stdout).toContain('收盘集合竞价');
    expect(ends.csv.stdout.split('\n')[0]).toBe('date,phase,shares,value,participation,orders,largestOrder');
  });

  it.each([
    [['--days', '0'], 2],
    [['--days', '1.5'], 2],
    [['--after', '-1'], 2],
    [['--participation', '0'], 2],
    [['--participation', '1.1'], 2],
    [['--auction', '1'], 2],
    [['--risk', '0'], 2],
    [['--method', 'twapp'], 2],
    [['--participation', '0.05'], 3],
    [['--security', '999999'], 2],
    [['--security', '688001'], 3],
  ])('with %j ends with %i', async (args, code) => {
    const { code: ended, stderr } = await run([...BASE, ...args]);
    expect(ended, stderr).toBe(code);
  });
});

describe('schedule of one fund', () => {
  const FUND = ['schedule', '--holdings', 'examples/holdings.csv', '--effective', '2025-09-15'];

  it('has the trades, cash and cost, in both languages and as CSV', async () => {
    const { json, zh, csv } = await runAll({
      json: [...FUND, '--cash', '5m', '--json'],
      zh: [...FUND, '--cash', '5m', '--lang', 'zh'],
      csv: [...FUND, '--cash', '5m', '--csv'],
    });
    const { trades, cashAfter, trackingError, cost } = jsonOf<{
      trades: { id: string; shares: number; stuck: string | null; impactBps: number | null }[];
      cashAfter: { amount: number; currency: string };
      trackingError: { before: number; after: number };
      cost: { bps: number };
    }>(json);
    expect(trades[0].id).toBe('688256');
    expect(trades[0].shares).toBeLessThan(0);
    expect([cashAfter.amount >= 0, cashAfter.currency]).toEqual([true, 'CNY']);
    expect(trackingError.after).toBeLessThan(trackingError.before);
    expect(cost.bps).toBeGreaterThan(0);
    for (const line of zh.stdout.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
    expect(zh.stdout).toContain('年化跟踪误差');
    expect(csv.stdout.trim().split('\n')).toHaveLength(52);
  });

  it.each([
    [['schedule', '--effective', '2025-09-15'], 2],
    [[...BASE, '--cash', '5m'], 2],
    [[...FUND, '--security', '688256'], 2],
    [[...FUND, '--cash', 'much'], 2],
    [[...FUND, '--keep', '2bn'], 3],
    [['schedule', '--holdings', 'gone.csv', '--effective', '2025-09-15'], 2],
    [['schedule', '--holdings', 'examples/caps.csv', '--effective', '2025-09-15'], 2],
  ])('%j ends with %i', async (args, code) => {
    const { code: ended, stderr } = await run(args);
    expect(ended, stderr).toBe(code);
  });
});

describe('schedule --ahead', () => {
  const AHEAD = [...BASE, '--known-at', '2025-09-03', '--ahead', '500000'];

  it('has the gain, the crowd and the flow at other prices, in both languages', async () => {
    const { json, zh } = await runAll({ json: [...AHEAD, '--json'], zh: [...AHEAD, '--lang', 'zh'] });
    const { side, gainBps, crowding, moves } = jsonOf<{
      side: string;
      gainBps: number;
      crowding: { aheadOfFlow: number; gainBps: number }[];
      moves: { move: number; flowValue: { amount: number } }[];
    }>(json);
    expect([side, gainBps > 0]).toEqual(['sell', true]);
    expect(crowding).toHaveLength(7);
    expect(moves[0].flowValue.amount).toBeGreaterThan(moves[6].flowValue.amount);
    for (const line of zh.stdout.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(100);
  });

  it.each([
    [['--days', '3'], 2],
    [['--ahead', '-5'], 2],
    [['--security', '688001'], 3],
  ])('with %j ends with %i', async (args, code) => {
    const { code: ended, stderr } = await run([...AHEAD, ...args]);
    expect(ended, stderr).toBe(code);
  });
});
