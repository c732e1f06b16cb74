/** What a person keeps: edits, conflicts, every earlier shape of the state, and a server that is killed while it writes. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { OperationalError } from '../../src/core/index.js';
import { migrate, versionOf } from '../../src/data/sqlite.js';
import { openDatabase } from '../../src/server/state/database.js';
import { documentStore } from '../../src/server/state/documents.js';
import { MIGRATIONS } from '../../src/server/state/migrations.js';
import { scratch } from '../data/scratch.js';
import { ask, errorOf, get, testServer } from './server.js';
import { acknowledgedWrites, startKilled } from './killed.js';

const server = await testServer();
const LIST = { name: 'Chips', securities: ['688256', '688041.SH'] };
const url = '/api/v1/watchlists/chips';
const put = (payload: object, headers: Record<string, string> = {}, at = url) =>
  ask(server, at, { method: 'PUT', payload, headers });

describe('an address asked with another method', () => {
  test.each([
    ['POST', '/api/v1/indices', 'GET, HEAD'],
    ['DELETE', '/api/v1/indices/star-50/', 'GET, HEAD'],
    ['POST', '/api/v1/watchlists/chips', 'DELETE, GET, HEAD, PUT'],
    ['GET', '/api/v1/claims', 'POST'],
  ] as const)('%s %s: says which it takes', async (method, at, allowed) => {
    const answer = await ask(server, at, { method });
    expect([answer.statusCode, errorOf(answer).code, answer.headers.allow]).toEqual([
      405,
      'method_not_allowed',
      allowed,
    ]);
    expect(errorOf(answer).issues[0]).toMatchObject({ path: 'method', value: method, expected: allowed });
  });

  test('there is none: that is said', async () => {
    const answer = await ask(server, '/api/v1/none', { method: 'POST' });
    expect([answer.statusCode, errorOf(answer).code]).toEqual([404, 'unknown_route']);
  });
});

describe('documents', () => {
  test('are made, read, edited and deleted', async () => {
    const made = await put(LIST);
    expect([made.statusCode, made.headers.etag]).toEqual([201, '"1"']);
    expect(await get(server, url)).toMatchObject({ id: 'chips', revision: 1, body: LIST });
    const edited = await put({ ...LIST, name: 'Chips 2' }, { 'if-match': '"1"' });
    expect([edited.statusCode, edited.headers.etag]).toEqual([200, '"2"']);
    expect(await get(server, '/api/v1/watchlists')).toMatchObject({
      watchlists: [{ id: 'chips', revision: 2 }],
    });
    expect((await ask(server, url, { method: 'DELETE' })).statusCode).toBe(204);
    expect((await ask(server, url, { method: 'DELETE' })).statusCode).toBe(204);
    expect((await ask(server, url)).statusCode).toBe(404);
  });

  test('sent twice are one, of one revision', async () => {
    const at = '/api/v1/watchlists/twice';
    expect((await put(LIST, {}, at)).statusCode).toBe(201);
    const again = await put(LIST, {}, at);
    expect([again.statusCode, again.headers.etag]).toEqual([200, '"1"']);
  });

  test('of two pages that edit the same revision, the second is told', async () => {
    const at = '/api/v1/watchlists/shared';
    await put(LIST, {}, at);
    expect((await put({ ...LIST, name: 'first' }, { 'if-match': '"1"' }, at)).statusCode).toBe(200);
    const late = await put({ ...LIST, name: 'second' }, { 'if-match': '"1"' }, at);
    expect([late.statusCode, errorOf(late).code]).toEqual([412, 'version_conflict']);
    expect(errorOf(late).issues[0].expected).toContain('"2"');
    expect(await get(server, at)).toMatchObject({ body: { name: 'first' } });
    const fresh = await put(LIST, { 'if-none-match': '*' }, at);
    expect(fresh.statusCode).toBe(412);
  });

  test('alerts, what-ifs and preferences have shapes of their own, and every fault is named', async () => {
    const condition = { kind: 'room-to-cap', index: 'star-50', security: '688256', below: 0.01 };
    const alert = await put({ name: 'cap', enabled: true, condition }, {}, '/api/v1/alerts/a');
    expect(alert.statusCode).toBe(201);
    const chance = { kind: 'probability', index: 'star-50', security: '688256', of: 'in', above: 0.5 };
    const likely = await put({ name: 'in', enabled: true, condition: chance }, {}, '/api/v1/alerts/b');
    expect(likely.statusCode).toBe(201);
    const beyond = { name: 'in', enabled: true, condition: { ...chance, above: 1.5 } };
    expect((await put(beyond, {}, '/api/v1/alerts/c')).statusCode).toBe(422);
    const request = { index: 'star-50', effective: '2025-09-15', changed: { assets: 1e11 } };
    expect((await put({ name: 'w', request }, {}, '/api/v1/whatifs/w')).statusCode).toBe(201);
    expect((await put({ language: 'zh', theme: 'dark' }, {}, '/api/v1/preferences')).statusCode).toBe(201);
    expect(await get(server, '/api/v1/preferences')).toMatchObject({ revision: 1, body: { language: 'zh' } });
    const wrong = await put({ name: '', securities: ['x', '688256'], more: 1 }, {}, '/api/v1/watchlists/w');
    expect(wrong.statusCode).toBe(422);
    expect(
      errorOf(wrong)
        .issues.map(({ path }) => path)
        .toSorted(),
    ).toEqual(['more', 'name', 'securities.0']);
  });
});

describe('the shape of the state', () => {
  const { path, write } = scratch();

  test.each(Array.from(MIGRATIONS.keys()))('step %i is brought up to date with what it holds', (version) => {
    // The file as an earlier version of the program would have left it.
    const folder = path(`v${version}`);
    mkdirSync(folder);
    const file = join(folder, 'workbench.db');
    const old = new Database(file);
    migrate(old, file, MIGRATIONS, version);
    expect(versionOf(old)).toBe(version);
    if (version >= 1) old.exec(`INSERT INTO documents VALUES ('alerts', 'kept', '{"a":1}', 7, 5)`);
    if (version >= 2) old.exec(`INSERT INTO jobs VALUES ('j', 'infer', '{}', 'k', 1, 'done', NULL, 1, 2)`);
    old.close();
    const state = openDatabase(folder);
    expect(versionOf(state)).toBe(MIGRATIONS.length);
    const documents = state.prepare('SELECT id, revision FROM documents').all();
    expect(documents).toEqual(version >= 1 ? [{ id: 'kept', revision: 7 }] : []);
    expect(state.prepare('SELECT id FROM jobs').all()).toEqual(version >= 2 ? [{ id: 'j' }] : []);
    expect(state.prepare('SELECT count(*) AS n FROM imports').all()).toEqual([{ n: 0 }]);
    state.close();
  });

  test('alerts of every kind an earlier version kept are there, and one on a chance beside them', () => {
    const about = { index: 'star-50', security: '688256' };
    const kept = [
      { kind: 'room-to-cap', ...about, below: 0.01 },
      { kind: 'sessions-left', index: 'star-50', date: 'pricing', sessions: 3 },
      { kind: 'flow-value', ...about, above: 1e9 },
    ].map((condition) => ({ name: condition.kind, enabled: true, condition }));
    const folder = path('alerts');
    mkdirSync(folder);
    const file = join(folder, 'workbench.db');
    const old = new Database(file);
    migrate(old, file, MIGRATIONS, 1);
    const write1 = old.prepare(`INSERT INTO documents VALUES ('alerts', ?, ?, 1, 5)`);
    for (const body of kept) write1.run(body.name, JSON.stringify(body));
    old.close();
    const state = openDatabase(folder);
    const documents = documentStore(state, () => 9);
    const condition = { kind: 'probability', ...about, of: 'capped', above: 0.5 };
    documents.put('alerts', 'z', { name: 'chance', enabled: true, condition }, 'none');
    const bodies = documents.list('alerts').map(({ body }) => body);
    expect(bodies).toEqual([
      ...kept.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      { name: 'chance', enabled: true, condition },
    ]);
    state.close();
  });

  test('of a later version is left alone', () => {
    const folder = path('later');
    const later = openDatabase(folder);
    later.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    later.close();
    expect(() => openDatabase(folder)).toThrow(OperationalError);
  });

  test('that is no database is said, and kept', () => {
    mkdirSync(path('broken'));
    const file = write(
      join('broken', 'workbench.db'),
      'this is a text, long enough to be no header of a database\n'.repeat(40),
    );
    const before = readFileSync(file, 'utf8');
    expect(() => openDatabase(path('broken'))).toThrow(OperationalError);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

/** A nightly run asks for 100. */
const KILLS = Number(process.env.COUNTERWEIGHT_KILLS ?? 4);

test(
  `killed ${KILLS} times while it writes, the server has lost nothing it acknowledged`,
  async () => {
    const folder = join(server.folder, 'killed');
    const acknowledged = new Map<string, number>();
    let writes = 0;
    for (let round = 0; round < KILLS; round++) {
      const running = await startKilled(folder);
      for (const [at, count] of acknowledged) {
        const kept = (await (await fetch(`${running.url}${at}`)).json()) as { body?: { note?: string } };
        // The write after the last acknowledged one may have been taken too.
        expect([count, count + 1].map(String)).toContain(kept.body?.note);
      }
      writes += await acknowledgedWrites(running, round, acknowledged);
    }
    expect(acknowledged.size).toBe(3);
    process.stderr.write(`${writes} acknowledged writes, ${KILLS} kills\n`);
  },
  KILLS * 10_000 + 20_000,
);
