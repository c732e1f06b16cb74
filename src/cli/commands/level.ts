/** `level INDEX --from D --to D`: the index from its known baskets and closes, beside the published closes. */
import { runLevels, type ReturnKind, type TaxTable } from '../../core/index.js';
import { loadIndexData } from '../../data/bundle.js';
import { importedClosesFile } from '../../data/importedCloses.js';
import { loadRulebook } from '../../data/rulebooks.js';
import { argumentError, dayArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { levelResult } from '../results/levelResult.js';

export interface LevelOptions {
  readonly from: string;
  readonly to: string;
  readonly return?: string;
  readonly tax?: string;
}

/** What non-residents are charged on A-share dividends; general knowledge, CSI's own rate was not found. */
const ASSUMED_RATE = 0.1;

export async function levelCommand(index: string, options: LevelOptions, context: Context): Promise<void> {
  const from = dayArgument('--from', options.from);
  const to = dayArgument('--to', options.to);
  if (to < from) throw argumentError('--to', options.to, `a date from ${options.from} on`);
  const kind = returnArgument(options.return ?? 'price');
  const tax = taxArgument(options.tax);
  const rulebook = await loadRulebook(index, context.rulebookFolder);
  const data = await loadIndexData(context.bundleFolder, rulebook, importedClosesFile(context.dataFolder));
  await emit(levelResult(data, runLevels(data, { from, to, kind, tax }), context.language), context);
}

function returnArgument(text: string): ReturnKind {
  if (text === 'price' || text === 'gross' || text === 'net') return text;
  throw argumentError('--return', text, 'price, gross or net');
}

export function taxArgument(text: string | undefined): TaxTable {
  if (text === undefined) {
    const source = `dividends taxed at ${ASSUMED_RATE * 100} %, as non-residents are; the provider's own rate is not known (--tax)`;
    return { rates: {}, otherwise: ASSUMED_RATE, source };
  }
  const rate = Number(text);
  if (text.trim() === '' || !(rate >= 0 && rate <= 1)) {
    throw argumentError('--tax', text, 'a fraction from 0 to 1, such as 0.1');
  }
  return { rates: {}, otherwise: rate, source: `dividends taxed at ${rate * 100} %, as asked for (--tax)` };
}
