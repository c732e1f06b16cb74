/**
 * Sentences written for the checker in both languages, right and wrong, with the verdict a person gives each claim of them.
 * At least 95 % must agree, and nothing that is not right may be called right.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checker, isRight, sentencesIn, verdictsOf, type Sentence } from './checker.js';

const check = await checker();

const FILES = [
  'sentences.txt',
  'held-out.txt',
  'third.txt',
  'fourth.txt',
  'fifth.txt',
  'sixth.txt',
  'seventh.txt',
  'eighth.txt',
  'ninth.txt',
  'tenth.txt',
  'eleventh.txt',
  'twelfth.txt',
  'probes.txt',
];

describe.each(FILES)('%s', (file) => {
  const sentences = sentencesIn(file);
  const judged = sentences.map((sentence) => ({ sentence, checked: check(sentence.text, sentence.written) }));

  test('95 % of the verdicts and more are those of a person', () => {
    const missed = judged.filter(({ sentence, checked }) => !same(sentence, verdictsOf(checked)));
    expect(missed.length / sentences.length, said(missed)).toBeLessThanOrEqual(0.05);
  });

  test('nothing wrong is called right', () => {
    const called = judged.filter(({ sentence, checked }) =>
      checked.claims.some(
        (claim, i) => isRight(claim) && !isRight({ ...claim, verdict: sentence.verdicts[i] }),
      ),
    );
    expect(said(called)).toBe('');
  });
});

test('of false sentences, written to break the checker, nothing is called right', () => {
  const called = readFileSync('test/fixtures/claims/false.txt', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .filter((line) => {
      const [written, ...text] = line.split(' | ');
      return check(text.join(' | '), written).claims.some(isRight);
    });
  expect(called).toEqual([]);
});

test('there are more than 120 of them, and both languages', () => {
  const all = FILES.flatMap(sentencesIn);
  const chinese = all.filter(({ text }) => /\p{Script=Han}/u.test(text));
  expect(all.length).toBeGreaterThan(200);
  expect(chinese.length).toBeGreaterThan(70);
  expect(all.filter(({ verdicts }) => verdicts.includes('wrong')).length).toBeGreaterThan(70);
});

const same = ({ verdicts }: Sentence, found: readonly string[]): boolean =>
  verdicts.join(' ') === found.join(' ');

const said = (
  list: readonly { readonly sentence: Sentence; readonly checked: ReturnType<typeof check> }[],
): string =>
  list
    .map(
      ({ sentence, checked }) =>
        `${sentence.text}: ${sentence.verdicts.join(' ')} / ${verdictsOf(checked).join(' ')}`,
    )
    .join('\n');
