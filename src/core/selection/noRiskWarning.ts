/** No risk warning: ST and *ST securities are out. Families: rulebooks.md 1, 2.3, 4. */
import { Type, type Static } from 'typebox';
import type { Snapshot } from '../market/snapshot.js';
import type { ScreenFailure } from './screen.js';

export const RiskWarningSchema = Type.Object(
  { kind: Type.Literal('no-risk-warning') },
  { additionalProperties: false, description: 'no ST or *ST status' },
);
export type RiskWarningRule = Static<typeof RiskWarningSchema>;

/** Rows under a known risk warning. */
export function riskWarning(snapshot: Snapshot, rows: readonly number[]): ScreenFailure[] {
  return rows
    .filter((row) => snapshot.riskWarning[row] === 1)
    .map((row) => ({
      row,
      measure: { en: 'risk warning', zh: '风险警示' },
      value: 'ST',
      limit: { en: 'none', zh: '无' },
    }));
}
