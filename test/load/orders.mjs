#!/usr/bin/env node
/**
 * Load test of order submission on loopback, with the ledger durable: every acknowledged order is on the disk.
 *
 *     npm run build && node test/load/orders.mjs [seconds] [senders] [pause between two orders of one sender, ms]
 *
 * Each sender has an account of its own and keeps one connection. It fails when an order failed, when the 99th percentile
 * is 10 ms or more, or when an order that was acknowledged is not there exactly once after the server is killed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [seconds = 20, senders = 4, pauseMs = 20] = process.argv.slice(2).map(Number);
const COMMAND = fileURLToPath(new URL('../../bin/counterweight.js', import.meta.url));
const LIMIT_MS = 10;
/** Orders of each sender that are not timed: the first ones find code that is not compiled yet. */
const WARM_UP = 50;

const folder = mkdtempSync(join(tmpdir(), 'counterweight-orders-'));
const running = [];
try {
  process.exitCode = (await measured()) ? 0 : 1;
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

async function measured() {
  const agent = new Agent({ keepAlive: true, maxSockets: senders + 1 });
  let { child, url } = await started();
  const times = [];
  const failures = [];
  const acknowledged = [];
  const end = performance.now() + seconds * 1000;
  const sender = async (number) => {
    const account = `/api/v1/accounts/load-${number}`;
    await send(url, 'PUT', account, { cash: 1e11, day: '2025-09-05' }, agent);
    const mine = [];
    acknowledged.push(mine);
    await pause((pauseMs * number) / senders);
    for (let i = 0; performance.now() < end; i++) {
      const order = { clientId: `o-${i}`, security: '688256', side: 'buy', quantity: 200 + i, limit: 1200 };
      const asked = performance.now();
      try {
        await send(url, 'POST', `${account}/orders`, order, agent);
        if (i >= WARM_UP) times.push(performance.now() - asked);
        mine.push(order.clientId);
      } catch (error) {
        failures.push(error.message);
      }
      if (pauseMs > 0) await pause(pauseMs);
    }
  };
  await Promise.all(Array.from({ length: senders }, (_, number) => sender(number)));
  agent.destroy();
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('exit', resolve));
  ({ child, url } = await started());
  let kept = 0;
  for (const [number, mine] of acknowledged.entries()) {
    const { orders } = JSON.parse(await send(url, 'GET', `/api/v1/accounts/load-${number}/orders`));
    const ids = orders.map(({ clientId }) => clientId);
    if (new Set(ids).size === ids.length && mine.every((id, i) => ids[i] === id)) kept += mine.length;
  }
  return report({ times, failures, kept, sent: acknowledged.flat().length });
}

function started() {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', '--data', folder, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('\n')) resolve({ child, url: JSON.parse(said).url });
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

function send(url, method, path, body, agent) {
  return new Promise((resolve, reject) => {
    const options = { agent, method, headers: { 'content-type': 'application/json' } };
    const sent = request(new URL(path, url), options, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (answer.statusCode < 300) resolve(text);
        else reject(new Error(`${path} answered ${answer.statusCode}: ${text.slice(0, 200)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function report({ times, failures, kept, sent }) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const result = {
    seconds,
    senders,
    pauseMs,
    orders: sent,
    perSecond: Math.round(sent / seconds),
    failed: failures.length,
    firstFailures: failures.slice(0, 3),
    thereAfterKill: kept,
    p50Ms: Number(at(0.5).toFixed(2)),
    p99Ms: Number(at(0.99).toFixed(2)),
    maxMs: Number(at(1).toFixed(2)),
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return failures.length === 0 && kept === sent && at(0.99) < LIMIT_MS;
}
