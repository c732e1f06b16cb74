/** `tca FILE --security ID`: what an order that was traded cost, in parts that sum, and against the usual benchmarks. */
import { runTca, securityId, USUAL_COMMISSION, type SecurityId, type TcaRequest } from '../../core/index.js';
import { loadIndexData } from '../../data/bundle.js';
import { refuseIssues, type Encoding } from '../../data/csv.js';
import { readFills, type FillRow } from '../../data/fillsCsv.js';
import { loadRulebook } from '../../data/rulebooks.js';
import {
  argumentError,
  countArgument,
  dayArgument,
  numberArgument,
  together,
  type Context,
} from '../context.js';
import { emit } from '../output.js';
import { tcaResult } from '../results/tcaResult.js';
import { importedCloses } from '../session.js';

export interface TcaOptions {
  readonly security: string;
  readonly shares?: string;
  readonly decided?: string;
  readonly decisionPrice?: string;
  readonly arrivalPrice?: string;
  readonly until?: string;
  readonly effective?: string;
  readonly commission?: string;
  readonly encoding?: string;
}

/** The index whose market is in the bundle. */
export const TCA_INDEX = 'star-50';
const HIGHEST_PRICE = 1e9;

export async function tcaCommand(file: string, options: TcaOptions, context: Context): Promise<void> {
  const { encoding, shares, commission } = options;
  if (encoding !== undefined && encoding !== 'utf-8' && encoding !== 'gb18030')
    throw argumentError('--encoding', encoding, 'utf-8 or gb18030');
  const day = (flag: string, text: string | undefined) =>
    text === undefined ? undefined : dayArgument(flag, text);
  const price = (flag: string, text: string | undefined) =>
    text === undefined ? undefined : numberArgument(flag, text, 0, HIGHEST_PRICE);
  const given = together({
    shares: () => (shares === undefined ? undefined : Math.abs(countArgument('--shares', shares))),
    decided: () => day('--decided', options.decided),
    decisionPrice: () => price('--decision-price', options.decisionPrice),
    arrivalPrice: () => price('--arrival-price', options.arrivalPrice),
    until: () => day('--until', options.until),
    effective: () => day('--effective', options.effective),
    commission: () =>
      commission === undefined
        ? undefined
        : { ...USUAL_COMMISSION, rate: numberArgument('--commission', commission, 0, 0.05) },
  });
  const rows = refuseIssues(file, await readFills(file, encoding as Encoding | undefined));
  const rulebook = await loadRulebook(TCA_INDEX, context.rulebookFolder);
  const data = await loadIndexData(context.bundleFolder, rulebook, importedCloses(context));
  const security = securityId(options.security.replace(/\.(SH|SZ)$/i, ''));
  if (!data.market.securities.some((one) => one.id === security)) {
    throw argumentError('--security', options.security, 'a code of the data set, such as 688256');
  }
  await emit(tcaResult(data, runTca(data, tcaRequest(security, rows, given)), context.language), context);
}

/** What may be left out, as `undefined`. */
type GivenOfTca = {
  readonly [Name in keyof Omit<TcaRequest, 'security' | 'side' | 'fills'>]?: TcaRequest[Name] | undefined;
};

export const tcaRequest = (
  security: SecurityId,
  rows: readonly FillRow[],
  given: GivenOfTca,
): TcaRequest => ({
  security,
  side: rows[0].side,
  fills: rows,
  // Absent and not `undefined`: that is how the core knows what was not given.
  ...(Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<TcaRequest>),
});
