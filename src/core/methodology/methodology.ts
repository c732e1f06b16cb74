/**
 * A rulebook resolved on one day: for every clause the version in force, with one reading chosen. Everything
 * after this point accepts only a methodology, so the question "which version?" cannot come up halfway.
 */
import type { Day } from '../base/brand.js';
import { InputError, Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import type { ClauseId, NamedCap, CapRule } from '../weighting/capping.js';
import type { Clause, Occasion } from './clause.js';
import type { Rulebook } from './rulebook.js';
import type { SharesRule } from '../weighting/countedRatio.js';
import type { StartRule } from '../weighting/start.js';
import { SECTION_NAMES, type Rule, type RuleKind, type RuleOf, type SectionName } from './sections.js';

export interface Methodology {
  readonly rulebook: Rulebook;
  readonly on: Day;
  /** Kind of review; `undefined` where the rulebook makes no difference. */
  readonly occasion: Occasion | undefined;
  /** Clauses in force, in the order of the file, each with its chosen reading applied to the rule. */
  readonly clauses: Readonly<Record<SectionName, readonly Clause<Rule>[]>>;
  /** Clause id -> name of the reading chosen, for every clause that has readings. */
  readonly readings: Readonly<Record<string, string>>;
}

/** Readings asked for: a name alone is enough where only one clause has a reading of that name. */
export type ReadingChoice = Readonly<Record<string, string>>;

/**
 * @param choice clause id -> reading name, for clauses that should not take their default
 * @param occasion kind of review, needed where the rulebook's clauses differ by it
 * @throws Refusal `rulebook_not_in_force`, InputError `unknown_reading`, `unknown_occasion` or `missing_occasion`
 */
export function resolveRulebook(
  rulebook: Rulebook,
  on: Day,
  choice: ReadingChoice = {},
  occasion?: Occasion,
): Methodology {
  if (occasion !== undefined) refuseUnknownOccasion(rulebook, occasion);
  const readings: Record<string, string> = {};
  const clauses = Object.fromEntries(
    SECTION_NAMES.map((section) => [
      section,
      rulebook.clauses[section]
        .filter((clause) => clause.from <= on && (clause.to === undefined || on <= clause.to))
        .filter((clause) => holdsOn(rulebook, clause, occasion))
        .map((clause) => withReading(clause, choice, readings)),
    ]),
  ) as unknown as Record<SectionName, readonly Clause<Rule>[]>;
  if (SECTION_NAMES.every((section) => clauses[section].length === 0)) {
    throw new Refusal(
      'rulebook_not_in_force',
      `no clause of ${rulebook.id} is in force on ${formatDay(on)}`,
      {
        rulebook: rulebook.id,
        on: formatDay(on),
      },
    );
  }
  for (const id of Object.keys(choice)) {
    if (!Object.hasOwn(readings, id)) throw unknownReading(rulebook, id, choice[id]);
  }
  return { rulebook, on, occasion, clauses, readings };
}

function holdsOn(rulebook: Rulebook, clause: Clause<Rule>, occasion: Occasion | undefined): boolean {
  if (clause.occasions === undefined) return true;
  const asked = occasion ?? usualOccasion(rulebook);
  return clause.occasions.includes(asked);
}

/**
 * The quarterly review, where the only other occasion is a check at the quarter's end.
 * @throws InputError `missing_occasion` where reviews differ more than that
 */
function usualOccasion(rulebook: Rulebook): Occasion {
  const named = occasionsOf(rulebook);
  if (!named.has('annual') && !named.has('special')) return 'quarterly';
  throw new InputError('missing_occasion', `the rules of ${rulebook.id} differ by the kind of review`, [
    { code: 'missing_occasion', path: 'occasion', expected: `one of ${[...named].toSorted().join(', ')}` },
  ]);
}

/** A kind of review that a rulebook with several does not have would leave it without rules, and everybody uncapped. */
function refuseUnknownOccasion(rulebook: Rulebook, occasion: Occasion): void {
  const named = occasionsOf(rulebook);
  if (named.size === 0 || named.has(occasion)) return;
  throw new InputError('unknown_occasion', `${rulebook.id} has no ${occasion} review`, [
    {
      code: 'unknown_occasion',
      path: 'occasion',
      value: occasion,
      expected: `one of ${[...named].toSorted().join(', ')}`,
    },
  ]);
}

function occasionsOf(rulebook: Rulebook): ReadonlySet<Occasion> {
  const clauses = SECTION_NAMES.flatMap((section) => rulebook.clauses[section]);
  return new Set(clauses.flatMap((clause) => clause.occasions ?? []));
}

/** Every clause that has a reading of this name takes it. @throws InputError `unknown_reading` listing the names there are. */
export function readingChoice(rulebook: Rulebook, name: string): ReadingChoice {
  const clauses = SECTION_NAMES.flatMap((section) => rulebook.clauses[section]);
  const having = clauses.filter((clause) => Object.hasOwn(clause.readings, name));
  if (having.length === 0) throw unknownReading(rulebook, 'reading', name);
  return Object.fromEntries(having.map((clause) => [clause.id, name]));
}

function withReading(
  clause: Clause<Rule>,
  choice: ReadingChoice,
  readings: Record<string, string>,
): Clause<Rule> {
  if (clause.reading === undefined) return clause;
  const name = Object.hasOwn(choice, clause.id) ? choice[clause.id] : clause.reading;
  const reading = Object.hasOwn(clause.readings, name) ? clause.readings[name] : undefined;
  if (!reading) {
    throw new InputError('unknown_reading', `${clause.id} has no reading named ${name}`, [
      {
        code: 'unknown_reading',
        path: clause.id,
        value: name,
        expected: `one of ${Object.keys(clause.readings).join(', ')}`,
      },
    ]);
  }
  readings[clause.id] = name;
  return {
    ...clause,
    rule: { ...clause.rule, ...reading.set } as Rule,
    confidence: reading.confidence,
    cite: reading.cite,
  };
}

function unknownReading(rulebook: Rulebook, path: string, name: string): InputError {
  const names = SECTION_NAMES.flatMap((section) =>
    rulebook.clauses[section].flatMap((clause) => Object.keys(clause.readings)),
  );
  return new InputError('unknown_reading', `${rulebook.id} has no reading named ${name}`, [
    {
      code: 'unknown_reading',
      path,
      value: name,
      expected: names.length > 0 ? `one of ${names.join(', ')}` : 'none; this rulebook has no readings',
    },
  ]);
}

/** The clause of one kind in a section. @throws Refusal `rulebook_incomplete` when the rulebook has none. */
export function clauseOfKind<Kind extends RuleKind>(
  methodology: Methodology,
  section: SectionName,
  kind: Kind,
  name?: string,
): Clause<RuleOf<Kind>> {
  const found = methodology.clauses[section].find(
    (clause) => clause.rule.kind === kind && (name === undefined || clause.id === `${section}.${name}`),
  );
  if (!found) {
    const what =
      name === undefined ? `a ${kind} clause in \`${section}\`` : `the clause \`${section}.${name}\``;
    throw new Refusal(
      'rulebook_incomplete',
      `${methodology.rulebook.id} lacks ${what} on ${formatDay(methodology.on)}`,
      {
        rulebook: methodology.rulebook.id,
        section,
        kind,
      },
    );
  }
  return found as Clause<RuleOf<Kind>>;
}

/** The caps in force, in the order they apply. */
export function capsOf(methodology: Methodology): NamedCap[] {
  return methodology.clauses.caps.map((clause) => ({ id: clause.id, rule: clause.rule as CapRule }));
}

/** What the caps start from and work on; each security from uncapped values where the rulebook says nothing. */
export function startOf(methodology: Methodology): StartRule {
  const clause = methodology.clauses.weighting.find(({ rule }) => rule.kind === 'start');
  return (clause?.rule as StartRule | undefined) ?? { kind: 'start', from: 'uncapped', level: 'security' };
}

/** How free float becomes counted shares. @throws Refusal `rulebook_incomplete` where a rulebook does not say */
export function sharesRuleOf(methodology: Methodology): SharesRule {
  const [clause] = methodology.clauses.shares;
  if (clause !== undefined) return clause.rule as SharesRule;
  const { rulebook, on } = methodology;
  throw new Refusal(
    'rulebook_incomplete',
    `${rulebook.id} does not say on ${formatDay(on)} how free float becomes counted shares (section \`shares\`)`,
    { rulebook: rulebook.id, section: 'shares' },
  );
}

/** Clauses that were never seen in the provider's own words: shown with every result that rests on them. */
export function clauseFindings(methodology: Methodology): Finding[] {
  return SECTION_NAMES.flatMap((section) =>
    methodology.clauses[section]
      .filter((clause) => clause.confidence === 'unverified' || clause.confidence === 'inferred')
      .map((clause) => ({
        code: clause.confidence === 'unverified' ? 'clause_unverified' : 'clause_inferred',
        subject: clause.id as ClauseId,
        message: clause.note ?? clause.en,
      })),
  );
}
