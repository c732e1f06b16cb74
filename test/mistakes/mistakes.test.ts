/**
 * Rulebooks that somebody else wrote, each with a mistake. The files mark their bad lines with `#! code`, and a file is
 * refused with exactly these issues: every one at its line, all at once, each with the file, a place and what was
 * expected. Two files cannot mark a line; they are listed here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRulebookText, readRulebook } from '../../src/data/rulebooks.js';
import { InputError } from '../../src/core/index.js';
import { ROOT } from '../tidy/files.js';

const FOLDER = join(ROOT, 'test', 'mistakes');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const WITHOUT_A_LINE: Readonly<Record<string, string>> = {
  'empty.yaml': 'not_a_rulebook',
  'only-a-list.yaml': 'not_a_rulebook',
  'aliases-upon-aliases.yaml': 'invalid_yaml',
};

/** `line code` of every mark. */
function marksOf(text: string): string[] {
  return text.split('\n').flatMap((line, i) => {
    const codes = /#! (.+)$/.exec(line)?.[1].split(' ') ?? [];
    return codes.map((code) => `${i + 1} ${code}`);
  });
}

describe('each mistake', () => {
  it.each(FILES)('%s', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const { rulebook, issues } = parseRulebookText(text, name);
    expect(rulebook).toBeUndefined();
    for (const issue of issues) {
      expect(issue.file).toBe(name);
      expect(issue.expected).not.toBe('');
    }
    const alone = WITHOUT_A_LINE[name];
    if (alone !== undefined) expect(issues.map(({ code }) => code)).toEqual([alone]);
    else
      expect(issues.map(({ line, code }) => `${line} ${code}`).toSorted()).toEqual(marksOf(text).toSorted());
  });

  it('is marked in every file, and there are enough of them', () => {
    expect(FILES.length).toBeGreaterThan(45);
    for (const name of FILES) {
      const marks = marksOf(readFileSync(join(FOLDER, name), 'utf8'));
      expect(marks.length > 0 || name in WITHOUT_A_LINE, name).toBe(true);
    }
  });
});

it('a file that is not UTF-8 is said to be that', async () => {
  await expect(readRulebook(join(ROOT, 'test', 'fixtures', 'gb18030.yaml'))).rejects.toThrow(InputError);
});
