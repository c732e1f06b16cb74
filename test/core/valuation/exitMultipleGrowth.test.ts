/** Growth implied by an exit multiple: closed form, numbers worked out elsewhere, and the wrong one that is in circulation. */
import { describe, expect, it } from 'vitest';
import { exitMultipleGrowth, InputError, type ExitMultiple } from '../../../src/core/index.js';
import { ACCEPTANCE } from '../acceptance.js';

const one = ACCEPTANCE.exit_multiple;
const inputs: ExitMultiple = {
  value: one.value_bn * 1e9,
  earnings: one.revenue_bn * 1e9 * one.margin,
  requiredReturn: one.r,
  multiple: one.multiple,
  years: one.years,
  payout: 0,
};

describe('revenue 2 bn, margin 15 %, return 10 %, sold at 20 times after five years, worth 15 bn', () => {
  it('implies 32.1 % a year, as the closed form does; 27.6 % when all earnings are paid out', () => {
    const growth = exitMultipleGrowth(inputs);
    expect(Math.abs(growth - one.g_no_payout)).toBeLessThan(one.tolerance);
    const { value, earnings, requiredReturn, multiple, years } = inputs;
    expect(growth).toBeCloseTo(
      ((value / (multiple * earnings)) * (1 + requiredReturn) ** years) ** (1 / years) - 1,
      12,
    );
    expect(Math.abs(exitMultipleGrowth({ ...inputs, payout: 1 }) - one.g_full_payout)).toBeLessThan(
      one.tolerance,
    );
  });

  it('not the 18 % printed, under any payout', () => {
    for (const payout of [0, 0.25, 0.5, 1]) {
      const off = Math.abs(exitMultipleGrowth({ ...inputs, payout }) - one.wrong_value_seen_on_web);
      expect(off).toBeGreaterThan(0.09);
    }
  });
});

it('what cannot be valued is refused with every place', () => {
  try {
    exitMultipleGrowth({
      value: 0,
      earnings: -1,
      requiredReturn: -1,
      multiple: 0,
      years: 0.5,
      payout: 2,
    });
    expect.unreachable();
  } catch (error) {
    expect((error as InputError).issues.map(({ path }) => path)).toEqual([
      'value',
      'earnings',
      'requiredReturn',
      'multiple',
      'years',
      'payout',
    ]);
  }
});
