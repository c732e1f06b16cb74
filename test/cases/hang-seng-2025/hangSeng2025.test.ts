/**
 * Five Hang Seng reviews of 2025 as CICC published them (PROVENANCE.md). Market values are not known, so each
 * basket is completed with invented members; a test may only ask for what no completion can change.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  applyCaps,
  capsOf,
  forcedFlows,
  indexId,
  parseDay,
  resolveRulebook,
  securityId,
  startOf,
  type CapResult,
  type Day,
  type Methodology,
  type ProForma,
  type Snapshot,
} from '../../../src/core/index.js';
import { readRulebook } from '../../../src/data/rulebooks.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const CAP = 0.08;

interface Line {
  readonly code: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** USD, buy positive. */
  readonly flow: number;
}

/** Lines of one review; weights as fractions. */
function linesOf(index: string, effective: string): Line[] {
  const [header, ...rows] = readFileSync(join(HERE, 'weights_and_flows.csv'), 'utf8').trim().split('\n');
  const columns = header.split(',');
  return rows
    .map((row) => row.split(','))
    .map((cells) => (column: string) => cells[columns.indexOf(column)])
    .filter((cell) => cell('index') === index && cell('effective_date') === effective)
    .map((cell) => ({
      code: cell('code'),
      name: cell('name'),
      before: Number(cell('weight_before_pct')) / 100,
      after: Number(cell('weight_after_pct')) / 100,
      flow: Number(cell('published_flow_usd_mn')) * 1e6,
    }));
}

/** `count`: members after the review. `assets`: tracked assets of CASE.md, USD. */
const REVIEWS = [
  { index: 'HSTECH', rulebook: 'hang-seng-tech', effective: '2025-03-10', count: 30, assets: 22.1e9 },
  { index: 'HSTECH', rulebook: 'hang-seng-tech', effective: '2025-06-09', count: 30, assets: 24.95e9 },
  { index: 'HSTECH', rulebook: 'hang-seng-tech', effective: '2025-12-08', count: 30, assets: 32.6e9 },
  { index: 'HSI', rulebook: 'hang-seng', effective: '2025-03-10', count: 83, assets: 31.5e9 },
  { index: 'HSI', rulebook: 'hang-seng', effective: '2025-06-09', count: 85, assets: 29.05e9 },
] as const;
type Case = (typeof REVIEWS)[number];

const dayOf = (iso: string): Day => parseDay(iso) as Day;
const methodologies = new Map<string, Methodology>();
const methodologyOf = ({ rulebook, effective }: Case): Methodology =>
  methodologies.get(`${rulebook} ${effective}`) as Methodology;

beforeAll(async () => {
  for (const { rulebook, effective } of REVIEWS) {
    const parsed = await readRulebook(`rulebooks/${rulebook}.yaml`);
    methodologies.set(`${rulebook} ${effective}`, resolveRulebook(parsed, dayOf(effective)));
  }
});

describe.each(REVIEWS)('$index of $effective: one amount of tracked assets', (review) => {
  const lines = linesOf(review.index, review.effective);

  it('every published flow is within 1 % of forcedFlows on the assets that fit best', () => {
    const assets =
      lines.reduce((total, { flow }) => total + Math.abs(flow), 0) /
      lines.reduce((total, { before, after }) => total + Math.abs(after - before), 0);
    expect(Math.abs(assets / review.assets - 1)).toBeLessThan(0.01);
    const { trades } = forcedFlows(proFormaOf(review, lines), NO_MARKET, trackedBy(review, assets));
    const valueOf = new Map(trades.map(({ id, value }) => [String(id), value]));
    for (const { code, flow } of lines) {
      expect(Math.abs((valueOf.get(code) as number) / flow - 1), code).toBeLessThan(0.01);
    }
  });
});

const NO_MARKET = {
  securities: [],
  adv20Value: new Float64Array(0),
  adv20Days: new Uint8Array(0),
} as unknown as Snapshot;

function proFormaOf({ rulebook }: Case, lines: readonly Line[]): ProForma {
  const members = lines.map(({ code, before, after }) => ({
    id: securityId(code),
    weightBefore: before,
    weightAfter: after,
    priceAtSwap: 1,
  }));
  const turnoverOneWay = lines.reduce((total, { before, after }) => total + Math.abs(after - before), 0) / 2;
  return {
    members,
    turnoverOneWay,
    findings: [],
    before: { index: indexId(rulebook) },
  } as unknown as ProForma;
}

function trackedBy({ effective }: Case, amount: number) {
  const asOf = dayOf(effective);
  return {
    amount,
    currency: 'USD',
    asOf,
    range: [amount, amount] as const,
    scope: 'implied',
    feeders: 'unknown',
    source: 'CICC',
  };
}

/** How the members that are not listed share what is left, and how far the capped ones are above the cap. */
const COMPLETIONS = [
  { name: 'equal others', taper: 1, moreCapped: 0, above: 1.001 },
  { name: 'tapering others', taper: 0.97, moreCapped: 0, above: 1.2 },
  { name: 'two more members at the cap', taper: 0.98, moreCapped: 2, above: 1.5 },
  { name: 'a crowded top', taper: 1, moreCapped: 1, above: 3 },
] as const;
type Completion = (typeof COMPLETIONS)[number];

interface Basket {
  readonly values: Float64Array;
  readonly inForce: Float64Array;
  /** Published weights after the review, row for row; the invented members' own below them. */
  readonly expected: readonly number[];
  readonly lines: readonly Line[];
}

/**
 * A basket in which every member that ends below the cap has its published weight as value, so the capped ones
 * may have any value above the cap: the rule must give back the published weights.
 */
function complete(lines: readonly Line[], count: number, completion: Completion): Basket {
  const listed = lines.filter(({ after }) => after > 0);
  const others = count - listed.length;
  const left = 1 - listed.reduce((total, { after }) => total + after, 0) - completion.moreCapped * CAP;
  const shape = Array.from({ length: others - completion.moreCapped }, (_, i) => completion.taper ** i);
  const scale = left / shape.reduce((total, share) => total + share, 0);
  const expected = [
    ...listed.map(({ after }) => after),
    ...shape.map((share) => share * scale),
    ...Array.from({ length: completion.moreCapped }, () => CAP),
  ];
  // Spread the capped ones out, so that no two are equal.
  const values = expected.map((weight, i) =>
    weight === CAP ? CAP * completion.above * (1 + i / 100) : weight,
  );
  const rest = listed.reduce((total, { before }) => total - before, 1) / others;
  const before = [
    ...listed.map((line) => Math.max(line.before, 1e-6)),
    ...expected.slice(listed.length).map(() => rest),
  ];
  return { values: Float64Array.from(values), inForce: Float64Array.from(before), expected, lines: listed };
}

function capped(methodology: Methodology, { values, inForce }: Basket): CapResult {
  const { from, level } = startOf(methodology);
  return applyCaps(values, capsOf(methodology), { start: from, level, inForce });
}

describe.each(REVIEWS)('$index of $effective: capped at 8.00 at pricing', (review) => {
  const lines = linesOf(review.index, review.effective);

  it.each(COMPLETIONS)('published weights come back with $name', (completion) => {
    const basket = complete(lines, review.count, completion);
    const { weights } = capped(methodologyOf(review), basket);
    basket.expected.forEach((weight, row) => expect(weights[row]).toBeCloseTo(weight, 12));
  });

  it.each(COMPLETIONS)('exactly the members above the cap are bound with $name', (completion) => {
    const basket = complete(lines, review.count, completion);
    const { outcomes, weights } = capped(methodologyOf(review), basket);
    const atCap = basket.expected.flatMap((weight, row) => (weight === CAP ? [row] : []));
    expect(outcomes.map(({ id }) => id)).toEqual(['caps.single']);
    expect(outcomes[0].bound).toEqual(atCap);
    for (const row of atCap) expect(weights[row]).toBeCloseTo(CAP, 12);
  });
});

describe('a member rises to the cap from below when its uncapped weight stays above it', () => {
  const risers = REVIEWS.flatMap((review) =>
    linesOf(review.index, review.effective)
      .filter(({ before, after }) => before > 0 && before < CAP && after === CAP)
      .map((line) => ({ ...line, review, effective: review.effective })),
  );

  it('the lines name Meituan twice, JD.com, Xiaomi, BYD and HSBC', () => {
    expect(risers.map(({ name }) => name)).toEqual(['Meituan', 'JD.com', 'Meituan', 'Xiaomi', 'BYD', 'HSBC']);
  });

  it.each(risers)('$name on $effective', ({ code, before, review }) => {
    for (const completion of COMPLETIONS) {
      const basket = complete(linesOf(review.index, review.effective), review.count, completion);
      const row = basket.lines.findIndex((line) => line.code === code);
      expect(basket.inForce[row]).toBeCloseTo(before, 12);
      expect(capped(methodologyOf(review), basket).weights[row]).toBeCloseTo(CAP, 12);
    }
  });

  it.each(risers)(
    '$name on $effective would stay below it if the cap started from the weights in force',
    (riser) => {
      const { review, code } = riser;
      const basket = complete(linesOf(review.index, review.effective), review.count, COMPLETIONS[0]);
      const row = basket.lines.findIndex((line) => line.code === code);
      const { weights } = applyCaps(basket.values, capsOf(methodologyOf(review)), {
        start: 'in-force',
        inForce: basket.inForce,
      });
      expect(weights[row]).toBeLessThan(CAP - 1e-3);
    },
  );
});

describe('HSTECH of 2025-06-09: members with unchanged shares share one factor', () => {
  const review = REVIEWS[1];
  const lines = linesOf(review.index, review.effective);
  const unchanged = lines.filter(({ name }) =>
    ['Kuaishou', 'XPeng', 'Lenovo', 'Haier Smart Home'].includes(name),
  );
  const HALF = 0.00005;

  it('one factor explains Kuaishou, XPeng, Lenovo and Haier within two decimals', () => {
    const low = Math.max(...unchanged.map(({ before, after }) => (after - HALF) / (before + HALF)));
    const high = Math.min(...unchanged.map(({ before, after }) => (after + HALF) / (before - HALF)));
    expect(unchanged).toHaveLength(4);
    expect(low).toBeLessThan(high);
    expect([low, high].map((factor) => Number(factor.toFixed(4)))).toEqual([0.756, 0.7573]);
  });

  it('Li Auto lies half a percent higher, beyond rounding', () => {
    const { before, after } = lines.find(({ name }) => name === 'Li Auto') as Line;
    expect((after - HALF) / (before + HALF)).toBeGreaterThan(0.7573 * 1.004);
    expect(after / before).toBeLessThan(0.763);
  });

  it.each(COMPLETIONS)(
    'weights in force scaled by the rule give theirs after the review with $name',
    (completion) => {
      const factor = 0.7567;
      const basket = complete(lines, review.count, completion);
      // In units of the old weights: the four keep their value, everybody else has what the review gave them.
      const rows = unchanged.map(({ code }) => basket.lines.findIndex((line) => line.code === code));
      const values = basket.values.map((value) => value / factor);
      unchanged.forEach(({ before }, i) => (values[rows[i]] = before));
      const { weights } = capped(methodologyOf(review), { ...basket, values });
      const factors = rows.map((row, i) => weights[row] / unchanged[i].before);
      for (const one of factors) expect(one).toBeCloseTo(factors[0], 12);
      unchanged.forEach(({ after }, i) => expect(Math.abs(weights[rows[i]] - after)).toBeLessThan(2 * HALF));
    },
  );
});
