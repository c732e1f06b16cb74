/**
 * What an order that was traded cost, on the closes of the data set: the shortfall in its parts, and the mean price against
 * arrival, close, VWAP and the swap close of a review.
 *
 * What the market stood at when a fill was sent tells impact from timing. It is taken from the fills where all of them name it
 * (`reference`), else from the volume-weighted price of each session (`vwap`), else it is what the square-root law leaves: the law's cost
 * is called impact and the rest timing, with the law's band.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { contentHash } from '../base/hash.js';
import { sum } from '../base/sum.js';
import { ENGINE_VERSION } from '../base/version.js';
import { formatDay } from '../calendar/day.js';
import { shiftSessions } from '../calendar/sessions.js';
import { shareRatioBetween } from '../events/corporateActions.js';
import type { Impact } from '../impact/impactModel.js';
import { squareRoot } from '../impact/squareRoot.js';
import { feesOf } from '../market/fees.js';
import { lastRow, panelRange } from '../market/prices.js';
import { datesOfReview, methodologyOfReview } from '../methodology/reviewDates.js';
import {
  againstBenchmark,
  shortfall,
  type BenchmarkCost,
  type Shortfall,
  type ShortfallFill,
} from '../tca/shortfall.js';
import type { IndexData } from './indexData.js';
import { liquidityUntil } from './liquidityUntil.js';
import type { Provenance } from './provenance.js';
import { checkTca, type TcaFill, type TcaRequest } from './tcaRequest.js';

export const TCA_BENCHMARKS = ['decision', 'arrival', 'close', 'vwap', 'effective-close'] as const;
export type TcaBenchmark = (typeof TCA_BENCHMARKS)[number];

export interface TcaRun {
  readonly request: TcaRequest;
  /** Shares decided on and filled. */
  readonly shares: number;
  readonly filled: number;
  readonly decided: Day;
  readonly until: Day;
  readonly decisionPrice: number;
  readonly arrivalPrice: number;
  readonly meanPrice: number;
  readonly parts: Shortfall;
  /** Money; the same when impact was seen and not modelled. */
  readonly impactBand: readonly [number, number];
  readonly impactFrom: 'reference' | 'vwap' | 'model';
  readonly benchmarks: readonly (BenchmarkCost & { readonly name: TcaBenchmark })[];
  /** What the square-root law expected on the evening before the first fill; absent when volume or volatility are not known. */
  readonly expected?: Impact;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/**
 * @throws InputError `bad_fills` with every issue; Refusal `share_action_inside`, `fees_unknown`, `outside_data`, and `no_volume`
 *   or `short_history` when the fills do not say what impact is
 */
export function runTca(data: IndexData, request: TcaRequest): TcaRun {
  const { security, side } = request;
  const fills = request.fills.toSorted((a, b) => a.day - b.day);
  checkTca(data, request);
  const { calendar } = data.market;
  const [first, last] = [fills[0].day, fills[fills.length - 1].day];
  const before = shiftSessions(calendar, first, -1);
  const decided = request.decided ?? before;
  const until = request.until ?? last;
  const swap = request.effective && swapOf(data, request.effective);
  refuseShareAction(data, security, [decided, before, until, last, ...(swap === undefined ? [] : [swap])]);
  const filled = sum(fills.map(({ shares }) => shares));
  const shares = request.shares ?? filled;
  const decisionPrice = request.decisionPrice ?? closeAt(data, security, decided);
  const arrivalPrice = request.arrivalPrice ?? closeAt(data, security, before);
  const days = new Set(fills.map(({ day }) => day)).size;
  const law = expectedOf(data, security, before, { shares: filled, days });
  const { references, impactFrom } = referencesOf(side, fills, law);
  const paid = feesOfFills(request, fills);
  const worked = fills.map((fill, i) => ({
    shares: fill.shares,
    price: fill.price,
    reference: references[i],
    fees: paid[i],
  }));
  const order = { side, shares, decisionPrice, arrivalPrice, endPrice: closeAt(data, security, until) };
  const parts = shortfall(order, worked);
  return {
    request,
    shares,
    filled,
    decided,
    until,
    decisionPrice,
    arrivalPrice,
    meanPrice: sum(fills.map((fill) => fill.shares * fill.price)) / filled,
    parts,
    impactBand: bandOf(parts.impact, impactFrom, law),
    impactFrom,
    benchmarks: benchmarksOf(data, request, worked, { fills, swap, decisionPrice, arrivalPrice }),
    ...(law instanceof Refusal ? {} : { expected: law }),
    provenance: provenanceOfTca(data, fills, order),
    findings: findingsOf(request, fills, impactFrom, law),
  };
}

function bandOf(
  part: number,
  impactFrom: TcaRun['impactFrom'],
  law: Impact | Refusal,
): readonly [number, number] {
  if (impactFrom !== 'model' || law instanceof Refusal) return [part, part];
  const [low, high] = law.band;
  return [part * (low / law.cost), part * (high / law.cost)];
}

function benchmarksOf(
  data: IndexData,
  { security, side }: TcaRequest,
  worked: readonly ShortfallFill[],
  { fills, swap, decisionPrice, arrivalPrice }: Benchmarked,
): TcaRun['benchmarks'] {
  const of = (
    name: TcaBenchmark,
    price: (fill: TcaFill) => number,
  ): BenchmarkCost & { name: TcaBenchmark } => ({
    name,
    ...againstBenchmark(side, worked, fills.map(price)),
  });
  return [
    of('decision', () => decisionPrice),
    of('arrival', () => arrivalPrice),
    of('close', ({ day }) => closeAt(data, security, day)),
    ...(fills.every(({ vwap }) => vwap !== undefined) ? [of('vwap', ({ vwap }) => vwap ?? Number.NaN)] : []),
    ...(swap === undefined ? [] : [of('effective-close', () => closeAt(data, security, swap))]),
  ];
}

interface Benchmarked {
  readonly fills: readonly TcaFill[];
  readonly swap: Day | undefined;
  readonly decisionPrice: number;
  readonly arrivalPrice: number;
}

/** The close at which the funds of a review trade. */
function swapOf(data: IndexData, effective: Day): Day {
  const { calendar } = data.market;
  return datesOfReview(methodologyOfReview(data.rulebook, calendar, effective), calendar, effective).swap;
}

/** @throws Refusal `outside_data` when there is no close by then */
function closeAt({ market }: IndexData, id: SecurityId, day: Day): number {
  const { first, last } = panelRange(market.prices);
  const at = lastRow(market.prices, market.prices.ids.indexOf(id), day);
  if (at >= 0 && day <= last) return market.prices.close[at];
  throw new Refusal(
    'outside_data',
    `no close of ${id} on ${formatDay(day)}; closes are held from ${formatDay(first)} to ${formatDay(last)}; give the price, or import closes`,
    { asked: formatDay(day), first: formatDay(first), last: formatDay(last) },
  );
}

/** Prices on two sides of a bonus issue cannot be compared, and which side a fill is on is not said. */
function refuseShareAction({ actions }: IndexData, id: SecurityId, days: readonly Day[]): void {
  const [from, to] = [Math.min(...days) as Day, Math.max(...days) as Day];
  if (shareRatioBetween(actions, id, from, to) === 1) return;
  const { exDay } = actions.find((one) => one.id === id && one.exDay > from && one.exDay <= to) ?? {
    exDay: to,
  };
  throw new Refusal(
    'share_action_inside',
    `the shares of ${id} were split on ${formatDay(exDay)}, within the order; cost each side of that day by itself`,
    { exDay: formatDay(exDay) },
  );
}

/** The law's estimate, or why there is none. */
function expectedOf(
  data: IndexData,
  id: SecurityId,
  until: Day,
  order: { readonly shares: number; readonly days: number },
): Impact | Refusal {
  try {
    const liquidity = liquidityUntil(data, id, until);
    return squareRoot(order, { ...liquidity, sharesOutstanding: Number.NaN, spread: Number.NaN });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function referencesOf(
  side: 'buy' | 'sell',
  fills: readonly TcaFill[],
  law: Impact | Refusal,
): { readonly references: readonly number[]; readonly impactFrom: TcaRun['impactFrom'] } {
  for (const from of ['reference', 'vwap'] as const) {
    const seen = fills.flatMap((fill) => fill[from] ?? []);
    if (seen.length === fills.length) return { references: seen, impactFrom: from };
  }
  if (law instanceof Refusal) throw law;
  const sign = side === 'buy' ? 1 : -1;
  return { references: fills.map(({ price }) => price / (1 + sign * law.cost)), impactFrom: 'model' };
}

/** Fees given, or those of the day's rates; all fills of a day without given fees are one order to the broker. */
function feesOfFills({ side, commission }: TcaRequest, fills: readonly TcaFill[]): number[] {
  const open = fills.filter(({ fees }) => fees === undefined);
  const valueOn = (day: Day): number =>
    sum(open.filter((fill) => fill.day === day).map(({ shares, price }) => shares * price));
  return fills.map(({ day, shares, price, fees }) => {
    if (fees !== undefined) return fees;
    const value = valueOn(day);
    return (feesOf(day, side, value, commission).total * shares * price) / value;
  });
}

const HOW: Readonly<Record<TcaRun['impactFrom'], string>> = {
  reference: 'impact is the price of each fill against the reference given with it',
  vwap: 'impact is the price of each fill against the volume-weighted price of its session, in which the fill itself is counted',
  model:
    'the fills say no reference and no VWAP; impact is what the square-root law expects, with its band, and timing takes the rest',
};

function findingsOf(
  { security, arrivalPrice }: TcaRequest,
  fills: readonly TcaFill[],
  impactFrom: TcaRun['impactFrom'],
  law: Impact | Refusal,
): Finding[] {
  const finding = (code: string, message: string): Finding => ({ code, subject: security, message });
  return [
    finding(`impact_from_${impactFrom}`, HOW[impactFrom]),
    ...(arrivalPrice === undefined
      ? [
          finding(
            'arrival_assumed',
            'the close before the first fill stands in for the price when the order was at the desk',
          ),
        ]
      : []),
    ...(fills.some(({ fees }) => fees === undefined)
      ? [
          finding(
            'fees_modelled',
            'rates of the day, the fills of a day as one order; give the fees paid for those',
          ),
        ]
      : []),
    ...(law instanceof Refusal ? [finding('model_left_out', law.message)] : law.findings),
  ];
}

function provenanceOfTca(
  { rulebook }: IndexData,
  fills: readonly TcaFill[],
  order: {
    readonly shares: number;
    readonly decisionPrice: number;
    readonly arrivalPrice: number;
    readonly endPrice: number;
  },
): Provenance {
  const { shares, decisionPrice, arrivalPrice, endPrice } = order;
  return {
    data: contentHash([
      ...fills.flatMap((fill) => [
        fill.day,
        fill.shares,
        fill.price,
        fill.reference ?? Number.NaN,
        fill.vwap ?? Number.NaN,
        fill.fees ?? Number.NaN,
      ]),
      shares,
      decisionPrice,
      arrivalPrice,
      endPrice,
    ]),
    rulebook: `${rulebook.id}@${rulebook.version}`,
    reading: {},
    engine: ENGINE_VERSION,
  };
}
