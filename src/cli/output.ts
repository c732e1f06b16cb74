/**
 * One result, four ways out: a table for people, one JSON document for programs, CSV and xlsx for spreadsheets.
 * Standard output carries the result and nothing else; findings go to standard error.
 */
import { stringify } from 'csv-stringify/sync';
import { findingText, type Finding, type Language } from '../core/index.js';
import { writeFileAtomic } from '../data/files.js';
import type { Context } from './context.js';
import { jsonText } from './json.js';
import { printable } from './printable.js';
import { wrap } from './table.js';
import { word } from './words/words.js';

/** A flat table of exact values; the key order of the first row is the column order. */
export type ExportRow = Readonly<Record<string, string | number | boolean | null>>;

interface Sheet {
  readonly name: string;
  readonly rows: readonly ExportRow[];
}

export interface Result {
  /** The contract's JSON document. */
  readonly json: Readonly<Record<string, unknown>>;
  /** First sheet is what `--csv` writes; `--xlsx` writes all. */
  readonly sheets: readonly Sheet[];
  /** Lines of the table output. */
  readonly lines: readonly string[];
  readonly findings: readonly Finding[];
  /** The table already says the findings that matter. */
  readonly findingsInLines?: boolean;
}

export async function emit(result: Result, context: Context): Promise<void> {
  const { json, csv, xlsx } = context.options;
  if (xlsx !== undefined) await writeFileAtomic(xlsx, await workbook(result.sheets));
  if (typeof csv === 'string') await writeFileAtomic(csv, csvText(result.sheets[0]));
  if (json === true) {
    process.stdout.write(jsonText(result.json));
  } else if (csv === true) {
    process.stdout.write(csvText(result.sheets[0]));
  } else if (xlsx !== undefined || typeof csv === 'string') {
    for (const file of [csv, xlsx])
      if (typeof file === 'string') process.stderr.write(`${printable(file)}\n`);
  } else {
    process.stdout.write(`${result.lines.map(printable).join('\n')}\n`);
    if (result.findingsInLines === true) return;
  }
  if (json !== true) writeFindings(result.findings, context);
}

/** Findings as short lines on standard error, alike ones folded together. */
function findingLines(findings: readonly Finding[], language: Language, width = 100): string[] {
  const groups = new Map<string, { subjects: string[]; finding: Finding }>();
  for (const finding of findings) {
    const key = `${finding.code}\u0000${finding.message}`;
    const group = groups.get(key);
    if (group) group.subjects.push(finding.subject);
    else groups.set(key, { subjects: [finding.subject], finding });
  }
  return [...groups.values()].flatMap(({ subjects, finding }) => {
    const named = subjects.length > 6 ? [...subjects.slice(0, 5), `+${subjects.length - 5}`] : subjects;
    return wrap(`${finding.code} ${named.join(' ')}: ${findingText(finding, language)}`, width, '    ');
  });
}

function writeFindings(findings: readonly Finding[], context: Context): void {
  if (findings.length === 0) return;
  process.stderr.write(`${word('findings', context.language)}\n`);
  for (const line of findingLines(findings, context.language, 98))
    process.stderr.write(`  ${printable(line)}\n`);
}

export function csvText(sheet: Sheet): string {
  const rows = sheet.rows.map((row) =>
    Object.values(row).map((cell) => (typeof cell === 'number' && Number.isNaN(cell) ? '' : harmless(cell))),
  );
  return stringify([Object.keys(sheet.rows[0] ?? {}), ...rows], {
    cast: { number: String, boolean: String },
  });
}

export async function workbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  // Loaded only when asked for: it is the largest library here.
  const XLSX = await import('@e965/xlsx');
  const book = XLSX.utils.book_new();
  for (const { name, rows } of sheets) {
    const cells = rows.map((row) => Object.values(row).map(cellOf));
    // A code such as 000688 must stay text; aoa_to_sheet keeps the types it is given.
    const table = XLSX.utils.aoa_to_sheet([Object.keys(rows[0] ?? {}), ...cells]);
    // Excel keeps the name for itself, however it is written.
    XLSX.utils.book_append_sheet(book, table, /^history$/i.test(name) ? `${name} 1` : name);
  }
  return new Uint8Array(
    XLSX.write(book, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer,
  );
}

/** Longest text that Excel takes in a cell. */
const LONGEST_CELL = 32_767;

function cellOf(cell: ExportRow[string]): ExportRow[string] {
  if (typeof cell === 'string') return (harmless(cell) as string).slice(0, LONGEST_CELL);
  return typeof cell === 'number' && !Number.isFinite(cell) ? null : cell;
}

/** How a spreadsheet knows a formula; Chinese and Japanese ones take the full-width signs too. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/u;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A name such as `=HYPERLINK(...)` is text to us and must stay text in a spreadsheet: an apostrophe says so. */
function harmless(cell: ExportRow[string]): ExportRow[string] {
  return typeof cell === 'string' && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}
