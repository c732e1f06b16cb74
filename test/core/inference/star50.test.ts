/** The X-ray on the real STAR 50: published weights, the review of September 2025, the pricing dates, from levels alone. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inferResult } from '../../../src/cli/results/inferResult.js';
import {
  formatDay,
  largestSum,
  parseDay,
  Refusal,
  runXray,
  securityId,
  weightsOn,
  type Day,
  type XrayBasket,
} from '../../../src/core/index.js';
import { loadIndexData } from '../../../src/data/bundle.js';
import { loadRulebook } from '../../../src/data/rulebooks.js';

const day = (text: string): Day => parseDay(text) as Day;
const loaded = await loadIndexData('datasets/cn-star', await loadRulebook('star-50', 'rulebooks'));
// Baskets and announced changes are what the X-ray is to find: it is not shown them.
const data = { ...loaded, baskets: [], changes: [] };
const source = { prices: data.market.prices, actions: data.actions };
const xray = (from: string, to: string, findChanges = false) =>
  runXray(data, { from: day(from), to: day(to), findChanges }).xray;

const both = xray('2025-06-13', '2025-10-16');
const [june, september] = both.baskets;

const published = readFileSync('test/golden/star50_published_weights.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map(([date, code, weight]) => ({ date, code, weight: Number(weight) }));

/** Weight of a code, or the sum of the largest for `TOP5` and `TOP10`, in percent. */
function percentOf({ estimate }: XrayBasket, date: string, code: string): number {
  const at = weightsOn(source, estimate, day(date));
  if (code.startsWith('TOP')) return 100 * largestSum(at, Number(code.slice(3))).sum;
  return 100 * at.weights[estimate.ids.indexOf(securityId(code))];
}

describe('published weights', () => {
  it('are nineteen', () => expect(published).toHaveLength(19));

  it.each(published)('$code on $date is $weight %', ({ date, code, weight }) => {
    const basket = day(date) <= september.swap ? june : september;
    expect(Math.abs(percentOf(basket, date, code) - weight)).toBeLessThanOrEqual(0.02);
  });

  it('come from the June basket alone when the window ends before the review', () => {
    const alone = xray('2025-06-13', '2025-09-12').baskets[0];
    for (const { date, code, weight } of published.filter((row) => row.date < '2025-09-13'))
      expect(Math.abs(percentOf(alone, date, code) - weight)).toBeLessThanOrEqual(0.02);
  });
});

describe('levels of June to October 2025', () => {
  it('fit to a few thousandths of a point', () => {
    expect(both.fit.sessions).toBe(84);
    expect(both.fit.maxResidual).toBeLessThan(0.004);
    expect(both.fit.rms).toBeLessThan(0.0015);
    expect(both.findings.map(({ code }) => code)).not.toContain('poor_fit');
  });

  it('put the change of basket at the close of 2025-09-12, far from its neighbours', () => {
    expect(formatDay(both.scan?.best.swap as Day)).toBe('2025-09-12');
    expect(both.scan?.overNext).toBeGreaterThan(200);
    expect(both.scan?.chance).toBeLessThan(1e-20);
  });

  it('say that five members were cut, the three below the cap by one factor', () => {
    const rescaled = new Map(september.carried?.rescaled.map((member) => [member.id as string, member]));
    expect([...rescaled.keys()]).toEqual(['688008', '688012', '688041', '688256', '688981']);
    for (const { ratio, chance } of rescaled.values()) {
      expect(ratio).toBeLessThan(1);
      expect(chance).toBeLessThan(1e-20);
    }
    const joint = ['688041', '688008', '688012'].map((id) => rescaled.get(id)?.ratio ?? 0);
    expect(Math.max(...joint) - Math.min(...joint)).toBeLessThan(0.004);
  });

  it('price the factors on 2025-06-09 and 2025-09-08, the fifth session before each review', () => {
    expect(formatDay(june.pricing?.found?.day as Day)).toBe('2025-06-09');
    const [first, next] = september.pricing?.candidates ?? [];
    expect(formatDay(first.day)).toBe('2025-09-08');
    expect(september.pricing?.found).toBe(first);
    expect(first.atCap.map(({ id }) => id)).toEqual(['688256', '688981']);
    expect(first.top?.met).toBe(true);
    expect(Math.abs((first.top?.sum ?? 0) - 0.4)).toBeLessThan(0.0001);
    expect(next.deviation / first.deviation).toBeGreaterThan(20);
  });

  it('agree with the basket solved elsewhere from the same levels', () => {
    const known = loaded.baskets[1].composition;
    const at = weightsOn(source, september.estimate, day('2025-09-12'));
    const golden = readFileSync('test/golden/star50_review_2025-09-12.csv', 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const after = new Map(golden.map((line) => [line.split(',')[0], Number(line.split(',').at(-5))]));
    expect(known.ids).toEqual(september.estimate.ids);
    for (const [j, id] of september.estimate.ids.entries())
      expect(Math.abs(100 * at.weights[j] - (after.get(id) ?? NaN))).toBeLessThan(0.03);
  });
});

describe('members found from levels alone', () => {
  const found = xray('2025-06-13', '2025-10-16', true);

  it('are 688561 out and 688183 in, ahead of every other pair', () => {
    const [best, next] = found.search?.change.pairs ?? [];
    expect(best).toMatchObject({ deleted: '688561', added: '688183' });
    expect(next.ratioToBest).toBeGreaterThan(15);
    expect(found.search?.change.tried).toBeGreaterThan(20_000);
    expect(found.search?.exchanged).toBe(true);
  });

  it('come with the swap close, seen before and after they are known', () => {
    expect(formatDay(found.search?.scan.best.swap as Day)).toBe('2025-09-12');
    expect(formatDay(found.scan?.best.swap as Day)).toBe('2025-09-12');
  });

  it('give the weights that the member list gives', () => {
    expect(found.last.weights).toEqual(both.last.weights);
  });

  it('are not looked for in vain: one basket is refused', () => {
    expect(() => xray('2025-06-13', '2025-09-12', true)).toThrow(Refusal);
  });
});

describe('windows that do not tell', () => {
  it.each([
    ['2025-08-01', '2025-09-12', 31],
    ['2025-09-12', '2025-10-16', 19],
  ])('%s to %s is refused with its numbers', (from, to, sessions) => {
    try {
      xray(from, to);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      const { code, numbers } = error as Refusal;
      expect(code).toBe('not_identified');
      expect(numbers).toMatchObject({ sessions, unknowns: 50, needed: 55 });
    }
  });

  it('members before June 2025 are not known', () => {
    expect(() => xray('2025-03-03', '2025-09-12')).toThrow(/members are known from the close of 2025-06-13/);
  });

  it('later dividends in adjusted prices are said', () => {
    const codes = xray('2025-06-13', '2025-12-12').findings.map(({ code }) => code);
    expect(codes).toContain('adjusted_price');
    expect(codes).toContain('poor_fit');
  });
});

describe('the JSON of infer', () => {
  const run = runXray(data, { from: day('2025-06-13'), to: day('2025-09-12') });
  const json = inferResult(data, run, 'en').json as {
    constituents: { id: string; weight: number; standardError: number }[];
    fit: { maxResidual: number; rms: number };
    provenance: { data: string };
  };

  it('keeps the contract', () => {
    expect(json.constituents).toHaveLength(50);
    expect(json.constituents[0].id).toBe('688256');
    expect(json.constituents.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(1, 12);
    for (const { standardError } of json.constituents) expect(standardError).toBeLessThan(0.0002);
    expect(json.fit.maxResidual).toBeLessThan(0.004);
    expect(json.provenance.data).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has a table in both languages', () => {
    expect(inferResult(data, run, 'en').lines.join('\n')).toContain('SMIC');
    expect(inferResult(data, run, 'zh').lines.join('\n')).toContain('寒武纪');
  });
});
