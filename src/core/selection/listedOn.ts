/** Listed on: security types of one board. Family: rulebooks.md 1 (the SSE STAR Market). */
import { Type, type Static } from 'typebox';
import type { Snapshot } from '../market/snapshot.js';
import type { ScreenFailure } from './screen.js';

export const ListedOnSchema = Type.Object(
  {
    kind: Type.Literal('listed-on'),
    board: Type.String({ description: 'board of the exchange, for instance STAR' }),
    types: Type.Array(Type.Enum(['share', 'cdr']), { minItems: 1, description: 'security types that count' }),
  },
  { additionalProperties: false, description: 'the sample space: security types of one board' },
);
export type ListedOnRule = Static<typeof ListedOnSchema>;

/** Rows of another board or type. */
export function listedOn(rule: ListedOnRule, snapshot: Snapshot, rows: readonly number[]): ScreenFailure[] {
  const text = `${rule.board} (${rule.types.join(', ')})`;
  const limit = { en: text, zh: text };
  return rows
    .filter((row) => {
      const { board, kind } = snapshot.securities[row];
      return board !== rule.board || !rule.types.includes(kind);
    })
    .map((row) => {
      const { board, kind } = snapshot.securities[row];
      return {
        row,
        measure: { en: 'board and type', zh: '板块与证券类型' },
        value: `${board} (${kind})`,
        limit,
      };
    });
}
