/** What a result was computed from, for programs that compare results. */

/** What a result was computed from: the data by content, the rulebook by version, the readings, the engine. */
export interface Provenance {
  /** SHA-256 over the snapshots and the basket before. */
  readonly data: string;
  /** `id@version`. */
  readonly rulebook: string;
  readonly reading: Readonly<Record<string, string>>;
  readonly engine: string;
}
