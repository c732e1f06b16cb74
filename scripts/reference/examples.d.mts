import type { SessionCalendar } from '../../src/core/index.js';

export interface WorkedExample {
  readonly title: string | null;
  readonly rows: readonly (readonly string[])[];
  readonly stated?: { readonly column: number; readonly values: readonly (string | undefined)[] };
}

export function examplesOf(sessions: SessionCalendar): Readonly<Record<string, readonly WorkedExample[]>>;
