/** A scheduled basket takes over the lines of an index on the evening before session t. */
import { assert, Refusal } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import type { Day } from '../base/brand.js';
import { closeAt, dropAll, enterLine, priceAt, type Lines } from './lines.js';
import type { ShareRebalance, WeightRebalance } from './rebalance.js';

/** A basket as of an earlier close, less what share actions had done by then: they are put back when it takes over. */
export interface CountedBasket {
  readonly rows: Int32Array;
  readonly shares: Float64Array;
  readonly factors: Float64Array;
}

/** The basket as of the close of session t. Weights become shares there, up to one scale for all. */
export function countBasket(
  lines: Lines,
  t: number,
  basket: ShareRebalance | WeightRebalance,
): CountedBasket {
  const { rows } = basket;
  const { carriedShares, carriedFactor } = lines;
  const given = basket.kind === 'index-shares' ? basket.shares : basket.weights;
  assert(rows.length === given.length, 'one entry per member');
  if (basket.kind === 'index-shares' && basket.factors !== undefined && !lines.carries) {
    return { rows, shares: basket.shares, factors: basket.factors };
  }
  const shares = new Float64Array(rows.length);
  const factors = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const count =
      basket.kind === 'index-shares' || given[i] === 0 ? given[i] : given[i] / priceAt(lines, row, t);
    const factor = basket.kind === 'index-shares' ? (basket.factors?.[i] ?? 1) : 1;
    shares[i] = count / carriedShares[row];
    factors[i] = factor / carriedFactor[row];
  }
  return { rows, shares, factors };
}

/**
 * The level stays whatever the new basket is worth at the last close. One in shares moves the divisor. One in weights
 * has no size of its own: its shares are scaled to the value of the old one, and the divisor stays too.
 */
export function takeOver(lines: Lines, t: number, basket: CountedBasket, resize: boolean): void {
  const before = worthOfMembers(lines, t);
  dropAll(lines, t);
  const after = worthOf(lines, t, basket);
  if (!(after > 0)) {
    const day = formatDay(lines.closes.days[t] as Day);
    throw new Refusal('empty_index', `the basket of ${day} is worth nothing`, { day, value: after });
  }
  const scale = resize ? before / after : 1;
  const { rows, shares, factors } = basket;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (lines.gone[row] === 1 || shares[i] === 0) continue;
    const count = shares[i] * lines.carriedShares[row] * scale;
    enterLine(lines, row, t, count, factors[i] * lines.carriedFactor[row]);
  }
  lines.changes.push({ t, cause: 'rebalance', subject: '', marked: 0, added: resize ? 0 : after - before });
}

/** Value of a basket at the close of session t - 1, index currency; delisted members left out. */
function worthOf(lines: Lines, t: number, { rows, shares, factors }: CountedBasket): number {
  const { gone, carriedShares, carriedFactor, currency, closes, currencies } = lines;
  const { rates } = currencies;
  const { close, days } = closes;
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (gone[row] === 1 || shares[i] === 0) continue;
    const price = close[row * days.length + t - 1];
    if (Number.isNaN(price)) closeAt(lines, row, t - 1);
    const count = shares[i] * carriedShares[row] * (factors[i] * carriedFactor[row]);
    total += count * (price * rates[currency[row]][t - 1]);
  }
  return total;
}

/** Index value at the close of session t - 1 with the lines in force. */
function worthOfMembers(lines: Lines, t: number): number {
  const { since, indexShares, currency, closes, currencies } = lines;
  const { rates } = currencies;
  const { close, days } = closes;
  let total = 0;
  for (let row = 0; row < since.length; row++) {
    if (since[row] < 0) continue;
    const price = close[row * days.length + t - 1];
    if (Number.isNaN(price)) closeAt(lines, row, t - 1);
    total += indexShares[row] * (price * rates[currency[row]][t - 1]);
  }
  return total;
}
