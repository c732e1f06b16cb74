/** The clauses a review runs on: the ranking, the one selector, and what else `selection` holds. */
import { Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import type { Clause } from '../methodology/clause.js';
import type { Methodology } from '../methodology/methodology.js';
import type { RuleKind, RuleOf } from '../methodology/sections.js';
import { coversAll } from '../selection/coverage.js';
import { isSelector, type RankingRule, type SelectorRule } from '../selection/kinds.js';

/**
 * How the eligible are ranked; `undefined` where nothing hangs on it: everybody stays, or nobody changes. A
 * coverage without a ranking of its own adds up from the largest.
 * @throws Refusal `rulebook_incomplete` when seats are given by rank and nothing says how securities are ranked
 */
export function rankingOf(
  methodology: Methodology,
  { id, rule }: Clause<SelectorRule>,
): Pick<Clause<RankingRule>, 'id' | 'rule'> | undefined {
  const [clause] = methodology.clauses.ranking;
  if (clause) return clause as Clause<RankingRule>;
  if (rule.kind === 'discretion' || (rule.kind === 'coverage' && coversAll(rule))) return undefined;
  if (rule.kind !== 'coverage') throw incomplete(methodology, 'a clause in `ranking`');
  const { measure, windowMonths } = rule;
  const largest = { kind: 'measure', measure, order: 'desc' } as const;
  return { id, rule: windowMonths === undefined ? largest : { ...largest, windowMonths } };
}

/**
 * The selector in force; discretion counts as one only where nothing else selects.
 * @throws Refusal `rulebook_incomplete` or `rulebook_ambiguous`
 */
export function selectorOf(methodology: Methodology): Clause<SelectorRule> {
  const selectors = methodology.clauses.selection.filter((clause): clause is Clause<SelectorRule> =>
    isSelector(clause.rule),
  );
  const ruled = selectors.filter(({ rule }) => rule.kind !== 'discretion');
  const [chosen] = ruled.length > 0 ? ruled : selectors;
  if (!chosen) throw incomplete(methodology, 'a clause in `selection` that gives the seats');
  if (ruled.length > 1) throw ambiguous(methodology, ruled);
  return chosen;
}

/** The clause of one kind in `selection`, where the rulebook has it. */
export function selectionClause<Kind extends RuleKind>(
  methodology: Methodology,
  kind: Kind,
): Clause<RuleOf<Kind>> | undefined {
  const found = methodology.clauses.selection.find(({ rule }) => rule.kind === kind);
  return found as Clause<RuleOf<Kind>> | undefined;
}

function incomplete({ rulebook, on }: Methodology, what: string): Refusal {
  return new Refusal('rulebook_incomplete', `${rulebook.id} lacks ${what} on ${formatDay(on)}`, {
    rulebook: rulebook.id,
  });
}

function ambiguous({ rulebook, on }: Methodology, clauses: readonly Clause[]): Refusal {
  const names = clauses.map(({ id }) => id).join(', ');
  return new Refusal(
    'rulebook_ambiguous',
    `${rulebook.id} gives its seats twice on ${formatDay(on)}: ${names}; state the occasion each holds for`,
    { rulebook: rulebook.id, clauses: names },
  );
}
