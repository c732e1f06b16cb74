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
 * Counts up the note of a watchlist, an alert and a what-if, each as fast as it can, until the server is killed after
 * a time that differs by round. The map gets, by URL, the last count that was acknowledged.
 */
export async function acknowledgedWrites(
  { child, url }: ServerProcess,
  round: number,
  acknowledged: Map<string, number>,
): Promise<void> {
  const server = { alive: true };
  const writer = async (at: string, body: object): Promise<void> => {
    for (let count = (acknowledged.get(at) ?? 0) + 2; server.alive; count++) {
      try {
        const answer = await fetch(`${url}${at}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...body, note: String(count) }),
        });
        if (answer.status >= 300) throw new Error(`${at} answered ${answer.status}`);
        acknowledged.set(at, count);
      } catch (error) {
        if (server.alive) throw error;
      }
    }
  };
  const writing = Promise.all(bodies().map(([at, body]) => writer(at, body)));
  const killed = new Promise((resolve) => child.on('exit', resolve));
  setTimeout(
    () => {
      server.alive = false;
      child.kill('SIGKILL');
    },
    60 + ((round * 37) % 140),
  );
  await killed;
  await writing;
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
