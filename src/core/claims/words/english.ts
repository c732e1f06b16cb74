/** English words of the checker. Phrases are lower case and stand between anything but letters. */
import { ENGLISH_EVENTS } from './englishEvents.js';
import { hedge, mark, metric, monthPart, move, relative, stretch, type WordRow } from './meaning.js';

const METRICS: readonly WordRow[] = [
  [
    metric('price'),
    'share price|stock price|shares|stock|price|trading price|share|priced at|traded at|changed hands at|changes hands at|trades at|trading at|level|index level|nav',
  ],
  [
    metric('close'),
    'closing price|closing high|closing level|closed|close|closes|closing|settled|finished|ended at|ended the day|ended the session|finished the day|ended trading|last closed',
  ],
  [
    metric('close'),
    'first close|first finish|close above|closes above|closed above|closing above|finish above|finished above|end above|ended above|close below|closes below|closed below|closing below|finished below|ended below',
  ],
  [metric('open'), 'opening price|opened at|opened|opens|open price'],
  [
    metric('high'),
    "intraday high|intra-day high|session high|day high|day's high|high of the day|peaked|peak|intraday peak|intraday record|a high|high of|high|touched|as high as",
  ],
  [
    metric('low'),
    "intraday low|intra-day low|session low|day low|day's low|low of the day|bottomed|trough|a low|low of|low|as low as",
  ],
  [
    metric('marketCap'),
    'market capitalisation|market capitalization|market cap|market value|valued at|valuing|values|worth|valuation of|capitalisation|capitalization|total market value',
  ],
  [
    metric('tradedValue'),
    'turnover|trading value|value traded|traded value|trading turnover|daily turnover|changed hands|change hands|were traded|was traded|trading volume by value',
  ],
  [
    metric('pe'),
    "price-to-earnings ratio|price-to-earnings|price-to-earnings multiple|price to earnings|price/earnings|p/e ratio|p/e multiple|p/e|pe ratio|pe multiple|pe|p/e of|earnings multiple|trailing p/e|trailing earnings|price-earnings ratio|price-earnings|price-earnings multiple|multiple of earnings|multiple of|valuation multiple|its earnings over the past year|last year's earnings|trailing twelve-month earnings|trailing 12-month earnings|past earnings",
  ],
  [metric('ps'), 'price-to-sales ratio|price-to-sales|price to sales|p/s ratio|p/s|trailing sales'],
  [
    metric('revenue'),
    'rev|revs|operating revenue|operating income|total revenue|revenue|revenues|sales|turnover from operations|top line|top-line',
  ],
  [
    metric('netProfit'),
    'net profit attributable to shareholders|earned|earns|earn|attributable net profit|net profit attributable|net profit|net income|net earnings|profit|profits|earnings|bottom line|net loss|loss|losses|net result|parent net profit',
  ],
  [
    metric('coreProfit'),
    'excluding one-off items|excluding one-offs|excluding one-time items|stripping out one-offs|stripping out one-off items|before one-off items|profit excluding non-recurring items|net profit excluding non-recurring items|net profit excluding non-recurring gains|profit excluding non-recurring|excluding non-recurring items|excluding non-recurring|non-gaap net profit|core net profit|adjusted net profit|recurring profit|recurring net profit|deducted net profit|core profit',
  ],
  [
    metric('cashFlow'),
    'operating activities|net cash flow from operations|operating cash flow|cash flow from operations|cash flow from operating activities|cash flow|net operating cash flow|operating cashflow|cashflow|cash inflow|cash outflow from operations',
  ],
  [metric('eps'), 'earnings per share|eps|basic earnings per share|diluted earnings per share'],
  [metric('grossMargin'), 'gross profit margin|gross margin|gross margins'],
  [metric('rdInputShare'), 'r&d intensity|r&d ratio'],
  [metric('netMargin'), 'net profit margin|net margin|net margins'],
  [metric('inventory'), 'inventory|inventories|stockpile'],
  [metric('prepayments'), 'prepayments|prepayment|advance payments to suppliers|prepaid'],
  [metric('contractLiabilities'), 'contract liabilities|contract liability|customer advances'],
  [metric('receivables'), 'accounts receivable|receivables|trade receivables'],
  [
    metric('rdExpense'),
    'r&d expense|r&d expenses|r&d spending|research and development expenses|research and development spending|research and development expense|r&d costs',
  ],
  [
    metric('rdInput'),
    'research and development|r&d|r&d input|r&d investment|research and development investment|total r&d investment',
  ],
  [metric('totalAssets'), 'total assets'],
  [metric('costOfRevenue'), 'operating costs|operating cost|cost of revenue|cost of sales'],
  [
    metric('guidance'),
    'revenue guidance|guided for|guidance|guides for|expects revenue|revenue forecast|expects full-year revenue|revenue outlook|forecast revenue|forecasts revenue|expected revenue|forecast full-year revenue|expects annual revenue|expects to achieve revenue|projected revenue|projects revenue|guided to|expects operating revenue',
  ],
  [
    metric('totalShares'),
    'shares outstanding|total shares|share capital|outstanding shares|total share capital|shares in issue|issued shares',
  ],
  [metric('units'), 'fund units|units outstanding|units in issue|units'],
  [
    metric('weight'),
    'weighed|weighs|weighing|made up|make up|makes up|making up|account for|accounts for|accounted for|accounting for|comprised|comprises|index weight|index weighting|weighting|weight|weightings|weights|share of the index',
  ],
  [
    metric('topFive'),
    'top five|five largest|top 5|five biggest|largest five|top-five|five heaviest|biggest five|5 largest',
  ],
  [metric('topTen'), 'top ten|ten largest|top 10|ten biggest|largest ten|top-ten|10 largest'],
  [
    metric('cap'),
    'caps|weight cap|weight limit|weighting cap|single-stock cap|single stock cap|cap on a single|cap|weighting limit|single-stock limit|weight ceiling|ceiling|maximum weight|single weight',
  ],
  [metric('members'), 'constituents|members|constituent stocks|components'],
  [
    metric('trackedAssets'),
    'tracked assets|assets tracking|assets that track|funds tracking|funds that track|tracking funds|products tracking|products that track|tracking products|etfs tracking|etfs that track|assets under management|tracking the|tracking|tracked|tracks|passive funds|trackers hold|tracker assets|assets|track the index|track it|benchmarked to',
  ],
  [
    metric('flow'),
    'passive selling|passive outflows|passive outflow|passive sales|forced selling|forced sale|forced sales|outflows|outflow|passive sell-off|passive funds selling|index funds will have to sell|have to sell|must sell|need to sell|forced to sell|will sell|selling by index funds|selling by passive funds|rebalancing outflow|rebalance selling|rebalancing-related selling|selling pressure|of selling|passive inflow|net selling|tracker selling|selling of the stock|dump|dumping|offload|offloading|unload|sell as much as|sell|to sell|sells|selling',
  ],
];

const MOVES: readonly WordRow[] = [
  [
    move(1),
    'rose|rise|rises|rising|risen|gained|gain|gains|gaining|climbed|climb|climbs|climbing|jumped|jump|jumps|jumping|surged|surge|surges|surging|soared|soar|soars|soaring|rallied|rally|rallies|rallying|advanced|advance|advances|increased|increase|increases|increasing|grew|grow|grows|grown|growing|growth|up|higher|added|adding|recovered|recover|recovering|recovery|rebounded|rebound|rebounding|rebounds|expanded|expansion|leapt|leaped|rocketed|skyrocketed|shot up|ballooned|bounced|bounced back|clawed back|bounce|bounces|run-up|upswing|tacked on|zoomed|powered up|vaulted|returned|return|returns|put on|rise of|swelled|multiplied|spiked|uptick|appreciated|upside|improved|improving',
  ],
  [
    move(-1),
    'fell|fall|falls|falling|fallen|dropped|drop|drops|dropping|declined|decline|declines|declining|lost|lose|loses|losing|slid|slide|slides|sliding|slipped|slips|sank|sink|sinks|sunk|tumbled|tumble|tumbles|tumbling|plunged|plunge|plunges|plunging|slumped|slump|slumps|retreated|retreat|decreased|decrease|decreases|down|lower|shed|sheds|shrank|shrink|shrinks|dived|dove|crashed|crash|eased|cut|reduced|tanked|weakened|gave up|gave back|handed back|contracted|plummeted|dipped|dip|cratered|pulled back|pullback|skidded|nosedived|nosedive|rout|sell-off|selloff|backslid|correction|corrected|wiped off|wiped|erased|knocked',
  ],
  [{ is: 'level', times: 2, sign: 1 }, 'doubled|doubling|doubles|double'],
  [{ is: 'level', times: 3, sign: 1 }, 'tripled|tripling|trebled|triple'],
  [{ is: 'level', times: 4, sign: 1 }, 'quadrupled|quadrupling|quadruple'],
  [{ is: 'level', times: 0.5, sign: -1 }, 'halved|halving'],
];

const NUMBERS: readonly WordRow[] = [
  ...[
    'zero',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
    'thirteen',
    'fourteen',
    'fifteen',
    'sixteen',
    'seventeen',
    'eighteen',
    'nineteen',
    'twenty',
  ].map((word, value): WordRow => [{ is: 'number', value }, word]),
  [{ is: 'number', value: 30 }, 'thirty'],
  [{ is: 'number', value: 40 }, 'forty'],
  [{ is: 'number', value: 50 }, 'fifty'],
  [{ is: 'number', value: 100 }, 'a hundred|one hundred'],
  [{ is: 'number', value: 500 }, 'five hundred'],
  [{ is: 'number', value: 0.5 }, 'half'],
  [{ is: 'part', value: 0.5 }, 'half|one half|one-half'],
  [{ is: 'part', value: 0.25, verb: true }, 'a quarter|one quarter|one-quarter'],
  [{ is: 'part', value: 1 / 3, verb: true }, 'a third|one third|one-third'],
  [{ is: 'part', value: 2 / 3, verb: true }, 'two thirds|two-thirds'],
  [{ is: 'part', value: 0.75, verb: true }, 'three quarters|three-quarters'],
  [{ is: 'part', value: 0.2, verb: true }, 'a fifth|one fifth|one-fifth'],
  [{ is: 'part', value: 0.1, verb: true }, 'a tenth|one tenth|one-tenth'],
  [{ is: 'part', value: 0.25 }, 'a quarter of|one quarter of|one-quarter of'],
  [{ is: 'part', value: 0.75 }, 'three quarters of|three-quarters of'],
  [{ is: 'part', value: 1 / 3 }, 'a third of|one third of|one-third of'],
  [{ is: 'part', value: 2 / 3 }, 'two thirds of|two-thirds of'],
  [{ is: 'part', value: 0.2 }, 'a fifth of|one fifth of|one-fifth of'],
  [{ is: 'part', value: 0.1 }, 'a tenth of|one tenth of|one-tenth of'],
  [{ is: 'scale', factor: 1e2 }, 'hundred'],
  [{ is: 'scale', factor: 1e3 }, 'thousand|k'],
  [{ is: 'scale', factor: 1e6 }, 'million|mn|mln|m'],
  [{ is: 'scale', factor: 1e9 }, 'billion|bn|bln|b'],
  [{ is: 'scale', factor: 1e12 }, 'trillion|tn|trn'],
  [{ is: 'currency', currency: 'CNY' }, 'yuan|rmb|cny|renminbi|¥|cn¥'],
  [{ is: 'currency', currency: 'USD' }, 'dollars|dollar|usd|us$|$|u.s. dollars|us dollars'],
  [{ is: 'currency', currency: 'HKD' }, 'hk$|hkd|hong kong dollars'],
  [{ is: 'unit', unit: 'percent' }, '%|percent|per cent|pct|pc'],
  [
    { is: 'unit', unit: 'points' },
    'percentage points|percentage point|pp|ppt|ppts|pps|percentage-point|pct pts|pct points|%-points',
  ],
  [{ is: 'unit', unit: 'basis points' }, 'basis points|bps|bp|basis point'],
  [{ is: 'unit', unit: 'times' }, 'times|x|×'],
  [{ is: 'unit', unit: 'fold' }, 'fold|-fold'],
  [{ is: 'unit', unit: 'index points' }, 'points|point'],
  [{ is: 'unit', unit: 'funds' }, 'products|funds|etfs'],
  [{ is: 'unit', unit: 'members' }, 'companies|securities'],
  [
    { is: 'members' },
    'stocks|stock|names|name|companies|company|constituents|constituent|members|member|securities|components|firms',
  ],
];

const HEDGES: readonly WordRow[] = [
  [
    hedge('about'),
    'about|around|roughly|approximately|approx.|approx|some|circa|~|≈|or so|in the region of|close to|an estimated',
  ],
  [hedge('nearly'), 'nearly|almost|just under|just below|just short of|not quite|a little under|shy of'],
  [
    hedge('over'),
    'back above|more than|over|above|exceeding|exceeded|in excess of|at least|topped|topping|upwards of|upward of|north of|surpassing|just over|crossed|crossing|breached|broke through|breaking through|cleared|reclaimed|slightly more than|a little over|>|no less than',
  ],
  [hedge('upTo'), 'up to|as much as|as many as|at most|no more than|a maximum of|maximum of|as large as'],
  [hedge('under'), 'less than|under|beneath|fewer than|<'],
];

const TIMES: readonly WordRow[] = [
  ...[
    'january|jan',
    'february|feb',
    'march|mar',
    'april|apr',
    'may',
    'june|jun',
    'july|jul',
    'august|aug',
    'september|sept|sep',
    'october|oct',
    'november|nov',
    'december|dec',
  ].map((names, i): WordRow => [{ is: 'month', month: i + 1 }, names]),
  ...[
    'sunday',
    'monday|mon',
    'tuesday|tue|tues',
    'wednesday|wed',
    'thursday|thu|thurs',
    'friday|fri',
    'saturday',
  ].map((names, i): WordRow => [{ is: 'weekday', weekday: i }, names]),
  [monthPart('early'), 'early|early-|the start|the beginning'],
  [monthPart('mid'), 'mid|mid-|the middle'],
  [monthPart('late'), 'late|late-|the tail end'],
  [monthPart('first third'), 'first ten days|first 10 days'],
  [monthPart('last ten days'), 'last ten days|last 10 days|final ten days'],
  [monthPart('first half'), 'first half'],
  [monthPart('second half'), 'second half|latter half'],
  [monthPart('first week'), 'first week|opening week|first trading week'],
  [monthPart('second week'), 'second week|second trading week'],
  [monthPart('third week'), 'third week|third trading week'],
  [monthPart('last week'), 'last week|final week|last trading week'],
  [relative('today'), 'today|on the day|same day|that day|the day|this day|the same day'],
  [relative('yesterday'), 'yesterday|overnight'],
  [
    relative('next day'),
    'next day|the next session|the following day|a day later|the day after|following session|one day later|the next trading day',
  ],
  [
    relative('previous day'),
    'the day before|previous session|the previous day|a day earlier|previous trading day|day earlier',
  ],
  [
    relative('this week'),
    'this week|the week|for the week|that week|week to|week ended|week ending|in the week|same week|week of',
  ],
  [
    relative('last week'),
    'last week|the previous week|previous week|the week before|the prior week|a week earlier',
  ],
  [
    relative('next week'),
    'the following week|the week after|next week|the next week|following week|a week later|the week that followed',
  ],
  [relative('this month'), 'this month|month to date|the month|so far this month|that month'],
  [relative('last month'), 'last month|the previous month|previous month|the month before'],
  [
    relative('year to date'),
    'year to date|so far this year|since the start of the year|since the beginning of the year|ytd|year-to-date|since january 1|since the start of 2025|since the beginning of 2025|so far in 2025|this year so far|since the end of last year|since the end of 2024|from the start of the year',
  ],
  [relative('this year'), 'this year|the year|current year'],
  [relative('last year'), 'last year|the previous year|prior year'],
  [relative('this quarter'), 'this quarter|the quarter|latest quarter|most recent quarter'],
  [
    stretch('H1'),
    'first half|first-half|half-year|half year|first six months|h1|1h|interim|mid-year|midyear|semi-annual|six months|first half-year',
  ],
  [stretch('H2'), 'second half|second-half|h2|2h'],
  [stretch('Q1'), 'first quarter|first-quarter|q1|1q|first three months'],
  [stretch('Q2'), 'second quarter|second-quarter|q2|2q'],
  [stretch('Q3'), 'third quarter|third-quarter|a third quarter|a third-quarter|q3|3q'],
  [stretch('Q4'), 'fourth quarter|fourth-quarter|final quarter|closing quarter|q4|4q'],
  [stretch('9M'), 'first nine months|nine months|first three quarters|9m|nine-month'],
  [
    stretch('FY'),
    'annual report|full-year|full year|fy|for the full year|for the whole year|fiscal year|financial year|annual',
  ],
  [
    { is: 'base', base: 'year' },
    'year-on-year|year on year|year over year|year-over-year|yoy|y/y|y-o-y|from a year earlier|from a year ago|than a year earlier|than a year ago|compared with the same period last year|from the same period last year|from the same period a year earlier',
  ],
  [
    { is: 'base', base: 'year', named: true },
    "the year-earlier|the year-ago|the year-earlier figure|the year-ago figure|the year-earlier level|the prior-year figure|a year earlier|a year ago|a year before|same period last year|the same period a year earlier|the same period of last year|same period a year earlier|year earlier|year-earlier|the corresponding period|last year's first half|the first half of last year|the prior-year period|the year-earlier period|the year-ago period|twelve months earlier",
  ],
  [
    { is: 'base', base: 'quarter' },
    'quarter-on-quarter|quarter on quarter|quarter over quarter|quarter-over-quarter|qoq|q/q|q-o-q|from the previous quarter|from the prior quarter|from the preceding quarter|from the previous three months|sequentially|than the previous quarter|sequential',
  ],
  [
    { is: 'base', base: 'quarter', named: true },
    'the previous quarter|the prior quarter|the preceding quarter|the quarter before|a quarter earlier|three months earlier|in the previous quarter|in the prior quarter',
  ],
];

const GAPS: readonly WordRow[] = [
  [{ is: 'gap', sign: -1 }, 'short of|shy of|less than|adrift of|away from|discount to'],
  [{ is: 'gap', sign: 1 }, 'more than|ahead of|premium to'],
  [{ is: 'gap', sign: 0 }, 'gap|difference|apart'],
];

const MARKS: readonly WordRow[] = [
  [
    mark('crossed'),
    'back above|back below|topped|topping|surpassed|surpassing|crossed|crossing|breached|broke through|breaking through|cleared|reclaimed|hit|hitting|touched|reached|reaching|fell below|falls below|dropped below|slipped below|dipped below|broke above|broke|breaking|climbed above|rose above|moved past',
  ],
  [mark('holds'), 'held|holds|hold|owned|owns|bought|sold'],
  [mark('allShares'), 'a-share|a-shares|a shares|mainland|china’s|china|both exchanges'],
  [mark('atClose'), 'first close|first finish'],
  [mark('firstTime'), 'first time|for the first time|first close|first finish'],
  [mark('samePeriod'), 'over the same period|in the same period|over the same stretch|in that time'],
  [
    mark('almost'),
    'nearly|almost|not quite|just short of|narrowly|avoided|avoids|avoiding|missed|misses|missing|escaped|averted|came close to|came within',
  ],
  [
    mark('denied'),
    'untrue|not true|a myth|myth|fake|false|a hoax|hoax|are wrong|is wrong|were wrong|contrary to|nobody|no one|debunked',
  ],
  [mark('rumour'), 'claims|claim|reports that|rumours|rumors|talk that|speculation'],
  [
    mark('partOfDay'),
    'the morning|first hour|at noon|noon|by then|at the open|in early trading|in early trade|early trading|in morning trading|in morning trade|morning trading|morning|afternoon|in afternoon trading|pre-market|premarket|after-hours|after hours|by noon|by midday|at midday|midday|before the close|began trading|started trading|started friday|started the day|at the opening bell',
  ],
  [mark('perPeriod'), 'quarterly|per quarter|each quarter'],
  [mark('listed'), 'respectively'],
  [mark('run'), 'straight|consecutive|successive|in a row|running'],
  [
    mark('nth'),
    "second time|third time|fourth time|first record|second most|third most|second day|third day|previous record|old record|world's most",
  ],
  [
    mark('ago'),
    'a fortnight ago|fortnight|a couple of|a few days|the other day|earlier this month|earlier this week|before last|sessions ago|days ago|the day before yesterday|weeks ago|months ago',
  ],
  [mark('summed'), 'combined|together|put together|plus'],
  [mark('regained'), 'back above|reclaimed|regained|retook'],
  [mark('peak'), 'peak|peaks|high|highs'],
  [mark('round'), 'mark|threshold|barrier|milestone|handle|psychological level'],
  [mark('now'), 'now|currently|at present|presently|right now'],
  [
    mark('not'),
    "not|no|never|n't|didn't|doesn't|did not|failed to|without|neither|hasn't|isn't|wasn't|denied|nor|rather than|instead of|far from|false that|wrongly|unable to|ceded|surrendered its|lost the title|lost its title|lost the crown|lost its crown|weren't|haven't",
  ],
  [mark('conditional'), 'if|would have|were it|suppose|assuming|hypothetically|unless|in case|would be'],
  [
    mark('forecast'),
    'had expected|analysts expected|were expecting|hoped|had hoped|hoping|would close|would rise|would fall|fair value|fair valuation|intrinsic value|should be worth|fairly valued|could|may|might|target price|price target|target|expected to|expects|forecast|forecasts|projected|is likely to|expect|expecting|anticipate|anticipates|anticipated|sees it|foresee|foresees|outlook|predicts|predicted|will reach|will fall|will rise|will drop|will gain|will lose|will climb|will decline|will double|will halve|will jump|will hit|will trade|will close|going to|next month|next week|next quarter|tomorrow|analysts see|is set to|should reach|is due to|aims|potential|next year|possible|consensus',
  ],
  [
    mark('estimate'),
    'estimate|estimates|estimated|estimating|analysts|according to|calculated|reckons|reckoned|projects',
  ],
  [
    mark('atClose'),
    'at the close|at close|closed|closing|close|by the close|closing basis|at the end of the day|ended the day|finished the day|ended|ending|ends|finished|on a closing basis|closed above|closed below|closing above|finished above|finished below|ended above|ended below|close above|close below',
  ],
  [
    mark('intraday'),
    'intraday|intra-day|during the session|during the day|in intraday trading|briefly|at one point|during trading|in morning trade|in morning trading|in early trade|in the session|momentarily|within the session|for a moment|for a time|for a few minutes|for several minutes|for some minutes|for minutes|at one stage|at its peak|at the peak',
  ],
  [
    mark('trailing'),
    'trailing|ttm|last twelve months|past twelve months|trailing 12-month|trailing twelve-month|past 12 months|last 12 months|rolling|historical',
  ],
  [
    mark('forward'),
    "forward|one-year forward|projected earnings|estimated earnings|forward earnings|next year's earnings|forward p/e|expected earnings|dynamic p/e|static p/e|static pe|dynamic pe",
  ],
  [
    mark('perShare'),
    'per share|a share|apiece|each|/share|per diluted share|a diluted share|per basic share',
  ],
  [
    mark('before'),
    'before the rebalance|before the review|before the rebalancing|before the change|before the adjustment|prior to the review|before rebalancing|ahead of the rebalance',
  ],
  [
    mark('after'),
    'after the rebalance|after the review|after the rebalancing|after the change|after the adjustment|following the review|after rebalancing|post-review|post-rebalance|after capping|following the rebalance',
  ],
  [
    mark('again'),
    'again|once more|slipped back into the red|fell back into the red|slid back into the red|back into the red|back in the red|returned to the red|swung back into the red|swung back to a loss|back to a loss|fell back to a loss|back into negative territory|slipped back into negative territory|swung back to profit|swung back to a profit|back to profit|back in the black|back into the black',
  ],
  [
    mark('throughout'),
    'all week|all month|all year|every day|each day|every session|each session|throughout|all day|all session|the whole session|the entire session',
  ],
  [mark('since'), 'since'],
  [mark('from'), 'from'],
  [
    mark('to'),
    'to|to reach|reaching|at|hit|hitting|hits|reached|reaches|to close at|to end at|to finish at|stood at|stands at|to stand at',
  ],
  [mark('by'), 'by'],
  [mark('until'), 'through|until|till'],
  [mark('range'), 'and|-|to|–'],
  [mark('of'), 'of|on|in|worth of|end-|weighed on|weighs on|weighing on'],
  [mark('is'), 'is|was|are|were|be'],
  [
    mark('break'),
    ',|;|:|while|whereas|but|although|though|as|when|which|who|despite|then|before|after|with|—|however|compared with|versus|vs|vs.|against|than',
  ],
  [mark('open'), '(|['],
  [mark('shut'), ')|]'],
  [mark('possessive'), "'s|s'"],
  [
    mark('second'),
    'second place|second-largest|second largest|second-biggest|second biggest|second-heaviest|second heaviest|second most expensive|no. 2|second highest|second-highest',
  ],
  [
    mark('third'),
    'third place|third-largest|third largest|third-biggest|third biggest|third-heaviest|third heaviest|no. 3',
  ],
  [mark('ended'), 'ended|ending'],
  [mark('limit'), 'limit|limits'],
  // Another company's name that says what this one is like.
  [
    mark('epithet'),
    "china's nvidia|chinese nvidia|china's answer to nvidia|answer to nvidia|nvidia of china|homegrown nvidia|home-grown nvidia|domestic nvidia|local nvidia|nvidia challenger|nvidia rival|nvidia competitor|nvidia alternative|nvidia substitute|nvidia clone|nvidia wannabe|would-be nvidia|little nvidia",
  ],
  [mark('old'), 'old|previously|formerly'],
  [mark('past'), 'past|last|previous'],
  [mark('sessions'), 'sessions|trading days|trading sessions|session'],
  [mark('days'), 'days'],
  [mark('week'), 'week'],
  [mark('weeks'), 'weeks'],
  [mark('months'), 'months'],
  [mark('years'), 'years'],
  [mark('month'), 'month'],
  [mark('year'), 'year'],
  [mark('quarter'), 'quarter'],
  [
    mark('loss'),
    'minus|negative|net loss|loss|losses|lost|lose|loses|losing|net outflow|cash outflow|outflow|cash outflow from operations',
  ],
  [mark('both'), 'both'],
  [mark('all'), 'all'],
];

const UNHELD: readonly WordRow[] = [
  [
    { is: 'unheld', what: 'metric' },
    "monthly|per month|each month|peers|largest shareholder|bonds|bond|options|conversion price|support|resistance|cost basis|bought back|buyback|new shares|block trade|block trades|us dollar terms|dollar terms|hong kong|in hong kong|institutions|a basket of|total return|domestic revenue|cloud revenue|edge revenue|customer|parent|minority interests|impairment|impairments|wrote down|write-downs|excluding cambricon|excluding|actively managed|active funds|insiders|retail investors|foreign investors|hedge funds|every day|other than|largest etf|the largest etf|each etf|was issued at|issued at|first two days|first three days|star market's|issue price|offer price|ipo price|offering price|listing price|short of|shy of|premium|premium to|discount to|average|averaged|averages|on average|median|float|free float|free-float|floating shares|tradable shares|float shares|capital expenditure|capex|dividend|dividends|dividend yield|headcount|employees|staff|market share|ebitda|ebit|operating profit|gross profit|net assets|equity|debt|net debt|liabilities|total liabilities|return on equity|roe|book value|price-to-book|p/b|shipments|orders|backlog|customers|price target|target price|selling expenses|administrative expenses|expenses|tax|taxes|subsidies|government grants|short interest|margin financing|margin balance|margin debt|northbound holdings|holders|shareholders|stake|bond yield|yield|exports|imports|gdp|inflation|unemployment|temperature|unit price|chip sales|cloud sales|overseas revenue|overseas sales|customer concentration|net inflow|inflows|inflow|volume|trading volume|turnover rate|gross merchandise|users|downloads|compute|fundraising|placement|private placement|capital increase|free cash flow|ebitda margin|operating margin|tariff|tariffs|fund fee|management fee|volatility|beta|peg|peg ratio|ev/sales|enterprise value",
  ],
  [
    { is: 'unheld', what: 'entity' },
    "star 100|star market 100|star 200|star growth|etf market|subsidiary|subsidiaries|rival|rivals|supplier|suppliers|founder|competitor|competitors|amd|intel|tsmc|huawei|alibaba|tencent|baidu|apple|microsoft|google|alphabet|amazon|meta|tesla|broadcom|qualcomm|samsung|sk hynix|micron|arm|deepseek|openai|bytedance|xiaomi|jd.com|byd|catl|nasdaq 100|nasdaq|s&p 500|dow jones|dow|hang seng|hang seng index|hang seng tech|nikkei|topix|kospi|chinext|chinext index|shenzhen component|shanghai gold|gold|oil|bitcoin|ftse|dax|msci china|the yuan|treasury|smic hk|wuliangye|ping an|icbc|enflame|biren|foxconn|inspur|zte|asml|applied materials|ai chip sector|china's economy",
  ],
];

export const ENGLISH: readonly WordRow[] = [
  ...METRICS,
  ...MOVES,
  ...NUMBERS,
  ...HEDGES,
  ...TIMES,
  ...ENGLISH_EVENTS,
  ...GAPS,
  ...MARKS,
  ...UNHELD,
];
