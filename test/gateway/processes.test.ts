/**
 * Two programs, the acceptor and a client, each the command as a person starts it, with a line between them that drops,
 * doubles, delays and damages messages and breaks off; and either of them killed at any point. In the end each request is
 * there exactly once on both sides, and both sides say the same.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { accountOf, readReport, valueOf, type OrderReport } from '../../src/core/index.js';
import { openFixStore } from '../../src/data/fixStore.js';
import { openTradingStore } from '../../src/data/tradingStore.js';
import { run } from '../cli/run.js';
import { scratch } from '../data/scratch.js';
import { ROOT } from '../tidy/files.js';
import { lossyProxy, type LossyProxy } from './lossyProxy.js';

const COMMAND = join(ROOT, 'bin', 'counterweight.js');
const files = scratch();
const children = new Set<ChildProcess>();
let proxy: LossyProxy | undefined;
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await proxy?.close();
  proxy = undefined;
});

function start(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.add(child);
  child.on('close', () => children.delete(child));
  return child;
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on('close', (code) => resolve(code)));

/** `fix serve` on a free port, once it says which. */
async function serve(folder: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = start(['fix', 'serve', '--client', 'DESK=a', '--port', '0', '--json', '--data', folder]);
  const said = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (chunk) => resolve(String(chunk))),
  );
  return { child, port: JSON.parse(said).port };
}

/** New orders, of which each third is replaced and each fifth cancelled. */
function requests(count: number): { readonly csv: string; readonly names: readonly string[] } {
  const rows = ['id,action,order,security,side,shares,limit'];
  const names: string[] = [];
  const row = (name: string, ...cells: readonly string[]): void => {
    names.push(name);
    rows.push([name, ...cells].join(','));
  };
  for (let i = 0; i < count; i++) {
    row(`o${i}`, 'place', '', '688256', 'buy', String(200 + i), '1300.00');
    if (i % 3 === 0) row(`r${i}`, 'replace', `o${i}`, '', '', String(300 + i), '1290.00');
    if (i % 5 === 0) row(`c${i}`, 'cancel', i % 3 === 0 ? `r${i}` : `o${i}`, '', '', '', '');
  }
  return { csv: `${rows.join('\n')}\n`, names };
}

/** What the account has, as one line per report of it; asked of the account itself. */
function inAccount(folder: string): string[] {
  const store = openTradingStore(folder);
  const { events } = store.read('a');
  store.close();
  // The fold throws when an order would be placed twice or be changed after its end.
  const { orders } = accountOf(events);
  const named = new Map(orders.map(({ order }) => [order.id, order.clientId]));
  const lines = events.flatMap((event, i) => {
    const next = events[i + 1];
    if (event.kind === 'cancelled') {
      const replaced = next?.kind === 'placed' && next.order.clientId === event.request;
      return replaced ? [] : [`cancelled ${named.get(event.order)} by ${event.request}`];
    }
    if (event.kind !== 'placed') return [];
    const before = events[i - 1];
    const replaces = before.kind === 'cancelled' && before.request === event.order.clientId;
    return [`${replaces ? 'replaced' : 'new'} ${event.order.clientId} ${event.order.quantity}`];
  });
  expect(new Set(orders.map(({ order }) => order.clientId)).size).toBe(orders.length);
  return lines;
}

/** The same by the reports the client has. */
function atClient(folder: string): string[] {
  const store = openFixStore(folder);
  const messages = store.received('DESK>COUNTERWEIGHT', 0).filter(({ message }) => message.type === '8');
  store.close();
  const own = messages.filter(({ message }) => valueOf(message, 150) !== 'I');
  expect(new Set(own.map(({ message }) => valueOf(message, 17))).size).toBe(own.length);
  return own.map(({ message, number }) => {
    const { kind, clientId, other, terms } = readReport(message, number) as OrderReport;
    return kind === 'cancelled'
      ? `cancelled ${clientId} by ${other}`
      : `${kind} ${clientId} ${terms.quantity}`;
  });
}

async function bench(name: string, count: number) {
  const [server, client] = [files.path(`${name}-server`), files.path(`${name}-client`)];
  await run(['account', 'open', 'a', '--cash', '1bn', '--on', '2025-09-05', '--data', server]);
  const { csv, names } = requests(count);
  const file = files.write(`${name}.csv`, csv);
  const send = (port: number, wait: number): readonly string[] => [
    'fix',
    'send',
    file,
    '--as',
    'DESK',
    '--port',
    String(port),
    '--heartbeat',
    '1',
    '--wait',
    String(wait),
    '--data',
    client,
    '--json',
  ];
  const same = (): void => {
    const there = inAccount(server);
    expect(there).toHaveLength(names.length);
    expect(atClient(client)).toEqual(there);
  };
  return { server, client, names, send, same };
}

const SEED = Number(process.env.COUNTERWEIGHT_SEED ?? 1);

test('a line that drops, doubles, delays, damages and breaks off', { timeout: 120_000 }, async () => {
  const { server, client, names: asked, send, same } = await bench('lossy', 16);
  proxy = await lossyProxy(SEED, { drop: 0.05, double: 0.05, delay: 0.1, damage: 0.04, cut: 0.03 });
  const { child, port } = await serve(server);
  proxy.leadTo(port);
  const { code, stdout } = await run(send(proxy.port, 100));
  expect(code).toBe(0);
  const { requests: answered, refused } = JSON.parse(stdout);
  expect(answered.map(({ id }: { id: string }) => id)).toEqual(asked);
  expect(refused).toBe(0);
  same();
  for (const [kind, times] of Object.entries(proxy.done)) expect([kind, times > 0]).toEqual([kind, true]);
  // Sessions pass in a third program: what is filled is reported as well, once the client is back.
  proxy.mend();
  await run(['account', 'advance', 'a', '--to', '2025-09-08', '--data', server]);
  const open = answered.filter(({ state }: { state: string }) => state === 'working');
  const listening = ['--as', 'DESK', '--port', String(proxy.port), '--wait', '1', '--json', '--data', client];
  const { reports } = JSON.parse((await run(['fix', 'reports', ...listening])).stdout);
  const fills = reports.filter(({ report }: { report: string }) => report === 'filled');
  const names = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id).toSorted();
  expect(names(fills)).toEqual(names(open));
  // The close of that day in datasets/cn-star.
  for (const fill of fills) expect([fill.price, fill.filled]).toEqual([1212.78, fill.quantity]);
  child.kill('SIGTERM');
  expect(await ended(child)).toBe(0);
});

/** A nightly run asks for more. */
const KILLS = Number(process.env.COUNTERWEIGHT_KILLS ?? 2);

test(`either side killed, ${KILLS} times in all`, { timeout: 60_000 + KILLS * 10_000 }, async () => {
  const { server, send, same } = await bench('killed', 30);
  proxy = await lossyProxy(SEED, { drop: 0, double: 0, delay: 1, damage: 0, cut: 0 });
  let acceptor = await serve(server);
  proxy.leadTo(acceptor.port);
  for (let kill = 0; kill < KILLS; kill++) {
    const client = start(send(proxy.port, 60));
    const over = ended(client);
    await new Promise((resolve) => setTimeout(resolve, 500 + ((kill * 137) % 600)));
    if (kill % 2 === 0) {
      acceptor.child.kill('SIGKILL');
      acceptor = await serve(server);
      proxy.leadTo(acceptor.port);
      client.kill('SIGKILL');
    } else client.kill('SIGKILL');
    await over;
  }
  proxy.mend();
  const { code } = await run(send(proxy.port, 60));
  expect(code).toBe(0);
  same();
});
