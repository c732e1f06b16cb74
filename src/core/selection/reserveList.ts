/** Reserve list: who takes a seat that falls empty between reviews, in order. */
import { Type, type Static } from 'typebox';

export const ReserveListSchema = Type.Object(
  { kind: Type.Literal('reserve-list'), length: Type.Integer({ minimum: 0, description: 'how many wait' }) },
  { additionalProperties: false, description: 'the next candidates in rank order' },
);
export type ReserveListRule = Static<typeof ReserveListSchema>;

/** The best-ranked items that hold no seat. */
export function reserveList<T>(
  ranked: readonly T[],
  isSeated: (item: T) => boolean,
  rule: ReserveListRule,
): T[] {
  const reserve: T[] = [];
  for (const item of ranked) {
    if (reserve.length === rule.length) break;
    if (!isSeated(item)) reserve.push(item);
  }
  return reserve;
}
