/** `import FORMAT FILE`: brings a person's own data in; every problem is listed and nothing is taken by halves. */
import { formatDay } from '../../core/index.js';
import { loadListings } from '../../data/bundle.js';
import { refuseIssues } from '../../data/csv.js';
import { addImportedCloses } from '../../data/importedCloses.js';
import { readPriceCsv } from '../../data/priceCsv.js';
import { nearest } from '../../data/nearest.js';
import { argumentError, type Context } from '../context.js';
import { emit } from '../output.js';
import { startProgress } from '../progress.js';
import { encodingOf } from './weigh.js';

export interface ImportOptions {
  readonly encoding?: string;
  readonly check?: boolean;
}

const FORMATS = ['prices'];
/** The market of the bundled securities. */
const MARKET = 'XSHG';

export async function importCommand(
  format: string,
  file: string,
  options: ImportOptions,
  context: Context,
): Promise<void> {
  if (!FORMATS.includes(format)) {
    const near = nearest(format, FORMATS);
    throw argumentError(
      'FORMAT',
      format,
      `one of ${FORMATS.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`,
    );
  }
  const encoding = encodingOf(options.encoding);
  const progress = startProgress(file, 3);
  try {
    const { securities, calendar } = await loadListings(context.bundleFolder, MARKET);
    progress.update(1);
    const known = new Set(securities.map((security) => security.id));
    const rows = refuseIssues(file, await readPriceCsv(file, { known, calendar, encoding }));
    progress.update(2);
    const held = options.check === true ? undefined : await addImportedCloses(context.dataFolder, rows);
    progress.update(3);
    const days = rows.map((row) => row.day).toSorted((a, b) => a - b);
    const summary = {
      format,
      file,
      rows: rows.length,
      securities: new Set(rows.map((row) => row.id)).size,
      from: formatDay(days[0]),
      to: formatDay(days[days.length - 1]),
      written: held === undefined ? null : { folder: context.dataFolder, rows: held },
      findings: [],
    };
    const where =
      held === undefined ? 'checked, nothing written' : `${held} closes now in ${context.dataFolder}`;
    await emit(
      {
        json: summary,
        sheets: [
          { name: 'import', rows: [{ format, file, rows: rows.length, from: summary.from, to: summary.to }] },
        ],
        lines: [
          `${file}: ${rows.length} closes of ${summary.securities} securities, ${summary.from} to ${summary.to}; ${where}`,
        ],
        findings: [],
      },
      context,
    );
  } finally {
    progress.stop();
  }
}
