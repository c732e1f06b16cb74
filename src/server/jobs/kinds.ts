/**
 * Kinds of long work: what each takes and what it runs. A new kind is one entry of KINDS. Everything here runs in a
 * process of its own, so a kind may take as long as it likes and may be killed at any time.
 */
import { Type, type Static, type TSchema } from 'typebox';
import {
  backtestSteps,
  changeClauses,
  flowsOf,
  panelRange,
  REFERENCE_MARKETS,
  parseClauseChange,
  readingChoice,
  runReadings,
  runReviewStudy,
  runXray,
  shiftSessions,
  STUDY_DAYS,
  type BacktestRequest,
  type ClauseChange,
  type IndexData,
} from '../../core/index.js';
import { backtestKey } from '../../cli/commands/backtest.js';
import { assetsGiven } from '../../cli/commands/flows.js';
import { assetsOf, forecastWith } from '../../cli/commands/forecast.js';
import { rehearseWith } from '../../cli/commands/rehearse.js';
import { measureFacts, rowsOf } from '../../cli/commands/simulateFacts.js';
import { sweepMarket, USUAL_MARKET } from '../../cli/commands/simulateMarket.js';
import type { Result } from '../../cli/output.js';
import { backtestResult, type Variant } from '../../cli/results/backtestResult.js';
import { forecastResult } from '../../cli/results/forecastResult.js';
import { inferResult } from '../../cli/results/inferResult.js';
import { rehearsalResult } from '../../cli/results/rehearsalResult.js';
import { readingsResult } from '../../cli/results/readingsResult.js';
import { reviewStudyResult } from '../../cli/results/studyResult.js';
import { defaultKnownAt } from '../../cli/session.js';
import { inputError } from '../http/failures.js';
import {
  Amount,
  dayOfText,
  IndexParams,
  isoDate,
  optionalDay,
  SecurityCode,
  STRICT,
} from '../http/schemas.js';
import { securityAsked } from '../views/securityAsked.js';

/** @param fraction of the work that is done, 0 to 1 */
type OnProgress = (fraction: number) => void;

interface JobKind {
  readonly parameters: TSchema;
  /** @param index of its data, where the parameters name one @param given checked against the schema before a job is made */
  readonly run: (
    index: (id: string) => Promise<IndexData>,
    given: unknown,
    onProgress: OnProgress,
  ) => Promise<Result>;
}

/** Work on the data of an index. */
const kind = <S extends typeof INDEXED>(
  parameters: S,
  run: (data: IndexData, parameters: Static<S>, onProgress: OnProgress) => Result | Promise<Result>,
): JobKind => ({
  parameters,
  run: async (index, given, onProgress) => {
    const asked = given as Static<S>;
    return run(await index(asked.index), asked, onProgress);
  },
});

/** Work on no data at all. */
const made = <S extends TSchema>(
  parameters: S,
  run: (parameters: Static<S>, onProgress: OnProgress) => Result | Promise<Result>,
): JobKind => ({
  parameters,
  run: async (_, given, onProgress) => run(given as Static<S>, onProgress),
});

const index = IndexParams.properties.id;
const INDEXED = Type.Object({ index });

const InferParameters = Type.Object(
  {
    index,
    from: isoDate('first session'),
    to: isoDate('last session'),
    findChanges: Type.Optional(Type.Boolean()),
  },
  STRICT,
);

const ReadingsParameters = Type.Object(
  {
    index,
    effective: isoDate('effective date of the review'),
    knownAt: Type.Optional(isoDate('default: the swap close')),
    assets: Type.Optional(Amount),
  },
  STRICT,
);

const Reading = Type.Optional(Type.String({ minLength: 1, maxLength: 60 }));

const ForecastParameters = Type.Object(
  {
    ...ReadingsParameters.properties,
    paths: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
    tails: Type.Optional(Type.Integer({ minimum: 3, maximum: 100 })),
    reading: Reading,
  },
  STRICT,
);

const BacktestParameters = Type.Object(
  {
    index,
    from: isoDate('first day'),
    to: isoDate('last day'),
    set: Type.Optional(
      Type.Array(Type.String({ minLength: 3, maxLength: 120 }), {
        maxItems: 20,
        description: 'changed clauses, such as caps.single=0.15',
      }),
    ),
    assets: Type.Optional(Amount),
    reading: Reading,
  },
  STRICT,
);

const StudyParameters = Type.Object(
  {
    index,
    at: Type.Optional(
      Type.Enum([...STUDY_DAYS], { description: 'day 0; announcement unless told otherwise' }),
    ),
    from: Type.Optional(Type.Integer({ minimum: -120, maximum: 0, description: 'first session; -5' })),
    to: Type.Optional(Type.Integer({ minimum: 0, maximum: 120, description: 'last session; 5' })),
    estimation: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'sessions of the market model; 120' }),
    ),
  },
  STRICT,
);

const RehearsalParameters = Type.Object(
  {
    ...ReadingsParameters.properties,
    knownAt: Type.Optional(isoDate('default: the evening before the swap close')),
    security: SecurityCode,
    runs: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, description: '200' })),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
    atClose: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'part of the flow in the closing auction; 0.8' }),
    ),
    arbitrageurs: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, description: '3' })),
  },
  STRICT,
);

const fraction = (low: number, high: number, description: string) =>
  Type.Optional(Type.Number({ minimum: low, maximum: high, description }));

const MOST_VALUES = 8;
const SEED = Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, description: '1' }));

const MarketParameters = Type.Object(
  {
    passive: Type.Optional(
      Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 0.9 }), {
        minItems: 1,
        maxItems: MOST_VALUES,
        description: 'shares of the float that index funds hold; 0.1, 0.3, 0.5',
      }),
    ),
    arbitrageurs: Type.Optional(
      Type.Array(Type.Integer({ minimum: 0, maximum: 1000 }), {
        minItems: 1,
        maxItems: MOST_VALUES,
        description: '0, 1, 4',
      }),
    ),
    flow: Type.Optional(
      Type.Array(Type.Number({ minimum: -0.5, maximum: 0.5, not: { const: 0 } }), {
        minItems: 1,
        maxItems: MOST_VALUES,
        description: 'of what the funds hold, sales negative, not 0; -0.02',
      }),
    ),
    atClose: fraction(0, 1, 'part of the flow in the closing auction; 1'),
    elasticity: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100, description: '2' })),
    response: fraction(0, 100, '2'),
    volatility: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 0.1, description: 'of the value in a day; 0.02' }),
    ),
    runs: Type.Optional(Type.Integer({ minimum: 2, maximum: 10_000, description: 'per point; 50' })),
    seed: SEED,
  },
  STRICT,
);

const FactsParameters = Type.Object(
  {
    markets: Type.Optional(
      Type.Array(Type.Enum([...REFERENCE_MARKETS]), {
        minItems: 1,
        maxItems: REFERENCE_MARKETS.length,
        description: 'without them the grid of settings',
      }),
    ),
    runs: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: '5' })),
    seed: SEED,
  },
  STRICT,
);

export const KINDS: Readonly<Record<string, JobKind>> = {
  infer: kind(InferParameters, infer),
  readings: kind(ReadingsParameters, readings),
  forecast: kind(ForecastParameters, forecast),
  backtest: kind(BacktestParameters, backtest),
  study: kind(StudyParameters, study),
  rehearsal: kind(RehearsalParameters, rehearsal),
  market: made(MarketParameters, market),
  facts: made(FactsParameters, facts),
};

function infer(data: IndexData, parameters: Static<typeof InferParameters>, onProgress: OnProgress): Result {
  const { from, to } = periodOf(parameters);
  const findChanges = parameters.findChanges === true;
  const run = runXray(data, { from, to, findChanges }, (done, total) => onProgress(done / total));
  return inferResult(data, run, 'en');
}

function readings(data: IndexData, parameters: Static<typeof ReadingsParameters>): Result {
  const effective = dayOfText('effective', parameters.effective);
  const knownAt = optionalDay('knownAt', parameters.knownAt) ?? defaultKnownAt(data, effective);
  const { last } = panelRange(data.market.prices);
  const views = runReadings(data, { effective, knownAt }, last).map((reading) => ({
    reading,
    flows: flowsOf(data, reading.run, assetsGiven(data, reading.run, parameters.assets)),
  }));
  return readingsResult(data, views, 'en');
}

async function forecast(
  data: IndexData,
  parameters: Static<typeof ForecastParameters>,
  onProgress: OnProgress,
): Promise<Result> {
  const effective = dayOfText('effective', parameters.effective);
  const knownAt = optionalDay('knownAt', parameters.knownAt) ?? defaultKnownAt(data, effective);
  const { paths = 10_000, seed = 1, assets, tails, reading } = parameters;
  const request = {
    effective,
    knownAt,
    paths,
    seed,
    readings: reading === undefined ? {} : readingChoice(data.rulebook, reading),
    ...(assets !== undefined && { assets: assetsOf(data, assets, knownAt) }),
    ...(tails !== undefined && { tailDegrees: tails }),
  };
  const { run, sensitivities } = await forecastWith(data, request, (done) => onProgress(done / paths));
  return forecastResult(data, run, sensitivities, 'en');
}

function backtest(
  data: IndexData,
  parameters: Static<typeof BacktestParameters>,
  onProgress: OnProgress,
): Result {
  const { from, to } = periodOf(parameters);
  const { set = [], assets, reading } = parameters;
  const changes = set.map(parseClauseChange);
  const request = { from, to, readings: reading === undefined ? {} : readingChoice(data.rulebook, reading) };
  const runs = changes.length === 0 ? 1 : 2;
  const published = variantOf(data, request, [], (done) => onProgress(done / runs));
  const changed =
    runs === 1 ? undefined : variantOf(data, request, changes, (done) => onProgress((1 + done) / runs));
  return backtestResult({ data, request, published, assets }, changed, 'en');
}

function variantOf(
  data: IndexData,
  request: BacktestRequest,
  changes: readonly ClauseChange[],
  onProgress: OnProgress,
): Variant {
  const changed = { ...data, rulebook: changeClauses(data.rulebook, changes) };
  const steps = backtestSteps(changed, request, []);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) onProgress(step.value.done / step.value.total);
  const key = backtestKey(changed, request);
  return { changes, backtest: step.value, takenOver: 0, damaged: false, key };
}

/** All additions and deletions of the index's reviews. */
function study(data: IndexData, parameters: Static<typeof StudyParameters>): Result {
  const { at = 'announcement', from = -5, to = 5, estimation = 120 } = parameters;
  return reviewStudyResult(data, runReviewStudy(data, { at, window: { from, to, estimation } }), 'en');
}

/** The swap close many times over, with the forecast trade in the book. */
async function rehearsal(
  data: IndexData,
  parameters: Static<typeof RehearsalParameters>,
  onProgress: OnProgress,
): Promise<Result> {
  const { runs = 200, seed = 1, atClose = 0.8, arbitrageurs = 3, assets } = parameters;
  const effective = dayOfText('effective', parameters.effective);
  const swap = defaultKnownAt(data, effective);
  const knownAt = optionalDay('knownAt', parameters.knownAt) ?? shiftSessions(data.market.calendar, swap, -1);
  const request = {
    effective,
    knownAt,
    security: securityAsked(data, parameters.security),
    atClose,
    arbitrageurs,
    ...(assets !== undefined && { assets: assetsOf(data, assets, knownAt) }),
  };
  const run = await rehearseWith(data, request, { runs, seed }, (done) => onProgress(done / runs));
  return rehearsalResult(data, run, 'en');
}

/** Active and passive investors around one forced trade, over a grid of what they are. */
function market(parameters: Static<typeof MarketParameters>, onProgress: OnProgress): Promise<Result> {
  const asked = { ...USUAL_MARKET, ...parameters };
  const { passive, arbitrageurs, flow, runs } = asked;
  const all = passive.length * arbitrageurs.length * flow.length * runs;
  return sweepMarket(asked, 'en', (done) => onProgress(done / all));
}

/** Order-driven markets in published settings, held to the facts of real ones. */
function facts(parameters: Static<typeof FactsParameters>, onProgress: OnProgress): Result {
  const { markets, runs = 5, seed = 1 } = parameters;
  const asked = { markets, runs, seed };
  return measureFacts(asked, 'en', (done) => onProgress(done / (rowsOf(asked) * runs)));
}

function periodOf(parameters: { readonly from: string; readonly to: string }) {
  const from = dayOfText('from', parameters.from);
  const to = dayOfText('to', parameters.to);
  if (to > from) return { from, to };
  throw inputError('invalid_argument', 'to cannot be used', {
    path: 'parameters.to',
    value: parameters.to,
    expected: `a date after ${parameters.from}`,
  });
}
