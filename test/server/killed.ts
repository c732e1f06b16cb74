/** A server as a process of its own, that is written to and killed in the middle of it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../tidy/files.js';

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
}

const COMMAND = join(ROOT, 'bin', 'counterweight.js');

/** Starts `counterweight serve` on a free port. @throws with what it said when it ends instead */
export function startKilled(folder: string, more: readonly string[] = []): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [COMMAND, 'serve', '--port', '0', '--data', folder, '--json', ...more],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return new Promise((resolve, reject) => {
    let said = '';
    let wrong = '';
    child.stderr.on('data', (chunk: Buffer) => (wrong += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve({ child, url: (JSON.parse(said) as { url: string }).url });
    });
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${said}${wrong}`)));
  });
}

/**
 * Counts up the note of a watchlist, an alert and a what-if, each as fast as it can, until the server is killed: once
 * each has been acknowledged in this round, after a time that differs by round.
 *
 * @param acknowledged by URL, the last count that was acknowledged
 * @returns how many writes were
 */
export async function acknowledgedWrites(
  { child, url }: ServerProcess,
  round: number,
  acknowledged: Map<string, number>,
): Promise<number> {
  const server = { alive: true };
  let writes = 0;
  const write = async (at: string, body: object, count: number): Promise<void> => {
    const answer = await fetch(`${url}${at}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, note: String(count) }),
    });
    if (answer.status >= 300) throw new Error(`${at} answered ${answer.status}`);
    acknowledged.set(at, count);
    writes++;
  };
  // The one after the last acknowledged count may have been taken by the server that was killed.
  const next = (at: string): number => (acknowledged.get(at) ?? 0) + 2;
  const writer = async (at: string, body: object): Promise<void> => {
    for (let count = (acknowledged.get(at) ?? 0) + 1; server.alive; count++) {
      try {
        await write(at, body, count);
      } catch (error) {
        if (server.alive) throw error;
      }
    }
  };
  const killed = new Promise((resolve) => child.on('exit', resolve));
  await Promise.all(bodies().map(([at, body]) => write(at, body, next(at))));
  setTimeout(
    () => {
      server.alive = false;
      child.kill('SIGKILL');
    },
    5 + ((round * 37) % 400),
  );
  await Promise.all(bodies().map(([at, body]) => writer(at, body)));
  await killed;
  return writes;
}

function bodies(): [string, object][] {
  const condition = { kind: 'sessions-left', index: 'star-50', date: 'pricing', sessions: 3 };
  const request = { index: 'star-50', effective: '2025-09-15', changed: {} };
  return [
    ['/api/v1/watchlists/w', { name: 'w', securities: [] }],
    ['/api/v1/alerts/a', { name: 'a', enabled: true, condition }],
    ['/api/v1/whatifs/i', { name: 'i', request }],
  ];
}
