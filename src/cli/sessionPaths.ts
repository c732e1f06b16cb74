/** The way of prices within sessions, for accounts that trade in them: read only where somebody needs it. */
import { join } from 'node:path';
import {
  closingFlows,
  pathsOfBars,
  type Account,
  type Day,
  type Finding,
  type Fundamentals,
  type IndexData,
  type TradedMarket,
} from '../core/index.js';
import { loadFundamentals } from '../data/fundamentals.js';
import { FUNDAMENTALS } from './commands/value.js';
import { tradedMarket } from './trading.js';

interface Paths {
  readonly within: Pick<TradedMarket, 'pathOn'>;
  /** Reviews whose flow is not in a closing auction though it was asked for. */
  readonly findings: readonly Finding[];
}

/**
 * @param account where it trades, and whether flows are in its closing auctions
 * @param sessions that are played, first and last
 * @param load the daily bars
 */
export async function sessionPaths(
  data: IndexData,
  { fills, flows }: Pick<Account, 'fills' | 'flows'>,
  sessions: readonly [Day, Day],
  load: () => Promise<Fundamentals>,
): Promise<Paths> {
  if (fills === 'close') return { within: {}, findings: [] };
  const { bars } = await load();
  return pathsIn(data, flows, sessions, bars);
}

function pathsIn(
  data: IndexData,
  flows: string | undefined,
  sessions: readonly [Day, Day],
  bars: Fundamentals['bars'],
): Paths {
  if (flows === undefined) return { within: { pathOn: pathsOfBars(data.market, bars) }, findings: [] };
  const { flowOn, findings } = closingFlows(data, ...sessions);
  return { within: { pathOn: pathsOfBars(data.market, bars, flowOn) }, findings };
}

/**
 * The market as an account trades on it: with the session that its clock stands in, if it stands in one by the time somebody asks.
 * @param load the daily bars; not read for an account that trades at closes
 */
export async function marketOf(
  data: IndexData,
  { fills }: Pick<Account, 'fills'>,
  load: () => Promise<Fundamentals>,
): Promise<(account: Account) => TradedMarket> {
  const between = tradedMarket(data);
  if (fills === 'close') return () => between;
  const { bars } = await load();
  const kept = new Map<Day, TradedMarket>();
  return ({ day, flows, running }) => {
    if (running === undefined) return between;
    const known = kept.get(running.day);
    if (known !== undefined) return known;
    const { within } = pathsIn(data, flows, [day, running.day], bars);
    const traded = tradedMarket(data, within);
    kept.clear();
    kept.set(running.day, traded);
    return traded;
  };
}

/** @param datasets parent of all bundles */
export const barsIn = (datasets: string) => (): Promise<Fundamentals> =>
  loadFundamentals(join(datasets, FUNDAMENTALS));
