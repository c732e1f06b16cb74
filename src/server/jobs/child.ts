/** The process of one job: does what it is told, says how far it is, writes the result whole or not at all, ends. */
import { setPriority } from 'node:os';
import { assert } from '../../core/index.js';
import { failureDocument } from '../../cli/errors.js';
import { jsonText } from '../../cli/json.js';
import { writeFileAtomic } from '../../data/files.js';
import { indexLibrary } from '../library/indexLibrary.js';
import { KINDS } from './kinds.js';
import type { JobOrder, JobReport } from './messages.js';

/** Behind everything a person waits for. */
const BACKGROUND = 10;
const STEP = 0.005;

const report = (message: JobReport): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) return resolve();
    process.send(message, undefined, {}, () => resolve());
  });

/** Says every step of half a percent, not every one of a million. */
function progress(): (fraction: number) => void {
  let said = -1;
  return (fraction) => {
    if (fraction < said + STEP) return;
    said = fraction;
    void report({ event: 'progress', fraction });
  };
}

async function work({ kind, parameters, folders, resultFile }: JobOrder): Promise<void> {
  assert(Object.hasOwn(KINDS, kind), `${kind} is a kind of job`);
  const library = indexLibrary(folders);
  const result = await KINDS[kind].run((index) => library.data(index), parameters, progress());
  await writeFileAtomic(resultFile, jsonText(result.json));
}

process.once('message', (order: JobOrder) => {
  setPriority(BACKGROUND);
  work(order)
    .then(() => report({ event: 'done' }))
    .catch((error: unknown) => report({ event: 'failed', failure: failureDocument(error) }))
    .finally(() => process.exit());
});
// A server that was killed leaves nobody to work for.
process.on('disconnect', () => process.exit());
