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

interface JobKind<S extends TSchema = TSchema> {
  readonly parameters: S;
  readonly run: (data: IndexData, parameters: Static<S>, onProgress: OnProgress) => Result | Promise<Result>;
}

const kind = <S extends TSchema>(parameters: S, run: JobKind<S>['run']): JobKind =>
  // Parameters are checked against the schema before a job is made.
  ({ parameters, run: (data, given, onProgress) => run(data, given as Static<S>, onProgress) });

const index = IndexParams.properties.id;

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

export const KINDS: Readonly<Record<string, JobKind>> = {
  infer: kind(InferParameters, infer),
  readings: kind(ReadingsParameters, readings),
  forecast: kind(ForecastParameters, forecast),
  backtest: kind(BacktestParameters, backtest),
  study: kind(StudyParameters, study),
  rehearsal: kind(RehearsalParameters, rehearsal),
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
