/** `account open | list | show | advance | statement`: paper accounts, replayed on the closes of the data set. */
import {
  accountBook,
  fenOf,
  LARGEST_CASH,
  formatDay,
  isSession,
  panelRange,
  Refusal,
  replayTo,
  USUAL_COMMISSION,
  type Account,
  type AccountEvent,
  type Day,
  type Fen,
  type IndexData,
} from '../../core/index.js';
import { writeFileAtomic } from '../../data/files.js';
import { openTradingStore } from '../../data/tradingStore.js';
import { chancesOn } from '../chancesOn.js';
import {
  amountArgument,
  argumentError,
  dayArgument,
  numberArgument,
  together,
  type Context,
} from '../context.js';
import { untilArgument, FILLS, oneOf, securityArgument } from '../orderArguments.js';
import { emit } from '../output.js';
import { accountListResult, accountResult } from '../results/accountResult.js';
import { bookResult } from '../results/bookResult.js';
import { statementResult } from '../results/statementResult.js';
import { barsIn, sessionPaths } from '../sessionPaths.js';
import {
  accountName,
  appendTo,
  loadTraded,
  recordEntries,
  refuseOpened,
  TRADED_INDEX,
  tradedMarket,
  waitingFor,
  withAccounts,
} from '../trading.js';

export interface OpenOptions {
  readonly cash: string;
  readonly on: string;
  readonly participation?: string;
  readonly fills: string;
  readonly flows?: boolean;
}

export interface BookOptions {
  readonly security: string;
  readonly on?: string;
  readonly at: string;
}

export async function openAccount(name: string, options: OpenOptions, context: Context): Promise<void> {
  const account = accountName(name);
  const cash = fenOf(amountArgument('--cash', options.cash, LARGEST_CASH));
  const day = dayArgument('--on', options.on);
  const fills = oneOf('--fills', options.fills, FILLS);
  const participation =
    options.participation === undefined
      ? undefined
      : numberArgument('--participation', options.participation, 0, 1);
  if (participation !== undefined && fills === 'session')
    throw argumentError('--participation', options.participation ?? '', NO_SHARE);
  if (options.flows === true && fills === 'close') throw argumentError('--flows', '', FLOWS_WITHIN);
  const flows = options.flows === true ? TRADED_INDEX : undefined;
  const data = await loadTraded(context);
  refuseNoSession(data, day);
  await withAccounts(
    context,
    async (store) => {
      refuseOpened(store, account);
      const opened = openingOf({ cash, day, participation, fills, flows });
      const { account: made } = store.append(account, 0, [opened]);
      await emit(accountResult(account, made, data, context.language), context);
    },
    openTradingStore,
  );
}

interface Opening {
  readonly cash: Fen;
  readonly day: Day;
  readonly participation: number | undefined;
  readonly fills: Account['fills'];
  readonly flows: string | undefined;
}

export const FLOWS_WITHIN = '--fills session: at a close there is no book for it to be in';

/** Why the two do not go together. */
export const NO_SHARE =
  'none with fills within the session: what trades there is limited by what trades in each minute';

export const openingOf = ({ cash, day, participation, fills, flows }: Opening): AccountEvent => ({
  kind: 'opened',
  day,
  cash,
  commission: USUAL_COMMISSION,
  ...(participation !== undefined && { participation }),
  ...(fills === 'session' && { fills }),
  ...(flows !== undefined && { flows }),
});

/** @throws Refusal `no_session` for a day whose close the data do not hold */
export function refuseNoSession({ market }: IndexData, day: Day): void {
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
    const accounts = store.names().map((name) => ({ name, account: store.read(name).account }));
    await emit(accountListResult(accounts, context.language), context);
  });
}

export async function showAccount(name: string, context: Context): Promise<void> {
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    await emit(accountResult(name, store.read(name).account, data, context.language), context);
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
    const before = store.read(name).account;
    const evenings = { conditions: waitingFor(before), from: before.day, to };
    const chances = await chancesOn(data, recordEntries(context.recordFolder), evenings);
    const played = [before.day, to] as const;
    const { within, findings } = await sessionPaths(data, before, played, barsIn(context.datasetsFolder));
    const traded = tradedMarket(data, { ...chances, ...within });
    const { account } = appendTo(store, name, ({ events }) => replayTo(events, traded, to));
    await emit(accountResult(name, account, data, context.language, findings), context);
  });
}

/** Of an account that trades at closes too: the session is that of the market. */
export async function accountBookCommand(
  name: string,
  options: BookOptions,
  context: Context,
): Promise<void> {
  const { on, clock } = together({
    on: () => (options.on === undefined ? undefined : dayArgument('--on', options.on)),
    clock: () => untilArgument('--at', options.at),
  });
  const data = await loadTraded(context);
  const security = securityArgument(data, '--security', options.security);
  await withAccounts(context, async (store) => {
    const { account, events } = store.read(name);
    const session = on ?? account.day;
    const { within } = await sessionPaths(
      data,
      { fills: 'session', flows: account.flows },
      [session, session],
      barsIn(context.datasetsFolder),
    );
    const book = accountBook(events, tradedMarket(data, within), { security, session, clock });
    await emit(bookResult(name, account, book, data, context.language), context);
  });
}

export async function accountStatement(
  name: string,
  options: { readonly pdf?: string },
  context: Context,
): Promise<void> {
  if (options.pdf === '') throw argumentError('--pdf', '', 'a name');
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const result = statementResult(name, store.read(name), data, context.language);
    if (options.pdf !== undefined) await writeFileAtomic(options.pdf, await result.pdf());
    await emit(result, context);
  });
}
