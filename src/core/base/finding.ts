/**
 * A finding is not an error: it is a doubt that travels with a result. Whatever was reconstructed, assumed,
 * stale or unverified is said in one, so that every place that shows the number can show the doubt.
 */
export interface Finding {
  /** Stable snake_case word, for instance `stale_price`. */
  readonly code: string;
  /** What it is about: a security, a clause, an index. */
  readonly subject: string;
  readonly message: string;
}

/** Findings without repetition, in order of first appearance. */
export function distinctFindings(...lists: readonly (readonly Finding[])[]): Finding[] {
  const seen = new Map<string, Finding>();
  for (const list of lists) {
    for (const finding of list) {
      const key = `${finding.code}\u0000${finding.subject}\u0000${finding.message}`;
      if (!seen.has(key)) seen.set(key, finding);
    }
  }
  return [...seen.values()];
}
