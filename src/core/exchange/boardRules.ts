/**
 * Trading rules of the boards of Shanghai, Shenzhen and Beijing by date, as data: what an order must look like to be
 * taken. Each row holds from its day until the next one of the same board.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Words } from '../base/words.js';
import { formatDay, parseDay } from '../calendar/day.js';
import { orderSizes, type OrderSizes } from '../market/orderSizes.js';

export const BOARDS = ['sse-main', 'szse-main', 'star', 'chinext', 'bse'] as const;
export type Board = (typeof BOARDS)[number];

/** How far prices may be from the base of the cage: a share of it, or a number of ticks where that is more. */
export interface Cage {
  readonly percent: number;
  readonly ticks: number;
}

export interface BoardRules {
  readonly board: Board;
  readonly from: string;
  /** Daily limit around the previous close, percent. */
  readonly limitPercent: number;
  /** The same for a company with a risk warning (ST, *ST). */
  readonly warnedLimitPercent: number;
  /** Sessions from listing on without a limit. */
  readonly freeSessions: number;
  readonly sizes: OrderSizes;
  readonly cage: Cage;
  /** Whether the close is traded on after the close. */
  readonly afterHours: boolean;
  readonly source: Words;
  /** `documented`: read in the rules or in several sources that agree. `recalled`: common knowledge, not looked up. */
  readonly confidence: 'documented' | 'recalled';
}

const REFORM: Words = {
  en: 'SSE notice 2023 no. 32 and SZSE notice 2023 no. 98: full registration regime, from 2023-04-10',
  zh: '上证发〔2023〕32号、深证上〔2023〕98号：全面注册制交易规则，自2023-04-10起施行',
};
const CURRENT: Words = {
  en: 'Trading rules of SSE and SZSE of 2026, in force from 2026-07-06',
  zh: '上证发〔2026〕41号、深证上〔2026〕551号：交易规则（2026年修订），自2026-07-06起施行',
};
const STAR: Words = {
  en: 'SSE special rules for trading on the STAR Market, from 2019-07-22',
  zh: '上海证券交易所科创板股票交易特别规定，自2019-07-22起',
};
const CHINEXT: Words = {
  en: `${REFORM.en}; sizes and limit of ChiNext since 2020-08-24 as commonly stated`,
  zh: `${REFORM.zh}；创业板2020-08-24以来的数量与涨跌幅按通行说法`,
};
const BEIJING: Words = {
  en: 'Beijing Stock Exchange, sizes and cage as commonly stated',
  zh: '北京证券交易所，数量与价格范围按通行说法',
};

const MAIN = {
  limitPercent: 10,
  warnedLimitPercent: 5,
  freeSessions: 5,
  sizes: orderSizes('main'),
  cage: { percent: 2, ticks: 10 },
  afterHours: false,
  confidence: 'documented',
} as const;

const mainBoard = (board: Board): readonly BoardRules[] => [
  { ...MAIN, board, from: '2023-04-10', source: REFORM },
  { ...MAIN, board, from: '2026-07-06', warnedLimitPercent: 10, afterHours: true, source: CURRENT },
];

export const BOARD_RULES: readonly BoardRules[] = [
  ...mainBoard('sse-main'),
  ...mainBoard('szse-main'),
  {
    ...MAIN,
    board: 'star',
    from: '2019-07-22',
    limitPercent: 20,
    warnedLimitPercent: 20,
    sizes: orderSizes('STAR'),
    cage: { percent: 2, ticks: 0 },
    afterHours: true,
    source: STAR,
  },
  {
    ...MAIN,
    board: 'chinext',
    from: '2023-04-10',
    limitPercent: 20,
    warnedLimitPercent: 20,
    sizes: orderSizes('ChiNext'),
    afterHours: true,
    source: CHINEXT,
    confidence: 'recalled',
  },
  {
    ...MAIN,
    board: 'bse',
    from: '2023-04-10',
    limitPercent: 30,
    warnedLimitPercent: 30,
    freeSessions: 1,
    sizes: orderSizes('BSE'),
    cage: { percent: 5, ticks: 10 },
    source: BEIJING,
    confidence: 'recalled',
  },
];

/** Board of an A share by its code. @throws Refusal `unknown_board` */
export function boardOfCode(code: string): Board {
  if (/^68[89]\d{3}$/.test(code)) return 'star';
  if (/^60\d{4}$/.test(code)) return 'sse-main';
  if (/^30\d{4}$/.test(code)) return 'chinext';
  if (/^00\d{4}$/.test(code)) return 'szse-main';
  if (/^(?:4|8|92)\d+$/.test(code) && code.length === 6) return 'bse';
  throw new Refusal('unknown_board', `${code} is not the code of an A share: no board is known for it`, {
    code,
  });
}

/** Rules of a board on a day. @throws Refusal `no_board_rules` before the first day they are held for */
export function boardRulesOn(board: Board, day: Day): BoardRules {
  const rows = BOARD_RULES.filter((row) => row.board === board);
  const found = rows.findLast((row) => (parseDay(row.from) as Day) <= day);
  if (found !== undefined) return found;
  const { from } = rows[0];
  throw new Refusal(
    'no_board_rules',
    `trading rules of ${board} are held from ${from} on; none for ${formatDay(day)}`,
    { board, from, day: formatDay(day) },
  );
}
