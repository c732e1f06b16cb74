/** A table that a page shows, as CSV, workbook or Parquet: sorted and filtered as its reader left it. */
import { Type, type Static } from 'typebox';
import { csvText, workbook, type ExportRow } from '../../cli/output.js';
import { parquetBytes } from '../../data/parquetTable.js';
import { inputError } from '../http/failures.js';
import { STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { TABLE_TYPES } from '../http/tables.js';

const Cell = Type.Union([Type.String({ maxLength: 32_767 }), Type.Number(), Type.Boolean(), Type.Null()]);

const TableBody = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9 -]{0,30}$', description: 'name of the sheet' }),
    columns: Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { minItems: 1, maxItems: 100 }),
    rows: Type.Array(Type.Array(Cell, { maxItems: 100 }), { maxItems: 100_000 }),
  },
  STRICT,
);

const FormatQuery = Type.Object({ format: Type.Enum(['csv', 'xlsx', 'parquet']) }, STRICT);

/** 5,500 securities with a dozen columns are about 2 MiB. */
const BODY_BYTES = 32 << 20;

export function tablesRoute(app: App): void {
  app.post(
    '/tables',
    {
      bodyLimit: BODY_BYTES,
      schema: {
        tags: ['data'],
        summary: 'Turns rows into a CSV, xlsx or Parquet file',
        querystring: FormatQuery,
        body: TableBody,
        response: { 200: Type.String({ description: 'the file' }) },
      },
    },
    async (request, reply) => {
      const { format } = request.query;
      const bytes = await fileOf(format, request.body);
      const name = `${request.body.name.replaceAll(' ', '-')}.${format}`;
      return reply
        .header('content-type', TABLE_TYPES[format])
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(bytes);
    },
  );
}

async function fileOf(
  format: Static<typeof FormatQuery>['format'],
  { name, columns, rows: cells }: Static<typeof TableBody>,
): Promise<Buffer> {
  refuseTwins(columns);
  const rows = cells.map((row): ExportRow =>
    Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])),
  );
  if (format === 'csv') return Buffer.from(csvText({ name, rows }));
  if (format === 'xlsx') return Buffer.from(await workbook([{ name, rows }]));
  return parquetBytes(ofOneType(rows, columns));
}

/** Parquet tells columns apart without regard to case. */
function refuseTwins(columns: readonly string[]): void {
  const seen = new Set<string>();
  for (const column of columns) {
    const name = column.toLowerCase();
    if (seen.has(name))
      throw inputError('invalid_argument', 'two columns have one name', {
        path: 'columns',
        value: column,
        expected: 'names that differ by more than case',
      });
    seen.add(name);
  }
}

/** A column of Parquet has one type: one that holds several is written as text. */
function ofOneType(rows: readonly ExportRow[], columns: readonly string[]): readonly ExportRow[] {
  const mixed = columns.filter(
    (column) => new Set(rows.flatMap((row) => (row[column] === null ? [] : [typeof row[column]]))).size > 1,
  );
  if (mixed.length === 0) return rows;
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(mixed.map((column) => [column, row[column] === null ? null : String(row[column])])),
  }));
}
