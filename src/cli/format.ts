/**
 * Numbers as the reader of each language writes them: weights in percent with two decimals, changes in signed
 * percentage points, money in bn / m or 亿 / 万 and never mixed. Exact values are in every export.
 */
import type { Language } from '../core/index.js';

const MINUS = '-';

/** Fraction as percent with two decimals, `15.39`. */
export const percent = (fraction: number): string => (fraction * 100).toFixed(2);

/** Difference of two fractions as signed percentage points, `-3.64`; a true zero has no sign. */
export function points(fraction: number): string {
  const text = Math.abs(fraction * 100).toFixed(2);
  if (Number(text) === 0) return '0.00';
  return (fraction > 0 ? '+' : MINUS) + text;
}

/** Money in the reader's units, `6.29 bn` or `62.9亿`. */
export function money(amount: number, language: Language, signed = false): string {
  if (Number.isNaN(amount)) return '-';
  const sign = amount < 0 ? MINUS : signed && amount > 0 ? '+' : '';
  const size = Math.abs(amount);
  const units: readonly (readonly [number, string, number])[] =
    language === 'zh'
      ? [
          [1e8, '亿', 1],
          [1e4, '万', 0],
          [1, '', 0],
        ]
      : [
          [1e9, ' bn', 2],
          [1e6, ' m', 0],
          [1, '', 0],
        ];
  const [unit, suffix, digits] = units.find(([u], i) => size >= u * (i === 0 ? 0.0995 : 1)) ?? [1, '', 0];
  return `${sign}${(size / unit).toFixed(digits)}${suffix}`;
}

/** Money to the unit with a sign, `+7,933,000`: for amounts that are to be added up by eye. */
export function wholeMoney(amount: number): string {
  const digits = Math.abs(amount)
    .toFixed(0)
    .replace(/\B(?=(\d{3})+$)/g, ',');
  if (digits === '0') return digits;
  return (amount > 0 ? '+' : MINUS) + digits;
}

/** Share count in the reader's units, signed, `-4.23 m` or `-422.7万`. */
export function shareCount(count: number, language: Language): string {
  const sign = count < 0 ? MINUS : '+';
  const size = Math.abs(count);
  if (language === 'zh')
    return size >= 1e4 ? `${sign}${(size / 1e4).toFixed(1)}万` : `${sign}${size.toFixed(0)}`;
  if (size >= 1e6) return `${sign}${(size / 1e6).toFixed(2)} m`;
  return size >= 1e3 ? `${sign}${(size / 1e3).toFixed(0)} k` : `${sign}${size.toFixed(0)}`;
}

/** Days of the market's turnover, one decimal; below 0.05 it says so. */
export function daysToTrade(days: number): string {
  if (Number.isNaN(days)) return '-';
  return days > 0 && days < 0.05 ? '<0.1' : days.toFixed(1);
}

/** Code with its exchange suffix, `688256.SH`. */
export function codeWithSuffix(id: string, market: string): string {
  const suffix: Record<string, string> = { XSHG: 'SH', XSHE: 'SZ', XHKG: 'HK' };
  return suffix[market] === undefined ? id : `${id}.${suffix[market]}`;
}
