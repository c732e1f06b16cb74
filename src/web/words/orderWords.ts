/** Which word stands for a state, a reason, an entry of a ledger; a code nobody knows is shown as it is. */
import type { OrderState } from '../../core/index.js';
import { EN, type WordKey } from './en.js';

export const stateKey = (state: OrderState): WordKey => `state_${state}`;

const known = (key: string): WordKey | undefined => (key in EN ? (key as WordKey) : undefined);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const reasonKey = (reason: string): WordKey | undefined => known(`reason_${reason}`);
export const entryKey = (what: string): WordKey | undefined => known(`what${capital(what)}`);
export const ledgerKey = (account: string): WordKey | undefined => known(`where${capital(account)}`);
