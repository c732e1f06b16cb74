/**
 * The record as a file that only grows: one JSON line per entry, each with the hash of the one before it, so that a line
 * changed later breaks the chain from there on. A line is written in one piece and flushed; what a killed process leaves
 * of its last line is not an entry, and the next one starts on a line of its own.
 */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { contentHash, InputError, type RecordEntry } from '../core/index.js';
import { errnoOf, ioError } from './files.js';
import { withLock } from './lock.js';

const START = '0'.repeat(64);

interface RecordFile {
  readonly entries: readonly RecordEntry[];
  /** Hash of the last entry; of nothing, for an empty record. */
  readonly head: string;
  /** What a process that was killed left of a line. */
  readonly torn: number;
}

/** @throws InputError `record_changed` with the line at which the chain breaks */
export async function readRecord(path: string): Promise<RecordFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { entries: [], head: START, torn: 0 };
    throw ioError(error, path);
  }
  const entries: RecordEntry[] = [];
  let head = START;
  let torn = 0;
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const parsed = lineOf(line);
    if (parsed === undefined) {
      torn++;
      continue;
    }
    const { previous, hash, entry } = parsed;
    if (previous !== head || hashOf(previous, entry) !== hash) {
      throw new InputError(
        'record_changed',
        `${path} was changed: line ${i + 1} does not follow from the one before`,
        [
          {
            code: 'record_changed',
            path: 'previous',
            file: path,
            line: i + 1,
            expected: 'the line as it was written; take the file back from version control',
          },
        ],
      );
    }
    entries.push(entry);
    head = hash;
  }
  return { entries, head, torn };
}

/** Adds entries one by one, each on the disk before the next; another process waits. */
export async function appendToRecord(path: string, entries: readonly RecordEntry[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw ioError(error, path);
  });
  await withLock(`${path}.lock`, async () => {
    let { head } = await readRecord(path);
    const handle = await open(path, 'a').catch((error: unknown) => {
      throw ioError(error, path);
    });
    try {
      for (const entry of entries) {
        const hash = hashOf(head, entry);
        // Begins with a line end: whatever was torn before it stays on a line of its own.
        await handle.appendFile(`\n${JSON.stringify({ previous: head, hash, entry })}\n`);
        await handle.datasync();
        head = hash;
      }
    } finally {
      await handle.close();
    }
  });
}

const hashOf = (previous: string, entry: RecordEntry): string =>
  contentHash([previous, JSON.stringify(entry)]);

/** `undefined` for what is no whole line. */
function lineOf(text: string): { previous: string; hash: string; entry: RecordEntry } | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const isLine =
      typeof parsed === 'object' &&
      parsed !== null &&
      'previous' in parsed &&
      'hash' in parsed &&
      'entry' in parsed;
    return isLine ? (parsed as { previous: string; hash: string; entry: RecordEntry }) : undefined;
  } catch {
    return undefined;
  }
}
