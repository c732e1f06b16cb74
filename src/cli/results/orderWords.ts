/** Orders and their conditions as text, the way they are typed, and as parts of a JSON document. */
import {
  filledShares,
  formatDay,
  yuanOf,
  fen,
  totalFees,
  type Condition,
  type Fen,
  type TrackedOrder,
} from '../../core/index.js';
import { moneyJson } from './shared.js';

const CURRENCY = 'CNY';

export const cny = (amount: Fen): string => yuanOf(amount).toFixed(2);
export const cnyJson = (amount: Fen): { amount: number; currency: string } =>
  moneyJson(yuanOf(amount), CURRENCY);

const percentText = (fraction: number): string => `${Number((fraction * 100).toFixed(6))}%`;

/** As `--when` takes it. */
export function conditionText(condition: Condition | undefined): string | null {
  if (condition === undefined) return null;
  if (condition.kind === 'time') return `from ${formatDay(condition.from)}`;
  if (condition.kind === 'clock') return `from ${clockText(condition.from).slice(0, 5)}`;
  const sign = condition.direction === 'at-least' ? '>=' : '<=';
  switch (condition.kind) {
    case 'price':
      return `${condition.security}${sign}${condition.threshold}`;
    case 'index':
      return `star-50${sign}${condition.threshold}`;
    case 'trail':
      return condition.direction === 'at-most'
        ? `${condition.security}<=high-${percentText(condition.fraction)}`
        : `${condition.security}>=low+${percentText(condition.fraction)}`;
    case 'book':
      return `${condition.of}(${condition.security})${sign}${condition.threshold}`;
    case 'chance':
      return `${condition.of}(${condition.security})${sign}${percentText(condition.threshold)}`;
  }
}

function conditionJson(condition: Condition | undefined) {
  if (condition?.kind === 'time') return { ...condition, from: formatDay(condition.from) };
  if (condition?.kind === 'clock') return { ...condition, from: clockText(condition.from).slice(0, 5) };
  return condition ?? null;
}

/** `10:31:30` of milliseconds since midnight. */
export function clockText(clock: number): string {
  const seconds = Math.floor(clock / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** Mean price of what is filled; `undefined` before the first fill. */
export function meanPrice(tracked: TrackedOrder): number | undefined {
  const shares = filledShares(tracked);
  if (shares === 0) return undefined;
  const value = tracked.fills.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return value / shares / 100;
}

export const orderJson = (tracked: TrackedOrder) => ({
  ...orderRow(tracked),
  condition: conditionJson(tracked.order.condition),
});

/** Flat, for spreadsheets. */
export function orderRow(tracked: TrackedOrder) {
  const { order, state, quantity, placed, changed, changedAt, reason } = tracked;
  const { id, clientId, security, side, limit, validity, condition, group, role, kind, during, peak } = order;
  return {
    id,
    clientId: clientId ?? null,
    security,
    side,
    quantity,
    filled: filledShares(tracked),
    limit: limit === undefined ? null : yuanOf(limit),
    validity,
    when: conditionText(condition),
    group: group ?? null,
    role: role ?? null,
    kind: kind ?? null,
    during: during ?? null,
    peak: peak ?? null,
    state,
    reason: reason ?? null,
    placed: formatDay(placed),
    changed: formatDay(changed),
    changedAt: changedAt === undefined ? null : clockText(changedAt),
    price: meanPrice(tracked) ?? null,
  };
}

export const fillsJson = ({ order, fills }: TrackedOrder) =>
  fills.map(({ day, at, quantity, price, fees }) => ({
    order: order.id,
    date: formatDay(day),
    time: at === undefined ? null : clockText(at),
    security: order.security,
    side: order.side,
    quantity,
    price: yuanOf(price),
    value: cnyJson(fen(price * quantity)),
    fees: {
      stamp: cnyJson(fees.stamp),
      transfer: cnyJson(fees.transfer),
      commission: cnyJson(fees.commission),
      total: cnyJson(totalFees(fees)),
    },
  }));
