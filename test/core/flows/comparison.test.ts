/** Published estimates beside ours (rulebooks E7) and the assets they are measured on. */
import { describe, expect, it } from 'vitest';
import {
  compareEstimates,
  trackedAssets,
  type ComparisonRow,
  type FlowOnDay,
  type PublishedAssets,
  type PublishedEstimate,
} from '../../../src/core/index.js';
import { ACCEPTANCE } from '../acceptance.js';
import { day } from '../days.js';
import { id } from '../market/smallMarket.js';
import { refusalOf } from '../refusals.js';

const CAP = 0.1;
const onDay = (iso: string, weight: number, ruleCut = Math.max(0, weight - CAP)): FlowOnDay => ({
  day: day(iso),
  close: 1000,
  weight,
  naiveCut: Math.max(0, weight - CAP),
  ruleCut,
});
const DAYS = [onDay('2025-09-01', 0.1477), onDay('2025-09-02', 0.1542), onDay('2025-09-12', 0.1539, 0.0364)];
const RANGE = [172.9e9, 189.03e9] as const;

function compare(estimate: Partial<PublishedEstimate>, days: readonly FlowOnDay[] = DAYS): ComparisonRow[] {
  const press: PublishedEstimate = {
    id: id('688256'),
    knownOn: day('2025-09-02'),
    who: 'press',
    value: 10e9,
    assets: 189.03e9,
    source: 'test',
  };
  return compareEstimates([{ ...press, ...estimate }], days, CAP, RANGE);
}

describe('Cambricon in September 2025, printed sales of 10, 9 and 5.45 bn', () => {
  const { rows_date_weight_cap_aum_bn_flow_bn_published: printed, tolerance_bn: tolerance } =
    ACCEPTANCE.flows_star50_sep2025;

  it.each(printed)(
    '%s: %d less %d of %d bn is %d bn, printed as %s',
    (on, weight, cap, assets, sale, said) => {
      const [row] = compare({ knownOn: day(on), assets: assets * 1e9, value: sale * 1e9 }, [
        onDay(on, weight),
      ]);
      const got = (row.recomputed as number) / 1e9;
      expect(Math.abs(got - sale)).toBeLessThan(tolerance);
      expect(row.derivable).toBe(true);
      expect(cap).toBe(CAP);
      // `about 10`, `more than 9`, `5.45`.
      const number = Number(said.split(' ').at(-1));
      if (said.startsWith('more')) expect(got).toBeGreaterThan(number);
      else expect(Math.abs(got - number)).toBeLessThan(said.startsWith('about') ? 0.5 : tolerance);
    },
  );

  it('the whole weight, or the weight of another day on these assets, is not what was printed', () => {
    const [first, , last] = printed;
    for (const weight of [last[1] + last[2], first[1]]) {
      const [row] = compare({ knownOn: day(last[0]), assets: last[3] * 1e9, value: last[4] * 1e9 }, [
        onDay(last[0], weight),
      ]);
      expect(Math.abs((row.recomputed as number) / 1e9 - last[4])).toBeGreaterThan(100 * tolerance);
      expect(row.derivable).toBe(false);
    }
  });
});

describe('rulebooks E7: (15.42 % - 10 %) x 189.03 bn', () => {
  const [row] = compare({});

  it('is 10.245 bn, which the press called about 10', () => {
    expect(row.recomputed).toBeCloseTo(0.0542 * 189.03e9, 0);
    expect((row.recomputed as number) / 1e8).toBeCloseTo(102.45, 2);
    expect(row.derivable).toBe(true);
  });

  it('is written out', () => {
    expect(row.method.en).toBe('(15.42% - 10.00%) x 189.03 bn = 10.25 bn');
    expect(row.method.zh).toBe('（15.42% - 10.00%）× 1890.3亿 = 102.5亿');
  });

  it('stands beside ours of that day and at the close, on the same assets', () => {
    expect(row.oursThatDay).toBeCloseTo(0.0542 * 189.03e9, 0);
    expect(row.oursAtClose).toBeCloseTo(0.0364 * 189.03e9, 0);
  });

  it('SMIC at 10.21 % gives 3.97 in hundreds of millions', () => {
    const [smic] = compare({ value: 3.97e8 }, [onDay('2025-09-02', 0.1021)]);
    expect((smic.recomputed as number) / 1e8).toBeCloseTo(3.97, 2);
    expect(smic.derivable).toBe(true);
  });
});

describe('an estimate', () => {
  // 10.245 bn against figures of two digits: half a unit of the second digit is 0.5 bn from ten on, 0.05 below.
  it.each([
    [10e9, true],
    [10.7e9, true],
    [10.8e9, false],
    [9.8e9, false],
    [8e9, false],
  ])('of %d agrees with the arithmetic: %s', (value, derivable) => {
    expect(compare({ value })[0].derivable).toBe(derivable);
  });

  it('is matched to the last session on or before the day it was known', () => {
    const [sunday] = compare({ knownOn: day('2025-09-07') });
    expect(sunday.recomputed).toBeCloseTo(0.0542 * 189.03e9, 0);
  });

  it('known before the first session is left out', () => {
    expect(compare({ knownOn: day('2025-08-31') })).toEqual([]);
  });

  it('that names no assets cannot be derived, and is told so with the usual arithmetic', () => {
    const [row] = compare({ knownOn: day('2025-09-12'), value: 8e9, assets: undefined });
    expect(row.recomputed).toBeUndefined();
    expect(row.derivable).toBe(false);
    // The evening before is 2 September here: 5.42 % of 172.9 and 189.03 bn.
    expect(row.method.en).toContain('cannot be derived');
    expect(row.method.en).toContain('(15.42% - 10.00%) x 172.90-189.03 bn, gives 9.37-10.25 bn');
  });

  it('whose arithmetic does not give the figure printed says so', () => {
    const [row] = compare({ value: 5e9 });
    expect(row.derivable).toBe(false);
    expect(row.method.en).toContain('which is not the figure printed');
  });
});

describe('tracked assets', () => {
  const published = (iso: string, amount: number): PublishedAssets => ({
    knownOn: day(iso),
    amount,
    scope: iso,
    feeders: 'excluded',
    source: 'test',
  });
  const totals = [published('2025-09-08', 173), published('2025-06-01', 150), published('2025-09-02', 189)];
  const known = (since: string, at: string) => trackedAssets(totals, 'CNY', day(since), day(at));

  it('are the latest known, with the range since a day', () => {
    expect(known('2025-08-29', '2025-09-12')).toMatchObject({
      amount: 173,
      asOf: day('2025-09-08'),
      range: [173, 189],
      scope: '2025-09-08',
    });
    expect(known('2025-08-29', '2025-09-05')).toMatchObject({ amount: 189, range: [189, 189] });
  });

  it('are the last one alone when none was published since', () => {
    expect(known('2025-08-29', '2025-08-30')).toMatchObject({ amount: 150, range: [150, 150] });
  });

  it('are refused when none was known', () => {
    expect(refusalOf(() => known('2025-05-01', '2025-05-31')).code).toBe('no_tracked_assets');
  });
});
