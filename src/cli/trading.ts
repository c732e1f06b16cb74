/** What the commands of the paper account share: the market it trades on, its name, and appending to it. */
import {
  accountOf,
  InputError,
  type AccountEvent,
  type IndexData,
  type TradedMarket,
} from '../core/index.js';
import { loadIndexData } from '../data/bundle.js';
import { importedClosesFile } from '../data/importedCloses.js';
import { loadRulebook } from '../data/rulebooks.js';
import { existingTradingStore, type TradingStore } from '../data/tradingStore.js';
import { argumentError, type Context } from './context.js';

/** The index whose bundle has the prices, and whose level a condition may name. */
export const TRADED_INDEX = 'star-50';

export async function loadTraded(context: Context): Promise<IndexData> {
  const rulebook = await loadRulebook(TRADED_INDEX, context.rulebookFolder);
  return loadIndexData(context.bundleFolder, rulebook, importedClosesFile(context.dataFolder));
}

/** Opens the accounts that are there, does the work and closes them again whatever happens. */
export async function withAccounts<T>(
  context: Context,
  work: (store: TradingStore) => Promise<T>,
  open = existingTradingStore,
): Promise<T> {
  const store = open(context.dataFolder);
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u;

export function accountName(text: string | undefined): string {
  if (text !== undefined && NAME.test(text)) return text;
  throw argumentError('--account', text ?? '', 'letters, digits, - and _, at most 64');
}

/** Works out what is to be added to an account, writes it, and returns all that the account then holds. */
export function appendTo(
  store: TradingStore,
  name: string,
  work: (events: readonly AccountEvent[]) => readonly AccountEvent[],
): readonly AccountEvent[] {
  const before = store.read(name);
  const added = work(before);
  if (added.length > 0) store.append(name, before.length, added);
  return [...before, ...added];
}

export const tradedMarket = ({ market, actions, dividends, levels }: IndexData): TradedMarket => ({
  market,
  actions,
  dividends,
  levels,
});

/** Folds events to see whether the account is there; an account that was opened twice is refused. */
export function refuseOpened(store: TradingStore, name: string): void {
  if (!store.names().includes(name)) return;
  const { day } = accountOf(store.read(name));
  throw new InputError('account_exists', `there is an account ${name} already, at day ${day}`, [
    { code: 'account_exists', path: 'NAME', value: name, expected: 'another name' },
  ]);
}
