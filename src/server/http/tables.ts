/** A result as HTTP sends it: the JSON document of the command line, or its tables as CSV, workbook or Parquet. */
import { createHash } from 'node:crypto';
import { Type, type Static, type TObject, type TProperties } from 'typebox';
import { jsonText } from '../../cli/json.js';
import { csvText, workbook, type Result } from '../../cli/output.js';
import { parquetBytes } from '../../data/parquetTable.js';
import type { Services } from '../services.js';
import type { Answer } from './cache.js';
import { STRICT } from './schemas.js';
import type { App } from './schemaTypes.js';

/** What a route computes: the document, and its tables; the first one is what CSV and Parquet hold. */
export interface Table extends Pick<Result, 'json' | 'sheets'> {
  /** JSON in one line, for documents too large to be read by eye. */
  readonly compact?: boolean;
  /** What has a form for paper as well. */
  readonly pdf?: () => Promise<Uint8Array>;
}

const FORMATS = ['json', 'csv', 'xlsx', 'parquet'] as const;
type Format = (typeof FORMATS)[number] | 'pdf';

const FORMAT = Type.Optional(Type.Enum([...FORMATS], { description: 'json unless told otherwise' }));
/** For what has a form for paper as well. */
const PAPER_FORMAT = Type.Optional(
  Type.Enum([...FORMATS, 'pdf'], { description: 'json unless told otherwise' }),
);

export const TABLE_TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
  pdf: 'application/pdf',
};

interface TableRoute<P extends TProperties, Q extends TProperties> {
  readonly url: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: TObject<P>;
  readonly query?: Q;
  /** Its tables have a `pdf`. */
  readonly paper?: boolean;
  readonly answer: (params: Static<TObject<P>>, query: Static<TObject<Q>>) => Promise<Table> | Table;
}

/** A GET whose result depends on nothing but its URL and the data: computed once, kept, sent with an entity tag. */
export function tableRoute<P extends TProperties, Q extends TProperties>(
  app: App,
  services: Services,
  { url, tag, summary, params, query, answer }: TableRoute<P, Q>,
): void {
  const querystring = Type.Object({ ...query, format: FORMAT }, STRICT);
  app.get(
    url,
    {
      schema: {
        tags: [tag],
        summary,
        querystring,
        ...(params === undefined ? {} : { params }),
        response: TABLE_RESPONSE,
      },
      // Before anything is parsed: a URL that was answered once is sound.
      onRequest: (request, reply, done) => {
        const known = services.cache.get(request.url);
        if (known === undefined) return done();
        sendAnswer(request.headers['if-none-match'], reply, known);
      },
    },
    async (request, reply) => {
      const asked = request.query as Static<TObject<Q>> & { format?: Format };
      const made = await services.cache.of(request.url, async () =>
        answerIn(asked.format ?? 'json', await answer(request.params as Static<TObject<P>>, asked), url),
      );
      return sendAnswer(request.headers['if-none-match'], reply, made);
    },
  );
}

/** A GET of what may change with every request: computed each time, sent with an entity tag. */
export function freshTableRoute<P extends TProperties, Q extends TProperties>(
  app: App,
  { url, tag, summary, params, query, paper, answer }: TableRoute<P, Q>,
): void {
  const schema = {
    tags: [tag],
    summary,
    querystring: Type.Object({ ...query, format: paper === true ? PAPER_FORMAT : FORMAT }, STRICT),
    ...(params === undefined ? {} : { params }),
    response: TABLE_RESPONSE,
  };
  app.get(url, { schema }, async (request, reply) => {
    const asked = request.query as Static<TObject<Q>> & { format?: Format };
    const table = await answer(request.params as Static<TObject<P>>, asked);
    const made = await answerIn(asked.format ?? 'json', table, url);
    return sendAnswer(request.headers['if-none-match'], reply, made);
  });
}

const TABLE_RESPONSE = {
  200: Type.Object(
    {},
    { additionalProperties: true, description: 'the result, with provenance and findings' },
  ),
} as const;

async function answerIn(format: Format, table: Table, url: string): Promise<Answer> {
  const body = await bytesIn(format, table);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const name = url.split('/').findLast((part) => !part.startsWith(':') && part !== '') ?? 'table';
  return {
    body,
    type: TABLE_TYPES[format],
    etag,
    ...(format === 'json' ? {} : { fileName: `${name}.${format}` }),
  };
}

async function bytesIn(format: Format, { json, sheets, compact, pdf }: Table): Promise<Buffer> {
  if (format === 'csv') return Buffer.from(csvText(sheets[0]));
  if (format === 'xlsx') return Buffer.from(await workbook(sheets));
  if (format === 'parquet') return parquetBytes(sheets[0].rows);
  if (format === 'pdf' && pdf !== undefined) return Buffer.from(await pdf());
  return Buffer.from(compact === true ? JSON.stringify(json) : jsonText(json));
}

interface Reply {
  statusCode: number;
  header: (name: string, value: string) => unknown;
  send: (payload?: Buffer) => unknown;
}

function sendAnswer<R extends Reply>(ifNoneMatch: string | undefined, reply: R, answer: Answer): R {
  reply.header('etag', answer.etag);
  reply.header('cache-control', 'no-cache');
  if (ifNoneMatch === answer.etag) {
    reply.statusCode = 304;
    reply.send();
    return reply;
  }
  reply.header('content-type', answer.type);
  if (answer.fileName !== undefined) {
    reply.header('content-disposition', `attachment; filename="${answer.fileName}"`);
  }
  reply.send(answer.body);
  return reply;
}
