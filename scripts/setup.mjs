/**
 * Brings a checkout from "just cloned" to "can run": the right Node, the locked dependencies, a build of src.
 * Each step looks first and is silent when there is nothing to do. Only `node:` imports here, because
 * node_modules may not exist yet.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const lockFile = join(root, 'package-lock.json');
const installStamp = join(root, 'node_modules', '.counterweight-lock');
const buildStamp = join(root, 'dist', '.stamp');

/** What vite bundles, each when one of its sources has changed: the command into few files, the workbench for browsers. */
const BUNDLES = [
  {
    name: 'the command',
    config: 'vite.cli.config.ts',
    sources: /^src\/(?:cli|core|data|server)\//,
    output: join('dist', 'bin', 'main.js'),
    stamp: join(root, 'dist', '.bin-stamp'),
  },
  {
    name: 'the workbench',
    config: 'vite.config.ts',
    sources: /^src\/(?:web|core)\//,
    output: join('dist', 'web', 'index.html'),
    stamp: join(root, 'dist', '.web-stamp'),
  },
];

/** A step that could not be done; `exitCode` follows the four kinds of failure in ARCHITECTURE.md. */
export class StepFailed extends Error {
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Throws unless this Node is one that package.json's `engines` names. */
export function checkNode(version = process.versions.node) {
  const range = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node;
  if (satisfies(version, range)) return;
  throw new StepFailed(
    `Counterweight needs Node ${range} and this is Node ${version}: install a newer Node and run the same command again.`,
    4,
  );
}

/** Installs the locked dependencies unless exactly these are installed already. */
export function ensureInstalled() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (textOf(installStamp) === wanted) return;
  if (!installedMatchesLock()) {
    say('installing dependencies (npm ci), once ...');
    const { ok, output } = run(...npmCommand(['ci', '--include=dev', '--no-fund', '--no-audit']));
    if (!ok) {
      throw new StepFailed(
        `${output}\nInstalling the dependencies failed (npm ci, output above). Check the network connection and that package-lock.json is unchanged, then run the same command again.`,
        4,
      );
    }
  }
  writeFileSync(installStamp, wanted);
}

/** Brings dist up to date with src: what nothing has changed since the last build stays as it is. */
export function ensureBuilt() {
  const all = filesUnder('src');
  // The workbench is bundled, and the kernels come compiled from another compiler: tsc makes nothing of either.
  ensureCompiled(all.filter((path) => !/^src\/(?:web|kernels)\//.test(path)));
  for (const bundle of BUNDLES) ensureBundled(bundle, all);
}

function ensureCompiled(sources) {
  const wanted = sourceHash(sources);
  if (textOf(buildStamp) === wanted && !outputMissing(sources)) return;
  say('building src (tsc -b) ...');
  compile(['-b', 'src']);
  // tsc trusts its build info; when somebody deleted outputs but not the info, it must be told.
  if (outputMissing(sources)) compile(['-b', '--force', 'src']);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(buildStamp, wanted);
}

/** Types are checked by the tests, not here. */
function ensureBundled({ name, config, sources, output, stamp }, all) {
  const wanted = sourceHash([...all.filter((path) => sources.test(path)), config]);
  if (textOf(stamp) === wanted && existsSync(join(root, output))) return;
  say(`building ${name} (vite build) ...`);
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const { ok, output: said } = run(process.execPath, [
    vite,
    'build',
    '--config',
    config,
    '--logLevel',
    'error',
  ]);
  if (!ok) {
    throw new StepFailed(
      `${said}\nBuilding ${name} failed (vite build, output above). If you have changed src, correct what it names; otherwise delete node_modules and dist and run the same command again.`,
      70,
    );
  }
  writeFileSync(stamp, wanted);
}

/** Runs a tool to its end from the repository root. */
export function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32' && command === 'npm',
  });
  const output = [result.stdout, result.stderr, result.error?.message].filter(Boolean).join('\n').trimEnd();
  return { ok: result.status === 0, output };
}

export function say(line) {
  process.stderr.write(`${line}\n`);
}

function compile(args) {
  const { ok, output } = run(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), ...args]);
  if (ok) return;
  throw new StepFailed(
    `${output}\nBuilding failed (tsc ${args.join(' ')}, output above). If you have changed src, correct what it names; otherwise delete node_modules and dist and run the same command again.`,
    70,
  );
}

function npmCommand(args) {
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js')) return [process.execPath, [running, ...args]];
  return ['npm', args];
}

/** Whether an `npm ci` or `npm install` done by hand left what package-lock.json asks for. */
function installedMatchesLock() {
  const installed = packagesIn(textOf(join(root, 'node_modules', '.package-lock.json')));
  if (installed === undefined) return false;
  const locked = packagesIn(readFileSync(lockFile, 'utf8'));
  delete locked[''];
  const wantedHere = ([path, entry]) =>
    installed[path] === undefined ? entry.optional === true : installed[path].version === entry.version;
  return (
    Object.entries(locked).every(wantedHere) &&
    Object.keys(installed).every((path) => locked[path] !== undefined && existsSync(join(root, path)))
  );
}

const packagesIn = (json) => (json === undefined ? undefined : JSON.parse(json).packages);

function sourceHash(sources) {
  const configs = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  const hash = createHash('sha256');
  for (const path of [...sources, ...configs, 'package-lock.json'].sort()) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function outputMissing(sources) {
  return sources
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .some((path) => !existsSync(join(root, path.replace(/^src/, 'dist').replace(/\.ts$/, '.js'))));
}

function filesUnder(folder) {
  const files = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) files.push(...filesUnder(path));
    else files.push(path);
  }
  return files;
}

/** The part of npm's version ranges that `engines` uses: `^a.b.c`, `>=a[.b[.c]]`, joined by `||`. */
function satisfies(version, range) {
  const have = numbers(version);
  return range.split('||').some((part) => {
    const wanted = numbers(part);
    if (compare(have, wanted) < 0) return false;
    return part.trim().startsWith('^') ? have[0] === wanted[0] : true;
  });
}

function numbers(text) {
  const [major = 0, minor = 0, patch = 0] = (text.match(/\d+/g) ?? []).map(Number);
  return [major, minor, patch];
}

function compare(a, b) {
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}

function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
