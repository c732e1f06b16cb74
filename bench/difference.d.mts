/** What a benchmark's side computed. */
export interface Output {
  readonly exact: Readonly<Record<string, unknown>>;
  readonly close: Readonly<Record<string, unknown>>;
}

export function difference(ours: Output, theirs: Output): string | undefined;
