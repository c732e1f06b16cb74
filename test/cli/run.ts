/** The built command, as a person or a program at the other end of the pipe sees it. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../tidy/files.js';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** Working folder; the repository root when not given. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The words go to bash, with node and the command as `$0` and `$1`: for pipes and redirections. */
  readonly shell?: boolean;
  /** Sends SIGKILL after so many milliseconds. */
  readonly killAfterMs?: number;
}

const COMMAND = join(ROOT, 'bin', 'counterweight.js');
const HOST = join(ROOT, 'test', 'cli', 'host.mjs');

/**
 * In which neither a language nor a data folder of the person at the keyboard counts. As it was when the tests began: the host
 * outlives the file that starts it, and a folder for temporary files which that file had set would be gone.
 */
const ENVIRONMENT = environment();

function environment(): NodeJS.ProcessEnv {
  const {
    LC_ALL: _all,
    LC_MESSAGES: _messages,
    COUNTERWEIGHT_DATA: _data,
    FORCE_COLOR: _color,
    ...rest
  } = process.env;
  return { ...rest, NO_COLOR: '1', LANG: 'C' };
}

/**
 * Runs `counterweight ...args` to its end, without colour and in the C locale: in a process that runs one command after the
 * other, or with options in one of its own.
 */
export function run(args: readonly string[], options?: RunOptions): Promise<Ended> {
  return options === undefined ? runInHost(args) : runAlone(args, options);
}

let host: ChildProcess | undefined;
let queue: Promise<unknown> = Promise.resolve();

function runInHost(args: readonly string[]): Promise<Ended> {
  const ended = queue.then(() => sendTo((host ??= startHost()), args));
  queue = ended.catch(() => undefined);
  return ended;
}

function startHost(): ChildProcess {
  const child = fork(HOST, { cwd: ROOT, env: ENVIRONMENT, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.once('exit', () => (host = undefined));
  // The tests are over when they are over.
  child.unref();
  child.channel?.unref();
  return child;
}

function sendTo(child: ChildProcess, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const lost = (code: number | null): void => reject(new Error(`the command ended the process: ${code}`));
    child.once('exit', lost);
    child.once('message', (ended: Ended) => {
      child.off('exit', lost);
      child.channel?.unref();
      resolve(ended);
    });
    // Waited for: until the answer the channel keeps this process alive.
    child.channel?.ref();
    child.send(args);
  });
}

function runAlone(args: readonly string[], { cwd, env, shell, killAfterMs }: RunOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [program, words] = shell
      ? ['bash', [...args, process.execPath, COMMAND]]
      : [process.execPath, [COMMAND, ...args]];
    const child = spawn(program, words, {
      cwd: cwd ?? ROOT,
      env: { ...ENVIRONMENT, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      return chunks;
    });
    const timer =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({
        code,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}

/** Runs several commands, two at a time: more would only wait for each other. */
export async function runAll<Name extends string>(
  commands: Readonly<Record<Name, readonly string[]>>,
  options?: RunOptions,
): Promise<Record<Name, Ended>> {
  const waiting = Object.entries<readonly string[]>(commands);
  const ended: Record<string, Ended> = {};
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      ended[next[0]] = await run(next[1], options);
    }
  };
  await Promise.all([worker(), worker()]);
  // Every entry of `commands` was taken by a worker and run.
  return ended as Record<Name, Ended>;
}

/** The one JSON document on standard output. @throws when there is anything else there */
export const jsonOf = <Document = Record<string, unknown>>({ stdout }: Ended): Document =>
  JSON.parse(stdout) as Document;
