/**
 * What the caps of a review start from. Most families restart from uncapped market values; some only check the
 * weights in force and touch nothing while every limit holds (Nasdaq-100 in March, June and September).
 */
import { Type, type Static } from 'typebox';
import { ENTITY_LEVELS } from './entities.js';

const STARTS = ['uncapped', 'in-force', 'in-force-if-limits-hold'] as const;
export type Start = (typeof STARTS)[number];

export const StartSchema = Type.Object(
  {
    kind: Type.Literal('start'),
    from: Type.Enum([...STARTS], {
      description:
        'uncapped market values, the weights in force, or those only when a limit is broken on them',
    }),
    level: Type.Enum([...ENTITY_LEVELS], {
      description: 'what the caps work on: each security, or an issuer with all its share classes',
    }),
  },
  { additionalProperties: false, description: 'what the caps start from and work on' },
);
export type StartRule = Static<typeof StartSchema>;
