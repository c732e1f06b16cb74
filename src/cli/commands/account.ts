/** `account open | list | show | advance | statement`: paper accounts, replayed on the closes of the data set. */
import {
  fenOf,
  formatDay,
  isSession,
  panelRange,
  Refusal,
  replayTo,
  USUAL_COMMISSION,
  type AccountEvent,
  type IndexData,
} from '../../core/index.js';
import { openTradingStore } from '../../data/tradingStore.js';
import { amountArgument, dayArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { accountListResult, accountResult, statementResult } from '../results/accountResult.js';
import { accountName, appendTo, loadTraded, refuseOpened, tradedMarket, withAccounts } from '../trading.js';

export interface OpenOptions {
  readonly cash: string;
  readonly on: string;
}

export async function openAccount(name: string, options: OpenOptions, context: Context): Promise<void> {
  const account = accountName(name);
  const cash = fenOf(amountArgument('--cash', options.cash));
  const day = dayArgument('--on', options.on);
  const data = await loadTraded(context);
  refuseNoSession(data, day);
  await withAccounts(
    context,
    async (store) => {
      refuseOpened(store, account);
      const events: AccountEvent[] = [{ kind: 'opened', day, cash, commission: USUAL_COMMISSION }];
      store.append(account, 0, events);
      await emit(accountResult(account, events, data, context.language), context);
    },
    openTradingStore,
  );
}

function refuseNoSession({ market }: IndexData, day: Parameters<typeof formatDay>[0]): void {
  const { first, last } = panelRange(market.prices);
  if (day >= first && day <= last && isSession(market.calendar, day)) return;
  throw new Refusal(
    'no_session',
    `${formatDay(day)} is no session of the data set; an account opens after a close from ${formatDay(first)} to ${formatDay(last)}`,
    { day: formatDay(day), first: formatDay(first), last: formatDay(last) },
  );
}

export async function listAccounts(context: Context): Promise<void> {
  await withAccounts(context, async (store) => {
    const accounts = store.names().map((name) => ({ name, events: store.read(name) }));
    await emit(accountListResult(accounts, context.language), context);
  });
}

export async function showAccount(name: string, context: Context): Promise<void> {
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    await emit(accountResult(name, store.read(name), data, context.language), context);
  });
}

export async function advanceAccount(
  name: string,
  options: { readonly to: string },
  context: Context,
): Promise<void> {
  const to = dayArgument('--to', options.to);
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const events = appendTo(store, name, (before) => replayTo(before, tradedMarket(data), to));
    await emit(accountResult(name, events, data, context.language), context);
  });
}

export async function accountStatement(name: string, context: Context): Promise<void> {
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    await emit(statementResult(name, store.read(name), data, context.language), context);
  });
}
