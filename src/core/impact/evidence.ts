/**
 * What index events did to prices elsewhere, and how much of it came back: rows of a table with their citations. The table is a data
 * file; this is its shape and what can be wrong with it. It stands beside the models and nothing is computed from it.
 */
import { Type, type Static } from 'typebox';
import { InputError, type Issue } from '../base/errors.js';
import type { Words } from '../base/words.js';
import { schemaIssues } from '../methodology/schemaIssues.js';

const strict = { additionalProperties: false };
const Year = Type.Union([Type.Integer({ minimum: 1970, maximum: 2100 }), Type.Null()]);

const Row = Type.Object(
  {
    /** ISO 3166 code. */
    market: Type.String({ pattern: '^[A-Z]{2}$' }),
    index: Type.String({ minLength: 1 }),
    event: Type.Enum(['addition', 'deletion', 'weight-up', 'weight-down']),
    /** First and last year of the sample; null where the study's end is not known here. */
    years: Type.Tuple([Year, Year]),
    window: Type.Enum([
      'announcement-day',
      'announcement-to-effective',
      'event-week',
      'june',
      '10-sessions-after-announcement',
    ]),
    /** Mean move over the window, percent; null where only words are known. */
    effect: Type.Union([Type.Number(), Type.Null()]),
    after: Type.Optional(
      Type.Object({ percent: Type.Number(), sessions: Type.Union([Type.Integer(), Type.Null()]) }, strict),
    ),
    note: Type.Optional(
      Type.Object({ en: Type.String({ minLength: 1 }), zh: Type.String({ minLength: 1 }) }, strict),
    ),
    confidence: Type.Enum(['source', 'secondary', 'memory']),
    /** Key of `sources`. */
    cite: Type.String({ minLength: 1 }),
  },
  strict,
);

const Table = Type.Object(
  {
    sources: Type.Record(Type.String(), Type.String({ minLength: 1 })),
    rows: Type.Array(Row, { minItems: 1 }),
  },
  strict,
);

export interface EvidenceRow extends Omit<Static<typeof Row>, 'note'> {
  readonly note?: Words;
  /** The source in full. */
  readonly citation: string;
}

/**
 * @param document the file as plain values
 * @param file its name, for messages
 * @throws InputError `bad_evidence` with every issue
 */
export function parseEvidence(document: unknown, file: string): readonly EvidenceRow[] {
  const issues = schemaIssues(Table, document).map(({ at, value, expected }): Issue => ({
    code: 'bad_evidence',
    path: at.join('.'),
    file,
    value,
    expected,
  }));
  if (issues.length > 0) throw new InputError('bad_evidence', `${file} is no table of evidence`, issues);
  const { sources, rows } = document as Static<typeof Table>;
  const uncited = rows.flatMap(({ cite }, i): Issue[] =>
    cite in sources
      ? []
      : [
          {
            code: 'bad_evidence',
            path: `rows.${i}.cite`,
            file,
            value: cite,
            expected: `a key of sources: ${Object.keys(sources).join(', ')}`,
          },
        ],
  );
  if (uncited.length > 0)
    throw new InputError('bad_evidence', `${file} cites what it does not name`, uncited);
  return rows.map((row) => ({ ...row, citation: sources[row.cite] }));
}

/** Rows of a market, and those of changes of weight alone wherever they were: what a capping is most like. */
export const evidenceLike = (rows: readonly EvidenceRow[], market: string): readonly EvidenceRow[] =>
  rows.filter((row) => row.market === market || row.event.startsWith('weight'));
