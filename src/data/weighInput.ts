/**
 * The table that `counterweight weigh` works on: what there is to be weighted.
 *
 *     id,marketCap,issuer,group,weightInForce
 *     688256,620000000000,Cambricon,chips,0.0543
 *
 * Only `id` and `marketCap` are required. `market_cap` and `MARKETCAP` are the same column.
 */
import { bad, nonNegativeNumber, optional, positiveQuantity, readCsv, required, text } from './csv.js';
import type { CsvResult, Encoding, ParseText } from './csv.js';

export interface WeighRow {
  readonly id: string;
  /** Capitalisation that counts for weighting (after free float), in any one currency; above 0. */
  readonly marketCap: number;
  /** Whose securities are capped together. */
  readonly issuer?: string;
  /** Sector or other group with a cap of its own. */
  readonly group?: string;
  /** Weight before this review, a fraction. */
  readonly weightInForce?: number;
}

/** A percentage given for a fraction is the mistake to catch here: 5.43 is refused, not taken for 543 %. */
const fraction: ParseText<number> = (written) => {
  const parsed = nonNegativeNumber(written);
  return parsed.ok && parsed.value > 1
    ? bad('not_a_fraction', 'a fraction from 0 to 1, 0.0543 for 5.43 %')
    : parsed;
};

const COLUMNS = {
  id: required(text),
  marketCap: required(positiveQuantity('not_positive', 'a market capitalisation above 0')),
  issuer: optional(text),
  group: optional(text),
  weightInForce: optional(fraction),
};

/**
 * Reads the input of `weigh`, rows in the order of the file; an id may occur once.
 *
 * @throws InputError `file_not_found`; OperationalError when the file cannot be read.
 */
export function readWeighInput(file: string, encoding?: Encoding): Promise<CsvResult<WeighRow>> {
  return readCsv(
    { file, ...(encoding && { encoding }) },
    {
      columns: COLUMNS,
      key: { columns: ['id'], of: ({ id }: WeighRow) => id },
      row: ({ id, marketCap, issuer, group, weightInForce }): WeighRow => ({
        id,
        marketCap,
        // Absent and not `undefined`: a row is printed and compared as it was given.
        ...(issuer !== undefined && { issuer }),
        ...(group !== undefined && { group }),
        ...(weightInForce !== undefined && { weightInForce }),
      }),
    },
  );
}
