/** Documents that a person keeps, by collection and by an id that the client chose; each edit counts up its revision. */
import { inputError } from '../http/failures.js';
import { stateFailures, type Connection } from '../../data/sqlite.js';

export type Collection = 'watchlists' | 'alerts' | 'whatifs' | 'preferences';

export interface StoredDocument {
  readonly id: string;
  readonly revision: number;
  readonly changedMs: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a writer knows of the document: any, none yet, or one revision. */
export type Expected = 'any' | 'none' | number;

export interface Documents {
  /** Ascending by id. */
  readonly list: (collection: Collection) => StoredDocument[];
  readonly get: (collection: Collection, id: string) => StoredDocument | undefined;
  /** Writes; the same body again changes nothing. @throws InputError `version_conflict`, `too_many_documents` */
  readonly put: (
    collection: Collection,
    id: string,
    body: Readonly<Record<string, unknown>>,
    expected: Expected,
  ) => { document: StoredDocument; created: boolean };
  /** @returns whether there was one */
  readonly remove: (collection: Collection, id: string, expected: Expected) => boolean;
}

const MOST_DOCUMENTS = 10_000;

interface Row {
  readonly id: string;
  readonly body: string;
  readonly revision: number;
  readonly changed_ms: number;
}

/** @param now milliseconds of the clock on the wall */
export function documentStore(connection: Connection, now: () => number): Documents {
  const all = connection.prepare(
    'SELECT id, body, revision, changed_ms FROM documents WHERE collection = ? ORDER BY id',
  );
  const one = connection.prepare(
    'SELECT id, body, revision, changed_ms FROM documents WHERE collection = ? AND id = ?',
  );
  const count = connection.prepare('SELECT count(*) AS n FROM documents WHERE collection = ?');
  const write = connection.prepare(
    `INSERT INTO documents (collection, id, body, revision, changed_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (collection, id) DO UPDATE SET body = excluded.body, revision = excluded.revision, changed_ms = excluded.changed_ms`,
  );
  const drop = connection.prepare('DELETE FROM documents WHERE collection = ? AND id = ?');
  const guarded = <T>(work: () => T): T => stateFailures('the state of the workbench', work);

  const get = (collection: Collection, id: string): StoredDocument | undefined => {
    const [row] = guarded(() => one.all(collection, id)) as Row[];
    return row === undefined ? undefined : documentOf(row);
  };

  return {
    list: (collection) => (guarded(() => all.all(collection)) as Row[]).map(documentOf),
    get,
    put(collection, id, body, expected) {
      const before = get(collection, id);
      refuseConflict(id, before, expected);
      if (before === undefined) {
        const [{ n }] = guarded(() => count.all(collection)) as { n: number }[];
        if (n >= MOST_DOCUMENTS) throw tooMany(collection);
      }
      const text = JSON.stringify(body);
      if (before !== undefined && JSON.stringify(before.body) === text)
        return { document: before, created: false };
      const document = { id, body, revision: (before?.revision ?? 0) + 1, changedMs: now() };
      guarded(() => write.run(collection, id, text, document.revision, document.changedMs));
      return { document, created: before === undefined };
    },
    remove(collection, id, expected) {
      const before = get(collection, id);
      if (before === undefined) return false;
      refuseConflict(id, before, expected);
      guarded(() => drop.run(collection, id));
      return true;
    },
  };
}

const documentOf = ({ id, body, revision, changed_ms: changedMs }: Row): StoredDocument => ({
  id,
  revision,
  changedMs,
  body: JSON.parse(body) as StoredDocument['body'],
});

function refuseConflict(id: string, before: StoredDocument | undefined, expected: Expected): void {
  if (expected === 'any') return;
  const held = before === undefined ? 'none' : before.revision;
  if (held === expected) return;
  throw inputError('version_conflict', `${id} has been changed by somebody else`, {
    path: 'if-match',
    value: String(expected),
    expected:
      before === undefined
        ? 'no entity tag: the document is not there'
        : `"${before.revision}", the revision held; read it and edit again`,
  });
}

const tooMany = (collection: Collection): Error =>
  inputError('too_many_documents', `${collection} holds ${MOST_DOCUMENTS} documents`, {
    path: 'id',
    expected: 'an id that is there already; delete one to make room',
  });
