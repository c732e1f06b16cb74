/** An earnings print as table, JSON document and sheets. */
import {
  figureWord,
  formatDay,
  formatPeriod,
  periodWords,
  growthWord,
  inputsOf,
  type EarningsRun,
  type Flag,
  type Growth,
  type GrowthFamily,
  type Language,
  type PrintLine,
  type QuarterLine,
  type Score,
  type StatementFact,
} from '../../core/index.js';
import { money } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { joinParts, renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson, sourcesOf } from './shared.js';

export function earningsResult(run: EarningsRun, language: Language): Result {
  const { company, request, findings } = run;
  return {
    json: {
      id: company.id,
      name: { en: company.nameEn, zh: company.nameZh },
      period: formatPeriod(request.period),
      announced: formatDay(run.announced),
      knownSince: formatDay(run.usableFrom),
      at: formatDay(run.at),
      currency: company.currency,
      lines: run.lines.map(lineJson),
      quarter: run.quarter.map(quarterJson),
      surprise: {
        value: run.surprise.value ?? null,
        difference: run.surprise.difference ?? null,
        why: run.surprise.why ?? null,
        inputs: run.surprise.quarters.flatMap(inputsOf),
      },
      flags: run.flags.map(({ inputs, value, ...flag }) => ({
        ...flag,
        value: value ?? null,
        inputs: inputs.map(factJson),
      })),
      scores: {
        year: run.scoreYear,
        inputs: run.scoreInputs,
        list: run.scores.map(({ value, ...score }) => ({ ...score, value: value ?? null })),
      },
      provenance: run.provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'lines', rows: run.lines.map(lineRow) },
      { name: 'flags', rows: run.flags.map(flagRow) },
      { name: 'scores', rows: run.scores.flatMap((score) => scoreRows(score, sourcesOf(run.scoreInputs))) },
    ],
    lines: textOf(run, language),
    findings,
  };
}

const factJson = (fact: StatementFact) => ({
  metric: fact.metric,
  period: formatPeriod(fact.period),
  value: fact.value,
  unit: fact.unit,
  knownSince: formatDay(fact.usableFrom),
  quality: fact.quality,
  source: fact.source,
});

/** Words in both languages, the percent where the base allows one, and the rate that ranks through zero. */
function growthJson(growth: Growth | undefined, family: GrowthFamily) {
  if (growth === undefined) return { growth: null, words: null, symmetric: null, levelMultiple: null };
  return {
    growth: growth.rate ?? null,
    words: { en: growthWord(growth.change, family, 'en'), zh: growthWord(growth.change, family, 'zh') },
    symmetric: growth.symmetric,
    levelMultiple: growth.levelMultiple ?? null,
  };
}

const lineJson = ({ metric, fact, yearAgo, growth, points, family }: PrintLine) => ({
  metric,
  value: fact.value,
  unit: fact.unit,
  yearAgo: yearAgo?.value ?? null,
  ...growthJson(growth, family),
  points: points ?? null,
  inputs: [fact, ...(yearAgo ? [yearAgo] : [])].map(factJson),
});

const quarterJson = ({
  metric,
  quarter,
  value,
  yearAgo,
  growth,
  before,
  sequential,
  family,
}: QuarterLine) => ({
  metric,
  quarter: formatPeriod(quarter),
  value: value.value,
  yearAgo: yearAgo?.value ?? null,
  ...growthJson(growth, family),
  before: before?.value ?? null,
  sequential: growthJson(sequential, family),
  inputs: [value, yearAgo, before].flatMap((one) => (one === undefined ? [] : inputsOf(one))),
});

const orNaN = (value: number | undefined): number => value ?? Number.NaN;

const lineRow = ({ metric, fact, yearAgo, growth, points, family }: PrintLine): ExportRow => ({
  metric,
  value: fact.value,
  unit: fact.unit,
  yearAgo: orNaN(yearAgo?.value),
  growth: orNaN(growth?.rate),
  words: growth ? growthWord(growth.change, family, 'en') : '',
  symmetric: orNaN(growth?.symmetric),
  points: orNaN(points),
  quality: fact.quality,
  source: sourcesOf([fact, ...(yearAgo ? [yearAgo] : [])]),
});

const flagRow = ({
  id,
  value,
  unit,
  threshold,
  fired,
  why,
  falseAlarms,
  missing,
  inputs,
}: Flag): ExportRow => ({
  flag: id,
  value: orNaN(value),
  unit,
  threshold,
  fired,
  why: why.en,
  falseAlarms: falseAlarms.en,
  missing: missing.join(' '),
  source: sourcesOf(inputs),
});

function scoreRows({ id, value, terms, missing, threshold, warns }: Score, source: string): ExportRow[] {
  const head = { score: id, value: orNaN(value), threshold, warns, missing: missing.join(', '), source };
  if (terms.length === 0) return [{ ...head, term: '', termValue: Number.NaN, contribution: Number.NaN }];
  return terms.map((term) => ({
    ...head,
    term: term.id,
    termValue: term.value,
    contribution: term.contribution,
  }));
}

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** An amount in the reader's units; earnings per share and percentages as they are. */
function amount(value: number, unit: string, metric: string, language: Language): string {
  if (unit === 'pct') return `${value.toFixed(2)} %`;
  return metric.startsWith('eps') ? value.toFixed(2) : money(value, language);
}

/** `+4,347.82 %` is `up 4347.82 %`; off a base that is not above zero the words stand alone. */
function changed(growth: Growth | undefined, family: GrowthFamily, language: Language): string {
  if (growth === undefined) return '';
  const said = growthWord(growth.change, family, language);
  const straight = growth.change === 'rose' || growth.change === 'fell';
  return straight && growth.rate !== undefined ? `${said} ${Math.abs(100 * growth.rate).toFixed(2)} %` : said;
}

function textOf(run: EarningsRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const { company, request } = run;
  return [
    ...joinParts([
      `${w('theReport')} ${company.id} ${language === 'zh' ? company.nameZh : company.nameEn} ${periodWords(request.period)}`,
      `${w('announced')} ${formatDay(run.announced)}`,
      `${w('knownSinceDay')} ${formatDay(run.usableFrom)}`,
    ]),
    '',
    ...renderTable(
      [left(w('metric')), right(''), right(w('yearAgo')), left(w('growthSince'))],
      run.lines.map(({ metric, fact, yearAgo, growth, points, family }) => [
        figureWord(metric, language),
        amount(fact.value, fact.unit, metric, language),
        yearAgo ? amount(yearAgo.value, yearAgo.unit, metric, language) : '-',
        points === undefined ? changed(growth, family, language) : `${points.toFixed(2)} pp`,
      ]),
    ),
    ...quarterText(run, language),
    '',
    ...flagText(run, language),
    ...wrap(`${w('surprise')}: ${run.surprise.value?.toFixed(2) ?? run.surprise.why?.[language] ?? ''}`),
    ...scoreText(run, language),
  ];
}

function quarterText({ quarter }: EarningsRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  if (quarter.length === 0) return [];
  const rows = quarter.map((one) => [
    figureWord(one.metric, language),
    amount(one.value.value, one.value.unit, one.metric, language),
    one.yearAgo ? amount(one.yearAgo.value, one.yearAgo.unit, one.metric, language) : '-',
    changed(one.growth, one.family, language),
    one.before ? amount(one.before.value, one.before.unit, one.metric, language) : '-',
    changed(one.sequential, one.family, language),
  ]);
  return [
    '',
    `${w('quarterAlone')} ${periodWords(quarter[0].quarter)}`,
    ...renderTable(
      [
        left(w('metric')),
        right(''),
        right(w('yearAgo')),
        left(w('growthSince')),
        right(w('quarterBefore')),
        left(''),
      ],
      rows,
    ),
  ];
}

function flagText({ flags }: EarningsRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const known = flags.filter(({ value }) => value !== undefined);
  const open = flags.filter(({ value }) => value === undefined);
  const rows = known.map(({ id, value, unit, threshold, fired, why }) => [
    fired ? '!' : '',
    figureWord(id, language),
    unit === 'days' ? orNaN(value).toFixed(0) : orNaN(value).toFixed(2),
    threshold,
    why[language],
  ]);
  return [
    ...renderTable(
      [
        left(''),
        left(w('flags')),
        right(''),
        left(w('threshold')),
        { title: '', align: 'left', shrinks: true },
      ],
      rows,
    ),
    ...known
      .filter(({ fired }) => fired)
      .flatMap(({ id, falseAlarms }) =>
        wrap(`  ${figureWord(id, language)}, ${w('falseAlarm')}: ${falseAlarms[language]}`),
      ),
    ...(open.length > 0
      ? wrap(`  ${w('notPublished')}: ${open.map(({ id }) => figureWord(id, language)).join(', ')}`)
      : []),
  ];
}

function scoreText({ scores, scoreYear }: EarningsRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const rows = scores
    .filter(({ value }) => value !== undefined)
    .map(({ id, value, threshold, warns, terms }) => [
      warns ? '!' : '',
      figureWord(id, language),
      orNaN(value).toFixed(3),
      threshold,
      terms.map((one) => `${one.id} ${one.value.toFixed(3)}`).join(', '),
    ]);
  if (rows.length === 0) return [];
  return [
    '',
    ...renderTable(
      [
        left(''),
        left(`${w('scores')} ${scoreYear}`),
        right(''),
        left(w('threshold')),
        { title: '', align: 'left', shrinks: true },
      ],
      rows,
    ),
  ];
}
