/** Events of a sentence as frames: swings of a report, who passed whom, limits, runs, and what a review changed. */
import { type Frame, marksOf, shared, signNear, spanOf } from './frame.js';
import { isReported, metricOf, metricOfQuantity } from './frameMetrics.js';
import { timeNear } from './frameTimes.js';
import { memberCount } from './memberCounts.js';
import { knownUnheld } from './strangers.js';
import {
  around,
  isJoint,
  isMarked,
  meaningOf,
  segmentOf,
  type Piece,
  type QuantityPiece,
  type Sentence,
  type StreakPiece,
  type WordPiece,
} from '../text/pieces.js';
import { entityOf } from '../text/tokens.js';
import type { Streak } from '../time/streaks.js';
import type { Event, Mark, Metric } from '../words/meaning.js';

const SWINGS: ReadonlySet<Event> = new Set<Event>([
  'turnedPositive',
  'turnedNegative',
  'lossNarrowed',
  'lossWidened',
]);

const LIMITS: ReadonlySet<Event> = new Set<Event>(['limitUp', 'limitDown', 'limit']);

/** "Hit the 20 % limit": of a price, where no weight is spoken of; in the rest of the sentence it may be, beside a verb of reaching. */
export function limitNamed(sentence: Sentence, piece: WordPiece): Event | undefined {
  const before = sentence.pieces[piece.at - 1];
  if (!isMarked(piece.token, 'limit') || before?.kind !== 'quantity' || before.quantity.unit !== 'fraction')
    return undefined;
  const own = segmentOf(sentence, piece);
  if (own.some(weighs)) return undefined;
  const reaches = own.some((one) => one.at < piece.at && REACHING.has(textOf(one)));
  return reaches || !sentence.pieces.some(weighs) ? 'limit' : undefined;
}

const REACHING = new Set(['hit', 'hits', 'hitting', 'reached', 'reaches', 'touched', 'by', 'its']);

function weighs(piece: Piece): boolean {
  const metric = piece.kind === 'word' ? metricOf(piece.token) : undefined;
  return metric === 'cap' || metric === 'weight' || metric === 'topFive';
}

/** "Its 20 % daily limit": the rule, and no change of its own. */
export function ofLimit(sentence: Sentence, { at }: QuantityPiece): boolean {
  const next = sentence.pieces[at + 1];
  if (next?.kind !== 'word') return false;
  const event = meaningOf(next.token, 'event')?.event ?? limitNamed(sentence, next);
  return event !== undefined && LIMITS.has(event);
}

/** The verb right behind, else the nearest before; of a run that is over only the words of the run itself. */
function wayOf(sentence: Sentence, piece: StreakPiece, over: boolean): 1 | -1 | undefined {
  const moves = (list: readonly Piece[]) =>
    list.flatMap((one) => {
      const sign = one.kind === 'word' ? meaningOf(one.token, 'move')?.sign : undefined;
      return sign === undefined ? [] : [{ at: one.at, sign }];
    });
  const own = segmentOf(sentence, piece);
  const behind = moves(own.filter(({ at }) => at > piece.at && at <= piece.at + 2))[0];
  if (over) return behind?.sign ?? moves(own.filter(({ at }) => at > piece.at))[0]?.sign;
  if (behind !== undefined)
    return /^[后之]/u.test(textOf(sentence.pieces[behind.at + 1])) ? undefined : behind.sign;
  return moves(own.filter(({ at }) => at < piece.at)).at(-1)?.sign ?? moves(own)[0]?.sign;
}

const textOf = (one: Piece | undefined): string => (one?.kind === 'word' ? one.token.text.toLowerCase() : '');

/** A run that is over, before the session spoken of or by it: "after three straight gains", "snapped a four-day losing streak". */
function overIn(sentence: Sentence, piece: StreakPiece): Streak['over'] {
  const before = segmentOf(sentence, piece).filter(({ at }) => at < piece.at);
  if (before.some((one) => BREAKING.has(textOf(one)))) return 'broken';
  const after =
    before.some((one) => textOf(one) === 'after') || textOf(sentence.pieces[piece.at + 1]) === '后';
  if (!after) return undefined;
  // "Fell after three straight gains": the session spoken of ended them.
  const way = piece.streak.sign ?? wayOf(sentence, piece, true);
  const turned = sentence.pieces.some(
    (one) =>
      one.kind === 'word' && one.at !== piece.at + 1 && meaningOf(one.token, 'move')?.sign === -(way ?? 0),
  );
  return turned ? 'broken' : 'before';
}

const BREAKING = new Set(
  'snap|end|break|halt|snapped|snapping|snaps|ended|ending|ends|broke|breaking|halted|halting|halts|终结|结束|终止|止住'.split(
    '|',
  ),
);

/** Of the closes; a run of other numbers is judged with the number. */
export function ofStreak(sentence: Sentence, piece: StreakPiece): Frame[] {
  const own = segmentOf(sentence, piece).flatMap((one) => (one.kind === 'word' ? [one] : []));
  const over = overIn(sentence, piece);
  const sign = piece.streak.sign ?? wayOf(sentence, piece, over !== undefined);
  const metric = own.flatMap(({ token }) => metricOf(token) ?? [])[0];
  const limit = own.some(({ token }) => LIMITS.has(meaningOf(token, 'event')?.event ?? 'capped'));
  if (sign === undefined || limit || (metric !== undefined && metric !== 'price' && metric !== 'close'))
    return [];
  const base = shared(sentence, piece);
  const named = new Set(sentence.names.filter(({ at }) => at < piece.at).map(({ id }) => id));
  const several = base.marks.has('both') && named.size > 1;
  return [
    {
      ...base,
      ...(several && { unheld: 'both' }),
      quantity: undefined,
      event: 'streak',
      metric,
      sign,
      lead: undefined,
      streak: { ...piece.streak, ...(over && { over }) },
    },
  ];
}

/** Words that compare only when a name follows at once: "above Moutai", but not "above 1,400". */
const PREPOSITIONS = new Set([
  'past',
  'over',
  'above',
  'below',
  'behind',
  'beat',
  'beats',
  'exceeded',
  '超过',
  '突破',
  '高于',
  '低于',
  '不及',
]);

/** 披露年报, "published its annual report": what came out is a report and not the review of an index. */
function reportNext(pieces: readonly Piece[], { at, segment }: WordPiece): boolean {
  const next = pieces
    .slice(at + 1, at + 4)
    .find((one) => !(one.kind === 'word' && ARTICLES.has(one.token.text.toLowerCase())));
  return next?.kind === 'time' && next.segment === segment && /报|report/iu.test(next.word ?? '');
}

const COUNTABLE: ReadonlySet<Event> = new Set<Event>(['added', 'removed', 'replaced']);

const counts = (sentence: Sentence, piece: WordPiece): boolean =>
  segmentOf(sentence, piece).some(
    (one) => one.kind === 'quantity' && memberCount(sentence, one) !== undefined,
  );

/** "Added to the Entity List", 纳入实体清单: with no index in the clause, what is joined is another list, or nobody is said to join. */
function ofSomethingElse(sentence: Sentence, piece: WordPiece): boolean {
  const own = sentence.names.filter(({ segment }) => segment === piece.segment);
  if (own.length === 0) return true;
  if (own.some(({ index }) => index)) return false;
  const next = segmentOf(sentence, piece).find(
    (one) => one.at > piece.at && !(one.kind === 'word' && ARTICLES.has(one.token.text.toLowerCase())),
  );
  return next?.kind === 'word' && next.token.meanings.length === 0 && !isJoint(next);
}

const ARTICLES = new Set(['the', 'a', 'an', 'to', 'its', '该', '其', '了']);

const LOSSES: ReadonlySet<Event> = new Set<Event>(['lossNarrowed', 'lossWidened']);

/** A loss that narrowed, and no margin, gap or fall in the price. */
const saysLoss = (sentence: Sentence, piece: WordPiece): boolean =>
  segmentOf(sentence, piece).some(
    (one) =>
      one.kind === 'word' &&
      (isMarked(one.token, 'loss') ||
        /亏|loss/iu.test(one.token.text) ||
        metricOf(one.token) === 'netProfit'),
  );

export function ofEvent(sentence: Sentence, piece: WordPiece, said: Event): Frame[] {
  const { pieces } = sentence;
  const event = said === 'announced' && reportNext(pieces, piece) ? 'reported' : said;
  // "Four stocks were added" says how many, and of no company that it was.
  if (COUNTABLE.has(event) && (counts(sentence, piece) || ofSomethingElse(sentence, piece))) return [];
  // "Our largest holding" is of a portfolio.
  if (event === 'largest' && /holding/iu.test(piece.token.text) && !sentence.names.some(({ index }) => index))
    return [];
  if (event === 'replaced' && !sentence.names.some(({ index }) => index)) return [];
  if (PREPOSITIONS.has(piece.token.text.toLowerCase()) && !namesNext(pieces, piece.at)) return [];
  if (LOSSES.has(event) && !saysLoss(sentence, piece)) return [];
  const sign =
    event === 'extremeMove'
      ? meaningOf(piece.token, 'move')?.sign
      : event === 'limit'
        ? signNear(sentence, piece)
        : undefined;
  const common = { ...shared(sentence, piece), ...unheldRecord(sentence, piece, event) };
  // 成交额增幅超过: growth against growth, of which nothing is compared.
  const grew =
    event === 'passed' &&
    segmentOf(sentence, piece).some((one) => one.kind === 'word' && /增幅|增速|涨幅/u.test(one.token.text));
  const base = {
    ...common,
    ...(grew && { unheld: 'growth' }),
    ...(LISTING.has(event) && listBehind(sentence, piece) && { unheld: 'both' }),
    quantity: undefined,
    event,
    sign,
    lead: undefined,
  };
  for (const mark of sessionMarks(sentence, piece, event)) base.marks.add(mark);
  // "17 % lower than in the previous quarter": the comparison belongs to the number.
  const before = pieces[piece.at - 1];
  const numbered = before?.kind === 'quantity' && before.quantity.unit === 'fraction';
  if (numbered && (event === 'passed' || event === 'below') && !namesNext(pieces, piece.at)) return [];
  if (event === 'announced' && !dayBeside(sentence, piece)) return [];
  if (DATED.has(event)) {
    const dated = daySaid(sentence, piece);
    if (dated !== undefined) return [{ ...base, ...dated, metric: undefined }];
  }
  if (!SWINGS.has(event))
    return [
      {
        ...base,
        metric:
          recordOf(sentence, piece, event) ??
          around(sentence, piece).flatMap(({ token }) => metricOf(token) ?? [])[0] ??
          segmentOf(sentence, piece).flatMap((one) =>
            one.kind === 'word' && one.at < piece.at ? (metricOf(one.token) ?? []) : [],
          )[0] ??
          metricOf(piece.token),
      },
    ];
  const metrics = listedBefore(sentence, piece);
  if (metrics.length === 0) return [{ ...base, metric: swungBefore(sentence, piece) }];
  return metrics.map(({ metric, start, denied }) => ({
    ...base,
    metric,
    start: Math.min(base.start, start),
    ...(denied && { marks: new Set([...base.marks, 'not' as const]) }),
  }));
}

/** The day stands in the clause, or in one before that says nothing else. */
function dayBeside(sentence: Sentence, piece: WordPiece): boolean {
  const before = sentence.segments[piece.segment - 1] ?? [];
  const own = segmentOf(sentence, piece);
  return [...(before.some(speaks) ? [] : before), ...own].some((one) => one.kind === 'time');
}

const LISTING: ReadonlySet<Event> = new Set<Event>([
  'passed',
  'below',
  'outperformed',
  'underperformed',
  'largest',
]);

/** "Closed above Hygon and Moutai": of two others only one would be looked at. */
function listBehind({ pieces, names }: Sentence, piece: WordPiece): boolean {
  const other = names.find(({ at }) => at > piece.at && at <= piece.at + 4);
  if (other === undefined) return false;
  const behind = pieces
    .slice(other.at + 1, other.at + 4)
    .filter((one) => !(one.kind === 'word' && isMarked(one.token, 'possessive')));
  const [join, next] = behind;
  const joins = join?.kind === 'word' && /^(?:and|plus|和|与|及|、)$/iu.test(join.token.text);
  const number = join?.kind === 'word' && join.token.text === '的' ? next : join;
  const times = number?.kind === 'quantity' && number.quantity.unit === 'times';
  return (joins && next?.kind === 'word' && entityOf(next.token) !== undefined) || times;
}

/** 融资余额升至126亿元，为历史最高: the record of a number nothing is held of. */
function unheldRecord(sentence: Sentence, piece: WordPiece, event: Event): { readonly unheld?: string } {
  const own = segmentOf(sentence, piece);
  if (event !== 'record' || own.some(({ kind }) => kind === 'quantity')) return {};
  const before = sentence.pieces.slice(0, piece.at).findLast(({ kind }) => kind === 'quantity');
  const unheld = before && before.segment === piece.segment - 1 ? knownUnheld(sentence, before) : undefined;
  return unheld === undefined ? {} : { unheld };
}

/** "Turnover reached 28.7 bn yuan, a record for the stock": of the number before. */
function recordOf(sentence: Sentence, piece: WordPiece, event: Event): Metric | undefined {
  if (event !== 'record') return undefined;
  const beside = segmentOf(sentence, piece).find((one): one is QuantityPiece => one.kind === 'quantity');
  if (beside !== undefined)
    return metricOfQuantity(sentence, beside) === 'tradedValue' ? 'tradedValue' : undefined;
  const before = sentence.pieces
    .slice(0, piece.at)
    .findLast((one): one is QuantityPiece => one.kind === 'quantity');
  const metric = before && metricOfQuantity(sentence, before);
  return metric === 'tradedValue' ? metric : undefined;
}

const DATED: ReadonlySet<Event> = new Set<Event>(['effective']);

/** The day that something takes effect, nearest in the clause or behind it, 9月8日起 included; and whether its close is meant. */
function daySaid(
  { pieces }: Sentence,
  piece: WordPiece,
): Pick<Frame, 'time' | 'timed' | 'marks'> | undefined {
  const days = pieces.flatMap((one) => {
    const day =
      one.kind !== 'time'
        ? undefined
        : one.time.kind === 'day'
          ? one.time.day
          : one.time.kind === 'closes' && one.time.days !== true
            ? one.time.from
            : undefined;
    return day === undefined ? [] : [{ day, at: one.at }];
  });
  const nearest = days.toSorted((a, b) => Math.abs(a.at - piece.at) - Math.abs(b.at - piece.at))[0];
  if (nearest === undefined) return undefined;
  const beside = pieces.slice(Math.max(0, nearest.at - 5), nearest.at + 3);
  const closing = beside.some((one) => one.kind === 'word' && isMarked(one.token, 'atClose'));
  const marks = marksOf(beside.filter(({ segment }) => segment === piece.segment));
  if (closing) marks.add('atClose');
  return { time: { kind: 'day', day: nearest.day, yearWritten: true }, timed: true, marks };
}

/** "The intraday high passed Moutai", "briefly overtook it as the dearest share": of the session, though the event does not say so itself. */
function sessionMarks(sentence: Sentence, piece: WordPiece, event: Event): Mark[] {
  if (event !== 'passed' && event !== 'dearest') return [];
  const own = segmentOf(sentence, piece);
  if (own.some((one) => one.kind === 'word' && metricOf(one.token) === 'high')) return ['intraday'];
  const marks = marksOf(own);
  // "..., dethroning Moutai" goes on with the clause before.
  const goesOn = event === 'dearest' || piece.token.text.toLowerCase().endsWith('ing');
  if (!goesOn || marks.has('atClose') || marks.has('intraday')) return [];
  const before = marksOf(sentence.pieces.slice(0, piece.at));
  return (['atClose', 'intraday'] as const).filter((mark) => before.has(mark));
}

function namesNext(pieces: readonly Piece[], at: number): boolean {
  const first = pieces
    .slice(at + 1, at + 4)
    .find((one) => !(one.kind === 'word' && one.token.text.toLowerCase() === 'the'));
  return first?.kind === 'word' && entityOf(first.token) !== undefined;
}

/** Metrics listed before an event, over the segments that say nothing else; those after it where there are none. */
function listedBefore(
  sentence: Sentence,
  piece: WordPiece,
): { readonly metric: Metric; readonly start: number; readonly denied: boolean }[] {
  const { pieces } = sentence;
  const found = new Map<Metric, Piece>();
  let { segment } = piece;
  for (let i = piece.at - 1; i >= 0; i--) {
    const one = pieces[i];
    if (one.segment !== segment && segmentOf(sentence, one).some(speaks)) break;
    ({ segment } = one);
    const metric = one.kind === 'word' ? metricOf(one.token) : undefined;
    if (metric !== undefined && isReported(metric)) found.set(metric, one);
  }
  if (found.size === 0) {
    for (const one of segmentOf(sentence, piece)) {
      const metric = one.kind === 'word' && one.at > piece.at ? metricOf(one.token) : undefined;
      if (metric !== undefined && isReported(metric)) found.set(metric, one);
    }
  }
  // "Revenue, not profit, flipped": the one is denied, not the event.
  const denied = (one: Piece): boolean =>
    one.segment !== piece.segment && marksOf(segmentOf(sentence, one)).has('not');
  return [...found]
    .map(([metric, one]) => ({ metric, start: one.span.start, denied: denied(one) }))
    .toReversed();
}

/** "Cash flow was -29 million, and turned negative again": the line before, where the words do not say profit or loss themselves. */
function swungBefore({ pieces }: Sentence, { at, token }: WordPiece): Metric | undefined {
  const before = pieces
    .slice(0, at)
    .flatMap((one) => (one.kind === 'word' ? (metricOf(one.token) ?? []) : []))
    .findLast((metric) => SWINGING.has(metric));
  return before === 'cashFlow' && /[亏盈]|profit|loss/iu.test(token.text) ? undefined : before;
}

const SWINGING: ReadonlySet<Metric> = new Set<Metric>(['netProfit', 'coreProfit', 'cashFlow']);

/** `..., but not at the close`: the event of before, under another mark. */
export function elliptic(sentence: Sentence, frames: readonly Frame[]): Frame[] {
  const { pieces } = sentence;
  const event = frames.findLast(
    (frame) =>
      frame.event === 'passed' ||
      frame.event === 'below' ||
      frame.event === 'record' ||
      frame.event === 'dearest',
  );
  if (event === undefined) return [];
  const segments = new Set(
    pieces.filter(({ span }) => span.start >= event.end).map(({ segment }) => segment),
  );
  return [...segments].flatMap((segment): Frame[] => {
    const own = pieces.filter((one) => one.segment === segment);
    const moves = own.some((one) => one.kind === 'word' && meaningOf(one.token, 'move') !== undefined);
    if (moves || own.some(speaks)) return [];
    const marks = marksOf(own);
    if (!marks.has('atClose') && !marks.has('intraday')) return [];
    const mark = own.find(
      (one) => one.kind === 'word' && (isMarked(one.token, 'atClose') || isMarked(one.token, 'intraday')),
    ) as Piece;
    // A clause of its own about who it closed above is an event and does not come here.
    return [
      { ...event, marks, time: timeNear(sentence, mark).time ?? event.time, ...spanOf(sentence, mark) },
    ];
  });
}

export const speaks = (piece: Piece): boolean =>
  piece.kind === 'quantity' || (piece.kind === 'word' && meaningOf(piece.token, 'event') !== undefined);
