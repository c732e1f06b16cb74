/**
 * Price files: one close per security and session.
 *
 *     date,code,close,amount_cny
 *     2025-09-15,688256.SH,1500.00,12345678900
 *
 * `close` in the currency of the listing, `amount_cny` the day's turnover value in CNY.
 */
import type { Day, SecurityId } from '../core/base/brand.js';
import { securityId } from '../core/base/brand.js';
import { Refusal } from '../core/base/errors.js';
import { formatDay } from '../core/calendar/day.js';
import { isSession, type SessionCalendar } from '../core/calendar/sessions.js';
import {
  bad,
  good,
  isoDay,
  nonNegativeNumber,
  optional,
  positiveQuantity,
  readCsv,
  required,
  type CsvResult,
  type Encoding,
  type ParseText,
} from './csv.js';
import { MAX_LISTED_ISSUES } from './csvIssues.js';
import { nearest } from './nearest.js';

interface PriceRow {
  readonly id: SecurityId;
  readonly day: Day;
  /** Above 0. */
  readonly close: number;
  /** Turnover value of the day in CNY, 0 or more; `undefined` where the file has none. */
  readonly value: number | undefined;
}

interface PriceCsvOptions {
  readonly known: ReadonlySet<SecurityId>;
  readonly calendar: SessionCalendar;
  readonly encoding?: Encoding;
}

/**
 * Reads a price file. Codes may carry their exchange, `688256.SH`; it has to be the right one, because
 * 000001.SZ is a bank and 000001.SH an index.
 *
 * @returns rows in the order of the file, and the issues: besides those of every CSV file `unknown_code`,
 *   `not_a_date`, `not_a_session`, `outside_calendar` and `negative_price` (zero included).
 * @throws InputError `file_not_found`; OperationalError when the file cannot be read.
 */
export function readPriceCsv(
  file: string,
  { known, calendar, encoding }: PriceCsvOptions,
): Promise<CsvResult<PriceRow>> {
  const columns = {
    date: required(sessionDay(calendar)),
    code: required(knownCode(known)),
    close: required(positiveQuantity('negative_price', 'a price above 0')),
    amount_cny: optional(nonNegativeNumber),
  };
  return readCsv(
    { file, ...(encoding && { encoding }) },
    {
      columns,
      key: { columns: ['code', 'date'], of: ({ id, day }: PriceRow) => `${id} ${day}` },
      row: ({ date, code, close, amount_cny }): PriceRow => ({
        id: code,
        day: date,
        close,
        value: amount_cny,
      }),
    },
  );
}

const sessionDay =
  (calendar: SessionCalendar): ParseText<Day> =>
  (text) => {
    const parsed = isoDay(text);
    if (!parsed.ok) return parsed;
    try {
      if (isSession(calendar, parsed.value)) return parsed;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { first, last } = error.numbers;
      return bad(
        error.code,
        `a session of ${calendar.market} from ${first} to ${last}, the range of the calendar`,
      );
    }
    return bad(
      'not_a_session',
      `a day on which ${calendar.market} trades; ${formatDay(parsed.value)} is none`,
    );
  };

function knownCode(known: ReadonlySet<SecurityId>): ParseText<SecurityId> {
  const hints = new Map<string, string>();
  return (text) => {
    const code = securityId(text.toUpperCase());
    if (known.has(code)) return good(code);
    const bare = securityId(withoutExchange(code));
    if (known.has(bare)) return good(bare);
    // A hint looks through all known codes. A file of other securities would ask for one on every line, and
    // no more issues than these are ever shown.
    if (!hints.has(bare) && hints.size < MAX_LISTED_ISSUES) hints.set(bare, hint(bare, known));
    return bad('unknown_code', `a security of the snapshot${hints.get(bare) ?? ''}`);
  };
}

/** `688256.SH` to `688256`; unchanged when the exchange is not the one that gives out such codes. */
function withoutExchange(code: string): string {
  return /^([569]\d{5})\.SH$|^([0123]\d{5})\.SZ$|^([489]\d{5})\.BJ$/.test(code) ? code.slice(0, 6) : code;
}

function hint(code: string, known: ReadonlySet<SecurityId>): string {
  const padded = securityId(code.padStart(6, '0'));
  if (known.has(padded)) return `; a spreadsheet may have dropped the zeros of ${padded}`;
  const other = securityId(code.replace(/\.(SH|SZ|BJ)$/, ''));
  if (known.has(other)) return `; ${other} is known, but not on that exchange`;
  const close = nearest(code, known);
  return close === undefined ? '' : `; the nearest is ${close}`;
}
