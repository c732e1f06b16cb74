/** Hostile input, over real sockets where it matters: nothing of it runs, nothing escapes, nobody else is let in. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import XLSX from '@e965/xlsx';
import { csvText, workbook } from '../../src/cli/output.js';
import { buildApp } from '../../src/server/app.js';
import { isToken, tokenFromFile } from '../../src/server/http/access.js';
import { rateLimiter } from '../../src/server/http/rateLimit.js';
import { startServer } from '../../src/server/serve.js';
import { openServices } from '../../src/server/services.js';
import { run } from '../cli/run.js';
import { ask, errorOf, foldersIn, testServer } from './server.js';
import { startKilled } from './killed.js';

// A folder for temporary files that only this file's server uses, so that what it leaves there can be seen.
const usual = process.env.TMPDIR;
const temporary = mkdtempSync(join(tmpdir(), 'counterweight-'));
process.env.TMPDIR = temporary;
// Other test files may run in the same process afterwards.
afterAll(() => {
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
});

const server = await testServer({ limits: { importBytes: 4 << 20 } });
await server.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = server.app.server.address() as AddressInfo;

const folders: string[] = [temporary];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterweight-'));
  folders.push(folder);
  return folder;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request with headers that `fetch` would not send. */
function send(
  path: string,
  headers: Record<string, string> = {},
  at = port,
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port: at, path, method, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Bytes as they are, without a client that would correct them. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', () => undefined);
  });
}

const HEALTH = '/api/v1/health';

describe('other sites', () => {
  test.each([
    ['a forged origin', { origin: 'http://evil.example' }, 403, 'forged_origin'],
    ['an opaque origin', { origin: 'null' }, 403, 'forged_origin'],
    ['a name that was pointed here', { host: 'evil.example:80' }, 403, 'forged_host'],
    [
      'an image on another page',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      403,
      'forged_origin',
    ],
  ])('%s is refused', async (_, headers, status, code) => {
    const answer = await send(HEALTH, headers as Record<string, string>);
    expect([answer.status, errorOf(answer).code]).toEqual([status, code]);
  });

  test('the workbench itself, a program and a followed link are not', async () => {
    expect(
      (await send(HEALTH, { origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(200);
    expect((await send(HEALTH)).status).toBe(200);
    expect((await send('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status).toBe(
      200,
    );
  });

  test('no answer may be framed, sniffed, or run a script of its own', async () => {
    for (const path of ['/', HEALTH, '/openapi', '/nothing', '/api/v1/indices/none']) {
      const { headers, body } = await send(path);
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).not.toMatch(/unsafe-inline|'unsafe-eval'/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(body).not.toMatch(/<script(?![^>]*\ssrc=)/i);
    }
  });
});

describe('another address than this machine', () => {
  test('is not served without a token', async () => {
    const ended = await run(['serve', '--host', '0.0.0.0', '--port', '0', '--data', newFolder(), '--json']);
    expect([ended.code, errorOf({ body: ended.stdout }).code]).toEqual([2, 'token_needed']);
  });

  test('asks for the token, of which only a hash is kept', async () => {
    const file = join(newFolder(), 'token.hash');
    const said: string[] = [];
    const running = await startServer({
      host: '0.0.0.0',
      port: 0,
      tokenFile: file,
      folders: foldersIn(newFolder()),
      say: (line) => said.push(line),
    });
    const at = Number(new URL(running.url).port);
    const token = /^token: (\S+)/.exec(said[0])?.[1] ?? '';
    expect(token.length).toBeGreaterThan(40);
    expect(readFileSync(file, 'utf8')).not.toContain(token);
    const none = await send(HEALTH, {}, at);
    expect([none.status, none.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic')]);
    expect((await send(HEALTH, { authorization: `Bearer ${token.slice(1)}` }, at)).status).toBe(401);
    expect((await send(HEALTH, { authorization: `Bearer ${token}` }, at)).status).toBe(200);
    const basic = Buffer.from(`me:${token}`).toString('base64');
    expect((await send(HEALTH, { authorization: `Basic ${basic}` }, at)).status).toBe(200);
    expect(
      (await send(HEALTH, { authorization: `Bearer ${token}`, origin: 'http://evil.example' }, at)).status,
    ).toBe(403);
    await running.close();
    const again = await tokenFromFile(file);
    expect([again.shownOnce, isToken(token, again.token), isToken('', again.token)]).toEqual([
      undefined,
      true,
      false,
    ]);
  });

  test('does not take a file that holds something else', async () => {
    const file = join(newFolder(), 'token');
    writeFileSync(file, 'my password');
    await expect(tokenFromFile(file)).rejects.toMatchObject({ code: 'invalid_token_file' });
    expect(readFileSync(file, 'utf8')).toBe('my password');
  });
});

describe('limits', () => {
  test('of headers', async () => {
    const answer = await sendRaw(
      `GET ${HEALTH} HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('headers_too_large');
  });

  test('of what is no HTTP', async () => {
    expect(await sendRaw('\u0000\u0001 nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('of a JSON body', async () => {
    const payload = { name: 'a'.repeat(2 << 20), securities: [] };
    const answer = await ask(server, '/api/v1/watchlists/a', { method: 'PUT', payload });
    expect([answer.statusCode, errorOf(answer).code]).toEqual([413, 'body_too_large']);
  });

  test('of requests from one address', () => {
    let now = 0;
    const take = rateLimiter({ perSecond: 10, burst: 5 }, () => now);
    for (let i = 0; i < 5; i++) take('a');
    expect(() => take('a')).toThrow(/more than 10/);
    take('b');
    now += 100;
    take('a');
    expect(() => take('a')).toThrow();
  });

  test('of requests, as an answer', async () => {
    const services = openServices({
      folders: foldersIn(newFolder()),
      limits: { rate: { perSecond: 1, burst: 2 } },
    });
    const app = await buildApp(services);
    const health = () => app.inject({ url: HEALTH, headers: { host: 'localhost' } });
    const statuses = [await health(), await health(), await health()].map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([200, 200, 429]);
    await app.close();
  });
});

describe('uploads', () => {
  const scratchFolders = (): string[] =>
    readdirSync(temporary).filter((name) => existsSync(join(temporary, name, 'prices.csv')));
  const upload = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    ask(server, '/api/v1/imports/prices', {
      method: 'POST',
      payload,
      headers: { 'content-type': 'text/csv', ...headers },
    });

  test('a gigabyte stops at the limit, in constant memory, and leaves nothing', async () => {
    const before = process.memoryUsage().rss;
    const chunk = Buffer.alloc(1 << 20, '2025-09-15,688256,1500,1\n');
    const { status, sent } = await new Promise<{ status: number | string; sent: number }>((resolve) => {
      let written = 0;
      const stream = httpRequest(
        {
          host: '127.0.0.1',
          port,
          path: '/api/v1/imports/prices',
          method: 'POST',
          headers: { 'content-type': 'text/csv' },
        },
        (answer) => {
          answer.resume();
          resolve({ status: answer.statusCode ?? 0, sent: written });
        },
      );
      stream.on('error', () => resolve({ status: 'closed', sent: written }));
      const more = (): void => {
        while (written < 1 << 30 && !stream.destroyed) {
          written += chunk.length;
          if (!stream.write(chunk)) return void stream.once('drain', more);
        }
        stream.end();
      };
      more();
    });
    // The server may close before the client has read its answer.
    expect([413, 'closed']).toContain(status);
    expect(sent).toBeLessThan(200 << 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 << 20);
    expect(scratchFolders()).toEqual([]);
    expect((await send(HEALTH)).status).toBe(200);
  });

  test('a length that is too large is refused before anything is read', async () => {
    const answer = await upload('date,code,close\n', { 'content-length': String(1 << 30) });
    expect([answer.statusCode, errorOf(answer).code]).toEqual([413, 'body_too_large']);
  });

  test('a workbook, which is a zip file, is not opened', async () => {
    const zip = Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), Buffer.alloc(1000)]);
    const answer = await upload(zip);
    expect([answer.statusCode, errorOf(answer).issues[0].code]).toEqual([422, 'not_a_csv']);
  });

  test('a compressed body is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(8 << 20));
    const answer = await upload(bomb, { 'content-encoding': 'gzip' });
    expect([answer.statusCode, errorOf(answer).code]).toEqual([415, 'unsupported_media_type']);
    const asText = await upload(bomb);
    expect(errorOf(asText).issues[0].code).toBe('not_a_csv');
  });

  test('every issue is named, and no place on this machine', async () => {
    const answer = await upload(
      'date,code,close\n2025-13-01,688256,1\n2025-09-15,999999,1\n2025-09-15,688256,-1\n',
    );
    expect(answer.statusCode).toBe(422);
    expect(errorOf(answer).issues).toHaveLength(3);
    expect(answer.body).not.toContain(tmpdir());
  });

  test('what is checked is not written; what is written counts at once', async () => {
    const file = 'date,code,close\n2026-02-12,688256,1234.5\n';
    const checked = await ask(server, '/api/v1/imports/prices?check=true', {
      method: 'POST',
      payload: file,
      headers: { 'content-type': 'text/csv' },
    });
    expect(JSON.parse(checked.body)).toMatchObject({ rows: 1, written: null });
    const url = '/api/v1/securities/688256/prices?from=2026-02-12';
    expect(JSON.parse((await ask(server, url)).body)).toMatchObject({ prices: [] });
    expect((await upload(file)).statusCode).toBe(200);
    expect(JSON.parse((await ask(server, url)).body)).toMatchObject({
      prices: [{ date: '2026-02-12', close: 1234.5, quality: 'imported' }],
    });
    expect(readdirSync(server.folder).toSorted()).toContain('imported-closes.parquet');
  });
});

test('an import on the command line is seen by the server that runs', async () => {
  const file = join(newFolder(), 'closes.csv');
  writeFileSync(file, 'date,code,close\n2026-02-13,688256,1300\n');
  expect((await run(['import', 'prices', file, '--data', server.folder])).code).toBe(0);
  const url = '/api/v1/securities/688256/prices?from=2026-02-13';
  const seen = async (): Promise<unknown[]> =>
    (JSON.parse((await ask(server, url)).body) as { prices: unknown[] }).prices;
  for (let tries = 0; tries < 50 && (await seen()).length === 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await seen()).toMatchObject([{ date: '2026-02-13', close: 1300 }]);
});

describe('paths', () => {
  test.each([
    '/../../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/assets/..%5c..%5cpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/api/v1/rulebooks/..%2f..%2fexamples%2fmy-index.yaml',
    '/api/v1/rulebooks/examples%2Fmy-index.yaml',
    '/api/v1/indices/%2e%2e%2fx.yaml',
    '/api/v1/jobs/..%2f..%2fworkbench.db',
    '/api/v1/watchlists/..%2fx',
    '/%00',
    '/%ff%fe',
  ])('%s leads nowhere', async (path) => {
    const answer = await sendRaw(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toMatch(/root:|"dependencies"|rulebook: /);
  });

  test('only files of the built workbench are sent, its pages get its one page', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'web', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><title>Workbench</title>');
    writeFileSync(join(folder, 'web', 'assets', 'a-1.js'), 'export {};');
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    const app = await buildApp(openServices({ folders: foldersIn(folder) }));
    const at = async (url: string) => app.inject({ url, headers: { host: 'localhost' } });
    expect((await at('/')).body).toContain('Workbench');
    expect((await at('/indices/star-50/reviews/2025-09-15?security=688256')).body).toContain('Workbench');
    const script = await at('/assets/a-1.js');
    expect([script.statusCode, script.headers['content-type']]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
    for (const path of ['/../secret.txt', '/assets/../../secret.txt', '/assets/none.js', '/api/v1/none']) {
      expect((await at(path)).statusCode).toBe(404);
    }
    await app.close();
  });
});

describe('text from outside', () => {
  const NAMES = ['=HYPERLINK("http://evil.example")', '+1+cmd', '-2+3', '@SUM(A1)', '\t=1', '＝1+1', ' =1'];
  const HARMLESS = ['-3.5', '+1e5', '寒武纪', 'a=b'];
  const sheet = { name: 's', rows: [...NAMES, ...HARMLESS].map((name) => ({ name, value: -1.5 })) };

  test('is no formula in a CSV file; numbers stay numbers', () => {
    const lines = csvText(sheet).split('\n').slice(1);
    NAMES.forEach((_, i) => expect(lines[i].replace(/^"/, '')).toMatch(/^'/));
    HARMLESS.forEach((name, i) => expect(lines[NAMES.length + i]).toBe(`${name},-1.5`));
  });

  test('is no formula in a workbook', async () => {
    const book = XLSX.read(await workbook([sheet]));
    const cells = book.Sheets.s as Record<string, { t: string; v: unknown; f?: string }>;
    NAMES.forEach((name, i) => expect(cells[`A${i + 2}`]).toMatchObject({ t: 's', v: `'${name}` }));
    expect(Object.values(cells).every(({ f }) => f === undefined)).toBe(true);
    expect(cells.B2).toMatchObject({ t: 'n', v: -1.5 });
  });

  test('with a script in it is data, wherever it comes back', async () => {
    const name = '<script>alert(1)</script>';
    const put = await ask(server, '/api/v1/watchlists/s', {
      method: 'PUT',
      payload: { name, securities: [] },
    });
    expect(put.headers['content-type']).toContain('application/json');
    const search = await ask(server, `/api/v1/securities?query=${encodeURIComponent(name)}`);
    expect(search.headers['content-type']).toContain('application/json');
    const missing = await ask(server, `/${encodeURIComponent(name)}`);
    expect(missing.headers['content-type']).toContain('application/json');
  });
});

describe('start and stop', () => {
  test('a second start on the same port says so and harms nothing', async () => {
    const folder = newFolder();
    const { child, url } = await startKilled(folder);
    const second = await run(['serve', '--port', new URL(url).port, '--data', folder, '--json']);
    expect([second.code, errorOf({ body: second.stdout }).code]).toEqual([4, 'port_in_use']);
    expect(errorOf({ body: second.stdout }).message).toContain('Counterweight runs there already');
    expect((await fetch(`${url}${HEALTH}`)).status).toBe(200);
    const listening = fetch(`${url}/api/v1/data/events`);
    expect((await listening).status).toBe(200);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
