/** `forecast INDEX --effective D --known-at D`: probabilities and distributions of the next review's trades. */
import {
  finishForecast,
  planForecast,
  type ForecastPlan,
  type ForecastRequest,
  type ForecastRun,
  type IndexData,
  type ReadingChoice,
  type TrackedAssets,
} from '../../core/index.js';
import { forecastPool, type ForecastPool, type PoolOptions } from '../../data/forecastWorkers.js';
import { amountArgument, argumentError, dayArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { forecastResult, LEVELS, type Sensitivity } from '../results/forecastResult.js';
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
  const progress = startProgress('forecast', paths);
  try {
    const { run, sensitivities } = await forecastWith(data, request, (done) => progress.update(done));
    await emit(forecastResult(data, run, sensitivities, context.language), context);
  } finally {
    progress.stop();
  }
}

/**
 * The forecast, on threads, with what its largest flows react to.
 * @param onProgress how many paths are done
 */
export async function forecastWith(
  data: IndexData,
  request: ForecastRequest,
  onProgress: (paths: number) => void,
): Promise<{ readonly run: ForecastRun; readonly sensitivities: readonly Sensitivity[] }> {
  const pool = forecastPool();
  try {
    const quantiles = { samples: false, flowQuantiles: LEVELS, shareQuantiles: LEVELS };
    const run = await forecastOn(pool, data, request, { onProgress, ...quantiles });
    return { run, sensitivities: await sensitivitiesOf(pool, data, run) };
  } finally {
    await pool.close();
  }
}

/** `runForecast` on threads. */
export async function forecastOn(
  pool: ForecastPool,
  data: IndexData,
  request: ForecastRequest,
  more: Partial<PoolOptions> = {},
): Promise<ForecastRun> {
  const planned = planForecast(data, request);
  const { paths, seed } = request;
  return finishForecast(planned, await pool.simulate(planned.plan, { paths, seed, ...more }));
}

/** Names whose flow is followed under changed inputs, and paths for each. */
const FOLLOWED = 5;
const PATHS = 2048;

/** Each flow under a price one percent higher, and under every other reading; the same draws throughout. */
async function sensitivitiesOf(
  pool: ForecastPool,
  data: IndexData,
  run: ForecastRun,
): Promise<Sensitivity[]> {
  const { seed, paths } = run.request;
  const options = { seed, paths: Math.min(PATHS, paths), samples: false };
  const flowsOf = async (plan: ForecastPlan): Promise<ReadonlyMap<string, number>> => {
    const { names } = await pool.simulate(plan, options);
    return new Map(names.map(({ id, flowPlain }) => [id, flowPlain.mean]));
  };
  const base = await flowsOf(run.plan);
  const others: { choice: ReadingChoice; flows: ReadonlyMap<string, number> }[] = [];
  for (const choice of otherReadings(run)) {
    const readings = { ...run.request.readings, ...choice };
    others.push({ choice, flows: await flowsOf(planForecast(data, { ...run.request, readings }).plan) });
  }
  const followed = run.draws.names
    .toSorted((a, b) => Math.abs(b.flow.mean) - Math.abs(a.flow.mean))
    .slice(0, FOLLOWED);
  const found: Sensitivity[] = [];
  for (const { id } of followed) {
    const changeTo = (flows: ReadonlyMap<string, number>): number =>
      (flows.get(id) ?? 0) - (base.get(id) ?? 0);
    found.push({
      id,
      ownPrice: changeTo(await flowsOf(withPriceUp(run.plan, id))),
      readings: others.map(({ choice, flows }) => ({
        reading: Object.entries(choice)
          .map(([clause, name]) => `${clause}=${name}`)
          .join(' '),
        flow: changeTo(flows),
      })),
    });
  }
  return found;
}

/** The plan with one price a percent higher; a pricing close that is past stays. */
function withPriceUp(plan: ForecastPlan, id: string): ForecastPlan {
  const row = plan.ids.findIndex((one) => one === id);
  const lifted = (column: Float64Array): Float64Array => column.map((x, i) => (i === row ? x * 1.01 : x));
  const pricingBase = plan.horizon.pricing > 0 ? lifted(plan.pricingBase) : plan.pricingBase;
  return { ...plan, price: lifted(plan.price), pricingBase };
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
