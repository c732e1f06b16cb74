/** Every finding that anything in the sources can say has Chinese words, and they lose no number of the English sentence. */
import { describe, expect, test } from 'vitest';
import { FINDING_CODES, findingText, MARKS, type Finding } from '../../src/core/index.js';
import { run, jsonOf } from '../cli/run.js';
import { get, testServer } from '../server/server.js';
import { repositoryFiles } from '../tidy/files.js';

const sources = repositoryFiles().filter(({ path }) => /^src\/(?:core|data|cli|server)\//.test(path));

/** The ways a finding is written down: an object with a subject, or a function named for it that takes the code first. */
const WRITTEN = [
  /code: '([a-z_]+)',\s*subject/g,
  /code: clause\.confidence === 'unverified' \? '([a-z_]+)' : '([a-z_]+)'/g,
  /\b(?:say|finding|priceFinding)\(\s*'([a-z_]+)'/g,
];

/** Codes that are put together; what comes after is a quality of the data. */
const PUT_TOGETHER = ['weights_', 'fact_', 'rows_', 'clause_', 'impact_from_'];

const written = new Set([
  ...Object.keys(MARKS),
  ...sources.flatMap(({ text }) =>
    WRITTEN.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, ...codes]) => codes)),
  ),
]);

test('every code in the sources has words', () => {
  expect(written.size).toBeGreaterThan(50);
  expect([...written].filter((code) => !FINDING_CODES.includes(code))).toEqual([]);
});

test('no words for what nothing says', () => {
  const idle = FINDING_CODES.filter(
    (code) => !written.has(code) && !PUT_TOGETHER.some((start) => code.startsWith(start)),
  );
  expect(idle).toEqual([]);
});

const PATHS = [
  'indices/star-50/reviews/2025-09-15',
  'indices/star-50/reviews/2026-03-16?knownAt=2026-02-11',
  'indices/star-50/reviews/2025-09-15/flows',
  'indices/star-50/levels?from=2025-06-13&to=2025-10-16&return=net',
  'indices/star-50/reviews/2025-09-15/impact/688256',
  'impact?shares=1000000&adv=5000000&sigma=0.02',
  'indices/star-50/study/688256?event=2025-09-04&benchmark=ex-self&effective=2025-09-15',
  'indices/star-50/reviews/2025-09-15/schedule/688256',
  'companies/688256/value?at=2025-08-28',
  'companies/688256/earnings/20259M',
  'leaders?by=cap&at=2025-09-05',
  'securities/688256/funds?at=2025-09-08',
];

/** Of these the server gives another form of the result, or a job. */
const COMMANDS = [
  'infer star-50 --from 2025-06-13 --to 2025-09-12',
  'forecast star-50 --effective 2026-03-16 --known-at 2026-02-11 --paths 100',
  'study star-50',
  'net --security 688256 --effective 2025-09-15',
  'tca examples/fills.csv --security 688256 --shares 40000 --decided 2025-08-29',
];

describe('what the results say', async () => {
  const server = await testServer();

  test.each(PATHS)('%s', async (path) => {
    checkWords(await get<Said>(server, `/api/v1/${path}`));
  });

  test.each(COMMANDS)('%s', async (command) => {
    checkWords(jsonOf<Said>(await run([...command.split(' '), '--json'])));
  });
});

interface Said {
  readonly findings: readonly Finding[];
}

function checkWords({ findings }: Said): void {
  expect(findings.length).toBeGreaterThan(0);
  for (const finding of findings) {
    const chinese = findingText(finding, 'zh');
    expect(chinese).toMatch(/\p{Script=Han}/u);
    expect(findingText(finding, 'en')).toBe(finding.message);
    const lost = (finding.message.match(/\d[\d.-]*\d|\d/g) ?? []).filter((part) => !chinese.includes(part));
    expect({ finding, chinese, lost }).toEqual({ finding, chinese, lost: [] });
  }
}

test('a code nobody knows says what it says', () => {
  expect(findingText({ code: 'never_heard_of', subject: 'x', message: 'so it is' }, 'zh')).toBe('so it is');
});
