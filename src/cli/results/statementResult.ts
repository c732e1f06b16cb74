/** The ledger of a paper account, every line of it, as a table, a JSON document and a sheet. */
import {
  accountFindings,
  fen,
  formatDay,
  yuanOf,
  type Account,
  type IndexData,
  type Language,
} from '../../core/index.js';
import type { ExportRow, Result } from '../output.js';
import { joinParts } from '../table.js';
import { tradedMarket } from '../trading.js';
import { word, type WordKey } from '../words.js';
import { accountProvenance, left, REPLAY, right, tableOf } from './ordersResult.js';
import { cny } from './orderWords.js';
import { findingsJson } from './shared.js';

/** Every line of the ledger, with the balance of cash after each entry. */
export function statementResult(name: string, account: Account, data: IndexData, language: Language): Result {
  const w = (key: WordKey): string => word(key, language);
  let cash = 0;
  const entries = account.entries.flatMap(({ day, what, order, security, lines }, i) =>
    lines.map((line) => {
      if (line.account === 'cash') cash += line.amount;
      const { account: where, shares, amount } = line;
      return {
        entry: i + 1,
        date: formatDay(day),
        what,
        order: order ?? null,
        account: where,
        security: security ?? '',
        shares,
        amount,
        cash,
      };
    }),
  );
  const rows: ExportRow[] = entries.map((row) => ({
    ...row,
    amount: yuanOf(row.amount),
    cash: yuanOf(fen(row.cash)),
  }));
  const findings = [REPLAY, ...accountFindings(account, tradedMarket(data))];
  return {
    json: {
      account: name,
      day: formatDay(account.day),
      entries: rows,
      provenance: accountProvenance(account),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'ledger', rows }],
    lines: [
      ...joinParts([`${w('account')} ${name}`, `${w('asOf')} ${formatDay(account.day)}`]),
      ...tableOf(
        [
          right(w('entry')),
          left(w('date')),
          left(w('what')),
          left(w('ledgerAccount')),
          left(w('code')),
          right(w('shares')),
          right(w('amount')),
          right(w('cash')),
        ],
        entries.map((row) => [
          String(row.entry),
          row.date,
          w(row.what as WordKey),
          w(row.account),
          row.security,
          row.shares === 0 ? '' : String(row.shares),
          cny(row.amount),
          cny(fen(row.cash)),
        ]),
      ),
    ],
    findings,
  };
}
