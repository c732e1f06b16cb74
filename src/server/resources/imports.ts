/** Imports: a price file sent as it is, read as the command line reads it; every problem is listed, none is half taken. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Type } from 'typebox';
import { formatDay, InputError } from '../../core/index.js';
import { loadListings } from '../../data/bundle.js';
import { refuseIssues } from '../../data/csv.js';
import { ioError } from '../../data/files.js';
import { addImportedCloses } from '../../data/importedCloses.js';
import { readPriceCsv } from '../../data/priceCsv.js';
import { inputError, tooLarge } from '../http/failures.js';
import { STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import type { Services } from '../services.js';

const MARKET = 'XSHG';
/** Stands in every issue instead of the place where the upload lies. */
const FILE_NAME = 'prices.csv';

const ImportQuery = Type.Object(
  {
    check: Type.Optional(Type.Boolean({ description: 'only check the file, write nothing' })),
    encoding: Type.Optional(
      Type.Enum(['utf-8', 'gb18030'], { description: 'utf-8 unless told otherwise; never guessed' }),
    ),
  },
  STRICT,
);

export function importRoutes(app: App, services: Services): void {
  app.register(async (own: App) => {
    own.removeAllContentTypeParsers();
    // Handed on as a stream: nothing of a large file is ever held in memory.
    own.addContentTypeParser('text/csv', (_, payload, done) => done(null, payload));
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
      async (request) => {
        const upload = request.body as Readable | undefined;
        if (upload === undefined)
          throw inputError('missing_value', 'there is no file', {
            path: 'body',
            expected: 'a CSV file as text/csv',
          });
        refuseCompressed(request.headers['content-encoding']);
        refuseLength(request.headers['content-length'], services.limits.importBytes);
        const { check, encoding } = request.query;
        return importUpload(services, upload, check === true, encoding ?? 'utf-8');
      },
    );
  });
}

/** A small file that unpacks into a large one gets no further than here. */
function refuseCompressed(encoding: string | undefined): void {
  if (encoding === undefined || encoding === 'identity') return;
  throw inputError('unsupported_media_type', `the file is compressed (${encoding.slice(0, 20)})`, {
    path: 'content-encoding',
    value: encoding.slice(0, 80),
    expected: 'a CSV file as it is',
  });
}

function refuseLength(length: string | undefined, limitBytes: number): void {
  if (Number(length ?? 0) > limitBytes) throw tooLarge(`the file is larger than ${limitBytes} bytes`);
}

async function importUpload(
  services: Services,
  upload: Readable,
  check: boolean,
  encoding: 'utf-8' | 'gb18030',
): Promise<object> {
  const { folders, limits, imports, refresh } = services;
  const scratch = await mkdtemp(join(tmpdir(), 'counterweight-'));
  try {
    const file = join(scratch, FILE_NAME);
    await receive(upload, file, limits.importBytes);
    const { securities, calendar } = await loadListings(join(folders.datasets, 'cn-star'), MARKET);
    const known = new Set(securities.map(({ id }) => id));
    const rows = await named(scratch, async () =>
      refuseIssues(file, await readPriceCsv(file, { known, calendar, encoding })),
    );
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
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Writes the upload down, and stops at the limit. @throws InputError `body_too_large` */
async function receive(upload: Readable, file: string, limitBytes: number): Promise<void> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done(bytes > limitBytes ? tooLarge(`the file is larger than ${limitBytes} bytes`) : null, chunk);
    },
  });
  try {
    await pipeline(upload, counted, createWriteStream(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') {
      throw inputError('upload_broken', 'the upload ended before its end', {
        path: 'body',
        expected: 'the whole file',
      });
    }
    throw ioError(error, 'the upload');
  }
}

/** Issues name the file as it was sent, not where it lay. */
async function named<T>(scratch: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const issues = error.issues.map((issue) => ({ ...issue, file: FILE_NAME }));
    throw new InputError(error.code, error.message.replaceAll(join(scratch, FILE_NAME), FILE_NAME), issues);
  }
}
