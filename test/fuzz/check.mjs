/**
 * One broken rulebook through everything that reads it. Whatever the text, the end is a rulebook or a list of issues with
 * places and expectations; and a rulebook that was accepted can be resolved and weighed by, or refuses with a code.
 */
import {
  applyCaps,
  capsOf,
  InputError,
  parseDay,
  Refusal,
  resolveRulebook,
  startOf,
} from '../../dist/core/index.js';
import { parseRulebookText } from '../../dist/data/rulebooks.js';

const DAYS = ['2021-03-15', '2024-09-23', '2026-06-22'].map((iso) => parseDay(iso));
const VALUES = Float64Array.from({ length: 40 }, (_, i) => 1000 / (i + 1));
const CONTEXT = {
  inForce: VALUES.map((value) => value / VALUES.reduce((a, b) => a + b)),
  groups: Array.from(VALUES, (_, i) => (i % 2 === 0 ? 'x' : 'y')),
  issuers: Array.from(VALUES, (_, i) => `issuer ${i >> 1}`),
};
const OCCASIONS = [undefined, 'annual', 'quarterly', 'special', 'quarter-end'];

/** @returns what is wrong with how the text was read, or undefined */
export function complaint(text) {
  try {
    const { rulebook, issues } = parseRulebookText(text, 'fuzz.yaml');
    if ((rulebook === undefined) !== issues.length > 0) return 'neither a rulebook nor issues, or both';
    const mute = issues.find(
      ({ code, expected }) => code === '' || expected === '' || expected === undefined,
    );
    if (mute !== undefined) return `an issue that says nothing: ${JSON.stringify(mute)}`;
    if (rulebook !== undefined)
      for (const on of DAYS) for (const occasion of OCCASIONS) weighed(rulebook, on, occasion);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function weighed(rulebook, on, occasion) {
  try {
    const methodology = resolveRulebook(rulebook, on, {}, occasion);
    const { from: start, level } = startOf(methodology);
    const { weights } = applyCaps(VALUES, capsOf(methodology), { ...CONTEXT, start, level });
    const total = weights.reduce((a, b) => a + b, 0);
    if (!(Math.abs(total - 1) < 1e-9)) throw new Error(`weights sum to ${total}`);
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof Refusal)) throw error;
  }
}
