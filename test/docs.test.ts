/**
 * The documents are executed: commands are run and their output compared, programs are type-checked and run,
 * data is parsed, links are followed. Each check is also shown a document that breaks it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blockProblems, blocksIn, commandsIn, errandFor, outputDifference } from './docs/blocks.js';
import { anchorsIn, linkProblems } from './docs/links.js';
import { commandProblems, programProblems } from './docs/run.js';
import { repositoryFiles, ROOT } from './tidy/files.js';

const files = repositoryFiles();
const pages = files.filter(({ path }) =>
  /^(?:README|README\.zh|ARCHITECTURE|CHANGELOG|docs\/.+)\.md$/.test(path),
);
const manifest = files.find(({ path }) => path === 'package.json')?.text ?? '{}';
const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
const exists = (path: string) => existsSync(join(ROOT, path));

describe.each(pages.map((page) => ({ ...page, blocks: blocksIn(page) })))(
  '$path',
  ({ path, text, blocks }) => {
    test('has blocks that can be checked', () => {
      expect(blocks.flatMap(blockProblems)).toEqual([]);
    });

    test('has links that lead somewhere', () => {
      expect(linkProblems({ path, text }, pages, exists)).toEqual([]);
    });

    const commands = blocks.filter(({ language }) => language === 'sh').flatMap(commandsIn);
    if (commands.length > 0) {
      test.each(commands)('line $line: $text', async (command) => {
        expect(await commandProblems(command, scripts)).toEqual([]);
      });
    }

    const programs = blocks.filter(({ language }) => language === 'ts');
    if (programs.length > 0) {
      test('has programs that compile and run', async () => {
        expect(await programProblems(programs)).toEqual([]);
      });
    }
  },
);

test('README.zh.md has the chapters and the commands of README.md', () => {
  const [english, chinese] = ['README.md', 'README.zh.md'].map((path) => {
    const page = pages.find((one) => one.path === path) ?? { path, text: '' };
    const commands = blocksIn(page)
      .filter(({ language }) => language === 'sh')
      .flatMap(commandsIn)
      .map(({ text }) => text.replace(/ (?:-- )?--lang zh$/, ''));
    return { commands, chapters: page.text.match(/^## /gm)?.length };
  });
  expect(chinese).toEqual(english);
});

describe('a document that breaks its promise is reported', () => {
  const page = (...lines: string[]) => ({ path: 'docs/a.md', text: lines.join('\n') });
  const commands = (...lines: string[]) => blocksIn(page('```sh', ...lines, '```')).flatMap(commandsIn);
  const problemsOf = async (...lines: string[]) => {
    const found = await Promise.all(commands(...lines).map((command) => commandProblems(command, scripts)));
    return found.flat();
  };

  test('a fence without a language, with an unknown one, or never closed', () => {
    const blocks = blocksIn(page('```', 'a', '```', '', '~~~~ python', '```', '~~~~', '  ```text', 'open'));
    expect(blocks.flatMap(blockProblems)).toEqual([
      'docs/a.md:1 a fence says one of sh, ts, json, yaml, text, mermaid, this one says ""',
      'docs/a.md:5 a fence says one of sh, ts, json, yaml, text, mermaid, this one says "python"',
      'docs/a.md:8 the fence is never closed',
    ]);
  });

  test('data that does not parse', () => {
    const broken = blocksIn(page('```json', '{ a: 1 }', '```', '```yaml', 'a: [1', '```'));
    expect(broken.flatMap(blockProblems).map((problem) => problem.slice(0, 20))).toEqual([
      'docs/a.md:1 is not j',
      'docs/a.md:4 is not y',
    ]);
    const sound = blocksIn(
      page('- in a list', '  ```json', '  {"a": 1}', '  ```', '```yaml', 'a: [1]', '```'),
    );
    expect(sound.flatMap(blockProblems)).toEqual([]);
  });

  test('a command that fails, or does not fail as announced', async () => {
    expect(await problemsOf('$ false')).toEqual([
      expect.stringMatching(/^docs\/a.md:2 `false` ended with 1, not 0/),
    ]);
    expect(await problemsOf('true # exit 3')).toEqual([expect.stringContaining('ended with 0, not 3')]);
    expect(await problemsOf('# a comment', '(exit 3) # exit 3', 'test -f package.json')).toEqual([]);
  });

  test('output that differs from what is shown', async () => {
    expect(await problemsOf('$ echo 1; echo 2', '1', '3')).toEqual([
      expect.stringContaining('expected next: 3'),
    ]);
    expect(
      await problemsOf(
        '$ echo 1; echo 2  ',
        '1  ',
        '2',
        '',
        '$ printf "a\\nb\\nc" | \\',
        '  cat',
        '...',
        'c',
      ),
    ).toEqual([]);
  });

  test('a script that package.json does not have', async () => {
    expect(await problemsOf('npm run nonsense')).toEqual([expect.stringContaining('no script nonsense')]);
    expect(
      await problemsOf('git clone https://example.org/a && cd a', 'npm ci', 'npm test', 'npm start'),
    ).toEqual([]);
    expect(await problemsOf('$ npm test', '5 passed')).toEqual([expect.stringContaining('shows output')]);
  });

  test('a program that does not type-check, or throws', async () => {
    const program = (...lines: string[]) => blocksIn(page('```ts', ...lines, '```'));
    const unsound = program('const a: number = "1";', 'console.log(a);');
    const throwing = program('import { join } from "node:path";', 'throw new Error(join("a", "b"));');
    const sound = program('const a = await Promise.resolve(1);', 'if (a !== 1) process.exit(1);');
    const problems = await programProblems([...unsound, ...throwing, ...sound]);
    expect(problems).toEqual([
      expect.stringMatching(/^docs\/a.md:1 does not type-check\n.*block0.ts\(1,7\)/),
      expect.stringMatching(/^docs\/a.md:1 ended with 1\n[^]*a\/b/),
    ]);
  });

  test('a link to a file or heading that does not exist', () => {
    const text = [
      '[a](b.md) ![i](i.png)',
      '[a](#none) `[x](gone.md)` [web](https://example.org/x)',
      '[other]: ../README.md#a-title',
      '[out](../../elsewhere.md)',
    ];
    const others = [{ path: 'README.md', text: '# A `Title`!\n' }];
    const there = (path: string) => ['docs/a.md', 'README.md', 'docs/i.png'].includes(path);
    expect(linkProblems(page(...text), others, there)).toEqual([
      'docs/a.md:1 links to b.md, which does not exist',
      'docs/a.md:2 links to #none, but docs/a.md has no such heading',
      'docs/a.md:4 links to ../../elsewhere.md, which does not exist',
    ]);
  });
});

test('`npm start` with its output shown runs the demo behind it', () => {
  const command = { path: 'README.md', line: 1, text: 'npm start -- --json', exitCode: 0, output: ['{'] };
  expect(errandFor(command, scripts)).toEqual({
    kind: 'run',
    script: 'node bin/counterweight.js demo --no-serve --json',
  });
});

test('three dots stand for any number of lines, also none', () => {
  expect(outputDifference(['a', '...', 'c'], 'a\nb\nb\nc\n')).toBeUndefined();
  expect(outputDifference(['a', '...', 'c'], 'a\nc\n')).toBeUndefined();
  expect(outputDifference(['...', 'c', '...'], 'c\nd\nc')).toBeUndefined();
  expect(outputDifference(['a', '...'], 'a')).toBeUndefined();
  expect(outputDifference(['a', '...', 'c'], 'a\nb')).toContain('expected next: c');
  expect(outputDifference(['a'], 'a\nb')).toContain('expected next: the end of the output');
});

test('anchors are made as GitHub makes them', () => {
  const text =
    '# Was ist das?\n## A `b_c` & d\n## Same\n## Same\n### 指数 4.2\n<a id="here"></a>\n```sh\n# no\n```';
  expect([...anchorsIn(text)]).toEqual(['was-ist-das', 'a-b_c--d', 'same', 'same-1', '指数-42', 'here']);
});
