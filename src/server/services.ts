/** Everything the routes work with, as one value: no route reaches for anything that is not in it. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRunning } from '../data/lock.js';
import { openTradingStore, type TradingStore } from '../data/tradingStore.js';
import { answerCache, type AnswerCache } from './http/cache.js';
import type { TokenHash } from './http/access.js';
import { eventStreams, type EventStreams } from './http/eventStream.js';
import type { Rate } from './http/rateLimit.js';
import { jobQueue, type JobQueue } from './jobs/queue.js';
import { jobRecords } from './jobs/records.js';
import { companyLibrary, type CompanyLibrary } from './library/companies.js';
import { indexLibrary, type IndexLibrary } from './library/indexLibrary.js';
import { loadUniverse, type Universe } from './library/universe.js';
import { openDatabase } from './state/database.js';
import { documentStore, type Documents } from './state/documents.js';
import { importLog, type ImportLog } from './state/imports.js';
import { refusalLog, type RefusalLog } from './state/refusals.js';

export interface Folders {
  readonly rulebooks: string;
  /** Parent of `cn-star` and `cn-universe`. */
  readonly datasets: string;
  /** What a person imported, the state, results of jobs. Nothing is written anywhere else. */
  readonly data: string;
  /** Forecasts as published; only read. */
  readonly record: string;
  /** The built workbench; it need not be there. */
  readonly web: string;
}

interface Limits {
  readonly rate: Rate;
  readonly bodyBytes: number;
  readonly importBytes: number;
  readonly cacheBytes: number;
}

export interface Services {
  readonly folders: Folders;
  readonly limits: Limits;
  /** `undefined` on loopback. */
  readonly token: TokenHash | undefined;
  readonly library: IndexLibrary;
  readonly companies: CompanyLibrary;
  readonly universe: () => Promise<Universe>;
  readonly documents: Documents;
  readonly imports: ImportLog;
  readonly accounts: TradingStore;
  readonly refusals: RefusalLog;
  readonly jobs: JobQueue;
  readonly cache: AnswerCache;
  readonly streams: EventStreams;
  /** Called after every change of the data: pages that listen. */
  readonly dataListeners: Set<() => void>;
  /** Drops what was made from data that have changed since, and says so to who listens. */
  readonly refresh: () => void;
  /** Milliseconds of the clock on the wall. */
  readonly now: () => number;
  readonly close: () => void;
}

export interface ServiceOptions {
  readonly folders: Folders;
  readonly token?: TokenHash | undefined;
  readonly limits?: Partial<Limits>;
  /** Compiled program of a job's process. */
  readonly jobProgram?: string;
}

/** One person with many open pages stays far below; a script that runs wild does not stop the others. */
const LIMITS: Limits = {
  rate: { perSecond: 2_000, burst: 4_000 },
  bodyBytes: 1 << 20,
  importBytes: 64 << 20,
  cacheBytes: 64 << 20,
};

/** @throws OperationalError when the state cannot be opened */
export function openServices({ folders, token, limits, jobProgram }: ServiceOptions): Services {
  const now = (): number => Date.now();
  const all = { ...LIMITS, ...limits };
  const connection = openDatabase(folders.data);
  const libraryFolders = {
    rulebooks: folders.rulebooks,
    bundle: join(folders.datasets, 'cn-star'),
    data: folders.data,
  };
  const library = indexLibrary(libraryFolders);
  const jobs = jobQueue({
    records: jobRecords(connection, isRunning),
    library,
    folders: libraryFolders,
    program: jobProgram ?? fileURLToPath(new URL('./jobs/child.js', import.meta.url)),
    atOnce: Math.max(1, availableParallelism() - 1),
    now,
  });
  const accounts = openTradingStore(folders.data);
  const refusals = refusalLog(accounts);
  const cache = answerCache(all.cacheBytes);
  const dataListeners = new Set<() => void>();
  let universe: Promise<Universe> | undefined;
  return {
    folders,
    limits: all,
    token,
    library,
    companies: companyLibrary(folders.datasets, libraryFolders.bundle),
    universe: () => {
      universe ??= loadUniverse(join(folders.datasets, 'cn-universe'), libraryFolders.bundle);
      return universe;
    },
    documents: documentStore(connection, now),
    imports: importLog(connection, now),
    accounts,
    refusals,
    jobs,
    cache,
    streams: eventStreams(),
    dataListeners,
    refresh: () => {
      if (!library.refresh()) return;
      cache.clear();
      for (const tell of dataListeners) tell();
    },
    now,
    close: () => {
      jobs.stop();
      refusals.flush();
      accounts.close();
      connection.close();
    },
  };
}
