/** The statement of a paper account: each day's worth, fills with their fees, positions, and every line of the ledger. */
import {
  accountFindings,
  clockFindings,
  dailyValues,
  fen,
  findingText,
  formatDay,
  positionPrices,
  replayFinding,
  yuanOf,
  type Account,
  type AccountHistory,
  type Fen,
  type IndexData,
  type Language,
  type TradedMarket,
} from '../../core/index.js';
import type { PdfTable } from '../../data/pdfTables.js';
import type { Result } from '../output.js';
import { joinParts, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { positionsOf } from './accountResult.js';
import { accountProvenance, asOf, clockJson, clockRow, left, right, tableOf } from './ordersResult.js';
import { cny, cnyJson, fillsJson } from './orderWords.js';
import { findingsJson, namingOf, type Naming } from './shared.js';

interface StatementResult extends Result {
  /** The same as a PDF file. */
  readonly pdf: () => Promise<Uint8Array>;
}

export function statementResult(
  name: string,
  history: AccountHistory,
  traded: TradedMarket,
  data: IndexData,
  language: Language,
): StatementResult {
  const w = (key: WordKey): string => word(key, language);
  const { account } = history;
  const naming = namingOf(data, language);
  const entries = entriesOf(account);
  const ledger = entries.map((row) => ({ ...row, amount: yuanOf(row.amount), cash: yuanOf(row.cash) }));
  const days = dailyValues(history.events, traded).map(({ day, ...money }) => ({
    date: formatDay(day),
    ...money,
  }));
  const prices = positionPrices(history, traded);
  const positions = positionsOf(account, prices, naming);
  const fills = account.orders.flatMap(fillsJson);
  const findings = [
    replayFinding(account.fills),
    ...clockFindings(history, prices),
    ...accountFindings(account, traded),
  ];
  const tables: readonly PdfTable[] = [
    { title: w('dayByDay'), ...dayTable(days, w) },
    { title: w('holdings'), ...positionTable(positions, w) },
    { title: w('fills'), ...fillTable(fills, naming, w) },
    { title: w('ledger'), ...ledgerTable(entries, w) },
  ];
  const { columns, rows } = ledgerTable(entries, w);
  return {
    json: {
      account: name,
      day: formatDay(account.day),
      clock: clockJson(account),
      days: days.map(({ date, ...money }) => ({ date, ...jsonAmounts(money) })),
      positions: positions.map(({ cost, value, ...rest }) => ({
        ...rest,
        cost: cnyJson(cost),
        value: cnyJson(value),
        unrealised: cnyJson(fen(value - cost)),
      })),
      fills,
      entries: ledger,
      provenance: accountProvenance(account),
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'ledger', rows: ledger },
      { name: 'days', rows: days.map(({ date, ...money }) => ({ date, ...amounts(money) })) },
      {
        name: 'positions',
        rows: positions.map(({ cost, value, ...rest }) => ({
          ...rest,
          ...amounts({ cost, value, unrealised: fen(value - cost) }),
        })),
      },
      {
        name: 'fills',
        rows: fills.map(({ fees, value, ...rest }) => ({
          ...rest,
          value: value.amount,
          stamp: fees.stamp.amount,
          transfer: fees.transfer.amount,
          commission: fees.commission.amount,
        })),
      },
    ],
    lines: [...joinParts([`${w('account')} ${name}`, asOf(account, language)]), ...tableOf(columns, rows)],
    findings,
    pdf: async () => {
      // Loaded only when asked for.
      const { pdfDocument } = await import('../../data/pdfTables.js');
      return pdfDocument({
        title: `${w('statement')}: ${name}, ${clockRow(account) ?? formatDay(account.day)}`,
        lines: [
          w('paperMoney'),
          ...findings.map((finding) => `${finding.code}: ${findingText(finding, language)}`),
        ],
        tables: tables.filter((table) => table.rows.length > 0),
        foot: `Counterweight ${account.hash}`,
      });
    },
  };
}

type Amounts<T> = Readonly<Record<keyof T, number>>;

const amounts = <T extends Readonly<Record<string, Fen>>>(money: T): Amounts<T> =>
  Object.fromEntries(Object.entries(money).map(([key, amount]) => [key, yuanOf(amount)])) as Amounts<T>;

const jsonAmounts = (money: Readonly<Record<string, Fen>>) =>
  Object.fromEntries(Object.entries(money).map(([key, amount]) => [key, cnyJson(amount)]));

/** One row per line, with the balance of cash after each entry. */
function entriesOf({ entries }: Account) {
  let cash = fen(0);
  return entries.flatMap(({ day, what, order, security, lines }, i) =>
    lines.map((line) => {
      if (line.account === 'cash') cash = fen(cash + line.amount);
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
}

type Say = (key: WordKey) => string;

interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

const ledgerTable = (entries: ReturnType<typeof entriesOf>, w: Say): Table => ({
  columns: [
    right(w('entry')),
    left(w('date')),
    left(w('what')),
    left(w('ledgerAccount')),
    left(w('code')),
    right(w('shares')),
    right(w('amount')),
    right(w('cash')),
  ],
  rows: entries.map((row) => [
    String(row.entry),
    row.date,
    w(row.what),
    w(row.account),
    row.security,
    row.shares === 0 ? '' : String(row.shares),
    cny(row.amount),
    cny(row.cash),
  ]),
});

const DAY_COLUMNS = ['cash', 'positions', 'equity', 'realised', 'unrealised', 'dividends', 'fees'] as const;

const dayTable = (
  days: readonly ({ readonly date: string } & Readonly<Record<(typeof DAY_COLUMNS)[number], Fen>>)[],
  w: Say,
): Table => ({
  columns: [left(w('date')), ...DAY_COLUMNS.map((key) => right(w(key === 'positions' ? 'holdings' : key)))],
  rows: days.map((day) => [day.date, ...DAY_COLUMNS.map((key) => cny(day[key]))]),
});

const positionTable = (positions: ReturnType<typeof positionsOf>, w: Say): Table => ({
  columns: [
    left(w('code')),
    left(w('name')),
    right(w('shares')),
    right(w('cost')),
    right(w('value')),
    right(w('unrealised')),
  ],
  rows: positions.map(({ id, name, shares, cost, value }) => [
    id,
    name,
    String(shares),
    cny(cost),
    cny(value),
    cny(fen(value - cost)),
  ]),
});

const fillTable = (fills: ReturnType<typeof fillsJson>, naming: Naming, w: Say): Table => ({
  columns: [
    right(w('order')),
    left(w('date')),
    left(w('timeOfDay')),
    left(w('code')),
    left(w('name')),
    left(w('side')),
    right(w('shares')),
    right(w('price')),
    right(w('value')),
    right(w('stamp')),
    right(w('transfer')),
    right(w('commission')),
  ],
  rows: fills.map(({ order, date, time, security, side, quantity, price, value, fees }) => [
    String(order),
    date,
    time ?? '',
    security,
    naming.name(security),
    w(side),
    String(quantity),
    ...[price, value.amount, fees.stamp.amount, fees.transfer.amount, fees.commission.amount].map((amount) =>
      amount.toFixed(2),
    ),
  ]),
});
