/**
 * CSV files as tables: a description of the columns goes in, the good rows and every issue come out. The
 * file is streamed; memory is bounded by the rows that are kept and by `MAX_RECORD_BYTES`.
 *
 * A wrong value costs its row and reading goes on. A wrong header costs all rows. A fault in the text itself
 * (encoding, quotes, a line without end) ends the reading there, because what follows cannot be trusted to
 * be cut into values at the right places.
 */
import { pipeline } from 'node:stream/promises';
import { CsvError, parse, type Info } from 'csv-parse';
import type { Issue } from '../core/base/errors.js';
import { issueList, type FileIssue } from './csvIssues.js';
import { tableReader, type Columns, type Table } from './csvTable.js';
import { lineTooLong, MAX_RECORD_BYTES, textBlocks, type Encoding } from './csvText.js';

export {
  bad,
  good,
  isoDay,
  nonNegativeNumber,
  oneOf,
  optional,
  positiveNumber,
  positiveQuantity,
  required,
  signedNumber,
  text,
  wholeNumber,
} from './csvColumns.js';
export type { ParseText } from './csvColumns.js';
export { refuseIssues } from './csvIssues.js';
export type { Encoding } from './csvText.js';

/** A description of a table, its types worked out from its columns. */
export const tableOf = <C extends Columns, Row>(table: Table<C, Row>): Table<C, Row> => table;

export interface CsvSource {
  readonly file: string;
  /** UTF-8 unless told otherwise; never guessed. */
  readonly encoding?: Encoding;
}

export interface CsvResult<Row> {
  readonly rows: Row[];
  readonly issues: Issue[];
}

/**
 * Reads a table. The header line is required, columns come in any order, columns not in the table and blank
 * lines are passed over, values are trimmed, line ends inside quotes become `\n`.
 *
 * @throws InputError `file_not_found`, `not_a_file`.
 * @throws OperationalError when the file cannot be read.
 */
export async function readCsv<C extends Columns, Row>(
  source: CsvSource,
  table: Table<C, Row>,
): Promise<CsvResult<Row>> {
  const issues = issueList(source.file);
  const reader = tableReader(table, issues);
  let last: Progress = { lines: 0, empty_lines: 0 };
  const parser = parse({
    bom: true,
    columns: false,
    max_record_size: MAX_RECORD_BYTES,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    // Records are taken here and not from the stream: a failing stream drops what it has queued, and good
    // rows before a fault must not be lost.
    on_record: (record, { lines, empty_lines }) => {
      reader.take(record, lines);
      last = { lines, empty_lines };
      return null;
    },
  });
  try {
    const blocks = textBlocks(source.file, source.encoding ?? 'utf-8', issues.stop);
    await pipeline(blocks, parser.resume());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    issues.stop(quoteFault(error, last, parser.info));
  }
  const rows = reader.finish();
  return { rows, issues: issues.all() };
}

/** How far csv-parse is: the line it is on, and the empty lines passed over so far. */
type Progress = Pick<Info, 'lines' | 'empty_lines'>;

/**
 * What csv-parse could not cut into values. A record that goes on over several lines until something in it
 * is wrong is taken for a quote that was never closed, and reported where it begins.
 */
function quoteFault({ code }: CsvError, last: Progress, now: Progress): FileIssue {
  const begins = last.lines + 1 + now.empty_lines - last.empty_lines;
  if (code === 'CSV_QUOTE_NOT_CLOSED' || now.lines > begins) return unclosedQuote(begins);
  return code === 'CSV_MAX_RECORD_SIZE' ? lineTooLong(begins) : strayQuote(begins);
}

const unclosedQuote = (line: number): FileIssue => ({
  code: 'unclosed_quote',
  path: '',
  line,
  expected: `a closing quote for the one opened in line ${line}; nothing from there on was read`,
});

const strayQuote = (line: number): FileIssue => ({
  code: 'stray_quote',
  path: '',
  line,
  expected:
    'quotes around a whole value only, doubled inside it, as in "the ""big"" one"; ' +
    `nothing from line ${line} on was read`,
});
