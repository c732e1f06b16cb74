/** The account that a request names, and the data it is traded on. */
import type { Account, AccountHistory, IndexData, TradedMarket } from '../../core/index.js';
import { marketOf } from '../../cli/sessionPaths.js';
import { accountName, TRADED_INDEX } from '../../cli/trading.js';
import type { Services } from '../services.js';

export const dataOf = ({ library }: Services): Promise<IndexData> => library.data(TRADED_INDEX);

/** The market as the account trades on it, wherever its clock stands by then. */
export const marketAsked = (
  { companies }: Services,
  data: IndexData,
  { account }: AccountHistory,
): Promise<(account: Account) => TradedMarket> => marketOf(data, account, companies.fundamentals);

/** @throws InputError for a name that none can have */
export const named = ({ account }: { readonly account: string }): string => accountName(account, 'account');
