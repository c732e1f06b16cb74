#!/usr/bin/env node
/**
 * Load test of the server on loopback: many readers of answers that are held, while long jobs run beside them.
 *
 *     npm run build && npm run load -- [seconds] [readers] [jobs] [pause between two reads of one reader, ms]
 *
 * A reader keeps one connection, reads, waits as a person does, reads again. It fails when a request failed, when the
 * 99th percentile is 100 ms or more, or when the memory of the server has grown by more than a tenth over the second half.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [seconds = 60, readers = 500, jobs = 50, pauseMs = 1000] = process.argv.slice(2).map(Number);
const COMMAND = fileURLToPath(new URL('../../bin/counterweight.js', import.meta.url));
const LIMIT_MS = 100;
const GROWTH = 1.1;

const PATHS = [
  '/api/v1/indices',
  '/api/v1/indices/star-50',
  '/api/v1/indices/star-50/reviews/2025-09-15',
  '/api/v1/indices/star-50/reviews/2025-09-15/flows',
  '/api/v1/indices/star-50/levels',
  '/api/v1/indices/star-50/calendar',
  '/api/v1/securities?query=hwj',
  '/api/v1/securities/688256',
  '/api/v1/rulebooks/star-50',
];

const folder = mkdtempSync(join(tmpdir(), 'counterweight-load-'));
const server = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', '--data', folder, '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const url = new URL(await started(server));
  const ok = await load(url);
  process.exitCode = ok ? 0 : 1;
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.on('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
}

function started(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('\n')) resolve(JSON.parse(said).url);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function load(url) {
  const agent = new Agent({ keepAlive: true, maxSockets: readers });
  for (const path of PATHS) await read(url, path, agent);
  await addJobs(url, agent);
  const times = [];
  const failures = [];
  const memory = [];
  const busy = [];
  const end = performance.now() + seconds * 1000;

  const reader = async (number) => {
    await pause((pauseMs * number) / readers);
    for (let turn = number; performance.now() < end; turn++) {
      const asked = performance.now();
      try {
        await read(url, PATHS[turn % PATHS.length], agent);
        times.push(performance.now() - asked);
      } catch (error) {
        failures.push(error.message);
      }
      if (pauseMs > 0) await pause(pauseMs);
    }
  };
  const watcher = async () => {
    while (performance.now() < end) {
      const { memoryBytes, jobs: counts } = JSON.parse(await read(url, '/api/v1/health', agent));
      memory.push(memoryBytes);
      busy.push(counts.running + counts.waiting);
      await pause(1000);
    }
  };
  await Promise.all([watcher(), ...Array.from({ length: readers }, (_, number) => reader(number))]);
  const { jobs: done } = JSON.parse(await read(url, '/api/v1/jobs', agent));
  agent.destroy();
  return report({ times, failures, memory, busy, done });
}

/** Jobs that differ, so that none is answered by the result of another. */
async function addJobs(url, agent) {
  for (let job = 0; job < jobs; job++) {
    const parameters = { index: 'star-50', effective: '2025-09-15', assets: 1e11 + job };
    await read(url, '/api/v1/jobs', agent, { kind: 'readings', parameters });
  }
}

function read(url, path, agent, body) {
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
    };
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

function report({ times, failures, memory, busy, done }) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const half = memory.slice(Math.floor(memory.length / 2));
  const megabytes = (bytes) => Number((bytes / 1e6).toFixed(1));
  const growth = Math.max(...half) / half[0];
  const ended = (state) => done.filter((job) => job.state === state).length;
  const result = {
    seconds,
    readers,
    pauseMs,
    requests: times.length,
    perSecond: Math.round(times.length / seconds),
    failed: failures.length,
    firstFailures: failures.slice(0, 3),
    p50Ms: Number(at(0.5).toFixed(2)),
    p99Ms: Number(at(0.99).toFixed(2)),
    maxMs: Number(at(1).toFixed(2)),
    jobs: {
      asked: jobs,
      done: ended('done'),
      failed: ended('failed'),
      secondsWithJobs: busy.filter((n) => n > 0).length,
    },
    memoryMB: {
      start: megabytes(memory[0]),
      middle: megabytes(half[0]),
      end: megabytes(memory.at(-1)),
      growth: Number(growth.toFixed(3)),
    },
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return failures.length === 0 && at(0.99) < LIMIT_MS && growth < GROWTH && ended('failed') === 0;
}
