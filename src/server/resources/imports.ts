/** Imports: a price file sent as it is, read as the command line reads it; every problem is listed, none is half taken. */
import { join } from 'node:path';
import { Type } from 'typebox';
import { formatDay } from '../../core/index.js';
import { loadListings } from '../../data/bundle.js';
import { refuseIssues } from '../../data/csv.js';
import { addImportedCloses } from '../../data/importedCloses.js';
import { readPriceCsv } from '../../data/priceCsv.js';
import { Encoding, STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { takeCsv, withUpload } from '../http/uploads.js';
import type { Services } from '../services.js';

const MARKET = 'XSHG';
/** Stands in every issue instead of the place where the upload lies. */
const FILE_NAME = 'prices.csv';

const ImportQuery = Type.Object(
  {
    check: Type.Optional(Type.Boolean({ description: 'only check the file, write nothing' })),
    encoding: Type.Optional(Encoding),
  },
  STRICT,
);

export function importRoutes(app: App, services: Services): void {
  app.register(async (own: App) => {
    takeCsv(own);
    own.post(
      '/imports/prices',
      {
        schema: {
          tags: ['data'],
          summary:
            'Closes from a CSV file (columns date, code, close, optional amount_cny) as the body, text/csv',
          consumes: ['text/csv'],
          querystring: ImportQuery,
          response: { 200: Type.Object({}, { additionalProperties: true }) },
        },
      },
      (request) => {
        const { check, encoding } = request.query;
        return withUpload(request, FILE_NAME, services.limits.importBytes, (file) =>
          importFile(services, file, check === true, encoding ?? 'utf-8'),
        );
      },
    );
  });
}

async function importFile(
  { folders, imports, refresh }: Services,
  file: string,
  check: boolean,
  encoding: 'utf-8' | 'gb18030',
): Promise<object> {
  const { securities, calendar } = await loadListings(join(folders.datasets, 'cn-star'), MARKET);
  const known = new Set(securities.map(({ id }) => id));
  const rows = refuseIssues(file, await readPriceCsv(file, { known, calendar, encoding }));
  const days = rows.map(({ day }) => day).toSorted((a, b) => a - b);
  const [from, to] = [formatDay(days[0]), formatDay(days[days.length - 1])];
  const held = check ? undefined : await addImportedCloses(folders.data, rows);
  if (held !== undefined) {
    imports.add({ format: 'prices', fileName: FILE_NAME, rows: rows.length, from, to });
    refresh();
  }
  return {
    format: 'prices',
    rows: rows.length,
    securities: new Set(rows.map(({ id }) => id)).size,
    from,
    to,
    written: held === undefined ? null : { rows: held },
    findings: [],
  };
}
