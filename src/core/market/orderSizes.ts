/**
 * How large an order may be on each board, shares:
 *
 *   board     least       step   largest limit order   largest market order
 *   STAR      200         1      100,000               50,000
 *   ChiNext   100         100    300,000               150,000
 *   main      100         100    1,000,000             1,000,000
 *   Beijing   100         1      1,000,000             1,000,000
 *
 * STAR as the exchange publishes it; of the others the largest orders, and those of Beijing, are from memory. A holding below the
 * least order is sold in one order, and what is odd in a holding goes with the sale of the rest.
 */

export interface OrderSizes {
  readonly least: number;
  readonly step: number;
  readonly limitOrder: number;
  readonly marketOrder: number;
}

const SIZES: Readonly<Record<string, OrderSizes>> = {
  STAR: { least: 200, step: 1, limitOrder: 100_000, marketOrder: 50_000 },
  ChiNext: { least: 100, step: 100, limitOrder: 300_000, marketOrder: 150_000 },
  BSE: { least: 100, step: 1, limitOrder: 1_000_000, marketOrder: 1_000_000 },
};
const MAIN_BOARD: OrderSizes = { least: 100, step: 100, limitOrder: 1_000_000, marketOrder: 1_000_000 };

export const orderSizes = (board: string): OrderSizes => SIZES[board] ?? MAIN_BOARD;

/**
 * The fewest orders that trade a number of shares, as equal as steps allow, the larger ones first.
 * @param shares whole, above 0; what a step does not divide is in the first order
 * @param largest of the kind of order
 */
export function splitIntoOrders(shares: number, { step }: OrderSizes, largest: number): number[] {
  const count = Math.ceil(shares / largest);
  const steps = Math.floor(shares / step);
  const [each, more] = [Math.floor(steps / count), steps % count];
  const orders = Array.from({ length: count }, (_, i) => (each + (i < more ? 1 : 0)) * step);
  orders[0] += shares - steps * step;
  // An odd remainder on top of a full order is an order too large; it goes to the last, which has room.
  if (orders[0] > largest) {
    orders[count - 1] += orders[0] - largest;
    orders[0] = largest;
  }
  return orders;
}

/**
 * The tradable number of shares nearest to what is wanted.
 * @param wanted signed, buy positive, any number
 * @param held shares held now, whole, at least 0; a sale of all of them is always possible
 */
export function tradable(wanted: number, held: number, { least, step }: OrderSizes): number {
  if (wanted <= 0 && -wanted >= held) return -held + 0;
  const size = Math.abs(wanted);
  const whole = Math.round(size / step) * step;
  const sized = whole >= least ? whole : size >= least / 2 ? least : 0;
  if (wanted > 0) return sized;
  return -Math.min(sized, held) + 0;
}
