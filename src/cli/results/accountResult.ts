/** A paper account as tables, JSON documents and sheets: what it holds, its orders, its ledger. */
import {
  accountFindings,
  accountOf,
  contentHash,
  ENGINE_VERSION,
  fen,
  formatDay,
  positionValue,
  totalFees,
  yuanOf,
  type Account,
  type AccountEvent,
  type Fen,
  type Finding,
  type IndexData,
  type Language,
  type TrackedOrder,
} from '../../core/index.js';
import type { ExportRow, Result } from '../output.js';
import { joinParts, renderTable, type Column } from '../table.js';
import { tradedMarket } from '../trading.js';
import { word, type WordKey } from '../words.js';
import { findingsJson, moneyJson, namingOf, type Naming } from './shared.js';

const CURRENCY = 'CNY';

/** Said once of every account: what the paper exchange assumes. */
const REPLAY: Finding = {
  code: 'closing_replay',
  subject: 'paper exchange',
  message:
    'orders trade in the closing auction of daily data: filled whole at the close when their limit reaches it, not at all at a locked limit; nothing of it moves the price',
};

const right = (title: string): Column => ({ title, align: 'right' });
const left = (title: string): Column => ({ title, align: 'left' });
const cny = (amount: Fen): string => yuanOf(amount).toFixed(2);
const json = (amount: Fen) => moneyJson(yuanOf(amount), CURRENCY);

const provenance = (events: readonly AccountEvent[]) => ({
  data: contentHash([JSON.stringify(events)]),
  rulebook: null,
  reading: {},
  engine: ENGINE_VERSION,
});

interface PositionRow {
  readonly id: string;
  readonly name: string;
  readonly shares: number;
  readonly cost: Fen;
  readonly value: Fen;
}

function positionsOf(account: Account, data: IndexData, naming: Naming): PositionRow[] {
  const traded = tradedMarket(data);
  return [...account.balances.holdings]
    .map(([id, { shares, cost }]) => ({
      id,
      name: naming.name(id),
      shares,
      cost,
      value: positionValue(traded, id, shares, account.day),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export function accountResult(
  name: string,
  events: readonly AccountEvent[],
  data: IndexData,
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  const account = accountOf(events);
  const { balances, day } = account;
  const positions = positionsOf(account, data, naming);
  const equity = fen(positions.reduce((sum, { value }) => sum + value, balances.cash as number));
  const findings = [REPLAY, ...accountFindings(account, tradedMarket(data))];
  const rows = positions.map(({ value, cost, ...rest }) => ({
    ...rest,
    cost: yuanOf(cost),
    value: yuanOf(value),
    unrealised: yuanOf(fen(value - cost)),
  }));
  return {
    json: {
      account: name,
      day: formatDay(day),
      cash: json(balances.cash),
      equity: json(equity),
      capital: json(balances.capital),
      realised: json(balances.gains),
      dividends: json(balances.dividends),
      fees: json(balances.fees),
      positions: positions.map(({ value, cost, ...rest }) => ({
        ...rest,
        cost: json(cost),
        value: json(value),
        unrealised: json(fen(value - cost)),
      })),
      orders: account.orders.map(orderJson),
      provenance: provenance(events),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'positions', rows }],
    lines: [
      ...joinParts([
        `${w('account')} ${name}`,
        `${w('asOf')} ${formatDay(day)}`,
        `${w('cash')} ${cny(balances.cash)}`,
        `${w('equity')} ${cny(equity)}`,
      ]),
      ...joinParts([
        `${w('realised')} ${cny(balances.gains)}`,
        `${w('dividends')} ${cny(balances.dividends)}`,
        `${w('fees')} ${cny(balances.fees)}`,
      ]),
      ...tableOf(
        [
          left(w('code')),
          left(w('name')),
          right(w('shares')),
          right(w('cost')),
          right(w('value')),
          right(w('unrealised')),
        ],
        positions.map((one) => [
          one.id,
          one.name,
          String(one.shares),
          cny(one.cost),
          cny(one.value),
          cny(fen(one.value - one.cost)),
        ]),
      ),
      ...orderLines(account.orders, naming, language),
    ],
    findings,
  };
}

const tableOf = (columns: readonly Column[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? [] : ['', ...renderTable(columns, rows)];

export function ordersResult(
  name: string,
  events: readonly AccountEvent[],
  data: IndexData,
  language: Language,
  shown?: readonly TrackedOrder[],
): Result {
  const account = accountOf(events);
  const orders = shown ?? account.orders;
  const findings = [REPLAY];
  return {
    json: {
      account: name,
      day: formatDay(account.day),
      orders: orders.map(orderJson),
      fills: orders.filter(({ fill }) => fill !== undefined).map(fillJson),
      provenance: provenance(events),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'orders', rows: orders.map(orderRow) }],
    lines: [
      ...joinParts([
        `${word('account', language)} ${name}`,
        `${word('asOf', language)} ${formatDay(account.day)}`,
      ]),
      ...orderLines(orders, namingOf(data, language), language),
    ],
    findings,
  };
}

function orderRow({ order, state, placed, changed, fill, reason }: TrackedOrder) {
  const { id, clientId, security, side, quantity, limit, validity } = order;
  return {
    id,
    clientId: clientId ?? null,
    security,
    side,
    quantity,
    limit: limit === undefined ? null : yuanOf(limit),
    validity,
    when: conditionText(order),
    state,
    reason: reason ?? null,
    placed: formatDay(placed),
    changed: formatDay(changed),
    price: fill === undefined ? null : yuanOf(fill.price),
  };
}

const orderJson = (tracked: TrackedOrder) => orderRow(tracked);

const fillJson = ({ order, changed, fill }: TrackedOrder) => {
  const { price, fees } = fill as NonNullable<typeof fill>;
  return {
    order: order.id,
    date: formatDay(changed),
    security: order.security,
    side: order.side,
    quantity: order.quantity,
    price: yuanOf(price),
    value: json(fen(price * order.quantity)),
    fees: {
      stamp: json(fees.stamp),
      transfer: json(fees.transfer),
      commission: json(fees.commission),
      total: json(totalFees(fees)),
    },
  };
};

function conditionText({ condition }: TrackedOrder['order']): string | null {
  if (condition === undefined) return null;
  const { security, direction, threshold } = condition;
  return `${security ?? 'star-50'}${direction === 'at-least' ? '>=' : '<='}${threshold}`;
}

function orderLines(orders: readonly TrackedOrder[], naming: Naming, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const columns = [
    right(w('order')),
    left(w('code')),
    left(w('name')),
    left(w('side')),
    right(w('shares')),
    right(w('limitPrice')),
    left(w('when')),
    left(w('state')),
    left(w('date')),
    right(w('price')),
  ];
  const rows = orders.map((tracked) => {
    const { order, state, changed, fill, reason } = tracked;
    return [
      String(order.id),
      order.security,
      naming.name(order.security),
      w(order.side),
      String(order.quantity),
      order.limit === undefined ? w('market') : cny(order.limit),
      conditionText(order) ?? '',
      w(state) + (reason === undefined ? '' : `: ${w(reason)}`),
      formatDay(changed),
      fill === undefined ? '' : cny(fill.price),
    ];
  });
  return tableOf(columns, rows);
}

/** Every line of the ledger, with the balance of cash after each entry. */
export function statementResult(
  name: string,
  events: readonly AccountEvent[],
  data: IndexData,
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const account = accountOf(events);
  let cash = 0;
  const entries = account.entries.flatMap(({ day, what, lines }, i) =>
    lines.map((line) => {
      if (line.account === 'cash') cash += line.amount;
      const { account: where, security, shares, amount } = line;
      return {
        entry: i + 1,
        date: formatDay(day),
        what,
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
      provenance: provenance(events),
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

export function accountListResult(
  accounts: readonly { readonly name: string; readonly events: readonly AccountEvent[] }[],
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const rows = accounts.map(({ name, events }) => {
    const { day, balances, orders } = accountOf(events);
    return {
      name,
      day: formatDay(day),
      cash: yuanOf(balances.cash),
      positions: balances.holdings.size,
      orders: orders.length,
    };
  });
  return {
    json: { accounts: rows, findings: [] },
    sheets: [{ name: 'accounts', rows }],
    lines:
      rows.length === 0
        ? [w('noAccounts')]
        : renderTable(
            [
              left(w('account')),
              left(w('asOf')),
              right(w('cash')),
              right(w('positions')),
              right(w('orders')),
            ],
            rows.map((row) => [
              row.name,
              row.day,
              row.cash.toFixed(2),
              String(row.positions),
              String(row.orders),
            ]),
          ),
    findings: [],
  };
}
