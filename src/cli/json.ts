/** The one JSON document of `--json`. */

/** Indented JSON without NaN (a missing number is null) and with every character escaped that a terminal would obey. */
export function jsonText(value: unknown): string {
  // Line ends are the only control characters that JSON.stringify writes itself.
  const text = JSON.stringify(safe(value), null, 2).replace(/[^\P{C}\n]/gu, escaped);
  return `${text}\n`;
}

/** JSON knows four digits only: a character beyond them is written as its two halves. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    const half = character.charCodeAt(i).toString(16).padStart(4, '0');
    return `\\u${half}`;
  }).join('');
}

function safe(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(safe);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, safe(inner)]));
  }
  return value;
}
