/** The way of prices within sessions, for accounts that trade in them: read only where somebody needs it. */
import { join } from 'node:path';
import {
  pathsOfBars,
  type Account,
  type Fundamentals,
  type IndexData,
  type TradedMarket,
} from '../core/index.js';
import { loadFundamentals } from '../data/fundamentals.js';
import { FUNDAMENTALS } from './commands/value.js';

type Paths = Pick<TradedMarket, 'pathOn'>;

/** @param load the daily bars */
export async function sessionPaths(
  { market }: IndexData,
  fills: Account['fills'],
  load: () => Promise<Fundamentals>,
): Promise<Paths> {
  return fills === 'session' ? { pathOn: pathsOfBars(market, (await load()).bars) } : {};
}

/** @param datasets parent of all bundles */
export const barsIn = (datasets: string) => (): Promise<Fundamentals> =>
  loadFundamentals(join(datasets, FUNDAMENTALS));
