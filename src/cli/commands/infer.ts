/** `infer INDEX --from D --to D`: the index X-ray, weights recovered from published levels and members' prices. */
import { runXray } from '../../core/index.js';
import { loadIndexData } from '../../data/bundle.js';
import { importedClosesFile } from '../../data/importedCloses.js';
import { loadRulebook } from '../../data/rulebooks.js';
import { argumentError, dayArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { inferResult } from '../results/inferResult.js';

export interface InferOptions {
  readonly from: string;
  readonly to: string;
  readonly findChanges?: boolean;
}

export async function inferCommand(index: string, options: InferOptions, context: Context): Promise<void> {
  const from = dayArgument('--from', options.from);
  const to = dayArgument('--to', options.to);
  if (to <= from) throw argumentError('--to', options.to, `a date after ${options.from}`);
  const rulebook = await loadRulebook(index, context.rulebookFolder);
  const data = await loadIndexData(context.bundleFolder, rulebook, importedClosesFile(context.dataFolder));
  const progress = startProgress('infer', 100);
  try {
    const findChanges = options.findChanges === true;
    const run = runXray(data, { from, to, findChanges }, (done, total) =>
      progress.update((100 * done) / total),
    );
    progress.stop();
    await emit(inferResult(data, run, context.language), context);
  } finally {
    progress.stop();
  }
}
