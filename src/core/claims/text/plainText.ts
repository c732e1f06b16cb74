/**
 * A text from anywhere as plain characters. Markup is taken out, never followed: what a page would show is what is checked.
 * One pass from left to right; what stays open to the end is text. Full-width digits and signs become ordinary ones.
 */

/** Longer texts are cut; one megabyte is some 400 pages. */
const LONGEST_TEXT = 1_000_000;

interface PlainText {
  readonly text: string;
  /** Characters left out at the end because the text was too long. */
  readonly cut: number;
}

export function plainText(source: string): PlainText {
  const taken = source.slice(0, LONGEST_TEXT);
  const out: string[] = [];
  let at = 0;
  // A tag that never ends is looked for once, not once per `<`.
  const lastClose = taken.lastIndexOf('>');
  while (at < taken.length) {
    const char = taken[at];
    if (char === '<' && at < lastClose && opensTag(taken, at)) {
      at = afterTag(taken, at, out);
    } else if (char === '&') {
      const entity = entityAt(taken, at);
      out.push(ordinary(entity?.char ?? '&'));
      at += entity?.length ?? 1;
    } else {
      out.push(ordinary(char));
      at++;
    }
  }
  return { text: out.join(''), cut: source.length - taken.length };
}

/** `<` before a letter, `/`, `!` or `?` opens markup; `P/E < 50` does not. */
function opensTag(text: string, at: number): boolean {
  const next = text[at + 1] ?? '';
  return next === '/' || next === '!' || next === '?' || isLetter(next);
}

const isLetter = (char: string): boolean => (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z');

/** Elements whose content no page shows. */
const HIDDEN = new Set(['script', 'style', 'template', 'noscript', 'title']);

/** Elements that end a line. */
const BLOCKS = new Set([
  'p',
  'br',
  'div',
  'li',
  'ul',
  'ol',
  'tr',
  'td',
  'th',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'blockquote',
  'article',
  'section',
  'header',
  'footer',
]);

function afterTag(text: string, at: number, out: string[]): number {
  if (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at);
    return end < 0 ? text.length : end + 3;
  }
  const close = text.indexOf('>', at);
  let nameEnd = at + 1;
  if (text[nameEnd] === '/') nameEnd++;
  const nameStart = nameEnd;
  while (nameEnd < close && nameEnd - nameStart < 12 && text[nameEnd] !== ' ' && text[nameEnd] !== '/')
    nameEnd++;
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  if (BLOCKS.has(name)) out.push('\n');
  if (text[at + 1] !== '/' && HIDDEN.has(name)) return afterHidden(text, close, name);
  return close + 1;
}

/** To the end of the element; the rest of the text when it has none, as a browser does. */
function afterHidden(text: string, from: number, name: string): number {
  const wanted = `</${name}`;
  for (let at = text.indexOf('</', from); at >= 0; at = text.indexOf('</', at + 2)) {
    if (text.slice(at, at + wanted.length).toLowerCase() !== wanted) continue;
    const close = text.indexOf('>', at);
    return close < 0 ? text.length : close + 1;
  }
  return text.length;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  yen: '¥',
  ndash: '–',
  mdash: '—',
  minus: '−',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  times: '×',
  euro: '€',
};

/** Longest name, and digits of a number, an entity has. */
const LONGEST_ENTITY = 10;

function entityAt(text: string, at: number): { readonly char: string; readonly length: number } | undefined {
  const end = text.slice(at, at + LONGEST_ENTITY + 2).indexOf(';');
  if (end < 2) return undefined;
  const name = text.slice(at + 1, at + end);
  if (name[0] !== '#') {
    const char = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    return char === undefined ? undefined : { char, length: end + 1 };
  }
  const hex = name[1] === 'x' || name[1] === 'X';
  const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  if (!(code >= 0x20 && code <= 0x10ffff)) return undefined;
  return { char: String.fromCodePoint(code), length: end + 1 };
}

/** Signs that mean the same as an ordinary one. */
const ALIKE = new Map([
  ['\u00a0', ' '],
  ['\u3000', ' '],
  ['\t', ' '],
  ['\u2009', ' '],
  ['\u202f', ' '],
  ['−', '-'],
  ['–', '-'],
  ['‐', '-'],
  ['‑', '-'],
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
  ['～', '~'],
  ['〜', '~'],
  ['￥', '¥'],
  ['％', '%'],
]);

/** Ranges of characters that have no width or turn the direction of writing: they could hide a digit. */
const INVISIBLE: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
];

const isInvisible = (code: number): boolean =>
  INVISIBLE.some(([first, last]) => code >= first && code <= last);

/** One character as one, so that places in the text stay places. */
function ordinary(char: string): string {
  const alike = ALIKE.get(char);
  if (alike !== undefined) return alike;
  const code = char.charCodeAt(0);
  // Full-width digits and letters; the punctuation between them stays Chinese, it ends clauses.
  const wide =
    (code >= 0xff10 && code <= 0xff19) ||
    (code >= 0xff21 && code <= 0xff3a) ||
    (code >= 0xff41 && code <= 0xff5a) ||
    code === 0xff0b ||
    code === 0xff0e;
  if (wide) return String.fromCharCode(code - 0xfee0);
  return isInvisible(code) ? '' : char;
}
