/**
 * Date rules: the dates of a review as short chains, for instance "second Friday of the cycle's month, then
 * five sessions back". One rule kind, `date`; its schema, its evaluation and its words are here.
 */
import { Type, type Static } from 'typebox';
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Words } from '../base/words.js';
import { addDays, civilOf, dayOf, formatDay, WEEKDAY_NAMES, weekdayOf, type Weekday } from './day.js';
import { sessionOnOrAfter, sessionOnOrBefore, shiftSessions, type SessionCalendar } from './sessions.js';

const strict = { additionalProperties: false };

const DateStepSchema = Type.Union([
  Type.Object(
    { nthWeekday: Type.Integer({ minimum: 1, maximum: 5 }), weekday: Type.Enum([...WEEKDAY_NAMES]) },
    { ...strict, description: 'the n-th weekday of the month the chain stands in' },
  ),
  Type.Object(
    { monthEnd: Type.Integer({ minimum: -24, maximum: 24 }) },
    { ...strict, description: 'last calendar day of the month that many months on (0: this month)' },
  ),
  Type.Object(
    { days: Type.Integer({ minimum: -400, maximum: 400 }) },
    { ...strict, description: 'calendar days later (negative: earlier)' },
  ),
  Type.Object(
    { sessions: Type.Integer({ minimum: -400, maximum: 400 }) },
    { ...strict, description: 'the k-th session strictly after (negative: strictly before)' },
  ),
  Type.Object(
    { session: Type.Enum(['on-or-before', 'on-or-after']) },
    { ...strict, description: 'the day itself if it is a session, else the nearest on that side' },
  ),
]);
export type DateStep = Static<typeof DateStepSchema>;

export const DateRuleSchema = Type.Object(
  {
    kind: Type.Literal('date'),
    /** Where the chain starts: the cycle's month, or another named date of the same review. */
    from: Type.String({ description: "`month`, or the name of another date in this rulebook's calendar" }),
    /** Months of the cycle; only on the rule that starts from `month` and defines the cycle. */
    months: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 12 }), {
        minItems: 1,
        description: 'months that have a review; on the date that starts from `month` only',
      }),
    ),
    steps: Type.Array(DateStepSchema, { minItems: 1, description: 'one after the other' }),
  },
  { ...strict, description: 'a date of the review as a chain of steps' },
);
export type DateRule = Static<typeof DateRuleSchema>;

/** Walks the chain from an anchor. A cycle's month is entered as its first day. @throws Refusal beyond the calendar. */
export function followSteps(steps: readonly DateStep[], anchor: Day, sessions: SessionCalendar): Day {
  return steps.reduce((day, step) => followStep(step, day, sessions), anchor);
}

function followStep(step: DateStep, day: Day, sessions: SessionCalendar): Day {
  if ('nthWeekday' in step)
    return nthWeekdayOfMonth(day, step.nthWeekday, WEEKDAY_NAMES.indexOf(step.weekday) as Weekday);
  if ('monthEnd' in step) return monthEnd(day, step.monthEnd);
  if ('days' in step) return addDays(day, step.days);
  if ('sessions' in step) return shiftSessions(sessions, day, step.sessions);
  return step.session === 'on-or-before' ? sessionOnOrBefore(sessions, day) : sessionOnOrAfter(sessions, day);
}

/** The n-th given weekday of the month that holds `day`. @throws Refusal when the month has no fifth one */
export function nthWeekdayOfMonth(day: Day, n: number, weekday: Weekday): Day {
  const { year, month } = civilOf(day);
  const first = dayOf(year, month, 1);
  const toFirstHit = (weekday - weekdayOf(first) + 7) % 7;
  const found = addDays(first, toFirstHit + 7 * (n - 1));
  if (civilOf(found).month !== month) {
    throw new Refusal(
      'no_such_weekday',
      `${formatDay(first).slice(0, 7)} has no ${ORDINALS[n - 1]} ${WEEKDAYS_EN[weekday]}`,
      { n },
    );
  }
  return found;
}

/** Last calendar day of the month `months` after the one that holds `day`. */
export function monthEnd(day: Day, months: number): Day {
  const { year, month } = civilOf(day);
  return addDays(dayOf(year, month + months + 1, 1), -1);
}

/** The chain in words, as the terminal and the rulebook page print it. */
export function describeDateRule(rule: DateRule): Words {
  const parts = rule.steps.map(describeStep);
  const start = rule.from === 'month' ? { en: '', zh: '' } : { en: `${rule.from}: `, zh: `${rule.from}：` };
  return {
    en: start.en + parts.map((part) => part.en).join(', then '),
    zh: start.zh + parts.map((part) => part.zh).join('，再'),
  };
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
const WEEKDAYS_EN = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const WEEKDAYS_ZH = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

function describeStep(step: DateStep): Words {
  if ('nthWeekday' in step) {
    const day = WEEKDAY_NAMES.indexOf(step.weekday);
    return {
      en: `${ORDINALS[step.nthWeekday - 1]} ${WEEKDAYS_EN[day]} of the month`,
      zh: `当月第${step.nthWeekday}个${WEEKDAYS_ZH[day]}`,
    };
  }
  if ('monthEnd' in step) {
    return { en: `month end (${signed(step.monthEnd)} months)`, zh: `月末（${signed(step.monthEnd)}个月）` };
  }
  if ('days' in step) return { en: `${signed(step.days)} calendar days`, zh: `${signed(step.days)}个自然日` };
  if ('sessions' in step)
    return { en: `${signed(step.sessions)} sessions`, zh: `${signed(step.sessions)}个交易日` };
  return step.session === 'on-or-before'
    ? { en: 'that session or the last before it', zh: '当日或之前最近交易日' }
    : { en: 'that session or the next after it', zh: '当日或之后最近交易日' };
}

const signed = (n: number): string => (n > 0 ? `+${n}` : String(n));
