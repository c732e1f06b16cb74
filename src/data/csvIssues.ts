/**
 * The issues of one file while it is being read: collected in order, capped so that a file wrong in every
 * line does not bury the reader, and closed by the one fault, if any, that made reading stop.
 */
import { InputError, type Issue } from '../core/base/errors.js';

/** Issues listed per file before the rest is only counted. */
export const MAX_LISTED_ISSUES = 200;

const MAX_VALUE_CHARS = 80;

/** An issue whose file is known from the list it goes into. */
export type FileIssue = Omit<Issue, 'file'>;

export interface IssueList {
  readonly add: (issue: FileIssue) => void;
  /** Notes the fault after which nothing more can be read. The first one stands; it is always listed. */
  readonly stop: (fault: FileIssue) => void;
  readonly stopped: () => boolean;
  readonly any: () => boolean;
  readonly all: () => Issue[];
}

export function issueList(file: string): IssueList {
  const listed: Issue[] = [];
  let unlisted = 0;
  let fault: Issue | undefined;
  return {
    add: (issue) => {
      if (listed.length < MAX_LISTED_ISSUES) listed.push({ ...issue, file });
      else unlisted++;
    },
    stop: (issue) => {
      fault ??= { ...issue, file };
    },
    stopped: () => fault !== undefined,
    any: () => listed.length > 0 || fault !== undefined,
    all: () => {
      const all = fault ? [...listed.slice(0, MAX_LISTED_ISSUES - 1), fault] : [...listed];
      const more = unlisted + listed.length + (fault ? 1 : 0) - all.length;
      if (more > 0) all.push(moreIssues(file, more));
      return all;
    },
  };
}

/**
 * The rows, when there is nothing wrong with the file.
 * @throws InputError `invalid_csv` with every issue otherwise: half a file is not used in silence.
 */
export function refuseIssues<Row>(
  file: string,
  { rows, issues }: { readonly rows: Row[]; readonly issues: readonly Issue[] },
): Row[] {
  if (issues.length === 0) return rows;
  const count = issues.reduce((sum, { code, value }) => sum + (code === MORE ? Number(value) : 1), 0);
  const problems = count === 1 ? '1 problem' : `${count} problems`;
  throw new InputError('invalid_csv', `${file}: ${problems}, nothing was used`, issues);
}

/** A value as shown in an issue: whole when short, cut with an ellipsis otherwise. */
export function shown(value: string): string {
  return value.length <= MAX_VALUE_CHARS
    ? value
    : `${value.slice(0, MAX_VALUE_CHARS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const MORE = 'more_issues';

const moreIssues = (file: string, count: number): Issue => ({
  code: MORE,
  path: '',
  file,
  value: count,
  expected: `no more: ${count} further problems are not listed; correct the listed ones and read the file again`,
});
