/** What a word or phrase of either language can mean to the checker. The tables of words map phrases to these and do nothing else. */

/** Numbers a text can state, by what they are of. */
export type Metric =
  | 'price'
  | 'close'
  | 'open'
  | 'high'
  | 'low'
  | 'marketCap'
  | 'tradedValue'
  | 'pe'
  | 'ps'
  | 'revenue'
  | 'netProfit'
  | 'coreProfit'
  | 'cashFlow'
  | 'eps'
  | 'grossMargin'
  | 'netMargin'
  | 'rdInputShare'
  | 'rdExpenseShare'
  | 'inventory'
  | 'prepayments'
  | 'contractLiabilities'
  | 'receivables'
  | 'rdExpense'
  | 'rdInput'
  | 'totalAssets'
  | 'costOfRevenue'
  | 'guidance'
  | 'totalShares'
  | 'weight'
  | 'topFive'
  | 'topTen'
  | 'cap'
  | 'topFiveCap'
  | 'members'
  | 'trackedAssets'
  | 'products'
  | 'units'
  | 'additions'
  | 'deletions'
  | 'replacements'
  | 'flow'
  | 'gap';

/** How a printed number is meant: the word before or after it. */
export type Hedge = 'about' | 'nearly' | 'over' | 'upTo' | 'under';

/** Part of a business year that a report covers, from its start. */
export type Stretch = 'Q1' | 'H1' | '9M' | 'FY' | 'Q2' | 'Q3' | 'Q4' | 'H2';

/** A day or window that is told from another day. */
export type Relative =
  | 'today'
  | 'yesterday'
  | 'this week'
  | 'last week'
  | 'next week'
  | 'this month'
  | 'last month'
  | 'this year'
  | 'last year'
  | 'year to date'
  | 'next day'
  | 'previous day'
  | 'this quarter';

/** A stretch of a month that words cut out: thirds and halves by the calendar, weeks, and ends without a sharp edge. */
export type MonthPart =
  | 'first third'
  | 'second third'
  | 'last third'
  | 'last ten days'
  | 'first half'
  | 'second half'
  | 'first week'
  | 'second week'
  | 'third week'
  | 'last week'
  | 'early'
  | 'mid'
  | 'late';

export type Event =
  | 'passed'
  | 'below'
  | 'turnedPositive'
  | 'turnedNegative'
  | 'lossNarrowed'
  | 'lossWidened'
  | 'fromNegative'
  | 'record'
  | 'recordLow'
  | 'extremeMove'
  | 'isPositive'
  | 'isNegative'
  | 'dearest'
  | 'mostTraded'
  | 'largest'
  | 'added'
  | 'removed'
  | 'replaced'
  | 'announced'
  | 'effective'
  | 'pricing'
  | 'outperformed'
  | 'underperformed'
  | 'reported'
  | 'capped'
  | 'limitUp'
  | 'limitDown'
  | 'limit'
  | 'streak';

/** What changes the sense of a clause without a number of its own. */
export type Mark =
  | 'not'
  | 'conditional'
  | 'forecast'
  | 'estimate'
  | 'atClose'
  | 'intraday'
  | 'trailing'
  | 'forward'
  | 'again'
  | 'throughout'
  | 'perShare'
  | 'before'
  | 'after'
  | 'since'
  | 'from'
  | 'to'
  | 'by'
  | 'until'
  | 'range'
  | 'of'
  | 'is'
  | 'and'
  | 'break'
  | 'open'
  | 'shut'
  | 'possessive'
  | 'ordinal'
  | 'second'
  | 'third'
  | 'fourth'
  | 'fifth'
  | 'all'
  | 'ended'
  | 'theOther'
  | 'now'
  | 'crossed'
  | 'round'
  | 'peak'
  | 'holds'
  | 'filler'
  | 'multiplied'
  | 'firstTime'
  | 'samePeriod'
  | 'denied'
  | 'partOfDay'
  | 'perPeriod'
  | 'rumour'
  | 'listed'
  | 'question'
  | 'run'
  | 'nth'
  | 'ago'
  | 'summed'
  | 'regained'
  | 'almost'
  | 'weekly'
  | 'monthly'
  /** Not of a table: a clause before spoke of the close, so the session is over. */
  | 'sessionOver'
  | 'allShares'
  | 'limit'
  | 'epithet'
  | 'both'
  | 'more'
  | 'passive'
  | 'loss'
  | 'old'
  | 'new'
  | 'past'
  | 'sessions'
  | 'days'
  | 'weeks'
  | 'months'
  | 'years'
  | 'week'
  | 'month'
  | 'year'
  | 'quarter';

export type Meaning =
  | { readonly is: 'entity'; readonly id: string }
  /** Something that the data set knows nothing about: a metric, a company, a place. */
  | { readonly is: 'unheld'; readonly what: 'metric' | 'entity' }
  | { readonly is: 'metric'; readonly metric: Metric }
  | { readonly is: 'move'; readonly sign: 1 | -1 }
  | { readonly is: 'level'; readonly times: number; readonly sign: 1 | -1 }
  | { readonly is: 'number'; readonly value: number }
  /** A share of a whole in words: half, a quarter. */
  /** `verb`: only right after one, "gained a third". */
  | { readonly is: 'part'; readonly value: number; readonly hedge?: Hedge; readonly verb?: true }
  /** What an index holds, as a noun: four stocks. */
  | { readonly is: 'members' }
  | { readonly is: 'monthPart'; readonly part: MonthPart }
  | { readonly is: 'scale'; readonly factor: number }
  | { readonly is: 'currency'; readonly currency: 'CNY' | 'USD' | 'HKD' }
  | {
      readonly is: 'unit';
      readonly unit:
        | 'percent'
        | 'points'
        | 'basis points'
        | 'tenths'
        | 'times'
        | 'fold'
        | 'shares'
        | 'index points'
        | 'funds'
        | 'members';
    }
  | { readonly is: 'hedge'; readonly hedge: Hedge }
  /** `named`: the words name the period before itself, "a year earlier" and not "from a year earlier". */
  | { readonly is: 'base'; readonly base: 'year' | 'quarter'; readonly named?: true }
  | { readonly is: 'month'; readonly month: number }
  | { readonly is: 'weekday'; readonly weekday: number }
  | { readonly is: 'relative'; readonly relative: Relative }
  | { readonly is: 'stretch'; readonly stretch: Stretch }
  /** A difference of two prices: 1 where the first is higher, -1 where it is lower, 0 where the word does not say. */
  | { readonly is: 'gap'; readonly sign: 1 | -1 | 0 }
  | { readonly is: 'event'; readonly event: Event }
  | { readonly is: 'mark'; readonly mark: Mark };

/** One line of a table: a meaning, and phrases that have it, lower case, with `|` between them. */
export type WordRow = readonly [meaning: Meaning, phrases: string];

export const metric = (of: Metric): Meaning => ({ is: 'metric', metric: of });
export const move = (sign: 1 | -1): Meaning => ({ is: 'move', sign });
export const event = (of: Event): Meaning => ({ is: 'event', event: of });
export const mark = (of: Mark): Meaning => ({ is: 'mark', mark: of });
export const hedge = (of: Hedge): Meaning => ({ is: 'hedge', hedge: of });
export const relative = (of: Relative): Meaning => ({ is: 'relative', relative: of });
export const monthPart = (of: MonthPart): Meaning => ({ is: 'monthPart', part: of });
export const stretch = (of: Stretch): Meaning => ({ is: 'stretch', stretch: of });
