/** English words for what happened: who passed whom, swings, records, reviews, limits, and the largest moves. */
import { event, mark, metric, move, type WordRow } from './meaning.js';

const HAPPENED: readonly WordRow[] = [
  [
    event('passed'),
    'past|broke above|climbs above|jumped above|back above|over|passed|passing|overtook|overtake|overtaking|overtakes|leapfrogging|leapfrogs|eclipses|dethrones|vaulted past|soared past|climbed past|jumped past|rose past|surged past|went past|sailed past|surpassed|surpass|surpasses|exceeds|eclipsed|eclipse|eclipsing|topples|toppled|dethroned|dethroning|outranked|leapfrogged|beat|beats|above|higher than|more expensive than|higher share price than|higher stock price than|higher price than|costs more than|cost more than|pricier than|dearer than|exceed|moved past|rose above|climbed above|close above|closes above|finish above|end above|closed above|closing above|overtaken|finished above|ended above|stayed above',
  ],
  [
    event('below'),
    'below|dipped below|dropped below|falls below|sank below|tumbled below|lower share price than|lower stock price than|lower price than|lower than|cheaper than|fell below|close below|closes below|finish below|end below|closed below|fell back below|slipped below|finished below|fallen below|back below|ended below|under moutai|behind',
  ],
  [
    event('turnedPositive'),
    'first annual net profit|first annual profit|first full-year profit|first full-year net profit|first-ever annual profit|swung to a profit|swung to profit|swing to profit|swung to a net profit|turned profitable|turned positive|turned a profit|turned to profit|turned to a profit|returned to profit|returned to profitability|flipped from negative to positive|flipped to positive|turned from negative to positive|went from negative to positive|from negative to positive|swung into the black|moved into the black|from loss to profit|from a loss to a profit|from a loss|turnaround|flipped positive|became positive|swung to positive|swung into profit|returned to the black|became profitable|turned a loss into a profit|reversed a loss|moved from negative to positive|swung from negative to positive|swung from a loss to a profit|swung from loss to profit|turned loss into profit|swung to a positive|swung back to profit|swung back to a profit|back to profit|back in the black|back into the black|turning positive|swinging to profit',
  ],
  [
    event('turnedNegative'),
    'swung to a loss|swung to loss|turned to a loss|turned negative|fell into the red|slipped into the red|from profit to loss|swung into the red|from positive to negative|flipped to negative|swung to a net loss|turned loss-making|became negative|went negative|slipped back into the red|fell back into the red|slid back into the red|back into the red|back in the red|returned to the red|swung back into the red|swung back to a loss|back to a loss|fell back to a loss|back into negative territory|slipped back into negative territory|fell into negative territory|slid into the red|dipped into the red|moved into the red',
  ],
  [
    event('lossNarrowed'),
    'narrowed its loss|loss narrowed|losses narrowed|narrowed its losses|narrower loss|narrowed|net loss narrowed|smaller loss',
  ],
  [
    event('lossWidened'),
    'widened its loss|loss widened|losses widened|widened|wider loss|net loss widened|larger loss',
  ],
  [
    event('record'),
    'record high|record close|record closing|all-time high|all time high|record|highest ever|highest level on record|all-time closing high|new high|highest close|historic high|record-high',
  ],
  [
    event('dearest'),
    'most expensive|highest-priced|highest priced|priciest|dearest|most highly priced|top-priced|costliest|stock king|king of a shares|highest share price|highest stock price|king of a-shares',
  ],
  [
    event('recordLow'),
    'lowest finish|record low|all-time low|lowest close|lowest level|lowest closing level|lowest closing price|new low|weakest close',
  ],
  [event('isPositive'), 'positive operating cash flow|positive cash flow'],
  [event('isNegative'), 'negative operating cash flow|negative cash flow'],
  [
    metric('cashFlow'),
    'positive operating cash flow|positive cash flow|negative operating cash flow|negative cash flow',
  ],
  [
    event('mostTraded'),
    'most heavily traded|most actively traded|most traded|most-traded|heaviest-traded|most active stock|most active|topped turnover|led turnover',
  ],
  [
    event('record'),
    'record turnover|highest turnover|highest daily turnover|largest daily turnover|biggest daily turnover|heaviest turnover|busiest day|record trading value',
  ],
  [
    metric('tradedValue'),
    'record turnover|highest turnover|highest daily turnover|largest daily turnover|biggest daily turnover|heaviest turnover|busiest day|record trading value',
  ],
  [
    event('largest'),
    'second place|third place|second-largest|second largest|second-biggest|second biggest|second-heaviest|second heaviest|second most expensive|no. 2|second highest|second-highest|third-largest|third largest|third-biggest|third biggest|third-heaviest|third heaviest|no. 3|largest weight|heaviest weight|biggest weight|largest constituent|biggest constituent|heaviest constituent|largest member|top constituent|largest component|biggest component|heaviest stock|largest holding|top weighting|heaviest-weighted|largest weighting|most heavily weighted|biggest member|heaviest member|heaviest component|top holding|top weight|no. 1 weight',
  ],
  [
    event('added'),
    'was added to|were added to|will be added to|added to the|joined|joins|will join|joining|included in|was included in|entered the|enters the|addition of|newly added|was added|be added|were added|entering',
  ],
  [
    event('removed'),
    'dropped out|drops out|fell out of|removed from|dropped from|deleted from|excluded from|left the index|leaves the|kicked out of|was removed|were removed|deletion of|was dropped|will be removed|leaving the index|was deleted|be removed|replaced by|was replaced',
  ],
  [event('replaced'), 'replaces|replace|replacing|replaced'],
  [event('announced'), 'announced|announcement|unveiled|disclosed|published'],
  [
    event('effective'),
    'effective|take effect|takes effect|took effect|taking effect|come into effect|comes into effect|came into effect|implemented|go into effect|goes into effect|into force',
  ],
  [event('pricing'), 'pricing date|pricing day|priced on|priced off|factors were fixed|capping factors use'],
  [
    event('outperformed'),
    'outperformed|outperform|outperforming|beat the|outpaced|outpacing|outpace|did better than|outran|outstripped|rose more than the|gained more than the|led the',
  ],
  [
    event('underperformed'),
    'underperformed|underperform|underperforming|lagged|lagging|lag|trailed behind|trailed|did worse than|lagged behind',
  ],
  [
    event('reported'),
    'released its interim report|released its half-year report|published its interim report|published its half-year report|reported its results|released its results|reported results|released results|published results|announced its results|announced results|results were released|earnings were released|earnings report|interim report|half-year report|earnings release|filed its|report came out',
  ],
  [event('limitUp'), 'limit-up|limit up|upper limit|upper circuit|upside limit|daily upper limit'],
  [event('limitDown'), 'limit-down|limit down|lower limit|lower circuit|downside limit|daily lower limit'],
  [
    event('limit'),
    'daily limit|daily trading limit|trading limit|price limit|exchange limit|exchange-imposed limit|daily price limit|maximum daily move|limit allowed',
  ],
  [
    event('capped'),
    'may together make up|may together account for|may together weigh|may not together exceed|may weigh|can weigh|may account for|may make up|limits|restricts|caps|capped at|capped|limited to|must not exceed|may not exceed|cannot exceed|not exceed|cannot be more than|may not be more than|no single stock|limit of',
  ],
];

/** "Its sharpest one-day decline": every adjective with every kind of session and noun. */
const EXTREMES: readonly WordRow[] = (
  [
    [1, 'gain|rise|jump|advance|increase|rally', 'best'],
    [-1, 'drop|decline|fall|loss|slump|plunge|slide', 'worst'],
  ] as const
).flatMap(([sign, nouns, superlative]) =>
  ['', 'one-day ', 'single-day ', 'daily ', 'one-session ', 'weekly ', 'monthly '].flatMap(
    (span): WordRow[] => {
      const adjectives = ['biggest', 'largest', 'sharpest', 'steepest', superlative];
      const counted = { '': 'day', 'weekly ': 'week', 'monthly ': 'month' }[span];
      const phrases = [
        ...adjectives.flatMap((one) => nouns.split('|').map((noun) => `${one} ${span}${noun}`)),
        ...(counted === undefined ? [] : [`${superlative} ${counted}`]),
      ].join('|');
      return [
        [event('extremeMove'), phrases],
        [move(sign), phrases],
        ...(span === 'weekly ' || span === 'monthly '
          ? [[mark(span === 'weekly ' ? 'weekly' : 'monthly'), phrases] as const]
          : []),
      ];
    },
  ),
);

export const ENGLISH_EVENTS: readonly WordRow[] = [...HAPPENED, ...EXTREMES];
