/** What a call threw, for tests that look at the code and the numbers of a refusal. */
import { Refusal } from '../../src/core/index.js';

export function refusalOf(call: () => unknown): Refusal {
  try {
    call();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
