/** Why an order would not be taken. */
import type { Words } from '../base/words.js';

/** An objection to an order, of the exchange or of the account. */
export interface OrderObjection {
  readonly code: string;
  readonly message: Words;
}
