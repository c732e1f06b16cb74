/**
 * A session made of its daily bar: prices minute by minute that open, reach the high and the low, and close where the bar
 * says, and a volume that follows the U of `volumeCurve.ts`. Only the four prices and the volume are known; the order of
 * high and low, the minutes they fall in and the way between are drawn, and the closing auction's share is an
 * assumption of the caller.
 */
import { InputError, type Issue } from '../base/errors.js';
import { at } from '../exchange/venueDay.js';
import { clockOf, volumeBy } from '../exchange/volumeCurve.js';
import { below, normal, randomStream, uniform, type RandomStream } from './randomStream.js';

/** Prices in fen, volume in shares; all whole. */
export interface DailyBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface SessionPath {
  /** Milliseconds since midnight: the opening auction, each minute, the closing auction. */
  readonly clocks: Int32Array;
  readonly prices: Int32Array;
  /** Shares traded at each, whole; their sum is the bar's volume. */
  readonly volumes: Int32Array;
}

/** Minutes of continuous trading. */
const MINUTES = 237;
/** Part of the day in the opening auction: assumed. */
const OPENING_SHARE = 0.01;

/**
 * @param closingShare part of the volume in the closing auction, 0..1
 * @throws InputError `bad_bar` for a bar whose prices contradict each other
 */
export function sessionPath(bar: DailyBar, closingShare: number, seed: number): SessionPath {
  checkBar(bar);
  const random = randomStream(seed, 0x70617468);
  const prices = new Int32Array(MINUTES + 2);
  const knots = knotsOf(bar, random);
  for (let i = 1; i < knots.length; i++) bridge(prices, knots[i - 1], knots[i], bar, random);
  return { clocks: minuteClocks(), prices, volumes: volumesOf(bar.volume, closingShare) };
}

function checkBar(bar: DailyBar): void {
  const { open, high, low, close } = bar;
  const issues: Issue[] = [];
  const issue = (path: keyof DailyBar, expected: string): void => {
    issues.push({ code: 'bad_bar', path, value: bar[path], expected });
  };
  for (const path of ['open', 'high', 'low', 'close', 'volume'] as const)
    if (!(Number.isSafeInteger(bar[path]) && bar[path] > 0)) issue(path, 'a whole number above 0');
  if (high < Math.max(open, close, low)) issue('high', 'not below any other price of the bar');
  if (low > Math.min(open, close, high)) issue('low', 'not above any other price of the bar');
  if (issues.length > 0)
    throw new InputError('bad_bar', 'the daily bar contradicts itself: it has no path', issues);
}

/** A price at a minute: 0 is the opening auction, the last the closing auction. */
interface Knot {
  readonly minute: number;
  readonly price: number;
}

/** Open, the two extremes in an order that is drawn, close. An extreme that is the open or the close needs no minute. */
function knotsOf({ open, high, low, close }: DailyBar, random: RandomStream): Knot[] {
  const [one, other] = twoMinutes(random);
  const highFirst = uniform(random) < 0.5;
  const extremes = [
    { minute: highFirst ? one : other, price: high, needed: high > Math.max(open, close) },
    { minute: highFirst ? other : one, price: low, needed: low < Math.min(open, close) },
  ];
  return [
    { minute: 0, price: open },
    ...extremes.filter(({ needed }) => needed).toSorted((a, b) => a.minute - b.minute),
    { minute: MINUTES + 1, price: close },
  ];
}

/** Two different minutes of continuous trading, ascending. */
function twoMinutes(random: RandomStream): [number, number] {
  const one = 1 + below(random, MINUTES);
  const other = 1 + below(random, MINUTES - 1);
  const different = other >= one ? other + 1 : other;
  return one < different ? [one, different] : [different, one];
}

/** A straight way with Brownian noise that is 0 at both ends, kept between low and high. */
function bridge(
  prices: Int32Array,
  from: Knot,
  to: Knot,
  { high, low }: DailyBar,
  random: RandomStream,
): void {
  const length = to.minute - from.minute;
  // The range of Brownian motion over a day is 1.6 of its standard deviation (W. Feller, 1951).
  const step = (high - low) / 1.596 / Math.sqrt(MINUTES + 1);
  prices[from.minute] = from.price;
  prices[to.minute] = to.price;
  let price: number = from.price;
  for (let i = 1; i < length; i++) {
    const left = length - i;
    price += (to.price - price) / (left + 1) + step * Math.sqrt(left / (left + 1)) * normal(random);
    // Turned back at the extremes: held there it would stand still for minutes.
    if (price > high) price = 2 * high - price;
    if (price < low) price = 2 * low - price;
    price = Math.min(high, Math.max(low, price));
    prices[from.minute + i] = Math.round(price);
  }
}

/** Of every path: the opening auction, each minute in its middle, the closing auction. */
export const minuteClocks = (): Int32Array =>
  Int32Array.from({ length: MINUTES + 2 }, (_, minute) => {
    if (minute === 0) return at(9, 25);
    return minute === MINUTES + 1 ? at(15, 0) : clockOf((minute - 0.5) / MINUTES);
  });

/** Whole shares; what rounding leaves goes to the closing auction. */
function volumesOf(volume: number, closingShare: number): Int32Array {
  const volumes = new Int32Array(MINUTES + 2);
  const closing = Math.round(volume * closingShare);
  volumes[0] = Math.min(volume - closing, Math.round(volume * OPENING_SHARE));
  const continuous = volume - closing - volumes[0];
  for (let minute = 1; minute <= MINUTES; minute++)
    volumes[minute] =
      Math.round(continuous * volumeBy(minute / MINUTES)) -
      Math.round(continuous * volumeBy((minute - 1) / MINUTES));
  volumes[MINUTES + 1] = closing;
  return volumes;
}
