/** Means and their standard errors; `null` where the sample is too small to be compared. */
interface Sampled {
  readonly mean: readonly (number | null)[];
  readonly error: readonly (number | null)[];
}

/** What a benchmark's side computed. */
export interface Output {
  readonly exact: Readonly<Record<string, unknown>>;
  readonly close: Readonly<Record<string, unknown>>;
  readonly sampled?: Readonly<Record<string, Sampled>>;
}

export function difference(ours: Output, theirs: Output): string | undefined;
