/** A folder for one test file's files, gone when its tests are. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export interface Scratch {
  readonly path: (name: string) => string;
  /** Writes a file and answers its path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
}

/** To be called at the top of a test file: removes the folder after all its tests. */
export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'counterweight-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    write: (name, content) => {
      writeFileSync(path(name), content);
      return path(name);
    },
  };
}
