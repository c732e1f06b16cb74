/**
 * Discretion: a committee decides and gives no rule. It is named, shown with every result, and by default
 * changes nothing. Families: rulebooks.md 7.1 (S&P 500 committee), 8.5 (KOSPI 200 committee).
 */
import { Type, type Static } from 'typebox';
import type { Words } from '../base/words.js';

export const DiscretionSchema = Type.Object(
  {
    kind: Type.Literal('discretion'),
    what: Type.String({ minLength: 1, description: 'what is decided, one phrase; the default is no change' }),
  },
  { additionalProperties: false, description: 'left to a committee; by default nothing changes' },
);
export type DiscretionRule = Static<typeof DiscretionSchema>;

export function describeDiscretion({ what }: DiscretionRule): Words {
  return { en: `left to discretion (${what}); no change assumed`, zh: `由委员会裁量（${what}）；默认不变` };
}
