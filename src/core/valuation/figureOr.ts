/** A figure, or the reason why there is none: a refusal of its data becomes part of the answer. */
import { Refusal } from '../base/errors.js';
import { inputWord } from '../statements/figureWords.js';
import type { Figure } from './figure.js';

/** @returns what `make` gives, or a figure without value whose `why` is the refusal */
export function figureOr(id: string, unit: string, formula: string, make: () => Figure): Figure {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const why = { en: error.message, zh: inChinese(error) };
    const { metric } = error.numbers;
    const missing = error.code === 'missing_line' && metric !== undefined ? { missing: String(metric) } : {};
    return { id, value: undefined, unit, formula, inputs: [], why, ...missing };
  }
}

const CHINESE: Readonly<Record<string, string>> = {
  missing_line: '缺少数据',
  no_guidance: '公司当时未给出业绩指引',
  fiscal_year_changed: '会计年度变更，无法合成十二个月',
  mixed_units: '币种不一',
  shares_unknown: '当日总股本未知',
};

const inChinese = ({ code, message, numbers }: Refusal): string =>
  `${CHINESE[code] ?? message}${numbers.metric === undefined ? '' : `：${inputWord(String(numbers.metric), 'zh')}`}`;

/** What `make` gives, undefined where the data refuse it. */
export function orUndefined<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
