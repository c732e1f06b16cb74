/**
 * Event studies on the data of one index: one security around a day, or all additions and deletions of its reviews. A study looks
 * back on purpose; nothing here feeds a forecast.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { InputError, Refusal } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { contentHash } from '../base/hash.js';
import { ENGINE_VERSION } from '../base/version.js';
import { formatDay } from '../calendar/day.js';
import { isSession, sessionOnOrAfter, sessionsBetween, shiftSessions } from '../calendar/sessions.js';
import { shareRatioBetween } from '../events/corporateActions.js';
import { returnsSinceLastTrade, type SpannedReturns } from '../events/returns.js';
import { SQUARE_ROOT } from '../impact/squareRoot.js';
import { priceLimits } from '../market/priceLimits.js';
import { lastRow, panelRange } from '../market/prices.js';
import { adjustedSharesOn, type Composition } from '../review/composition.js';
import {
  abnormalReturns,
  type AbnormalReturns,
  type EventRows,
  type ReturnColumns,
} from '../study/abnormal.js';
import { exSelf } from '../study/exSelf.js';
import { groupStudy, type GroupStudy } from '../study/group.js';
import { placebo, type Placebo } from '../study/placebo.js';
import { splitMove, type MoveSplit } from '../study/split.js';
import { runImpact } from './impactRun.js';
import type { IndexData } from './indexData.js';
import type { Provenance } from './provenance.js';

export type Benchmark = 'index' | 'ex-self' | 'peers';

export interface StudyWindow {
  /** First and last session relative to the event, such as -5 and 20. */
  readonly from: number;
  readonly to: number;
  /** Sessions before the window that the market model is estimated on, as far as the data reach. */
  readonly estimation: number;
}

export interface StudyRequest {
  readonly security: SecurityId;
  readonly event: Day;
  readonly window: StudyWindow;
  readonly benchmark: Benchmark;
  /** A review whose forced trade is to be told from the rest of the move. */
  readonly review?: { readonly effective: Day; readonly knownAt: Day };
}

export interface StudyDay {
  readonly day: Day;
  /** Simple return since the last trade; NaN without one. */
  readonly return: number;
  /** Index over the same sessions. */
  readonly benchmark: number;
  /** The index without this security; NaN where its weight is not known. */
  readonly benchmarkExSelf: number;
  readonly abnormal: number;
  /** Sum of the abnormal returns so far, and 1.96 standard errors around it. */
  readonly cumulative: number;
  readonly band: readonly [number, number];
  /** Closed at its daily limit: what it would have done is not known. */
  readonly locked: boolean;
}

export interface StudyRun {
  readonly request: StudyRequest;
  readonly days: readonly StudyDay[];
  readonly study: AbnormalReturns;
  /** Abnormal return of the event day over its standard error. */
  readonly eventDay: { readonly abnormal: number; readonly t: number; readonly placebo: Placebo };
  readonly car: { readonly t: number; readonly placebo: Placebo };
  /** Of the whole window; only with a review. */
  readonly split?: MoveSplit;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/**
 * One security around one day, and of a review's window what was forced flow.
 * @throws Refusal `not_a_session`, `outside_data`, `too_few_estimation_days`, `no_event_day`
 */
export function runStudy(data: IndexData, request: StudyRequest): StudyRun {
  const { window, security, event } = request;
  checkWindow(window);
  const days = sessionsOf(data);
  const at = rowOfEvent(data, days, event);
  const all = columnsOf(data, days, security);
  const columns = { ...all, benchmark: all[request.benchmark] };
  const { rows, extended } = extendedRows(rowsAround(days, at, window), all.locked);
  const study = abnormalReturns(columns, rows);
  const t0 = study.standardised[-window.from];
  const length = rows.to - rows.from + 1;
  const shifts = Array.from({ length: 2 * days.length }, (_, i) => i - days.length).filter(
    (shift) => Math.abs(shift) >= length,
  );
  const shifted = (shift: number): AbnormalReturns | undefined =>
    studyOrNothing(columns, days.length, {
      estimationFrom: Math.max(0, rows.estimationFrom + shift),
      estimationTo: rows.estimationTo + shift,
      from: rows.from + shift,
      to: rows.to + shift,
    });
  const tOf = (one: AbnormalReturns): number => one.car / one.carError;
  const split = request.review && splitOf(data, days, request, request.review, columns, study);
  const numberOr = (value: number | undefined): number | undefined =>
    Number.isNaN(value) ? undefined : value;
  return {
    request,
    days: studyDays(days, all, study),
    study,
    eventDay: {
      abnormal: study.abnormal[-window.from],
      t: t0,
      placebo: placebo(t0, (shift) => numberOr(shifted(shift)?.standardised[-window.from]), shifts),
    },
    car: {
      t: tOf(study),
      placebo: placebo(
        tOf(study),
        (shift) => {
          const one = shifted(shift);
          return one && tOf(one);
        },
        shifts,
      ),
    },
    ...(split && { split: split.parts }),
    provenance: provenanceOfStudy(data, [all.own, all.index]),
    findings: [
      ...(split?.findings ?? []),
      ...windowFindings(days, security, all, rows, extended),
      ...estimationFindings(security, study, window),
      ...(request.benchmark === 'ex-self' ? weightFindings(data) : []),
    ],
  };
}

/** The forced trade moves the price by its peak when the swap close lies in the window, and not at all before. */
function splitOf(
  data: IndexData,
  days: readonly Day[],
  { security, benchmark }: StudyRequest,
  { effective, knownAt }: NonNullable<StudyRequest['review']>,
  columns: ReturnColumns,
  study: AbnormalReturns,
): { parts: MoveSplit; findings: readonly Finding[] } {
  if (benchmark === 'peers') {
    throw new InputError('bad_benchmark', 'a split needs the market and the sector apart', [
      {
        code: 'bad_benchmark',
        path: 'benchmark',
        value: benchmark,
        expected: 'the index, with or without the security',
      },
    ]);
  }
  const { rows } = study;
  const { span } = columns;
  const peers = overSpans(peerLevels(data, days, security), span);
  const sector = abnormalReturns({ own: peers, benchmark: columns.benchmark, span }, rows);
  const { trade, rows: models, review } = runImpact(data, { effective, knownAt, security, days: 1 });
  const swap = days.indexOf(review.dates.swap);
  const within = swap >= rows.from && swap <= rows.to;
  const peak = within ? Math.sign(trade.value) * models[0].peak : 0;
  const ends = SQUARE_ROOT.coefficientRange.map((y) => (y / SQUARE_ROOT.coefficient) * peak);
  const over = (column: Float64Array): number =>
    column.reduce(
      (total, value, row) =>
        Number.isNaN(study.abnormal[row - rows.from] ?? Number.NaN) ? total : total + value,
      0,
    );
  const parts = splitMove(
    study,
    sector,
    { own: over(columns.own), market: over(columns.benchmark) },
    { value: peak, band: [Math.min(...ends), Math.max(...ends)] },
  );
  return {
    parts,
    findings: [
      {
        code: 'flow_modelled',
        subject: security,
        message: within
          ? 'the part of forced flow is what the square-root law says of the whole trade, with its band; trades before the window or by others are not in it'
          : `the swap close ${formatDay(review.dates.swap)} is outside the window: no forced trade in it, anticipation is in the remainder`,
      },
    ],
  };
}

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
  const days = sessionsOf(data);
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

/** Undefined where the data end or the market model cannot be estimated. */
function studyOrNothing(
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

/** All sessions of which there are closes. */
function sessionsOf({ market }: IndexData): readonly Day[] {
  const { first, last } = panelRange(market.prices);
  return sessionsBetween(market.calendar, first, last);
}

const LONGEST_WINDOW = 120;

function checkWindow({ from, to, estimation }: StudyWindow): void {
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

function rowOfEvent(data: IndexData, days: readonly Day[], event: Day): number {
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

function rowsAround(days: readonly Day[], at: number, { from, to, estimation }: StudyWindow): EventRows {
  if (at + from <= 0 || at + to >= days.length) throw outsideData(days, days[at]);
  return {
    estimationFrom: Math.max(0, at + from - estimation),
    estimationTo: at + from,
    from: at + from,
    to: at + to,
  };
}

/** A close at the limit is cut off; the window goes on to the first close that is not. */
function extendedRows(rows: EventRows, locked: readonly boolean[]): { rows: EventRows; extended: number } {
  let { to } = rows;
  while (locked[to] && to + 1 < locked.length) to++;
  return { rows: { ...rows, to }, extended: to - rows.to };
}

interface Columns {
  readonly own: Float64Array;
  readonly span: Float64Array;
  readonly index: Float64Array;
  readonly 'ex-self': Float64Array;
  readonly peers: Float64Array;
  readonly locked: readonly boolean[];
}

/** Returns of a security and of each benchmark over the sessions that each of its returns covers. */
function columnsOf(data: IndexData, days: readonly Day[], id: SecurityId): Columns {
  const { prices } = data.market;
  const { simple: own, span } = returnsSinceLastTrade(prices, data.actions, id, days);
  const levels = days.map((day) => data.levels.get(day) ?? Number.NaN);
  const index = overSpans(levels, span);
  return {
    own,
    span,
    index,
    'ex-self': index.map((r, row) => {
      if (span[row] === 0) return Number.NaN;
      const weight = weightAt(data, id, days[row - span[row]], days[row]);
      return Number.isNaN(weight) ? Number.NaN : exSelf(r, weight, own[row]);
    }),
    peers: overSpans(peerLevels(data, days, id), span),
    locked: lockedDays(data, days, id, { simple: own, span }),
  };
}

const overSpans = (levels: readonly number[], span: Float64Array): Float64Array =>
  span.map((sessions, row) => (sessions === 0 ? Number.NaN : levels[row] / levels[row - sessions] - 1));

/**
 * Weight of the security at a close in the basket that is in force on the session after; 0 when it is no member, NaN when no
 * basket is known.
 */
function weightAt(data: IndexData, id: SecurityId, close: Day, next: Day): number {
  const composition = basketOn(data, next);
  if (composition === undefined) return Number.NaN;
  const row = composition.ids.indexOf(id);
  if (row < 0) return 0;
  const { prices } = data.market;
  const shares = adjustedSharesOn(composition, data.actions, next);
  let total = 0;
  let own = 0;
  composition.ids.forEach((member, i) => {
    const last = lastRow(prices, prices.ids.indexOf(member), close);
    // Shares of the next session on the price of this close, which a share action in between would have divided.
    const ratio = shareRatioBetween(data.actions, member, prices.day[last] as Day, next);
    const value = (shares[i] * composition.cappingFactors[i] * prices.close[last]) / ratio;
    total += value;
    if (i === row) own = value;
  });
  return own / total;
}

/** The basket known that was in force on a session; a list of members says until when. */
function basketOn({ baskets, members }: IndexData, session: Day): Composition | undefined {
  const found = baskets.findLast(({ composition }) => composition.effective <= session)?.composition;
  const list = members.find(({ firstDay }) => firstDay === found?.effective);
  return list !== undefined && session <= list.lastDay ? found : undefined;
}

/** Names a peer group needs. */
const LEAST_PEERS = 5;

/** Growth of an equal holding, set level again each session, in all other securities of the same industry. */
function peerLevels(data: IndexData, days: readonly Day[], id: SecurityId): number[] {
  const { securities, prices } = data.market;
  const industry = securities.find((security) => security.id === id)?.industry ?? '';
  const peers = securities.filter((security) => security.id !== id && security.industry === industry);
  if (industry === '' || peers.length < LEAST_PEERS) return days.map(() => Number.NaN);
  const returns = peers.map((peer) => returnsSinceLastTrade(prices, data.actions, peer.id, days));
  let level = 1;
  return days.map((_, row) => {
    const seen = returns.filter(({ span }) => span[row] === 1).map(({ simple }) => simple[row]);
    if (seen.length > 0) level *= 1 + seen.reduce((total, r) => total + r, 0) / seen.length;
    return level;
  });
}

/** Daily limit by board, percent. */
const LIMIT_PERCENT: Readonly<Record<string, number>> = { STAR: 20, ChiNext: 20, BSE: 30 };
const MAIN_BOARD_PERCENT = 10;
/** Sessions after the listing without a limit. */
const FREE_SESSIONS = 5;

function lockedDays(
  { market, actions }: IndexData,
  days: readonly Day[],
  id: SecurityId,
  { simple, span }: SpannedReturns,
): boolean[] {
  const security = market.securities.find((one) => one.id === id);
  const row = market.prices.ids.indexOf(id);
  const rate = LIMIT_PERCENT[security?.board ?? ''] ?? MAIN_BOARD_PERCENT;
  return days.map((day, t) => {
    if (span[t] === 0 || security === undefined || Math.abs(simple[t]) < rate / 200) return false;
    const sessionsListed = days.filter((one) => one >= security.listed && one <= day).length;
    if (security.listed >= days[0] && sessionsListed <= FREE_SESSIONS) return false;
    const before = days[t - span[t]];
    const closeBefore =
      market.prices.close[lastRow(market.prices, row, before)] / shareRatioBetween(actions, id, before, day);
    const close = market.prices.close[lastRow(market.prices, row, day)];
    const { up, down } = priceLimits(closeBefore, rate);
    return close === up || close === down;
  });
}

const BAND_ERRORS = 1.96;

function studyDays(days: readonly Day[], all: Columns, study: AbnormalReturns): StudyDay[] {
  const { rows, abnormal, standardised, carError } = study;
  let cumulative = 0;
  let sessions = 0;
  const length = rows.to - rows.from + 1;
  return Array.from(abnormal, (ar, offset) => {
    const row = rows.from + offset;
    if (!Number.isNaN(standardised[offset])) {
      cumulative += ar;
      sessions += all.span[row];
    }
    // The error of the whole window, grown with the root of the sessions so far.
    const error = BAND_ERRORS * carError * Math.sqrt(sessions / length);
    return {
      day: days[row],
      return: all.own[row],
      benchmark: all.index[row],
      benchmarkExSelf: all['ex-self'][row],
      abnormal: ar,
      cumulative,
      band: [cumulative - error, cumulative + error],
      locked: all.locked[row],
    };
  });
}

function windowFindings(
  days: readonly Day[],
  security: SecurityId,
  all: Columns,
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

function estimationFindings(
  security: SecurityId,
  { estimationDays }: AbnormalReturns,
  window: StudyWindow,
): Finding[] {
  return estimationDays < window.estimation
    ? [
        {
          code: 'estimation_shortened',
          subject: security,
          message: `market model from ${estimationDays} of the ${window.estimation} sessions before the window`,
        },
      ]
    : [];
}

const weightFindings = ({ baskets }: IndexData): Finding[] =>
  baskets
    .filter(({ composition }) => composition.quality === 'reconstructed')
    .map(({ composition }) => ({
      code: 'weights_reconstructed',
      subject: composition.index,
      message: composition.note,
    }));

function provenanceOfStudy({ rulebook }: IndexData, columns: readonly Float64Array[]): Provenance {
  return {
    data: contentHash(columns),
    rulebook: `${rulebook.id}@${rulebook.version}`,
    reading: {},
    engine: ENGINE_VERSION,
  };
}
