/**
 * Whatever stands in a rulebook file, reading it never throws: it is a rulebook or a list of issues that say what
 * would have been right, and a rulebook holds every clause that the file holds.
 */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  InputError,
  parseRulebook,
  Refusal,
  resolveRulebook,
  SECTION_NAMES,
  type Rulebook,
} from '../../../src/core/index.js';
import { parseRulebookText } from '../../../src/data/rulebooks.js';
import { day } from '../days.js';
import { TEMPLATE } from './template.js';

const RUNS = { numRuns: 300 };
const STAR50 = parse(readFileSync('rulebooks/star50.yaml', 'utf8')) as Json;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

/** Parses, and checks what must hold whatever the document is. */
function check(document: unknown): void {
  const { rulebook, issues } = parseRulebook(document, 'any.yaml', () => 1);
  expect(rulebook === undefined).toBe(issues.length > 0);
  for (const issue of issues) {
    expect(issue.code).toMatch(/^[a-z_]+$/);
    expect(issue.expected.trim()).not.toBe('');
  }
  if (rulebook) checkRulebook(rulebook, document as Record<string, Record<string, unknown[]> | undefined>);
}

function checkRulebook(
  rulebook: Rulebook,
  document: Record<string, Record<string, unknown[]> | undefined>,
): void {
  for (const section of SECTION_NAMES) {
    const versions = Object.values(document[section] ?? {}).flat();
    expect(rulebook.clauses[section]).toHaveLength(versions.length);
  }
  // A rulebook that was accepted can be resolved on any day, or is refused because nothing is in force.
  try {
    resolveRulebook(rulebook, day('2025-09-15'));
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'rulebook_not_in_force') throw error;
  }
}

/** Paths of every value in a document, the document itself left out. */
function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, inner]) =>
    pathsOf(inner as Json, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? below : [path, ...below];
}

function changed(document: Json, path: Path, change: { remove: true } | { to: Json }): Json {
  const copy = structuredClone(document);
  let parent = copy as Record<string | number, Json>;
  for (const key of path.slice(0, -1)) {
    const next = parent[key];
    // An earlier change may have taken this place away.
    if (typeof next !== 'object' || next === null) return copy;
    parent = next as Record<string | number, Json>;
  }
  const last = path.at(-1) as string | number;
  if ('to' in change) parent[last] = change.to;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

const PATHS = pathsOf(STAR50);
const anyJson = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
/** A value of a kind that occurs in rulebooks, to get past the first checks. */
const PLAUSIBLE: readonly Json[] = [
  '',
  'single',
  'date',
  'month',
  'swap',
  'official',
  '2025-02-30',
  '2025-09-15',
  'constructor',
  '__proto__',
  0,
  1,
  -1,
  0.001,
  0.4,
  50,
  null,
  true,
  {},
  [],
  [[]],
  [{}],
  { kind: 'top-k' },
  { kind: 'date', from: 'month', steps: [] },
];
const plausible = fc.constantFrom(...PLAUSIBLE);

/** One to four random places removed or replaced. */
const mutated = fc
  .array(
    fc.record({
      path: fc.nat({ max: PATHS.length - 1 }),
      change: fc.oneof(
        fc.constant({ remove: true as const }),
        fc.oneof(plausible, anyJson).map((to) => ({ to })),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((changes) => changes.reduce((at, { path, change }) => changed(at, PATHS[path], change), STAR50));

describe('reading never throws and never overlooks', () => {
  it('STAR 50 itself', () => {
    check(STAR50);
    expect(PATHS.length).toBeGreaterThan(300);
  });

  it('any JSON value', () => {
    fc.assert(fc.property(anyJson, check), RUNS);
  });

  it('a mapping with the keys of a rulebook and any values', () => {
    const keys = Object.keys(STAR50 as object);
    const document = fc
      .tuple(...keys.map((key) => fc.tuple(fc.constant(key), fc.oneof(plausible, anyJson))))
      .map((entries) => Object.fromEntries(entries));
    fc.assert(fc.property(document, check), RUNS);
  });

  it('STAR 50 with random places removed or replaced', () => {
    fc.assert(fc.property(mutated, check), { numRuns: 400 });
  });

  it('STAR 50 with every single place removed', () => {
    for (const path of PATHS) check(changed(STAR50, path, { remove: true }));
  });

  const KINDS: readonly Json[] = [null, 'x', []];

  it('STAR 50 with every single place replaced by null, a text or a list in turn', () => {
    for (const [i, path] of PATHS.entries()) {
      check(changed(STAR50, path, { to: KINDS[i % KINDS.length] }));
    }
  });

  it('the template with any stretch of its text replaced by any text', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: TEMPLATE.length }),
        fc.nat({ max: 40 }),
        fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('', '\n', ': ', '- ', '*a', '&a ', '{', '"')),
        (from, length, text) => {
          const broken = TEMPLATE.slice(0, from) + text + TEMPLATE.slice(from + length);
          const { rulebook, issues } = parseRulebookText(broken, 'small.yaml');
          expect(rulebook === undefined).toBe(issues.length > 0);
          for (const issue of issues) {
            expect(issue.file).toBe('small.yaml');
            expect(issue.expected.trim()).not.toBe('');
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('any name of a reading that is not one is an InputError', () => {
    const { rulebook } = parseRulebook(STAR50, 'star50.yaml', () => 1);
    fc.assert(
      fc.property(fc.string(), (name) => {
        fc.pre(!(name in Object(rulebook?.clauses.caps[1].readings)));
        const choose = (): unknown =>
          resolveRulebook(rulebook as Rulebook, day('2025-09-15'), { 'caps.top-five': name });
        expect(choose).toThrow(InputError);
      }),
    );
  });
});
