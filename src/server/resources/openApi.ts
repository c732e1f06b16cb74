/** The OpenAPI document of all routes, and the same as a page to read: no script, so it works under the strict policy. */
import type { App } from '../http/schemaTypes.js';

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: unknown;
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };
}

export function openApiRoutes(app: App): void {
  let document: string | undefined;
  let page: string | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, async (_, reply) => {
    document ??= JSON.stringify(app.swagger(), null, 2);
    return reply.header('content-type', 'application/json; charset=utf-8').send(document);
  });
  app.get('/openapi', { schema: { hide: true } }, async (_, reply) => {
    page ??= pageOf(app.swagger().paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>);
    return reply.header('content-type', 'text/html; charset=utf-8').send(page);
  });
}

function pageOf(paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => sectionOf(method.toUpperCase(), path, operation)),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Counterweight: the interface</title>
<h1>Counterweight: the interface</h1>
<p>For programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). Weights are fractions, dates ISO, money in CNY.
Every table also comes as <code>?format=csv</code>, <code>xlsx</code> or <code>parquet</code>.</p>
${operations.join('\n')}
</html>
`;
}

function sectionOf(method: string, path: string, { summary, parameters, requestBody }: Operation): string {
  const rows = (parameters ?? []).map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><td><code>${html(name)}</code><td>${html(place)}<td>${required === true ? 'required' : ''}<td>${html(description ?? '')}<td><code>${html(JSON.stringify(schema ?? {}))}</code>`,
  );
  const bodies = Object.entries(requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<p>Body ${html(type)}</p>\n<pre>${html(JSON.stringify(schema, null, 2))}</pre>`,
  );
  const table = rows.length === 0 ? '' : `<table>\n${rows.join('\n')}\n</table>`;
  return `<h2><code>${method} ${html(path)}</code></h2>\n<p>${html(summary ?? '')}</p>\n${table}\n${bodies.join('\n')}`;
}

export const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
