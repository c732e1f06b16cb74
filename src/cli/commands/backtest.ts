/**
 * `backtest INDEX --from D --to D`: the history of a methodology, and with `--set` or `--sweep` what a changed clause
 * would have done. Finished reviews are kept in the data folder; a run that was stopped goes on from there.
 */
import {
  backtestSteps,
  changeClauses,
  contentHash,
  describeChange,
  ENGINE_VERSION,
  parseClauseChange,
  readingChoice,
  type BacktestRequest,
  type BacktestReview,
  type ClauseChange,
  type IndexData,
} from '../../core/index.js';
import { readBacktest, writeBacktest } from '../../data/backtestStore.js';
import { loadIndexData } from '../../data/bundle.js';
import { importedClosesFile } from '../../data/importedCloses.js';
import { loadRulebook } from '../../data/rulebooks.js';
import { amountArgument, argumentError, dayArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { backtestResult, sweepResult, type Variant } from '../results/backtestResult.js';

export interface BacktestOptions {
  readonly from: string;
  readonly to: string;
  readonly set?: readonly string[];
  readonly sweep?: string;
  readonly assets?: string;
  readonly reading?: string;
}

export async function backtestCommand(
  index: string,
  options: BacktestOptions,
  context: Context,
): Promise<void> {
  const from = dayArgument('--from', options.from);
  const to = dayArgument('--to', options.to);
  if (to < from) throw argumentError('--to', options.to, `a date from ${options.from} on`);
  const assets = options.assets === undefined ? undefined : amountArgument('--assets', options.assets);
  const rulebook = await loadRulebook(index, context.rulebookFolder);
  const readings = options.reading === undefined ? {} : readingChoice(rulebook, options.reading);
  const changes = (options.set ?? []).map(parseClauseChange);
  const swept = options.sweep === undefined ? [] : sweepOf(options.sweep);
  // Every change is tried on the rules before anything is computed.
  changeClauses(rulebook, changes);
  for (const change of swept) changeClauses(rulebook, [...changes, change]);
  const data = await loadIndexData(context.bundleFolder, rulebook, importedClosesFile(context.dataFolder));
  const request = { from, to, readings };
  const sets =
    swept.length > 0 ? swept.map((change) => [...changes, change]) : changes.length > 0 ? [changes] : [];
  const published = await variantOf(data, request, [], context);
  const variants: Variant[] = [];
  const progress = startProgress('variants', sets.length);
  for (const [i, set] of sets.entries()) {
    progress.update(i, set.map(describeChange).join(' '));
    variants.push(await variantOf(data, request, set, context));
  }
  progress.stop();
  const view = { data, request, published, assets };
  const result =
    swept.length > 0
      ? sweepResult(view, variants, context.language)
      : backtestResult(view, variants.at(0), context.language);
  await emit(result, context);
}

/** One methodology over the whole period, reviews of an earlier run taken over. */
async function variantOf(
  data: IndexData,
  request: BacktestRequest,
  changes: readonly ClauseChange[],
  { dataFolder }: Context,
): Promise<Variant> {
  const changed = { ...data, rulebook: changeClauses(data.rulebook, changes) };
  const key = backtestKey(changed, request);
  const earlier = await readBacktest(dataFolder, key);
  const progress = startProgress('backtest', 100);
  const finished: BacktestReview[] = [...earlier.reviews];
  const steps = backtestSteps(changed, request, earlier.reviews);
  let step = steps.next();
  try {
    for (; step.done !== true; step = steps.next()) {
      const { done, total, review } = step.value;
      finished[done - 1] = review;
      await writeBacktest(dataFolder, key, finished.slice(0, done));
      progress.update((100 * done) / total);
    }
  } finally {
    progress.stop();
  }
  const backtest = step.value;
  const takenOver = Math.min(earlier.reviews.length, backtest.reviews.length);
  return { changes, backtest, takenOver, damaged: earlier.damaged, key };
}

/** Hash of everything a run depends on. */
export function backtestKey(
  { rulebook, market, actions, baskets, changes }: IndexData,
  request: BacktestRequest,
): string {
  const { prices } = market;
  const columns = baskets.flatMap(
    ({ composition: { ids, adjustedShares, cappingFactors, divisor, swap } }) => [
      ids,
      adjustedShares,
      cappingFactors,
      divisor,
      swap,
    ],
  );
  return contentHash([
    ENGINE_VERSION,
    JSON.stringify([rulebook.id, rulebook.version, rulebook.clauses, request, actions, changes]),
    JSON.stringify([...market.facts.values()].flat()),
    prices.ids,
    prices.start,
    prices.day,
    prices.close,
    ...columns,
  ]);
}

/** More rows than anybody reads. */
const MOST_STEPS = 1000;

/** `caps.single=0.05:0.20:0.01`: one change per value, both ends included. */
function sweepOf(text: string): ClauseChange[] {
  const expected = 'section.clause[.field]=FROM:TO:STEP, such as caps.single=0.05:0.20:0.01';
  const match = /^([^=]+)=([^:]+):([^:]+):([^:]+)$/.exec(text.trim());
  if (!match) throw argumentError('--sweep', text, expected);
  const [from, to, step] = match.slice(2).map(Number);
  const steps = Math.floor((to - from) / step + 1e-9);
  if (!(step > 0 && steps >= 0 && steps < MOST_STEPS)) throw argumentError('--sweep', text, expected);
  return Array.from({ length: steps + 1 }, (_, i) =>
    // Twelve digits: 0.05 + 7 x 0.01 is 0.12 and nothing else.
    parseClauseChange(`${match[1]}=${Number((from + i * step).toFixed(12))}`),
  );
}
