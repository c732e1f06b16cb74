/** Long work: runs beside the server, is watched and cancelled, its result kept by what went into it. */
import { get as httpGet } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { jsonOf, run } from '../cli/run.js';
import { scratch } from '../data/scratch.js';
import { ask, errorOf, get, testServer } from './server.js';

const server = await testServer();
const files = scratch();

interface Job {
  readonly id: string;
  readonly state: string;
  readonly fraction: number;
  readonly secondsLeft: number | null;
  readonly resultHash: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: string; readonly kind: string };
}

async function post(kind: string, parameters: object): Promise<Job> {
  const answer = await ask(server, '/api/v1/jobs', { method: 'POST', payload: { kind, parameters } });
  if (answer.statusCode !== 202) throw new Error(answer.body);
  return JSON.parse(answer.body) as Job;
}

async function ended(id: string): Promise<Job> {
  for (let tries = 0; tries < 1100; tries++) {
    const job = await get<Job>(server, `/api/v1/jobs/${id}`);
    if (!['waiting', 'running'].includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`job ${id} does not end`);
}

const INFER = { index: 'star-50', from: '2025-06-13', to: '2025-09-12' };

test('the result is the document of the command', async () => {
  const job = await ended((await post('infer', INFER)).id);
  expect([job.state, job.fraction]).toEqual(['done', 1]);
  const command = await run(['infer', 'star-50', '--from', INFER.from, '--to', INFER.to, '--json']);
  expect(job.result).toEqual(jsonOf(command));
});

test.each([
  [
    'forecast',
    {
      index: 'star-50',
      effective: '2025-09-15',
      knownAt: '2025-08-29',
      paths: 600,
      seed: 7,
      assets: 1.729e11,
    },
    'forecast star-50 --effective 2025-09-15 --known-at 2025-08-29 --paths 600 --seed 7 --assets 172.9bn',
  ],
  [
    'backtest',
    { index: 'star-50', from: '2025-06-16', to: '2025-12-31', set: ['caps.single=0.15'] },
    'backtest star-50 --from 2025-06-16 --to 2025-12-31 --set caps.single=0.15',
  ],
  [
    'study',
    { index: 'star-50', at: 'swap', from: -2, to: 3, estimation: 60 },
    'study star-50 --at swap --window=-2,3 --estimation 60',
  ],
  [
    'market',
    { passive: [0.2], arbitrageurs: [0, 2], flow: [-0.02, 0.01], atClose: 0.5, runs: 2, seed: 7 },
    'simulate market --passive 0.2 --arbitrageurs 0,2 --flow=-0.02,0.01 --at-close 0.5 --runs 2 --seed 7',
  ],
  [
    'facts',
    { markets: ['pams-sample'], runs: 2, seed: 3 },
    'simulate facts --market pams-sample --runs 2 --seed 3',
  ],
])('%s is the document of the command', async (kind, parameters, command) => {
  const job = await ended((await post(kind, parameters)).id);
  expect([job.state, job.fraction]).toEqual(['done', 1]);
  // A folder of its own: an earlier run would be taken over, and said so.
  expect(job.result).toEqual(jsonOf(await run([...command.split(' '), '--data', files.path('.'), '--json'])));
});

test('a change that fits no clause is a failed job with the words of the command', async () => {
  const parameters = { index: 'star-50', from: '2025-06-16', to: '2025-12-31', set: ['caps.nothing=0.15'] };
  const job = await ended((await post('backtest', parameters)).id);
  expect(job.state).toBe('failed');
  const asked = 'backtest star-50 --from 2025-06-16 --to 2025-12-31 --set caps.nothing=0.15 --json';
  const command = await run(asked.split(' '));
  expect(job.error?.code).toBe((JSON.parse(command.stdout) as { error: { code: string } }).error.code);
});

test('the same work is not done again, however its parameters are ordered', async () => {
  const first = await ended((await post('readings', { index: 'star-50', effective: '2025-09-15' })).id);
  const again = await post('readings', { effective: '2025-09-15', index: 'star-50' });
  expect([again.state, again.resultHash]).toEqual(['done', first.resultHash]);
  const other = await post('readings', { index: 'star-50', effective: '2025-09-15', assets: 1e11 });
  expect(other.resultHash).not.toBe(first.resultHash);
  await ended(other.id);
});

test('progress is sent until the end, and the stream then closes', async () => {
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as AddressInfo;
  const job = await post('infer', { ...INFER, to: '2025-10-16', findChanges: true });
  const text = await new Promise<string>((resolve, reject) => {
    httpGet({ port, host: '127.0.0.1', path: `/api/v1/jobs/${job.id}/events` }, (answer) => {
      expect(answer.headers['content-type']).toContain('text/event-stream');
      let all = '';
      answer.on('data', (chunk: Buffer) => (all += chunk.toString()));
      answer.on('end', () => resolve(all));
    }).on('error', reject);
  });
  const events = text.split('\n\n').filter((block) => block.startsWith('event: '));
  const data = events.map((block) => JSON.parse(block.slice(block.indexOf('data: ') + 6)) as Job);
  const fractions = data.map(({ fraction }) => fraction);
  expect(events.at(-1)).toMatch(/^event: done\n/);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(data.some(({ fraction, secondsLeft }) => fraction > 0 && fraction < 1 && secondsLeft !== null)).toBe(
    true,
  );
});

test('a job is cancelled while it runs and while it waits; a job that ended stays', async () => {
  const long = { ...INFER, to: '2025-10-16', findChanges: true };
  const jobs = [
    await post('infer', { ...long, from: '2025-06-16' }),
    await post('infer', { ...long, from: '2025-06-17' }),
  ];
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const { id } of jobs) {
    const cancelled = await ask(server, `/api/v1/jobs/${id}`, { method: 'DELETE' });
    expect(JSON.parse(cancelled.body)).toMatchObject({ state: 'cancelled' });
  }
  expect(server.services.jobs.counts().waiting).toBe(0);
  const swept = await post('market', { runs: 10_000 });
  const stopped = await ask(server, `/api/v1/jobs/${swept.id}`, { method: 'DELETE' });
  expect(JSON.parse(stopped.body)).toMatchObject({ state: 'cancelled' });
  const done = await post('infer', INFER);
  const kept = await ask(server, `/api/v1/jobs/${done.id}`, { method: 'DELETE' });
  expect(JSON.parse(kept.body)).toMatchObject({ state: 'done' });
});

describe('what cannot be', () => {
  test('an unknown kind and unknown parameters are named, all of them', async () => {
    const unknown = await ask(server, '/api/v1/jobs', {
      method: 'POST',
      payload: { kind: 'nothing', parameters: {} },
    });
    expect([unknown.statusCode, errorOf(unknown).issues[0].expected]).toEqual([
      422,
      'one of infer, readings, forecast, backtest, study, rehearsal, market, facts',
    ]);
    const payload = { kind: 'infer', parameters: { index: 'star-50', from: 'x', more: 1 } };
    const wrong = await ask(server, '/api/v1/jobs', { method: 'POST', payload });
    expect(
      errorOf(wrong)
        .issues.map(({ path }) => path)
        .toSorted(),
    ).toEqual(['parameters.from', 'parameters.more', 'parameters.to']);
  });

  test('a market that is none: every value out of range is named', async () => {
    const parameters = { index: 'star-50', passive: [], arbitrageurs: [1.5], flow: [0, 0.7], runs: 1 };
    const answer = await ask(server, '/api/v1/jobs', {
      method: 'POST',
      payload: { kind: 'market', parameters },
    });
    expect(answer.statusCode).toBe(422);
    const paths = new Set(errorOf(answer).issues.map(({ path }) => path));
    for (const path of ['index', 'passive', 'arbitrageurs.0', 'flow.0', 'flow.1', 'runs'])
      expect(paths).toContain(`parameters.${path}`);
  });

  test('a refusal inside the job is its failure', async () => {
    const { id } = await post('infer', { ...INFER, from: '2024-01-02', to: '2024-01-05' });
    const job = await ended(id);
    expect(job.state).toBe('failed');
    expect(job.error?.kind).toBe('refusal');
  });

  test('no such job', async () => {
    const missing = await ask(server, '/api/v1/jobs/none');
    expect([missing.statusCode, errorOf(missing).code]).toEqual([404, 'unknown_job']);
  });
});
