/**
 * What a fund holds today, as `counterweight schedule --holdings` reads it:
 *
 *     id,shares,sellable
 *     688256,412300,412300
 *
 * `id` and `shares` are required; `sellable` is what may be sold today, all of it when empty.
 */
import { securityId, type Holding } from '../core/index.js';
import {
  bad,
  nonNegativeNumber,
  optional,
  readCsv,
  required,
  text,
  type CsvResult,
  type Encoding,
  type ParseText,
} from './csv.js';

const whole: ParseText<number> = (written) => {
  const parsed = nonNegativeNumber(written);
  return parsed.ok && !Number.isInteger(parsed.value) ? bad('not_whole', 'whole shares') : parsed;
};

const COLUMNS = { id: required(text), shares: required(whole), sellable: optional(whole) };

/** Rows in the order of the file; a code may occur once. @throws InputError `file_not_found`; OperationalError */
export function readHoldings(file: string, encoding?: Encoding): Promise<CsvResult<Holding>> {
  return readCsv(
    { file, ...(encoding && { encoding }) },
    {
      columns: COLUMNS,
      key: { columns: ['id'], of: ({ id }: Holding) => id },
      row: ({ id, shares, sellable }): Holding => ({
        id: securityId(id.replace(/\.(SH|SZ)$/i, '')),
        shares,
        ...(sellable !== undefined && { sellable }),
      }),
    },
  );
}
