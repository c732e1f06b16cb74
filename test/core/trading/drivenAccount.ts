/** An account that commands drive beside a notebook: what happens to it, what is changed of its orders, and what holds at the end. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { fen } from '../../../src/core/exchange/fen.js';
import {
  accountOf,
  type Account,
  type AccountEvent,
  type AccountFold,
  type TradedMarket,
} from '../../../src/core/index.js';
import type { Replacement } from '../../../src/core/trading/placeOrder.js';
import type { Change, Notebook } from './notebook.js';

export interface DrivenAccount {
  readonly traded: TradedMarket;
  readonly events: AccountEvent[];
  readonly fold: AccountFold;
}

export function happen({ events, fold }: DrivenAccount, happened: readonly AccountEvent[]): void {
  for (const event of happened) {
    fold.add(event);
    events.push(event);
  }
}

/** What is left of each open order, and what it waits for. */
export function sameOpen({ notes }: Notebook, orders: Account['orders']): void {
  const open = orders.flatMap(({ order: { id }, state, quantity, fills }) =>
    ['filled', 'cancelled', 'expired'].includes(state)
      ? []
      : [`${id} ${state} ${quantity - fills.reduce((sum, fill) => sum + fill.quantity, 0)}`],
  );
  const noted = notes.flatMap(({ id, phase, left, filled }) => {
    if (phase === 'over') return [];
    const works = filled > 0 ? 'part-filled' : 'working';
    return [`${id} ${{ asleep: 'dormant', waits: 'waiting', works }[phase]} ${left}`];
  });
  expect(open).toEqual(noted);
}

/** Written down and read again from the first event on. */
export function readAgain({ events, fold }: DrivenAccount): void {
  const { balances, entries, hash } = fold.account();
  for (const { lines } of entries) expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
  const again = accountOf(JSON.parse(JSON.stringify(events)) as AccountEvent[]);
  expect([again.hash, again.balances]).toEqual([hash, balances]);
}

/** A change of one of the open orders, seldom of any number. */
export interface AnyChange extends Omit<Change, 'id'> {
  readonly which: number;
}

export const aChange = (price: fc.Arbitrary<number>, size: fc.Arbitrary<number>): fc.Arbitrary<AnyChange> =>
  fc.record({
    which: fc.nat({ max: 19 }),
    quantity: fc.option(
      fc.oneof({ weight: 5, arbitrary: size }, fc.constantFrom(1, 199, 200, 60_000, 120_000)),
      { nil: undefined, freq: 2 },
    ),
    limit: fc.oneof(
      { weight: 3, arbitrary: price },
      { weight: 2, arbitrary: fc.constant('same' as const) },
      fc.constantFrom(undefined, 1, 50_000),
    ),
  });

export function changeIn({ notes }: Notebook, { which, ...change }: AnyChange): Change {
  const open = notes.filter(({ phase }) => phase !== 'over');
  return { ...change, id: which % 5 === 0 || open.length === 0 ? which + 1 : open[which % open.length].id };
}

export const replacementOf = ({ quantity, limit }: Change): Replacement => ({
  quantity,
  limit: typeof limit === 'number' ? fen(limit) : limit,
  clientId: undefined,
});
