/**
 * Sample space: where and what a security must be to be looked at at all, by any of market, board, type and
 * tag. Families: all; rulebooks.md 1 (SSE boards), 4 (SSE Composite), 6.1 (Nasdaq listing), 8.3 (DAX).
 */
import { Type, type Static } from 'typebox';
import { holdersOf } from './measure.js';
import type { ScreenContext, ScreenFailure } from './screen.js';

const namesIn = (description: string) =>
  Type.Optional(Type.Array(Type.String(), { minItems: 1, description }));

export const SampleSpaceSchema = Type.Object(
  {
    kind: Type.Literal('sample-space'),
    markets: namesIn('exchanges, ISO 10383; any when absent'),
    boards: namesIn('boards of the exchange, for instance STAR; any when absent'),
    types: namesIn('security types, for instance share, cdr, b-share, adr; any when absent'),
    tags: namesIn('a security must carry every tag named, for instance a theme, a domicile or a sector'),
  },
  { additionalProperties: false, description: 'markets, boards, types and tags a security may come from' },
);
export type SampleSpaceRule = Static<typeof SampleSpaceSchema>;

/** Rows outside the space; a tag the market data does not hold is refused. */
export function sampleSpace(
  rule: SampleSpaceRule,
  rows: readonly number[],
  { source, clause }: ScreenContext,
): ScreenFailure[] {
  const { securities } = source.snapshot;
  const holders = (rule.tags ?? []).map((tag) => holdersOf(source, tag, clause));
  const isIn = (row: number): boolean => {
    const { id, market, board, kind } = securities[row];
    const allowed = (named: readonly string[] | undefined, name: string): boolean =>
      named?.includes(name) ?? true;
    return (
      allowed(rule.markets, market) &&
      allowed(rule.boards, board) &&
      allowed(rule.types, kind) &&
      holders.every((ids) => ids.has(id))
    );
  };
  const text = [rule.markets, rule.boards, rule.types, rule.tags].flatMap((named) => named ?? []).join(', ');
  return rows
    .filter((row) => !isIn(row))
    .map((row) => {
      const { market, board, kind } = securities[row];
      return {
        row,
        measure: { en: 'market, board, type and tags', zh: '市场、板块、证券类型与标签' },
        value: `${market} ${board} (${kind})`,
        limit: { en: text, zh: text },
      };
    });
}
