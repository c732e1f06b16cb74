/** Theoretical ex-prices and share ratios, by hand. */
import { describe, expect, test } from 'vitest';
import {
  checkActions,
  countsAtOnce,
  CSI_POLICY,
  InputError,
  NASDAQ_POLICY,
  NO_TERMS,
  securityId,
  shareRatioOf,
  theoreticalExPrice,
  withAction,
  type CapitalAction,
  type CorporateAction,
  type Day,
} from '../../../src/core/index.js';

const dated = { id: securityId('688001'), exDay: 20000 as Day };
const bonus = (perShare: number): CapitalAction => ({ ...dated, kind: 'bonus', perShare });
const rights = (perShare: number, subscription: number): CapitalAction => ({
  ...dated,
  kind: 'rights',
  perShare,
  subscription,
});
const special = (cashPerShare: number): CapitalAction => ({
  ...dated,
  kind: 'special-dividend',
  cashPerShare,
});
const split = (kind: 'split' | 'consolidation', ratio: number): CapitalAction => ({ ...dated, kind, ratio });
const termsOf = (...actions: CapitalAction[]) => actions.reduce(withAction, NO_TERMS);

describe('the theoretical ex-price', () => {
  test('E10: cash 0.5, bonus 0.2, rights 0.3 at 4 on a price of 10', () => {
    // A price index leaves ordinary cash out; the exchange's reference price does not.
    expect(theoreticalExPrice(10, termsOf(bonus(0.2), rights(0.3, 4)))).toBeCloseTo(7.4666667, 7);
    expect(theoreticalExPrice(10, termsOf(bonus(0.2), rights(0.3, 4), special(0.5)))).toBeCloseTo(
      7.1333333,
      7,
    );
  });

  test.each([
    ['4 bonus shares per 10', [bonus(0.4)], 10, 1.4],
    ['a split of one into four', [split('split', 4)], 3.5, 4],
    ['a consolidation of ten into one', [split('consolidation', 0.1)], 140, 0.1],
    ['rights at the market price', [rights(0.5, 14)], 14, 1.5],
    ['a special dividend', [special(2)], 12, 1],
    ['two bonus issues on one day add up', [bonus(0.2), bonus(0.2)], 10, 1.4],
  ])('%s', (_, actions, exPrice, ratio) => {
    expect(theoreticalExPrice(14, termsOf(...actions))).toBeCloseTo(exPrice, 12);
    expect(shareRatioOf(termsOf(...actions))).toBeCloseTo(ratio, 15);
  });
});

test('share counts change at once from the threshold of the family on', () => {
  expect([104.99, 105, 94.99, 95, 95.01].map((shares) => countsAtOnce(CSI_POLICY, 100, shares))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect([109.99, 110, 90].map((shares) => countsAtOnce(NASDAQ_POLICY, 100, shares))).toEqual([
    false,
    true,
    true,
  ]);
});

test('impossible terms are listed, each with its field', () => {
  const actions: CorporateAction[] = [
    { ...dated, kind: 'bonus', perShare: 0 },
    { ...dated, kind: 'split', ratio: 0.5 },
    { ...dated, kind: 'consolidation', ratio: 2 },
    { ...dated, kind: 'rights', perShare: 0.1, subscription: -1 },
    { ...dated, kind: 'dividend', cashPerShare: Number.NaN },
    {
      ...dated,
      kind: 'spin-off',
      child: securityId('X'),
      perShare: 1,
      keepUntil: dated.exDay,
      proceeds: 'index',
    },
    { ...dated, kind: 'merger', survivor: securityId('X'), perShare: -1, cashPerShare: 0, at: 'last' },
    { ...dated, kind: 'share-change', shares: Infinity },
    { ...dated, kind: 'suspension', at: -1 },
    { ...dated, kind: 'delisting', at: Number.NaN },
    { ...dated, kind: 'currency', currency: 'USD', rate: 0 },
    { ...dated, kind: 'delisting', at: 0 },
  ];
  let thrown: unknown;
  try {
    checkActions(actions);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(InputError);
  expect((thrown as InputError).issues.map(({ path }) => path.split(' ')[2])).toEqual([
    'bonus.perShare',
    'split.ratio',
    'consolidation.ratio',
    'rights.subscription',
    'dividend.cashPerShare',
    'spin-off.keepUntil',
    'merger.perShare',
    'share-change.shares',
    'suspension.at',
    'delisting.at',
    'currency.rate',
  ]);
});
