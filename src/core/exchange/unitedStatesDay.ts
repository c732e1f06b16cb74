/**
 * A listing exchange of the United States as a third venue: hours, cents, and a closing cross of orders kept for it with
 * the book of the day. Everything here is common knowledge of the market and was not looked up; each part says so.
 *
 * Prices are hundredths of a cent. Not modelled: other trading places, the bands around the last five minutes' price,
 * imbalance messages, the earlier deadlines of orders for the close, short sales.
 */
import { Refusal } from '../base/errors.js';
import { at, ORDER, type Cited, type Phase, type VenueDay } from './venueDay.js';

const recalled = (source: string): Cited => ({ source, confidence: 'recalled' });
const HOURS = recalled('US listing exchanges: opening cross 09:30, closing cross 16:00, New York time');
const TICKS = recalled('SEC rule 612: cents from one dollar on, hundredths of a cent below');
const BOUND: Cited = {
  source: 'assumed: this book goes from half to one and a half times the previous close',
  confidence: 'assumed',
};

const DOLLAR = 10_000;
const CENT = 100;
const LARGEST = 999_999;

export interface UnitedStatesRequest {
  /** Hundredths of a cent. */
  readonly previousClose: number;
  readonly suspended?: boolean;
}

/** @throws Refusal `no_price_range` below a cent */
export function unitedStatesDay({ previousClose, suspended = false }: UnitedStatesRequest): VenueDay {
  if (previousClose < CENT)
    throw new Refusal('no_price_range', `a close of ${previousClose} hundredths of a cent is below a cent`, {
      previousClose,
    });
  const grid = previousClose / 2 >= DOLLAR ? CENT : 1;
  return {
    name: 'us',
    currency: 'USD',
    perCurrency: DOLLAR,
    previousClose,
    lowest: Math.ceil(previousClose / 2 / grid) * grid,
    highest: Math.floor((previousClose * 1.5) / grid) * grid,
    grid,
    tickAt: (price) => (price >= DOLLAR ? CENT : 1),
    limited: false,
    phases: PHASES,
    least: 1,
    step: 1,
    largestLimit: LARGEST,
    largestMarket: LARGEST,
    largestAfterHours: 0,
    oddLots: 'free',
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
      off_tick: TICKS,
      order_too_large: recalled('US exchanges: orders of at most 999,999 shares'),
      outside_book: BOUND,
    },
  };
}

/** The closing cross is one instant: orders kept for it meet what the day has left. */
const PHASES: readonly Phase[] = [
  { kind: 'call', from: at(9, 0), to: at(9, 28), cancels: true, ...HOURS },
  { kind: 'call', from: at(9, 28), to: at(9, 30), cancels: false, sets: 'open', ...HOURS },
  { kind: 'continuous', from: at(9, 30), to: at(16, 0), cancels: true, ...HOURS },
  { kind: 'call', from: at(16, 0), to: at(16, 0), cancels: false, sets: 'close', ...HOURS },
];
