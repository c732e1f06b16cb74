/**
 * When to trade what a review forces: every method over the same sessions, each with its cost and its tracking error, so that
 * they can be compared, and the frontier between the two.
 *
 * Cost is quadratic in the size of a slice against the volume of its slot, scaled so that the whole order in one average
 * session costs what the square-root law says. Tracking error is that of a fund that holds the index otherwise: weight
 * change x volatility x root of the summed squared difference, over the window and not annualised.
 */
import type { Day } from '../base/brand.js';
import { InputError, Refusal } from '../base/errors.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween, shiftSessions } from '../calendar/sessions.js';
import { squareRoot } from '../impact/squareRoot.js';
import { orderSizes, splitIntoOrders } from '../market/orderSizes.js';
import { lastRow } from '../market/prices.js';
import { boundedPath, type SolveProgram } from '../schedule/boundedPath.js';
import { almgrenChrissPath } from '../schedule/almgrenChrissPath.js';
import { obizhaevaWangTrades } from '../schedule/obizhaevaWangTrades.js';
import {
  atClose,
  byProfile,
  bySession,
  capped,
  evenly,
  wholeShares,
  withVolume,
  type Slot,
} from '../schedule/slots.js';
import { measuresOf, trackingPath, type TrackingPath } from '../schedule/trackingPath.js';
import { dailyLimits } from './dailyLimits.js';
import { runImpact, type ImpactRequest, type ImpactRun } from './impactRun.js';
import type { IndexData } from './indexData.js';

export const SCHEDULE_METHODS = [
  'close',
  'profile',
  'twap',
  'vwap',
  'almgren-chriss',
  'obizhaeva-wang',
  'tracking',
] as const;
export type ScheduleMethod = (typeof SCHEDULE_METHODS)[number];

export interface ScheduleRequest extends Omit<ImpactRequest, 'days'> {
  readonly method: ScheduleMethod;
  /** Sessions up to the swap close, and after it. */
  readonly before: number;
  readonly after: number;
  /** Largest share of a slot's volume; 1 leaves it open. */
  readonly participation: number;
  /** Share of a session's volume in the closing auction. */
  readonly auction: number;
  /** What a unit of squared tracking error is worth in cost, both as fractions: methods `tracking` and `almgren-chriss`. */
  readonly riskAversion: number;
  /** Solver for the participation limit; without one, what is above the limit is moved and the frontier has no limits. */
  readonly solve?: SolveProgram;
}

export interface Slice {
  readonly day: Day;
  readonly phase: Slot['phase'];
  /** Signed, whole. */
  readonly shares: number;
  /** Of the volume expected in the slot. */
  readonly participation: number;
  /** Sizes of the orders it takes, none larger than a limit order may be; without sign. */
  readonly orders: readonly number[];
}

export interface ScheduleMeasure {
  /** Fraction of the value traded. */
  readonly cost: number;
  /** Fraction of the fund, over the window. */
  readonly trackingError: number;
}

export interface FrontierPoint extends ScheduleMeasure {
  readonly riskAversion: number;
}

export interface ScheduleRun {
  readonly impact: ImpactRun;
  readonly method: ScheduleMethod;
  readonly slices: readonly Slice[];
  readonly chosen: ScheduleMeasure;
  /** Methods that can be traded in these sessions, uncapped. */
  readonly methods: readonly (ScheduleMeasure & { readonly method: ScheduleMethod })[];
  /** Without any limit. */
  readonly frontier: readonly FrontierPoint[];
  /** Under the participation limit; only with a solver. */
  readonly frontierWithin?: readonly FrontierPoint[];
  readonly findings: readonly Finding[];
}

/** Penalties of the frontier: from spreading evenly to trading at the close alone. */
const FRONTIER_POINTS = 41;

/**
 * @throws InputError `bad_schedule`, Refusal `no_open_session`, `participation_too_low`, and those of `runImpact`
 */
export function runSchedule(data: IndexData, request: ScheduleRequest): ScheduleRun {
  check(request);
  const impact = runImpact(data, { ...request, days: 1 });
  const { swap } = impact.review.dates;
  const { calendar } = data.market;
  const first = request.before === 1 ? swap : shiftSessions(calendar, swap, 1 - request.before);
  const last = request.after === 0 ? swap : shiftSessions(calendar, swap, request.after);
  const days = sessionsBetween(calendar, first, last);
  const shut = closedDays(data, request, days, impact.trade.side);
  const step = days.indexOf(swap);
  const { advShares, volatility } = impact.liquidity;
  const shares = Math.round(impact.order.shares);
  const perSession = advShares / Math.abs(shares);
  const slots = days.flatMap((day, session): Slot[] => {
    const volume = shut.has(day) ? 0 : perSession;
    return [
      { session, phase: 'continuous', volume: volume * (1 - request.auction) },
      { session, phase: 'auction', volume: volume * request.auction },
    ];
  });
  const whole = squareRoot(impact.order, impact.liquidity).cost;
  const problem: Problem = {
    slots,
    step,
    whole,
    perSession,
    // Of the fund: a difference of the whole order is the change of weight.
    risk: volatility * Math.abs(impact.trade.weightAfter - impact.trade.weightBefore),
    costs: days.map((day) => (shut.has(day) ? Infinity : whole)),
    riskAversion: request.riskAversion,
  };
  const within = request.solve && withinLimit(problem, request.participation, request.solve);
  const wanted =
    request.method === 'tracking' && within
      ? bySession(slots, within(request.riskAversion).trades)
      : METHODS[request.method](problem);
  const trades = capped(wanted, slots, request.participation);
  const board = data.market.securities.find(({ id }) => id === request.security)?.board ?? '';
  const sizes = orderSizes(board);
  const slices = wholeShares(trades, shares, sizes.least, sizes.step);
  return {
    impact,
    method: request.method,
    slices: slots.flatMap((slot, i): Slice[] =>
      slices[i] === 0
        ? []
        : [
            {
              day: days[slot.session],
              phase: slot.phase,
              shares: slices[i],
              participation: Math.abs(slices[i]) / (slot.volume * Math.abs(shares)),
              // Limit orders: an auction takes no others, and they name the price.
              orders: splitIntoOrders(Math.abs(slices[i]), sizes, sizes.limitOrder),
            },
          ],
    ),
    chosen: measured(problem, trades),
    methods: SCHEDULE_METHODS.flatMap((method) => {
      const parts = tradesOrNothing(problem, method);
      return parts === undefined ? [] : [{ method, ...measured(problem, parts) }];
    }),
    frontier: frontierOf(problem, (riskAversion) => pathAt(problem, riskAversion)),
    ...(within && { frontierWithin: frontierOf(problem, within) }),
    findings: distinctFindings(
      [...shut].map(([day, why]) => ({
        code: 'session_closed',
        subject: request.security,
        message: `${formatDay(day)}: ${why}; nothing is scheduled through it`,
      })),
      [
        {
          code: 'cost_scaled',
          subject: 'schedule',
          message: 'quadratic, the whole order in one average session at the cost of the square-root law',
        },
        {
          code: 'auction_assumed',
          subject: 'schedule',
          message: `${(request.auction * 100).toFixed(0)} % of a session's volume in the closing auction; no figure for China is published, give one with --auction`,
        },
      ],
      cutFindings(wanted, trades, request.participation),
      impact.findings.filter(
        ({ subject, code }) =>
          subject === 'square-root' || (subject === request.security && code !== 'spread_assumed'),
      ),
    ),
  };
}

/** Undefined when every session the method trades in is closed. */
function tradesOrNothing(problem: Problem, method: ScheduleMethod): Float64Array | undefined {
  try {
    return METHODS[method](problem);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function cutFindings(wanted: Float64Array, traded: Float64Array, participation: number): Finding[] {
  const moved = wanted.reduce((total, part, i) => total + Math.max(0, part - traded[i]), 0);
  if (moved < 1e-9) return [];
  return [
    {
      code: 'participation_cut',
      subject: 'schedule',
      message: `${(moved * 100).toFixed(0)} % of the order moved out of slots that would take more than ${(participation * 100).toFixed(0)} % of their volume`,
    },
  ];
}

interface Problem {
  readonly slots: readonly Slot[];
  readonly step: number;
  /** Cost of the whole order in one average session, fraction. */
  readonly whole: number;
  /** Volume of an average session over the order. */
  readonly perSession: number;
  readonly risk: number;
  readonly costs: readonly number[];
  readonly riskAversion: number;
}

const METHODS: Readonly<Record<ScheduleMethod, (problem: Problem) => Float64Array>> = {
  close: ({ slots, step }) => atClose(slots, step),
  profile: ({ slots, step }) => byProfile(slots, step),
  twap: ({ slots }) => evenly(slots),
  vwap: ({ slots }) => withVolume(slots),
  'almgren-chriss': (problem) => {
    const open = openSessions(problem);
    const path = almgrenChrissPath(
      {
        shares: 1,
        days: open.length,
        periods: open.length,
        volatility: 1,
        halfSpread: 0,
        permanent: 0,
        temporary: problem.whole,
      },
      problem.riskAversion * problem.risk ** 2,
    );
    return bySession(problem.slots, spreadOver(problem, open, path.trades));
  },
  'obizhaeva-wang': (problem) => {
    const open = openSessions(problem);
    // One session has no interval; the whole order falls into it.
    const trades =
      open.length === 1 ? [1] : obizhaevaWangTrades(1, open.length, open.length - 1, RESILIENCE).trades;
    return bySession(problem.slots, spreadOver(problem, open, trades));
  },
  tracking: (problem) => bySession(problem.slots, pathAt(problem, problem.riskAversion).trades),
};

/** Per day, the example of Obizhaeva and Wang. */
const RESILIENCE = 2.231;

const openSessions = ({ costs }: Problem): number[] =>
  costs.flatMap((cost, session) => (Number.isFinite(cost) ? [session] : []));

function spreadOver({ costs }: Problem, open: readonly number[], trades: ArrayLike<number>): Float64Array {
  const parts = new Float64Array(costs.length);
  open.forEach((session, i) => {
    parts[session] = trades[i];
  });
  return parts;
}

const pathAt = ({ costs, step, risk }: Problem, riskAversion: number) =>
  trackingPath({ costs, step, penalty: riskAversion * risk ** 2 });

/** The path of a risk aversion when no slot may be above its part of the volume. */
function withinLimit(
  { costs, step, risk, perSession }: Problem,
  participation: number,
  solve: SolveProgram,
): (riskAversion: number) => TrackingPath {
  const room = costs.map((cost) => (Number.isFinite(cost) ? participation * perSession : 0));
  return (riskAversion) => boundedPath({ costs, step, penalty: riskAversion * risk ** 2 }, room, solve);
}

function measured(
  { slots, step, whole, perSession, risk, costs }: Problem,
  trades: ArrayLike<number>,
): ScheduleMeasure {
  const parts = new Float64Array(costs.length);
  let cost = 0;
  slots.forEach(({ session, volume }, i) => {
    parts[session] += trades[i];
    if (trades[i] !== 0) cost += (whole * trades[i] ** 2 * perSession) / volume;
  });
  const { squaredDifference } = measuresOf({ costs, step }, parts);
  return { cost, trackingError: risk * Math.sqrt(squaredDifference) };
}

/** From the penalty at which cost is all that counts to the one at which tracking is, by equal factors. */
function frontierOf(
  problem: Problem,
  path: (riskAversion: number) => Pick<TrackingPath, 'trades'>,
): FrontierPoint[] {
  const scale = problem.whole / problem.risk ** 2;
  return Array.from({ length: FRONTIER_POINTS }, (_, i) => {
    const riskAversion = scale * 10 ** (-3 + (6 * i) / (FRONTIER_POINTS - 1));
    return {
      riskAversion,
      ...measured(problem, bySession(problem.slots, path(riskAversion).trades)),
    };
  });
}

/** Sessions already known in which the order could not be traded: suspended, or closed at the limit it runs into. */
function closedDays(
  { market, actions }: IndexData,
  { security, knownAt }: ScheduleRequest,
  days: readonly Day[],
  side: 'buy' | 'sell',
): Map<Day, string> {
  const { prices } = market;
  const row = prices.ids.indexOf(security);
  const closed = new Map<Day, string>();
  for (const day of days.filter((one) => one <= knownAt)) {
    const at = lastRow(prices, row, day);
    const limits = dailyLimits({ market, actions }, security, day);
    if (at < 0 || prices.day[at] !== day) closed.set(day, 'suspended');
    else if (limits && prices.close[at] === (side === 'buy' ? limits.up : limits.down))
      closed.set(day, 'closed at its daily limit');
  }
  return closed;
}

const MOST_SESSIONS = 60;

function check({ before, after, participation, auction, riskAversion }: ScheduleRequest): void {
  const rows: readonly (readonly [boolean, string, number, string])[] = [
    [
      Number.isInteger(before) && before >= 1 && before <= MOST_SESSIONS,
      'before',
      before,
      `whole sessions from 1 to ${MOST_SESSIONS}`,
    ],
    [
      Number.isInteger(after) && after >= 0 && after <= MOST_SESSIONS,
      'after',
      after,
      `whole sessions from 0 to ${MOST_SESSIONS}`,
    ],
    [participation > 0 && participation <= 1, 'participation', participation, 'above 0 and at most 1'],
    [auction > 0 && auction < 1, 'auction', auction, 'above 0 and below 1'],
    [riskAversion >= 0 && Number.isFinite(riskAversion), 'riskAversion', riskAversion, 'at least 0'],
  ];
  const issues = rows
    .filter(([sound]) => !sound)
    .map(([, path, value, expected]) => ({ code: 'bad_schedule', path, value, expected }));
  if (issues.length > 0) throw new InputError('bad_schedule', 'a schedule that cannot be', issues);
}
