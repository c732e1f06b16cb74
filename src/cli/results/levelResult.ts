/** Level history as table, JSON document and sheets, beside the published closes. */
import {
  formatDay,
  type DivisorStep,
  type IndexData,
  type KnownLevel,
  type KnownLevels,
  type Language,
  type LevelRun,
} from '../../core/index.js';
import type { ExportRow, Result } from '../output.js';
import { renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson } from './shared.js';

export function levelResult(data: IndexData, { levels, provenance }: LevelRun, language: Language): Result {
  return {
    json: {
      index: data.rulebook.id,
      return: levels.kind,
      currency: data.rulebook.currency,
      levels: levels.levels.map(levelRow),
      divisors: levels.divisors.map(divisorRow),
      largestDifference: largestDifference(levels) ?? null,
      provenance,
      findings: findingsJson(levels.findings),
    },
    sheets: [
      { name: 'levels', rows: levels.levels.map(levelRow) },
      { name: 'divisors', rows: levels.divisors.map(divisorSheetRow) },
    ],
    lines: [
      headLine(data, levels, language),
      '',
      ...levelTable(levels, language),
      '',
      ...divisorTable(levels.divisors, language),
    ],
    findings: levels.findings,
  };
}

/** Rounded level less published close, index points. */
const differenceOf = ({ level, published }: KnownLevel): number =>
  published === undefined ? Number.NaN : Number((level - published).toFixed(6));

const levelRow = (point: KnownLevel): ExportRow => ({
  date: formatDay(point.day),
  level: point.level,
  published: point.published ?? null,
  difference: point.published === undefined ? null : differenceOf(point),
  unrounded: point.unrounded,
});

const divisorRow = ({ day, divisor, causes }: DivisorStep): Record<string, unknown> => ({
  date: formatDay(day),
  divisor,
  causes,
});

const divisorSheetRow = ({ day, divisor, causes }: DivisorStep): ExportRow => ({
  date: formatDay(day),
  divisor,
  causes: causes.join('; '),
});

function largestDifference({ levels }: KnownLevels): number | undefined {
  const sizes = levels.map((point) => Math.abs(differenceOf(point))).filter((size) => !Number.isNaN(size));
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}

function headLine({ rulebook }: IndexData, levels: KnownLevels, language: Language): string {
  const name = language === 'zh' ? rulebook.nameZh : rulebook.nameEn;
  const code = rulebook.aliases[0] === undefined ? '' : ` (${rulebook.aliases[0]})`;
  const largest = largestDifference(levels);
  const kinds = { price: 'priceReturn', gross: 'grossReturn', net: 'netReturn' } as const;
  const parts = [name + code, word(kinds[levels.kind], language)];
  if (largest !== undefined) parts.push(`${word('largestGap', language)} ${largest.toFixed(3)}`);
  return parts.join(' | ');
}

function levelTable({ levels }: KnownLevels, language: Language): string[] {
  const point = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '-' : value.toFixed(3);
  return renderTable(
    columns(['date', 'level', 'publishedClose', 'gap'], language),
    levels.map((day) => [
      formatDay(day.day),
      point(day.level),
      point(day.published),
      point(differenceOf(day)),
    ]),
  );
}

const divisorTable = (steps: readonly DivisorStep[], language: Language): string[] =>
  renderTable(
    [...columns(['date', 'divisor'], language), { title: word('cause', language), align: 'left' }],
    steps.map(({ day, divisor, causes }) => [formatDay(day), divisor.toFixed(4), causes.join('; ')]),
  );

const columns = (keys: readonly WordKey[], language: Language): Column[] =>
  keys.map((key, i) => ({ title: word(key, language), align: i === 0 ? 'left' : 'right' }));
