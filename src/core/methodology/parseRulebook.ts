/**
 * Parses a rulebook file, once, at the edge. Whatever is wrong with it is reported in one go, each issue with its
 * line; a rulebook that comes out has only known keys, cited clauses, sound eras and caps that can be met.
 */
import { Type, type TSchema } from 'typebox';
import { indexId, type Day } from '../base/brand.js';
import type { Issue } from '../base/errors.js';
import { formatDay, parseDay } from '../calendar/day.js';
import type { ClauseId } from '../weighting/capping.js';
import { clauseSchema, ReadingSchema, type Clause, type Reading } from './clause.js';
import { HeadSchema, type Head, type Rulebook } from './rulebook.js';
import { schemaIssues } from './schemaIssues.js';
import { unsound, unsoundDates } from './soundRules.js';
import { SECTION_NAMES, SECTIONS, type Rule, type SectionName } from './sections.js';

/** Where a value stands in its file, for messages. */
export type Locate = (path: readonly (string | number)[]) => number | undefined;

/**
 * @param document the file as plain values
 * @param file name for messages
 * @returns the rulebook when nothing is wrong, and every issue found otherwise
 */
export function parseRulebook(
  document: unknown,
  file: string,
  locate: Locate,
): { readonly rulebook: Rulebook | undefined; readonly issues: readonly Issue[] } {
  const parser = new RulebookParser(file, locate);
  const rulebook = parser.parse(document);
  // In the order of the file, as its author reads it.
  const issues = parser.issues.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { rulebook: issues.length === 0 ? rulebook : undefined, issues };
}

type Path = readonly (string | number)[];
type Fields = Readonly<Record<string, unknown>>;

class RulebookParser {
  readonly issues: Issue[] = [];
  /** Number of members the rulebook states, for caps that cannot be met. */
  private seats: number | undefined;
  constructor(
    private readonly file: string,
    private readonly locate: Locate,
  ) {}

  parse(document: unknown): Rulebook | undefined {
    if (!isFields(document)) {
      this.report('not_a_rulebook', [], document, 'a mapping that starts with `rulebook: <id>`');
      return undefined;
    }
    this.unknownKeys(document, [], [...Object.keys(HeadSchema.properties), ...SECTION_NAMES]);
    const shapeOk = this.check(HeadSchema, pick(document, Object.keys(HeadSchema.properties)), []);
    const sources = isFields(document.sources) ? Object.keys(document.sources) : [];
    const headOk = this.namesArePlain(sources, ['sources']) && shapeOk;
    this.seats = statedSeats(document.selection);
    const clauses = Object.fromEntries(
      SECTION_NAMES.map((section) => [section, this.section(section, document[section], sources)]),
    ) as unknown as Record<SectionName, Clause<Rule>[]>;
    if (!headOk) return undefined;
    return { ...headOf(document as unknown as Head), clauses };
  }

  private section(section: SectionName, value: unknown, sources: readonly string[]): Clause<Rule>[] {
    if (value === undefined) return [];
    if (!isFields(value)) {
      this.report('wrong_type', [section], value, 'a mapping from clause names to dated versions');
      return [];
    }
    const clauses = Object.entries(value).flatMap(([name, versions]) =>
      this.versions(section, name, versions, sources),
    );
    if (section === 'calendar') this.datesLeadToTheMonth(clauses, value);
    return clauses;
  }

  private datesLeadToTheMonth(clauses: readonly Clause<Rule>[], value: Fields): void {
    for (const { clause, code, at, value: found, expected } of unsoundDates(clauses, Object.keys(value))) {
      const { id, from } = clauses[clause];
      const name = id.slice('calendar.'.length);
      const versions = value[name] as readonly { readonly from?: unknown }[];
      const version = versions.findIndex((one) => one.from === formatDay(from));
      this.report(code, ['calendar', name, version, 'rule', ...at], found, expected);
    }
  }

  private versions(
    section: SectionName,
    name: string,
    value: unknown,
    sources: readonly string[],
  ): Clause<Rule>[] {
    if (!Array.isArray(value) || value.length === 0) {
      this.report('wrong_type', [section, name], value, 'a list of dated versions');
      return [];
    }
    const clauses = value.flatMap((version, i) => {
      const clause = this.clause(section, name, version, [section, name, i], sources);
      return clause ? [{ clause, i }] : [];
    });
    this.validityDoesNotOverlap(section, name, clauses);
    return clauses.map(({ clause }) => clause);
  }

  private clause(
    section: SectionName,
    name: string,
    value: unknown,
    path: Path,
    sources: readonly string[],
  ): Clause<Rule> | undefined {
    if (!isFields(value)) {
      this.report('wrong_type', path, value, 'a clause with from, rule, en, zh, cite, confidence');
      return undefined;
    }
    const shapeOk = this.check(clauseSchema(Type.Unknown()), value, path);
    const issuesBefore = this.issues.length;
    const ruleOk = this.rule(section, value.rule, [...path, 'rule']);
    const ruleClean = this.issues.length === issuesBefore;
    this.citations(value, path, sources);
    const from = this.day(value.from, [...path, 'from']);
    const to = value.to === undefined ? undefined : this.day(value.to, [...path, 'to']);
    if (from !== undefined && to !== undefined && to < from) {
      this.report('wrong_order', [...path, 'to'], value.to, `a day on or after ${formatDay(from)}`);
    }
    const readingsOk = this.readings(section, value, ruleClean, path, sources);
    // A wrong end is not an open end.
    const periodOk = from !== undefined && (value.to === undefined || to !== undefined);
    if (!shapeOk || !ruleOk || !readingsOk || !periodOk) return undefined;
    return {
      id: `${section}.${name}` as ClauseId,
      from,
      to,
      occasions: value.occasions as Clause['occasions'],
      rule: value.rule as Rule,
      en: value.en as string,
      zh: value.zh as string,
      cite: value.cite as string[],
      confidence: value.confidence as Clause['confidence'],
      note: value.note as string | undefined,
      reading: value.reading as string | undefined,
      readings: (value.readings ?? {}) as Record<string, Reading>,
    };
  }

  private rule(section: SectionName, value: unknown, path: Path): boolean {
    // A rule that is not there at all is said by the shape of its clause.
    if (value === undefined) return false;
    if (!isFields(value)) {
      this.report('wrong_type', path, value, 'a mapping that starts with `kind`');
      return false;
    }
    const kinds = SECTIONS[section] as Record<string, TSchema>;
    const schema =
      typeof value.kind === 'string' && Object.hasOwn(kinds, value.kind) ? kinds[value.kind] : undefined;
    if (!schema) {
      this.report('unknown_kind', [...path, 'kind'], value.kind, `one of ${Object.keys(kinds).join(', ')}`);
      return false;
    }
    const ok = this.check(schema, value, path);
    if (!ok) return false;
    for (const { code, at, value: found, expected } of unsound(value as unknown as Rule, this.seats))
      this.report(code, [...path, ...at], found, expected);
    return true;
  }

  private citations(value: Fields, path: Path, sources: readonly string[]): void {
    if (!Array.isArray(value.cite)) return;
    value.cite.forEach((key, i) => {
      if (typeof key === 'string' && !sources.includes(key)) {
        this.report('unknown_source', [...path, 'cite', i], key, 'a key of `sources`');
      }
    });
  }

  /** Each reading must leave a rule that its own schema accepts, and the default must be one of them. */
  private readings(
    section: SectionName,
    value: Fields,
    ruleClean: boolean,
    path: Path,
    sources: readonly string[],
  ): boolean {
    if (value.readings === undefined) {
      if (value.reading === undefined) return true;
      this.report(
        'unknown_reading',
        [...path, 'reading'],
        value.reading,
        'no reading, or `readings` that name it',
      );
      return false;
    }
    if (!isFields(value.readings) || !isFields(value.rule)) return false;
    const rule = value.rule;
    const before = this.issues.length;
    for (const [name, reading] of Object.entries(value.readings)) {
      const at = [...path, 'readings', name];
      if (!isFields(reading)) {
        this.report('wrong_type', at, reading, 'a reading with en, zh, cite, confidence, set');
        continue;
      }
      this.citations(reading, at, sources);
      // What is wrong with the rule itself has been said once.
      if (this.check(ReadingSchema, reading, at) && ruleClean && isFields(reading.set)) {
        this.rule(section, { ...rule, ...reading.set }, [...at, 'set']);
      }
    }
    const names = Object.keys(value.readings);
    this.namesArePlain(names, [...path, 'readings']);
    if (typeof value.reading !== 'string' || !names.includes(value.reading)) {
      this.report('unknown_reading', [...path, 'reading'], value.reading, `one of ${names.join(', ')}`);
    }
    return this.issues.length === before;
  }

  private validityDoesNotOverlap(
    section: SectionName,
    name: string,
    versions: readonly { clause: Clause; i: number }[],
  ): void {
    const ordered = versions.toSorted((a, b) => a.clause.from - b.clause.from);
    ordered.forEach((later, i) => {
      const earlier = ordered
        .slice(0, i)
        .find(
          ({ clause }) =>
            shareAnOccasion(clause, later.clause) &&
            (clause.to === undefined || clause.to >= later.clause.from),
        );
      if (!earlier) return;
      const until = earlier.clause.to === undefined ? 'open end' : formatDay(earlier.clause.to);
      this.report(
        'overlapping_validity',
        [section, name, later.i, 'from'],
        formatDay(later.clause.from),
        `a day after the version from ${formatDay(earlier.clause.from)} ends (${until})`,
      );
    });
  }

  private day(value: unknown, path: Path): Day | undefined {
    const day = typeof value === 'string' ? parseDay(value) : undefined;
    if (day === undefined && typeof value === 'string') {
      this.report('not_a_date', path, value, 'an existing ISO date, YYYY-MM-DD');
    }
    return day;
  }

  /** Names that people type: a key made of a line break or of a whole mapping is a slip, and no schema looks at it. */
  private namesArePlain(names: readonly string[], path: Path): boolean {
    const odd = names.filter((name) => !/^[^\p{C}\n{}[\]]{1,100}$/u.test(name));
    for (const name of odd)
      this.report('wrong_name', [...path, name], name.slice(0, 100), 'a name of plain characters');
    return odd.length === 0;
  }

  private unknownKeys(value: Fields, path: Path, allowed: readonly string[]): void {
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key))
        this.report('unknown_key', [...path, key], key, `one of ${allowed.join(', ')}`);
    }
  }

  /** Reports what the schema says, one issue per place, in words a rulebook author uses. */
  private check(schema: TSchema, value: unknown, path: Path): boolean {
    const issues = schemaIssues(schema, value);
    for (const { code, at, value: found, expected } of issues)
      this.report(code, [...path, ...at], found, expected);
    return issues.length === 0;
  }

  private report(code: string, path: Path, value: unknown, expected: string): void {
    const line = this.locate(path);
    const issue: Issue = {
      code,
      path: path.join('.'),
      file: this.file,
      expected,
      ...(value === undefined ? {} : { value }),
    };
    this.issues.push(line === undefined ? issue : { ...issue, line });
  }
}

/** The count of the first selection rule that states one. */
function statedSeats(selection: unknown): number | undefined {
  if (!isFields(selection)) return undefined;
  for (const version of Object.values(selection).flatMap((versions) =>
    Array.isArray(versions) ? versions : [],
  )) {
    const count: unknown = isFields(version) && isFields(version.rule) ? version.rule.count : undefined;
    if (typeof count === 'number' && Number.isInteger(count) && count > 0) return count;
  }
  return undefined;
}

/** Two versions can only clash when one review could see both. */
function shareAnOccasion(a: Clause, b: Clause): boolean {
  if (a.occasions === undefined || b.occasions === undefined) return true;
  return a.occasions.some((occasion) => b.occasions?.includes(occasion));
}

function headOf(head: Head): Omit<Rulebook, 'clauses'> {
  const sources = Object.fromEntries(
    Object.entries(head.sources).map(([key, { title, url }]) => [key, { title, url }]),
  );
  return {
    id: indexId(head.rulebook),
    version: head.version,
    aliases: head.aliases,
    nameEn: head.name.en,
    nameZh: head.name.zh,
    market: head.market,
    currency: head.currency,
    sources,
  };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pick = (fields: Fields, keys: readonly string[]): Fields =>
  Object.fromEntries(keys.filter((key) => key in fields).map((key) => [key, fields[key]]));
