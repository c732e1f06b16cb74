/** A paper account as tables, JSON documents and sheets: what it holds and its orders. */
import {
  accountFindings,
  clockFindings,
  fen,
  formatDay,
  panelRange,
  positionPrices,
  stopsAhead,
  replayFinding,
  sessionsBetween,
  yuanOf,
  type Account,
  type AccountHistory,
  type Day,
  type Fen,
  type Finding,
  type IndexData,
  type Language,
  type PositionPrice,
  type SecurityId,
  type TradedMarket,
} from '../../core/index.js';
import type { Result } from '../output.js';
import { joinParts, renderTable } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import {
  accountProvenance,
  asOf,
  clockJson,
  clockRow,
  left,
  orderLines,
  right,
  tableOf,
} from './ordersResult.js';
import { clockText, cny, cnyJson, orderJson } from './orderWords.js';
import { findingsJson, namingOf, type Naming } from './shared.js';

interface PositionRow {
  readonly id: string;
  readonly name: string;
  readonly shares: number;
  readonly cost: Fen;
  readonly value: Fen;
}

export function positionsOf(
  { balances }: Account,
  prices: ReadonlyMap<SecurityId, PositionPrice>,
  naming: Naming,
): PositionRow[] {
  return [...balances.holdings]
    .map(([id, { shares, cost }]) => ({
      id,
      name: naming.name(id),
      shares,
      cost,
      value: fen((prices.get(id)?.price ?? 0) * shares),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * @param traded with the way of prices in the session that the account's clock stands in
 * @param more findings of what was done just now
 */
export function accountResult(
  name: string,
  history: AccountHistory,
  traded: TradedMarket,
  data: IndexData,
  language: Language,
  more: readonly Finding[] = [],
): Result {
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  const { account } = history;
  const { balances, day } = account;
  const prices = positionPrices(history, traded);
  const positions = positionsOf(account, prices, naming);
  const equity = fen(positions.reduce((sum, { value }) => sum + value, balances.cash as number));
  const findings = [
    replayFinding(account.fills),
    ...clockFindings(history, prices),
    ...accountFindings(account, traded),
    ...more,
  ];
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
      clock: clockJson(account),
      nextSessions: sessionsAhead(data, day),
      stops: stopsJson(account, data),
      cash: cnyJson(balances.cash),
      equity: cnyJson(equity),
      capital: cnyJson(balances.capital),
      fillsAt: account.fills,
      flows: account.flows ?? null,
      realised: cnyJson(balances.gains),
      dividends: cnyJson(balances.dividends),
      fees: cnyJson(balances.fees),
      feesByKind: {
        stamp: cnyJson(balances.feesByKind.stamp),
        transfer: cnyJson(balances.feesByKind.transfer),
        commission: cnyJson(balances.feesByKind.commission),
      },
      unrealised: cnyJson(fen(positions.reduce((sum, { value, cost }) => sum + value - cost, 0))),
      positions: positions.map(({ value, cost, ...rest }) => ({
        ...rest,
        cost: cnyJson(cost),
        value: cnyJson(value),
        unrealised: cnyJson(fen(value - cost)),
      })),
      orders: account.orders.map(orderJson),
      provenance: accountProvenance(account),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'positions', rows }],
    lines: [
      ...joinParts([
        `${w('account')} ${name}`,
        asOf(account, language),
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

/** Where the clock can be told to stop next. */
const stopsJson = (account: Account, { market }: IndexData) =>
  stopsAhead(account, market.calendar, panelRange(market.prices).last).map(({ stop, day, at }) => ({
    stop,
    date: formatDay(day),
    time: at === undefined ? null : clockText(at),
  }));

const SESSIONS_AHEAD = 20;

/** Those to come whose closes the data hold, the first few of them. */
function sessionsAhead({ market }: IndexData, day: Day): string[] {
  const { last } = panelRange(market.prices);
  if (day >= last) return [];
  return sessionsBetween(market.calendar, (day + 1) as Day, last)
    .slice(0, SESSIONS_AHEAD)
    .map(formatDay);
}

export function accountListResult(
  accounts: readonly { readonly name: string; readonly account: Account }[],
  language: Language,
): Result {
  const w = (key: WordKey): string => word(key, language);
  const rows = accounts.map(({ name, account }) => {
    const { day, balances, orders } = account;
    return {
      name,
      day: formatDay(day),
      clock: clockRow(account),
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
              row.clock ?? row.day,
              row.cash.toFixed(2),
              String(row.positions),
              String(row.orders),
            ]),
          ),
    findings: [],
  };
}
