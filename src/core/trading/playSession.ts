/**
 * A session of an account whose orders trade within it. They are sent into the book of their security when they are due and
 * matched there by the rules of the board; what becomes of them is written down with the time of day.
 *
 *   09:15          orders with a limit, orders for the opening auction; those for the closing auction, which wait
 *   each minute    the market trades and quotes anew; conditions are looked at; what then works is sent, market orders too
 *   15:00          the closing auction; conditions once more, for the session after
 *   15:05          orders for the time after the close
 *
 * Orders that come, or are taken back, while it runs do so after what the market does at that time. The session is a function of the
 * account before it and of these requests, so it goes on after a stop by being played again with those that have come since.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { assert } from '../base/errors.js';
import { yuanOf, type Fen } from '../exchange/fen.js';
import { END_OF_DAY, type Session } from '../exchange/session.js';
import { advance } from '../exchange/sessionEngine.js';
import { DAY_BEGINS, marketSteps, type MarketStep } from '../simulation/quotedSession.js';
import { minuteClocks } from '../simulation/sessionPath.js';
import { openOrders, type AccountEvent, type AccountFold } from './account.js';
import {
  bestOfRest,
  bestSince,
  bestWithin,
  betterOf,
  sight,
  trailPrice,
  type Condition,
} from './condition.js';
import type { TrackedOrder } from './orders.js';
import { bookTrades, endDay, endOpening, send, takeOut, type Play } from './sessionOrders.js';
import { CLOSED, CLOSING_CALL, CONTINUOUS, momentAt, OPENED } from './sessionParts.js';
import { bestShares, lastPrice, securitiesIn, securitiesOf, stagesOf, waitsIn } from './sessionStage.js';
import type { TradedMarket } from './tradingDay.js';

/** What somebody asked for while a session ran. */
export type SessionRequest = Extract<AccountEvent, { readonly kind: 'placed' | 'cancelled' }> & {
  readonly at: number;
};

export interface PlayedSession {
  /** Securities whose orders were in a book. */
  readonly played: ReadonlySet<SecurityId>;
  /** As it stands at the end, or where it was stopped. */
  readonly play: Play;
}

/** @param clock milliseconds since midnight */
export type SessionWatch = (security: SecurityId, clock: number, session: Session) => void;

export interface SessionOptions {
  /** In order of time. */
  readonly requests?: readonly SessionRequest[];
  /** It stops after what happens at that time, milliseconds since midnight; absent: it is played to its end. */
  readonly until?: number | undefined;
  /** Securities that are traded beside those of its orders: somebody looks at them. */
  readonly also?: readonly SecurityId[];
  readonly watch?: SessionWatch;
}

/** The requests among what happened to an account in a session. */
export const requestsOf = (events: readonly AccountEvent[], session: Day): readonly SessionRequest[] =>
  events.filter(
    (event): event is SessionRequest =>
      event.day === session &&
      ((event.kind === 'placed' && event.at !== undefined) ||
        (event.kind === 'cancelled' && event.asked === true)),
  );

/** @param happen adds events to the fold as well */
export function playSession(
  fold: AccountFold,
  happen: (events: readonly AccountEvent[]) => void,
  traded: TradedMarket,
  session: Day,
  options: SessionOptions = {},
): PlayedSession {
  const account = fold.account();
  const { requests = [], also = [] } = options;
  const played = securitiesIn(account, session);
  for (const one of requests)
    if (one.kind === 'placed') for (const security of securitiesOf(one.order)) played.add(security);
  const all = stagesOf(account, traded, session, [...played, ...also]);
  const stages = new Map(all.map((stage) => [stage.security, stage]));
  const play: Play = {
    fold,
    happen,
    traded,
    session,
    stages,
    sent: new Map(),
    best: new Map(),
    late: new Set(),
  };
  const ids = openOrders(account).map(({ order }) => order.id);
  if (all.length + ids.length + requests.length > 0) playThrough(play, ids, options);
  return { played: new Set([...played].filter((security) => stages.has(security))), play };
}

function playThrough(
  play: Play,
  ids: number[],
  { requests = [], until = END_OF_DAY, watch = () => undefined }: SessionOptions,
): void {
  const watchAll = (clock: number): void => {
    for (const { security, quoted } of play.stages.values()) watch(security, clock, quoted.session);
  };
  let next = 0;
  /** Requests of the time before `clock`. */
  const untilThen = (clock: number): void => {
    while (next < requests.length && requests[next].at < clock) {
      const { at } = requests[next];
      const coming = requestAt(requests, next);
      next += coming.length;
      comesIn(play, coming, ids);
      if (at < CLOSED) watchAll(at);
    }
  };
  for (const { at, run } of dayOf(play, ids, watchAll)) {
    untilThen(Math.min(at, until + 1));
    if (at > until) break;
    run();
  }
  if (until === END_OF_DAY) return;
  for (const { quoted } of play.stages.values()) advance(quoted.session, until);
  if (until < CLOSED) watchAll(until);
}

interface DayStep {
  readonly at: number;
  readonly run: () => void;
}

/** What happens by itself, in order of time; `ids` grows by the orders that come in. */
function dayOf(play: Play, ids: readonly number[], watchAll: (clock: number) => void): DayStep[] {
  const [first] = play.stages.values();
  const clocks = first?.quoted.path.clocks ?? minuteClocks();
  const steps: DayStep[] = [
    {
      at: DAY_BEGINS,
      run: () => {
        for (const id of ids) send(play, id, 'opening', DAY_BEGINS);
      },
    },
    { at: CONTINUOUS, run: () => endOpening(play) },
    ...marketSteps(clocks).map((step) => ({
      at: step.at,
      run: () => marketMoves(play, ids, step, clocks.length - 1, watchAll),
    })),
    {
      at: END_OF_DAY,
      run: () => {
        for (const id of ids) endDay(play, id);
      },
    },
  ];
  return steps.toSorted((a, b) => a.at - b.at);
}

function marketMoves(
  play: Play,
  ids: readonly number[],
  { at, minute, play: moves }: MarketStep,
  last: number,
  watchAll: (clock: number) => void,
): void {
  const isClose = minute === last;
  // The last book of a day is the one that its closing auction then trades.
  if (isClose) watchAll(at);
  for (const stage of play.stages.values()) {
    moves(stage.quoted);
    bookTrades(play, stage);
  }
  if (minute === undefined) return;
  const between = minute > 0 && !isClose;
  for (const id of ids) {
    look(play, id, at, isClose, between);
    if (between) send(play, id, 'continuous', at);
  }
  if (isClose) for (const id of ids) send(play, id, 'after-hours', at);
  else watchAll(at);
}

/** Those of one request: an order with the orders it was placed with, or a cancellation. */
function requestAt(requests: readonly SessionRequest[], first: number): readonly SessionRequest[] {
  const one = requests[first];
  if (one.kind === 'cancelled' || one.order.group === undefined) return [one];
  const { group } = one.order;
  const end = requests.findIndex(
    (other, i) => i > first && (other.kind === 'cancelled' || other.order.group !== group),
  );
  return requests.slice(first, end < 0 ? undefined : end);
}

/** Orders come in, or one is taken back, after what the market did at that time. @throws Bug for a cancel that is not taken */
export function comesIn(play: Play, coming: readonly SessionRequest[], ids: number[]): void {
  for (const event of coming)
    if (event.kind === 'cancelled') assert(takeOut(play, event.order, event.at), 'cancels are taken then');
  play.happen(coming);
  for (const event of coming) if (event.kind === 'placed') begin(play, event.order.id, event.at, ids);
}

/** An order that comes in is looked at and sent at once. */
function begin(play: Play, id: number, clock: number, ids: number[]): void {
  ids.push(id);
  const { order } = play.fold.order(id) as TrackedOrder;
  if (order.condition?.kind === 'trail') {
    const stage = play.stages.get(order.condition.security);
    const price = stage && lastPrice(stage);
    if (price !== undefined) play.best.set(id, price);
  }
  look(play, id, clock, clock >= CLOSED, clock >= CONTINUOUS && clock < CLOSING_CALL);
  send(play, id, momentAt(clock), clock);
}

/** A condition that the newest price, the clock or the book fulfils. */
function look(play: Play, id: number, clock: number, isClose: boolean, between: boolean): void {
  const tracked = play.fold.order(id) as TrackedOrder;
  const { condition } = tracked.order;
  if (condition === undefined || !waitsIn(tracked, play.session)) return;
  if (!isMet(play, tracked, condition, clock, between)) return;
  play.happen([{ kind: 'triggered', day: play.session, at: clock, order: id }]);
  if (isClose) play.late.add(id);
}

function isMet(
  play: Play,
  tracked: TrackedOrder,
  condition: Condition,
  clock: number,
  between: boolean,
): boolean {
  if (condition.kind === 'clock') return clock >= condition.from;
  if (!('security' in condition)) return false;
  const stage = play.stages.get(condition.security);
  if (stage === undefined) return false;
  if (condition.kind === 'book') {
    const shares = between ? bestShares(stage, condition.of) : undefined;
    return shares !== undefined && sight(condition.direction, shares, condition.threshold).met;
  }
  const price = lastPrice(stage);
  if (price === undefined) return false;
  if (condition.kind === 'price') return sight(condition.direction, yuanOf(price), condition.threshold).met;
  if (condition.kind !== 'trail') return false;
  const { id } = tracked.order;
  const before = play.best.get(id) ?? bestBefore(play, tracked, condition, price);
  const best = betterOf(condition, before ?? price, price);
  play.best.set(id, best);
  return sight(condition.direction, price, trailPrice(condition, best)).met;
}

/** Best price since an order is looked at, up to now. */
function bestBefore(
  { traded, session }: Play,
  { armed, armedAt }: TrackedOrder,
  condition: Extract<Condition, { readonly kind: 'trail' }>,
  price: Fen,
): Fen | undefined {
  const bestOn: Parameters<typeof bestSince>[4] = (of, trail, day) =>
    day === session ? price : bestWithin(of, trail, day);
  if (armedAt === undefined) return bestSince(condition, traded, armed, session, bestOn);
  // Before the opening auction the newest price is the close before.
  const start = armedAt < OPENED ? undefined : bestOfRest(condition, traded, armed, armedAt);
  return bestSince(condition, traded, (armed - 1) as Day, session, bestOn, start);
}
