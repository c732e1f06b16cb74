/** The server on the bundled data, with a state of its own, for one test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { buildApp } from '../../src/server/app.js';
import type { App } from '../../src/server/http/schemaTypes.js';
import { openServices, type ServiceOptions, type Services } from '../../src/server/services.js';
import { ROOT } from '../tidy/files.js';

export interface TestServer {
  readonly app: App;
  readonly services: Services;
  readonly folder: string;
}

/** Jobs run the built program, as they do for a user. */
const JOB_PROGRAM = join(ROOT, 'dist', 'server', 'jobs', 'child.js');

export const foldersIn = (folder: string) => ({
  rulebooks: join(ROOT, 'rulebooks'),
  datasets: join(ROOT, 'datasets'),
  data: folder,
  record: join(ROOT, 'record'),
  web: join(folder, 'web'),
});

/** To be awaited at the top of a test file: closes the server and removes its folder after all tests. */
export async function testServer(options: Partial<ServiceOptions> = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'counterweight-'));
  const services = openServices({ folders: foldersIn(folder), jobProgram: JOB_PROGRAM, ...options });
  const app = await buildApp(services);
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { app, services, folder };
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly bytes: Buffer;
}

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: object | string | Buffer;
}

/** One request as a client on this machine makes it. */
export async function ask({ app }: TestServer, url: string, asked: Asked = {}): Promise<Answer> {
  const { method = 'GET', headers, payload } = asked;
  const answer = await app.inject({
    method,
    url,
    headers: { host: 'localhost', ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
  return {
    statusCode: answer.statusCode,
    headers: answer.headers,
    body: answer.body,
    bytes: answer.rawPayload,
  };
}

/** The document of an answer that succeeded. */
export async function get<Document = Record<string, unknown>>(
  server: TestServer,
  url: string,
): Promise<Document> {
  const { statusCode, body } = await ask(server, url);
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}: ${body}`);
  return JSON.parse(body) as Document;
}

export interface ErrorBody {
  readonly error: {
    readonly kind: string;
    readonly code: string;
    readonly message: string;
    readonly issues: readonly { readonly code: string; readonly path: string; readonly expected: string }[];
  };
}

export const errorOf = ({ body }: { readonly body: string }): ErrorBody['error'] =>
  (JSON.parse(body) as ErrorBody).error;
