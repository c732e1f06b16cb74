/**
 * What a changed clause would have done: a rulebook with some fields of its rules set to other values, in every era
 * and on every occasion. The changed rule must satisfy its schema as a written one would.
 */
import type { TSchema } from 'typebox';
import { InputError, type Issue } from '../base/errors.js';
import type { Clause } from './clause.js';
import type { Rulebook } from './rulebook.js';
import { schemaIssues } from './schemaIssues.js';
import { SECTION_NAMES, SECTIONS, type Rule, type SectionName } from './sections.js';

/** One `CLAUSE[.FIELD]=VALUE`. */
export interface ClauseChange {
  /** `section.name`. */
  readonly clause: string;
  /** Field of its rule; absent where the rule has one number to change. */
  readonly field: string | undefined;
  readonly value: number | string | boolean;
}

/**
 * Reads `caps.single=0.15`, `caps.top-five.limit=0.5` or `selection.buffer.order=enter-first`.
 * @throws InputError `invalid_change`
 */
export function parseClauseChange(text: string): ClauseChange {
  const match = /^([a-z-]+\.[a-z0-9-]+)(?:\.([A-Za-z0-9]+))?=(.+)$/.exec(text.trim());
  if (!match) {
    throw new InputError('invalid_change', `${text} is not a change of a clause`, [
      {
        code: 'invalid_change',
        path: 'set',
        value: text,
        expected: 'section.clause[.field]=value, such as caps.single=0.15',
      },
    ]);
  }
  const [, clause, field, value] = match;
  return { clause, field, value: valueOf(value.trim()) };
}

function valueOf(text: string): number | string | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  const percent = /^(-?[0-9.]+) ?%$/.exec(text);
  if (percent) return Number(percent[1]) / 100;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

export const describeChange = ({ clause, field, value }: ClauseChange): string =>
  `${clause}${field === undefined ? '' : `.${field}`}=${value}`;

/** @throws InputError `invalid_change` with every change that cannot be made */
export function changeClauses(rulebook: Rulebook, changes: readonly ClauseChange[]): Rulebook {
  const issues: Issue[] = [];
  let changed = rulebook;
  for (const change of changes) {
    const made = changeClause(changed, change);
    if ('issues' in made) issues.push(...made.issues);
    else changed = made.rulebook;
  }
  if (issues.length === 0) return changed;
  throw new InputError('invalid_change', `the rules of ${rulebook.id} cannot be changed like this`, issues);
}

type Made = { readonly rulebook: Rulebook } | { readonly issues: readonly Issue[] };

function changeClause(rulebook: Rulebook, change: ClauseChange): Made {
  const everything = SECTION_NAMES.flatMap((section) => rulebook.clauses[section]);
  const asked = everything.filter(({ id }) => id === change.clause);
  if (asked.length === 0) {
    const names = [...new Set(everything.map(({ id }) => id))].filter((id) => !id.startsWith('calendar.'));
    return problem(change, change.clause, `a clause of ${rulebook.id}: ${names.join(', ')}`);
  }
  const section = change.clause.slice(0, change.clause.indexOf('.')) as SectionName;
  const made = asked.map((clause) => changedRule(section, clause, change));
  const issues = made.flatMap((result) => ('issues' in result ? result.issues : []));
  if (issues.length > 0) return { issues };
  const rules = new Map(made.flatMap((result, i) => ('rule' in result ? [[asked[i], result.rule]] : [])));
  const clauses = rulebook.clauses[section].map((clause) =>
    rules.has(clause) ? { ...clause, rule: rules.get(clause) as Rule } : clause,
  );
  return { rulebook: { ...rulebook, clauses: { ...rulebook.clauses, [section]: clauses } } };
}

function changedRule(
  section: SectionName,
  clause: Clause<Rule>,
  change: ClauseChange,
): { readonly rule: Rule } | { readonly issues: readonly Issue[] } {
  const schema = (SECTIONS[section] as Record<string, TSchema>)[clause.rule.kind];
  const fields = Object.keys((schema as { properties?: object }).properties ?? {}).filter(
    (name) => name !== 'kind',
  );
  const field = change.field ?? theOneNumber(clause.rule);
  if (field === undefined) {
    const numbers = numbersOf(clause.rule).map((name) => `${change.clause}.${name}`);
    return problem(
      change,
      change.clause,
      `the field too: ${numbers.length > 0 ? numbers.join(', ') : fields.join(', ')}`,
    );
  }
  if (!fields.includes(field)) {
    return problem(
      change,
      `${change.clause}.${field}`,
      `a field of ${clause.rule.kind}: ${fields.join(', ')}`,
    );
  }
  const rule = { ...clause.rule, [field]: change.value };
  const [wrong] = schemaIssues(schema, rule);
  if (wrong !== undefined) return problem(change, [change.clause, ...wrong.at].join('.'), wrong.expected);
  return { rule: rule as Rule };
}

/** The field meant when none is named: the only number, or the limit of a rule that has one. */
function theOneNumber(rule: Rule): string | undefined {
  const numbers = numbersOf(rule);
  if (numbers.length === 1) return numbers[0];
  const limits = numbers.filter((name) => name === 'cap' || name === 'limit');
  return limits.length === 1 ? limits[0] : undefined;
}

const numbersOf = (rule: Rule): string[] =>
  Object.entries(rule)
    .filter(([, value]) => typeof value === 'number')
    .map(([name]) => name);

function problem(
  change: ClauseChange,
  path: string,
  expected: string,
): { readonly issues: readonly Issue[] } {
  return { issues: [{ code: 'invalid_change', path, value: describeChange(change), expected }] };
}
