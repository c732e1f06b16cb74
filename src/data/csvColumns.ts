/**
 * What a column of a CSV file may hold: one parser per kind of value, and `required` or `optional` around
 * it. A parser gets trimmed, non-empty text and answers with a value or with what should have been there.
 */
import type { Day } from '../core/base/brand.js';
import { formatDay, dayOf, parseDay } from '../core/calendar/day.js';

type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  /** `expected` is a phrase for `Issue.expected`: `a number above 0`. */
  | { readonly ok: false; readonly code: string; readonly expected: string };

export type ParseText<Value> = (text: string) => Parsed<Value>;

/** A required column must be in the header and filled in every row. */
export interface Column<Value, Required extends boolean = boolean> {
  readonly required: Required;
  readonly parse: ParseText<Value>;
}

export const required = <Value>(parse: ParseText<Value>): Column<Value, true> => ({ required: true, parse });

/** The column may be absent and any of its values empty; both give `undefined`. */
export const optional = <Value>(parse: ParseText<Value>): Column<Value, false> => ({
  required: false,
  parse,
});

export const good = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });
export const bad = (code: string, expected: string): Parsed<never> => ({ ok: false, code, expected });

/** Any text, as it stands. */
export const text: ParseText<string> = good;

/** A day written `2025-09-15`; issue `not_a_date`. */
export const isoDay: ParseText<Day> = (written) => {
  const day = parseDay(written);
  return day === undefined ? bad('not_a_date', expectedDay(written)) : good(day);
};

/** Any number; issue `not_a_number`. */
export const signedNumber: ParseText<number> = (written) => plainNumber(written);

/** A whole number from `least` to `most`; issues `not_a_number`, `out_of_range`. */
export const wholeNumber =
  (least: number, most: number): ParseText<number> =>
  (written) => {
    const parsed = plainNumber(written);
    if (!parsed.ok || (Number.isInteger(parsed.value) && parsed.value >= least && parsed.value <= most)) {
      return parsed;
    }
    return bad('out_of_range', `a whole number from ${least} to ${most}`);
  };

/** One of a few words; issue `unknown_word`. */
export const oneOf =
  <Word extends string>(words: readonly Word[]): ParseText<Word> =>
  (written) => {
    const found = words.find((word) => word === written);
    return found === undefined ? bad('unknown_word', `one of ${words.join(', ')}`) : good(found);
  };

/** A number of 0 or more; issues `not_a_number`, `negative_number`. */
export const nonNegativeNumber: ParseText<number> = (written) => {
  const parsed = plainNumber(written);
  return parsed.ok && parsed.value < 0 ? bad('negative_number', 'a number of 0 or more') : parsed;
};

/**
 * A number above 0; issue `not_a_number`, or `code` for zero and less.
 * @param what the phrase in that issue: `a price above 0`.
 */
export const positiveNumber =
  (code: string, what = 'a number above 0'): ParseText<number> =>
  (written) => {
    const parsed = plainNumber(written);
    return parsed.ok && parsed.value <= 0 ? bad(code, what) : parsed;
  };

/** Sums and products of what lies between these stay far from infinity and from zero. */
const SMALLEST = 1e-30;
const LARGEST = 1e30;

/** As `positiveNumber`, for what is to be added up and multiplied; issue `out_of_range` beyond all measure. */
export const positiveQuantity =
  (code: string, what: string): ParseText<number> =>
  (written) => {
    const parsed = positiveNumber(code, what)(written);
    if (!parsed.ok || (parsed.value >= SMALLEST && parsed.value <= LARGEST)) return parsed;
    return bad('out_of_range', `${what}, from ${SMALLEST} to ${LARGEST}`);
  };

/**
 * A decimal number with or without exponent. Everything else that some program takes for a number is
 * refused, because `1,234` is a thousand in one country and about one in another, and a percentage read as
 * a fraction is wrong by a factor of a hundred.
 */
function plainNumber(written: string): Parsed<number> {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written)) {
    return bad('not_a_number', expectedNumber(written));
  }
  const value = Number(written);
  if (!Number.isFinite(value)) return bad('not_a_number', 'a number below 1.8e308');
  // -0 would print as 0 and divide to minus infinity.
  return good(value === 0 ? 0 : value);
}

function expectedNumber(written: string): string {
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(written)) {
    return `a number without thousands separators: ${written.replaceAll(',', '')}`;
  }
  if (/^[+-]?[\d.]+\s*[%％]$/.test(written)) {
    const fraction = Number.parseFloat(written) / 100;
    return `a fraction and no percent sign: ${Number(fraction.toPrecision(12))}`;
  }
  if (/^[+-]?0x[\da-f]+$/i.test(written)) return 'a decimal number such as 1234.5, not a hexadecimal one';
  if (/^[+-]?(nan|inf|infinity)$|^#|^(-+|n\/?a|null|none)$/i.test(written)) {
    return 'a number such as 1234.5; leave out the row, or an optional value, when it is not known';
  }
  if (/^[+-]?[\d.]*,[\d.,]*$/.test(written)) return 'a decimal point and no other separators: 1234.5';
  return 'a number such as 1234.5 or 1.2345e3, without units or separators';
}

function expectedDay(written: string): string {
  const form = 'a day such as 2025-09-15';
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T].*)?$/.exec(written);
  if (!match) return form;
  const meant = formatDay(dayOf(Number(match[1]), Number(match[2]), Number(match[3])));
  // 2025-02-30 would come back as 2025-03-02: only suggest what says the same month and day.
  const [, month, day] = meant.split('-').map(Number);
  return month === Number(match[2]) && day === Number(match[3])
    ? `${form}; write ${meant}`
    : 'a day that exists';
}
