/** Made-up days of six minutes and orders of every kind in them, for what is tried at random. */
import fc from 'fast-check';
import { fen } from '../../../src/core/exchange/fen.js';
import {
  clockTime,
  DAY_PARTS,
  MARKET_KINDS,
  type Condition,
  type OrderRequest,
  type QuotedPath,
} from '../../../src/core/index.js';
import { IDS } from './madeUp.js';
import type { SessionWish } from './sessionNotebook.js';

export const CLOCKS = [
  clockTime(9, 25),
  clockTime(9, 40),
  clockTime(11, 0),
  clockTime(13, 20),
  clockTime(14, 50),
  clockTime(15, 0),
];

export const aShape = fc.record({
  /** Of the close before, percent; beyond the limits it is at the limit. */
  moves: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: -6, max: 6, noNaN: true }) },
      fc.constantFrom(25, -25, 0),
    ),
    { minLength: 6, maxLength: 6 },
  ),
  volumes: fc.array(fc.integer({ min: 0, max: 6000 }), { minLength: 6, maxLength: 6 }),
  bids: fc.array(fc.integer({ min: 200, max: 3000 }), { minLength: 6, maxLength: 6 }),
  /** Of the closing auction's volume, percent. */
  flow: fc.oneof(fc.constant(0), fc.integer({ min: -100, max: 100 })),
  asks: fc.array(fc.integer({ min: 200, max: 3000 }), { minLength: 6, maxLength: 6 }),
});
type Shape = typeof aShape extends fc.Arbitrary<infer T> ? T : never;

/** A series of days, each from the close of the one before; the first is only a close. */
export function seriesOf(shapes: readonly Shape[]): {
  readonly closes: number[];
  readonly paths: QuotedPath[];
} {
  const closes = [10_000];
  const paths: QuotedPath[] = [pathOf([10_000, 10_000, 10_000, 10_000, 10_000, 10_000], shapes[0])];
  for (const shape of shapes) {
    const before = closes[closes.length - 1];
    const limit = (percent: number): number => Math.floor((before * (100 + percent) + 50) / 100);
    const prices = shape.moves.map((move) =>
      Math.min(limit(20), Math.max(limit(-20), Math.round(before * (1 + move / 100)))),
    );
    paths.push(pathOf(prices, shape));
    closes.push(prices[5]);
  }
  return { closes, paths };
}

const pathOf = (prices: readonly number[], { volumes, bids, asks, flow }: Shape): QuotedPath => ({
  clocks: Int32Array.from(CLOCKS),
  prices: Int32Array.from(prices),
  volumes: Int32Array.from(volumes),
  bids: Int32Array.from(bids),
  asks: Int32Array.from(asks),
  closingFlow: Math.round((volumes[5] * flow) / 100),
});

const aRow = fc.nat({ max: 1 });
export const aPrice = fc.integer({ min: 9000, max: 11_000 });
export const aSize = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 200, max: 4000 }) },
  fc.integer({ min: 1, max: 12_000 }),
);
const aGain = fc.integer({ min: 10_000, max: 11_500 });
const aLoss = fc.integer({ min: 8500, max: 10_000 });
const seldom = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });

export const aWish: fc.Arbitrary<SessionWish> = fc
  .record({
    row: aRow,
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: aSize,
    limit: fc.option(aPrice, { nil: undefined }),
    open: fc.boolean(),
    when: seldom(fc.record({ row: aRow, up: fc.boolean(), at: aPrice })),
    exit: seldom(
      fc.oneof(
        { weight: 4, arbitrary: fc.record({ gain: aGain, loss: aLoss }) },
        fc.record({ gain: aPrice, loss: aPrice }),
      ),
    ),
    kind: seldom(fc.constantFrom(...MARKET_KINDS, ...MARKET_KINDS.slice(0, 4))),
    during: seldom(fc.constantFrom(...DAY_PARTS)),
    peak: seldom(fc.integer({ min: 150, max: 1500 })),
    wait: seldom(
      fc.oneof(
        fc.constantFrom(...CLOCKS).map((clock) => ({ clock })),
        fc.record({
          of: fc.constantFrom('bid' as const, 'ask' as const),
          up: fc.boolean(),
          at: fc.integer({ min: 200, max: 3500 }),
        }),
      ),
    ),
  })
  .map(({ kind, during, peak, ...wish }) => {
    // The ways out are the sale: it has no limit, waits for nothing else and is like any other order.
    if (wish.side === 'sell' && wish.exit !== undefined)
      return { ...wish, limit: undefined, when: undefined, wait: undefined, open: true, how: {} };
    // Mostly one of them: together they are refused.
    const how = {
      ...(kind !== undefined && { kind }),
      ...(during !== undefined && kind === undefined && { during }),
      ...(peak !== undefined && (wish.limit !== undefined || peak < 300) && { peak }),
    };
    return { ...wish, when: wish.wait === undefined ? wish.when : undefined, how };
  });

export function requestOf({
  row,
  side,
  quantity,
  limit,
  open,
  when,
  exit,
  how,
  wait,
}: SessionWish): OrderRequest {
  return {
    security: IDS[row],
    side,
    quantity,
    limit: limit === undefined ? undefined : fen(limit),
    validity: open ? 'open' : 'day',
    clientId: undefined,
    condition: wait === undefined ? when && priceCondition(when) : waitCondition(wait, row),
    exit: exit && { takeProfit: fen(exit.gain), stop: { at: fen(exit.loss) } },
    ...how,
  };
}

const priceCondition = ({ row, up, at }: NonNullable<SessionWish['when']>): Condition => ({
  kind: 'price',
  security: IDS[row],
  direction: up ? 'at-least' : 'at-most',
  threshold: at / 100,
});

const waitCondition = (wait: NonNullable<SessionWish['wait']>, row: number): Condition =>
  'clock' in wait
    ? { kind: 'clock', from: wait.clock }
    : {
        kind: 'book',
        of: wait.of,
        security: IDS[row],
        direction: wait.up ? 'at-least' : 'at-most',
        threshold: wait.at,
      };
