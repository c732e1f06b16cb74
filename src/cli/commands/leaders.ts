/** `leaders --by price|cap|index --at D` and `lookthrough FUND --at D`: who leads, and what is behind a fund. */
import { join } from 'node:path';
import {
  addDays,
  LEADER_KINDS,
  runHolders,
  runLeaders,
  runLookThrough,
  type FundData,
  type Fundamentals,
  type IndexData,
  type LeadersData,
} from '../../core/index.js';
import { loadIndexData } from '../../data/bundle.js';
import { loadFundamentals } from '../../data/fundamentals.js';
import { loadFunds, loadLevels, loadPasses } from '../../data/funds.js';
import { loadRulebook } from '../../data/rulebooks.js';
import { argumentError, dayArgument, together, type Context } from '../context.js';
import { emit } from '../output.js';
import { leadersResult, type Names } from '../results/leadersResult.js';
import { holdersResult, lookThroughResult } from '../results/lookThroughResult.js';
import { importedCloses } from '../session.js';
import { wholeArgument } from './forecast.js';
import { bareCode, FUNDAMENTALS } from './value.js';

/** The index whose basket and prices are held. */
const HELD = 'star-50';

/** Days before the day asked, where no window is given. */
export const WINDOW_DAYS = 30;

export interface LeadersOptions {
  readonly by: string;
  readonly at: string;
  readonly from?: string;
  readonly most?: string;
  readonly against?: string;
}

export async function leadersCommand(options: LeadersOptions, context: Context): Promise<void> {
  const { by, at, from, most } = together({
    by: () => {
      const found = LEADER_KINDS.find((kind) => kind === options.by);
      if (found === undefined) throw argumentError('--by', options.by, LEADER_KINDS.join(', '));
      return found;
    },
    at: () => dayArgument('--at', options.at),
    from: () => (options.from === undefined ? undefined : dayArgument('--from', options.from)),
    most: () => wholeArgument('--most', options.most ?? '10', 1, 1000),
  });
  if (from !== undefined && from >= at)
    throw argumentError('--from', options.from ?? '', `a day before ${options.at}`);
  const index = await indexData(context);
  const data = await leadersData(context.datasetsFolder, context.bundleFolder, index);
  const run = runLeaders(data, {
    by,
    at,
    from: from ?? addDays(at, -WINDOW_DAYS),
    most,
    against: options.against ?? 'csi-300',
  });
  await emit(leadersResult(run, namesOf(index, data.fundamentals), context.language), context);
}

/** Everything leaderboards look at. @param datasets parent of the bundles @param bundle of the index */
export async function leadersData(datasets: string, bundle: string, index: IndexData): Promise<LeadersData> {
  const folder = join(datasets, FUNDAMENTALS);
  return {
    index,
    fundamentals: await loadFundamentals(folder),
    passes: await loadPasses(folder),
    levels: await loadLevels(folder, bundle, index.levels),
  };
}

export interface LookThroughOptions {
  readonly at: string;
  /** The argument is a security. */
  readonly holders?: boolean;
  readonly before?: string;
}

/** A fund, or with `holders` a security. */
export async function lookThroughCommand(
  id: string,
  options: LookThroughOptions,
  context: Context,
): Promise<void> {
  const { at, before } = together({
    at: () => dayArgument('--at', options.at),
    before: () => (options.before === undefined ? undefined : dayArgument('--before', options.before)),
  });
  if (before !== undefined && options.holders !== true) {
    throw argumentError('--before', options.before ?? '', 'the option --holders beside it');
  }
  const index = await indexData(context);
  const funds = await loadFunds(join(context.datasetsFolder, FUNDAMENTALS));
  const names = namesOf(index, undefined, funds);
  if (options.holders === true) {
    await emit(
      holdersResult(runHolders(index, funds, bareCode(id), at, before), names, context.language),
      context,
    );
    return;
  }
  const code = bareCode(id);
  if (!funds.funds.some((fund) => fund.id === code)) {
    throw argumentError(
      '<fund>',
      id,
      `a fund that is held: ${funds.funds.map((fund) => fund.id).join(', ')}`,
    );
  }
  await emit(lookThroughResult(runLookThrough(index, funds, code, at), names, context.language), context);
}

async function indexData(context: Context): Promise<IndexData> {
  const rulebook = await loadRulebook(HELD, context.rulebookFolder);
  return loadIndexData(context.bundleFolder, rulebook, importedCloses(context));
}

/** Names from whatever is held about a code; the code itself else. */
export function namesOf(index: IndexData, fundamentals?: Fundamentals, funds?: FundData): Names {
  const names = new Map<string, { en: string; zh: string }>();
  for (const { holding, nameZh } of funds?.holdings ?? []) names.set(holding, { en: nameZh, zh: nameZh });
  for (const { id, nameShort, nameEn, nameZh } of index.market.securities) {
    names.set(id, { en: nameShort || nameEn || nameZh, zh: nameZh });
  }
  for (const { id, nameEn, nameZh } of fundamentals?.companies ?? [])
    names.set(id, { en: nameEn, zh: nameZh });
  return (id) => names.get(id) ?? { en: id, zh: id };
}
