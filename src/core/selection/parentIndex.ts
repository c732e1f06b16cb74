/**
 * Parent index: the members of other indices are the universe, some of them taken out again. Families:
 * rulebooks.md 2.6 (CSI 500 is outside CSI 300), 2.6a (ChiNext 50 inside ChiNext 100), 7.2, 8.1.
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';
import { membersOf } from './measure.js';
import type { ScreenContext, ScreenFailure } from './screen.js';

export const ParentIndexSchema = Type.Object(
  {
    kind: Type.Literal('parent-index'),
    include: Type.Array(Type.String(), {
      description: 'ids of indices; a member of any of them is in; empty: everything before this step is in',
    }),
    exclude: Type.Optional(
      Type.Array(Type.String(), { description: 'ids of indices; a member of any of them is out' }),
    ),
  },
  { additionalProperties: false, description: 'members of these indices without the members of those' },
);
export type ParentIndexRule = Static<typeof ParentIndexSchema>;

/** Rows that are in no included index, or in an excluded one; an unknown membership is refused. */
export function parentIndex(
  rule: ParentIndexRule,
  rows: readonly number[],
  { source, clause }: ScreenContext,
): ScreenFailure[] {
  const sets = (ids: readonly string[]): ReadonlySet<string>[] =>
    ids.map((id) => membersOf(source, id, clause));
  const included = sets(rule.include);
  const excluded = sets(rule.exclude ?? []);
  const idOf = (row: number): string => source.snapshot.securities[row].id;
  const isIn = (row: number): boolean =>
    (included.length === 0 || included.some((set) => set.has(idOf(row)))) &&
    !excluded.some((set) => set.has(idOf(row)));
  return rows
    .filter((row) => !isIn(row))
    .map((row) => ({
      row,
      measure: { en: 'index membership', zh: '所属指数' },
      value: rule.exclude?.find((_, i) => excluded[i].has(idOf(row))) ?? 'none',
      limit: limitWords(rule),
    }));
}

function limitWords({ include, exclude = [] }: ParentIndexRule): Words {
  const within = include.join(', ');
  const without = exclude.join(', ');
  return {
    en: [within && `in ${within}`, without && `not in ${without}`].filter(Boolean).join(', '),
    zh: [within && `属于${within}`, without && `不属于${without}`].filter(Boolean).join('，'),
  };
}
