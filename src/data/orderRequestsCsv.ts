/**
 * Requests that are sent to a FIX acceptor, as `counterweight fix send` reads them:
 *
 *     id,action,order,security,side,shares,limit,stop,validity
 *     a1,,,688256,buy,200,1300.00,,
 *     a2,replace,a1,,,400,1290.00,,
 *     a3,cancel,a2,,,,,,
 *
 * `id` is the sender's own name of each request and is used once. Without `action` a row is a new order; a replacement
 * and a cancellation name the `order` they are about.
 */
import { fenOf, isWholeFen, securityId, type Fen, type Issue, type Side } from '../core/index.js';
import {
  bad,
  good,
  optional,
  positiveNumber,
  readCsv,
  required,
  type CsvResult,
  type ParseText,
} from './csv.js';

export type RequestRow =
  | {
      readonly action: 'place';
      readonly id: string;
      readonly security: ReturnType<typeof securityId>;
      readonly side: Side;
      readonly quantity: number;
      readonly limit: Fen | undefined;
      readonly stop: Fen | undefined;
      readonly validity: 'day' | 'open';
    }
  | {
      readonly action: 'replace';
      readonly id: string;
      readonly order: string;
      readonly quantity: number;
      readonly limit: Fen | undefined;
    }
  | { readonly action: 'cancel'; readonly id: string; readonly order: string };

const oneOf =
  <const Value extends string>(code: string, values: readonly Value[]): ParseText<Value> =>
  (written) => {
    const found = values.find((value) => value === written.toLowerCase());
    return found === undefined ? bad(code, values.join(', ')) : good(found);
  };

const name: ParseText<string> = (written) =>
  /^[\x21-\x7e]{1,64}$/.test(written)
    ? good(written)
    : bad('not_a_name', '1 to 64 letters, digits and signs without blanks');

const code: ParseText<string> = (written) =>
  /^\d{6}$/.test(written) ? good(written) : bad('not_a_code', 'six digits, such as 688256');

const shares: ParseText<number> = (written) => {
  const parsed = positiveNumber('not_positive', 'shares above 0')(written);
  return parsed.ok && !Number.isInteger(parsed.value) ? bad('not_whole', 'whole shares') : parsed;
};

const HIGHEST_PRICE = 999_999.99;

const price: ParseText<Fen> = (written) => {
  const parsed = positiveNumber('not_positive', 'a price above 0')(written);
  if (!parsed.ok) return parsed;
  return parsed.value <= HIGHEST_PRICE && isWholeFen(parsed.value)
    ? good(fenOf(parsed.value))
    : bad('not_a_price', `a price up to ${HIGHEST_PRICE} in whole hundredths`);
};

const COLUMNS = {
  id: required(name),
  action: optional(oneOf('not_an_action', ['place', 'replace', 'cancel'])),
  order: optional(name),
  security: optional(code),
  side: optional(oneOf('not_a_side', ['buy', 'sell'])),
  shares: optional(shares),
  limit: optional(price),
  stop: optional(price),
  validity: optional(oneOf('not_a_validity', ['day', 'open'])),
};

interface Fields {
  readonly id: string;
  readonly action: 'place' | 'replace' | 'cancel' | undefined;
  readonly order: string | undefined;
  readonly security: string | undefined;
  readonly side: Side | undefined;
  readonly shares: number | undefined;
  readonly limit: Fen | undefined;
  readonly stop: Fen | undefined;
  readonly validity: 'day' | 'open' | undefined;
}

/** Rows in the order of the file. @throws InputError `file_not_found`; OperationalError when the file cannot be read */
export async function readRequests(file: string): Promise<CsvResult<RequestRow>> {
  const { rows, issues } = await readCsv({ file }, { columns: COLUMNS, row: (fields): Fields => fields });
  const missing = rows.flatMap((row) => missingIssues(file, row));
  const all = [...issues, ...missing, ...repeatedIssues(file, rows)];
  return { rows: all.length > 0 ? [] : rows.map(requestOf), issues: all };
}

const NEEDED = {
  place: ['security', 'side', 'shares'],
  replace: ['order', 'shares'],
  cancel: ['order'],
} as const;

function missingIssues(file: string, row: Fields): Issue[] {
  const action = row.action ?? 'place';
  return NEEDED[action]
    .filter((column) => row[column] === undefined)
    .map((path) => ({
      code: 'missing_value',
      path,
      file,
      value: row.id,
      expected: `a value: ${action} needs it`,
    }));
}

function repeatedIssues(file: string, rows: readonly Fields[]): Issue[] {
  const seen = new Set<string>();
  return rows.flatMap(({ id }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      { code: 'id_twice', path: 'id', file, value: id, expected: 'a name of its own for each request' },
    ];
  });
}

/** Of a row in which nothing is missing. */
function requestOf(row: Fields): RequestRow {
  const { id, action = 'place', limit, stop, validity = 'day' } = row;
  const [order, quantity] = [row.order as string, row.shares as number];
  if (action === 'cancel') return { action, id, order };
  if (action === 'replace') return { action, id, order, quantity, limit };
  const security = securityId(row.security as string);
  return { action, id, security, side: row.side as Side, quantity, limit, stop, validity };
}
