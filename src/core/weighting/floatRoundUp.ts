/**
 * Float rounded up to a step: the index counts the free-float ratio moved up to the next step, a finer one for
 * small floats. Families: rulebooks.md 5 (Hang Seng: next 5 %, below 10 % next 1 %), 8.6 (BSE: next 5 %).
 */
import { Type, type Static } from 'typebox';

const fraction = (description: string) => Type.Number({ exclusiveMinimum: 0, maximum: 1, description });

export const FloatRoundUpSchema = Type.Object(
  {
    kind: Type.Literal('float-round-up'),
    step: fraction('the ratio is moved up to the next multiple of this (0.05)'),
    below: Type.Optional(fraction('ratios below this use the finer step (0.1)')),
    finerStep: Type.Optional(fraction('step of the small ratios (0.01)')),
  },
  { additionalProperties: false, description: 'free-float ratio rounded up to a step' },
);
export type FloatRoundUpRule = Static<typeof FloatRoundUpSchema>;

/** Inclusion factor (0..1] of a free-float ratio (0..1]; a ratio on a step stays there. */
export function roundedUpFloat(rule: FloatRoundUpRule, freeFloatRatio: number): number {
  const { step, below = 0, finerStep = step } = rule;
  const by = freeFloatRatio < below - 1e-9 ? finerStep : step;
  const steps = Math.ceil(freeFloatRatio / by - 1e-9);
  // Three steps of 0.05 are 0.15 and not the binary product, which is a little more.
  return Math.min(1, Number((steps * by).toFixed(12)));
}
