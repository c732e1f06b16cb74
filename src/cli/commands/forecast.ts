/** `forecast INDEX --effective D --known-at D`: probabilities and distributions of the next review's trades. */
import {
  blocksOf,
  mergeBlocks,
  runForecast,
  simulateBlocks,
  type ForecastRequest,
  type ForecastRun,
  type IndexData,
  type ReadingChoice,
  type Simulator,
  type TrackedAssets,
} from '../../core/index.js';
import { amountArgument, argumentError, dayArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { forecastResult, type Sensitivity } from '../results/forecastResult.js';
import { openSession, type ReviewOptions } from '../session.js';

export interface ForecastOptions extends ReviewOptions {
  readonly paths?: string;
  readonly seed?: string;
  readonly assets?: string;
  readonly tails?: string;
}

export async function forecastCommand(
  index: string,
  options: ForecastOptions,
  context: Context,
): Promise<void> {
  const paths = wholeArgument('--paths', options.paths ?? '10000', 1, 1_000_000);
  const seed = wholeArgument('--seed', options.seed ?? '1', 0, 2 ** 31 - 1);
  const tailDegrees =
    options.tails === undefined ? undefined : wholeArgument('--tails', options.tails, 3, 100);
  if (options.knownAt !== undefined) dayArgument('--known-at', options.knownAt);
  const given = options.assets === undefined ? undefined : amountArgument('--assets', options.assets);
  const { data, effective, knownAt, readings } = await openSession(index, options, context);
  const assets = given === undefined ? undefined : assetsOf(data, given, knownAt);
  const request = {
    effective,
    knownAt,
    paths,
    seed,
    readings,
    ...(assets && { assets }),
    ...(tailDegrees !== undefined && { tailDegrees }),
  };
  const progress = startProgress('forecast', blocksOf(paths));
  try {
    const { run, sensitivities } = forecastWith(data, request, (done) => progress.update(done));
    await emit(forecastResult(data, run, sensitivities, context.language), context);
  } finally {
    progress.stop();
  }
}

/**
 * The forecast with what its largest flows react to.
 * @param onBlock how many blocks of paths are done
 */
export function forecastWith(
  data: IndexData,
  request: ForecastRequest,
  onBlock: (done: number) => void,
): { readonly run: ForecastRun; readonly sensitivities: readonly Sensitivity[] } {
  const inBlocks: Simulator = (plan, options) => {
    const blocks = Array.from({ length: blocksOf(options.paths) }, (_, i) => i);
    return mergeBlocks(plan, options, [simulateBlocks(plan, { ...options, onBlock }, blocks)]);
  };
  const run = runForecast(data, request, inBlocks);
  return { run, sensitivities: sensitivitiesOf(data, run) };
}

/** Names whose flow is followed under changed inputs, and paths for each. */
const FOLLOWED = 5;
const PATHS = 2048;

/** Each flow under a price one percent higher, and under every other reading; the same draws throughout. */
function sensitivitiesOf(data: IndexData, run: ForecastRun): Sensitivity[] {
  const followed = run.draws.names
    .toSorted((a, b) => Math.abs(b.flow.mean) - Math.abs(a.flow.mean))
    .slice(0, FOLLOWED);
  const paths = Math.min(PATHS, run.request.paths);
  const base = runForecast(data, { ...run.request, paths });
  const flowOf = (of: ForecastRun, id: string): number =>
    of.draws.names.find((name) => name.id === id)?.flowPlain.mean ?? 0;
  const others = otherReadings(run).map((choice) => ({
    choice,
    run: runForecast(data, { ...run.request, paths, readings: { ...run.request.readings, ...choice } }),
  }));
  return followed.map(({ id }) => ({
    id,
    ownPrice: flowOf(withPrice(data, run, id, paths), id) - flowOf(base, id),
    readings: others.map(({ choice, run: other }) => ({
      reading: Object.entries(choice)
        .map(([clause, name]) => `${clause}=${name}`)
        .join(' '),
      flow: flowOf(other, id) - flowOf(base, id),
    })),
  }));
}

function withPrice(data: IndexData, run: ForecastRun, id: string, paths: number): ForecastRun {
  const lift: Simulator = (plan, options) => {
    const row = plan.ids.findIndex((one) => one === id);
    const lifted = (column: Float64Array): Float64Array => column.map((x, i) => (i === row ? x * 1.01 : x));
    const pricing = plan.horizon.pricing > 0 ? lifted(plan.pricingBase) : plan.pricingBase;
    const changed = { ...plan, price: lifted(plan.price), pricingBase: pricing };
    const blocks = Array.from({ length: blocksOf(options.paths) }, (_, i) => i);
    return mergeBlocks(changed, options, [simulateBlocks(changed, options, blocks)]);
  };
  return runForecast(data, { ...run.request, paths }, lift);
}

function otherReadings({ still }: ForecastRun): ReadingChoice[] {
  const { rulebook, readings } = still.methodology;
  return Object.values(rulebook.clauses)
    .flat()
    .filter(({ id }) => id in readings && id.startsWith('caps.'))
    .flatMap(({ id, readings: named }) =>
      Object.keys(named)
        .filter((name) => name !== readings[id])
        .map((name) => ({ [id]: name })),
    );
}

export function assetsOf(data: IndexData, amount: number, asOf: TrackedAssets['asOf']): TrackedAssets {
  return {
    amount,
    currency: data.rulebook.currency,
    asOf,
    range: [amount, amount],
    scope: 'given on the command line',
    feeders: 'not stated',
    source: '--assets',
  };
}

export function wholeArgument(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw argumentError(name, text, `a whole number from ${least} to ${most}`);
}
