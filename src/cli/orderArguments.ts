/** Parts of an order as they are typed. */
import {
  CHANCE_KINDS,
  DAY_PARTS,
  fenOf,
  isWholeFen,
  MARKET_KINDS,
  parseDay,
  Refusal,
  securityId,
  yuanOf,
  type ChanceKind,
  type Condition,
  type Direction,
  type Exit,
  type Fen,
  type IndexData,
  type SecurityId,
  type SessionTerms,
  type Side,
} from '../core/index.js';
import { argumentError, numberArgument } from './context.js';
import { TRADED_INDEX, lastCloseOf, lastLevelOf } from './trading.js';

export function sideArgument(text: string): Side {
  if (text === 'buy' || text === 'sell') return text;
  throw argumentError('--side', text, 'buy or sell');
}

/** No board takes as many in one order. */
export const MOST_SHARES = 1e9;

export function quantityArgument(text: string, option = '--quantity'): number {
  const quantity = numberArgument(option, text, 0, MOST_SHARES);
  if (Number.isInteger(quantity)) return quantity;
  throw argumentError(option, text, 'a whole number of shares');
}

export const HIGHEST_PRICE = 1e6;

export function priceArgument(name: string, text: string): Fen {
  const price = numberArgument(name, text, 0, HIGHEST_PRICE);
  if (isWholeFen(price)) return fenOf(price);
  throw argumentError(name, text, 'a price in whole hundredths, such as 1234.56');
}

export function orderArgument(text: string): number {
  const id = Number(text);
  if (Number.isInteger(id) && id > 0) return id;
  throw argumentError('--order', text, 'the number of an order, as order list shows it');
}

export function securityArgument(data: IndexData, option: string, text: string): SecurityId {
  const id = securityId(text.replace(/\.(SH|SZ)$/i, ''));
  if (data.market.securities.some((security) => security.id === id)) return id;
  throw argumentError(option, text, 'a code of the data set, such as 688256');
}

/** What only a session has. */
export function sessionTermsArgument(options: {
  readonly kind?: string;
  readonly at?: string;
  readonly peak?: string;
}): SessionTerms {
  const { kind, at, peak } = options;
  return {
    ...(kind !== undefined && { kind: oneOf('--kind', kind, MARKET_KINDS) }),
    ...(at !== undefined && { during: oneOf('--at', at, DAY_PARTS) }),
    ...(peak !== undefined && { peak: quantityArgument(peak, '--peak') }),
  };
}

export function oneOf<T extends string>(option: string, text: string, names: readonly T[]): T {
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw argumentError(option, text, names.join(', '));
}

export const FILLS = ['close', 'session'] as const;

/** `10:30`, the whole of that minute, or `14:57:30`; milliseconds since midnight. */
export function untilArgument(option: string, text: string): number {
  const clock = parseClock(text);
  if (clock !== undefined) return text.split(':').length === 3 ? clock : clock + 59_000;
  throw argumentError(option, text, 'a time of day, such as 10:30');
}

const MOST_MINUTES = 375;

/** `30m`; a session with its auctions and the time after it is that long. */
export function minutesArgument(option: string, text: string): number {
  const minutes = Number(/^(\d{1,3})m$/.exec(text.trim())?.[1]);
  if (minutes > 0 && minutes <= MOST_MINUTES) return minutes;
  throw argumentError(option, text, `minutes from 1m to ${MOST_MINUTES}m, such as 30m`);
}

/** Milliseconds since midnight. */
export function parseClock(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) return undefined;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

const PERCENT = /^([0-9]+(?:\.[0-9]+)?)%$/;

export function exitArgument(takeProfit: string | undefined, stop: string | undefined): Exit | undefined {
  if (takeProfit === undefined && stop === undefined) return undefined;
  return {
    takeProfit: takeProfit === undefined ? undefined : priceArgument('--take-profit', takeProfit),
    stop: stop === undefined ? undefined : stopArgument(stop),
  };
}

/** `1100`, or `5%` below the highest close. */
function stopArgument(text: string): NonNullable<Exit['stop']> {
  const percent = PERCENT.exec(text)?.[1];
  return percent === undefined
    ? { at: priceArgument('--stop', text) }
    : { trail: fractionOf('--stop', text, percent) };
}

function fractionOf(option: string, text: string, percent: string): number {
  const fraction = Number(percent) / 100;
  if (fraction > 0 && fraction < 1) return fraction;
  throw argumentError(option, text, 'a share above 0 % and below 100 %');
}

const CONDITIONS =
  'CODE>=PRICE, CODE<=PRICE, CODE<=-5% (from the last close), CODE<=high-5%, star-50>=POINTS, "from DATE", "in(CODE)>=50%", "from 10:30", "bid(CODE)>=SHARES"';

/** The forms of `conditionText`, and moves from the last close. @param day of the account, whose close is the last */
export function conditionArgument(data: IndexData, text: string, day: number): Condition {
  const date = /^\s*from\s+(\S+)\s*$/.exec(text)?.[1];
  const from = date === undefined ? undefined : parseDay(date);
  if (from !== undefined) return { kind: 'time', from };
  const clock = date === undefined ? undefined : parseClock(date);
  if (clock !== undefined) return { kind: 'clock', from: clock };
  const match =
    /^\s*(?:(?<of>in|out|capped|bid|ask)\(\s*)?(?<subject>[\w.-]+?)(?:\s*\))?\s*(?<sign>>=|<=)\s*(?<best>high|low)?(?<move>[+-])?(?<number>[0-9]+(?:\.[0-9]+)?)(?<percent>%)?\s*$/.exec(
      text,
    );
  if (match?.groups === undefined) throw argumentError('--when', text, CONDITIONS);
  const { of, subject, sign, best, move, number, percent } = match.groups;
  const direction: Direction = sign === '>=' ? 'at-least' : 'at-most';
  const value = Number(number);
  const isIndex = subject === TRADED_INDEX || data.rulebook.aliases.includes(subject);
  const security = (): SecurityId => securityArgument(data, '--when', subject);
  if (of === 'bid' || of === 'ask') {
    const isShares = best === undefined && move === undefined && percent === undefined && !isIndex;
    if (!isShares || !Number.isInteger(value)) throw argumentError('--when', text, CONDITIONS);
    return { kind: 'book', of, security: security(), direction, threshold: value };
  }
  if (of !== undefined) {
    const threshold = percent === undefined ? value : value / 100;
    const kind = CHANCE_KINDS.find((name) => name === of) as ChanceKind;
    if (best !== undefined || move !== undefined || isIndex || threshold > 1)
      throw argumentError('--when', text, CONDITIONS);
    return { kind: 'chance', of: kind, security: security(), direction, threshold };
  }
  if (best !== undefined) {
    const fits =
      best === 'high' ? direction === 'at-most' && move === '-' : direction === 'at-least' && move === '+';
    if (!fits || percent === undefined || isIndex) throw argumentError('--when', text, CONDITIONS);
    return { kind: 'trail', security: security(), direction, fraction: fractionOf('--when', text, number) };
  }
  if ((move === undefined) !== (percent === undefined)) throw argumentError('--when', text, CONDITIONS);
  if (move === undefined)
    return isIndex
      ? { kind: 'index', direction, threshold: value }
      : { kind: 'price', security: security(), direction, threshold: value };
  const factor = 1 + (move === '-' ? -value : value) / 100;
  return movedFrom(data, { direction, factor, security: isIndex ? undefined : security() }, day);
}

interface Move {
  readonly security: SecurityId | undefined;
  readonly direction: Direction;
  readonly factor: number;
}

/** A move from the last close as the price it leads to. */
export function movedFrom(data: IndexData, { security, direction, factor }: Move, day: number): Condition {
  const last = security === undefined ? lastLevelOf(data, day) : lastCloseOf(data, security, day);
  if (last === undefined) {
    throw new Refusal('no_price', `${security ?? TRADED_INDEX} has no close to move from`, {});
  }
  return security === undefined
    ? { kind: 'index', direction, threshold: Number((last * factor).toFixed(2)) }
    : { kind: 'price', security, direction, threshold: yuanOf(fenOf(last * factor)) };
}
