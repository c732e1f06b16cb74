/** Orders of a paper account as a table, a JSON document and a sheet; what account and statement share with it. */
import {
  clockMinute,
  ENGINE_VERSION,
  formatDay,
  remainingShares,
  replayFinding,
  type Account,
  type IndexData,
  type Language,
  type TrackedOrder,
} from '../../core/index.js';
import type { Result } from '../output.js';
import { joinParts, renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { clockText, cny, conditionText, fillsJson, meanPrice, orderJson, orderRow } from './orderWords.js';
import { findingsJson, namingOf, type Naming } from './shared.js';

export const right = (title: string): Column => ({ title, align: 'right' });
export const left = (title: string): Column => ({ title, align: 'left' });

export const accountProvenance = ({ hash }: Account) => ({
  data: hash,
  rulebook: null,
  reading: {},
  engine: ENGINE_VERSION,
});

export const tableOf = (columns: readonly Column[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? [] : ['', ...renderTable(columns, rows)];

/** The session that the clock of an account stands in, and where. */
export const clockJson = ({ running }: Account) =>
  running === undefined ? null : { date: formatDay(running.day), time: clockText(running.at) };

/** `2025-09-08 10:30`; `null` between sessions. */
export const clockRow = ({ running }: Account): string | null =>
  running === undefined ? null : `${formatDay(running.day)} ${clockMinute(running.at)}`;

export const asOf = (account: Account, language: Language): string =>
  `${word('asOf', language)} ${clockRow(account) ?? formatDay(account.day)}`;

/** @param shown orders by number; all of them unless told otherwise */
export function ordersResult(
  name: string,
  account: Account,
  data: IndexData,
  language: Language,
  shown?: readonly number[],
): Result {
  const orders = shown === undefined ? account.orders : shown.map((id) => account.orders[id - 1]);
  const findings = [replayFinding(account.fills)];
  return {
    json: {
      account: name,
      day: formatDay(account.day),
      clock: clockJson(account),
      orders: orders.map(orderJson),
      fills: orders.flatMap(fillsJson),
      provenance: accountProvenance(account),
      findings: findingsJson(findings),
    },
    sheets: [{ name: 'orders', rows: orders.map(orderRow) }],
    // Only where they are read: the server sends orders by the hundred and shows no tables.
    get lines() {
      return [
        ...joinParts([`${word('account', language)} ${name}`, asOf(account, language)]),
        ...orderLines(orders, namingOf(data, language), language),
      ];
    },
    findings,
  };
}

/** What an order asks of the session beside a limit. */
const sessionTerms = (
  { kind, during, peak }: TrackedOrder['order'],
  w: (key: WordKey) => string,
): string[] => [
  ...(kind === undefined ? [] : [w(kind)]),
  ...(during === undefined ? [] : [w(`during-${during}`)]),
  ...(peak === undefined ? [] : [`${w('showsPeak')} ${peak}`]),
];

export function orderLines(orders: readonly TrackedOrder[], naming: Naming, language: Language): string[] {
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
    const { order, state, changed, changedAt, reason, quantity } = tracked;
    const price = meanPrice(tracked);
    const open = remainingShares(tracked);
    return [
      String(order.id),
      order.security,
      naming.name(order.security),
      w(order.side),
      open > 0 && open < quantity ? `${quantity - open}/${quantity}` : String(quantity),
      order.limit === undefined ? w('market') : cny(order.limit),
      [conditionText(order.condition), ...sessionTerms(order, w)].filter((part) => part !== null).join(', '),
      w(state) + (reason === undefined ? '' : `: ${w(reason)}`),
      changedAt === undefined ? formatDay(changed) : `${formatDay(changed)} ${clockText(changedAt)}`,
      price === undefined ? '' : price.toFixed(2),
    ];
  });
  return tableOf(columns, rows);
}
