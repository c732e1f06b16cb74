/** Starts the server, says where it is, and stops it in good order. */
import type { AddressInfo } from 'node:net';
import { OperationalError } from '../core/index.js';
import { buildApp } from './app.js';
import { isLoopback, tokenFromFile } from './http/access.js';
import { inputError } from './http/failures.js';
import { openServices, type Folders } from './services.js';

interface ServeOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly tokenFile?: string | undefined;
  readonly folders: Folders;
  /** Compiled program of a job's process; its own unless told otherwise. */
  readonly jobProgram?: string;
  /** One line for the person who started it. */
  readonly say: (line: string) => void;
}

interface RunningServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const LONGEST_ASK_MS = 1_000;

/**
 * Listens until `close`.
 * @throws InputError `token_needed` for an address that others can reach, without a token
 * @throws OperationalError `port_in_use`, which says when it is Counterweight that runs there
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { host, port, tokenFile, folders, jobProgram, say } = options;
  if (tokenFile === undefined && !isLoopback(host)) throw tokenNeeded(host);
  const given = tokenFile === undefined ? undefined : await tokenFromFile(tokenFile);
  const services = openServices({
    folders,
    token: given?.token,
    ...(jobProgram !== undefined && { jobProgram }),
  });
  const app = await buildApp(services);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw await listenFailure(error, host, port);
  }
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${(app.server.address() as AddressInfo).port}`;
  if (given?.shownOnce !== undefined) {
    say(`token: ${given.shownOnce} (shown this once; ${tokenFile ?? ''} holds only its hash)`);
  }
  // Read while nobody waits yet; whoever asks first meanwhile waits for the same.
  void Promise.allSettled([services.universe(), services.library.all(), services.library.withBaskets()]);
  return { url, close: () => app.close() };
}

const tokenNeeded = (host: string): Error =>
  inputError('token_needed', `${host} can be reached by others, so the server needs a token`, {
    path: '--token-file',
    expected: 'a file for the hash of the token (it is made when it is not there), or --host 127.0.0.1',
  });

async function listenFailure(error: unknown, host: string, port: number): Promise<unknown> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const what = (await isCounterweight(host, port))
      ? 'Counterweight runs there already; open'
      : 'another program holds it; see';
    const remedy = `${what} http://${host}:${port}, or add --port ${port + 1}`;
    return new OperationalError('port_in_use', `port ${port} is in use: ${remedy}`, false);
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new OperationalError(
      'cannot_listen',
      `cannot listen on ${host}, port ${port} (${code}); choose others with --host and --port`,
      false,
    );
  }
  return error;
}

async function isCounterweight(host: string, port: number): Promise<boolean> {
  try {
    const asked = await fetch(`http://${host}:${port}/api/v1/health`, {
      signal: AbortSignal.timeout(LONGEST_ASK_MS),
    });
    // With a token it refuses, in words that only it has.
    const text = await asked.text();
    return text.includes('"counterweight"') || text.includes('"token_required"');
  } catch {
    return false;
  }
}
