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
  if (flows === undefined) return { within: { pathOn: pathsOfBars(data.market, bars) }, findings: [] };
  const { flowOn, findings } = closingFlows(data, ...sessions);
  return { within: { pathOn: pathsOfBars(data.market, bars, flowOn) }, findings };
}

/** @param datasets parent of all bundles */
export const barsIn = (datasets: string) => (): Promise<Fundamentals> =>
  loadFundamentals(join(datasets, FUNDAMENTALS));
