import type { Rulebook, SessionCalendar } from '../../src/core/index.js';

export function allRulebooks(): Promise<readonly Rulebook[]>;
export function shanghaiSessions(): Promise<SessionCalendar>;
