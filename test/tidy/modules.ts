/** What a source file imports and exports, read from its tokens, and which file an import means. */
import { posix } from 'node:path';
import { tokenize, type Token } from './tokens.js';

/** A file of the repository; `path` is relative to its root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly from: string;
  /** Exported names that are used, or `*` where all of them may be. */
  readonly names: readonly string[];
  readonly line: number;
  /** `import type ...`: nothing of it is left when the program runs. */
  readonly typeOnly?: boolean;
}

export interface Export {
  readonly name: string;
  readonly line: number;
}

export interface Module {
  readonly tokens: readonly Token[];
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
}

const read = new WeakMap<SourceFile, Module>();

export const isSource = (file: SourceFile): boolean => /\.(?:tsx?|mjs|js)$/.test(file.path);

export function moduleOf(file: SourceFile): Module {
  const known = read.get(file);
  if (known !== undefined) return known;
  const tokens = tokenize(file.text);
  const found = { tokens, imports: importsIn(tokens), exports: exportsIn(tokens) };
  read.set(file, found);
  return found;
}

/** The repository path an import means (built output means its source), or undefined for a package. */
export function targetOf(importer: string, from: string): string | undefined {
  if (from === 'counterweight') return 'src/core/index.ts';
  if (!from.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(importer), from);
  return path.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts');
}

function importsIn(tokens: readonly Token[]): Import[] {
  const imports: Import[] = [];
  tokens.forEach((token, i) => {
    if (token.kind !== 'name' || isMember(tokens, i)) return;
    const next = tokens[i + 1];
    if (token.text === 'import' && next?.text === '(') {
      const from = tokens[i + 2];
      if (from?.kind === 'string') imports.push({ from: from.text, names: ['*'], line: from.line });
    } else if (token.text === 'import' && next?.kind === 'string') {
      imports.push({ from: next.text, names: [], line: next.line });
    } else if (token.text === 'import' || (token.text === 'export' && 'type{*'.includes(next?.text ?? '?'))) {
      const from = clauseEnd(tokens, i);
      if (from === undefined) return;
      imports.push({
        from: tokens[from].text,
        names: namesUsed(tokens.slice(i + 1, from - 1)),
        line: token.line,
        typeOnly: next?.text === 'type' && tokens[i + 2]?.text !== 'from',
      });
    } else if (token.text === 'new' && next?.text === 'URL' && tokens[i + 3]?.kind === 'string') {
      const from = tokens[i + 3];
      if (/^\.{1,2}\/.*\.(?:js|ts|mjs)$/.test(from.text))
        imports.push({ from: from.text, names: ['*'], line: from.line });
    }
  });
  return imports;
}

/** Index of the string after `from`, when the statement that starts at `start` has one. */
function clauseEnd(tokens: readonly Token[], start: number): number | undefined {
  for (let i = start + 1; i < tokens.length; i++) {
    const { kind, text } = tokens[i];
    if (text === 'from' && tokens[i + 1]?.kind === 'string') return i + 1;
    if (kind === 'name' || (kind === 'punctuation' && '{},*'.includes(text))) continue;
    return undefined;
  }
  return undefined;
}

/** The other module's names in `Default, { a, b as c, type D }` or `* as everything`. */
function namesUsed(clause: readonly Token[]): string[] {
  if (clause.some((token) => token.text === '*')) return ['*'];
  const open = clause.findIndex((token) => token.text === '{');
  const names = open < 0 ? [] : listed(clause.slice(open + 1)).map((entry) => entry[0].text);
  const beforeBrace = clause.slice(0, open < 0 ? undefined : open).filter((token) => token.kind === 'name');
  if (beforeBrace.some((token) => token.text !== 'type')) names.push('default');
  return names;
}

/** Entries of `a, b as c, type D }`, each without its `type`. */
function listed(tokens: readonly Token[]): Token[][] {
  const entries: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === '}') break;
    if (token.text === ',') entries.push([]);
    else entries.at(-1)?.push(token);
  }
  return entries
    .map((entry) =>
      entry[0]?.text === 'type' && entry.length > 1 && entry[1].text !== 'as' ? entry.slice(1) : entry,
    )
    .filter((entry) => entry.length > 0);
}

const MODIFIERS = new Set(['declare', 'async', 'abstract']);
const DECLARES = new Set([
  'const',
  'let',
  'var',
  'function',
  'class',
  'interface',
  'type',
  'enum',
  'namespace',
]);

function exportsIn(tokens: readonly Token[]): Export[] {
  return tokens.flatMap((token, i) =>
    token.kind === 'name' && token.text === 'export' && !isMember(tokens, i) ? exportedBy(tokens, i + 1) : [],
  );
}

function exportedBy(tokens: readonly Token[], start: number): Export[] {
  let i = start;
  if (tokens[i]?.text === 'default') return [{ name: 'default', line: tokens[i].line }];
  if (tokens[i]?.text === 'type' && tokens[i + 1]?.text === '{') i++;
  if (tokens[i]?.text === '*') {
    const named = tokens[i + 1]?.text === 'as';
    return named ? [{ name: tokens[i + 2].text, line: tokens[i + 2].line }] : [];
  }
  if (tokens[i]?.text === '{')
    return listed(tokens.slice(i + 1)).map((entry) => asExport(entry.at(-1) as Token));
  while (MODIFIERS.has(tokens[i]?.text)) i++;
  if (!DECLARES.has(tokens[i]?.text)) return [];
  i++;
  while (tokens[i]?.text === '*' || tokens[i]?.text === 'enum') i++;
  if (tokens[i]?.text === '{')
    return listed(tokens.slice(i + 1)).map((entry) => asExport(entry.at(-1) as Token));
  return tokens[i] === undefined ? [] : [asExport(tokens[i])];
}

const asExport = ({ text, line }: Token): Export => ({ name: text, line });

/** Whether token `i` is a property: behind a dot, or the key in front of a colon. */
export function isMember(tokens: readonly Token[], i: number): boolean {
  const before = mark(tokens[i - 1]);
  if (before === '.' || before === '?.') return true;
  const after = mark(tokens[i + 1]) === '?' ? mark(tokens[i + 2]) : mark(tokens[i + 1]);
  return after === ':' && '{,;'.includes(before);
}

/** A punctuation token's text; a string or template that happens to hold the same text does not count. */
const mark = (token: Token | undefined): string => (token?.kind === 'punctuation' ? token.text : 'none');
