/**
 * Kinds of long work: what each takes and what it runs. A new kind is one entry of KINDS. Everything here runs in a
 * process of its own, so a kind may take as long as it likes and may be killed at any time.
 */
import { Type, type Static, type TSchema } from 'typebox';
import { flowsOf, panelRange, runReadings, runXray, type IndexData } from '../../core/index.js';
import { assetsGiven } from '../../cli/commands/flows.js';
import type { Result } from '../../cli/output.js';
import { inferResult } from '../../cli/results/inferResult.js';
import { readingsResult } from '../../cli/results/readingsResult.js';
import { defaultKnownAt } from '../../cli/session.js';
import { inputError } from '../http/failures.js';
import { Amount, dayOfText, IndexParams, isoDate, optionalDay, STRICT } from '../http/schemas.js';

/** @param fraction of the work that is done, 0 to 1 */
type OnProgress = (fraction: number) => void;

interface JobKind<S extends TSchema = TSchema> {
  readonly parameters: S;
  readonly run: (data: IndexData, parameters: Static<S>, onProgress: OnProgress) => Result;
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

export const KINDS: Readonly<Record<string, JobKind>> = {
  infer: kind(InferParameters, infer),
  readings: kind(ReadingsParameters, readings),
  // `forecast` and `backtest` are one line each here, with the parameters their commands take.
};

function infer(data: IndexData, parameters: Static<typeof InferParameters>, onProgress: OnProgress): Result {
  const from = dayOfText('from', parameters.from);
  const to = dayOfText('to', parameters.to);
  if (to <= from) {
    throw inputError('invalid_argument', 'to cannot be used', {
      path: 'parameters.to',
      value: parameters.to,
      expected: `a date after ${parameters.from}`,
    });
  }
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
