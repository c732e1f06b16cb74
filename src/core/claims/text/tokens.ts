/** A sentence as tokens: numbers, phrases that mean something, and the rest. One pass, no patterns. */
import type { Span } from '../claim.js';
import type { Meaning } from '../words/meaning.js';
import { isDigit, isLatin, longestPhrase, type PhraseTable } from '../words/phraseTable.js';

export interface Token extends Span {
  readonly text: string;
  readonly meanings: readonly Meaning[];
  /** What digits say, without sign and scale. */
  readonly number?: number;
  /** Digits behind the point. */
  readonly decimals?: number;
  /** Digits in all, leading zeros included: a six-digit run may be a code. */
  readonly digits?: number;
  /** A word that begins with a capital and that no table knows. */
  readonly proper?: boolean;
}

export function tokensOf(text: string, lower: string, { start, end }: Span, phrases: PhraseTable): Token[] {
  const tokens: Token[] = [];
  let at = start;
  while (at < end) {
    const char = text[at];
    if (char <= ' ') {
      at++;
      continue;
    }
    const token =
      phraseAt(text, lower, at, end, phrases) ??
      chineseNumberAt(text, at, end) ??
      numberAt(text, at, end) ??
      restAt(text, at, end);
    tokens.push(token);
    at = token.end;
  }
  return withRuns(tokens);
}

function phraseAt(
  text: string,
  lower: string,
  at: number,
  end: number,
  phrases: PhraseTable,
): Token | undefined {
  const found = longestPhrase(phrases, lower, at, end);
  if (found === undefined) return undefined;
  // `43万`: a digit run is a number unless the whole phrase is one thing, as in `588000` or `1-6月`.
  if (isDigit(text[at]) && isDigit(text[found.end]) && isDigit(text[found.end - 1])) return undefined;
  return { start: at, end: found.end, text: text.slice(at, found.end), meanings: found.meanings };
}

/** `1,464.98`: commas only between groups of three, so that `1,2` stays two numbers. */
function numberAt(text: string, at: number, end: number): Token | undefined {
  if (!isDigit(text[at])) return undefined;
  let i = at;
  let digits = '';
  while (i < end) {
    if (isDigit(text[i])) digits += text[i++];
    else if (text[i] === ',' && digits !== '' && groupAt(text, i + 1, end)) i++;
    else break;
  }
  let decimals = 0;
  if (text[i] === '.' && isDigit(text[i + 1]) && i + 1 < end) {
    const from = ++i;
    while (i < end && isDigit(text[i])) i++;
    decimals = i - from;
    digits += `.${text.slice(from, i)}`;
  }
  const whole = digits.length - (decimals > 0 ? decimals + 1 : 0);
  // Longer runs are no amounts anyone printed.
  const number = whole + decimals > 18 ? Number.NaN : Number(digits);
  return { start: at, end: i, text: text.slice(at, i), meanings: [], number, decimals, digits: whole };
}

const groupAt = (text: string, at: number, end: number): boolean =>
  at + 3 <= end &&
  isDigit(text[at]) &&
  isDigit(text[at + 1]) &&
  isDigit(text[at + 2]) &&
  !isDigit(text[at + 3]);

const DIGITS = new Map([...'零一二三四五六七八九'].map((char, i) => [char, i]));
DIGITS.set('〇', 0).set('两', 2).set('俩', 2).set('半', 0.5);
const PLACES = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/** `四十三`, `五百`, `两`: below ten thousand; larger scales are words of their own. */
function chineseNumberAt(text: string, at: number, end: number): Token | undefined {
  let [total, digit, i] = [0, -1, at];
  let places = 0;
  for (; i < end && i - at < 9; i++) {
    const value = DIGITS.get(text[i]);
    const place = PLACES.get(text[i]);
    if (value !== undefined) {
      if (digit > 0 && value !== 0) break;
      digit = value;
    } else if (place !== undefined) {
      total += (digit < 0 ? 1 : digit) * place;
      digit = -1;
      places++;
    } else break;
  }
  if (i === at) return undefined;
  const number = total + Math.max(0, digit);
  // `百` or `千` alone is a scale of a word such as 百亿, not a number.
  if (i - at === 1 && places === 1 && text[at] !== '十') return undefined;
  return {
    start: at,
    end: i,
    text: text.slice(at, i),
    meanings: [],
    number,
    decimals: number === 0.5 ? 1 : 0,
    digits: 1,
  };
}

function restAt(text: string, at: number, end: number): Token {
  let i = at + 1;
  if (isLatin(text[at])) while (i < end && (isLatin(text[i]) || isDigit(text[i]) || text[i] === '-')) i++;
  const word = text.slice(at, i);
  const proper = isLatin(word[0]) && word[0] !== word[0].toLowerCase();
  return { start: at, end: i, text: word, meanings: [], ...(proper && { proper }) };
}

/** Characters that stand alone: they belong to dates and numbers. */
const ALONE = new Set('年月日号的起止多余其');

const isHan = (char: string): boolean => char >= '\u4e00' && char <= '\u9fff' && !ALONE.has(char);

/** Chinese characters without a meaning become one token per run, as letters do. */
function withRuns(tokens: readonly Token[]): Token[] {
  const merged: Token[] = [];
  for (const token of tokens) {
    const last = merged[merged.length - 1];
    const goesOn = last !== undefined && isRun(last) && isRun(token) && last.end === token.start;
    if (goesOn) merged[merged.length - 1] = { ...last, end: token.end, text: last.text + token.text };
    else merged.push(token);
  }
  return merged;
}

const isRun = ({ text, meanings, number }: Token): boolean =>
  meanings.length === 0 && number === undefined && isHan(text[0]);

/** Ids that a token names. */
export const entityOf = (token: Token | undefined): string | undefined => {
  const found = token?.meanings.find((one) => one.is === 'entity');
  return found?.is === 'entity' ? found.id : undefined;
};
