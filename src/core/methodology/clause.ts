/**
 * A clause is one published rule with its period of validity, its wording in both languages, its citation and
 * how sure we are of it. Where providers leave a clause open, its possible meanings are named readings.
 */
import { Type, type Static, type TSchema } from 'typebox';
import type { Day } from '../base/brand.js';
import type { ClauseId } from '../weighting/capping.js';

/**
 * How a rule is known: provider's text read; quoted by others; inferred from arithmetic or calendar;
 * remembered and unverified; or replayed, that is: it reproduces published numbers of a real event.
 */
export const CONFIDENCES = ['official', 'secondary', 'inferred', 'unverified', 'replayed'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

const strict = { additionalProperties: false };
const isoDay = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'ISO date' });
const sourceKeys = Type.Array(Type.String(), { minItems: 1, description: 'keys of `sources`' });
const confidence = Type.Enum([...CONFIDENCES]);

export const ReadingSchema = Type.Object(
  {
    en: Type.String({ minLength: 1 }),
    zh: Type.String({ minLength: 1 }),
    cite: sourceKeys,
    confidence,
    /** Fields of the rule that this reading replaces. */
    set: Type.Record(Type.String(), Type.Unknown()),
  },
  strict,
);

/** Kinds of review that some families treat differently. */
export const OCCASIONS = ['annual', 'quarterly', 'special', 'quarter-end'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** One dated version of a clause around a rule of the given schema. */
export function clauseSchema(rule: TSchema) {
  return Type.Object(
    {
      from: isoDay,
      /** Last day of validity; absent while in force. */
      to: Type.Optional(isoDay),
      /** Kinds of review it holds for; all when absent. */
      occasions: Type.Optional(Type.Array(Type.Enum([...OCCASIONS]), { minItems: 1 })),
      rule,
      en: Type.String({ minLength: 1 }),
      zh: Type.String({ minLength: 1 }),
      cite: sourceKeys,
      confidence,
      /** What is open or assumed about it, one sentence. */
      note: Type.Optional(Type.String()),
      reading: Type.Optional(Type.String({ description: 'the default among `readings`' })),
      readings: Type.Optional(Type.Record(Type.String(), ReadingSchema)),
    },
    strict,
  );
}

export type Reading = Static<typeof ReadingSchema>;

export interface Clause<Rule = unknown> {
  readonly id: ClauseId;
  readonly from: Day;
  /** `undefined` while in force. */
  readonly to: Day | undefined;
  /** Kinds of review it holds for; `undefined` for all. */
  readonly occasions: readonly Occasion[] | undefined;
  readonly rule: Rule;
  readonly en: string;
  readonly zh: string;
  readonly cite: readonly string[];
  readonly confidence: Confidence;
  readonly note: string | undefined;
  /** Default reading; `undefined` when the clause has only one meaning. */
  readonly reading: string | undefined;
  readonly readings: Readonly<Record<string, Reading>>;
}
