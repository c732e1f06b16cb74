/**
 * House rules as tests. Every rule runs over the repository, over a sample that breaks it at a known place,
 * and over a sample that comes close without breaking it.
 */
import { describe, expect, test } from 'vitest';
import { repositoryFiles } from './tidy/files.js';
import type { SourceFile } from './tidy/modules.js';
import { CORE_ORDER, RULES } from './tidy/rules.js';
import { tokenize } from './tidy/tokens.js';

interface Sample {
  /** Path and text of the files of a small repository. */
  readonly broken: Record<string, string>;
  /** Start of every violation, in order. */
  readonly reported: readonly string[];
  readonly sound: Record<string, string>;
}

const SAMPLES: Record<string, Sample> = {
  coreFolderOrder: {
    broken: {
      'src/core/market/a.ts': `import type { B } from '../base/b.js';\nexport type { C } from '../review/c.js';`,
      'src/core/base/b.ts': `export const load = () =>\n  import('../pipeline.js');`,
      'src/core/odd/d.ts': `import { b } from '../base/b.js';`,
    },
    reported: [
      'src/core/market/a.ts:2 market imports review',
      'src/core/base/b.ts:2 imports src/core/pipeline.ts',
      'src/core/odd/d.ts:1 folder odd is not in CORE_ORDER',
    ],
    sound: {
      'src/core/market/a.ts': `// import '../review/c.js'\nimport { b } from '../base/b.js';\nimport { c } from './c.js';`,
      'src/core/pipeline.ts': `import { claim } from './claims/claim.js';`,
    },
  },
  layerOrder: {
    broken: {
      'src/core/base/a.ts': `import {\n  readFileSync,\n} from 'node:fs';\nimport { load } from '../../data/load.js';`,
      'src/data/load.ts': `import { main } from '../cli/main.js';`,
      'src/cli/main.ts': `import { sample } from '../../test/sample.js';`,
      'src/other/x.ts': `import 'yaml';`,
    },
    reported: [
      'src/core/base/a.ts:1 imports node:fs',
      'src/core/base/a.ts:4 core imports src/data/load.ts',
      'src/data/load.ts:1 data imports src/cli/main.ts',
      'src/cli/main.ts:1 cli imports test/sample.ts',
      'src/other/x.ts:1 other is not in LAYERS',
    ],
    sound: {
      'src/core/base/a.ts': `import { sha256 } from '@noble/hashes/sha2.js';\nimport { Type } from 'typebox';`,
      'src/data/load.ts': `import { readFileSync } from 'node:fs';\nimport { a } from '../core/base/a.js';`,
      'src/cli/main.ts': `import { load } from '../data/load.js';\nimport { a } from '../core/index.js';`,
    },
  },
  webDirection: {
    broken: {
      'src/web/a.ts': `import { day } from '../core/calendar/day.js';\nimport { type A, b } from '../server/b.js';`,
      'src/web/C.tsx': `import type { Day } from '../core/base/brand.js';`,
      'src/web/D.ts': `import { loadIndexData } from '../data/bundle.js';\nimport { wasmParts } from '../data/wasmKernel.js';`,
    },
    reported: [
      'src/web/a.ts:1 web imports src/core/calendar/day.ts',
      'src/web/a.ts:2 web imports values of src/server/b.ts',
      'src/web/C.tsx:1 web imports src/core/base/brand.ts',
      'src/web/D.ts:1 web imports src/data/bundle.ts',
    ],
    sound: {
      'src/web/a.ts': `import { day } from '../core/index.js';\nimport type { A } from '../server/b.js';`,
      'src/web/C.tsx': `import { D } from './D.js';\nexport const C = () => <D>{'/'}</D>;`,
      'src/web/D.tsx': `export const D = () => <div className="d" />;`,
    },
  },
  noCycles: {
    broken: {
      'src/core/base/a.ts': `import { b } from './b.js';`,
      'src/core/base/b.ts': `\nimport { c } from './c.js';`,
      'src/core/base/c.ts': `\n\nimport type { A } from './a.js';`,
    },
    reported: [
      'src/core/base/c.ts:3 closes a cycle: src/core/base/a.ts -> src/core/base/b.ts -> src/core/base/c.ts -> src/core/base/a.ts',
    ],
    sound: {
      'src/core/base/a.ts': `import { b } from './b.js';\nimport { c } from './c.js';`,
      'src/core/base/b.ts': `import { c } from './c.js';`,
      'src/core/base/c.ts': ``,
    },
  },
  pureCore: {
    broken: {
      'src/core/base/a.ts':
        'export const a = 1;\nconst now = Date.now();\nconst r = Math.random();\n' +
        'console.log(`${performance.now()}:`);\nconst d = new globalThis.Date(process.env.X ?? 0);',
    },
    reported: [
      'src/core/base/a.ts:2 uses Date',
      'src/core/base/a.ts:3 uses Math.random',
      'src/core/base/a.ts:4 uses console',
      'src/core/base/a.ts:4 uses performance',
      'src/core/base/a.ts:5 uses Date',
      'src/core/base/a.ts:5 uses process',
    ],
    sound: {
      'src/core/base/a.ts':
        '/* Date.now() */ interface Dated { Date?: string; process: number }\nconst dateRule = "Date";\n' +
        'const s = `Date ${x.Date} Math.random()`; // console\nconst q = { console: 1, performance: 2 };\nconst m = /[/]Date/;',
      'src/data/clock.ts': 'export const now = () => Date.now();',
    },
  },
  noDefaultExports: {
    broken: {
      'src/core/base/a.ts': `const a = 1;\nexport default a;`,
      'scripts/b.mjs': `const b = 1;\n\nexport { b as default };`,
    },
    reported: ['src/core/base/a.ts:2 has a default export', 'scripts/b.mjs:3 has a default export'],
    sound: {
      'vitest.config.ts': `export default {};`,
      'test/a.test.ts': `const text = 'export default 1'; // export default 2\nexport const a = { export: 1, default: 2 };`,
    },
  },
  noDeadFiles: {
    broken: {
      'src/core/index.ts': `export { a } from './base/a.js';`,
      'src/core/base/a.ts': `export const a = 1;`,
      'src/core/base/b.ts': `export const b = 1;`,
      'test/b.test.ts': `import { b } from '../src/core/base/b.js';`,
    },
    reported: ['src/core/base/b.ts:1 is not reachable'],
    sound: {
      'src/core/index.ts': `export { a } from './base/a.js';`,
      'src/core/base/a.ts': `import type { B } from './b.js';`,
      'src/core/base/b.ts': `export type B = 1;`,
      'src/cli/main.ts': `new Worker(new URL('./worker.js', import.meta.url));\nawait import('./command.js');`,
      'src/cli/worker.ts': ``,
      'src/cli/command.ts': ``,
    },
  },
  noDeadExports: {
    broken: {
      'src/core/index.ts': `export { a as alpha } from './base/a.js';`,
      'src/core/base/a.ts':
        'export const a = 1;\nexport interface B {}\nexport async function c() {}\nconst d = 1;\nexport { d as delta };',
      'src/data/e.ts': `import { c as a } from './c.js';\nexport type E = 1;`,
    },
    reported: [
      'src/core/base/a.ts:2 exports B',
      'src/core/base/a.ts:3 exports c',
      'src/core/base/a.ts:5 exports delta',
      'src/data/e.ts:2 exports E',
    ],
    sound: {
      'src/core/index.ts': `export { a as alpha, type B } from './base/a.js';\nexport const version = 1;`,
      'src/core/base/a.ts': `export const a = 1;\nexport interface B {}\nexport function c() {}\nexport const d = 1;`,
      'test/c.test.ts': `import { type B, c as see } from '../src/core/base/a.js';`,
      'scripts/d.mjs': `import { d } from '../dist/core/base/a.js';`,
      'src/data/e.ts': `export type E = 1;\nexport class F {}`,
      'bench/e.ts': `import type * as everything from '../src/data/e.js';`,
    },
  },
  noLeftovers: {
    broken: {
      'src/core/a.ts': `const a = 1;\n// ${'TO'}${'DO'}: more`,
      'scripts/b.mjs': `// ${'HA'}${'CK'}`,
    },
    reported: ['src/core/a.ts:2 says', 'scripts/b.mjs:1 says'],
    sound: { 'src/core/a.ts': `// ${'TO'}${'DO'}S, hacks and todos`, 'docs/a.md': `${'X'}${'XX'}` },
  },
  noUnrunTests: {
    broken: {
      'test/a.test.ts': `it('a', () => {});\ntest.skip('b');\ndescribe.concurrent.only('c', () => {});`,
    },
    reported: ['test/a.test.ts:2 has test.skip', 'test/a.test.ts:3 has describe.only'],
    sound: {
      'test/a.test.ts': `test.each([1])('it.skip', () => list.skip(1)); // test.only\nrows.test.only();`,
    },
  },
  filesIntroduceThemselves: {
    broken: {
      'src/core/a.ts': `export const a = 1;`,
      'src/core/b.ts': `/** */\nexport const b = 1;`,
      'src/core/c.ts': `// The c.\n`,
    },
    reported: ['src/core/a.ts:1 does not start', 'src/core/b.ts:1 does not', 'src/core/c.ts:1 does not'],
    sound: {
      'src/core/a.ts': `/**\n * The a.\n */\n`,
      'src/cli/b.ts': `#!/usr/bin/env node\n/** The b. */`,
      'test/c.ts': ``,
    },
  },
  exactVersions: {
    broken: {
      'package.json': `{\n  "dependencies": {\n    "a": "^1.0.0",\n    "b": "1.0.0"\n  },\n  "devDependencies": { "c": "latest" }\n}`,
    },
    reported: ['package.json:3 a is ^1.0.0', 'package.json:6 c is latest'],
    sound: {
      'package.json': `{ "engines": { "node": "^20" }, "dependencies": { "a": "1.5.5-r.5", "b": "1.0.0" } }`,
    },
  },
  noDownloadAddresses: {
    broken: { 'package-lock.json': `{\n  "resolved": "https://example.org/a.tgz"\n}` },
    reported: ['package-lock.json:2 names a download address'],
    sound: { 'package-lock.json': `{ "integrity": "sha512-" }`, 'docs/a.md': `"resolved":` },
  },
  dependenciesExplained: {
    broken: {
      'package.json': `{ "dependencies": { "a": "1.0.0" },\n  "devDependencies": { "b": "1.0.0" } }`,
      'docs/dependencies.md': 'Only `a` and `b-plus`.',
    },
    reported: ['package.json:2 b is not explained'],
    sound: { 'package.json': `{ "dependencies": { "a": "1.0.0" } }`, 'docs/dependencies.md': '`a` adds.' },
  },
  noMachinePlaces: {
    broken: {
      'docs/a.md': `See\n${'/ho'}${'me/someone/x'} and\nfile://${'/Us'}${'ers/someone'}`,
      'README.md': `https://${'registry'}.${'example'}.org/a`,
    },
    reported: ['docs/a.md:2 names', 'docs/a.md:3 names', 'README.md:1 names'],
    sound: {
      'docs/a.md': `https://example.org${'/ho'}${'me/'} and docs${'/wo'}${'rk/a.md'}; registry.add.all()`,
    },
  },
  architectureNamesFolders: {
    broken: {
      'src/core/base/a.ts': ``,
      'src/core/level/b.ts': ``,
      'ARCHITECTURE.md': `    base/  database and level`,
    },
    reported: ['ARCHITECTURE.md:1 does not name src/core/level/'],
    sound: { 'src/core/base/a.ts': ``, 'src/core/index.ts': ``, 'ARCHITECTURE.md': 'The `base/` folder.' },
  },
};

const repository = repositoryFiles();

describe.each(Object.entries(RULES))('%s', (name, rule) => {
  const sample = SAMPLES[name];

  test('holds in this repository', () => {
    expect(rule(repository)).toEqual([]);
  });

  test('reports the sample that breaks it, at the line', () => {
    const violations = rule(filesOf(sample.broken));
    expect(violations).toHaveLength(sample.reported.length);
    violations.forEach((violation, i) => expect(violation).toContain(sample.reported[i]));
  });

  test('is silent about the sample that comes close', () => {
    expect(rule(filesOf(sample.sound))).toEqual([]);
  });
});

test('the repository has files to look at', () => {
  const paths = repository.map((file) => file.path);
  expect(paths).toContain('package.json');
  expect(paths.filter((path) => path.startsWith('src/core/')).length).toBeGreaterThan(5);
  expect(paths.some((path) => path.startsWith('node_modules/'))).toBe(false);
});

test('CORE_ORDER names no folder twice', () => {
  expect(new Set(CORE_ORDER).size).toBe(CORE_ORDER.length);
});

test('the tokenizer tells code from comments, strings, templates and regular expressions', () => {
  const text = 'a /* b\n */ + "c" // d\n`e ${f({ g: `h` })}\ni` / j / 2; k = /l"[/]/u;';
  const seen = tokenize(text).filter(({ kind }) => kind !== 'punctuation');
  expect(seen.map(({ kind, text: word, line }) => `${line} ${kind} ${word}`)).toEqual([
    '1 name a',
    '2 string c',
    '3 template e ',
    '3 name f',
    '3 name g',
    '3 template h',
    '3 template \ni',
    '4 name j',
    '4 number 2',
    '4 name k',
    '4 regex /l"[/]/u',
  ]);
});

const filesOf = (sample: Record<string, string>): SourceFile[] =>
  Object.entries(sample).map(([path, text]) => ({ path, text }));
