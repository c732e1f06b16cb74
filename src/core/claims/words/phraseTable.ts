/**
 * Phrases to meanings, as a tree of characters: the longest phrase at a place is found in as many steps as it has characters,
 * whatever the text is. Nothing here is a pattern, so no text makes it slow.
 */
import type { Meaning, WordRow } from './meaning.js';

interface Node {
  readonly next: Map<string, Node>;
  meanings?: Meaning[];
}

export interface PhraseTable {
  readonly root: Node;
}

interface Match {
  readonly end: number;
  readonly meanings: readonly Meaning[];
}

export function phraseTable(...tables: readonly (readonly WordRow[])[]): PhraseTable {
  const root: Node = { next: new Map() };
  for (const rows of tables) {
    for (const [meaning, phrases] of rows)
      for (const phrase of phrases.split('|')) add(root, phrase, meaning);
  }
  return { root };
}

function add(root: Node, phrase: string, meaning: Meaning): void {
  let node = root;
  for (const char of phrase.toLowerCase()) {
    let next = node.next.get(char);
    if (next === undefined) {
      next = { next: new Map() };
      node.next.set(char, next);
    }
    node = next;
  }
  node.meanings = [...(node.meanings ?? []), meaning];
}

/** The longest phrase that starts at a place of a text in lower case, whole words only where letters are Latin. */
export function longestPhrase(
  { root }: PhraseTable,
  text: string,
  at: number,
  end: number,
): Match | undefined {
  let found: Match | undefined;
  let node: Node | undefined = root;
  for (let i = at; i < end; i++) {
    node = node.next.get(text[i]);
    if (node === undefined) break;
    if (node.meanings !== undefined && wordEnds(text, i)) found = { end: i + 1, meanings: node.meanings };
  }
  return found !== undefined && wordStarts(text, at, found.end) ? found : undefined;
}

/** Latin letters, with accents; digits are no letters: `43x`, `8bn`. */
export const isLatin = (char: string | undefined): boolean =>
  char !== undefined &&
  ((char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || (char >= '\u00c0' && char <= '\u024f'));

export const isDigit = (char: string | undefined): boolean =>
  char !== undefined && char >= '0' && char <= '9';

const wordEnds = (text: string, last: number): boolean => {
  if (isLatin(text[last])) return !isLatin(text[last + 1]);
  return isDigit(text[last]) ? !isDigit(text[last + 1]) : true;
};

/** `m` of a number may follow its digit; a phrase of letters may not follow a letter. */
const wordStarts = (text: string, at: number, end: number): boolean => {
  if (isLatin(text[at])) return !isLatin(text[at - 1]);
  return isDigit(text[at])
    ? !isDigit(text[at - 1]) && !(text[at - 1] === '.' || text[at - 1] === ',') && end > at
    : true;
};
