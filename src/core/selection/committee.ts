/**
 * Committee: securities the provider is known to have set aside, by name. Families: rulebooks.md 1 (STAR 50,
 * serious violations and the like), 12.18.
 */
import { Type, type Static } from 'typebox';
import type { Snapshot } from '../market/snapshot.js';
import type { ScreenFailure } from './screen.js';

export const CommitteeSchema = Type.Object(
  {
    kind: Type.Literal('committee'),
    exclude: Type.Array(Type.String(), {
      description: 'securities the provider is known to have set aside; empty by default and always shown',
    }),
  },
  { additionalProperties: false, description: 'discretion of the provider: visible, never silent' },
);
export type CommitteeRule = Static<typeof CommitteeSchema>;

/** Rows named by the clause. */
export function committee(rule: CommitteeRule, snapshot: Snapshot, rows: readonly number[]): ScreenFailure[] {
  return rows
    .filter((row) => rule.exclude.includes(snapshot.securities[row].id))
    .map((row) => ({
      row,
      measure: { en: 'committee decision', zh: '专家委员会决定' },
      value: 'excluded',
      limit: { en: 'not excluded', zh: '未剔除' },
    }));
}
