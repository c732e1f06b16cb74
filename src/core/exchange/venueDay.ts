/**
 * What a venue asks of orders in one security on one day, as data for the session engine: phases, grid of prices, sizes,
 * limits, kinds of orders, and behind each of them where it is written. Mainland boards are `mainlandDay`.
 *
 * Prices are whole numbers of the venue's smallest unit of money: fen here, thousandths of a dollar in Hong Kong.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Words } from '../base/words.js';
import { formatDay } from '../calendar/day.js';
import { boardRulesOn, type Board, type BoardRules, type Cage } from './boardRules.js';
import type { Candidates } from './callAuction.js';
import { fen, type Fen } from './fen.js';
import { priceRange, type PriceRange } from './priceRange.js';

/** `documented`: read in the rules or in several sources that agree. `recalled`: common knowledge, not looked up. */
export interface Cited {
  readonly source: Words;
  readonly confidence: 'documented' | 'recalled' | 'assumed';
}

type PhaseKind = 'call' | 'pause' | 'continuous' | 'quiet' | 'after-hours';

export interface Phase extends Cited {
  readonly kind: PhaseKind;
  /** Milliseconds since midnight, exchange time; `to` no longer belongs to it. */
  readonly from: number;
  readonly to: number;
  readonly cancels: boolean;
  /** What a call auction ends in; none where the next phase goes on collecting. */
  readonly sets?: 'open' | 'close';
  /** Whether a pause keeps orders for the phase after it. */
  readonly keeps?: boolean;
}

/** Kinds of orders, as whole numbers for columns. */
export const ORDER = {
  limit: 0,
  /** Against the five best prices of the other side, what is left is cancelled. */
  bestFiveCancel: 1,
  /** The same, what is left waits at the last price it traded at, else at the best of its own side. */
  bestFiveLimit: 2,
  /** Waits at the best price of its own side. */
  ownBest: 3,
  /** At the best price of the other side, where the rest waits. */
  counterpartyBest: 4,
  /** As far as the other side goes, the rest is cancelled. */
  immediateCancel: 5,
  /** Whole or not at all. */
  fillOrKill: 6,
  /** Kept until the closing call begins. */
  atClose: 7,
  /** At the close, after it. */
  afterHours: 8,
} as const;
export type OrderKind = (typeof ORDER)[keyof typeof ORDER];

/** Halts of a day without a price limit: shares of the open, percent, and how long each lasts. */
interface HaltRule extends Cited {
  readonly percents: readonly [number, number];
  readonly millis: number;
}

export interface VenueDay {
  readonly name: string;
  readonly currency: 'CNY' | 'HKD' | 'USD';
  /** Units of price in one unit of currency. */
  readonly perCurrency: number;
  readonly previousClose: number;
  /** Prices of the book: lowest, highest, and the step between them. */
  readonly lowest: number;
  readonly highest: number;
  readonly grid: number;
  /** Step of prices at a price; always whole steps of the grid. */
  readonly tickAt: (price: number) => number;
  /** Whether `lowest` and `highest` are limits of the exchange, or only as far as this book goes. */
  readonly limited: boolean;
  readonly phases: readonly Phase[];
  readonly least: number;
  readonly step: number;
  readonly largestLimit: number;
  readonly largestMarket: number;
  readonly largestAfterHours: number;
  /** What a holding has beyond whole orders goes in one order, or in none, or there is no such thing. */
  readonly oddLots: 'in-one-order' | 'refused' | 'free';
  readonly cage: Cage | undefined;
  readonly halts: HaltRule | undefined;
  readonly kinds: readonly OrderKind[];
  /** Deadlines of orders for the close, milliseconds since midnight, where the venue has any. */
  readonly onClose: { readonly until: number; readonly fixedFrom: number } | undefined;
  /** Market orders must name a price they do not go beyond. */
  readonly protection: boolean;
  /** Shares bought today may be sold today. */
  readonly sameDaySale: boolean;
  /** Most shares one account may buy in the day. */
  readonly largestPurchase: number;
  /** How an auction chooses among equally good prices. */
  readonly auction: { readonly tie: 'SSE' | 'SZSE'; readonly candidates: Candidates };
  /** Rules of a mainland board, to explain a rejection with; none elsewhere. */
  readonly board: BoardRules | undefined;
  readonly suspended: boolean;
  /** Where a rule stands that is not the board's: by the word of the rejection. */
  readonly citations: Readonly<Record<string, Cited>>;
}

export const at = (hours: number, minutes: number): number => (hours * 60 + minutes) * 60_000;

const SESSIONS: Cited = {
  source: {
    en: 'Trading rules of SSE and SZSE, trading hours and call auctions',
    zh: '上交所、深交所交易规则：交易时间与集合竞价',
  },
  confidence: 'documented',
};
const FIVE_PRICES: Cited = {
  source: {
    en: 'Trading rules of SSE, market orders: continuous trading only, on STAR with a protection price; SZSE as commonly stated',
    zh: '上交所交易规则，市价申报：仅限连续竞价，科创板须填保护限价；深交所按通行说法',
  },
  confidence: 'documented',
};
const NO_LIMIT_GRID: Cited = {
  source: {
    en: 'assumed: on a day without a limit this book goes up to nine times the base price',
    zh: '假设：无涨跌幅限制之日，本订单簿价格上限为基准价的九倍',
  },
  confidence: 'assumed',
};

const CITATIONS: Readonly<Record<string, Cited>> = {
  phase_closed: SESSIONS,
  cancel_refused: {
    source: {
      en: `${SESSIONS.source.en}: no cancels 09:20-09:25 and 14:57-15:00`,
      zh: `${SESSIONS.source.zh}，9:20至9:25、14:57至15:00不接受撤单`,
    },
    confidence: 'documented',
  },
  kind_not_now: FIVE_PRICES,
  kind_unknown: FIVE_PRICES,
  protection_price: FIVE_PRICES,
  outside_book: NO_LIMIT_GRID,
  purchase_cap: {
    source: {
      en: 'at most 500,000 shares of a company with a risk warning per investor and day, as a second source has it',
      zh: '单一投资者当日买入单只风险警示股票不得超过50万股，据转述',
    },
    confidence: 'recalled',
  },
};

const HALTS: HaltRule = {
  percents: [30, 60],
  millis: 10 * 60_000,
  source: {
    en: 'Trading rules of SSE and SZSE: halts on days without a price limit, when the price reaches or passes 30 % and 60 % from the open',
    zh: '上交所、深交所交易规则：无价格涨跌幅限制的股票，盘中成交价较当日开盘价首次上涨或下跌达到或超过30%、60%的，临时停牌',
  },
  confidence: 'documented',
};

const AFTER_HOURS: Cited = {
  source: {
    en: 'SSE special rules for STAR: fixed price after the close, 15:05-15:30; all A shares by the trading rules of 2026',
    zh: '科创板股票交易特别规定：盘后固定价格交易，15:05至15:30；2026年交易规则扩至全部A股',
  },
  confidence: 'documented',
};

/** Multiple of the base price up to which a book reaches on a day without a limit. */
const NO_LIMIT_MULTIPLE = 9;
/** Shares of a company with a risk warning. */
const WARNED_PURCHASE = 500_000;
const UNBOUNDED = 2 ** 31 - 1;
/** Of an order after the close: the text of STAR. */
const LARGEST_AFTER_HOURS = 1_000_000;

export interface MainlandRequest {
  readonly board: Board;
  readonly day: Day;
  /** Last close less what goes ex; on the first day of a listing the issue price. */
  readonly previousClose: Fen;
  /** A day without a price limit: the first sessions of a listing, the first of the delisting period. */
  readonly free?: boolean;
  /** Under a risk warning (ST, *ST). */
  readonly warned?: boolean;
  readonly suspended?: boolean;
}

/** @throws Refusal `no_board_rules` before the first day they are held for */
export function mainlandDay(request: MainlandRequest): VenueDay {
  const { board, day, previousClose, free = false, warned = false, suspended = false } = request;
  const rules = boardRulesOn(board, day);
  const shanghai = isShanghai(board);
  const range = free ? noLimitRange(previousClose) : limitRange(rules, previousClose, warned, day);
  const main = board === 'sse-main' || board === 'szse-main';
  return {
    name: board,
    currency: 'CNY',
    perCurrency: 100,
    previousClose,
    lowest: range.lowest,
    highest: range.highest,
    grid: 1,
    tickAt: () => 1,
    limited: !free,
    phases: mainlandPhases(shanghai, rules),
    least: rules.sizes.least,
    step: rules.sizes.step,
    largestLimit: rules.sizes.limitOrder,
    largestMarket: rules.sizes.marketOrder,
    largestAfterHours: LARGEST_AFTER_HOURS,
    oddLots: 'in-one-order',
    cage: rules.cage,
    halts: free ? HALTS : undefined,
    kinds: mainlandKinds(rules),
    onClose: undefined,
    protection: board === 'star',
    sameDaySale: false,
    largestPurchase: warned && main ? WARNED_PURCHASE : UNBOUNDED,
    auction: { tie: shanghai ? 'SSE' : 'SZSE', candidates: 'every-tick' },
    board: rules,
    suspended,
    citations: CITATIONS,
  };
}

const isShanghai = (board: Board): boolean => board === 'sse-main' || board === 'star';

/** Kinds of orders of a mainland board. */
export const mainlandKinds = ({ board, afterHours }: BoardRules): readonly OrderKind[] => [
  ...(isShanghai(board) ? SHANGHAI_KINDS : SHENZHEN_KINDS),
  ORDER.atClose,
  ...(afterHours ? [ORDER.afterHours] : []),
];

const BOTH_KINDS = [ORDER.limit, ORDER.bestFiveCancel, ORDER.ownBest, ORDER.counterpartyBest];
const SHANGHAI_KINDS: readonly OrderKind[] = [...BOTH_KINDS, ORDER.bestFiveLimit];
/** As commonly stated, not looked up. */
const SHENZHEN_KINDS: readonly OrderKind[] = [...BOTH_KINDS, ORDER.immediateCancel, ORDER.fillOrKill];

function limitRange(rules: BoardRules, close: Fen, warned: boolean, day: Day): PriceRange {
  const range = priceRange(close, warned ? rules.warnedLimitPercent : rules.limitPercent);
  if (range.highest > range.lowest) return range;
  throw new Refusal(
    'no_price_range',
    `at a close of ${close} fen before ${formatDay(day)} the limits leave one price; trading at such prices is not modelled`,
    { close },
  );
}

const noLimitRange = (close: Fen): PriceRange => ({
  lowest: fen(1),
  highest: fen(close * NO_LIMIT_MULTIPLE),
});

function mainlandPhases(shanghai: boolean, rules: BoardRules): Phase[] {
  const phase = (
    kind: PhaseKind,
    from: number,
    to: number,
    cancels: boolean,
    more: Partial<Phase> = {},
  ): Phase => ({ kind, from, to, cancels, ...SESSIONS, ...more });
  const fixed = rules.afterHours
    ? [
        phase('quiet', at(15, 0), at(15, 5), false, AFTER_HOURS),
        phase('after-hours', at(15, 5), at(15, 30), true, AFTER_HOURS),
      ]
    : [];
  return [
    phase('call', at(9, 15), at(9, 20), true),
    phase('call', at(9, 20), at(9, 25), false, { sets: 'open' }),
    // Shenzhen's host takes orders and works on them from 09:30 on: from memory.
    phase('pause', at(9, 25), at(9, 30), false, shanghai ? {} : { keeps: true, confidence: 'recalled' }),
    phase('continuous', at(9, 30), at(11, 30), true),
    phase('continuous', at(13, 0), at(14, 57), true),
    phase('call', at(14, 57), at(15, 0), false, { sets: 'close' }),
    ...fixed,
  ];
}
