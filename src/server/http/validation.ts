/**
 * Requests against the schemas of their route. Path, query and body are checked together, so that an answer names
 * everything that is wrong; the HTTP library would stop at the first part.
 */
import type { FastifyRequest, FastifySchema } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { Value } from 'typebox/value';
import { InputError, type Issue } from '../../core/index.js';
import { shown } from '../../data/csvIssues.js';

/** The library would stop at the eighth; the body of a request has a bound of its own. */
Settings.Set({ maxErrors: 1000 });

interface RouteCheck {
  readonly params?: Validator | undefined;
  readonly querystring?: Validator | undefined;
  readonly body?: Validator | undefined;
}

const compile = (schema: unknown): Validator | undefined =>
  schema === undefined ? undefined : Compile(schema as TSchema);

/** Compiles the schemas of a route once. */
export const routeCheck = ({ params, querystring, body }: FastifySchema): RouteCheck => ({
  params: compile(params),
  querystring: compile(querystring),
  body: compile(body),
});

/**
 * Replaces the query by its converted values, since a URL knows only text.
 * @throws InputError `invalid_request_values` with every issue
 */
export function checkRequest(request: FastifyRequest, check: RouteCheck): void {
  if (check.querystring !== undefined) {
    request.query = Value.Convert(check.querystring.Type(), { ...(request.query as object) });
  }
  const issues = [
    ...issuesOf(check.params, request.params),
    ...issuesOf(check.querystring, request.query),
    ...issuesOf(check.body, request.body),
  ];
  if (issues.length === 0) return;
  const count = issues.length === 1 ? '1 problem' : `${issues.length} problems`;
  throw new InputError('invalid_argument', `${count} with the request`, issues);
}

/** Every issue of a value, each at its place, in words. */
export function schemaIssues(schema: TSchema, value: unknown): Issue[] {
  return issuesOf(Compile(schema), value);
}

function issuesOf(validator: Validator | undefined, value: unknown): Issue[] {
  if (validator === undefined || validator.Check(value)) return [];
  const issues = new Map<string, Issue>();
  for (const error of validator.Errors(value)) {
    for (const issue of issueOf(error, value)) issues.set(`${issue.code} ${issue.path}`, issue);
  }
  return [...issues.values()];
}

type SchemaError = ReturnType<Validator['Errors']>[number];

function issueOf({ keyword, instancePath, params, message }: SchemaError, value: unknown): Issue[] {
  const parts = instancePath.split('/').slice(1).map(unescaped);
  const path = parts.map(shown).join('.');
  const below = (key: string): string => (path === '' ? shown(key) : `${path}.${shown(key)}`);
  const details = params as Record<string, unknown>;
  if (keyword === 'boolean') return [];
  if (keyword === 'additionalProperties') {
    const keys = details.additionalProperties as string[];
    return keys.map((key) => ({
      code: 'unknown_key',
      path: below(key),
      expected: 'only what this route takes',
    }));
  }
  if (keyword === 'required') {
    const keys = details.requiredProperties as string[];
    return keys.map((key) => ({ code: 'missing_value', path: below(key), expected: 'a value' }));
  }
  const found = parts.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined,
    value,
  );
  const wrong = typeof found === 'string' ? shown(found) : typeof found === 'object' ? undefined : found;
  return [
    {
      code: 'invalid_argument',
      path,
      ...(wrong === undefined ? {} : { value: wrong }),
      expected: expectedWords(keyword, details, message),
    },
  ];
}

const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** What a text of each pattern is, for whoever does not read patterns. */
const PATTERN_WORDS: Readonly<Record<string, string>> = {
  '^[0-9]{6}$': 'a code such as 688256',
  '^[0-9]{6}(\\.(SH|SZ|BJ))?$': 'a code such as 688256 or 688256.SH',
  '^[A-Za-z0-9.-]{1,16}$': 'a code such as 688256 or NVDA',
  '^[0-9A-Za-z]{1,8}$': 'a year and a span, such as 2025H1',
  '^[A-Za-z0-9_-]{1,64}$': 'a name of 1 to 64 letters, digits, - and _',
  '^[1-9][0-9]{0,8}$': 'the number of an order, from 1 on',
  '^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$': 'a time of day such as 14:57',
  '^[a-z0-9.-]{1,60}$': 'the id of a clause, such as caps.single',
  '^[a-z0-9][a-z0-9 -]{0,30}$': 'a name of 1 to 31 small letters, digits, spaces and -',
};

function expectedWords(keyword: string, params: Record<string, unknown>, message: string): string {
  if (keyword === 'enum') return `one of ${(params.allowedValues as unknown[]).join(', ')}`;
  if (keyword === 'const') return JSON.stringify(params.allowedValue);
  if (keyword === 'type') return `a value of type ${String(params.type)}`;
  const words = keyword === 'pattern' ? PATTERN_WORDS[String(params.pattern)] : undefined;
  if (words !== undefined) return words;
  if (keyword === 'format') return 'an existing date as YYYY-MM-DD';
  return message.replace(/^must /, 'it must ');
}
