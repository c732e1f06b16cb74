/**
 * How a figure changed against a year ago. A percent needs a base above zero: off a loss or nothing there is none, and
 * words say what happened. To rank through zero there is the symmetric rate
 *
 *   g = (after - before) / ((|before| + |after|) / 2), from -2 to 2
 *
 * after the arc growth of Davis and Haltiwanger; 2 and -2 mean that the sign changed.
 */
import type { Language } from '../base/words.js';

export type Change =
  | 'rose'
  | 'fell'
  | 'unchanged'
  | 'turned-positive'
  | 'turned-negative'
  | 'shortfall-narrowed'
  | 'shortfall-widened'
  | 'from-nothing';

export interface Growth {
  readonly change: Change;
  /** after / before - 1, fraction; undefined unless the base is above 0. */
  readonly rate: number | undefined;
  /** -2 to 2; 0 when both are 0. */
  readonly symmetric: number;
  /** after / before: "43 times the level" where the growth is 42-fold; undefined unless both are above 0. */
  readonly levelMultiple: number | undefined;
}

/** @param before of the same span a year ago, in the unit of `after` */
export function growthOf(before: number, after: number): Growth {
  return {
    change: changeOf(before, after),
    rate: before > 0 ? after / before - 1 : undefined,
    symmetric: symmetricGrowth(before, after),
    levelMultiple: before > 0 && after > 0 ? after / before : undefined,
  };
}

export function symmetricGrowth(before: number, after: number): number {
  const size = (Math.abs(before) + Math.abs(after)) / 2;
  return size === 0 ? 0 : (after - before) / size;
}

function changeOf(before: number, after: number): Change {
  if (before === after) return 'unchanged';
  if (before === 0) return 'from-nothing';
  if (before > 0) {
    if (after < 0) return 'turned-negative';
    return after > before ? 'rose' : 'fell';
  }
  if (after > 0) return 'turned-positive';
  return after > before ? 'shortfall-narrowed' : 'shortfall-widened';
}

/** What is said of profits and what of cash flows; sales have no words of their own. */
export type GrowthFamily = 'profit' | 'cash' | 'other';

const WORDS: Readonly<Record<Change, Readonly<Record<Language, Readonly<Record<GrowthFamily, string>>>>>> = {
  rose: { en: all('up'), zh: all('增长') },
  fell: { en: all('down'), zh: all('下降') },
  unchanged: { en: all('unchanged'), zh: all('持平') },
  'turned-positive': {
    en: { profit: 'swing to profit', cash: 'turned to inflow', other: 'turned positive' },
    zh: { profit: '扭亏为盈', cash: '净流出转为净流入', other: '由负转正' },
  },
  'turned-negative': {
    en: { profit: 'turned to loss', cash: 'turned to outflow', other: 'turned negative' },
    zh: { profit: '由盈转亏', cash: '净流入转为净流出', other: '由正转负' },
  },
  'shortfall-narrowed': {
    en: { profit: 'loss narrowed', cash: 'outflow narrowed', other: 'less negative' },
    zh: { profit: '亏损收窄', cash: '净流出收窄', other: '负值收窄' },
  },
  'shortfall-widened': {
    en: { profit: 'loss widened', cash: 'outflow widened', other: 'more negative' },
    zh: { profit: '亏损扩大', cash: '净流出扩大', other: '负值扩大' },
  },
  'from-nothing': { en: all('from nothing'), zh: all('上年同期为零') },
};

function all(word: string): Readonly<Record<GrowthFamily, string>> {
  return { profit: word, cash: word, other: word };
}

export const growthWord = (change: Change, family: GrowthFamily, language: Language): string =>
  WORDS[change][language][family];
