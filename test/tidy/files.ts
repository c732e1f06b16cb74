/** The text files of this repository, as git sees them: tracked or new, never ignored. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './modules.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export function repositoryFiles(): SourceFile[] {
  return repositoryPaths()
    .filter((path) => existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile())
    .map((path) => ({ path, bytes: readFileSync(join(ROOT, path)) }))
    .filter(({ bytes }) => !bytes.includes(0))
    .map(({ path, bytes }) => ({ path, text: bytes.toString('utf8') }));
}

function repositoryPaths(): string[] {
  try {
    const git = ['ls-files', '-co', '--exclude-standard', '-z'];
    const listed = execFileSync('git', git, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
      maxBuffer: 1 << 28,
    });
    return listed.split('\0').filter((path) => path !== '');
  } catch {
    // No git, or an unpacked archive: everything but what .gitignore names.
    return walk('');
  }
}

const IGNORED = new Set(['.git', 'node_modules', 'dist', '.counterweight']);

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (IGNORED.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(path) : [path];
  });
}
