/**
 * Status clock: a status takes a security out on a monthly date after it begins, and its end brings it back by
 * the same clock. Families: rulebooks.md 4 (SSE Composite: the trading day after the second Friday of the month
 * following), 2.5 (CSI risk warning).
 */
import { Type, type Static } from 'typebox';
import type { Day } from '../base/brand.js';
import { nthWeekdayOfMonth } from '../calendar/dateRule.js';
import { civilOf, dayOf, WEEKDAY_NAMES, type Weekday } from '../calendar/day.js';
import { shiftSessions, type SessionCalendar } from '../calendar/sessions.js';

export const StatusClockSchema = Type.Object(
  {
    kind: Type.Literal('status-clock'),
    status: Type.String({ minLength: 1, description: 'name of the status, for instance risk-warning' }),
    leaves: Type.Object(
      {
        nthWeekday: Type.Integer({ minimum: 1, maximum: 5 }),
        weekday: Type.Enum([...WEEKDAY_NAMES]),
        monthsAfter: Type.Integer({ minimum: 0, description: '1: in the month following the change' }),
      },
      {
        additionalProperties: false,
        description: 'it leaves on the first session after this weekday of that month',
      },
    ),
    returns: Type.Literal('same', { description: 'when the status ends it comes back by the same clock' }),
  },
  { additionalProperties: false, description: 'a status takes a security out, and brings it back, monthly' },
);
export type StatusClockRule = Static<typeof StatusClockSchema>;

/** First session on which a change of status, begun or ended, shows in the index. */
export function clockDay(rule: StatusClockRule, changed: Day, sessions: SessionCalendar): Day {
  const { nthWeekday, weekday, monthsAfter } = rule.leaves;
  const { year, month } = civilOf(changed);
  const inMonth = dayOf(year, month + monthsAfter, 1);
  const day = nthWeekdayOfMonth(inMonth, nthWeekday, WEEKDAY_NAMES.indexOf(weekday) as Weekday);
  return shiftSessions(sessions, day, 1);
}

/** A period of a status; `ended` is the day it was lifted. */
interface StatusPeriod {
  readonly began: Day;
  readonly ended: Day | undefined;
}

/**
 * Sessions a security is out, first and the one it is back on. A status lifted before its clock struck leaves no
 * gap.
 */
export function absences(
  rule: StatusClockRule,
  periods: readonly StatusPeriod[],
  sessions: SessionCalendar,
): { readonly out: Day; readonly back: Day | undefined }[] {
  return periods
    .map(({ began, ended }) => ({
      out: clockDay(rule, began, sessions),
      back: ended === undefined ? undefined : clockDay(rule, ended, sessions),
    }))
    .filter(({ out, back }) => back === undefined || out < back);
}
