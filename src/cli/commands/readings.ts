/** `readings INDEX --effective D`: the review under every reading of its ambiguous clauses. */
import { flowsOf, runReadings } from '../../core/index.js';
import { amountArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { readingsResult } from '../results/readingsResult.js';
import { evidenceUntil, openSession, type ReviewOptions } from '../session.js';
import { assetsGiven } from './flows.js';

export interface ReadingsOptions extends ReviewOptions {
  readonly assets?: string;
}

export async function readingsCommand(
  index: string,
  options: ReadingsOptions,
  context: Context,
): Promise<void> {
  const given = options.assets === undefined ? undefined : amountArgument('--assets', options.assets);
  const progress = startProgress('readings', 2);
  try {
    const session = await openSession(index, options, context);
    progress.update(1);
    const { data, effective, knownAt } = session;
    const views = runReadings(data, { effective, knownAt }, evidenceUntil(data)).map((reading) => ({
      reading,
      flows: flowsOf(data, reading.run, assetsGiven(data, reading.run, given)),
    }));
    progress.update(2);
    await emit(readingsResult(data, views, context.language), context);
  } finally {
    progress.stop();
  }
}
