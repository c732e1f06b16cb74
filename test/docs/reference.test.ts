/**
 * The reference pages of the rule kinds: what is committed is what the engine computes today, and where numbers were
 * printed or worked out elsewhere, it computes those. A stale page is written anew, and the test fails once.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examplesOf } from '../../scripts/reference/examples.mjs';
import { referencePages } from '../../scripts/reference/pages.mjs';
import { allRulebooks, shanghaiSessions } from '../../scripts/reference/sources.mjs';
import { SECTIONS } from '../../src/core/methodology/sections.js';
import { ROOT } from '../tidy/files.js';

const FOLDER = join(ROOT, 'docs', 'reference');
const [rulebooks, sessions] = [await allRulebooks(), await shanghaiSessions()];
const pages = referencePages(rulebooks, sessions);
const examples = examplesOf(sessions);
const KINDS = Object.values(SECTIONS).flatMap((schemas) => Object.keys(schemas));

describe('worked examples', () => {
  it.each(KINDS)('%s has one with stated numbers', (kind) => {
    const stated = (examples[kind] ?? []).filter((example) => example.stated !== undefined);
    expect(stated.length).toBeGreaterThan(0);
    for (const { rows, stated: { column, values } = { column: 0, values: [] } } of stated) {
      expect(rows).toHaveLength(values.length);
      values.forEach((value, i) => {
        if (value === undefined) return;
        const computed = rows[i][column];
        if (Number.isNaN(Number(value))) expect(computed).toBe(value);
        // Both are rounded to the sixth decimal of a percent at the coarsest.
        else expect(Math.abs(Number(computed) - Number(value))).toBeLessThan(1.001e-6);
      });
    }
  });
});

describe('pages', () => {
  it('are one per kind and an index, and no other', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(pages).toSorted());
    expect(Object.keys(pages)).toHaveLength(KINDS.length + 1);
  });

  it.each(Object.keys(pages))('%s is up to date', (name) => {
    const path = join(FOLDER, name);
    const committed = readFileSync(path, 'utf8');
    if (committed !== pages[name]) writeFileSync(path, pages[name]);
    expect(committed === pages[name], `${name} was stale and has been written anew`).toBe(true);
  });

  it('every field of every kind says what it means', () => {
    const silent = Object.entries(SECTIONS).flatMap(([section, schemas]) =>
      Object.entries(schemas).flatMap(([kind, schema]) =>
        Object.entries(schema.properties as Record<string, { description?: string }>)
          .filter(([name, field]) => name !== 'kind' && field.description === undefined)
          .map(([name]) => `${section} ${kind} ${name}`),
      ),
    );
    expect(silent).toEqual([]);
  });
});
