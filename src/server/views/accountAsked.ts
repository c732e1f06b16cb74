/** The account that a request names, and the data it is traded on. */
import type { IndexData } from '../../core/index.js';
import { accountName, TRADED_INDEX } from '../../cli/trading.js';
import type { Services } from '../services.js';

export const dataOf = ({ library }: Services): Promise<IndexData> => library.data(TRADED_INDEX);

/** @throws InputError for a name that none can have */
export const named = ({ account }: { readonly account: string }): string => accountName(account, 'account');
