/** Rulebook files: found by id, by a provider's code, or by path; parsed with every issue at its line. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LineCounter, parseDocument, type Document, type Node } from 'yaml';
import {
  InputError,
  parseRulebook,
  SECTION_NAMES,
  type Issue,
  type Locate,
  type Rulebook,
} from '../core/index.js';
import { shown } from './csvIssues.js';
import { ioError } from './files.js';
import { nearest } from './nearest.js';

/**
 * @param name an index id (`star-50`), an alias (`000688`), or the path of a YAML file
 * @param folder where the bundled rulebooks are
 * @throws InputError `unknown_index` with the nearest valid id, `invalid_rulebook` with every issue
 */
export async function loadRulebook(name: string, folder: string): Promise<Rulebook> {
  if (/\.ya?ml$/i.test(name)) return readRulebook(name);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).toSorted();
  const wanted = name.toLowerCase();
  const texts = await Promise.all(files.map((file) => readHead(join(folder, file))));
  const isWanted = ({ words }: Head): boolean => words.some((word) => word.toLowerCase() === wanted);
  // Parsing all heads takes longer than a review: first those in which the name stands as it is.
  const likely = texts.filter(({ text }) => text.toLowerCase().includes(wanted)).map(parseHead);
  const heads = likely.some(isWanted) ? likely : texts.map(parseHead);
  const found = heads.find(isWanted);
  if (found) return readRulebook(found.file);
  const near = nearest(
    wanted,
    heads.flatMap(({ words }) => words),
  );
  throw new InputError('unknown_index', `there is no rulebook called ${shown(name)}`, [
    {
      code: 'unknown_index',
      path: 'index',
      value: shown(name),
      expected: `${near === undefined ? '' : `${near} (the nearest name), `}one of ${heads.map(({ words }) => words[0]).join(', ')}, or the path of a .yaml file`,
    },
  ]);
}

interface HeadText {
  readonly file: string;
  readonly text: string;
}

interface Head {
  readonly file: string;
  readonly words: readonly string[];
}

/** The lines before the first section: the whole of every rulebook need not be parsed. */
async function readHead(file: string): Promise<HeadText> {
  const text = await readFile(file, 'utf8');
  const sections = new RegExp(`^(?:${SECTION_NAMES.join('|')}|sources):`, 'm').exec(text);
  return { file, text: text.slice(0, sections?.index) };
}

/** Id and aliases. */
function parseHead({ file, text }: HeadText): Head {
  const head: unknown = parseDocument(text).toJS();
  const { rulebook, aliases } = (head ?? {}) as { rulebook?: unknown; aliases?: unknown };
  const words = [rulebook, ...(Array.isArray(aliases) ? aliases : [])].filter(
    (word) => typeof word === 'string',
  );
  return { file, words };
}

/** @throws InputError `invalid_rulebook` with every issue, each with file and line */
export async function readRulebook(file: string): Promise<Rulebook> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TypeError)
      throw invalid(file, [{ code: 'not_utf8', path: '', file, expected: 'UTF-8 text' }]);
    throw ioError(error, file);
  }
  const { rulebook, issues } = parseRulebookText(text, basename(file));
  if (!rulebook) throw invalid(file, issues);
  return rulebook;
}

/** Parses YAML text; never throws on what is in it. */
export function parseRulebookText(
  text: string,
  file: string,
): { rulebook: Rulebook | undefined; issues: readonly Issue[] } {
  const lines = new LineCounter();
  // Warnings go to nobody here: what they warn of, keys that are mappings, is an issue of its own.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  if (document.errors.length > 0) {
    const issues = document.errors.map((error): Issue => ({
      code: 'invalid_yaml',
      path: '',
      file,
      line: lines.linePos(error.pos[0]).line,
      value: error.message.split('\n')[0],
      expected: 'valid YAML',
    }));
    return { rulebook: undefined, issues };
  }
  let values: unknown;
  try {
    values = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return {
      rulebook: undefined,
      issues: [
        {
          code: 'invalid_yaml',
          path: '',
          file,
          value: String(error),
          expected: 'at most 100 uses of an alias',
        },
      ],
    };
  }
  return parseRulebook(values, file, locatorOf(document, lines));
}

/** The line of a value, or of the nearest thing around it that is in the file. */
function locatorOf(document: Document, lines: LineCounter): Locate {
  return (path) => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = nodeAt(document, path.slice(0, depth));
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
}

/** The key of a mapping entry rather than its value: that is where a person looks for it. */
function nodeAt(document: Document, path: readonly (string | number)[]): Node | undefined {
  if (path.length === 0) return document.contents ?? undefined;
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  const items = (parent as { items?: readonly { key?: { value?: unknown } & Node }[] } | undefined)?.items;
  const pair = items?.find((item) => item.key !== undefined && item.key.value === last);
  if (pair?.key) return pair.key;
  const node = document.getIn(path, true);
  return typeof node === 'object' && node !== null ? (node as Node) : undefined;
}

function invalid(file: string, issues: readonly Issue[]): InputError {
  const count = issues.length === 1 ? '1 problem' : `${issues.length} problems`;
  return new InputError('invalid_rulebook', `${basename(file)}: ${count}, the rulebook was not used`, issues);
}
