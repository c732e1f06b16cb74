/** The window of a study: sessions around an event as rows of its columns, and what is to be said about those. */
import type { Day, SecurityId } from '../base/brand.js';
import { InputError, Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { isSession, sessionOnOrAfter } from '../calendar/sessions.js';
import {
  abnormalReturns,
  type AbnormalReturns,
  type EventRows,
  type ReturnColumns,
} from '../study/abnormal.js';
import type { IndexData } from './indexData.js';
import type { StudyColumns } from './studyColumns.js';

export interface StudyWindow {
  /** First and last session relative to the event, such as -5 and 20. */
  readonly from: number;
  readonly to: number;
  /** Sessions before the window that the market model is estimated on, as far as the data reach. */
  readonly estimation: number;
}

const LONGEST_WINDOW = 120;

export function checkWindow({ from, to, estimation }: StudyWindow): void {
  const sound =
    from <= 0 && to >= 0 && to - from <= LONGEST_WINDOW && [from, to, estimation].every(Number.isInteger);
  if (sound && estimation > 0) return;
  throw new InputError('bad_window', 'a window that cannot be', [
    {
      code: 'bad_window',
      path: 'window',
      value: [from, to, estimation],
      expected: `whole sessions from at most 0 to at least 0, no more than ${LONGEST_WINDOW} apart, and estimation days above 0`,
    },
  ]);
}

export function rowOfEvent(data: IndexData, days: readonly Day[], event: Day): number {
  const { calendar } = data.market;
  if (!isSession(calendar, event)) {
    const next = sessionOnOrAfter(calendar, event);
    throw new Refusal(
      'not_a_session',
      `no trading on ${formatDay(event)}; the next session is ${formatDay(next)}`,
      {
        asked: formatDay(event),
        next: formatDay(next),
      },
    );
  }
  const row = days.indexOf(event);
  if (row >= 0) return row;
  throw outsideData(days, event);
}

function outsideData(days: readonly Day[], asked: Day): Refusal {
  const [first, last] = [formatDay(days[0]), formatDay(days[days.length - 1])];
  return new Refusal(
    'outside_data',
    `${formatDay(asked)} with its window lies outside the closes held, ${first} to ${last}; take a shorter window or import closes`,
    { asked: formatDay(asked), first, last },
  );
}

export function rowsAround(
  days: readonly Day[],
  at: number,
  { from, to, estimation }: StudyWindow,
): EventRows {
  if (at + from <= 0 || at + to >= days.length) throw outsideData(days, days[at]);
  return {
    estimationFrom: Math.max(0, at + from - estimation),
    estimationTo: at + from,
    from: at + from,
    to: at + to,
  };
}

/** A close at the limit is cut off; the window goes on to the first close that is not. */
export function extendedRows(
  rows: EventRows,
  locked: readonly boolean[],
): { rows: EventRows; extended: number } {
  let { to } = rows;
  while (locked[to] && to + 1 < locked.length) to++;
  return { rows: { ...rows, to }, extended: to - rows.to };
}

/** Undefined where the data end or the market model cannot be estimated. */
export function studyOrNothing(
  columns: ReturnColumns,
  sessions: number,
  rows: EventRows,
): AbnormalReturns | undefined {
  if (rows.estimationTo <= 0 || rows.to >= sessions) return undefined;
  try {
    return abnormalReturns(columns, rows);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

export function windowFindings(
  days: readonly Day[],
  security: SecurityId,
  all: StudyColumns,
  { from, to }: EventRows,
  extended: number,
): Finding[] {
  const inWindow = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const named = (rows: readonly number[]): string => rows.map((row) => formatDay(days[row])).join(' ');
  const halted = inWindow.filter((row) => all.span[row] === 0);
  const bridged = inWindow.filter((row) => all.span[row] > 1);
  const locked = inWindow.filter((row) => all.locked[row]);
  const finding = (code: string, message: string): Finding => ({ code, subject: security, message });
  return [
    ...(halted.length > 0
      ? [finding('halted', `no trade on ${named(halted)}; no abnormal return of these`)]
      : []),
    ...(bridged.length > 0
      ? [
          finding(
            'bridged',
            `the return of ${named(bridged)} covers the halt before it, and so does its benchmark`,
          ),
        ]
      : []),
    ...(locked.length > 0
      ? [
          finding(
            'limit_locked',
            `closed at its daily limit on ${named(locked)}; the abnormal return is cut off there` +
              (extended > 0 ? `, the window goes on for ${extended} sessions` : ''),
          ),
        ]
      : []),
  ];
}
