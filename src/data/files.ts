/**
 * Files as a whole: replaced in one step or not at all, and failures said in our own words.
 *
 * A reader of a file written here sees the old bytes or the new ones, never a mixture, also when the
 * process is killed or the machine loses power in between. The way there is the usual one: write a
 * temporary file beside the target, flush it, rename it over the target, flush the folder.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InputError, OperationalError } from '../core/base/errors.js';

/**
 * Replaces the file at `path` (or creates it), keeping the permissions of the one it replaces. A symbolic
 * link is replaced itself, not followed. A killed process can leave a `.<name>.*.tmp` beside the target.
 *
 * @throws InputError when the folder does not exist or `path` is a folder.
 * @throws OperationalError when the disk is full, the folder may not be written, and so on.
 */
export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  // Same folder, because a rename across file systems is a copy, and a copy can be seen half done.
  const temporary = join(folder, `.${basename(path)}.${process.pid}.${randomUUID()}.tmp`);
  try {
    await writeFlushed(temporary, content, await modeOf(path));
    await rename(temporary, path);
    await flushFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    // A folder that is there and still says so is one that takes no files, such as /proc.
    if (errnoOf(error) === 'ENOENT') throw existsSync(folder) ? denied(folder) : ioError(error, folder);
    throw ioError(error, path);
  }
}

/**
 * A folder of its own among the temporary ones while `use` runs, gone afterwards.
 * @throws OperationalError naming the folder for temporary files when that is missing, full or closed to us.
 */
export async function withScratchFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'counterweight-')).catch((error: unknown) => {
    // Nothing that was asked for: the world's doing, not the person's.
    throw errnoOf(error) === 'ENOENT' ? noTemporaryFolder() : ioError(error, tmpdir());
  });
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a failed file operation is: the person's input (no such file) or the world's doing. */
export function ioError(error: unknown, path: string): InputError | OperationalError {
  if (error instanceof InputError || error instanceof OperationalError) return error;
  const errno = errnoOf(error);
  // Not a failure of the file system, so a mistake of ours: it must crash and not pass for a full disk.
  if (errno === undefined) throw error;
  const input = INPUT_MISTAKES[errno];
  if (input) return new InputError(input.code, `${path} ${input.says}`);
  const failure = FAILURES[errno] ?? { code: 'io_failed', says: `failed with ${errno}`, retry: false };
  return new OperationalError(failure.code, `${path}: ${failure.says}`, failure.retry);
}

const NOT_FOUND = {
  code: 'file_not_found',
  says: 'does not exist; check the spelling, and the folder the command was started in',
};

const INPUT_MISTAKES: Readonly<Record<string, { code: string; says: string }>> = {
  ENOENT: NOT_FOUND,
  ENOTDIR: NOT_FOUND,
  EEXIST: { code: 'not_a_folder', says: 'is a file; name a folder' },
  EISDIR: { code: 'not_a_file', says: 'is a folder; name a file in it' },
  ENAMETOOLONG: { code: 'name_too_long', says: 'is a longer name than the file system takes' },
};

const DISK_FULL = {
  code: 'disk_full',
  says: 'the disk is full; free some space, then run again',
  retry: false,
};
const DENIED = {
  code: 'permission_denied',
  says: 'this user may not read or write it; change its permissions or choose another place',
  retry: false,
};
const denied = (path: string): OperationalError =>
  new OperationalError(DENIED.code, `${path}: ${DENIED.says}`, DENIED.retry);

const noTemporaryFolder = (): OperationalError =>
  new OperationalError(
    'no_temporary_folder',
    `${tmpdir()}: the folder for temporary files does not exist; create it, or set TMPDIR to another`,
    false,
  );

const TOO_MANY_OPEN = { code: 'too_many_open_files', says: 'too many files are open', retry: true };
const BUSY = { code: 'file_busy', says: 'another program holds it; close that one or wait', retry: true };
const DEVICE = { code: 'device_failed', says: 'the disk reported a failure', retry: false };

/** `retry` is true where waiting alone may help, with nothing changed by a person. */
const FAILURES: Readonly<Record<string, { code: string; says: string; retry: boolean }>> = {
  ENOSPC: DISK_FULL,
  EDQUOT: DISK_FULL,
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: DENIED,
  EMFILE: TOO_MANY_OPEN,
  ENFILE: TOO_MANY_OPEN,
  EBUSY: BUSY,
  EAGAIN: BUSY,
  ETXTBSY: BUSY,
  EIO: DEVICE,
};

async function writeFlushed(path: string, content: Uint8Array | string, mode: number): Promise<void> {
  // 'wx': never into a file that is there already, whoever put it there.
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Permission bits of the file to be replaced, or the usual ones of a new file. */
async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0o666;
    throw error;
  }
}

/** Makes the rename itself durable; Windows has no such call and refuses to open a folder. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** `ENOENT` and the like; `undefined` for anything that is not a failure of the operating system. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('errno' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
