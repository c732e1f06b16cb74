/** The call auction against all prices tried one by one, and the nearest order against the check itself. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BOARDS, boardRulesOn } from '../../../src/core/exchange/boardRules.js';
import { callAuction } from '../../../src/core/exchange/callAuction.js';
import { fen } from '../../../src/core/exchange/fen.js';
import { checkOrder } from '../../../src/core/exchange/orderCheck.js';
import { parseDay, type Day } from '../../../src/core/index.js';

const anOrder = fc.record({
  price: fc.integer({ min: 95, max: 105 }).map(fen),
  quantity: fc.integer({ min: 1, max: 9 }),
});

test('no price trades more, everybody better is filled whole, and one side at the price is', () => {
  fc.assert(
    fc.property(fc.array(anOrder, { maxLength: 8 }), fc.array(anOrder, { maxLength: 8 }), (buys, sells) => {
      const total = (list: typeof buys, keep: (price: number) => boolean): number =>
        list.filter(({ price }) => keep(price)).reduce((sum, { quantity }) => sum + quantity, 0);
      const at = (p: number): number =>
        Math.min(
          total(buys, (b) => b >= p),
          total(sells, (s) => s <= p),
        );
      const best = Math.max(...Array.from({ length: 13 }, (_, i) => at(94 + i)));
      const result = callAuction(buys, sells, { exchange: 'SSE' });
      expect(result?.volume ?? 0).toBe(best);
      if (result === undefined) return;
      const { price, volume } = result;
      expect(at(price)).toBe(volume);
      expect(total(buys, (b) => b > price)).toBeLessThanOrEqual(volume);
      expect(total(sells, (s) => s < price)).toBeLessThanOrEqual(volume);
      expect([total(buys, (b) => b >= price), total(sells, (s) => s <= price)]).toContain(volume);
    }),
    { numRuns: 2000 },
  );
});

test('the nearest order passes; one that passes is its own nearest', () => {
  const day = parseDay('2026-08-03') as Day;
  const aContext = fc.record({
    rules: fc.constantFrom(...BOARDS).map((board) => boardRulesOn(board, day)),
    range: fc.constantFrom(undefined, { lowest: fen(8000), highest: fen(12000) }),
    suspended: fc.constant(false),
    held: fc.integer({ min: 0, max: 1500 }),
    boughtToday: fc.integer({ min: 0, max: 300 }),
    committed: fc.integer({ min: 0, max: 300 }),
  });
  const terms = fc.record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: fc.oneof(fc.integer({ min: 1, max: 1500 }), fc.integer({ min: 1, max: 1_100_000 })),
    limit: fc.option(fc.integer({ min: 1, max: 20_000 }).map(fen), { nil: undefined }),
  });
  fc.assert(
    fc.property(terms, aContext, (order, context) => {
      const { objections, nearest } = checkOrder(order, context);
      if (objections.length === 0) expect(nearest).toEqual(order);
      if (nearest !== undefined) expect(checkOrder(nearest, context).objections).toEqual([]);
    }),
    { numRuns: 5000 },
  );
});
