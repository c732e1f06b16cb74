/** A rulebook: an index's published rules as dated, cited data; and the schema of its file. */
import { Type, type Static, type TSchema } from 'typebox';
import type { IndexId } from '../base/brand.js';
import { clauseSchema, type Clause } from './clause.js';
import { SECTION_NAMES, SECTIONS, type Rule, type SectionName } from './sections.js';

export interface Source {
  readonly title: string;
  readonly url: string | undefined;
}

export interface Rulebook {
  readonly id: IndexId;
  /** Version of this file, for provenance: `star-50@2025.1`. */
  readonly version: string;
  readonly aliases: readonly string[];
  readonly nameEn: string;
  readonly nameZh: string;
  /** Market whose sessions the calendar counts, ISO 10383. */
  readonly market: string;
  readonly currency: string;
  readonly sources: Readonly<Record<string, Source>>;
  /** Every dated version of every clause, in the order of the file within its section. */
  readonly clauses: Readonly<Record<SectionName, readonly Clause<Rule>[]>>;
}

/** Everything in the file but the clauses. */
export const HeadSchema = Type.Object({
  rulebook: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', description: 'kebab-case id' }),
  version: Type.String({ minLength: 1 }),
  aliases: Type.Array(Type.String()),
  name: Type.Object({ en: Type.String(), zh: Type.String() }, { additionalProperties: false }),
  market: Type.String({ pattern: '^[A-Z0-9]{4}$' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  sources: Type.Record(
    Type.String(),
    Type.Object(
      { title: Type.String({ minLength: 1 }), url: Type.Optional(Type.String()) },
      { additionalProperties: false },
    ),
  ),
});
export type Head = Static<typeof HeadSchema>;

/** The published JSON Schema: what an editor completes and checks while a rulebook is being written. */
export function rulebookJsonSchema(): Record<string, unknown> {
  const sections = Object.fromEntries(
    SECTION_NAMES.map((section) => [
      section,
      Type.Optional(Type.Record(Type.String(), Type.Array(clauseSchema(Type.Union(kindsOf(section)))))),
    ]),
  );
  const schema = Type.Object({ ...HeadSchema.properties, ...sections }, { additionalProperties: false });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Counterweight rulebook',
    ...JSON.parse(JSON.stringify(schema)),
  };
}

const kindsOf = (section: SectionName): TSchema[] =>
  Object.values(SECTIONS[section] as Record<string, TSchema>);
