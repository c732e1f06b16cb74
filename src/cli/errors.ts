/** Failures on their way out: one clear line each, a count, the exit code; or one JSON document. */
import { CommanderError } from 'commander';
import {
  expectedText,
  failureText,
  InputError,
  OperationalError,
  Refusal,
  type Issue,
  type Language,
} from '../core/index.js';
import { shown } from '../data/csvIssues.js';
import { jsonText } from './json.js';
import { printable } from './printable.js';

const EXIT = { ok: 0, input: 2, refusal: 3, operational: 4, bug: 70 } as const;

/** Writes the failure where it belongs and returns the exit code. */
export function reportFailure(error: unknown, json: boolean, language: Language): number {
  const failure = failureOf(error);
  if (json) process.stdout.write(jsonText(documentOf(failure)));
  else process.stderr.write(`${failureLines(failure, language).map(printable).join('\n')}\n`);
  return failure.exit;
}

/** A failure as one JSON document, the same on the command line and over HTTP. */
export interface FailureDocument {
  readonly error: Pick<Failure, 'kind' | 'code' | 'message' | 'numbers' | 'retry'> & {
    readonly issues: readonly IssueJson[];
  };
}

export const failureDocument = (error: unknown): FailureDocument => documentOf(failureOf(error));

function documentOf({ kind, code, message, issues, numbers, retry }: Failure): FailureDocument {
  return {
    error: {
      kind,
      code,
      message,
      issues: issues.map(issueJson),
      ...(numbers ? { numbers } : {}),
      ...(retry === undefined ? {} : { retry }),
    },
  };
}

interface Failure {
  readonly kind: 'bug' | 'input' | 'refusal' | 'operational';
  readonly exit: number;
  readonly code: string;
  readonly message: string;
  readonly issues: readonly Issue[];
  readonly numbers?: Refusal['numbers'];
  readonly retry?: boolean;
  readonly stack?: string | undefined;
}

function failureOf(error: unknown): Failure {
  if (error instanceof InputError) {
    return {
      kind: 'input',
      exit: EXIT.input,
      code: error.code,
      message: error.message,
      issues: error.issues,
    };
  }
  if (error instanceof Refusal) {
    return {
      kind: 'refusal',
      exit: EXIT.refusal,
      code: error.code,
      message: error.message,
      issues: [],
      numbers: error.numbers,
    };
  }
  if (error instanceof OperationalError) {
    return {
      kind: 'operational',
      exit: EXIT.operational,
      code: error.code,
      message: error.message,
      issues: [],
      retry: error.retry,
    };
  }
  if (error instanceof CommanderError) {
    const message = shortened(error.message.replace(/^error: /, '').replaceAll('\n', ' '));
    const missing = /^required option '(--\S+) (<[^>]+>)' not specified$/.exec(message);
    return {
      kind: 'input',
      exit: EXIT.input,
      ...(missing === null
        ? { code: 'invalid_argument', message, issues: [] }
        : missingOption(missing[1], missing[2])),
    };
  }
  const stack = error instanceof Error ? error.stack : undefined;
  return {
    kind: 'bug',
    exit: EXIT.bug,
    code: 'bug',
    message: error instanceof Error ? error.message : String(error),
    issues: [],
    stack,
  };
}

const missingOption = (path: string, expected: string) => ({
  code: 'invalid_argument',
  message: 'a required option is missing',
  issues: [{ code: 'invalid_argument', path, expected: `${expected}; --help after the command says more` }],
});

/** Commander repeats what was typed, whole; nobody reads a megabyte of it. */
const LONGEST_MESSAGE = 300;

function shortened(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}

function failureLines(failure: Failure, language: Language): string[] {
  const zh = language === 'zh';
  if (failure.kind === 'bug') {
    return [
      zh
        ? '这是 Counterweight 的错误，不是您的输入有误；请附以下内容报告：'
        : 'this is a mistake in Counterweight, not in your input; please report it with these lines:',
      ...(failure.stack ?? failure.message).split('\n'),
    ];
  }
  const count = failure.issues.length;
  const lines = [
    failureText(failure, language),
    ...failure.issues.map((issue) => issueLine(issue, language)),
  ];
  if (count > 1) lines.push(zh ? `共 ${count} 处问题` : `${count} problems`);
  if (failure.retry === true) lines.push(zh ? '可以重试' : 'trying again may help');
  return lines;
}

/** `file:line column is value, expected ...`: place, value, what was expected. */
function issueLine(issue: Issue, language: Language): string {
  const place =
    issue.file === undefined ? '' : `${issue.file}${issue.line === undefined ? '' : `:${issue.line}`} `;
  const what = issue.path === '' ? issue.code : issue.path;
  const expected = expectedText(issue, language);
  const value = issue.value === undefined ? undefined : shown(JSON.stringify(issue.value));
  if (language === 'zh') {
    return `  ${place}${what}${value === undefined ? ' ' : ` 为 ${value}，`}应为：${expected} [${issue.code}]`;
  }
  return `  ${place}${what}${value === undefined ? '' : ` is ${value},`} expected ${expected} [${issue.code}]`;
}

interface IssueJson {
  readonly code: string;
  readonly path: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly value: unknown;
  readonly expected: string;
}

function issueJson(issue: Issue): IssueJson {
  const { code, path, file, line, value, expected } = issue;
  return { code, path, file: file ?? null, line: line ?? null, value: value ?? null, expected };
}
