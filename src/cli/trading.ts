/** What the commands of the paper account share: the market it trades on, its name, and appending to it. */
import { join } from 'node:path';
import {
  formatDay,
  InputError,
  lastRow,
  openOrders,
  OperationalError,
  type Account,
  type AccountEvent,
  type AccountHistory,
  type Condition,
  type IndexData,
  type RecordEntry,
  type SecurityId,
  type TradedMarket,
} from '../core/index.js';
import { loadIndexData } from '../data/bundle.js';
import { importedClosesFile } from '../data/importedCloses.js';
import { readRecord } from '../data/recordStore.js';
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

/** @param option what it was given as */
export function accountName(text: string | undefined, option = '--account'): string {
  if (text !== undefined && NAME.test(text)) return text;
  throw argumentError(option, text ?? '', 'letters, digits, - and _, at most 64');
}

/** Programs that write to one account at once are few. */
const ATTEMPTS = 10;

/**
 * Works out what is to be added to an account, writes it, and returns the account as it then is. When another program was
 * faster, it is worked out anew.
 */
export function appendTo(
  store: TradingStore,
  name: string,
  work: (held: AccountHistory) => readonly AccountEvent[],
): AccountHistory {
  for (let attempt = 1; ; attempt++) {
    const held = store.read(name);
    const added = work(held);
    if (added.length === 0) return held;
    try {
      return store.append(name, held.events.length, added);
    } catch (error) {
      const again = error instanceof OperationalError && error.code === 'account_changed';
      if (!again || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Rights issues are not in the bundle; a library's user may have them. */
export const tradedMarket = (
  { market, actions, dividends, levels }: IndexData,
  more: Pick<TradedMarket, 'chanceOn' | 'pathOn'> = {},
): TradedMarket => ({ market, actions, dividends, rights: [], levels, ...more });

/** Entries of the record of the traded index. */
export const recordEntries = (folder: string) => async (): Promise<readonly RecordEntry[]> =>
  (await readRecord(join(folder, `${TRADED_INDEX}.jsonl`))).entries;

/** What the open orders of an account wait for. */
export const waitingFor = (account: Account): readonly (Condition | undefined)[] =>
  openOrders(account).map(({ order }) => order.condition);

/** An account that was opened twice is refused. */
export function refuseOpened(store: TradingStore, name: string): void {
  if (!store.names().includes(name)) return;
  const { day } = store.read(name).account;
  throw new InputError('account_exists', `there is an account ${name} already, at day ${formatDay(day)}`, [
    { code: 'account_exists', path: 'NAME', value: name, expected: 'another name' },
  ]);
}

/** Close of a security on or before a day, CNY. */
export function lastCloseOf(
  { market: { prices } }: IndexData,
  id: SecurityId,
  day: number,
): number | undefined {
  const at = lastRow(prices, prices.ids.indexOf(id), day);
  return at < 0 ? undefined : prices.close[at];
}

/** Level of the index on or before a day, points. */
export function lastLevelOf({ levels }: IndexData, day: number): number | undefined {
  const last = [...levels.keys()].findLast((known) => known <= day);
  return last === undefined ? undefined : levels.get(last);
}
