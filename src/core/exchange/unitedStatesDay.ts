/**
 * A listing exchange of the United States as a third venue: hours, cents, and a closing cross of orders kept for it with
 * the book of the day, with the deadlines of Nasdaq.
 *
 * Prices are hundredths of a cent. Not modelled: other trading places; the plan of limits up and down (5, 10 or 20 % around
 * the mean price of the last five minutes, doubled in the last 25 minutes, a pause of five minutes after fifteen seconds at the
 * limit); half cents for stocks of narrow spreads, which are put off; imbalance messages; orders for the opening cross; late
 * orders for the close that offset an imbalance; short sales.
 */
import { assumed, checkClose, documented, OTHER_VENUE, pricesBetween, recalled } from './otherVenue.js';
import { at, type Phase, type VenueDay } from './venueDay.js';

const HOURS = documented(
  'Nasdaq opening and closing crosses: 09:30 and 16:00 New York time, nothing is taken back from 09:28 on (nasdaqtrader.com, Opening and Closing Crosses; Investopedia, Opening Cross)',
  '纳斯达克开盘与收盘撮合：纽约时间9:30与16:00，9:28起不可撤单（nasdaqtrader.com 开盘与收盘撮合；Investopedia 开盘撮合）',
);
const ON_CLOSE = documented(
  'Nasdaq: orders for the close are not taken back from 15:50 on (SEC release on SR-NASDAQ-2018-068; moomoo help, Market-on-Close). That those with a limit are taken until 15:58 is common knowledge, not read',
  '纳斯达克：收盘订单自15:50起不可撤销（SEC关于SR-NASDAQ-2018-068的文件；moomoo帮助 Market-on-Close）。限价收盘订单可申报至15:58为常识，未读到原文',
);
const TICKS = documented(
  'SEC rule 612, 17 CFR 242.612: cents from one dollar on, hundredths of a cent below. Half cents for stocks of narrow spreads (release 34-101070) are put off by an order of 2025 (Federal Register 2025-19926)',
  'SEC规则612（17 CFR 242.612）：一美元及以上为一美分，以下为万分之一美元。窄价差股票的半美分（34-101070号文）已由2025年命令推迟（联邦公报2025-19926）',
);
const LARGEST_CITED = recalled(
  'US exchanges: orders of at most 999,999 shares; no source found',
  '美国交易所：单笔至多999,999股；未找到来源',
);
const BOUND = assumed(
  'assumed: this book goes from half to one and a half times the previous close',
  '假设：本订单簿的价格范围为前收盘价的0.5至1.5倍',
);

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
  checkClose(previousClose, CENT, 'hundredths of a cent');
  const tickAt = (price: number): number => (price >= DOLLAR ? CENT : 1);
  const { lowest, highest } = pricesBetween(previousClose / 2, previousClose * 1.5, tickAt);
  return {
    ...OTHER_VENUE,
    name: 'us',
    currency: 'USD',
    perCurrency: DOLLAR,
    previousClose,
    lowest,
    highest,
    grid: tickAt(lowest),
    tickAt,
    phases: PHASES,
    least: 1,
    step: 1,
    largestLimit: LARGEST,
    largestMarket: LARGEST,
    oddLots: 'free',
    onClose: { until: at(15, 58), fixedFrom: at(15, 50) },
    suspended,
    citations: {
      phase_closed: HOURS,
      cancel_refused: ON_CLOSE,
      kind_not_now: ON_CLOSE,
      off_tick: TICKS,
      order_too_large: LARGEST_CITED,
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
