/** `check FILE`: claims in a text, each right, stale, wrong, ambiguous or not checkable, with the figure from the data. */
import { readFile } from 'node:fs/promises';
import { claimRunner, type ClaimRun, type Day, type IndexData, type Rulebook } from '../../core/index.js';
import { loadIndexData } from '../../data/bundle.js';
import { loadClaimSources } from '../../data/claimSources.js';
import { ioError } from '../../data/files.js';
import { loadRulebook } from '../../data/rulebooks.js';
import { dayArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { claimsResult } from '../results/claimsResult.js';
import { importedCloses } from '../session.js';

export interface CheckOptions {
  readonly date?: string;
}

/** The index whose baskets and reviews claims are held against. */
export const CHECKED_INDEX = 'star-50';

/** Rulebooks whose caps and counts a text may state. */
export const CHECKED_RULEBOOKS = [
  'star-50',
  'star-100',
  'star-chip',
  'star-ai',
  'csi-300',
  'csi-ai',
] as const;

/** A text is read whole before it is cut, so its size is bounded here: ten megabytes. */
const MOST_BYTES = 10_000_000;

export async function checkCommand(file: string, options: CheckOptions, context: Context): Promise<void> {
  const written = options.date === undefined ? undefined : dayArgument('--date', options.date);
  const text = file === '-' ? await standardInput() : await textOf(file);
  const rulebooks = await Promise.all(
    CHECKED_RULEBOOKS.map((name) => loadRulebook(name, context.rulebookFolder)),
  );
  const held = await loadIndexData(context.bundleFolder, rulebooks[0], importedCloses(context));
  const check = await checkerOf(context.datasetsFolder, held, rulebooks);
  await emit(claimsResult(check(text, written), context.language), context);
}

/** @param datasets parent of all bundles */
export async function checkerOf(
  datasets: string,
  held: IndexData,
  rulebooks: readonly Rulebook[],
): Promise<(text: string, written?: Day) => ClaimRun> {
  return claimRunner(await loadClaimSources(datasets, held, rulebooks));
}

async function textOf(file: string): Promise<string> {
  try {
    return decoded(await readFile(file));
  } catch (error) {
    throw ioError(error, file);
  }
}

async function standardInput(): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > MOST_BYTES) break;
  }
  return decoded(Buffer.concat(parts));
}

/** Bytes that are no UTF-8 become the sign for that; nothing in them is a claim. */
const decoded = (bytes: Buffer): string => bytes.subarray(0, MOST_BYTES).toString('utf8');
