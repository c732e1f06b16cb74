/** All additions and all deletions of an index's reviews studied together, around the announcement or the close at which funds trade. */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { sessionOnOrAfter, shiftSessions } from '../calendar/sessions.js';
import { abnormalReturns, type AbnormalReturns, type ReturnColumns } from '../study/abnormal.js';
import { groupStudy, type GroupStudy } from '../study/group.js';
import { placebo, type Placebo } from '../study/placebo.js';
import type { IndexData } from './indexData.js';
import type { Provenance } from './provenance.js';
import { columnsOf, provenanceOfStudy, studiedSessions } from './studyColumns.js';
import {
  checkWindow,
  rowOfEvent,
  rowsAround,
  studyOrNothing,
  windowFindings,
  type StudyWindow,
} from './studyWindow.js';

export const STUDY_DAYS = ['announcement', 'swap'] as const;
export type StudiedDay = (typeof STUDY_DAYS)[number];

export interface ReviewStudyRequest {
  /** Day 0: the session of the announcement, or the one at whose close funds trade. */
  readonly at: StudiedDay;
  readonly window: StudyWindow;
}

export interface ReviewEvent {
  readonly security: SecurityId;
  readonly day: Day;
  readonly study: AbnormalReturns;
}

export interface ReviewGroup {
  readonly action: 'add' | 'delete';
  readonly events: readonly ReviewEvent[];
  readonly group: GroupStudy;
  /** Of the mean standardised return over the window. */
  readonly placebo: Placebo;
}

export interface ReviewStudyRun {
  readonly request: ReviewStudyRequest;
  readonly groups: readonly ReviewGroup[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/**
 * All additions and all deletions of the index's reviews, as far as there are closes of them, against the index.
 * @throws Refusal `no_events` when there are none
 */
export function runReviewStudy(data: IndexData, request: ReviewStudyRequest): ReviewStudyRun {
  const { window, at } = request;
  checkWindow(window);
  const days = studiedSessions(data);
  const findings: Finding[] = [];
  const hashed: Float64Array[] = [];
  const groups = (['add', 'delete'] as const).flatMap((action): ReviewGroup[] => {
    const events: (ReviewEvent & { readonly columns: ReturnColumns })[] = [];
    for (const change of data.changes.filter((one) => one.action === action)) {
      try {
        const day =
          at === 'announcement'
            ? sessionOnOrAfter(data.market.calendar, change.announced)
            : shiftSessions(data.market.calendar, change.effective, -1);
        const all = columnsOf(data, days, change.id);
        const columns = { ...all, benchmark: all.index };
        const rows = rowsAround(days, rowOfEvent(data, days, day), window);
        events.push({ security: change.id, day, study: abnormalReturns(columns, rows), columns });
        hashed.push(all.own);
        findings.push(...windowFindings(days, change.id, all, rows, 0));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        findings.push({
          code: 'event_left_out',
          subject: change.id,
          message: `${formatDay(change.effective)}: ${error.message}`,
        });
      }
    }
    return events.length === 0 ? [] : [groupOf(action, events, days.length)];
  });
  if (groups.length === 0) {
    throw new Refusal(
      'no_events',
      'no review of this index has closes around it; import some (import prices FILE)',
    );
  }
  return {
    request,
    groups: groups.map(({ events, ...group }) => ({
      ...group,
      events: events.map(({ security, day, study }) => ({ security, day, study })),
    })),
    provenance: provenanceOfStudy(data, hashed),
    findings: distinctFindings(findings, [
      {
        code: 'few_events',
        subject: data.rulebook.id,
        message: `${groups.map(({ action, events }) => `${events.length} ${action}`).join(', ')}; tests against the normal distribution want dozens`,
      },
    ]),
  };
}

function groupOf(
  action: 'add' | 'delete',
  events: readonly (ReviewEvent & { readonly columns: ReturnColumns })[],
  sessions: number,
): ReviewGroup {
  const length = events[0].study.abnormal.length;
  const shifts = Array.from({ length: 2 * sessions }, (_, i) => i - sessions).filter(
    (shift) => Math.abs(shift) >= length,
  );
  const meanOf = (studies: readonly AbnormalReturns[]): number =>
    studies.reduce((total, { car, carError }) => total + car / carError, 0) / studies.length;
  return {
    action,
    events,
    group: groupStudy(events.map(({ study }) => study)),
    placebo: placebo(
      meanOf(events.map(({ study }) => study)),
      (shift) => {
        // Reviews on one day stay on one day; a shift that any of them cannot follow is no placebo.
        const moved = events.map(({ columns, study: { rows } }) =>
          studyOrNothing(columns, sessions, {
            estimationFrom: Math.max(0, rows.estimationFrom + shift),
            estimationTo: rows.estimationTo + shift,
            from: rows.from + shift,
            to: rows.to + shift,
          }),
        );
        const all = moved.filter((one) => one !== undefined);
        return all.length < moved.length ? undefined : meanOf(all);
      },
      shifts,
    ),
  };
}
