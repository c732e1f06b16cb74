/**
 * What a person keeps: watchlists, alerts, what-ifs, preferences. The client chooses the id, so a request sent twice
 * does no harm; an entity tag keeps two pages from overwriting each other.
 */
import { Type, type TSchema } from 'typebox';
import { inputError } from '../http/failures.js';
import { Amount, ClientId, IndexParams, SecurityCode, STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import type { Services } from '../services.js';
import type { Collection, Documents, Expected, StoredDocument } from '../state/documents.js';
import { WhatIf } from './whatIf.js';

const name = Type.String({ minLength: 1, maxLength: 120 });
const note = Type.Optional(Type.String({ maxLength: 2_000 }));

const WatchlistBody = Type.Object(
  {
    name,
    note,
    securities: Type.Array(SecurityCode, { maxItems: 1_000 }),
    indices: Type.Optional(Type.Array(IndexParams.properties.id, { maxItems: 100 })),
  },
  STRICT,
);

const AlertBody = Type.Object(
  {
    name,
    note,
    enabled: Type.Boolean(),
    condition: Type.Union([
      Type.Object(
        {
          kind: Type.Literal('room-to-cap'),
          index: IndexParams.properties.id,
          security: SecurityCode,
          below: Type.Number({ minimum: -1, maximum: 1 }),
        },
        STRICT,
      ),
      Type.Object(
        {
          kind: Type.Literal('sessions-left'),
          index: IndexParams.properties.id,
          date: Type.Enum(['cutoff', 'announcement', 'pricing', 'effective']),
          sessions: Type.Integer({ minimum: 0, maximum: 250 }),
        },
        STRICT,
      ),
      Type.Object(
        {
          kind: Type.Literal('flow-value'),
          index: IndexParams.properties.id,
          security: SecurityCode,
          above: Amount,
        },
        STRICT,
      ),
      Type.Object(
        {
          kind: Type.Literal('probability'),
          index: IndexParams.properties.id,
          security: SecurityCode,
          of: Type.Enum(['in', 'out', 'capped'], { description: 'after the next review, or at its pricing' }),
          above: Type.Number({ minimum: 0, maximum: 1 }),
        },
        STRICT,
      ),
    ]),
  },
  STRICT,
);

const WhatIfBody = Type.Object({ name, note, request: WhatIf }, STRICT);

const PreferencesBody = Type.Object(
  {
    language: Type.Optional(Type.Enum(['en', 'zh'])),
    theme: Type.Optional(Type.Enum(['light', 'dark', 'system'])),
    rising: Type.Optional(Type.Enum(['red', 'green'], { description: 'colour of a rise' })),
    knownAt: Type.Optional(Type.Union([Type.Null(), Type.String({ format: 'date' })])),
    pages: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), { maxProperties: 200 })),
  },
  STRICT,
);

/** Preferences are one document. */
const PREFERENCES_ID = 'mine';

const DocumentParams = Type.Object({ id: ClientId }, STRICT);
const StoredSchema = Type.Object({}, { additionalProperties: true });

export function documentRoutes(app: App, { documents }: Services): void {
  collectionRoutes(app, documents, 'watchlists', WatchlistBody);
  collectionRoutes(app, documents, 'alerts', AlertBody);
  collectionRoutes(app, documents, 'whatifs', WhatIfBody);
  preferencesRoutes(app, documents);
}

function collectionRoutes(app: App, documents: Documents, collection: Collection, body: TSchema): void {
  const tags = ['kept'];
  app.get(
    `/${collection}`,
    { schema: { tags, summary: `All ${collection}`, response: { 200: StoredSchema } } },
    async () => ({ [collection]: documents.list(collection).map(storedJson) }),
  );
  app.get(
    `/${collection}/:id`,
    {
      schema: {
        tags,
        summary: `One of ${collection}`,
        params: DocumentParams,
        response: { 200: StoredSchema },
      },
    },
    async (request, reply) => {
      const found = documents.get(collection, request.params.id);
      if (found === undefined) throw unknown(collection, request.params.id);
      return reply.header('etag', tagOf(found)).send(storedJson(found));
    },
  );
  app.put(
    `/${collection}/:id`,
    {
      schema: {
        tags,
        summary: `Writes one of ${collection}`,
        params: DocumentParams,
        body,
        response: { 200: StoredSchema, 201: StoredSchema },
      },
    },
    async (request, reply) => {
      const written = request.body as Record<string, unknown>;
      const { document, created } = documents.put(
        collection,
        request.params.id,
        written,
        expectedBy(request.headers),
      );
      return reply
        .code(created ? 201 : 200)
        .header('etag', tagOf(document))
        .send(storedJson(document));
    },
  );
  app.delete(
    `/${collection}/:id`,
    {
      schema: {
        tags,
        summary: `Deletes one of ${collection}; also when it is gone already`,
        params: DocumentParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      documents.remove(collection, request.params.id, expectedBy(request.headers));
      return reply.code(204).send();
    },
  );
}

function preferencesRoutes(app: App, documents: Documents): void {
  const tags = ['kept'];
  app.get(
    '/preferences',
    {
      schema: {
        tags,
        summary: 'Preferences; revision 0 before the first were written',
        response: { 200: StoredSchema },
      },
    },
    async (_, reply) => {
      const found = documents.get('preferences', PREFERENCES_ID) ?? {
        id: PREFERENCES_ID,
        revision: 0,
        changedMs: 0,
        body: {},
      };
      return reply.header('etag', tagOf(found)).send(storedJson(found));
    },
  );
  app.put(
    '/preferences',
    {
      schema: {
        tags,
        summary: 'Writes the preferences whole',
        body: PreferencesBody,
        response: { 200: StoredSchema, 201: StoredSchema },
      },
    },
    async (request, reply) => {
      const { document, created } = documents.put(
        'preferences',
        PREFERENCES_ID,
        request.body,
        expectedBy(request.headers),
      );
      return reply
        .code(created ? 201 : 200)
        .header('etag', tagOf(document))
        .send(storedJson(document));
    },
  );
}

const tagOf = ({ revision }: StoredDocument): string => `"${revision}"`;

const storedJson = ({ id, revision, changedMs, body }: StoredDocument) => ({
  id,
  revision,
  changed: changedMs === 0 ? null : new Date(changedMs).toISOString(),
  body,
});

/** `If-Match: "3"` edits that revision only, `If-None-Match: *` creates only, neither takes what comes. */
function expectedBy(headers: Readonly<Record<string, string | string[] | undefined>>): Expected {
  const match = headers['if-match'];
  if (match === undefined) return headers['if-none-match'] === '*' ? 'none' : 'any';
  const revision = /^"(\d{1,15})"$/.exec(String(match))?.[1];
  if (revision === undefined) {
    throw inputError('invalid_argument', 'the entity tag cannot be used', {
      path: 'if-match',
      value: String(match).slice(0, 80),
      expected: 'the etag of the document as it was read, such as "3"',
    });
  }
  return Number(revision) === 0 ? 'none' : Number(revision);
}

const unknown = (collection: Collection, id: string): Error =>
  inputError('unknown_document', `${collection} holds no such document`, {
    path: 'id',
    value: id,
    expected: `an id of /api/v1/${collection}`,
  });
