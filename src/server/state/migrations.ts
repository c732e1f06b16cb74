/**
 * The shape of the state, one step after another. A step that has been released is never changed; a new need is a new
 * step at the end. `PRAGMA user_version` says how many have been taken.
 */
export const MIGRATIONS: readonly string[] = [
  // 1: what a person keeps, as JSON documents; the revision counts the edits of one document.
  `CREATE TABLE documents (
     collection TEXT NOT NULL,
     id TEXT NOT NULL,
     body TEXT NOT NULL,
     revision INTEGER NOT NULL,
     changed_ms INTEGER NOT NULL,
     PRIMARY KEY (collection, id)
   ) STRICT, WITHOUT ROWID;`,
  // 2: jobs, with the process of the server that has them: one that ran when it was killed is not forgotten.
  `CREATE TABLE jobs (
     id TEXT PRIMARY KEY,
     kind TEXT NOT NULL,
     parameters TEXT NOT NULL,
     result_key TEXT NOT NULL,
     server_pid INTEGER NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
     failure TEXT,
     created_ms INTEGER NOT NULL,
     ended_ms INTEGER
   ) STRICT;
   CREATE INDEX jobs_by_age ON jobs (created_ms);`,
  // 3: what was imported and when.
  `CREATE TABLE imports (
     id INTEGER PRIMARY KEY,
     format TEXT NOT NULL,
     file_name TEXT NOT NULL,
     row_count INTEGER NOT NULL,
     first_day TEXT NOT NULL,
     last_day TEXT NOT NULL,
     imported_ms INTEGER NOT NULL
   ) STRICT;`,
];
