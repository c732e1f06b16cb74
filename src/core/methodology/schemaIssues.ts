/** What a schema finds wrong with a value, one issue per place, in the words of somebody who writes rulebooks. */
import type { TSchema } from 'typebox';
import { Settings } from 'typebox/system';
import { Value } from 'typebox/value';
import { assert } from '../base/errors.js';

/** The library would stop at the eighth. A bound has to be, for a value from outside can be wrong in any number of places. */
Settings.Set({ maxErrors: 1000 });

export interface SchemaIssue {
  readonly code: string;
  /** Keys and positions from the value down. */
  readonly at: readonly (string | number)[];
  readonly value: unknown;
  readonly expected: string;
}

export function schemaIssues(schema: TSchema, value: unknown): SchemaIssue[] {
  return likeliestBranch(Value.Errors(schema, value)).flatMap((error) => issuesOf(schema, value, error));
}

function issuesOf(schema: TSchema, value: unknown, error: SchemaError): SchemaIssue[] {
  const at = pointerParts(error.instancePath);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'boolean':
    case 'anyOf':
      return []; // said by the errors beside it
    case 'additionalProperties': {
      const known = `only the keys of this rule (${propertiesOf(schema, error.schemaPath)})`;
      const keys = params.additionalProperties as string[];
      return keys.map((key) => ({ code: 'unknown_key', at: [...at, key], value: key, expected: known }));
    }
    case 'required':
      return (params.requiredProperties as string[]).map((key) =>
        key === 'cite'
          ? { code: 'missing_citation', at, value: undefined, expected: 'cite: [key of `sources`, ...]' }
          : { code: 'missing_key', at, value: undefined, expected: `a value for \`${key}\`` },
      );
    case 'minItems': {
      const code = at.at(-1) === 'cite' ? 'missing_citation' : 'wrong_value';
      return [{ code, at, value: [], expected: 'at least one entry' }];
    }
    default: {
      const expected = expectedWords(error.keyword, params, error.message);
      return [{ code: 'wrong_value', at, value: valueAt(value, error.instancePath), expected }];
    }
  }
}

type SchemaError = ReturnType<typeof Value.Errors>[number];

/**
 * Where a value may take one of several shapes, the errors of the shape it comes closest to: somebody who mistyped
 * a weekday need not read what is missing to make it a month end.
 */
function likeliestBranch(errors: readonly SchemaError[]): SchemaError[] {
  const places = new Map<string, Map<string, SchemaError[]>>();
  const plain: SchemaError[] = [];
  for (const error of errors) {
    const union = /^(.*?\/anyOf)\/(\d+)/.exec(error.schemaPath);
    if (!union) {
      plain.push(error);
      continue;
    }
    const depth = union[1]
      .split('/')
      .filter((part, i, parts) => part === 'items' || parts[i - 1] === 'properties').length;
    const place = `${union[1]} ${error.instancePath
      .split('/')
      .slice(0, depth + 1)
      .join('/')}`;
    const branches = places.get(place) ?? new Map<string, SchemaError[]>();
    places.set(place, branches);
    branches.set(union[2], [...(branches.get(union[2]) ?? []), error]);
  }
  const closest = [...places.values()].flatMap(
    (branches) => [...branches.values()].toSorted((a, b) => a.length - b.length)[0],
  );
  return [...plain, ...closest];
}

function pointerParts(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointerParts(pointer).reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined,
    value,
  );
}

function propertiesOf(schema: TSchema, schemaPath: string): string {
  assert(schemaPath.startsWith('#'), 'schema paths are fragments');
  const inner = valueAt(schema, schemaPath.slice(1)) as { properties?: Record<string, unknown> } | undefined;
  return Object.keys(inner?.properties ?? {}).join(', ');
}

function expectedWords(keyword: string, params: Record<string, unknown>, message: string): string {
  if (keyword === 'enum') return `one of ${(params.allowedValues as unknown[]).join(', ')}`;
  if (keyword === 'const') return String(params.allowedValue);
  if (keyword === 'type') return `a ${String(params.type)}`;
  return message.replace(/^must (be|match) /, '');
}
