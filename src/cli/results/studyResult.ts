/** An event study as table, JSON document and sheets: one security, or the changes of all reviews. */
import {
  BAND_ERRORS,
  formatDay,
  type GroupDay,
  type IndexData,
  type Language,
  type MoveSplit,
  type ReviewGroup,
  type ReviewStudyRun,
  type StudyRun,
  type StudyTests,
} from '../../core/index.js';
import { points } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { joinParts, renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson, namingOf } from './shared.js';

export function studyResult(data: IndexData, run: StudyRun, language: Language): Result {
  const { request, study, eventDay, car, findings } = run;
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  return {
    json: {
      security: request.security,
      event: formatDay(request.event),
      benchmark: request.other?.id ?? request.benchmark,
      index: data.rulebook.id,
      window: [request.window.from, request.window.to],
      model: {
        alpha: study.alpha,
        beta: study.beta,
        residualDeviation: study.residualDeviation,
        estimationDays: study.estimationDays,
      },
      days: run.days.map((day) => ({
        date: formatDay(day.day),
        return: orNull(day.return),
        benchmark: orNull(day.benchmark),
        benchmarkExSelf: orNull(day.benchmarkExSelf),
        abnormal: orNull(day.abnormal),
        cumulative: day.cumulative,
        band: day.band,
        locked: day.locked,
      })),
      car: study.car,
      carStandardError: study.carError,
      buyAndHold: { return: study.growth, benchmark: study.benchmarkGrowth, abnormal: study.bhar },
      tests: {
        eventDay: { abnormal: orNull(eventDay.abnormal), t: orNull(eventDay.t), placebo: eventDay.placebo },
        car: { t: car.t, placebo: car.placebo },
      },
      ...(run.controls && { controls: run.controls }),
      ...(run.split && { split: run.split }),
      provenance: run.provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'days', rows: run.days.map(dayRow) },
      ...(run.controls ? [{ name: 'controls', rows: run.controls.map((one) => ({ ...one })) }] : []),
      ...(run.split ? [{ name: 'split', rows: [splitRow(run.split)] }] : []),
    ],
    lines: [
      ...joinParts([
        `${w('study')} ${naming.code(request.security)} ${naming.name(request.security)}`,
        `${w('event')} ${formatDay(request.event)}`,
        `${w('studyBenchmark')} ${request.benchmark === 'peers' || request.benchmark === 'controls' ? request.benchmark : `${request.other?.id ?? data.rulebook.id}${request.benchmark === 'ex-self' ? ' ex-self' : ''}`}`,
        `${w('estimatedOn')} ${study.estimationDays}, beta ${study.beta.toFixed(2)}`,
      ]),
      '',
      ...dayLines(run, language),
      '',
      ...summaryLines(run, language),
      ...(run.split ? splitLines(run.split, language) : []),
    ],
    findings,
  };
}

function splitRow({ flowBand, remainderBand, ...parts }: MoveSplit): ExportRow {
  const [flowLow, flowHigh] = flowBand;
  const [remainderLow, remainderHigh] = remainderBand;
  return { ...parts, flowLow, flowHigh, remainderLow, remainderHigh };
}

function splitLines(split: MoveSplit, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const band = ([low, high]: readonly [number, number]): string => `(${points(low)} .. ${points(high)})`;
  return wrap(
    `${w('splitMove')} ${points(split.move)} = ${w('splitMarket')} ${points(split.market)}, ` +
      `${w('splitSector')} ${points(split.sector)}, ` +
      `${w('splitFlow')} ${points(split.flow)} ${band(split.flowBand)}, ` +
      `${w('splitRest')} ${points(split.remainder)} ${band(split.remainderBand)}`,
  );
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function dayRow(day: StudyRun['days'][number]): ExportRow {
  return {
    date: formatDay(day.day),
    return: day.return,
    benchmark: day.benchmark,
    benchmarkExSelf: day.benchmarkExSelf,
    abnormal: day.abnormal,
    cumulative: day.cumulative,
    bandLow: day.band[0],
    bandHigh: day.band[1],
    locked: day.locked,
  };
}

const pointsOr = (fraction: number): string => (Number.isNaN(fraction) ? '-' : points(fraction));

function dayLines({ days, request }: StudyRun, language: Language): string[] {
  const right = (key: WordKey): Column => ({ title: word(key, language), align: 'right' });
  return renderTable(
    [
      { title: word('date', language), align: 'left' },
      right('ownReturn'),
      right('indexReturn'),
      right('exSelfReturn'),
      right('abnormal'),
      right('cumulative'),
      { title: '95 %', align: 'right' },
    ],
    days.map((day) => [
      `${formatDay(day.day)}${day.day === request.event ? ' *' : ''}`,
      ...[day.return, day.benchmark, day.benchmarkExSelf, day.abnormal, day.cumulative].map(pointsOr),
      `${points(day.band[0])} .. ${points(day.band[1])}`,
    ]),
  );
}

function summaryLines({ study, eventDay, car }: StudyRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const tested = (abnormal: number, t: number, placebo: StudyRun['car']['placebo']): string =>
    `${pointsOr(abnormal)}, t ${t.toFixed(2)}, ${w('placeboP')} ${placebo.pValue.toFixed(3)} (${placebo.shifts} ${w('placeboShifts')})`;
  return [
    `${w('abnormalDay')} ${tested(eventDay.abnormal, eventDay.t, eventDay.placebo)}`,
    `${w('abnormalWindow')} ${tested(study.car, car.t, car.placebo)}`,
    `${w('growthOf')} ${points(study.growth)}, ${w('studyBenchmark')} ${points(study.benchmarkGrowth)}, ${w('gap')} ${points(study.bhar)}`,
  ];
}

/** 95 % around the mean so far. */
const bandOf = ({ cumulative, cumulativeError }: GroupDay): readonly [number | null, number | null] => [
  orNull(cumulative - BAND_ERRORS * cumulativeError),
  orNull(cumulative + BAND_ERRORS * cumulativeError),
];

export function reviewStudyResult(data: IndexData, run: ReviewStudyRun, language: Language): Result {
  const { request, groups, findings } = run;
  const naming = namingOf(data, language);
  const w = (key: WordKey): string => word(key, language);
  return {
    json: {
      index: data.rulebook.id,
      at: request.at,
      window: [request.window.from, request.window.to],
      groups: groups.map(({ action, events, group, placebo }) => ({
        action,
        events: events.map(({ security, day, study }) => ({
          id: security,
          day: formatDay(day),
          car: study.car,
          carStandardError: study.carError,
          bhar: study.bhar,
        })),
        days: group.days.map((day) => ({
          day: day.offset + request.window.from,
          events: day.events,
          mean: orNull(day.mean),
          cumulative: day.cumulative,
          band: bandOf(day),
          tests: testsJson(day.tests),
        })),
        meanCar: group.meanCar,
        tests: { ...testsJson(group.tests), placebo },
        correlation: group.correlation,
      })),
      provenance: run.provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      {
        name: 'days',
        rows: groups.flatMap(({ action, group }) =>
          group.days.map((day): ExportRow => ({
            action,
            day: day.offset + request.window.from,
            events: day.events,
            mean: day.mean,
            cumulative: day.cumulative,
            bandLow: bandOf(day)[0],
            bandHigh: bandOf(day)[1],
            ...testsJson(day.tests),
          })),
        ),
      },
      {
        name: 'events',
        rows: groups.flatMap(({ action, events }) =>
          events.map(({ security, day, study }): ExportRow => ({
            action,
            id: security,
            day: formatDay(day),
            car: study.car,
            carStandardError: study.carError,
            bhar: study.bhar,
          })),
        ),
      },
    ],
    lines: [
      ...joinParts([
        `${w('study')} ${data.rulebook.id}`,
        `${w('offset')} 0: ${w(request.at === 'swap' ? 'swap' : 'announcement')}`,
      ]),
      ...groups.flatMap((group) => ['', ...groupLines(group, request.window.from, naming.code, language)]),
    ],
    findings,
  };
}

/** NaN becomes null, as JSON has no other word for it. */
const testsJson = (tests: StudyTests): Record<string, number | null> =>
  Object.fromEntries(Object.entries(tests).map(([name, value]) => [name, orNull(value as number)]));

function groupLines(
  { action, events, group, placebo }: ReviewGroup,
  from: number,
  code: ReturnType<typeof namingOf>['code'],
  language: Language,
): string[] {
  const w = (key: WordKey): string => word(key, language);
  const right = (key: WordKey): Column => ({ title: w(key), align: 'right' });
  const number = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '-' : value.toFixed(2);
  const cells = (tests: StudyTests & Partial<GroupDay['tests']>): string[] =>
    [
      tests.crossSectional,
      tests.patell,
      tests.bmp,
      tests.kolariPynnonen,
      tests.corradoRank,
      tests.generalisedSign,
    ].map(number);
  return [
    `${w(action === 'add' ? 'additionsMean' : 'deletionsMean')}: ${events
      .map(({ security, day }) => `${code(security)} ${formatDay(day)}`)
      .join(', ')}`,
    ...renderTable(
      [
        { title: w('offset'), align: 'left' },
        right('events'),
        right('abnormal'),
        right('crossTest'),
        right('patellTest'),
        right('bmpTest'),
        right('adjustedBmp'),
        right('corrado'),
        right('signTest'),
      ],
      [
        ...group.days.map((day) => [
          String(day.offset + from),
          String(day.events),
          pointsOr(day.mean),
          ...cells(day.tests),
        ]),
        [w('windowAll'), String(events.length), points(group.meanCar), ...cells(group.tests)],
      ],
    ),
    `${w('placeboP')} ${placebo.pValue.toFixed(3)} (${placebo.shifts} ${w('placeboShifts')}), ${w('clustering')} ${group.correlation.toFixed(2)}`,
  ];
}
