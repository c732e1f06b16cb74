/**
 * Fenced blocks of a document and what each promises: commands with their output, programs, data. Pure text
 * handling; `run.ts` keeps the promises.
 */
import { parseDocument } from 'yaml';

export interface Page {
  /** Relative to the repository root. */
  readonly path: string;
  readonly text: string;
}

export interface Block {
  readonly path: string;
  /** 1-based line of the opening fence. */
  readonly line: number;
  /** First word of the info string, '' when there is none. */
  readonly language: string;
  readonly lines: readonly string[];
  readonly closed: boolean;
}

export interface Command {
  readonly path: string;
  readonly line: number;
  /** As written, without `$ ` and with continued lines joined. */
  readonly text: string;
  readonly exitCode: number;
  /** Lines that standard output must match; undefined when the document shows none. */
  readonly output: readonly string[] | undefined;
}

const RUN = ['sh', 'ts'];
const PARSED = ['json', 'yaml'];
const SHOWN = ['text', 'mermaid'];

export function blocksIn({ path, text }: Page): Block[] {
  const blocks: (Block & { lines: string[]; closed: boolean; indent: number; fence: string })[] = [];
  text.split('\n').forEach((line, i) => {
    const open = blocks.at(-1);
    if (open !== undefined && !open.closed) {
      open.closed = closes(line, open.fence);
      if (!open.closed) open.lines.push(line.slice(Math.min(open.indent, line.search(/\S|$/))));
      return;
    }
    const [, indent, fence, info] = /^([ \t>]*)(`{3,}|~{3,})([^`]*)$/.exec(line) ?? [];
    if (fence === undefined) return;
    const language = info.trim().split(/\s+/)[0];
    blocks.push({ path, line: i + 1, language, lines: [], closed: false, indent: indent.length, fence });
  });
  return blocks;
}

function closes(line: string, fence: string): boolean {
  const mark = line.trim();
  return mark.length >= fence.length && mark.split('').every((character) => character === fence[0]);
}

/** What is wrong with the block as text, before anything is run: `path:line message`. */
export function blockProblems(block: Block): string[] {
  const { path, line, language, lines, closed } = block;
  if (!closed) return [`${path}:${line} the fence is never closed`];
  if (![...RUN, ...PARSED, ...SHOWN].includes(language)) {
    const known = [...RUN, ...PARSED, ...SHOWN].join(', ');
    return [`${path}:${line} a fence says one of ${known}, this one says ${JSON.stringify(language)}`];
  }
  if (PARSED.includes(language)) {
    const problem = dataProblem(language, lines.join('\n'));
    if (problem !== undefined) return [`${path}:${line} is not ${language}: ${problem}`];
  }
  return [];
}

function dataProblem(language: string, text: string): string | undefined {
  try {
    if (language === 'json') JSON.parse(text);
    return language === 'yaml' ? parseDocument(text).errors[0]?.message : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The commands of a `sh` block: lines after `$ `, or every line but comments when none has a `$ `. */
export function commandsIn({ path, line: start, lines }: Block): Command[] {
  const prompted = lines.some((line) => line.startsWith('$ '));
  const commands: (Command & { text: string; output: string[] | undefined })[] = [];
  let continued = false;
  lines.forEach((line, i) => {
    const last = commands.at(-1);
    if (continued && last !== undefined) last.text = `${last.text.slice(0, -1)}${line.trim()}`;
    else if (prompted && !line.startsWith('$ ')) {
      if (last !== undefined) (last.output ??= []).push(line);
      return;
    } else if (prompted || (line.trim() !== '' && !line.trim().startsWith('#'))) {
      const text = prompted ? line.slice(2) : line.trim();
      commands.push({ path, line: start + 1 + i, text, exitCode: 0, output: undefined });
    } else return;
    continued = commands.at(-1)?.text.endsWith('\\') ?? false;
  });
  return commands.map((command) => ({
    ...command,
    exitCode: Number(/\s#\s*exit (\d+)\s*$/.exec(command.text)?.[1] ?? 0),
    output: command.output?.some((line) => line.trim() !== '') ? command.output : undefined,
  }));
}

/** First line of `expected` that `actual` does not have there, or undefined. `...` stands for any lines. */
export function outputDifference(expected: readonly string[], actual: string): string | undefined {
  const want = trimmed(expected);
  const have = trimmed(actual.split('\n'));
  let reached = 0;
  const matches = (i: number, j: number): boolean => {
    reached = Math.max(reached, i);
    if (i === want.length) return j === have.length;
    if (want[i] !== '...') return want[i] === have[j] && matches(i + 1, j + 1);
    for (let end = j; end <= have.length; end++) if (matches(i + 1, end)) return true;
    return false;
  };
  if (matches(0, 0)) return undefined;
  const missing = want[reached] ?? 'the end of the output';
  return `expected next: ${missing}\noutput was:\n${have.join('\n')}`;
}

function trimmed(lines: readonly string[]): string[] {
  const text = lines.map((line) => line.trimEnd());
  while (text.at(-1) === '') text.pop();
  return text;
}

export type Errand =
  | { readonly kind: 'run'; readonly script: string }
  /** Things a reader does once, or that would run this very test: only their names are checked. */
  | { readonly kind: 'named'; readonly problems: readonly string[] };

/** What to do for a command. `npm start` with an output shown is run as the demo behind it. */
export function errandFor(command: Command, scripts: Readonly<Record<string, string>>): Errand {
  const steps = command.text.replace(/\s#.*$/, '').split('&&');
  const first = /^npm start(?: --)?(.*)$/.exec(steps[0].trim());
  if (steps.length === 1 && first !== null && command.output !== undefined) {
    return { kind: 'run', script: `node bin/counterweight.js demo --no-serve${first[1]}` };
  }
  const checks = steps.map((step) => nameProblem(step.trim(), scripts));
  if (checks.every((problem) => problem === undefined)) return { kind: 'run', script: command.text };
  if (command.output !== undefined)
    return { kind: 'named', problems: ['shows output but is not run by the tests'] };
  return {
    kind: 'named',
    problems: checks.filter((problem) => problem !== undefined && problem !== '') as string[],
  };
}

/** undefined: an ordinary command. '': not run, and fine. Otherwise what is wrong with it. */
function nameProblem(step: string, scripts: Readonly<Record<string, string>>): string | undefined {
  if (/^(?:git clone|cd|npm ci|npm install)(?:\s|$)/.test(step)) return '';
  const script = /^npm (?:run )?(start|test)\b/.exec(step)?.[1] ?? /^npm run ([\w:-]+)/.exec(step)?.[1];
  if (script === undefined) return undefined;
  return scripts[script] === undefined ? `package.json has no script ${script}` : '';
}
