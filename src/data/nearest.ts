/** The word somebody probably meant. */
import { distance } from 'fastest-levenshtein';

const MAX_EDITS = 2;

/**
 * The candidate closest to `word`, or `undefined` when none is close enough to be a likely slip: one letter
 * more, less or other; two swapped; or two wrong ones in a word of five and more. The first of equals.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = MAX_EDITS + 1;
  for (const candidate of candidates) {
    // The difference in length is a lower bound, and spares comparing with a value of a megabyte.
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const edits = distance(word, candidate);
    if (edits >= fewest || !likely(edits, word, candidate)) continue;
    best = candidate;
    fewest = edits;
  }
  return best;
}

/** Two edits are half of a short word, unless they are a swap: `nmae` is name, `date` is not. */
function likely(edits: number, word: string, candidate: string): boolean {
  return edits < MAX_EDITS || word.length > 4 || sorted(word) === sorted(candidate);
}

const sorted = (word: string): string => [...word].sort().join('');
