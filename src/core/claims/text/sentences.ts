/** Text to sentences: where each starts and ends. A dot ends one when it neither stands in a number nor after an abbreviation. */
import type { Span } from '../claim.js';

/** A longer run without an end is cut, so that no sentence makes the work grow faster than the text. */
const LONGEST_SENTENCE = 2_000;

const ENDS = new Set(['。', '！', '？', '；', '!', '?', ';', '\n']);

/** Words before a dot that does not end a sentence. */
const ABBREVIATIONS = new Set([
  'jan',
  'feb',
  'mar',
  'apr',
  'jun',
  'jul',
  'aug',
  'sep',
  'sept',
  'oct',
  'nov',
  'dec',
  'inc',
  'corp',
  'co',
  'ltd',
  'no',
  'vs',
  'u.s',
  'u.k',
  'e.g',
  'i.e',
  'approx',
  'ca',
  'mr',
  'ms',
  'dr',
  'st',
  'a.m',
  'p.m',
  'est',
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
]);

export function sentencesOf(text: string): Span[] {
  const found: Span[] = [];
  let start = 0;
  const take = (end: number): void => {
    let [from, to] = [start, end];
    while (from < to && text[from] <= ' ') from++;
    while (to > from && text[to - 1] <= ' ') to--;
    // A stop alone says nothing; a text of a hundred thousand of them is no work.
    const stop = to - from === 1 && (ENDS.has(text[from]) || text[from] === '.');
    if (to > from && !stop) found.push({ start: from, end: to });
    start = end;
  };
  for (let at = 0; at < text.length; at++) {
    if (ENDS.has(text[at]) || (text[at] === '.' && dotEnds(text, at))) take(at + 1);
    else if (at - start >= LONGEST_SENTENCE) take(at + 1);
  }
  take(text.length);
  return found;
}

function dotEnds(text: string, at: number): boolean {
  const next = text[at + 1];
  if (next !== undefined && next > ' ' && next !== '"' && next !== "'" && next !== ')') return false;
  let from = at;
  while (from > 0 && at - from < 8 && text[from - 1] > ' ' && text[from - 1] !== '(') from--;
  const before = text.slice(from, at).toLowerCase();
  // A single capital is an initial.
  return !ABBREVIATIONS.has(before) && !(before.length === 1 && before >= 'a' && before <= 'z');
}
