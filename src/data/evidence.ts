/** The table of what index events did elsewhere, from its YAML file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseEvidence, type EvidenceRow } from '../core/index.js';
import { ioError } from './files.js';

/** @param folder of all data sets. @throws OperationalError when it cannot be read, InputError `bad_evidence` */
export async function loadEvidence(folder: string): Promise<readonly EvidenceRow[]> {
  const file = join(folder, 'evidence', 'index-effects.yaml');
  try {
    return parseEvidence(parse(await readFile(file, 'utf8')), 'index-effects.yaml');
  } catch (error) {
    if (error instanceof Error && 'errno' in error) throw ioError(error as NodeJS.ErrnoException, file);
    throw error;
  }
}
