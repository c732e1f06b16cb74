/**
 * `impact --security ID --effective D`: what the forced trade of one security does to its price.
 * `impact --shares N --adv N --sigma X`: the same of an order of one's own.
 */
import {
  contentHash,
  ENGINE_VERSION,
  IMPACT_MODEL_NAMES,
  impactOf,
  impactTable,
  InputError,
  provenanceOf,
  Refusal,
  runImpact,
  securityId,
  type ImpactModelName,
  type ImpactRequest,
  type IndexData,
  type Liquidity,
  type Order,
  type SingleModelName,
} from '../../core/index.js';
import { loadEvidence } from '../../data/evidence.js';
import { nearest } from '../../data/nearest.js';
import {
  amountArgument,
  argumentError,
  countArgument,
  numberArgument,
  together,
  type Context,
} from '../context.js';
import { emit } from '../output.js';
import { impactResult, type ImpactView } from '../results/impactResult.js';
import { openSession } from '../session.js';
import { assetsOf } from './forecast.js';

export interface ImpactOptions {
  readonly security?: string;
  readonly effective?: string;
  readonly knownAt?: string;
  readonly assets?: string;
  readonly reading?: string;
  readonly shares?: string;
  readonly adv?: string;
  readonly sigma?: string;
  readonly sharesOutstanding?: string;
  readonly spread?: string;
  readonly days?: string;
  readonly model?: string;
}

/** The index whose basket is in the bundle. */
const COMPUTED = 'star-50';

/** Nobody spreads a rebalance over more trading days than a quarter has. */
const MOST_DAYS = 250;

export async function impactCommand(options: ImpactOptions, context: Context): Promise<void> {
  const model = options.model === undefined ? undefined : modelArgument(options.model);
  const days = numberArgument('--days', options.days ?? '1', 0, MOST_DAYS);
  const spread =
    options.spread === undefined ? undefined : numberArgument('--spread', options.spread, 0, 0.5);
  if (options.security === undefined) await ownOrder(options, { days, spread, model }, context);
  else await forcedTrade(options.security, options, { days, spread, model }, context);
}

interface Asked {
  readonly days: number;
  readonly spread: number | undefined;
  readonly model: ImpactModelName | undefined;
}

/** The options that describe an order of one's own, and the ones that name a review. */
const OWN = ['shares', 'adv', 'sigma', 'sharesOutstanding'] as const;
const OF_REVIEW = ['effective', 'knownAt', 'assets', 'reading'] as const;

async function forcedTrade(
  security: string,
  options: ImpactOptions,
  { days, spread, model }: Asked,
  context: Context,
): Promise<void> {
  refuse(options, OWN, 'no such option beside --security: the review says how much is traded');
  const { effective } = options;
  if (effective === undefined)
    throw argumentError('--effective', '', 'the effective date of the review, YYYY-MM-DD');
  const given = options.assets === undefined ? undefined : amountArgument('--assets', options.assets);
  const session = await openSession(COMPUTED, { ...options, effective }, context);
  const { data, knownAt, readings } = session;
  const id = securityId(security.replace(/\.(SH|SZ)$/i, ''));
  if (!data.market.securities.some((one) => one.id === id)) {
    throw argumentError('--security', security, 'a code of the data set, such as 688256');
  }
  const request = {
    effective: session.effective,
    knownAt,
    readings,
    security: id,
    days,
    ...(given !== undefined && { assets: assetsOf(data, given, knownAt) }),
    ...(spread !== undefined && { spread }),
  };
  const evidence = await loadEvidence(context.datasetsFolder);
  await emit(impactResult({ ...forcedView(data, request, model), evidence }, context.language), context);
}

/**
 * The forced trade of one security under every model, or under the one asked for.
 * @throws Refusal `liquidity_missing` when the one asked for was left out
 */
export function forcedView(data: IndexData, request: ImpactRequest, model?: ImpactModelName): ImpactView {
  const run = runImpact(data, request);
  const { order, liquidity, rows, findings } = run;
  if (model !== undefined && !rows.some((row) => row.model === model)) {
    const why = findings.find(({ code, subject }) => code === 'model_left_out' && subject === model);
    throw new Refusal('liquidity_missing', why?.message ?? `${model} cannot be computed`, { model });
  }
  return {
    order,
    liquidity,
    rows,
    findings,
    provenance: provenanceOf(run.review),
    model,
    forced: { run, data },
  };
}

async function ownOrder(
  options: ImpactOptions,
  { days, spread, model }: Asked,
  context: Context,
): Promise<void> {
  refuse(options, OF_REVIEW, '--security beside it, or --shares, --adv and --sigma without it');
  if (model === 'greenwood')
    throw argumentError('--model', model, 'another model: this one takes all trades of a review');
  const given = together({
    shares: () => countArgument('--shares', needed('--shares', options.shares)),
    adv: () => amountArgument('--adv', needed('--adv', options.adv)),
    sigma: () => sigmaArgument(needed('--sigma', options.sigma)),
    outstanding: () =>
      options.sharesOutstanding === undefined
        ? Number.NaN
        : amountArgument('--shares-outstanding', options.sharesOutstanding),
  });
  const order: Order = { shares: given.shares, days };
  const liquidity: Liquidity = {
    advShares: given.adv,
    volatility: given.sigma,
    sharesOutstanding: given.outstanding,
    spread: spread ?? Number.NaN,
  };
  await emit(impactResult(orderView(order, liquidity, model), context.language), context);
}

/**
 * An order of one's own. A model that was asked for by name is refused for what it lacks; in the table it is only left out.
 * @throws InputError `bad_order`, Refusal `liquidity_missing`
 */
export function orderView(order: Order, liquidity: Liquidity, model?: SingleModelName): ImpactView {
  const table = impactTable(order, liquidity);
  const rows = model === undefined ? table.rows : [impactOf(model, order, liquidity)];
  const { advShares, volatility, sharesOutstanding, spread } = liquidity;
  return {
    order,
    liquidity,
    rows,
    findings: [...rows.flatMap((row) => row.findings), ...(model === undefined ? table.findings : [])],
    provenance: {
      data: contentHash([order.shares, order.days, advShares, volatility, sharesOutstanding, spread]),
      rulebook: null,
      reading: {},
      engine: ENGINE_VERSION,
    },
    model,
  };
}

function sigmaArgument(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 1) return value;
  throw argumentError(
    '--sigma',
    text,
    'a number above 0 and at most 1, such as 0.02; a price that never moves has no volatility to scale by',
  );
}

function needed(name: string, text: string | undefined): string {
  if (text !== undefined) return text;
  throw new InputError(
    'invalid_argument',
    'an order needs its shares, the daily volume and the daily volatility',
    [
      {
        code: 'invalid_argument',
        path: name,
        expected: 'a value; or --security and --effective for the forced trade of a review',
      },
    ],
  );
}

function refuse(options: ImpactOptions, names: readonly (keyof ImpactOptions)[], expected: string): void {
  for (const name of names) {
    const value = options[name];
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value !== undefined) throw argumentError(flag, value, expected);
  }
}

function modelArgument(text: string): ImpactModelName {
  const found = IMPACT_MODEL_NAMES.find((name) => name === text);
  if (found !== undefined) return found;
  const near = nearest(text, IMPACT_MODEL_NAMES);
  throw argumentError('--model', text, near === undefined ? `one of ${IMPACT_MODEL_NAMES.join(', ')}` : near);
}
