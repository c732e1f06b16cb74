/**
 * Hong Kong as a second venue: sessions, spreads, board lots and the closing auction.
 *
 * Prices are thousandths of a Hong Kong dollar. Not modelled: auctions that end at random within two minutes (here they end
 * at the first of them) and what limits their prices (15 % around the close before, 5 % around the reference price, then the
 * best prices); at-auction orders without a price; that orders reach at most ten prices of the other side and may not be too
 * far from the best one; the volatility control mechanism (10, 15 or 20 % from the last trade five minutes ago, by size of the
 * company, for five minutes); odd lots, which have a market of their own; short sales.
 */
import type { Day } from '../base/brand.js';
import { dayOf } from '../calendar/day.js';
import { checkClose, documented, OTHER_VENUE, pricesBetween } from './otherVenue.js';
import { at, type Phase, type VenueDay } from './venueDay.js';

const HOURS = documented(
  'HKEX trading hours: pre-opening 09:00-09:15, no cancels until 09:20, then matched; closing auction from 16:01, no cancels from 16:06, end from 16:08 on (usmart.hk help 10159; HSBC Hong Kong, trading sessions)',
  '港交所交易时间：开市前时段9:00至9:15，9:20前不可撤单，其后对盘；收市竞价自16:01起，16:06起不可撤单，16:08起随机收市（盈立证券帮助中心10159；香港汇丰交易时段说明）',
);
const SPREADS = documented(
  'HKEX spread table (news release of 2006-07-18; page "Reduction of Minimum Spreads", phase 1 from 2025-08-04). Phase 2, half a cent from 0.50 to 10 dollars, was planned for the middle of 2026 without a day and is not in here',
  '港交所最低上落价位表（2006-07-18新闻稿；“下调最低上落价位”网页，第一阶段自2025-08-04起）。第二阶段（0.50至10元为0.005元）计划于2026年中实施，未见确切日期，此处未纳入',
);
const LOTS = documented(
  'HKEX, Trading Mechanism: board lots as each company sets them, at most 3,000 of them in one order; less than a lot is not matched automatically (usmart.hk help 10168)',
  '港交所交易机制：每手股数由发行人自定，单笔最多3,000手；不足一手的碎股不参与自动对盘（盈立证券帮助中心10168）',
);
const NINE_TIMES = documented(
  'HKEX: a price may not be nine times or more of the close before, nor a ninth or less (usmart.hk help 10159); here it is held to the close all day, there to the nominal price once there is one',
  '港交所：申报价不得达到前收市价的九倍或以上，亦不得为九分之一或以下（盈立证券帮助中心10159）；此处全日以前收市价为准，实际有按盘价后以按盘价为准',
);
const KINDS = documented(
  'HKEX, Trading Mechanism: limit, enhanced limit and special limit orders, all or nothing; at-auction limit orders. The limit order here trades as an enhanced one',
  '港交所交易机制：限价盘、增强限价盘、特别限价盘，可选全数执行或立即取消；竞价限价盘。此处的限价单按增强限价盘成交',
);

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

/** Below a hundredth of a dollar there is no price in the market of board lots. */
const LEAST = 10;
const FURTHEST = 9;

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
  checkClose(previousClose, LEAST, 'thousandths of a dollar');
  const table = day >= NARROWED ? SINCE : BEFORE;
  const tickAt = (price: number): number => (table.findLast(([from]) => price >= from) ?? table[0])[1];
  const { lowest, highest } = pricesBetween(
    Math.max(LEAST, Math.floor(previousClose / FURTHEST) + 1),
    previousClose * FURTHEST - 1,
    tickAt,
  );
  // Spreads of 20 and 50 have 10 in common: every price of the day is on the grid.
  const grid = table
    .filter(([from]) => from > lowest && from <= highest)
    .reduce((step, [, tick]) => commonStep(step, tick), tickAt(lowest));
  const most = 3000 * lot;
  return {
    ...OTHER_VENUE,
    name: 'hkex',
    currency: 'HKD',
    perCurrency: 1000,
    previousClose,
    lowest,
    highest,
    grid,
    tickAt,
    phases: PHASES,
    least: lot,
    step: lot,
    largestLimit: most,
    largestMarket: most,
    oddLots: 'refused',
    suspended,
    citations: {
      phase_closed: HOURS,
      cancel_refused: HOURS,
      kind_not_now: HOURS,
      kind_unknown: KINDS,
      off_tick: SPREADS,
      order_too_small: LOTS,
      order_step: LOTS,
      odd_lot: LOTS,
      order_too_large: LOTS,
      outside_book: NINE_TIMES,
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
