import type { Rulebook, SessionCalendar } from '../../src/core/index.js';

export function referencePages(
  rulebooks: readonly Rulebook[],
  sessions: SessionCalendar,
): Readonly<Record<string, string>>;
