/** `account open | list | show | advance | book | statement`: paper accounts, replayed on the data set. */
import {
  accountBook,
  fenOf,
  LARGEST_CASH,
  formatDay,
  isSession,
  panelRange,
  parseDay,
  Refusal,
  USUAL_COMMISSION,
  type Account,
  type AccountEvent,
  type Day,
  type Fen,
  type IndexData,
} from '../../core/index.js';
import { writeFileAtomic } from '../../data/files.js';
import { openTradingStore } from '../../data/tradingStore.js';
import { advance, type Advance } from '../advance.js';
import {
  amountArgument,
  argumentError,
  dayArgument,
  numberArgument,
  together,
  type Context,
} from '../context.js';
import {
  FILLS,
  minutesArgument,
  oneOf,
  parseClock,
  securityArgument,
  untilArgument,
} from '../orderArguments.js';
import { emit } from '../output.js';
import { accountListResult, accountResult } from '../results/accountResult.js';
import { bookResult } from '../results/bookResult.js';
import { statementResult } from '../results/statementResult.js';
import { barsIn, sessionPaths, marketOf } from '../sessionPaths.js';
import {
  accountName,
  loadTraded,
  recordEntries,
  refuseOpened,
  TRADED_INDEX,
  tradedMarket,
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
      const made = store.append(account, 0, [opened]);
      await emit(accountResult(account, made, tradedMarket(data), data, context.language), context);
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
    const history = store.read(name);
    const marketNow = await marketOf(data, history.account, barsIn(context.datasetsFolder));
    const traded = marketNow(history.account);
    await emit(accountResult(name, history, traded, data, context.language), context);
  });
}

export interface AdvanceOptions {
  readonly to?: string;
  readonly by?: string;
}

export async function advanceAccount(name: string, options: AdvanceOptions, context: Context): Promise<void> {
  const asked = advanceArgument(options);
  const data = await loadTraded(context);
  const sources = { entries: recordEntries(context.recordFolder), bars: barsIn(context.datasetsFolder) };
  await withAccounts(context, async (store) => {
    const { history, traded, findings } = await advance(store, name, asked, data, sources);
    await emit(accountResult(name, history, traded, data, context.language, findings), context);
  });
}

const TO = 'a date as YYYY-MM-DD, with a time of day or without: 2025-09-08, "2025-09-08 10:30"';

function advanceArgument({ to, by }: AdvanceOptions): Advance {
  if (by !== undefined) {
    if (to !== undefined) throw argumentError('--by', by, 'either --to or --by');
    return { minutes: minutesArgument('--by', by) };
  }
  if (to === undefined) throw argumentError('--to', '', TO);
  const [date, time, ...rest] = to.trim().split(/[ T]+/);
  const day = parseDay(date);
  const clock = time === undefined ? undefined : parseClock(time);
  if (day === undefined || rest.length > 0 || (time !== undefined && clock === undefined))
    throw argumentError('--to', to, TO);
  return { day, time: clock };
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
    const session = on ?? account.running?.day ?? account.day;
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
    const history = store.read(name);
    const marketNow = await marketOf(data, history.account, barsIn(context.datasetsFolder));
    const traded = marketNow(history.account);
    const result = statementResult(name, history, traded, data, context.language);
    if (options.pdf !== undefined) await writeFileAtomic(options.pdf, await result.pdf());
    await emit(result, context);
  });
}
