/** Which metric a number is of: the word that fits its unit and stands nearest, before it rather than after it. */
import {
  around,
  isMarked,
  meaningOf,
  segmentOf,
  type Piece,
  type QuantityPiece,
  type Sentence,
} from '../text/pieces.js';
import { memberCount } from './memberCounts.js';
import { partOfIndex } from './partOfIndex.js';
import type { Quantity } from '../text/quantities.js';
import { entityOf, type Token } from '../text/tokens.js';
import type { Metric } from '../words/meaning.js';

export const metricOf = (token: Token): Metric | undefined => meaningOf(token, 'metric')?.metric;

const REPORTED: ReadonlySet<Metric> = new Set<Metric>([
  'revenue',
  'netProfit',
  'coreProfit',
  'cashFlow',
  'eps',
  'grossMargin',
  'netMargin',
  'rdInputShare',
  'rdExpenseShare',
  'inventory',
  'prepayments',
  'contractLiabilities',
  'receivables',
  'rdExpense',
  'rdInput',
  'totalAssets',
  'costOfRevenue',
]);

/** "Cambricon expects revenue of ...": by the company itself; what others expect of it is no outlook of its own. */
function ownOutlook(sentence: Sentence, piece: QuantityPiece): boolean {
  if (
    segmentOf(sentence, piece).some(
      (one) => one.kind === 'word' && /quarterly|单季|季度/iu.test(one.token.text),
    )
  )
    return false;
  const led = sentence.segments[piece.segment - 1]?.findLast(({ kind }) => kind === 'word');
  const ahead = led?.kind === 'word' && /^预[计期]$/u.test(led.token.text);
  if (ahead && sentence.names.some(({ segment, index }) => segment === piece.segment - 1 && !index))
    return true;
  const verb = segmentOf(sentence, piece).find(
    (one) => one.kind === 'word' && one.at < piece.at && OUTLOOK.has(one.token.text.toLowerCase()),
  );
  const before = verb === undefined ? undefined : sentence.pieces[verb.at - 1];
  const id = before?.kind === 'word' ? entityOf(before.token) : undefined;
  if (before?.kind === 'word' && before.token.text.toLowerCase() === 'it')
    return sentence.names.some(({ at, index }) => at < before.at && !index);
  return id !== undefined && !sentence.indices.has(id);
}

const OUTLOOK = new Set(['expects', 'forecasts', 'sees', 'projects', 'anticipates', '预计', '预期']);

/** A share of revenue, whose percent is a level and no growth. */
export const isMargin = (metric: Metric): boolean => MARGINS.has(metric);

const MARGINS: ReadonlySet<Metric> = new Set<Metric>([
  'grossMargin',
  'netMargin',
  'rdInputShare',
  'rdExpenseShare',
]);

/** Whether it is a line of a company's reports. */
export const isReported = (metric: Metric): boolean => REPORTED.has(metric);

export function metricOfQuantity(sentence: Sentence, piece: QuantityPiece): Metric | undefined {
  const { unit, word } = piece.quantity;
  const counted = memberCount(sentence, piece);
  if (counted !== undefined) return counted;
  if (roundMark(sentence, piece)) return 'price';
  const ratio = unit === 'fraction' ? shareOfRevenue(sentence, piece) : undefined;
  if (ratio !== undefined) return ratio;
  // "72 products with assets of ... tracked the index"
  if (unit === 'count' && sentence.pieces.some(tracks)) return 'trackedAssets';
  const near = around(sentence, piece)
    .flatMap(({ token }) => metricOf(token) ?? [])
    .filter((metric) => fits(metric, unit))
    // A price does not go from one percent to another.
    .filter((metric) => !(unit === 'fraction' && piece.lead === 'from' && PRICE_LIKE.has(metric)))
    .filter((metric, _, all) => !(all.includes('weight') && PRICE_LIKE.has(metric) && unit === 'fraction'));
  if (unit === 'times' && word !== true) {
    const over = amountFollowing(sentence, piece);
    if (over !== undefined) return over;
  }
  // "the 10 % cap", "a 14.88 % weight": the word right behind the number is its own.
  const behind = directlyBehind(sentence, piece);
  if (behind !== undefined && unit === 'fraction' && (behind === 'cap' || behind === 'weight')) return behind;
  const top = near.find((metric) => metric === 'topFive' || metric === 'topTen');
  if (top === 'topFive' && unit === 'fraction' && sentence.pieces.some(capping)) return 'topFiveCap';
  if (top !== undefined) return top;
  const cash = sentence.pieces.some(
    (one) => one.segment <= piece.segment && one.kind === 'word' && metricOf(one.token) === 'cashFlow',
  );
  // "Operating cash flow was an outflow of 29 million" is of no fund.
  if (near.includes('flow')) return cash ? 'cashFlow' : 'flow';
  if (near.includes('guidance') && (near[0] === 'guidance' || near[0] === 'revenue')) return 'guidance';
  if (near[0] === 'revenue' && isMoney(piece.quantity) && ownOutlook(sentence, piece)) return 'guidance';
  // "To 10 % from 15.39 % at the close": the two ends are of one thing.
  const pair = pairedMetric(sentence, piece);
  if (pair !== undefined) return pair;
  const specific = near.find((metric) => metric !== 'price');
  // "limits a single stock's weight to 10 %" is a rule where no member is named.
  if (
    specific === 'weight' &&
    unit === 'fraction' &&
    segmentOf(sentence, piece).some(capping) &&
    !namesMember(sentence, piece)
  )
    return 'cap';
  const share = segmentOf(sentence, piece).some(
    (one) => one.kind === 'word' && isMarked(one.token, 'perShare'),
  );
  if (specific === 'netProfit' && share && !isMoney(piece.quantity)) return 'eps';
  if (specific !== undefined && specific !== 'members') return specific;
  if (unit === 'fraction' && partOfIndex(sentence, piece)) return 'weight';
  if (specific !== undefined) return specific;
  if (isMoney(piece.quantity) && segmentOf(sentence, piece).some(swings)) return 'netProfit';
  if (unit === 'fraction' && segmentOf(sentence, piece).some(capping)) return 'cap';
  return (
    near[0] ?? earlierMetric(sentence, piece) ?? metricAhead(sentence, piece) ?? carried(sentence, piece)
  );
}

const SHARES: Readonly<Partial<Record<Metric, Metric>>> = {
  netProfit: 'netMargin',
  rdInput: 'rdInputShare',
  rdExpense: 'rdExpenseShare',
};

/** "About 16 % of revenue", 占营业收入的15.85%: of the line named before. */
function shareOfRevenue(sentence: Sentence, piece: QuantityPiece): Metric | undefined {
  const { pieces } = sentence;
  const [of, sales] = pieces.slice(piece.at + 1, piece.at + 3);
  const english =
    of?.kind === 'word' &&
    of.token.text.toLowerCase() === 'of' &&
    sales?.kind === 'word' &&
    metricOf(sales.token) === 'revenue';
  const before = pieces.slice(0, piece.at);
  const chinese = before.findLastIndex((one) => one.kind === 'word' && one.token.text.startsWith('占'));
  const covers =
    chinese >= 0 &&
    before.slice(chinese).some((one) => one.kind === 'word' && metricOf(one.token) === 'revenue') &&
    before.slice(chinese).every(({ kind }) => kind === 'word');
  if (!english && !covers) return undefined;
  return before
    .slice(0, covers ? chinese : undefined)
    .flatMap((one) => (one.kind === 'word' ? (metricOf(one.token) ?? []) : []))
    .map((metric) => SHARES[metric])
    .findLast((metric) => metric !== undefined);
}

const tracks = (one: Piece): boolean => one.kind === 'word' && metricOf(one.token) === 'trackedAssets';

const PRICE_LIKE: ReadonlySet<Metric> = new Set<Metric>(['price', 'close', 'open', 'high', 'low']);

/** "The 4,000 mark", 4000点大关: of a price or level. */
export function roundMark({ pieces }: Sentence, { at, quantity: { unit, value } }: QuantityPiece): boolean {
  const next = pieces.slice(at + 1, at + 3);
  const money = unit === 'CNY' || unit === 'USD' || unit === 'index points';
  return (
    (money || (unit === 'none' && value >= 100)) &&
    next.some(
      (one, i) =>
        one.kind === 'word' &&
        (isMarked(one.token, 'round') || one.token.text.toLowerCase() === 'level') &&
        (i === 0 || isFiller(next[0])),
    )
  );
}

const isFiller = (piece: Piece): boolean =>
  piece.kind === 'word' && ['-', 'point', 'points', 'yuan'].includes(piece.token.text.toLowerCase());

function pairedMetric(sentence: Sentence, piece: QuantityPiece): Metric | undefined {
  const before = segmentOf(sentence, piece).findLast(
    (one): one is QuantityPiece => one.kind === 'quantity' && one.at < piece.at,
  );
  const paired =
    (piece.lead === 'from' && before?.lead === 'to') ||
    (piece.lead === 'to' && before?.lead === 'from' && before.quantity.unit !== 'none');
  return paired && before?.quantity.unit === piece.quantity.unit
    ? metricOfQuantity(sentence, before)
    : undefined;
}

function directlyBehind({ pieces }: Sentence, { at }: QuantityPiece): Metric | undefined {
  const next = pieces[at + 1];
  return next?.kind === 'word' ? metricOf(next.token) : undefined;
}

/** `500 times trailing earnings`, `166 times sales`: what follows says what is multiplied. */
function amountFollowing({ pieces }: Sentence, { at, segment }: QuantityPiece): 'pe' | 'ps' | undefined {
  const metrics = pieces
    .slice(at + 1, at + 6)
    .filter((one) => one.segment === segment)
    .flatMap((one) => (one.kind === 'word' ? (metricOf(one.token) ?? []) : []));
  if (metrics.some((metric) => metric === 'netProfit' || metric === 'pe' || metric === 'eps')) return 'pe';
  return metrics.some((metric) => metric === 'revenue' || metric === 'ps') ? 'ps' : undefined;
}

const capping = (piece: Piece): boolean =>
  piece.kind === 'word' &&
  (metricOf(piece.token) === 'cap' || meaningOf(piece.token, 'event')?.event === 'capped');

const namesMember = (sentence: Sentence, piece: QuantityPiece): boolean =>
  segmentOf(sentence, piece).some(
    (one) =>
      one.kind === 'word' &&
      entityOf(one.token) !== undefined &&
      !sentence.indices.has(entityOf(one.token) ?? ''),
  );

/** "swung to a profit of 1.04 billion": the profit is in the words of the event. */
const swings = (piece: Piece): boolean => {
  const event = piece.kind === 'word' ? meaningOf(piece.token, 'event')?.event : undefined;
  if (event === 'turnedPositive' || event === 'turnedNegative') return true;
  return piece.kind === 'word' && isMarked(piece.token, 'loss');
};

/** More than a share costs. */
const isMoney = ({ unit, value }: Quantity): boolean => (unit === 'CNY' || unit === 'USD') && value >= 1e6;

/** From the segments before, nearest first. */
function earlierMetric({ pieces }: Sentence, piece: QuantityPiece): Metric | undefined {
  for (let i = piece.at - 1; i >= 0; i--) {
    const one = pieces[i];
    const metric = one.kind === 'word' ? metricOf(one.token) : undefined;
    if (metric !== undefined && fits(metric, piece.quantity.unit)) return metric;
  }
  return undefined;
}

/** "At 15.42 %, its weight was ...": a segment of nothing but a number is about what follows. */
function metricAhead(sentence: Sentence, piece: QuantityPiece): Metric | undefined {
  const silent = around(sentence, piece).every(
    ({ token }) => meaningOf(token, 'move') === undefined && entityOf(token) === undefined,
  );
  const next = silent ? sentence.segments[piece.segment + 1] : undefined;
  return next
    ?.flatMap((one) => (one.kind === 'word' ? (metricOf(one.token) ?? []) : []))
    .find((metric) => metric === 'weight' && fits(metric, piece.quantity.unit));
}

/** "..., another page put it at 54.5 billion": an amount of the sentence before, where this one says nothing else. */
function carried({ pieces, context }: Sentence, { quantity }: QuantityPiece): Metric | undefined {
  const { metric } = context;
  if (metric === undefined || !isMoney(quantity) || !fits(metric, quantity.unit)) return undefined;
  const silent = pieces.every(
    (one) =>
      one.kind !== 'word' ||
      (metricOf(one.token) === undefined && meaningOf(one.token, 'unheld') === undefined),
  );
  return silent ? metric : undefined;
}

/** Whether a number of this unit can be one of the metric at all. */
function fits(metric: Metric, unit: Quantity['unit']): boolean {
  switch (metric) {
    case 'weight':
    case 'topFive':
    case 'topTen':
    case 'cap':
    case 'topFiveCap':
      return unit === 'fraction' || unit === 'points';
    case 'grossMargin':
    case 'netMargin':
    case 'rdInputShare':
    case 'rdExpenseShare':
      return unit === 'fraction' || unit === 'points';
    case 'pe':
    case 'ps':
      return unit === 'times' || unit === 'none' || unit === 'fraction';
    case 'members':
    case 'additions':
    case 'deletions':
    case 'replacements':
    case 'products':
      return unit === 'count' || unit === 'none';
    case 'totalShares':
    case 'units':
      return unit === 'shares' || unit === 'none' || unit === 'fraction';
    case 'flow':
      return unit === 'CNY' || unit === 'USD';
    case 'trackedAssets':
      return unit === 'CNY' || unit === 'USD' || unit === 'count';
    case 'price':
    case 'close':
    case 'open':
    case 'high':
    case 'low':
      return unit !== 'count' && unit !== 'shares' && unit !== 'points';
    default:
      return unit !== 'index points' && unit !== 'count' && unit !== 'shares';
  }
}
