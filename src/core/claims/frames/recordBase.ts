/** "Fallen 24.7 % from its peak", "6.8 % below its all-time high", 较历史高点回落24.7%: a change that sets out from a record. */
import type { Day } from '../../base/brand.js';
import {
  isMarked,
  meaningOf,
  segmentOf,
  type Piece,
  type QuantityPiece,
  type Sentence,
} from '../text/pieces.js';
import type { Metric } from '../words/meaning.js';
import { metricOf } from './frameMetrics.js';

/** Which prices the record is of; `either` where the words do not say. */
export type RecordPrice = 'close' | 'high' | 'either' | 'unclear';

interface RecordBase {
  readonly of: Exclude<RecordPrice, 'unclear'>;
  /** The word before it says so: "below", "under". */
  readonly below: boolean;
  /** Something else may be compared, or with something else. */
  readonly unclear: boolean;
  /** Day that the record is said to be of. */
  readonly on?: Day;
  /** The stretch that it is the highest of, where one is said: 年内高点, 8月的高点. */
  readonly within?: { readonly from: Day; readonly to: Day };
}

export function recordBaseSaid(sentence: Sentence, piece: QuantityPiece): RecordBase | undefined {
  if (piece.quantity.unit !== 'fraction' || piece.quantity.part === true) return undefined;
  const before = sentence.segments[piece.segment - 1] ?? [];
  const own = [
    ...(before.some((one) => one.kind === 'quantity') ? [] : before),
    ...segmentOf(sentence, piece),
  ];
  const record = own.find((one) => one.kind === 'word' && (isMarked(one.token, 'peak') || isRecord(one)));
  if (record === undefined) return undefined;
  // Between the word that leads to it and the record no number and no day: those say another base.
  const lead = own.findLast((one) => one.at < record.at && isLead(one));
  if (lead === undefined || record.at - lead.at > FURTHEST) return undefined;
  const between = own.filter(({ at }) => at > lead.at && at < record.at);
  const stretch = between.find((one) => one.kind === 'time');
  const others = between.filter((one) => one.kind !== 'word' && one !== stretch);
  if (others.length > 0) return undefined;
  // 8月28日高点 is the price of a day, and no record; 8月28日创下的收盘纪录 is one.
  const made = stretch?.kind === 'time' && stretch.time.kind === 'day' ? stretch.time.day : undefined;
  const ofADay = made !== undefined && !isRecord(record);
  if (ofADay || (stretch?.kind === 'time' && made === undefined && stretch.time.kind !== 'window'))
    return undefined;
  // "From its record close of 1,492.49", "set on August 27": what stands behind it says another base.
  const behind = own.filter(({ at }) => at > record.at && at <= record.at + 5 && at !== piece.at);
  const day = behind.find((one) => one.kind === 'time');
  const dated = day?.kind === 'time' && day.time.kind === 'day' ? day.time.day : made;
  const unclear =
    behind.some(({ kind }) => kind === 'quantity') ||
    (day !== undefined && dated === undefined) ||
    own.some(
      (one) => one.at < lead.at && one.kind === 'word' && OTHERS.has(metricOf(one.token) ?? 'price'),
    ) ||
    own.some((one) => one.at < lead.at && one.kind === 'word' && isMarked(one.token, 'intraday'));
  const named = own.filter(({ at }) => at > lead.at && at <= record.at + 1);
  const closing = named.some(
    (one) => one.kind === 'word' && (metricOf(one.token) === 'close' || /clos|收盘/u.test(textOf(one))),
  );
  const intraday = named.some((one) => one.kind === 'word' && isMarked(one.token, 'intraday'));
  return {
    of: closing ? 'close' : intraday ? 'high' : 'either',
    below: BELOW.has(textOf(lead)),
    unclear,
    ...(dated !== undefined && { on: dated }),
    ...(stretch?.kind === 'time' && stretch.time.kind === 'window' && { within: stretch.time }),
  };
}

const OTHERS: ReadonlySet<Metric> = new Set<Metric>([
  'open',
  'low',
  'high',
  'marketCap',
  'tradedValue',
  'pe',
  'ps',
]);

const BELOW = new Set(['below', 'under', 'off', '低于']);

const FURTHEST = 5;

const isRecord = (one: Piece): boolean =>
  one.kind === 'word' && meaningOf(one.token, 'event')?.event === 'record';

const LEADS = new Set(['from', 'off', 'under', 'since', '较', '距', '从', '自', '比', '由', '距离']);

const isLead = (one: Piece): boolean =>
  one.kind === 'word' && (LEADS.has(textOf(one)) || meaningOf(one.token, 'event')?.event === 'below');

const textOf = (one: Piece): string => (one.kind === 'word' ? one.token.text.toLowerCase() : '');
