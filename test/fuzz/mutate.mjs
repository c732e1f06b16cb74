/** Broken rulebooks from a seed: small ones cut from the bundled files, then changed byte by byte and word by word. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** mulberry32 */
export function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The head, the sections with their clauses, and the sources of every bundled rulebook, as stretches of text. */
export function bundledParts(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => partsOf(readFileSync(join(folder, name), 'utf8')));
}

function partsOf(text) {
  const blocks = text.split(/^(?=[a-z]+:)/m);
  const isSection = (block) =>
    /^(calendar|universe|screens|ranking|selection|shares|weighting|caps|calculation):\n/.test(block);
  const sections = blocks.filter(isSection).map((block) => {
    const [head, ...rest] = block.split(/^(?= {2}[a-z0-9-]+:\n)/m);
    return { head, clauses: rest };
  });
  const others = blocks.filter((block) => !isSection(block));
  return {
    head: others.filter((block) => !block.startsWith('sources:')).join(''),
    sections,
    sources: others.at(-1),
  };
}

/** A rulebook of a few clauses, as valid as the file it is cut from. */
export function smallRulebook(parts, random) {
  const { head, sections, sources } = pick(parts, random);
  const chosen = Array.from({ length: 1 + Math.floor(3 * random()) }, () => pick(sections, random));
  const body = [...new Set(chosen)].map((section) => section.head + pick(section.clauses, random)).join('');
  return head + body + sources;
}

const NASTY = [
  'null', '~', '', '[]', '{}', '.nan', '.inf', '-.inf', '1e999', '-1', '0', '1.0000001', '1e-320', '9007199254740993',
  'true', '"0.1"', "'", '"', '2025-02-30', '2025-01-01', '0x10', '0o7', '1_000', '__proto__', 'constructor', 'toString',
  '*a', '&a', '*missing', '<<: *a', '!!js/function f', '!!binary x', '!!set {a}', '? complex', '|', '>', '- - -', '{a: {b: [',
  '\u0000', '\u202e', '\ud800', '\ufeff', '𝟘', '１０', '#', ': :', '%YAML 9.9', '---', '...', '\t', 'a: b: c',
  'a'.repeat(5000), '['.repeat(300), '{a: '.repeat(200), '- '.repeat(200),
]; // prettier-ignore

/** The text with one to four changes. */
export function mutated(text, random) {
  let changed = text;
  for (let i = 1 + Math.floor(4 * random()); i > 0; i--) changed = pick(CHANGES, random)(changed, random);
  return changed;
}

const CHANGES = [
  // A word for a nasty one.
  (text, random) => {
    const words = [...text.matchAll(/[^\s:,[\]{}]+/g)];
    if (words.length === 0) return pick(NASTY, random);
    const word = pick(words, random);
    return text.slice(0, word.index) + pick(NASTY, random) + text.slice(word.index + word[0].length);
  },
  // A word for another word of the file.
  (text, random) => {
    const words = [...text.matchAll(/[^\s:,[\]{}]+/g)];
    if (words.length === 0) return text;
    const [from, to] = [pick(words, random), pick(words, random)];
    return text.slice(0, from.index) + to[0] + text.slice(from.index + from[0].length);
  },
  // A line gone, twice, elsewhere, or deeper.
  (text, random) => {
    const lines = text.split('\n');
    lines.splice(Math.floor(random() * lines.length), 1);
    return lines.join('\n');
  },
  (text, random) => {
    const lines = text.split('\n');
    const line = pick(lines, random);
    lines.splice(Math.floor(random() * lines.length), 0, line);
    return lines.join('\n');
  },
  (text, random) => {
    const lines = text.split('\n');
    const at = Math.floor(random() * lines.length);
    lines[at] = random() < 0.5 ? `  ${lines[at]}` : lines[at].replace(/^ {1,2}/, '');
    return lines.join('\n');
  },
  // A character gone, another put in, a stretch gone or twice.
  (text, random) => {
    const at = Math.floor(random() * (text.length + 1));
    return text.slice(0, at) + text.slice(at + 1);
  },
  (text, random) => {
    const at = Math.floor(random() * (text.length + 1));
    return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 256)) + text.slice(at);
  },
  (text, random) => {
    const at = Math.floor(random() * (text.length + 1));
    const length = Math.floor(random() * 60);
    return random() < 0.5
      ? text.slice(0, at) + text.slice(at + length)
      : text.slice(0, at + length) + text.slice(at);
  },
];

function pick(list, random) {
  return list[Math.floor(random() * list.length)];
}
