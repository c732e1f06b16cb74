/**
 * Numbers as the reader of each language writes them. Weights in percent with two decimals, changes in signed
 * percentage points, money in bn / m or 亿 / 万 and never mixed; exact values are in every tooltip and export.
 */
import type { Language } from '../core/index.js';

const MINUS = '\u2212';
const NONE = '\u2013';

type Missing = number | null | undefined;

const missing = (value: Missing): value is null | undefined =>
  value === null || value === undefined || Number.isNaN(value);

const signOf = (value: number, shown: string): string => {
  if (Number(shown) === 0) return '';
  return value < 0 ? MINUS : '+';
};

/** Fraction as percent, `15.39 %`. */
export function percent(fraction: Missing, digits = 2): string {
  if (missing(fraction)) return NONE;
  const text = Math.abs(fraction * 100).toFixed(digits);
  return `${fraction < 0 && Number(text) !== 0 ? MINUS : ''}${text} %`;
}

/** Difference of fractions in percentage points, `−3.64 pp`. */
export function points(fraction: Missing, language: Language, signed = true): string {
  if (missing(fraction)) return NONE;
  const text = Math.abs(fraction * 100).toFixed(2);
  return `${signed ? signOf(fraction, text) : ''}${text} ${language === 'zh' ? '百分点' : 'pp'}`;
}

/** Fraction as basis points, `215.4 bp`. */
export const basisPoints = (fraction: Missing, digits = 1): string =>
  missing(fraction) ? NONE : `${fraction < 0 ? MINUS : ''}${Math.abs(fraction * 1e4).toFixed(digits)} bp`;

/** A relative change as signed percent, `+1.25 %`. */
export function change(fraction: Missing): string {
  if (missing(fraction)) return NONE;
  const text = Math.abs(fraction * 100).toFixed(2);
  return `${signOf(fraction, text)}${text} %`;
}

type Units = readonly (readonly [size: number, suffix: string, digits: number])[];

const MONEY: Readonly<Record<Language, Units>> = {
  zh: [
    [1e8, ' 亿', 2],
    [1e4, ' 万', 0],
    [1, '', 0],
  ],
  en: [
    [1e9, ' bn', 2],
    [1e6, ' m', 0],
    [1, '', 0],
  ],
};

const SHARES: Readonly<Record<Language, Units>> = {
  zh: [
    [1e8, ' 亿', 2],
    [1e4, ' 万', 1],
    [1, '', 0],
  ],
  en: [
    [1e9, ' bn', 2],
    [1e6, ' m', 2],
    [1e3, ' k', 0],
    [1, '', 0],
  ],
};

/** Money in the reader's units, `6.29 bn` or `62.86 亿`, in the largest from a tenth of it on; signed where it is a flow. */
export const money = (amount: Missing, language: Language, signed = false): string =>
  inUnits(amount, MONEY[language], { signed, from: 0.0995 });

/** Share count in the reader's units, `−4.22 m` or `−422.4 万`. */
export const shareCount = (count: Missing, language: Language, signed = true): string =>
  inUnits(count, SHARES[language], { signed, from: WHOLE });

/** From where on a number shows as one of a unit. */
const WHOLE = 0.9995;

function inUnits(
  amount: Missing,
  units: Units,
  { signed, from }: { readonly signed: boolean; readonly from: number },
): string {
  if (missing(amount)) return NONE;
  const size = Math.abs(amount);
  const [unit, suffix, digits] =
    units.find(([least], i) => size >= least * (i === 0 ? from : WHOLE)) ?? units[units.length - 1];
  const text = (size / unit).toFixed(digits);
  const sign = signOf(amount, text);
  return `${sign === '+' && !signed ? '' : sign}${text}${suffix}`;
}

/** Days of the whole market's turnover, one decimal. */
export function days(value: Missing): string {
  if (missing(value)) return NONE;
  return value > 0 && value < 0.05 ? '<0.1' : value.toFixed(1);
}

/** A probability in whole percent, `<1 %` and `>99 %` at the ends. */
export function chance(probability: Missing): string {
  if (missing(probability)) return NONE;
  if (probability > 0 && probability < 0.01) return '<1 %';
  if (probability < 1 && probability > 0.99) return '>99 %';
  return `${Math.round(probability * 100)} %`;
}

/** A plain number with separators, as many decimals as asked for. */
export const plain = (value: Missing, digits = 0): string =>
  missing(value)
    ? NONE
    : value
        .toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
        .replace('-', MINUS);

/** Everything that is held of a number, for a tooltip. */
export const exact = (value: Missing): string => (missing(value) ? '' : String(value));

/** A mainland code with the suffix of its exchange, `688256.SH`. */
export function exchangeCode(id: string): string {
  if (!/^\d{6}$/.test(id)) return id;
  if (/^(?:6|900)/.test(id)) return `${id}.SH`;
  return /^[023]/.test(id) ? `${id}.SZ` : `${id}.BJ`;
}
