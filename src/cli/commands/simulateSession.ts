/** `simulate session --security ID --date D`: a day of the past made of its daily bar, traded on the book. */
import { join } from 'node:path';
import {
  barsOf,
  replayDay,
  securityId,
  type Fundamentals,
  type IndexData,
  type SessionRun,
} from '../../core/index.js';
import { loadIndexData } from '../../data/bundle.js';
import { loadFundamentals } from '../../data/fundamentals.js';
import { loadRulebook } from '../../data/rulebooks.js';
import { argumentError, dayArgument, numberArgument, together, type Context } from '../context.js';
import { emit } from '../output.js';
import { sessionResult } from '../results/sessionResult.js';
import { importedCloses } from '../session.js';
import { tradedMarket } from '../trading.js';
import { wholeArgument } from './forecast.js';
import { FUNDAMENTALS } from './value.js';

export interface SimulateSessionOptions {
  readonly security: string;
  readonly date: string;
  readonly closingShare?: string;
  readonly seed?: string;
}

/** The index whose market is in the bundle. */
const HELD = 'star-50';

export async function simulateSessionCommand(
  options: SimulateSessionOptions,
  context: Context,
): Promise<void> {
  const { closingShare: usualShare, seed: usualSeed } = USUAL_SESSION;
  const { day, closingShare, seed } = together({
    day: () => dayArgument('--date', options.date),
    closingShare: () => numberArgument('--closing-share', options.closingShare ?? String(usualShare), 0, 0.9),
    seed: () => wholeArgument('--seed', options.seed ?? String(usualSeed), 0, 2 ** 31 - 1),
  });
  const rulebook = await loadRulebook(HELD, context.rulebookFolder);
  const data = await loadIndexData(context.bundleFolder, rulebook, importedCloses(context));
  const security = securityId(options.security.replace(/\.(SH|SZ)$/i, ''));
  if (!data.market.securities.some((one) => one.id === security)) {
    throw argumentError('--security', options.security, 'a code of the data set, such as 688256');
  }
  const fundamentals = await loadFundamentals(join(context.datasetsFolder, FUNDAMENTALS));
  const run = replayAsked(data, fundamentals, { security, day, closingShare, seed });
  await emit(sessionResult(data, run, context.language), context);
}

/** What is asked where nothing else is said. No source publishes the closing auction's share of the volume. */
export const USUAL_SESSION = { closingShare: 0.02, seed: 1 } as const;

/** @throws Refusal where there is no bar of the day */
export const replayAsked = (
  data: IndexData,
  fundamentals: Fundamentals,
  asked: SessionRun['request'],
): SessionRun => replayDay(tradedMarket(data), barsOf(fundamentals, asked.security), asked);
