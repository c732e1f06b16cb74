/**
 * Ratio buffer: a buffer whose lines are shares of the count. Families: rulebooks.md 2.6a (ChiNext 50:
 * newcomers in the top 70 %, members in the top 130 %).
 */
import { Type, type Static } from 'typebox';
import type { BufferRule } from './buffer.js';

export const RatioBufferSchema = Type.Object(
  {
    kind: Type.Literal('ratio-buffer'),
    count: Type.Integer({ minimum: 1, description: 'number of seats' }),
    enterRatio: Type.Number({
      exclusiveMinimum: 0,
      description: 'newcomers ranked within this share of the count enter first; 0.7: the top 70 %',
    }),
    keepRatio: Type.Number({
      exclusiveMinimum: 0,
      description: 'members ranked within this share of the count stay first; 1.3: the top 130 %',
    }),
    order: Type.Enum(['keep-first', 'enter-first'], { description: 'who sits down first' }),
  },
  { additionalProperties: false, description: 'seats with enter and keep lines as ratios of the count' },
);
export type RatioBufferRule = Static<typeof RatioBufferSchema>;

/** The same buffer with its lines as ranks: whole ranks within the ratio, so 70 % of 50 is 35 and of 25 is 17. */
export function bufferOf({ count, enterRatio, keepRatio, order }: RatioBufferRule): BufferRule {
  // 0.7 of 50 must be 35, whatever 0.7 * 50 is in binary.
  const line = (ratio: number): number => Math.max(1, Math.floor(ratio * count + 1e-9));
  return { kind: 'buffer', count, enter: line(enterRatio), keep: line(keepRatio), order };
}
