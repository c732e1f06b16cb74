/** The book of a security at a minute of a session, as lines, a JSON document and a sheet. */
import {
  formatDay,
  replayFinding,
  yuanOf,
  type Account,
  type AccountBook,
  type IndexData,
  type Language,
} from '../../core/index.js';
import type { Result } from '../output.js';
import { joinParts } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { accountProvenance, left, right, tableOf } from './ordersResult.js';
import { clockText } from './orderWords.js';
import { findingsJson, namingOf } from './shared.js';

const SHOWN = 5;

export function bookResult(
  name: string,
  account: Account,
  found: AccountBook,
  data: IndexData,
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  const { security, session, clock, clocks, book, last, volume } = found;
  const side = (levels: AccountBook['book']['buys']) =>
    levels.slice(0, SHOWN).map(([price, shares]) => ({ price: price / 100, shares }));
  const bids = side(book.buys);
  const asks = side(book.sells);
  const rows = [
    ...asks.map((level, i) => ({ side: 'ask' as const, level: i + 1, ...level })).toReversed(),
    ...bids.map((level, i) => ({ side: 'bid' as const, level: i + 1, ...level })),
  ];
  // Where orders trade is the account's; the book is of a session whoever looks at it.
  const findings = [replayFinding('session')];
  return {
    json: {
      account: name,
      security,
      date: formatDay(session),
      time: clockText(clock),
      times: clocks.map(clockText),
      last: last === undefined ? null : yuanOf(last),
      volume,
      bids,
      asks,
      provenance: accountProvenance(account),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'book', rows }],
    lines: [
      ...joinParts([
        `${w('bookAt')} ${naming.code(security)} ${naming.name(security)} ${formatDay(session)} ${clockText(clock)}`,
        ...(last === undefined ? [] : [`${w('lastPrice')} ${yuanOf(last).toFixed(2)}`]),
        `${w('tradedShares')} ${volume}`,
      ]),
      ...tableOf(
        [left(''), right(w('price')), right(w('shares'))],
        rows.map((row) => [`${w(row.side)} ${row.level}`, row.price.toFixed(2), String(row.shares)]),
      ),
    ],
    findings,
  };
}
