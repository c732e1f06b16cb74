/**
 * One process at a time: a file that exists while somebody works, with the number of that process in it. A
 * process that was killed leaves its file behind; the next one sees that nobody of that number runs and goes on.
 */
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { OperationalError } from '../core/index.js';
import { errnoOf, ioError } from './files.js';

const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;
/** A file still empty after this long was left by a process killed before it could write. */
const LONGEST_START_MS = 5_000;
const NOBODY = 0;

/**
 * Runs the work while holding the lock, after waiting for whoever holds it.
 * @throws OperationalError `file_busy` when it was held all the time
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  for (let waited = 0; !(await taken(path)); waited += PAUSE_MS) {
    if (waited >= PATIENCE_MS) {
      const remedy = 'another import is at work; if none is, delete this file';
      throw new OperationalError('file_busy', `${path}: ${remedy}`, true);
    }
    await dropStale(path);
    await setTimeout(PAUSE_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** Creates the file; false when it is there already. */
async function taken(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw ioError(error, path);
  }
}

/** Removes the file of a process that no longer runs. By renaming, so that of two who try one succeeds. */
async function dropStale(path: string): Promise<void> {
  const holder = await holderOf(path);
  if (holder === undefined || isRunning(holder)) return;
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
    // Between reading and renaming another process may have dropped the stale file and taken the lock.
    if ((await holderOf(aside)) === holder) await rm(aside, { force: true });
    else await rename(aside, path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw ioError(error, path);
  }
}

/** Number of the process in the file; `undefined` when there is no file or its process has yet to write it. */
async function holderOf(path: string): Promise<number | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    if (text !== '') return Number(text);
    const { mtimeMs } = await stat(path);
    return Date.now() - mtimeMs < LONGEST_START_MS ? undefined : NOBODY;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw ioError(error, path);
  }
}

/** Whether a process of that number lives, be it another person's. */
export function isRunning(holder: number): boolean {
  if (!Number.isSafeInteger(holder) || holder <= NOBODY) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}
