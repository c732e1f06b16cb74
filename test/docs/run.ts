/** Keeps the promises of the documents: runs commands in bash, type-checks and runs TypeScript blocks. */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Ended } from '../cli/run.js';
import { ROOT } from '../tidy/files.js';
import { errandFor, outputDifference, type Block, type Command } from './blocks.js';

/** Problems of one command, `path:line message`; runs it from the repository root unless it is only named. */
export async function commandProblems(
  command: Command,
  scripts: Readonly<Record<string, string>>,
): Promise<string[]> {
  const at = `${command.path}:${command.line} \`${command.text}\``;
  const errand = errandFor(command, scripts);
  if (errand.kind === 'named') return errand.problems.map((problem) => `${at} ${problem}`);
  const { code, stdout, stderr } = await once(errand.script, command.path.startsWith('docs/'));
  if (code !== command.exitCode) {
    return [`${at} ended with ${code}, not ${command.exitCode}\n${stderr || stdout}`];
  }
  const difference = command.output && outputDifference(command.output, stdout);
  return difference === undefined ? [] : [`${at} ${difference}`];
}

const ran = new Map<string, Promise<Ended>>();

/** Words that bash passes on as they are. */
const PLAIN = /^(?:node bin\/counterweight\.js|counterweight)((?: [\w.,:/%+=-]+)+)$/;
const KNOWN = 'counterweight() { node bin/counterweight.js "$@"; }\n';

/**
 * Several pages show the same command; it is run the first time.
 * @param among whether a command without anything for bash may run in the process that runs others too
 */
function once(script: string, among: boolean): Promise<Ended> {
  const words = among ? PLAIN.exec(script)?.[1].trim().split(' ') : undefined;
  const ending = ran.get(script) ?? (words ? run(words) : end('bash', ['-c', `${KNOWN}${script}`]));
  ran.set(script, ending);
  return ending;
}

/** Problems of all TypeScript blocks together, because one compilation is as fast as ten. */
export async function programProblems(blocks: readonly Block[]): Promise<string[]> {
  if (blocks.length === 0) return [];
  // Inside the package, so that `counterweight` means this package and its dependencies resolve.
  const folder = join('dist', '.docs', String(process.pid));
  try {
    return await compileAndRun(blocks, folder);
  } finally {
    rmSync(join(ROOT, folder), { recursive: true, force: true });
  }
}

async function compileAndRun(blocks: readonly Block[], folder: string): Promise<string[]> {
  mkdirSync(join(ROOT, folder), { recursive: true });
  const programs = blocks.map((block, i) => ({
    name: `block${i}`,
    at: `${block.path}:${block.line}`,
    block,
  }));
  for (const { name, block } of programs) {
    writeFileSync(join(ROOT, folder, `${name}.ts`), `${block.lines.join('\n')}\n`);
  }
  writeFileSync(join(ROOT, folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  const compiled = await end(process.execPath, [
    join('node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    folder,
  ]);
  const problems: string[] = [];
  for (const { name, at } of programs) {
    const complaints = compiled.stdout.split('\n').filter((line) => line.includes(`${name}.ts(`));
    if (complaints.length > 0) {
      problems.push(`${at} does not type-check\n${complaints.join('\n')}`);
      continue;
    }
    const { code, stderr } = await end(process.execPath, [join(folder, `${name}.js`)]);
    if (code !== 0) problems.push(`${at} ended with ${code}\n${stderr}`);
  }
  if (compiled.code !== 0 && problems.length === 0)
    problems.push(`tsc failed\n${compiled.stdout}${compiled.stderr}`);
  return problems;
}

const TSCONFIG = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: {
    types: ['node'],
    rootDir: '.',
    composite: false,
    declaration: false,
    sourceMap: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    moduleDetection: 'force',
  },
  include: ['*.ts'],
};

function end(command: string, args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env, timeout: 50_000, maxBuffer: 1 << 26, encoding: 'utf8' as const };
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      const note = error?.killed ? `${stderr}\nkilled after ${options.timeout / 1000} s` : stderr;
      resolve({ code, stdout, stderr: note });
    });
    child.stdin?.end();
  });
}
