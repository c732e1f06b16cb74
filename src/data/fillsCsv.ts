/**
 * Fills of an order that was traded, as `counterweight tca` reads them:
 *
 *     date,side,shares,price,reference,vwap,fees
 *     2025-09-10,sell,20000,1481.20,1482.00,1479.55,
 *
 * `date`, `side`, `shares` and `price` are required. All fills are of one security and on one side; shares carry no sign.
 */
import type { Issue, TcaFill } from '../core/index.js';
import {
  bad,
  good,
  isoDay,
  nonNegativeNumber,
  optional,
  positiveNumber,
  readCsv,
  required,
  type CsvResult,
  type Encoding,
  type ParseText,
} from './csv.js';

export interface FillRow extends TcaFill {
  readonly side: 'buy' | 'sell';
}

const SIDES: Readonly<Record<string, FillRow['side']>> = {
  buy: 'buy',
  b: 'buy',
  买入: 'buy',
  买: 'buy',
  sell: 'sell',
  s: 'sell',
  卖出: 'sell',
  卖: 'sell',
};

const side: ParseText<FillRow['side']> = (written) => {
  const found = SIDES[written.toLowerCase()];
  return found === undefined ? bad('not_a_side', 'buy or sell (买入, 卖出)') : good(found);
};

const wholeShares: ParseText<number> = (written) => {
  const parsed = positiveNumber(
    'not_positive',
    'shares above 0; the side says whether they were sold',
  )(written);
  return parsed.ok && !Number.isInteger(parsed.value) ? bad('not_whole', 'whole shares') : parsed;
};

const price = positiveNumber('not_positive', 'a price above 0');

const COLUMNS = {
  date: required(isoDay),
  side: required(side),
  shares: required(wholeShares),
  price: required(price),
  reference: optional(price),
  vwap: optional(price),
  fees: optional(nonNegativeNumber),
};

/** Rows in the order of the file. @throws InputError `file_not_found`; OperationalError when the file cannot be read */
export async function readFills(file: string, encoding?: Encoding): Promise<CsvResult<FillRow>> {
  const { rows, issues } = await readCsv(
    { file, ...(encoding && { encoding }) },
    {
      columns: COLUMNS,
      row: ({ date, ...fields }): FillRow => ({
        day: date,
        side: fields.side,
        shares: fields.shares,
        price: fields.price,
        // Absent and not `undefined`: that is how the core knows what was not given.
        ...(fields.reference !== undefined && { reference: fields.reference }),
        ...(fields.vwap !== undefined && { vwap: fields.vwap }),
        ...(fields.fees !== undefined && { fees: fields.fees }),
      }),
    },
  );
  return { rows, issues: [...issues, ...sideIssues(file, rows)] };
}

function sideIssues(file: string, rows: readonly FillRow[]): Issue[] {
  const first = rows[0]?.side;
  const others = rows.filter((row) => row.side !== first).length;
  return others === 0
    ? []
    : [
        {
          code: 'both_sides',
          path: 'side',
          file,
          value: `${others} of ${rows.length} on the other side`,
          expected: `one side, as in the first row (${first}); cost purchases and sales by themselves`,
        },
      ];
}
