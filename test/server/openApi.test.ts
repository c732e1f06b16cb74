/**
 * The OpenAPI document drives requests, right ones and wrong ones, to every route: the server never fails, never shows a
 * stack, and names every part of a wrong request that is wrong.
 */
import fc from 'fast-check';
import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { schemaIssues } from '../../src/server/http/validation.js';
import { ask, errorOf, get, testServer } from './server.js';

const server = await testServer({ limits: { rate: { perSecond: 1e6, burst: 1e6 } } });
/** A nightly run asks for 10,000. */
const REQUESTS = Number(process.env.COUNTERWEIGHT_REQUESTS ?? 400);

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const document = await get<Document>(server, '/openapi.json');
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    // A stream does not end; it has a test of its own.
    .filter(() => !path.endsWith('/events'))
    .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** Where an answer says that something is wrong; checks that it says so as every failure does. */
function problemsNamed(answer: { readonly statusCode: number; readonly body: string }): readonly string[] {
  if (answer.statusCode < 400) return [];
  expect(answer.body).not.toMatch(/\bat .*:\d+:\d+|node_modules|\/src\/|\.js:/);
  const { kind, code, message, issues } = errorOf(answer);
  expect([typeof code, typeof message]).toEqual(['string', 'string']);
  expect(kind === 'input' ? issues.length : 1).toBeGreaterThan(0);
  expect(kind).toBe(answer.statusCode === 409 ? 'refusal' : 'input');
  return issues.map(({ path }) => path);
}

/** Values that exist, so that right requests go all the way. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  effective: ['2025-09-15', '2025-12-15', '2026-03-16'],
  knownAt: ['2025-09-12', '2025-09-02', '2025-12-12', '2026-02-11', '1999-01-01'],
  index: ['star-50', '000688', 'nasdaq-100'],
};

/** Texts by their pattern; the document has no others. */
const BY_PATTERN: Readonly<Record<string, fc.Arbitrary<string>>> = {
  '^[a-z0-9][a-z0-9 -]{0,30}$': fc.constantFrom('trades', 'what-if 2025'),
  '^[0-9]{6}$': fc.constantFrom('688256', '688041', '999999'),
  '^[0-9]{6}(\\.(SH|SZ|BJ))?$': fc.constantFrom('688256', '688256.SH', '600519.SH', '000001.SZ', '123456'),
  '^[A-Za-z0-9_-]{1,64}$': fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/),
  '^[1-9][0-9]{0,8}$': fc.constantFrom('1', '2', '7'),
  '^[A-Za-z0-9.-]{1,16}$': fc.constantFrom('688256', '688256.SH', 'NVDA', '588000', '011612', 'x.1'),
  '^[0-9A-Za-z]{1,8}$': fc.constantFrom('2025H1', '2024FY', '20259M', '2025Q9', 'x'),
  '^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$': fc.constantFrom('09:30', '14:57:30', '3:00', '23:59'),
  '^[a-z0-9.-]{1,60}$': fc.constantFrom('caps.single', 'caps.top-five', 'caps.none'),
};

test.each(Object.keys(BY_PATTERN))('a text that is not %s is told what it should be in words', (pattern) => {
  const [{ expected }] = schemaIssues(Type.String({ pattern }), '\u0000');
  expect(expected).not.toContain('pattern');
});

function right(schema: Schema, name: string, url: string): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((branch) => right(branch, name, url)));
  if (schema.format === 'date') {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    return fc.oneof(
      fc.constantFrom(...(KNOWN[name] ?? KNOWN.knownAt)),
      day.map((date) => date.toISOString().slice(0, 10)),
    );
  }
  if (schema.pattern !== undefined) return BY_PATTERN[schema.pattern];
  if (name === 'index' || (name === 'id' && /indices|rulebooks/.test(url)))
    return fc.constantFrom(...KNOWN.index);
  switch (schema.type) {
    case 'string':
      return fc.string({
        minLength: schema.minLength ?? 0,
        maxLength: Math.min(schema.maxLength ?? 30, 30),
        unit: 'grapheme',
      });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000 });
    case 'number':
      return fc.double({
        min: schema.minimum ?? schema.exclusiveMinimum ?? 0,
        max: schema.maximum ?? 1e12,
        minExcluded: schema.minimum === undefined,
        noNaN: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(right(schema.items ?? {}, name, url), {
        minLength: schema.minItems ?? 0,
        maxLength: 4,
      });
    case 'object':
      return rightObject(schema, url);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function rightObject(
  { properties, required, patternProperties }: Schema,
  url: string,
): fc.Arbitrary<unknown> {
  if (patternProperties !== undefined) {
    const [[pattern, inner]] = Object.entries(patternProperties);
    return fc.dictionary(BY_PATTERN[pattern] ?? fc.string({ maxLength: 10 }), right(inner, '', url), {
      maxKeys: 3,
    });
  }
  const fields = Object.entries(properties ?? {}).map(
    ([name, inner]) => [name, right(inner, name, url)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(required ?? [])] });
}

/** Texts that no parameter here takes, except free ones. */
const WRONG = [
  '',
  '\u0000',
  '../../etc/passwd',
  "'; DROP TABLE documents; --",
  '2025-02-30',
  '-1',
  '1e999',
  'NaN',
  '<script>',
  '=1+1',
  'x'.repeat(5_000),
  '{{7*7}}',
  '%s%n',
  '🦀',
  '__proto__',
];

const isFree = ({ type, pattern, enum: values, format }: Schema): boolean =>
  type === 'string' && pattern === undefined && values === undefined && format === undefined;

/** Wrong for this schema for certain, as text of a URL. */
function wrongText(schema: Schema): fc.Arbitrary<string> | undefined {
  if (isFree(schema))
    return schema.maxLength === undefined ? undefined : fc.constant('x'.repeat(schema.maxLength + 1));
  return fc.constantFrom(...WRONG.filter((text) => !fits(text, schema)));
}

function fits(text: string, schema: Schema): boolean {
  if (schema.pattern !== undefined) return new RegExp(schema.pattern).test(text);
  if (schema.type === 'boolean') return /^(?:true|false|0|1)$/.test(text);
  if (schema.type !== 'number' && schema.type !== 'integer') return false;
  // What a URL's text may be taken for: nothing and infinity are not what these ask for, but -1 may be.
  return (
    text === '' ||
    (Number.isFinite(Number(text)) &&
      Number(text) >= (schema.minimum ?? schema.exclusiveMinimum ?? -Infinity))
  );
}

interface Made {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly body: unknown;
  readonly type: string;
  /** Parameters that are wrong for certain. */
  readonly broken: readonly string[];
}

function requests(): fc.Arbitrary<Made> {
  return fc.constantFrom(...operations).chain(({ path, method, operation }) => {
    const parameters = operation.parameters ?? [];
    const [type = 'application/json', content] =
      Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    const values = fc.record(
      Object.fromEntries(parameters.map((parameter) => [parameter.name, valueOf(parameter, path)])),
    );
    const body = bodyOf(content?.schema, type, path);
    const extra = fc.option(fc.constantFrom('zz', 'constructor', 'a b'), { freq: 6 });
    return fc.tuple(values, body, extra).map(([chosen, sent, unknown]): Made => {
      let url = path;
      const query = new URLSearchParams();
      for (const parameter of parameters) {
        const { text } = chosen[parameter.name];
        if (parameter.in === 'path')
          url = url.replace(`{${parameter.name}}`, encodeURIComponent(text ?? 'x'));
        else if (text !== undefined) query.set(parameter.name, text);
      }
      const takesQuery = parameters.some((parameter) => parameter.in === 'query');
      if (unknown !== null && takesQuery) query.set(unknown, '1');
      const broken = parameters.filter(({ name }) => chosen[name].broken).map(({ name }) => name);
      return {
        method: method as Made['method'],
        url: query.size === 0 ? url : `${url}?${query}`,
        body: sent,
        type,
        broken: unknown !== null && takesQuery ? [...broken, unknown] : broken,
      };
    });
  });
}

interface Chosen {
  readonly text: string | undefined;
  readonly broken: boolean;
}

function valueOf({ name, in: place, required, schema }: Parameter, path: string): fc.Arbitrary<Chosen> {
  const sound = right(schema, name, path).map((value): Chosen => ({ text: String(value), broken: false }));
  const wrong = wrongText(schema)?.filter((text) => place === 'query' || (text !== '' && text.length < 150));
  const choices: fc.WeightedArbitrary<Chosen>[] = [{ arbitrary: sound, weight: 4 }];
  if (required !== true)
    choices.push({ arbitrary: fc.constant({ text: undefined, broken: false }), weight: 3 });
  if (wrong !== undefined)
    choices.push({ arbitrary: wrong.map((text): Chosen => ({ text, broken: true })), weight: 1 });
  return fc.oneof(...choices);
}

function bodyOf(schema: Schema | undefined, type: string, path: string): fc.Arbitrary<unknown> {
  if (type === 'text/csv')
    return fc.constantFrom(
      '',
      'date,code,close\n',
      'date,code,close\n2026-02-12,688256,x\n',
      '\u0000',
      'a;b\n1;2\n',
    );
  if (schema === undefined) return fc.constant(undefined);
  return fc.oneof(
    { arbitrary: right(schema, '', path), weight: 3 },
    { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 },
    { arbitrary: fc.constantFrom('{', '[1', 'null', '"text"', '{"__proto__":{"a":1}}'), weight: 1 },
  );
}

test('the document says 3.1 and covers every route that is served', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(operations.length).toBeGreaterThan(30);
});

describe(`${REQUESTS} requests made from it`, () => {
  test(
    'never fail, never show a stack, and all that is wrong is named',
    async () => {
      const seen = new Map<number, number>();
      await fc.assert(
        fc.asyncProperty(requests(), async ({ method, url, body, type, broken }) => {
          const payload =
            body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) };
          const headers = body === undefined ? {} : { headers: { 'content-type': type } };
          const answer = await ask(server, url, { method, ...payload, ...headers });
          seen.set(answer.statusCode, (seen.get(answer.statusCode) ?? 0) + 1);
          expect(answer.statusCode).toBeLessThan(500);
          const named = problemsNamed(answer);
          // A body that cannot be read at all is said alone, before anything else is looked at.
          const expected = answer.statusCode === 400 ? ['body'] : broken;
          for (const name of expected) expect(named).toContain(name);
        }),
        { numRuns: REQUESTS },
      );
      expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 422]));
      process.stderr.write(`${JSON.stringify(Object.fromEntries(seen))}\n`);
    },
    REQUESTS * 200 + 60_000,
  );
});
