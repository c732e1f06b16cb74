/** A few thousand of the million broken rulebooks that `npm run fuzz` tries, and each defect it has found. */
import { expect, it } from 'vitest';
import { parseRulebookText } from '../../src/data/rulebooks.js';
import { templateWith } from '../core/methodology/template.js';
import { search } from './rulebooks.mjs';

it('three thousand inputs end in a rulebook or in issues', () => {
  expect(search(20260101, 0, 3000, 1)).toEqual([]);
});

it('a source whose name is a mapping with nothing behind it (seed 1, input 3052)', () => {
  const text = templateWith(['sources:\n', 'sources:\n  ? {a: b}\n  :\n']);
  const { rulebook, issues } = parseRulebookText(text, 'small.yaml');
  expect(rulebook).toBeUndefined();
  expect(issues.map(({ code }) => code)).toContain('wrong_name');
});

it('a reading whose name is a mapping', () => {
  const reading = '      reading: plain\n      readings:\n        ? {a: b}\n        : null\n';
  const { rulebook, issues } = parseRulebookText(
    templateWith(['      zh: 二十席。\n', `      zh: 二十席。\n${reading}`]),
    'small.yaml',
  );
  expect(rulebook).toBeUndefined();
  expect(issues.map(({ code }) => code)).toContain('wrong_name');
});
