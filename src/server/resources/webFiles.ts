/**
 * The built workbench. Its files are listed once at the start and only what is on the list is sent, so no path of a
 * request ever reaches the disk. Addresses of the workbench's pages all get its one page.
 */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyReply } from 'fastify';
import type { App } from '../http/schemaTypes.js';
import type { Services } from '../services.js';
import { html } from './openApi.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

export function webFiles(app: App, { folders }: Services): void {
  const files = filesUnder(folders.web);
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const path = decoded(request.url.split('?', 1)[0]);
    const file = files.get(path);
    if (file !== undefined) return send(reply, file, path.startsWith('/assets/'));
    const isPage = !path.startsWith('/api/') && extname(path) === '';
    const index = files.get('/index.html');
    if (isPage && index !== undefined) return send(reply, index, false);
    if (path === '/') return reply.header('content-type', TYPES['.html']).send(NOT_BUILT);
    reply.callNotFound();
    return reply;
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Paths as a browser asks for them, to the files they mean. */
function filesUnder(folder: string, at = ''): Map<string, string> {
  const files = new Map<string, string>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const [path, file] = [`${at}/${entry.name}`, join(folder, entry.name)];
    if (entry.isDirectory())
      for (const [inner, innerFile] of filesUnder(file, path)) files.set(inner, innerFile);
    else if (entry.isFile()) files.set(path, file);
  }
  return files;
}

/** Files under `assets/` have their hash in their name and never change. */
async function send(reply: FastifyReply, file: string, fixed: boolean): Promise<FastifyReply> {
  const body = await readFile(file);
  return reply
    .header('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    .header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache')
    .send(body);
}

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Counterweight</title>
<h1>Counterweight</h1>
<p>The server runs, but the workbench is not built. Run <code>${html('npm run build')}</code> in the checkout, then start again.</p>
<p>The interface for programs is there: <a href="/openapi">what it offers</a>.</p>
</html>
`;
