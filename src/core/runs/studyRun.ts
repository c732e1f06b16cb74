/**
 * An event study on the data of one index: one security around a day. A study looks back on purpose; nothing here feeds a
 * forecast.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { InputError } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { SQUARE_ROOT } from '../impact/squareRoot.js';
import { abnormalReturns, type AbnormalReturns, type ReturnColumns } from '../study/abnormal.js';
import { placebo, type Placebo } from '../study/placebo.js';
import { splitMove, type MoveSplit } from '../study/split.js';
import { runImpact } from './impactRun.js';
import type { IndexData } from './indexData.js';
import { matchedControls, type Control } from './matchedControls.js';
import type { Provenance } from './provenance.js';
import {
  columnsOf,
  equalHolding,
  overSpans,
  peerLevels,
  provenanceOfStudy,
  studiedSessions,
  type StudyColumns,
} from './studyColumns.js';
import {
  checkWindow,
  extendedRows,
  rowOfEvent,
  rowsAround,
  studyOrNothing,
  windowFindings,
  type StudyWindow,
} from './studyWindow.js';

export type Benchmark = 'index' | 'ex-self' | 'peers' | 'controls';

export interface StudyRequest {
  readonly security: SecurityId;
  readonly event: Day;
  readonly window: StudyWindow;
  readonly benchmark: Benchmark;
  /** Another index in place of the data's own, where the benchmark is `index`; baskets of it are not held. */
  readonly other?: { readonly id: string; readonly levels: ReadonlyMap<Day, number> };
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
  /** Nearest first; only with the benchmark `controls`. */
  readonly controls?: readonly Control[];
  /** Of the whole window; only with a review. */
  readonly split?: MoveSplit;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/**
 * One security around one day, and of a review's window what was forced flow.
 * @throws Refusal `not_a_session`, `outside_data`, `too_few_estimation_days`, `no_event_day`, `no_controls`
 */
export function runStudy(data: IndexData, request: StudyRequest): StudyRun {
  const { window, security, event } = request;
  checkWindow(window);
  checkOther(request);
  const days = studiedSessions(data);
  const at = rowOfEvent(data, days, event);
  const all = columnsOf(data, days, security, request.other?.levels);
  const { rows, extended } = extendedRows(rowsAround(days, at, window), all.locked);
  const controls = request.benchmark === 'controls' ? matchedControls(data, days, security, rows) : undefined;
  const columns = { ...all, benchmark: benchmarkOf(data, days, all, request.benchmark, controls) };
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
    ...(controls && { controls }),
    ...(split && { split: split.parts }),
    provenance: provenanceOfStudy(data, [all.own, all.index]),
    findings: [
      ...(split?.findings ?? []),
      ...windowFindings(days, security, all, rows, extended),
      ...estimationFindings(security, study, window),
      ...(request.benchmark === 'ex-self' ? weightFindings(data) : []),
      ...(controls ? controlFindings(security, controls) : []),
    ],
  };
}

function checkOther({ other, benchmark }: StudyRequest): void {
  if (other === undefined || benchmark === 'index') return;
  throw new InputError('bad_benchmark', `the levels of ${other.id} are for the benchmark index`, [
    {
      code: 'bad_benchmark',
      path: 'benchmark',
      value: benchmark,
      expected: `index; weights in ${other.id} are not held, and the others need no levels`,
    },
  ]);
}

function benchmarkOf(
  data: IndexData,
  days: readonly Day[],
  all: StudyColumns,
  benchmark: Benchmark,
  controls: readonly Control[] | undefined,
): Float64Array {
  if (benchmark !== 'controls') return all[benchmark];
  const ids = (controls ?? []).map(({ id }) => id);
  return overSpans(equalHolding(data, days, ids), all.span);
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
  if (benchmark === 'peers' || benchmark === 'controls') {
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

/** Standard errors on each side of a 95 % band. */
export const BAND_ERRORS = 1.96;

function studyDays(days: readonly Day[], all: StudyColumns, study: AbnormalReturns): StudyDay[] {
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

const controlFindings = (security: SecurityId, controls: readonly Control[]): Finding[] => [
  {
    code: 'controls_matched',
    subject: security,
    message:
      'nearest in market value, value traded and volatility before the window, industry left aside: ' +
      controls.map(({ id, distance }) => `${id} (${distance.toFixed(2)})`).join(' '),
  },
];

const weightFindings = ({ baskets }: IndexData): Finding[] =>
  baskets
    .filter(({ composition }) => composition.quality === 'reconstructed')
    .map(({ composition }) => ({
      code: 'weights_reconstructed',
      subject: composition.index,
      message: composition.note,
    }));
