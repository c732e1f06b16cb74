/**
 * The market of `marketPlan.ts`, on the exchange's own book and rules. Draws belong to seed, session and event and not to
 * what anybody did, so that a run with the flow and one without it differ in nothing but the flow.
 */
import { bestLevel, BUY, SELL, type BookSide } from '../exchange/orderBook.js';
import { fen } from '../exchange/fen.js';
import { openSession, priceAt, STATE, type Session } from '../exchange/session.js';
import { cancel, finish, submit } from '../exchange/sessionEngine.js';
import { at, mainlandDay, ORDER } from '../exchange/venueDay.js';
import { clockOf, timeOfVolume } from '../exchange/volumeCurve.js';
import { exp, log } from '../forecast/arithmetic.js';
import type { MarketPlan, MarketRun } from './marketPlan.js';
import { below, drawFrom, normal, randomStream, uniform, type RandomStream } from './randomStream.js';

const FUND = 0;
const ARBITRAGE = 1;
const MAKERS = 4;
const FIRST_MAKER = 2;
const NOISE = 40;
const FIRST_NOISE = FIRST_MAKER + MAKERS;
const CHARTISTS = 20;
const FIRST_CHARTIST = FIRST_NOISE + NOISE;
const FUNDAMENTAL = 60;
const FIRST_FUNDAMENTAL = FIRST_CHARTIST + CHARTISTS;
const ACCOUNTS = FIRST_FUNDAMENTAL + FUNDAMENTAL;

/** How often each is the one that acts. */
const MAKERS_ACT = 0.2;
const NOISE_ACT = 0.4;
const CHARTISTS_ACT = 0.1;

const HALF_SPREAD = 0.0005;
/** Furthest that an order goes beyond the other side's best: inside of the cage of 2 %. */
const REACH = 0.015;
const DISAGREEMENT = 0.01;
const PASSIVE_DISTANCE = 0.004;
/** In the closing auction investors show more of their demand curve: larger orders, further away. */
const AUCTION_SIZE = 40;
const AUCTION_DISTANCE = 0.012;
const SAMPLE = 20;

interface Market {
  readonly plan: MarketPlan;
  readonly random: RandomStream;
  readonly clocks: Int32Array;
  /** Per account: base holding, what it thinks of the value (logarithm), its waiting orders. */
  readonly base: Float64Array;
  readonly opinion: Float64Array;
  readonly waiting: Int32Array;
  readonly elasticity: number;
  readonly size: number;
  held: Float64Array;
  value: number;
  session: Session;
  /** Middle prices of the last hour or so, a ring. */
  readonly past: Float64Array;
  pastAt: number;
  /** Shares that the fund and the arbitrageurs still have to trade today, signed. */
  fundOwes: number;
  arbitrageOwes: number;
  eventToday: boolean;
}

/** Looks on at the two moments of a session's end; must change nothing. */
type Onlooker = (session: Session, day: number, moment: 'before-call' | 'before-close') => void;

export function agentMarket(plan: MarketPlan, seed: number, onlooker: Onlooker = () => {}): MarketRun {
  const sessions = plan.before + 1 + plan.after;
  const market = openMarket(plan, seed);
  const columns = {
    closes: new Int32Array(sessions),
    beforeAuction: new Int32Array(sessions),
    volumes: new Float64Array(sessions),
    closingVolumes: new Float64Array(sessions),
    middles: new Float64Array(sessions * Math.floor(plan.events / SAMPLE)),
    middleVolumes: new Float64Array(sessions * Math.floor(plan.events / SAMPLE)),
  };
  const fund = { shares: 0, paid: 0 };
  const arbitrage = { shares: 0, paid: 0 };
  let orders = 0;
  let trades = 0;
  let close = plan.price as number;
  for (let day = 0; day < sessions; day++) {
    market.session = openSession(
      mainlandDay({ board: plan.board, day: plan.day, previousClose: fen(close) }),
      market.held,
      plan.events * 4 + 4000,
    );
    tradeDay(market, day, columns, onlooker);
    const { session } = market;
    close = session.close;
    columns.closes[day] = close;
    columns.volumes[day] = session.volume;
    columns.closingVolumes[day] = session.closingVolume;
    addTrades(session, FUND, fund);
    addTrades(session, ARBITRAGE, arbitrage);
    orders += session.orders;
    trades += session.tape.count;
    market.held = session.held;
  }
  return {
    ...columns,
    fundShares: fund.shares,
    fundPaid: fund.paid,
    rents: plan.before === 0 ? Number.NaN : arbitrage.shares * close - arbitrage.paid,
    orders,
    trades,
  };
}

/** What arbitrageurs have taken ahead when the event comes, signed as the flow. */
const arbitragePosition = ({ arbitrageurs, flow }: MarketPlan): number =>
  Math.trunc((flow * arbitrageurs) / (arbitrageurs + 1));

function openMarket(plan: MarketPlan, seed: number): Market {
  const { floatShares, passive, elasticity, response, volume, events } = plan;
  const random = randomStream(seed, -1);
  const active = (1 - passive) * floatShares;
  const base = new Float64Array(ACCOUNTS);
  const opinion = new Float64Array(ACCOUNTS);
  // Arbitrageurs and funds can always deliver: shares are lent where they have none.
  base[FUND] = Math.max(passive * floatShares, Math.abs(plan.flow));
  base[ARBITRAGE] = 2 * Math.abs(plan.flow) + 1000;
  const others = MAKERS + NOISE + CHARTISTS;
  for (let account = FIRST_MAKER; account < ACCOUNTS; account++) {
    const fundamental = account >= FIRST_FUNDAMENTAL;
    base[account] = Math.floor(fundamental ? (active * 0.9) / FUNDAMENTAL : (active * 0.1) / others);
    if (fundamental) opinion[account] = DISAGREEMENT * normal(random);
  }
  const held = base.slice();
  // Where no session comes before the event, what is taken ahead has been taken.
  if (plan.before === 0) held[ARBITRAGE] += arbitragePosition(plan);
  return {
    plan,
    random: randomStream(seed, 0),
    clocks: clocksOf(plan),
    base,
    opinion,
    waiting: new Int32Array(ACCOUNTS * 2).fill(-1),
    elasticity: elasticity / (1 + response * (1 - passive)),
    // Rather more than half of what is sent trades.
    size: Math.max(200, (volume / events) * 1.5),
    held,
    value: plan.price,
    session: undefined as never,
    past: new Float64Array(Math.max(1, Math.floor(events / 4))).fill(plan.price),
    pastAt: 0,
    fundOwes: 0,
    arbitrageOwes: 0,
    eventToday: false,
  };
}

/** Two of a hundred events before the open, then along the curve of volume, the last in the closing auction. */
function clocksOf({ events, closingPart }: MarketPlan): Int32Array {
  const opening = Math.floor(events * 0.02);
  const closing = Math.floor(events * closingPart);
  const between = events - opening - closing;
  return Int32Array.from({ length: events }, (_, event) => {
    if (event < opening) return at(9, 15) + Math.floor(((event + 1) * at(0, 10)) / (opening + 1));
    const done = event - opening;
    if (done < between) return clockOf(timeOfVolume((done + 0.5) / between));
    return at(14, 57) + Math.floor(((done - between + 1) * at(0, 3)) / (closing + 1));
  });
}

type Columns = Pick<MarketRun, 'beforeAuction' | 'middles' | 'middleVolumes'>;

function tradeDay(market: Market, day: number, columns: Columns, onlooker: Onlooker): void {
  const { plan, random, clocks, session } = market;
  const { events } = plan;
  market.waiting.fill(-1);
  plannedTrades(market, day);
  const step = plan.volatility / Math.sqrt(events);
  let seen = 0;
  for (let event = 0; event < events; event++) {
    drawFrom(random, day * events + event);
    market.value *= exp(step * normal(random));
    const clock = clocks[event];
    if (clock >= CLOSING_CALL && columns.beforeAuction[day] === 0) {
      columns.beforeAuction[day] = session.last > 0 ? session.last : session.day.previousClose;
      onlooker(session, day, 'before-call');
      atTheClose(market);
    }
    const middle = middleOf(session);
    market.past[market.pastAt] = middle;
    market.pastAt = (market.pastAt + 1) % market.past.length;
    act(market, clock, middle);
    if (clock < CLOSING_CALL && clock >= OPEN) slices(market, clock, events - event);
    if (event % SAMPLE === SAMPLE - 1) {
      const sample = day * Math.floor(events / SAMPLE) + (event - SAMPLE + 1) / SAMPLE;
      columns.middles[sample] = middleOf(session);
      columns.middleVolumes[sample] = session.volume - seen;
      seen = session.volume;
    }
  }
  onlooker(session, day, 'before-close');
  finish(session);
}

const OPEN = at(9, 30);
const CLOSING_CALL = at(14, 57);

/** What funds and arbitrageurs have to trade over the day. */
function plannedTrades(market: Market, day: number): void {
  const { before, flow, atClose, preTrade } = market.plan;
  const ahead = day < before;
  market.arbitrageOwes = ahead ? Math.trunc(arbitragePosition(market.plan) / before) : 0;
  if (preTrade === true) market.fundOwes = day <= before ? Math.trunc(flow / (before + 1)) : 0;
  else market.fundOwes = day === before ? Math.trunc(flow * (1 - atClose)) : 0;
  market.eventToday = day === before;
}

/** At the start of the closing call: what is left of the day, and on the event's day the rest of the flow. */
function atTheClose(market: Market): void {
  const { plan, session } = market;
  const event = market.eventToday && plan.preTrade !== true;
  const rest = event ? plan.flow - Math.trunc(plan.flow * (1 - plan.atClose)) : 0;
  sendToAuction(market, FUND, market.fundOwes + rest);
  const back = market.eventToday ? market.base[ARBITRAGE] - session.held[ARBITRAGE] : market.arbitrageOwes;
  sendToAuction(market, ARBITRAGE, back);
}

/** At any price, in as many orders as it takes. */
function sendToAuction({ session }: Market, account: number, shares: number): void {
  const { lowest, highest, largestLimit, least, step } = session.day;
  const side = shares > 0 ? BUY : SELL;
  const price = side === BUY ? highest : lowest;
  let left = Math.abs(shares);
  left -= left % step;
  while (left >= least) {
    // The last two share what is left, so that none is too small.
    const size =
      left > largestLimit && left < largestLimit + least ? left - least : Math.min(left, largestLimit);
    const sized = size - (size % step);
    if (submit(session, CLOSING_CALL, account, ORDER.limit, side, price, sized) < 0) return;
    left -= sized;
  }
}

/** The part of the day's planned trades that is due now, at prices that are there. */
function slices(market: Market, clock: number, eventsLeft: number): void {
  market.fundOwes = slice(market, FUND, clock, market.fundOwes, eventsLeft);
  market.arbitrageOwes = slice(market, ARBITRAGE, clock, market.arbitrageOwes, eventsLeft);
}

function slice(market: Market, account: number, clock: number, owes: number, eventsLeft: number): number {
  if (owes === 0) return 0;
  const { session } = market;
  const size = Math.abs(owes);
  const due = size / Math.max(1, eventsLeft * (1 - market.plan.closingPart));
  // Small parts wait until they make an order, one event in so many.
  const order = Math.max(session.day.least, market.size);
  if (due < order && uniform(market.random) > due / order) return owes;
  const wanted = Math.min(size, Math.max(due, order), session.day.largestLimit);
  const left = trade(market, clock, account, owes > 0 ? BUY : SELL, wanted);
  return owes > 0 ? owes - left : owes + left;
}

/** Takes what is there within reach; the rest is taken back. @returns shares traded */
function trade(market: Market, clock: number, account: number, side: BookSide, shares: number): number {
  const { session } = market;
  const other = bestLevel(session.book, (1 - side) as BookSide);
  if (other < 0) return 0;
  const price = priceAt(session, other) * (side === BUY ? 1 + REACH / 3 : 1 - REACH / 3);
  const order = send(market, clock, account, side, price, shares);
  if (order < 0) return 0;
  const traded = session.shares[order] - session.left[order];
  if (session.state[order] === STATE.open) cancel(session, clock, account, order);
  return traded;
}

function act(market: Market, clock: number, middle: number): void {
  const { random } = market;
  const dice = uniform(random);
  if (dice < MAKERS_ACT) quote(market, clock, FIRST_MAKER + below(random, MAKERS), middle);
  else if (dice < MAKERS_ACT + NOISE_ACT) noise(market, clock, FIRST_NOISE + below(random, NOISE), middle);
  else if (dice < MAKERS_ACT + NOISE_ACT + CHARTISTS_ACT)
    follow(market, clock, FIRST_CHARTIST + below(random, CHARTISTS), middle);
  else invest(market, clock, FIRST_FUNDAMENTAL + below(random, FUNDAMENTAL), middle);
}

/** Both sides around the middle, leaning against what it holds too much of; none on a side that is full. */
function quote(market: Market, clock: number, account: number, middle: number): void {
  const { session, base, size } = market;
  withdraw(market, clock, account);
  const most = size * 20;
  const inventory = Math.max(-1, Math.min(1, (session.held[account] - base[account]) / most));
  const centre = middle * (1 - 2 * HALF_SPREAD * inventory);
  const shares = size * 2;
  if (inventory < 1) keep(market, clock, account, 0, BUY, centre * (1 - HALF_SPREAD), shares);
  if (inventory > -1) keep(market, clock, account, 1, SELL, centre * (1 + HALF_SPREAD), shares);
}

/** Half the time at the other side's price, else behind the middle. */
function noise(market: Market, clock: number, account: number, middle: number): void {
  const { random, size } = market;
  withdraw(market, clock, account);
  const side = uniform(random) < 0.5 ? BUY : SELL;
  const takes = uniform(random) < 0.5;
  const shares = size * exp(0.8 * normal(random) - 0.32);
  const away = takes ? REACH / 5 : log(uniform(random)) * PASSIVE_DISTANCE;
  keep(market, clock, account, 0, side, middle * (side === BUY ? 1 + away : 1 - away), shares);
}

function follow(market: Market, clock: number, account: number, middle: number): void {
  const { past, pastAt, plan, size } = market;
  withdraw(market, clock, account);
  const trend = log(middle / past[pastAt]);
  const strength = Math.abs(trend) / (plan.volatility / 2);
  if (strength < 0.2) return;
  const side = trend > 0 ? BUY : SELL;
  const price = middle * (side === BUY ? 1 + REACH / 5 : 1 - REACH / 5);
  keep(market, clock, account, 0, side, price, size * Math.min(2, strength));
}

/** Along the demand curve: at the price `own` it wants no change. */
function invest(market: Market, clock: number, account: number, middle: number): void {
  const { session, base, opinion, elasticity, random, value } = market;
  withdraw(market, clock, account);
  const holding = session.held[account] / base[account] - 1;
  const own = value * exp(opinion[account] - Math.max(-5, Math.min(5, holding / elasticity)));
  const gap = log(own / middle);
  const slope = base[account] * elasticity;
  const auction = clock >= CLOSING_CALL;
  const most = market.size * (auction ? AUCTION_SIZE : 5);
  if (uniform(random) < 0.5 && Math.abs(gap) > HALF_SPREAD) {
    const side = gap > 0 ? BUY : SELL;
    keep(market, clock, account, 0, side, own, Math.min(most, slope * Math.abs(gap)));
    return;
  }
  const distance = -(auction ? AUCTION_DISTANCE : PASSIVE_DISTANCE) * log(uniform(random));
  const shares = Math.min(most, slope * distance);
  const [bid, ask] = [own * exp(-distance), own * exp(distance)];
  if (bid < middle) keep(market, clock, account, 0, BUY, bid, shares);
  if (ask > middle) keep(market, clock, account, 1, SELL, ask, shares);
}

/** Takes back what an account has waiting; in the closing auction it stays. */
function withdraw({ waiting, session }: Market, clock: number, account: number): void {
  for (let i = account * 2; i < account * 2 + 2; i++) {
    if (waiting[i] >= 0) cancel(session, clock, account, waiting[i]);
    waiting[i] = -1;
  }
}

function keep(
  market: Market,
  clock: number,
  account: number,
  slot: number,
  side: BookSide,
  price: number,
  shares: number,
): void {
  market.waiting[account * 2 + slot] = send(market, clock, account, side, price, shares);
}

/** A limit order inside of the day's limits and the cage, in sizes that the board takes. */
function send(
  { session }: Market,
  clock: number,
  account: number,
  side: BookSide,
  price: number,
  shares: number,
): number {
  const { day, sellable } = session;
  const size = side === SELL ? Math.min(shares, sellable[account]) : shares;
  const whole = Math.floor(size / day.step) * day.step;
  if (whole < day.least) return -1;
  const capped = clock >= OPEN && clock < CLOSING_CALL ? withinReach(session, side, price) : price;
  const limit = Math.max(day.lowest, Math.min(day.highest, Math.round(capped)));
  return submit(session, clock, account, ORDER.limit, side, limit, Math.min(whole, day.largestLimit));
}

/** Only continuous trading has a cage. */
function withinReach(session: Session, side: BookSide, price: number): number {
  const other = bestLevel(session.book, (1 - side) as BookSide);
  const reference = other >= 0 ? priceAt(session, other) : middleOf(session);
  return side === BUY ? Math.min(price, reference * (1 + REACH)) : Math.max(price, reference * (1 - REACH));
}

function middleOf(session: Session): number {
  const { book, last, day } = session;
  const bid = bestLevel(book, BUY);
  const ask = bestLevel(book, SELL);
  if (bid >= 0 && ask > bid) return (priceAt(session, bid) + priceAt(session, ask)) / 2;
  return last > 0 ? last : day.previousClose;
}

/** Shares and money of one account in a session, purchases positive. */
function addTrades(session: Session, account: number, sum: { shares: number; paid: number }): void {
  const { tape, side } = session;
  for (let row = 0; row < tape.count; row++) {
    for (let i = 0; i < 2; i++) {
      const order = tape.trades[row * 4 + i];
      if (session.account[order] !== account) continue;
      const shares = side[order] === BUY ? tape.trades[row * 4 + 3] : -tape.trades[row * 4 + 3];
      sum.shares += shares;
      sum.paid += shares * priceAt(session, tape.trades[row * 4 + 2]);
    }
  }
}
