/** Files replaced in one step, also when the process dies in the middle; failures in our own words. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { InputError, OperationalError } from '../../src/core/base/errors.js';
import { ioError, writeFileAtomic } from '../../src/data/files.js';
import { scratch } from './scratch.js';

const { path, write } = scratch();

/** An error as node:fs throws it. */
const errno = (code: string): Error => Object.assign(new Error(code), { code, errno: -1 });

describe('writeFileAtomic', () => {
  it('creates and replaces text and bytes, leaving nothing else behind', async () => {
    const folder = path('fresh');
    mkdirSync(folder);
    await writeFileAtomic(join(folder, 'a.txt'), 'one 中');
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one 中');
    await writeFileAtomic(join(folder, 'a.txt'), new Uint8Array([1, 2, 3]));
    expect([...readFileSync(join(folder, 'a.txt'))]).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('keeps the permissions of the file it replaces', async () => {
    const file = write('private.txt', 'old');
    chmodSync(file, 0o600);
    await writeFileAtomic(file, 'new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('lets writers at the same time each write a whole file', async () => {
    const versions = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000));
    await Promise.all(versions.map((content) => writeFileAtomic(path('shared.txt'), content)));
    expect(versions).toContain(readFileSync(path('shared.txt'), 'utf8'));
  });

  it('names the folder that does not exist', async () => {
    const attempt = writeFileAtomic(path('none/a.txt'), 'x');
    await expect(attempt).rejects.toBeInstanceOf(InputError);
    await expect(attempt).rejects.toMatchObject({ code: 'file_not_found' });
    await expect(attempt).rejects.toThrow(`${path('none')} does not exist`);
  });

  it('refuses a folder as target and removes its temporary file', async () => {
    const folder = path('target');
    mkdirSync(join(folder, 'inside'), { recursive: true });
    await expect(writeFileAtomic(join(folder, 'inside'), 'x')).rejects.toMatchObject({ code: 'not_a_file' });
    expect(readdirSync(folder)).toEqual(['inside']);
  });

  const KILLS = Number(process.env.COUNTERWEIGHT_KILLS ?? 12);

  it('leaves one whole version when killed at any moment', { timeout: 5000 * KILLS }, async () => {
    const module = compiledFilesModule();
    const target = write('versions.txt', version(0));
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', REWRITE_FOREVER, module, target]);
      await once(child.stdout, 'data');
      await sleep((kill % 30) * 1.3);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const content = readFileSync(target, 'utf8');
      expect(content === version(Number.parseInt(content, 10))).toBe(true);
    }
    expect(Number.parseInt(readFileSync(target, 'utf8'), 10)).toBeGreaterThan(0);
  });
});

describe('ioError', () => {
  it('takes a missing file for input, and says which and what to do', () => {
    const error = ioError(errno('ENOENT'), 'data/p.csv');
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: 'file_not_found' });
    expect(error.message).toBe(
      'data/p.csv does not exist; check the spelling, and the folder the command was started in',
    );
  });

  it.each([
    ['ENOSPC', 'disk_full', false],
    ['EDQUOT', 'disk_full', false],
    ['EACCES', 'permission_denied', false],
    ['EROFS', 'permission_denied', false],
    ['EMFILE', 'too_many_open_files', true],
    ['EBUSY', 'file_busy', true],
    ['EIO', 'device_failed', false],
    ['ESOMETHING', 'io_failed', false],
  ])('%s is %s, retry %s', (code, expected, retry) => {
    const error = ioError(errno(code), 'f');
    expect(error).toBeInstanceOf(OperationalError);
    expect(error).toMatchObject({ code: expected, retry });
    expect(error.message).toMatch(/^f: /);
  });

  it('passes on what is told already, and crashes on what is no failure of a file', () => {
    const told = new OperationalError('disk_full', 'f: the disk is full', false);
    expect(ioError(told, 'f')).toBe(told);
    expect(() => ioError(new TypeError('a bug'), 'f')).toThrow(TypeError);
  });

  it.skipIf(process.platform !== 'linux')('a disk that is really full', async () => {
    let seen: unknown;
    try {
      writeFileSync('/dev/full', 'x');
    } catch (error) {
      seen = error;
    }
    expect(ioError(seen, '/dev/full')).toMatchObject({ code: 'disk_full' });
  });
});

/** 200 000 lines of the same number. A child process writes 1, 2, 3 ... until it is killed. */
const version = (n: number): string => `${n}\n`.repeat(200_000);

const REWRITE_FOREVER = `
  const [module, target] = process.argv.slice(1);
  const { writeFileAtomic } = await import(module);
  for (let n = 1; ; n++) {
    await writeFileAtomic(target, (n + '\\n').repeat(200_000));
    if (n === 1) process.stdout.write('started');
  }
`;

/** A child process of plain Node cannot load TypeScript, so it gets the compiled module. */
function compiledFilesModule(): string {
  const out = path('compiled');
  const options = ['--ignoreConfig', '--outDir', out, '--rootDir', 'src', '--module', 'nodenext'];
  execFileSync(process.execPath, [
    'node_modules/typescript/bin/tsc',
    ...options,
    '--types',
    'node',
    'src/data/files.ts',
  ]);
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  return join(out, 'data/files.js');
}
