/**
 * Long work beside the server: jobs wait in order, each runs in a process of its own, its result is kept by the hash of
 * all that went into it. The same work asked for twice is done once.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENGINE_VERSION, OperationalError, Refusal } from '../../core/index.js';
import { failureDocument, type FailureDocument } from '../../cli/errors.js';
import { ioError } from '../../data/files.js';
import type { IndexLibrary, LibraryFolders } from '../library/indexLibrary.js';
import type { JobOrder, JobReport } from './messages.js';
import type { JobRecord, JobRecords } from './records.js';

export interface Job extends JobRecord {
  /** 0 to 1. */
  readonly fraction: number;
  /** From the speed so far; `undefined` before there is one. */
  readonly secondsLeft: number | undefined;
}

export interface JobQueue {
  /** @throws Refusal `queue_full` */
  readonly add: (kind: string, parameters: Readonly<Record<string, unknown>>) => Promise<Job>;
  readonly list: () => Job[];
  readonly get: (id: string) => Job | undefined;
  /** The document of a job that is done. @throws OperationalError `result_gone` */
  readonly result: (job: Job) => Promise<Buffer>;
  /** @returns the job as it is afterwards */
  readonly cancel: (id: string) => Job | undefined;
  /** Calls back at every change of a job. @returns how to stop listening */
  readonly listen: (id: string, listener: (job: Job) => void) => () => void;
  readonly counts: () => { readonly running: number; readonly waiting: number };
  /** Kills what runs; nothing new is started. */
  readonly stop: () => void;
}

interface QueueOptions {
  readonly records: JobRecords;
  readonly library: IndexLibrary;
  readonly folders: LibraryFolders;
  /** Compiled program of a job's process. */
  readonly program: string;
  readonly atOnce: number;
  /** Milliseconds of the clock on the wall. */
  readonly now: () => number;
}

const MOST_WAITING = 200;
const MOST_RESULTS = 500;

interface Running {
  readonly child: ChildProcess;
  readonly startedMs: number;
  fraction: number;
}

export function jobQueue(options: QueueOptions): JobQueue {
  const queue = new Queue(options);
  return {
    add: (kind, parameters) => queue.add(kind, parameters),
    list: () => options.records.list().map((record) => queue.jobOf(record)),
    get: (id) => queue.get(id),
    result: (job) => queue.result(job),
    cancel: (id) => queue.cancel(id),
    listen: (id, listener) => queue.listen(id, listener),
    counts: () => queue.counts(),
    stop: () => queue.stop(),
  };
}

class Queue {
  private readonly waiting: JobRecord[] = [];
  private readonly running = new Map<string, Running>();
  private readonly listeners = new Map<string, Set<(job: Job) => void>>();
  private stopped = false;

  constructor(private readonly options: QueueOptions) {
    const failure = failureDocument(
      new OperationalError(
        'interrupted',
        'the server was stopped while this job waited or ran; ask for it again',
        true,
      ),
    );
    options.records.interrupted(failure, options.now());
    dropOldResults(this.folder());
  }

  async add(kind: string, parameters: Readonly<Record<string, unknown>>): Promise<Job> {
    const resultKey = await this.keyOf(kind, parameters);
    const same = [...this.waiting, ...this.runningRecords()].find((record) => record.resultKey === resultKey);
    if (same !== undefined) return this.jobOf(same);
    const createdMs = this.options.now();
    const record: JobRecord = {
      id: randomUUID(),
      kind,
      parameters,
      resultKey,
      state: 'waiting',
      failure: undefined,
      createdMs,
      endedMs: undefined,
    };
    if (existsSync(this.fileOf(record))) return this.change({ ...record, state: 'done', endedMs: createdMs });
    if (this.waiting.length >= MOST_WAITING) {
      throw new Refusal('queue_full', `${MOST_WAITING} jobs wait already; cancel some, or ask again later`, {
        waiting: MOST_WAITING,
      });
    }
    this.waiting.push(record);
    const job = this.change(record);
    // After the answer to whoever asked.
    setImmediate(() => this.startNext());
    return job;
  }

  get(id: string): Job | undefined {
    const record = this.options.records.get(id);
    return record === undefined ? undefined : this.jobOf(record);
  }

  jobOf(record: JobRecord): Job {
    const running = this.running.get(record.id);
    const fraction = running?.fraction ?? (record.state === 'done' ? 1 : 0);
    const elapsedSeconds = running === undefined ? 0 : (this.options.now() - running.startedMs) / 1000;
    const secondsLeft =
      fraction > 0 && fraction < 1 ? (elapsedSeconds * (1 - fraction)) / fraction : undefined;
    return { ...record, fraction, secondsLeft };
  }

  async result(job: Job): Promise<Buffer> {
    try {
      return await readFile(this.fileOf(job));
    } catch {
      throw new OperationalError(
        'result_gone',
        'the result of this job has been deleted; ask for the job again',
        false,
      );
    }
  }

  cancel(id: string): Job | undefined {
    const job = this.get(id);
    if (job === undefined || job.endedMs !== undefined) return job;
    const at = this.waiting.findIndex((record) => record.id === id);
    if (at >= 0) this.waiting.splice(at, 1);
    const running = this.running.get(id);
    // Recorded first: the end of the process then finds a job that has ended.
    const cancelled = this.change({ ...job, state: 'cancelled', endedMs: this.options.now() });
    running?.child.kill('SIGKILL');
    return cancelled;
  }

  listen(id: string, listener: (job: Job) => void): () => void {
    const listeners = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(id);
    };
  }

  counts(): { running: number; waiting: number } {
    return { running: this.running.size, waiting: this.waiting.length };
  }

  stop(): void {
    this.stopped = true;
    for (const { child } of this.running.values()) child.kill('SIGKILL');
  }

  private runningRecords(): JobRecord[] {
    return [...this.running.keys()].flatMap((id) => this.options.records.get(id) ?? []);
  }

  private startNext(): void {
    if (this.stopped || this.running.size >= this.options.atOnce) return;
    const record = this.waiting.shift();
    if (record === undefined) return;
    this.start(record);
    this.startNext();
  }

  private start(record: JobRecord): void {
    const { program, folders, now } = this.options;
    const child = fork(program, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const running: Running = { child, startedMs: now(), fraction: 0 };
    this.running.set(record.id, running);
    let failure: FailureDocument | undefined;
    let done = false;
    child.on('message', (message: JobReport) => {
      if (message.event === 'failed') failure = message.failure;
      if (message.event === 'done') done = true;
      if (message.event !== 'progress') return;
      running.fraction = message.fraction;
      this.tell(record.id);
    });
    const end = (): void => {
      if (!this.running.delete(record.id)) return;
      if (!this.stopped && this.options.records.get(record.id)?.endedMs === undefined)
        this.ended(record, done, failure);
      this.startNext();
    };
    child.on('error', end);
    child.on('exit', end);
    this.change({ ...record, state: 'running' });
    const order: JobOrder = {
      kind: record.kind,
      parameters: record.parameters,
      folders,
      resultFile: this.fileOf(record),
    };
    // A process that could not be started says so by its end.
    child.send(order, () => undefined);
  }

  private ended(record: JobRecord, done: boolean, failure: FailureDocument | undefined): void {
    const endedMs = this.options.now();
    if (done) {
      this.change({ ...record, state: 'done', endedMs });
      return;
    }
    const died = new OperationalError(
      'job_died',
      'the process of this job ended before it was done (memory?)',
      true,
    );
    this.change({ ...record, state: 'failed', failure: failure ?? failureDocument(died), endedMs });
  }

  private change(record: JobRecord): Job {
    this.options.records.put(record);
    this.tell(record.id);
    return this.jobOf(record);
  }

  private tell(id: string): void {
    const listeners = this.listeners.get(id);
    const job = listeners === undefined ? undefined : this.get(id);
    if (job !== undefined) for (const listener of listeners ?? []) listener(job);
  }

  /** Where a result is kept. Its name is a hash, so nothing from outside is in the path. */
  private fileOf({ resultKey }: JobRecord): string {
    return join(this.folder(), `${resultKey}.json`);
  }

  private folder(): string {
    const folder = join(this.options.folders.data, 'jobs');
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw ioError(error, folder);
    }
    return folder;
  }

  private async keyOf(kind: string, parameters: Readonly<Record<string, unknown>>): Promise<string> {
    const ordered = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const parts = [kind, ordered, ENGINE_VERSION, await this.options.library.fingerprint()];
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  }
}

/** The oldest results go, and so does what killed processes left half written. */
function dropOldResults(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const ages = new Map(files.map((file) => [file, statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0]));
  const newestFirst = files.toSorted((a, b) => (ages.get(b) ?? 0) - (ages.get(a) ?? 0));
  for (const file of newestFirst.slice(MOST_RESULTS)) rmSync(file, { force: true });
}
