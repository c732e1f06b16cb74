/**
 * One table of a CSV file, record by record: the header says where each column stands, every further record
 * becomes a row or adds its issues. No files and no CSV syntax here; see `csv.ts` for both.
 */
import type { Column } from './csvColumns.js';
import { shown, type FileIssue, type IssueList } from './csvIssues.js';
import { nearest } from './nearest.js';

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** The parsed values of one line: `undefined` only where an optional column is absent or empty. */
type Fields<C extends Columns> = {
  readonly [Name in keyof C]: C[Name] extends Column<infer Value, infer Required>
    ? Required extends true
      ? Value
      : Value | undefined
    : never;
};

export interface Table<C extends Columns, Row> {
  /** By name. In a header, letter case and underscores do not matter: `marketCap` is also `Market_Cap`. */
  readonly columns: C;
  /** What may occur once only, and the columns it is made of; later rows with the same key are refused. */
  readonly key?: { readonly columns: readonly (keyof C & string)[]; readonly of: (row: Row) => string };
  readonly row: (fields: Fields<C>) => Row;
}

interface TableReader<Row> {
  /** One record of the file and the line it ends on. */
  readonly take: (record: readonly string[], endLine: number) => void;
  /** After the last record: the rows, with an issue added when there were none to read. */
  readonly finish: () => Row[];
}

/** Reads records into rows, adding to `issues`. */
export function tableReader<C extends Columns, Row>(
  table: Table<C, Row>,
  issues: IssueList,
): TableReader<Row> {
  const rows: Row[] = [];
  const firstLines = new Map<string, number>();
  let layout: Layout | 'none yet' | 'unusable' = 'none yet';
  let records = 0;

  const takeRow = (record: readonly string[], line: number, { places, width }: Layout): void => {
    if (record.length !== width) return issues.add(wrongColumnCount(record.length, width, line));
    const fields = parseFields(table.columns, places, record, line, issues);
    if (!fields) return;
    const row = table.row(fields);
    const duplicate = table.key && duplicateOf(table.key, row, record, places, line, firstLines);
    if (duplicate) issues.add(duplicate);
    else rows.push(row);
  };

  return {
    take: (record, endLine) => {
      const line = endLine - lineBreaksIn(record);
      // Spreadsheets leave lines of bare commas below a table.
      if (record.every((value) => value === '')) return;
      records++;
      if (layout === 'none yet') layout = readHeader(table.columns, record, line, issues) ?? 'unusable';
      else if (layout !== 'unusable') takeRow(record, line, layout);
    },
    finish: () => {
      if (records === 0 && !issues.stopped()) issues.add(EMPTY_FILE);
      if (records === 1 && !issues.any()) issues.add(NO_ROWS);
      return rows;
    },
  };
}

/** Where each column of the table stands in a record, and how many values a record must have. */
interface Layout {
  readonly places: ReadonlyMap<string, number>;
  readonly width: number;
}

/** The layout, or `undefined` after adding what is wrong with the header: all of it at once. */
function readHeader(
  columns: Columns,
  header: readonly string[],
  line: number,
  issues: IssueList,
): Layout | undefined {
  const separator = header.length === 1 ? /[;\t|，]/.exec(header[0])?.[0] : undefined;
  if (separator !== undefined && Object.keys(columns).length > 1) {
    issues.add(wrongSeparator(separator, header[0], line));
    return undefined;
  }
  const present = header.map(folded);
  const wanted = new Set(Object.keys(columns).map(folded));
  const others = header.filter((_, i) => !wanted.has(present[i]));
  const faults: FileIssue[] = [];
  const places = new Map<string, number>();
  for (const [name, column] of Object.entries(columns)) {
    const first = present.indexOf(folded(name));
    if (first < 0) {
      if (column.required) faults.push(missingColumn(name, others, line));
      continue;
    }
    places.set(name, first);
    const second = present.indexOf(folded(name), first + 1);
    if (second >= 0) faults.push(duplicateColumn(name, header[second], line));
  }
  for (const fault of faults) issues.add(fault);
  return faults.length === 0 ? { places, width: header.length } : undefined;
}

const folded = (name: string): string => name.toLowerCase().replaceAll('_', '');

/** The values of a line, or `undefined` after adding an issue for every wrong one. */
function parseFields<C extends Columns>(
  columns: C,
  places: ReadonlyMap<string, number>,
  record: readonly string[],
  line: number,
  issues: IssueList,
): Fields<C> | undefined {
  const fields: Record<string, unknown> = {};
  let whole = true;
  for (const name in columns) {
    const column = columns[name];
    const place = places.get(name);
    const written = place === undefined ? '' : record[place].trim();
    if (written !== '') {
      const parsed = column.parse(written);
      if (parsed.ok) fields[name] = parsed.value;
      else
        issues.add({ code: parsed.code, path: name, line, value: shown(written), expected: parsed.expected });
      whole &&= parsed.ok;
    } else if (column.required) {
      issues.add({ code: 'missing_value', path: name, line, value: '', expected: 'a value in every row' });
      whole = false;
    } else fields[name] = undefined;
  }
  // Every name of `columns` has been given what its own parser returned, or undefined where that is allowed.
  return whole ? (fields as Fields<C>) : undefined;
}

function duplicateOf<C extends Columns, Row>(
  key: NonNullable<Table<C, Row>['key']>,
  row: Row,
  record: readonly string[],
  places: ReadonlyMap<string, number>,
  line: number,
  firstLines: Map<string, number>,
): FileIssue | undefined {
  const once = key.of(row);
  const first = firstLines.get(once);
  if (first === undefined) {
    firstLines.set(once, line);
    return undefined;
  }
  const value = shown(key.columns.map((name) => record[places.get(name) ?? -1] ?? '').join(' '));
  const expected = `one row only; line ${first} has the same ${key.columns.join(' and ')}`;
  return { code: 'duplicate_row', path: key.columns.join(', '), line, value, expected };
}

function lineBreaksIn(record: readonly string[]): number {
  let breaks = 0;
  for (const value of record) {
    for (let at = value.indexOf('\n'); at >= 0; at = value.indexOf('\n', at + 1)) breaks++;
  }
  return breaks;
}

const EMPTY_FILE: FileIssue = {
  code: 'empty_file',
  path: '',
  expected: 'a header line and rows; the file is empty',
};
const NO_ROWS: FileIssue = { code: 'no_rows', path: '', expected: 'rows below the header; there are none' };

const wrongColumnCount = (count: number, width: number, line: number): FileIssue => ({
  code: 'wrong_column_count',
  path: '',
  line,
  value: count,
  expected: `${width} values, as in the header; a value with a comma in it needs quotes around it`,
});

const duplicateColumn = (name: string, written: string, line: number): FileIssue => ({
  code: 'duplicate_column',
  path: name,
  line,
  value: shown(written),
  expected: `one column named ${name}`,
});

const wrongSeparator = (separator: string, header: string, line: number): FileIssue => ({
  code: 'wrong_separator',
  path: '',
  line,
  value: shown(header),
  expected: `commas between the values; this file has ${JSON.stringify(separator)}`,
});

function missingColumn(name: string, others: readonly string[], line: number): FileIssue {
  const close = nearest(folded(name), others.map(folded));
  const meant = others.find((other) => folded(other) === close);
  const hint = meant === undefined ? '' : `; did you mean ${name} where it says ${shown(meant)}?`;
  return { code: 'missing_column', path: name, line, expected: `a column named ${name}${hint}` };
}
