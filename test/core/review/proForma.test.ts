/** The pro forma on made-up baskets whose weights can be worked out by hand. */
import { describe, expect, it } from 'vitest';
import {
  forcedFlows,
  indexId,
  proForma,
  resolveRulebook,
  type Composition,
  type Day,
  type ProForma,
  type ShareAction,
  type Snapshot,
} from '../../../src/core/index.js';
import { day } from '../days.js';
import { id, security, snapshot } from '../market/smallMarket.js';
import { parsed, templateWith } from '../methodology/template.js';
import { refusalOf } from '../refusals.js';

const PRICING = day('2025-09-08');
const SWAP = day('2025-09-12');
const dates = {
  cutoff: day('2025-07-31'),
  announcement: day('2025-08-29'),
  pricing: PRICING,
  swap: SWAP,
  effective: day('2025-09-15'),
};

/** Single cap of 10 %, and the limit on the five out of the way. */
const tenPercent = resolveRulebook(parsed(templateWith(['limit: 0.4', 'limit: 1'])), day('2025-09-15'));
const noCaps = resolveRulebook(
  parsed(templateWith(['limit: 0.4', 'limit: 1'], ['cap: 0.1 }', 'cap: 1 }'])),
  day('2025-09-15'),
);

const LISTED = day('2019-07-22');
const codes = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => `688${String(i).padStart(3, '0')}`);

function prices(at: Day, byCode: Readonly<Record<string, number>>): Snapshot {
  return snapshot(
    at,
    Object.entries(byCode).map(([code, price]) => ({ ...security(code, LISTED), price })),
  );
}

function basket(shares: Readonly<Record<string, number>>, divisor: number): Composition {
  return {
    index: indexId('small-index'),
    swap: day('2025-06-13'),
    effective: day('2025-06-16'),
    ids: Object.keys(shares).map(id),
    adjustedShares: Float64Array.from(Object.values(shares)),
    cappingFactors: new Float64Array(Object.keys(shares).length).fill(1),
    divisor,
    quality: 'reported',
    note: '',
  };
}

function weigh(input: {
  readonly before: Composition;
  readonly members?: readonly string[];
  readonly pricing: Readonly<Record<string, number>>;
  readonly swap?: Readonly<Record<string, number>>;
  readonly actions?: readonly ShareAction[];
  readonly methodology?: typeof noCaps;
}): ProForma {
  return proForma({
    methodology: input.methodology ?? noCaps,
    dates,
    before: input.before,
    actions: input.actions ?? [],
    members: input.members?.map(id) ?? input.before.ids,
    atPricing: prices(PRICING, input.pricing),
    atSwap: prices(SWAP, input.swap ?? input.pricing),
  });
}

const each = <T>(of: readonly string[], value: (code: string, i: number) => T): Record<string, T> =>
  Object.fromEntries(of.map((code, i) => [code, value(code, i)]));

describe('rulebooks E8: drift after factor pricing', () => {
  // 10 % and 90 % at pricing (capped from 25 %), then +20 % and +5.5 %.
  const all = codes(16);
  const before = basket(
    each(all, (_, i) => (i === 0 ? 500 : 100)),
    1,
  );
  const atPricing = each(all, () => 1);
  const result = weigh({
    methodology: tenPercent,
    before,
    pricing: atPricing,
    swap: each(all, (_, i) => (i === 0 ? 1.2 : 1.055)),
  });
  const [capped, ...others] = result.members;

  it('the capped member is at 10 % at the pricing close', () => {
    expect(capped.weightUncapped).toBeCloseTo(0.25, 12);
    expect(capped.weightAtPricing).toBeCloseTo(0.1, 12);
    expect(capped.boundBy).toEqual(['caps.single']);
  });

  it('and at 11.220196 % at the swap close, the others at 88.779804 %', () => {
    expect(capped.weightAfter * 100).toBeCloseTo(11.220196, 6);
    expect(others.reduce((sum, member) => sum + member.weightAfter, 0) * 100).toBeCloseTo(88.779804, 6);
    expect(capped.weightAfter).toBeCloseTo((0.1 * 1.2) / (0.1 * 1.2 + 0.9 * 1.055), 12);
  });
});

describe('rulebooks E9: the divisor takes the change', () => {
  // A 100 at 10, B 200 at 5, base 1000 -> divisor 2. Next close 11 and 4.8: level 1030. C, 50 at 30, replaces B.
  const before = basket({ '688001': 100, '688002': 200 }, 2);
  const close = { '688001': 11, '688002': 4.8, '688003': 30 };
  const added = { ...security('688003', LISTED), price: 30 };
  const atPricing = snapshot(PRICING, [
    { ...security('688001', LISTED), price: 11 },
    { ...security('688002', LISTED), price: 4.8 },
    added,
  ]);
  atPricing.aShares[2] = 100;
  atPricing.inclusionFactor[2] = 0.5;
  const result = proForma({
    methodology: noCaps,
    dates,
    before,
    actions: [],
    members: ['688001', '688003'].map(id),
    atPricing,
    atSwap: prices(SWAP, close),
  });

  it('the level is 1030 before and after, the divisor 2.5242718447', () => {
    expect(result.level).toBeCloseTo(1030, 10);
    expect(result.after.divisor).toBeCloseTo(2.5242718447, 10);
  });

  it('weights are values over the basket on either side', () => {
    const weights = result.members.map(({ weightBefore, weightAfter }) => [weightBefore, weightAfter]);
    expect(weights[0][0]).toBeCloseTo(1100 / 2060, 12);
    expect(weights[0][1]).toBeCloseTo(1100 / 2600, 12);
    expect(weights[1][0]).toBeCloseTo(960 / 2060, 12);
    expect(weights[1][1]).toBe(0);
    expect(weights[2][0]).toBe(0);
    expect(weights[2][1]).toBeCloseTo(1500 / 2600, 12);
  });

  it('one-way turnover is half the sum of the changes', () => {
    const changes = [1100 / 2600 - 1100 / 2060, -960 / 2060, 1500 / 2600];
    expect(result.turnoverOneWay).toBeCloseTo(changes.reduce((sum, c) => sum + Math.abs(c), 0) / 2, 12);
  });

  it('an addition whose share count is not known is refused', () => {
    const unknown = prices(PRICING, close);
    const input = { methodology: noCaps, dates, before, actions: [], atSwap: prices(SWAP, close) };
    const refusal = refusalOf(() =>
      proForma({ ...input, members: ['688001', '688003'].map(id), atPricing: unknown }),
    );
    expect(refusal.code).toBe('no_share_count');
    expect(refusal.numbers).toEqual({ id: '688003' });
  });

  it('an addition whose free float is not known counts in full, and says so', () => {
    const full = prices(PRICING, close);
    full.aShares[2] = 50;
    const input = { methodology: noCaps, dates, before, actions: [], atSwap: prices(SWAP, close) };
    const weighed = proForma({ ...input, members: ['688001', '688003'].map(id), atPricing: full });
    expect(weighed.after.adjustedShares[1]).toBe(50);
    expect(weighed.findings).toContainEqual(
      expect.objectContaining({ code: 'float_unknown', subject: '688003' }),
    );
  });

  it('or, where the tradable shares are known, at most the band of those', () => {
    const bounded = prices(PRICING, close);
    bounded.aShares[2] = 50;
    // 26 of 50 are 52 %, in the band of 60 %.
    bounded.tradableShares[2] = 26;
    const input = { methodology: noCaps, dates, before, actions: [], atSwap: prices(SWAP, close) };
    const weighed = proForma({ ...input, members: ['688001', '688003'].map(id), atPricing: bounded });
    expect(weighed.after.adjustedShares[1]).toBeCloseTo(30, 12);
    expect(weighed.findings.map((finding) => finding.code)).toContain('float_unknown');
  });
});

describe('a bonus issue', () => {
  const before = basket({ '688001': 100, '688002': 100 }, 1);
  const bonus = (iso: string): ShareAction => ({ id: id('688001'), exDay: day(iso), shareRatio: 1.4 });

  it('before the pricing close changes nothing: more shares at a lower price', () => {
    const plain = weigh({ before, pricing: { '688001': 14, '688002': 10 } });
    const split = weigh({
      before,
      pricing: { '688001': 10, '688002': 10 },
      actions: [bonus('2025-07-01')],
    });
    expect(split.level).toBeCloseTo(plain.level, 12);
    split.members.forEach((member, i) => {
      expect(member.weightBefore).toBeCloseTo(plain.members[i].weightBefore, 12);
      expect(member.weightAfter).toBeCloseTo(plain.members[i].weightAfter, 12);
    });
  });

  // The ex-date falls between the close that prices the factors and the close of the swap.
  it('between the pricing close and the swap close changes nothing either', () => {
    const split = weigh({
      before,
      pricing: { '688001': 14, '688002': 10 },
      swap: { '688001': 10, '688002': 10 },
      actions: [bonus('2025-09-10')],
    });
    const [first] = split.members;
    expect(first.weightBefore).toBeCloseTo(1400 / 2400, 12);
    expect(first.weightAfter).toBeCloseTo(1400 / 2400, 12);
    expect(split.turnoverOneWay).toBeCloseTo(0, 12);
  });

  it('before the old basket took over is already in its shares', () => {
    const split = weigh({ before, pricing: { '688001': 10, '688002': 10 }, actions: [bonus('2025-06-13')] });
    expect(split.members[0].weightBefore).toBeCloseTo(0.5, 12);
  });
});

it('a trade whose turnover is not known says so', () => {
  const before = basket({ '688001': 300, '688002': 100 }, 1);
  const close = { '688001': 10, '688002': 10 };
  const result = weigh({ before, members: ['688001'], pricing: close });
  const assets = {
    amount: 1000,
    currency: 'CNY',
    asOf: SWAP,
    range: [1000, 1000] as const,
    scope: 'all',
    feeders: 'excluded',
    source: 'test',
  };
  const { trades, findings } = forcedFlows(result, prices(SWAP, close), assets);
  expect(trades.map((trade) => trade.daysToTrade)).toEqual([Number.NaN, Number.NaN]);
  expect(findings.filter((finding) => finding.code === 'adv_missing').map((f) => f.subject)).toEqual([
    '688002',
    '688001',
  ]);
});

it('trades are assets times the change, in days of the market, and sum to nothing (rulebooks 10.7)', () => {
  const before = basket({ '688001': 300, '688002': 100, '688003': 100 }, 1);
  const close = { '688001': 10, '688002': 10, '688003': 10 };
  const atSwap = prices(SWAP, close);
  atSwap.adv20Value.set([50, 20, 30]);
  atSwap.adv20Days.set([20, 20, 12]);
  const result = weigh({ before, members: ['688001', '688002'], pricing: close });
  const assets = {
    amount: 1000,
    currency: 'CNY',
    asOf: SWAP,
    range: [500, 2000] as const,
    scope: 'all',
    feeders: 'excluded',
    source: 'test',
  };
  const { trades, grossOneWay, findings } = forcedFlows(result, atSwap, assets);
  // 60/20/20 becomes 75/25/0: sales first.
  expect(trades.map(({ id: code, side }) => `${side} ${code}`)).toEqual([
    'sell 688003',
    'buy 688002',
    'buy 688001',
  ]);
  expect(trades[0].value).toBeCloseTo(-200, 9);
  expect(trades[0].shares).toBeCloseTo(-20, 9);
  expect(trades[0].valueRange[0]).toBeCloseTo(-100, 9);
  expect(trades[0].valueRange[1]).toBeCloseTo(-400, 9);
  expect(trades[0].daysToTrade).toBeCloseTo(200 / 30, 9);
  expect(trades[2].value).toBeCloseTo(150, 9);
  expect(grossOneWay).toBeCloseTo(200, 9);
  expect(trades.reduce((sum, trade) => sum + trade.value, 0)).toBeCloseTo(0, 9);
  expect(findings.filter((finding) => finding.code === 'adv_short').map((f) => f.subject)).toEqual([
    '688003',
  ]);
});
