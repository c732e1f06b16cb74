/** A figure, or the reason why there is none: a refusal of its data becomes part of the answer. */
import { Refusal } from '../base/errors.js';
import type { Figure } from './figure.js';

/** @returns what `make` gives, or a figure without value whose `why` is the refusal */
export function figureOr(id: string, unit: string, formula: string, make: () => Figure): Figure {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { id, value: undefined, unit, formula, inputs: [], why: error.message };
  }
}

/** What `make` gives, undefined where the data refuse it. */
export function orUndefined<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
