/**
 * Whether a session takes an order, as one whole number: 0, or the first objection in the order that `checkOrder` names
 * them. Nothing is allocated here; `explainRejection` has the words, the rule and the nearest order.
 */
import { fen } from './fen.js';
import { BUY, bestLevel, SELL, type BookSide } from './orderBook.js';
import { cagePrice } from './priceRange.js';
import { REJECTED } from './rejections.js';
import { boughtToday, priceAt, type Session } from './session.js';
import { ORDER, type OrderKind, type VenueDay } from './venueDay.js';

/** @param price limit, or the protection price of a market order, 0 for none; whole units of the venue */
export function rejectionOf(
  session: Session,
  account: number,
  kind: number,
  side: BookSide,
  price: number,
  shares: number,
): number {
  const { day } = session;
  // The columns hold whole numbers of 32 bits; everything else ends here.
  if (!(shares > 0 && (shares | 0) === shares && (price | 0) === price)) return REJECTED.not_a_number;
  if (!(account >= 0 && account < session.held.length && (account | 0) === account))
    return REJECTED.unknown_account;
  if (side !== BUY && side !== SELL) return REJECTED.not_a_number;
  if (!day.kinds.includes(kind as OrderKind)) return REJECTED.kind_unknown;
  if (session.orders === session.account.length) return REJECTED.session_full;
  const timing = ofPhase(session, kind);
  if (timing !== 0) return timing;
  if (day.suspended) return REJECTED.suspended;
  const size =
    side === BUY ? ofPurchase(session, account, kind, shares) : ofSale(session, account, kind, shares);
  if (size !== 0) return size;
  return ofPrice(session, kind, side, price);
}

const isMarket = (kind: number): boolean => kind >= ORDER.bestFiveCancel && kind <= ORDER.fillOrKill;

const isHalted = ({ haltUntil, now }: Session): boolean => haltUntil > now;

function ofPhase(session: Session, kind: number): number {
  const { phase } = session;
  if (phase === undefined) return REJECTED.phase_closed;
  const { onClose } = session.day;
  if (onClose !== undefined && kind === ORDER.atClose && session.now >= onClose.until)
    return REJECTED.kind_not_now;
  if (phase.kind === 'continuous') return isMarket(kind) && isHalted(session) ? REJECTED.kind_not_now : 0;
  if (phase.kind === 'call') {
    if (kind === ORDER.limit || kind === ORDER.atClose) return 0;
    return kind === ORDER.afterHours && phase.sets === 'close' ? 0 : REJECTED.kind_not_now;
  }
  if (phase.kind === 'pause') {
    if (phase.keeps !== true) return REJECTED.phase_closed;
    return kind === ORDER.limit ? 0 : REJECTED.kind_not_now;
  }
  return kind === ORDER.afterHours ? 0 : REJECTED.kind_not_now;
}

function largestOf(day: VenueDay, kind: number): number {
  if (kind === ORDER.afterHours) return day.largestAfterHours;
  return isMarket(kind) ? day.largestMarket : day.largestLimit;
}

function ofPurchase(session: Session, account: number, kind: number, shares: number): number {
  const { day } = session;
  if (shares < day.least) return REJECTED.order_too_small;
  if (shares > largestOf(day, kind)) return REJECTED.order_too_large;
  if (shares % day.step !== 0) return REJECTED.order_step;
  if (session.purchases[account] + shares > day.largestPurchase) return REJECTED.purchase_cap;
  return 0;
}

function ofSale(session: Session, account: number, kind: number, shares: number): number {
  const { day, sellable, held } = session;
  const own = sellable[account];
  if (shares > own) {
    if (shares > held[account]) return REJECTED.short_sale;
    return shares > held[account] - boughtToday(session, account)
      ? REJECTED.bought_today
      : REJECTED.shares_committed;
  }
  if (shares > largestOf(day, kind)) return REJECTED.order_too_large;
  return isOddLot(day, shares, own) ? REJECTED.odd_lot : 0;
}

function isOddLot({ oddLots, least, step }: VenueDay, shares: number, own: number): boolean {
  if (oddLots === 'free') return false;
  if (oddLots === 'refused') return shares % step !== 0;
  if (step === 1) return shares < least && shares !== own;
  const rest = shares % step;
  return rest !== 0 && rest !== own % step;
}

function ofPrice(session: Session, kind: number, side: BookSide, price: number): number {
  const { day } = session;
  if (isMarket(kind) && price === 0) return day.protection ? REJECTED.protection_price : 0;
  if (price <= 0 || price % day.tickAt(price) !== 0) return REJECTED.off_tick;
  if (price > day.highest) return day.limited ? REJECTED.above_limit : REJECTED.outside_book;
  if (price < day.lowest) return day.limited ? REJECTED.below_limit : REJECTED.outside_book;
  const caged = kind === ORDER.limit && day.cage !== undefined && session.phase?.kind === 'continuous';
  return caged && !isHalted(session) ? ofCage(session, side, price) : 0;
}

/** For a purchase the best ask is the base, else the best bid, else the last price, else the close before. */
export function cageBaseOf(session: Session, side: BookSide): number {
  const { book, last, day } = session;
  const other = bestLevel(book, (1 - side) as BookSide);
  if (other >= 0) return priceAt(session, other);
  const own = bestLevel(book, side);
  if (own >= 0) return priceAt(session, own);
  return last > 0 ? last : day.previousClose;
}

function ofCage(session: Session, side: BookSide, price: number): number {
  const { cage } = session.day;
  if (cage === undefined) return 0;
  const base = fen(cageBaseOf(session, side));
  const outside = side === BUY ? price > cagePrice('buy', base, cage) : price < cagePrice('sell', base, cage);
  return outside ? REJECTED.outside_cage : 0;
}
