/** Every failure that anything in the sources can say has Chinese words, and they lose no number of the English sentence. */
import { expect, test } from 'vitest';
import { expectedText, FAILURE_CODES, failureText } from '../../src/core/index.js';
import { run } from '../cli/run.js';
import { repositoryFiles } from '../tidy/files.js';

const thrown = new Set(
  repositoryFiles()
    .filter(({ path }) => /^src\/(?:core|data|cli|server|gateway)\//.test(path))
    .flatMap(({ text }) => [
      ...text.matchAll(/\b(?:new (?:Refusal|InputError|OperationalError)|inputError)\(\s*'([a-z_]+)'/g),
    ])
    .map(([, code]) => code),
);

test('every code that is thrown has words', () => {
  expect(thrown.size).toBeGreaterThan(80);
  expect([...thrown].filter((code) => !FAILURE_CODES.includes(code))).toEqual([]);
});

test.each([
  ['no_basket', 'no basket of csi-300 before 2025-12-15 is known', '没有 csi-300 在 2025-12-15 之前的样本'],
  ['invalid_argument', '--assets 1e30 cannot be used', '--assets 1e30 不可用'],
  [
    'empty_index',
    'the basket of 2025-09-12 is worth nothing',
    '样本市值为零（the basket of 2025-09-12 is worth nothing）',
  ],
  ['never_heard_of', 'so it is', 'so it is'],
])('%s: %s', (code, message, chinese) => {
  expect(failureText({ code, message }, 'zh')).toBe(chinese);
  expect(failureText({ code, message }, 'en')).toBe(message);
});

test.each([
  ['an existing date as YYYY-MM-DD', '存在的日期，格式为 YYYY-MM-DD'],
  ['a code of the universe', '数据中的证券代码'],
  ['a code of the universe, nearest: 688256', '数据中的证券代码，最接近的是：688256'],
  ['a whole number from 1 to 60', '1 至 60 的整数'],
  [
    'one of csi-1000, csi-300, or the path of a .yaml file',
    '以下之一：csi-1000, csi-300，或 .yaml 文件的路径',
  ],
  ['UTF-8', 'UTF-8'],
])('expected: %s', (expected, chinese) => {
  expect(expectedText({ expected }, 'zh')).toBe(chinese);
  expect(expectedText({ expected }, 'en')).toBe(expected);
});

test('a failed command speaks the language asked for', async () => {
  const { stderr } = await run(['review', 'star-50', '--effective', '2025-02-30', '--lang', 'zh']);
  expect(stderr).toBe(
    '--effective 2025-02-30 不可用\n  --effective 为 "2025-02-30"，应为：存在的日期，格式为 YYYY-MM-DD [invalid_argument]\n',
  );
  const { stderr: both } = await run(['impact', '--lang', 'zh']);
  expect(both).toContain('共 3 处问题');
});
