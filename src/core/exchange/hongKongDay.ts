/**
 * Hong Kong as a second venue: sessions, spreads, board lots and the closing auction. Everything here is common
 * knowledge of the market and was not looked up in the exchange's rules; each part says so.
 *
 * Prices are thousandths of a Hong Kong dollar. Not modelled: random ends of the auctions, the volatility control
 * mechanism, odd lots (which trade in a market of their own), short sales.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { dayOf } from '../calendar/day.js';
import { at, ORDER, type Cited, type Phase, type VenueDay } from './venueDay.js';

const recalled = (source: string): Cited => ({ source, confidence: 'recalled' });
const HOURS = recalled('HKEX trading hours, pre-opening session and closing auction session');
const SPREADS = recalled('HKEX spread table, first phase of smaller spreads from 2025-08-04');
const LOTS = recalled('HKEX: board lots as each company sets them, 3,000 lots in one order');
const BOUND: Cited = {
  source: 'assumed: this book goes from half to twice the previous close',
  confidence: 'assumed',
};

/** First price of each spread and the spread, thousandths. */
type SpreadTable = readonly (readonly [from: number, tick: number])[];

const BEFORE: SpreadTable = [
  [0, 1],
  [250, 5],
  [500, 10],
  [10_000, 20],
  [20_000, 50],
  [100_000, 100],
  [200_000, 200],
  [500_000, 500],
  [1_000_000, 1000],
  [2_000_000, 2000],
  [5_000_000, 5000],
];
const NARROWED = dayOf(2025, 8, 4);
const SINCE: SpreadTable = [...BEFORE.slice(0, 3), [20_000, 20], [50_000, 50], ...BEFORE.slice(5)];

export interface HongKongRequest {
  readonly day: Day;
  /** Thousandths of a dollar. */
  readonly previousClose: number;
  /** Shares of a board lot, by the company. */
  readonly lot: number;
  readonly suspended?: boolean;
}

/** @throws Refusal `no_price_range` at prices below a hundredth of a dollar */
export function hongKongDay({ day, previousClose, lot, suspended = false }: HongKongRequest): VenueDay {
  const table = day >= NARROWED ? SINCE : BEFORE;
  const tickAt = (price: number): number => (table.findLast(([from]) => price >= from) ?? table[0])[1];
  const [lowest, highest] = [Math.ceil(previousClose / 2), previousClose * 2];
  // Spreads of 20 and 50 have 10 in common: every price of the day is on the grid.
  const grid = table
    .filter(([from]) => from > lowest && from <= highest)
    .reduce((step, [, tick]) => commonStep(step, tick), tickAt(lowest));
  if (previousClose < 10)
    throw new Refusal(
      'no_price_range',
      `a close of ${previousClose} thousandths is below the smallest price`,
      {
        previousClose,
      },
    );
  const most = 3000 * lot;
  return {
    name: 'hkex',
    currency: 'HKD',
    perCurrency: 1000,
    previousClose,
    lowest: Math.ceil(lowest / grid) * grid,
    highest: Math.floor(highest / grid) * grid,
    grid,
    tickAt,
    limited: false,
    phases: PHASES,
    least: lot,
    step: lot,
    largestLimit: most,
    largestMarket: most,
    largestAfterHours: 0,
    oddLots: 'refused',
    cage: undefined,
    halts: undefined,
    kinds: [ORDER.limit, ORDER.immediateCancel, ORDER.fillOrKill, ORDER.atClose],
    protection: false,
    sameDaySale: true,
    largestPurchase: 2 ** 31 - 1,
    auction: { tie: 'SZSE', candidates: 'order-prices' },
    board: undefined,
    suspended,
    citations: {
      phase_closed: HOURS,
      cancel_refused: HOURS,
      kind_not_now: HOURS,
      off_tick: SPREADS,
      order_too_small: LOTS,
      order_step: LOTS,
      odd_lot: LOTS,
      order_too_large: LOTS,
      outside_book: BOUND,
    },
  };
}

const commonStep = (a: number, b: number): number => (b === 0 ? a : commonStep(b, a % b));

const PHASES: readonly Phase[] = [
  { kind: 'call', from: at(9, 0), to: at(9, 15), cancels: true, ...HOURS },
  { kind: 'call', from: at(9, 15), to: at(9, 20), cancels: false, sets: 'open', ...HOURS },
  { kind: 'pause', from: at(9, 20), to: at(9, 30), cancels: false, ...HOURS },
  { kind: 'continuous', from: at(9, 30), to: at(12, 0), cancels: true, ...HOURS },
  { kind: 'continuous', from: at(13, 0), to: at(16, 0), cancels: true, ...HOURS },
  // The reference price is being fixed.
  { kind: 'pause', from: at(16, 0), to: at(16, 1), cancels: false, ...HOURS },
  { kind: 'call', from: at(16, 1), to: at(16, 6), cancels: true, ...HOURS },
  { kind: 'call', from: at(16, 6), to: at(16, 8), cancels: false, sets: 'close', ...HOURS },
];
