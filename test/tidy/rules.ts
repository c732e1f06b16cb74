/**
 * The house rules, each a pure function from files to violations `path:line message`. What a reviewer would
 * otherwise have to say twice is here; `test/tidy.test.ts` runs every rule over the repository and over a
 * sample that breaks it. To add a rule, write the function, list it in `RULES` and give it its samples.
 */
import { isMember, isSource, moduleOf, targetOf, type Import, type SourceFile } from './modules.js';

export type Rule = (files: readonly SourceFile[]) => string[];

/** A folder of src/core imports only from itself and from folders before it. */
export const CORE_ORDER = [
  'base',
  'findings',
  'calendar',
  'market',
  'events',
  'selection',
  'weighting',
  'methodology',
  'review',
  'level',
  'inference',
  'flows',
  'impact',
  'study',
  'schedule',
  'tca',
  'forecast',
  'statements',
  'valuation',
  'quality',
  'lookthrough',
  'exchange',
  'simulation',
  'trading',
  'gateway',
  'fix',
  'claims',
  'runs',
];

/** What each folder of src may import beside itself. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  data: ['core'],
  // Protocols over sockets.
  gateway: ['core', 'data'],
  // The documents of the command line are those of the server; the command `serve` starts it.
  server: ['core', 'data', 'cli'],
  cli: ['core', 'data', 'server', 'gateway'],
  // The core runs in the browser; of the server only the shapes of its answers are known there.
  web: ['core', 'server', 'data'],
  // Another language: it shares no source with the others, only memory.
  kernels: [],
};

/** The only packages the pure core may import. */
const PURE_PACKAGES = /^(?:@noble\/hashes\/.+|typebox(?:\/.+)?)$/;

/** Where a program or a user enters; what cannot be reached from here is dead. */
const ENTRIES = ['src/core/index.ts', 'src/cli/main.ts', 'src/data/forecastWorkers.ts', 'src/web/main.tsx'];

/** Sources of another compiler, whose exports JavaScript calls. */
const KERNELS = 'src/kernels';

/** Folders of code that people write, beside src. */
const CODE = ['src', 'test', 'bench', 'scripts'];

export function coreFolderOrder(files: readonly SourceFile[]): string[] {
  return edges(files).flatMap(({ file, target, line }) => {
    const [from, to] = [coreFolder(file.path), coreFolder(target ?? '')];
    if (from === undefined || to === undefined || from === '' || from === to) return [];
    const [fromRank, toRank] = [CORE_ORDER.indexOf(from), CORE_ORDER.indexOf(to)];
    if (to === '')
      return [`${file.path}:${line} imports ${target}; a folder of core never imports the files above it`];
    if (fromRank < 0)
      return [`${file.path}:${line} folder ${from} is not in CORE_ORDER (test/tidy/rules.ts)`];
    if (toRank >= 0 && toRank < fromRank) return [];
    return [
      `${file.path}:${line} ${from} imports ${to}, which is not before it in CORE_ORDER (test/tidy/rules.ts)`,
    ];
  });
}

export function layerOrder(files: readonly SourceFile[]): string[] {
  return edges(files.filter(inside('src'))).flatMap(({ file, target, from, line }) => {
    const layer = file.path.split('/')[1];
    if (LAYERS[layer] === undefined)
      return [`${file.path}:${line} ${layer} is not in LAYERS (test/tidy/rules.ts)`];
    if (target === undefined) {
      const allowed = layer !== 'core' || PURE_PACKAGES.test(from);
      return allowed
        ? []
        : [`${file.path}:${line} imports ${from}; core is pure and imports no such package`];
    }
    const [top, to] = target.split('/');
    if (top === 'src' && (to === layer || LAYERS[layer].includes(to))) return [];
    return [
      `${file.path}:${line} ${layer} imports ${target}; it may import ${['itself', ...LAYERS[layer]].join(', ')}`,
    ];
  });
}

/** The one file of src/data that needs no file: it runs the WebAssembly kernel wherever there is a global one. */
const KERNEL = 'src/data/wasmKernel.ts';

/** The workbench uses the core by its public surface, the kernel, and nothing of the server but types. */
export function webDirection(files: readonly SourceFile[]): string[] {
  return edges(files.filter(inside('src/web'))).flatMap(({ file, target, line, typeOnly }) => {
    if (target?.startsWith('src/core/') === true && target !== 'src/core/index.ts')
      return [`${file.path}:${line} web imports ${target}; it may import src/core/index.ts`];
    if (target?.startsWith('src/data/') === true && target !== KERNEL)
      return [`${file.path}:${line} web imports ${target}; it may import ${KERNEL}`];
    if (target?.startsWith('src/server/') === true && typeOnly !== true)
      return [`${file.path}:${line} web imports values of ${target}; it may import its types`];
    return [];
  });
}

export function noCycles(files: readonly SourceFile[]): string[] {
  const next = edgesByFile(files.filter(inside('src')));
  const violations: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    for (const { target, line } of next.get(path) ?? []) {
      if (target === undefined || done.has(target)) continue;
      const start = [...trail, path].indexOf(target);
      if (start < 0) visit(target, [...trail, path]);
      else
        violations.push(
          `${path}:${line} closes a cycle: ${[...trail, path].slice(start).join(' -> ')} -> ${target}`,
        );
    }
    done.add(path);
  };
  for (const path of next.keys()) if (!done.has(path)) visit(path, []);
  return violations;
}

const IMPURE = new Set(['Date', 'performance', 'process', 'console']);
const GLOBAL_OBJECTS = new Set(['globalThis', 'self', 'window']);

export function pureCore(files: readonly SourceFile[]): string[] {
  return sources(files, 'src/core').flatMap((file) => {
    const { tokens } = moduleOf(file);
    return tokens.flatMap(({ kind, text, line }, i) => {
      if (kind !== 'name') return [];
      const own = !isMember(tokens, i) || GLOBAL_OBJECTS.has(tokens[i - 2]?.text);
      if (IMPURE.has(text) && own)
        return [`${file.path}:${line} uses ${text}; core takes such things as arguments`];
      const random = text === 'Math' && tokens[i + 2]?.text === 'random' && !isMember(tokens, i);
      return random ? [`${file.path}:${line} uses Math.random; core's randomness has a seed`] : [];
    });
  });
}

export function noDefaultExports(files: readonly SourceFile[]): string[] {
  return code(files).flatMap((file) =>
    moduleOf(file)
      .exports.filter(({ name }) => name === 'default')
      .map(({ line }) => `${file.path}:${line} has a default export; give it a name`),
  );
}

export function noDeadFiles(files: readonly SourceFile[]): string[] {
  const next = edgesByFile(files);
  const alive = new Set<string>();
  const queue = [...ENTRIES];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (alive.has(path)) continue;
    alive.add(path);
    for (const { target } of next.get(path) ?? []) if (target !== undefined) queue.push(target);
  }
  return sources(files, 'src')
    .filter((file) => !alive.has(file.path) && !inside(KERNELS)(file))
    .map((file) => `${file.path}:1 is not reachable from ${ENTRIES.join(' or ')}`);
}

export function noDeadExports(files: readonly SourceFile[]): string[] {
  const used = new Map<string, Set<string>>();
  for (const { target, names } of edges(files)) {
    if (target === undefined) continue;
    used.set(target, new Set([...(used.get(target) ?? []), ...names]));
  }
  return sources(files, 'src')
    .filter((file) => file.path !== 'src/core/index.ts' && !inside(KERNELS)(file))
    .filter((file) => !used.get(file.path)?.has('*'))
    .flatMap((file) =>
      moduleOf(file)
        .exports.filter(({ name }) => !used.get(file.path)?.has(name))
        .map(({ name, line }) => `${file.path}:${line} exports ${name}, which nobody imports`),
    );
}

// Spelt with classes, so that this file does not report itself.
const LEFTOVERS = /\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b/;

export function noLeftovers(files: readonly SourceFile[]): string[] {
  return matches(files.filter(inside(...CODE)), LEFTOVERS, (word) => `says ${word}; do it, or open an issue`);
}

const TEST_WORDS = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const UNRUN = new Set(['skip', 'only', 'todo']);

export function noUnrunTests(files: readonly SourceFile[]): string[] {
  return code(files).flatMap((file) => {
    const { tokens } = moduleOf(file);
    return tokens.flatMap(({ kind, text }, i) => {
      if (kind !== 'name' || !TEST_WORDS.has(text) || isMember(tokens, i)) return [];
      // A chain such as `describe.concurrent.skip`.
      for (let j = i + 1; tokens[j]?.text === '.'; j += 2) {
        const word = tokens[j + 1];
        if (UNRUN.has(word?.text))
          return [`${file.path}:${word.line} has ${text}.${word.text}; every test runs`];
      }
      return [];
    });
  });
}

export function filesIntroduceThemselves(files: readonly SourceFile[]): string[] {
  return sources(files, 'src')
    .filter(({ text }) => !/^(?:#![^\n]*\n)?\/\*\*[\s*]*[^\s*/][\s\S]*?\*\//.test(text))
    .map(({ path }) => `${path}:1 does not start with a /** comment that says what it is`);
}

export function exactVersions(files: readonly SourceFile[]): string[] {
  return packageNames(files).flatMap(({ name, version, line }) =>
    /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version)
      ? []
      : [`package.json:${line} ${name} is ${version}; pin one version`],
  );
}

export function noDownloadAddresses(files: readonly SourceFile[]): string[] {
  const lock = files.filter((file) => file.path === 'package-lock.json');
  return matches(
    lock,
    /"resolved":/,
    () => 'names a download address; install with the .npmrc of this repository',
  );
}

export function dependenciesExplained(files: readonly SourceFile[]): string[] {
  const page = textOf(files, 'docs/dependencies.md');
  return packageNames(files).flatMap(({ name, line }) =>
    page.includes(`\`${name}\``)
      ? []
      : [`package.json:${line} ${name} is not explained in docs/dependencies.md`],
  );
}

// The look-behind lets a web address or a relative path with such a folder pass.
const MACHINE_PATH = /(?<![\w.~%-])\/(?:work|home|Users|root)\/|\b[A-Z]:\\Users\\/;
const REGISTRY_HOST = /\bregistry\.[a-z0-9-]+\.(?:org|com|net|io|dev|cn)\b/;

export function noMachinePlaces(files: readonly SourceFile[]): string[] {
  return [
    ...matches(files, MACHINE_PATH, (path) => `names ${path}, a place on one machine`),
    ...matches(files, REGISTRY_HOST, (host) => `names ${host}, a package registry`),
  ];
}

export function architectureNamesFolders(files: readonly SourceFile[]): string[] {
  const map = textOf(files, 'ARCHITECTURE.md');
  const folders = new Set(sources(files, 'src/core').flatMap(({ path }) => coreFolder(path) || []));
  return [...folders]
    .filter((folder) => !new RegExp(`(?<![\\w-])${folder}/`).test(map))
    .map((folder) => `ARCHITECTURE.md:1 does not name src/core/${folder}/`);
}

export const RULES: Readonly<Record<string, Rule>> = {
  coreFolderOrder,
  layerOrder,
  webDirection,
  noCycles,
  pureCore,
  noDefaultExports,
  noDeadFiles,
  noDeadExports,
  noLeftovers,
  noUnrunTests,
  filesIntroduceThemselves,
  exactVersions,
  noDownloadAddresses,
  dependenciesExplained,
  noMachinePlaces,
  architectureNamesFolders,
};

interface Edge extends Import {
  readonly file: SourceFile;
  /** Repository path of the imported file; undefined for a package. */
  readonly target: string | undefined;
}

/** Every import of every source file. */
function edges(files: readonly SourceFile[]): Edge[] {
  return files.filter(isSource).flatMap((file) =>
    moduleOf(file).imports.map((found) => ({
      ...found,
      file,
      target: componentOr(targetOf(file.path, found.from), files),
    })),
  );
}

/** `Chart.js` means `Chart.tsx` where that is the file there is. */
function componentOr(target: string | undefined, files: readonly SourceFile[]): string | undefined {
  const component = `${target}x`;
  return files.some(({ path }) => path === component) ? component : target;
}

function edgesByFile(files: readonly SourceFile[]): Map<string, Edge[]> {
  const byFile = new Map<string, Edge[]>();
  for (const edge of edges(files)) {
    const known = byFile.get(edge.file.path);
    if (known === undefined) byFile.set(edge.file.path, [edge]);
    else known.push(edge);
  }
  return byFile;
}

/** The folder of src/core a path is in, '' for the files above the folders, undefined outside. */
function coreFolder(path: string): string | undefined {
  if (!path.startsWith('src/core/')) return undefined;
  const [first, ...rest] = path.slice('src/core/'.length).split('/');
  return rest.length > 0 ? first : '';
}

const inside =
  (...folders: string[]) =>
  (file: SourceFile): boolean =>
    folders.some((folder) => file.path.startsWith(`${folder}/`));

const sources = (files: readonly SourceFile[], folder: string): SourceFile[] =>
  files.filter((file) => inside(folder)(file) && /\.tsx?$/.test(file.path));

const code = (files: readonly SourceFile[]): SourceFile[] =>
  files.filter((file) => inside(...CODE)(file) && isSource(file));

const textOf = (files: readonly SourceFile[], path: string): string =>
  files.find((file) => file.path === path)?.text ?? '';

/** One violation per line that holds the pattern. */
function matches(
  files: readonly SourceFile[],
  pattern: RegExp,
  message: (found: string) => string,
): string[] {
  return files
    .filter((file) => pattern.test(file.text))
    .flatMap((file) =>
      file.text.split('\n').flatMap((text, i) => {
        const found = pattern.exec(text)?.[0];
        return found === undefined ? [] : [`${file.path}:${i + 1} ${message(found)}`];
      }),
    );
}

/** Dependencies and devDependencies as package.json lists them, with their lines. */
function packageNames(files: readonly SourceFile[]): { name: string; version: string; line: number }[] {
  const text = textOf(files, 'package.json');
  if (text === '') return [];
  const { dependencies, devDependencies } = JSON.parse(text) as Record<
    string,
    Record<string, string> | undefined
  >;
  const lines = text.split('\n');
  return Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => ({
    name,
    version,
    line: lines.findIndex((line) => line.includes(`"${name}":`)) + 1,
  }));
}
