/** Where numbers come from: every table with its rows, days and origins, every doubt about them, every import. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { OperationalError, type Finding } from '../../core/index.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute, type Table } from '../http/tables.js';
import { openParquet, type ParquetReader } from '../../data/parquet.js';
import type { Services } from '../services.js';

const Provenance = Type.Object({
  bundle: Type.String(),
  licence_note: Type.String(),
  origins: Type.Array(
    Type.Object({
      key: Type.String(),
      repository: Type.String(),
      commit: Type.String(),
      licence: Type.String(),
      gave: Type.String(),
    }),
  ),
  files: Type.Array(
    Type.Object({
      file: Type.String(),
      rows: Type.Integer(),
      sha256: Type.String(),
      columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
      /** Keys of `origins`, with spaces between. */
      origins: Type.String(),
    }),
  ),
});

const BUNDLES = ['cn-star', 'cn-universe', 'cn-fundamentals'];

export function dataRoutes(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/data',
    tag: 'data',
    summary: 'Tables loaded, their rows, days, origins and doubts; what was imported',
    answer: async () => dataTable(services),
  });
  app.get(
    '/data/events',
    {
      schema: {
        tags: ['data'],
        summary:
          'Server-sent events: `prices` after every import, when all that is shown should be read again',
        response: { 200: Type.String({ description: 'text/event-stream' }) },
      },
    },
    (_, reply) => {
      const tell = (): void => stream.send('prices', {});
      const stream = services.streams.open(reply, () => services.dataListeners.delete(tell));
      services.dataListeners.add(tell);
    },
  );
}

async function dataTable({ folders, imports }: Services): Promise<Table> {
  const bundles = await Promise.all(BUNDLES.map((bundle) => bundleOf(join(folders.datasets, bundle))));
  const imported = imports
    .list()
    .map(({ importedMs, ...entry }) => ({ ...entry, imported: new Date(importedMs).toISOString() }));
  const tables = bundles.flatMap(({ tables: own }) => own);
  return {
    json: {
      bundles: bundles.map(({ provenance: { bundle, licence_note: licence, origins } }) => ({
        bundle,
        licence,
        origins,
      })),
      tables,
      imports: imported,
      findings: bundles.flatMap(({ findings }) => findings),
    },
    sheets: [
      {
        name: 'tables',
        rows: tables,
      },
      { name: 'imports', rows: imported },
    ],
  };
}

async function bundleOf(folder: string) {
  const provenance = await readProvenance(join(folder, 'provenance.json'));
  const reader = await openParquet((table) => join(folder, `${table}.parquet`));
  try {
    const tables = [];
    const findings: Finding[] = [];
    for (const { file, rows, sha256, columns, origins } of provenance.files) {
      const table = file.replace('.parquet', '');
      const days = columns.filter(({ type }) => type === 'DATE').map(({ name }) => name);
      tables.push({
        bundle: provenance.bundle,
        table,
        rows,
        ...(await daysOf(reader, table, days)),
        origins,
        sha256,
      });
      if (columns.some(({ name }) => name === 'quality')) findings.push(...(await doubtsOf(reader, table)));
    }
    return { provenance, tables, findings };
  } finally {
    reader.close();
  }
}

async function readProvenance(file: string): Promise<Static<typeof Provenance>> {
  try {
    const document: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (Value.Check(Provenance, document)) return document;
  } catch {
    // Missing or no JSON: said below, as what is there but has another shape.
  }
  throw new OperationalError(
    'data_unreadable',
    'the provenance file of the data set is missing or damaged; run npm ci',
    false,
  );
}

/** First and last day over all day columns; `null` in a table without one. */
async function daysOf(
  reader: ParquetReader,
  table: string,
  days: readonly string[],
): Promise<{ from: string | null; to: string | null }> {
  if (days.length === 0) return { from: null, to: null };
  const least = days.map((day) => `min(${day})`).join(', ');
  const most = days.map((day) => `max(${day})`).join(', ');
  const { first, last } = await reader.query(
    `SELECT least(${least})::VARCHAR AS first, greatest(${most})::VARCHAR AS last FROM {${table}}`,
  );
  return { from: first[0] === null ? null : String(first[0]), to: last[0] === null ? null : String(last[0]) };
}

/** How many rows were not read as they stand, by how they came about. */
async function doubtsOf(reader: ParquetReader, table: string): Promise<Finding[]> {
  const { quality, rows } = await reader.query(
    `SELECT quality, count(*)::INTEGER AS rows FROM {${table}} WHERE quality NOT IN ('reported', 'observed') GROUP BY quality ORDER BY quality`,
  );
  return quality.map((kind, i) => ({
    code: `rows_${String(kind)}`,
    subject: table,
    message: `${String(rows[i])} rows of ${table} are ${String(kind)}`,
  }));
}
