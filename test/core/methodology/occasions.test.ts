/** The kind of a review follows from its effective date; the shares of an addition from whichever rule there is. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  datesOfReview,
  formatDay,
  InputError,
  methodologyOfReview,
  proForma,
  resolveRulebook,
  startOf,
  type Rulebook,
  type SessionCalendar,
} from '../../../src/core/index.js';
import { loadRulebook } from '../../../src/data/rulebooks.js';
import { countedRatio } from '../../../src/core/weighting/countedRatio.js';
import { sessionsOf } from '../bundle.js';
import { day } from '../days.js';
import { id, security, snapshot } from '../market/smallMarket.js';
import { parsed, templateWith } from './template.js';

describe('Nasdaq-100', () => {
  let rulebook: Rulebook;
  let XNYS: SessionCalendar;
  beforeAll(async () => {
    [rulebook, XNYS] = await Promise.all([loadRulebook('nasdaq-100', 'rulebooks'), sessionsOf('XNYS')]);
  });

  // Effective after the third Friday; December is the annual reconstitution (rulebooks 6.1, 17).
  it.each([
    ['2024-12-23', 'annual', 'uncapped', '2024-11-29'],
    ['2025-03-24', 'quarterly', 'in-force-if-limits-hold', '2025-02-28'],
    ['2025-12-22', 'annual', 'uncapped', '2025-11-28'],
  ])('effective %s is %s, starts %s, priced on %s', (effective, occasion, start, pricing) => {
    const methodology = methodologyOfReview(rulebook, XNYS, day(effective));
    expect(methodology.occasion).toBe(occasion);
    expect(startOf(methodology).from).toBe(start);
    expect(formatDay(datesOfReview(methodology, XNYS, day(effective)).pricing)).toBe(pricing);
  });

  it('has no check at the end of a quarter, and says which kinds of review it has', () => {
    try {
      resolveRulebook(rulebook, day('2024-12-23'), {}, 'quarter-end');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'unknown_occasion' });
      expect((error as InputError).issues[0].expected).toBe('one of annual, quarterly, special');
    }
  });

  it('a day without a review is answered with the nearest dates', () => {
    const methodology = methodologyOfReview(rulebook, XNYS, day('2024-12-16'));
    expect(() => datesOfReview(methodology, XNYS, day('2024-12-16'))).toThrow(InputError);
  });
});

describe('counted shares', () => {
  it.each([
    [{ kind: 'low-float', multiple: 3 } as const, 0.1, 0.3],
    [{ kind: 'low-float', multiple: 3 } as const, 0.5, 1],
    [{ kind: 'float-round-up', step: 0.05, below: 0.1, finerStep: 0.01 } as const, 0.412, 0.45],
    [{ kind: 'float-round-up', step: 0.05, below: 0.1, finerStep: 0.01 } as const, 0.081, 0.09],
  ])('%o of %f is %f', (rule, float, counted) => {
    expect(countedRatio(rule, float)).toBeCloseTo(counted, 12);
  });
});

describe('weights in force that meet every limit', () => {
  const start = (from: string): string =>
    `weighting:
  start:
    - from: 2020-01-01
      rule: { kind: start, from: ${from}, level: security }
      en: What the caps start from.
      zh: 起点。
      cite: [A]
      confidence: official

caps:`;
  const codes = Array.from({ length: 20 }, (_, i) => `6880${String(i).padStart(2, '0')}`);
  const prices = snapshot(
    day('2025-09-08'),
    codes.map((code) => ({ ...security(code, day('2019-07-22')), price: 1 })),
  );
  const weigh = (from: string) => {
    const rulebook = parsed(templateWith(['limit: 0.4', 'limit: 1'], ['caps:', start(from)]));
    const methodology = methodologyOfReview(rulebook, calendar, day('2025-09-15'));
    return proForma({
      methodology,
      dates: datesOfReview(methodology, calendar, day('2025-09-15')),
      before: {
        index: rulebook.id,
        swap: day('2025-06-13'),
        effective: day('2025-06-16'),
        ids: codes.map(id),
        // The first is four times as large and stood at half its weight: 2 of 21, below 10 %.
        adjustedShares: Float64Array.from(codes, (_, i) => (i === 0 ? 4 : 1)),
        cappingFactors: Float64Array.from(codes, (_, i) => (i === 0 ? 0.5 : 1)),
        divisor: 1,
        quality: 'reported',
        note: '',
      },
      actions: [],
      members: codes.map(id),
      atPricing: prices,
      atSwap: { ...prices, day: day('2025-09-12') },
    });
  };
  let calendar: SessionCalendar;
  beforeAll(async () => {
    calendar = await sessionsOf('XSHG');
  });

  it('are left alone, where restarting from uncapped values would cap the first', () => {
    expect(weigh('in-force-if-limits-hold').turnoverOneWay).toBeCloseTo(0, 12);
    const [restarted] = weigh('uncapped').members;
    expect(restarted.weightUncapped).toBeCloseTo(4 / 23, 12);
    expect(restarted.weightAtPricing).toBeCloseTo(0.1, 12);
  });
});
