/** Jobs as they are kept in the state: those of the past are listed after a restart. */
import type { FailureDocument } from '../../cli/errors.js';
import { stateFailures, type Connection } from '../../data/sqlite.js';

type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export interface JobRecord {
  readonly id: string;
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Hash of kind, parameters, data and engine: the same work has the same result. */
  readonly resultKey: string;
  readonly state: JobState;
  readonly failure: FailureDocument | undefined;
  readonly createdMs: number;
  readonly endedMs: number | undefined;
}

export interface JobRecords {
  /** Newest first. */
  readonly list: () => JobRecord[];
  readonly get: (id: string) => JobRecord | undefined;
  readonly put: (record: JobRecord) => void;
  /** Ends the jobs that a server left waiting or running which is no more. */
  readonly interrupted: (failure: FailureDocument, nowMs: number) => void;
}

const MOST_RECORDS = 1_000;

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly parameters: string;
  readonly result_key: string;
  readonly state: JobState;
  readonly failure: string | null;
  readonly created_ms: number;
  readonly ended_ms: number | null;
}

const COLUMNS = 'id, kind, parameters, result_key, state, failure, created_ms, ended_ms';

/** @param isRunning whether another server of that process number still lives */
export function jobRecords(connection: Connection, isRunning: (pid: number) => boolean): JobRecords {
  const all = connection.prepare(
    `SELECT ${COLUMNS} FROM jobs ORDER BY created_ms DESC, id LIMIT ${MOST_RECORDS}`,
  );
  const one = connection.prepare(`SELECT ${COLUMNS} FROM jobs WHERE id = ?`);
  const write = connection.prepare(
    `INSERT INTO jobs (${COLUMNS}, server_pid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, failure = excluded.failure, ended_ms = excluded.ended_ms`,
  );
  const prune = connection.prepare(
    `DELETE FROM jobs WHERE ended_ms IS NOT NULL AND id NOT IN (SELECT id FROM jobs ORDER BY created_ms DESC LIMIT ${MOST_RECORDS})`,
  );
  const interrupt = connection.prepare(
    `UPDATE jobs SET state = 'failed', failure = ?, ended_ms = ? WHERE server_pid = ? AND state IN ('waiting', 'running')`,
  );
  const open = connection.prepare(
    `SELECT DISTINCT server_pid AS pid FROM jobs WHERE state IN ('waiting', 'running')`,
  );
  const guarded = <T>(work: () => T): T => stateFailures('the state of the workbench', work);
  return {
    list: () => (guarded(() => all.all()) as Row[]).map(recordOf),
    get: (id) => (guarded(() => one.all(id)) as Row[]).map(recordOf)[0],
    put: ({ id, kind, parameters, resultKey, state, failure, createdMs, endedMs }) => {
      const cells = [id, kind, JSON.stringify(parameters), resultKey, state];
      const failed = failure === undefined ? null : JSON.stringify(failure);
      guarded(() => {
        write.run(...cells, failed, createdMs, endedMs ?? null, process.pid);
        if (endedMs !== undefined) prune.run();
      });
    },
    interrupted: (failure, nowMs) =>
      guarded(() => {
        for (const { pid } of open.all() as { pid: number }[]) {
          // A number may have been given out again, and to this very process.
          if (pid === process.pid || !isRunning(pid)) interrupt.run(JSON.stringify(failure), nowMs, pid);
        }
      }),
  };
}

const recordOf = (row: Row): JobRecord => ({
  id: row.id,
  kind: row.kind,
  parameters: JSON.parse(row.parameters) as JobRecord['parameters'],
  resultKey: row.result_key,
  state: row.state,
  failure: row.failure === null ? undefined : (JSON.parse(row.failure) as FailureDocument),
  createdMs: row.created_ms,
  endedMs: row.ended_ms ?? undefined,
});
