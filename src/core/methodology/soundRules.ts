/**
 * What no schema can say of a rule: that its lines stand in the right order, that the stated number of members can meet
 * a cap, and that dates lead back to the month of the review.
 */
import { smallestSingleCap } from '../weighting/singleCap.js';
import { smallestTopKLimit } from '../weighting/topKCap.js';
import type { Clause } from './clause.js';
import type { SchemaIssue } from './schemaIssues.js';
import type { Rule } from './sections.js';

/** @param seats number of members the rulebook states, if it does */
export function unsound(rule: Rule, seats: number | undefined): SchemaIssue[] {
  switch (rule.kind) {
    case 'single':
      if (seats === undefined || rule.spread === 'deferred') return [];
      return tooLow('cap', rule.cap, smallestSingleCap(seats), seats);
    case 'top-k':
      if (seats === undefined) return [];
      if (rule.target !== undefined)
        return tooLow('target', rule.target, smallestTopKLimit(rule.k, seats), seats);
      return tooLow('limit', rule.limit, smallestTopKLimit(rule.k, seats), seats);
    case 'float-bands':
      return rule.bands.every((band, i) => i === 0 || band > rule.bands[i - 1])
        ? []
        : [{ code: 'not_ascending', at: ['bands'], value: rule.bands, expected: 'upper ends that ascend' }];
    case 'buffer':
      return inOrder('keep', rule.keep, 'enter', rule.enter);
    case 'ratio-buffer':
      return inOrder('keepRatio', rule.keepRatio, 'enterRatio', rule.enterRatio);
    case 'liquidity':
      return inOrder('keepTopIncumbents', rule.keepTopIncumbents ?? rule.keepTop, 'keepTop', rule.keepTop);
    default:
      return [];
  }
}

function tooLow(field: string, value: number, smallest: number, seats: number): SchemaIssue[] {
  if (value >= smallest) return [];
  return [
    { code: 'infeasible_cap', at: [field], value, expected: `at least ${smallest} with ${seats} members` },
  ];
}

/** Members are never held to a stricter line than newcomers. */
function inOrder(field: string, value: number, than: string, least: number): SchemaIssue[] {
  if (value >= least) return [];
  return [{ code: 'wrong_order', at: [field], value, expected: `at least \`${than}\`, which is ${least}` }];
}

/**
 * Date rules that start from a date there is not, or from each other; `clause` is the position in the list given.
 * @param names every date of the calendar, those whose own rule is wrong included
 */
export function unsoundDates(
  clauses: readonly Clause<Rule>[],
  names: readonly string[],
): (SchemaIssue & { readonly clause: number })[] {
  const nameOf = (clause: Clause<Rule>): string => clause.id.slice(clause.id.indexOf('.') + 1);
  const startOf = (clause: Clause<Rule>): string =>
    clause.rule.kind === 'date' ? clause.rule.from : 'month';
  const starts = new Map<string, string[]>();
  for (const clause of clauses) {
    starts.set(nameOf(clause), [...(starts.get(nameOf(clause)) ?? []), startOf(clause)]);
  }
  const circles = new Set<string>();
  return clauses.flatMap((clause, i) => {
    const value = startOf(clause);
    if (value === 'month') return [];
    if (!names.includes(value)) {
      const expected = `month or a date of this calendar: ${names.join(', ')}`;
      return [{ clause: i, code: 'unknown_date', at: ['from'], value, expected }];
    }
    const circle = circleFrom(nameOf(clause), starts);
    // One circle is one mistake, said where it is met first.
    const key = circle?.toSorted().join(' ');
    if (circle === undefined || key === undefined || circles.has(key)) return [];
    circles.add(key);
    const expected = `a chain that ends in month; ${circle.join(' comes from ')} comes from ${circle[0]}`;
    return [{ clause: i, code: 'circular_dates', at: ['from'], value, expected }];
  });
}

/** The names of a circle that a date is part of. */
function circleFrom(first: string, starts: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const walk = (name: string, path: readonly string[]): string[] | undefined => {
    for (const next of starts.get(name) ?? []) {
      if (next === first) return [...path];
      if (path.includes(next)) continue;
      const found = walk(next, [...path, next]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(first, [first]);
}
