/** How the clock of an account is moved, for the command and the server alike. */
import {
  clockAfter,
  clockAsked,
  replayTo,
  type Account,
  type AccountClock,
  type AccountEvent,
  type AccountHistory,
  type Day,
  type Finding,
  type Fundamentals,
  type IndexData,
  type RecordEntry,
  type TradedMarket,
} from '../core/index.js';
import type { TradingStore } from '../data/tradingStore.js';
import { chancesOn } from './chancesOn.js';
import { sessionPaths } from './sessionPaths.js';
import { appendTo, tradedMarket, waitingFor } from './trading.js';

/** A day with or without a time of it, milliseconds since midnight; or so many minutes on. */
export type Advance = { readonly day: Day; readonly time: number | undefined } | { readonly minutes: number };

interface Advanced {
  readonly history: AccountHistory;
  /** The market with the sessions that were played. */
  readonly traded: TradedMarket;
  readonly findings: readonly Finding[];
}

interface Sources {
  readonly entries: () => Promise<readonly RecordEntry[]>;
  readonly bars: () => Promise<Fundamentals>;
}

/** @throws what `clockAsked` and `replayTo` throw; nothing has happened then */
export async function advance(
  store: TradingStore,
  name: string,
  asked: Advance,
  data: IndexData,
  { entries, bars }: Sources,
): Promise<Advanced> {
  const before = store.read(name).account;
  const to = clockOf(asked, before, data);
  const evenings = { conditions: waitingFor(before), from: before.day, to: to.day };
  const chances = await chancesOn(data, entries, evenings);
  const { within, findings } = await sessionPaths(data, before, [before.day, to.day], bars);
  const traded = tradedMarket(data, { ...chances, ...within });
  const work = ({ events }: AccountHistory): readonly AccountEvent[] =>
    replayTo(events, traded, to.day, to.at);
  return { history: appendTo(store, name, work), traded, findings };
}

function clockOf(asked: Advance, account: Account, { market }: IndexData): AccountClock {
  if ('minutes' in asked) return clockAfter(account, market.calendar, asked.minutes);
  const { day, time } = asked;
  return time === undefined ? { day, at: undefined } : clockAsked(account, market.calendar, day, time);
}
