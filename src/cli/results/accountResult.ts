/** A paper account as tables, JSON documents and sheets: what it holds and its orders. */
import {
  accountFindings,
  fen,
  formatDay,
  panelRange,
  positionValue,
  replayFinding,
  sessionsBetween,
  yuanOf,
  type Account,
  type Day,
  type Fen,
  type Finding,
  type IndexData,
  type Language,
} from '../../core/index.js';
import type { Result } from '../output.js';
import { joinParts, renderTable } from '../table.js';
import { tradedMarket } from '../trading.js';
import { word, type WordKey } from '../words/words.js';
import { accountProvenance, left, orderLines, right, tableOf } from './ordersResult.js';
import { cny, cnyJson, orderJson } from './orderWords.js';
import { findingsJson, namingOf, type Naming } from './shared.js';

interface PositionRow {
  readonly id: string;
  readonly name: string;
  readonly shares: number;
  readonly cost: Fen;
  readonly value: Fen;
}

export function positionsOf(account: Account, data: IndexData, naming: Naming): PositionRow[] {
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

/** @param more findings of what was done just now */
export function accountResult(
  name: string,
  account: Account,
  data: IndexData,
  language: Language,
  more: readonly Finding[] = [],
): Result {
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  const { balances, day } = account;
  const positions = positionsOf(account, data, naming);
  const equity = fen(positions.reduce((sum, { value }) => sum + value, balances.cash as number));
  const findings = [replayFinding(account.fills), ...accountFindings(account, tradedMarket(data)), ...more];
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
      nextSessions: sessionsAhead(data, day),
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
  const rows = accounts.map(({ name, account: { day, balances, orders } }) => {
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
