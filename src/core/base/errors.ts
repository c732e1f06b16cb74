/**
 * When things go wrong there are four kinds and no fifth (ARCHITECTURE.md, "When things go wrong"):
 * a bug crashes (`assert`), bad input lists every issue (`InputError`), a question without an answer is
 * refused with its numbers (`Refusal`), and the world outside may fail (`OperationalError`).
 */

/** One thing wrong with something a person gave us: where, what was there, what was expected. */
export interface Issue {
  /** Stable snake_case word for programs, for instance `negative_price`. */
  readonly code: string;
  /** Place inside the document: a column, a YAML path, an argument. */
  readonly path: string;
  readonly file?: string;
  /** 1-based line in `file`. */
  readonly line?: number;
  readonly value?: unknown;
  /** What would have been right, as a phrase: `a number above 0`. */
  readonly expected: string;
}

/** A programmer's mistake. Never caught to go on; the command line turns it into exit code 70. */
export class Bug extends Error {
  override readonly name = 'Bug';
}

/** States an invariant. @throws Bug when it does not hold. */
export function assert(condition: boolean, invariant: string): asserts condition {
  if (!condition) throw new Bug(`invariant broken: ${invariant}`);
}

/** Input that cannot be used, with every issue found in it, not only the first. */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(
    readonly code: string,
    message: string,
    readonly issues: readonly Issue[] = [],
  ) {
    super(message);
  }
}

/** A well-formed question that has no answer; `numbers` says how far off it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: string,
    message: string,
    readonly numbers: Readonly<Record<string, number | string>> = {},
  ) {
    super(message);
  }
}

/** Something outside the program failed: disk, network, a lock. */
export class OperationalError extends Error {
  override readonly name = 'OperationalError';
  constructor(
    readonly code: string,
    message: string,
    readonly retry: boolean,
  ) {
    super(message);
  }
}
