/**
 * What every impact model takes and gives: an order and the liquidity it meets in, the price move and the cost out.
 * All results are fractions of the price before the order and positive against the trader: a sale pushes the price down
 * by `peak`, a purchase up. Models are symmetric in the side.
 */
import { InputError, Refusal, type Issue } from '../base/errors.js';
import type { Finding } from '../base/finding.js';

export interface Order {
  /** Signed, buy positive, never 0. */
  readonly shares: number;
  /** Trading time over which it is spread evenly, in days of normal volume; above 0. */
  readonly days: number;
}

export interface Liquidity {
  /** Mean volume per day, shares. */
  readonly advShares: number;
  /** Standard deviation of one day's return, fraction. */
  readonly volatility: number;
  /** Shares outstanding; NaN when unknown. */
  readonly sharesOutstanding: number;
  /** Quoted spread, ask less bid, as a fraction of the price; NaN when unknown. */
  readonly spread: number;
  /** Slope of returns on signed flow; absent when not estimated. */
  readonly lambda?: KyleLambda;
}

/** See `kyleLambda` in illiquidity.ts. */
export interface KyleLambda {
  /** Return per share of net flow. */
  readonly slope: number;
  readonly standardError: number;
  readonly days: number;
  /** Largest absolute flow of a day it was estimated from, shares. */
  readonly largestFlow: number;
}

export const IMPACT_MODEL_NAMES = [
  'square-root',
  'square-root-0.6',
  'square-root-0.7',
  'almgren-2005',
  'almgren-chriss',
  'obizhaeva-wang',
  'propagator',
  'kyle',
  'elasticity',
  'greenwood',
] as const;
export type ImpactModelName = (typeof IMPACT_MODEL_NAMES)[number];

export interface Impact {
  readonly model: ImpactModelName;
  /** Part of the peak that goes away again: peak less permanent. */
  readonly temporary: number;
  /** What is left long after. */
  readonly permanent: number;
  /** Price move when the last share is traded. */
  readonly peak: number;
  /** Mean price paid against the price before the order, without fees. */
  readonly cost: number;
  /** Low and high end of the cost; each model says in its file where the ends come from. */
  readonly band: readonly [number, number];
  readonly findings: readonly Finding[];
}

type Needed = 'sharesOutstanding' | 'spread' | 'lambda';

const MISSING: Record<Needed, string> = {
  sharesOutstanding: 'the shares outstanding',
  spread: 'the bid-ask spread',
  lambda: 'a slope of returns on signed flow (kyleLambda)',
};

/**
 * Size of the order over the mean volume of a day, once order and liquidity are known to be sound.
 *
 * @throws InputError `bad_order` with every issue
 * @throws Refusal `liquidity_missing` when the model needs something that is not known
 */
export function participationOf(
  model: ImpactModelName,
  order: Order,
  liquidity: Liquidity,
  needs: readonly Needed[] = [],
): number {
  const { shares, days } = order;
  const { advShares, volatility, sharesOutstanding, spread } = liquidity;
  const sound =
    Math.abs(shares) > 0 &&
    Number.isFinite(shares) &&
    above0(days) &&
    above0(advShares) &&
    above0(volatility) &&
    (Number.isNaN(sharesOutstanding) || above0(sharesOutstanding)) &&
    (Number.isNaN(spread) || (spread >= 0 && spread < 1));
  if (!sound)
    throw new InputError(
      'bad_order',
      'the order or its liquidity cannot be used',
      issuesOf(order, liquidity),
    );
  for (const need of needs) {
    if (need === 'lambda' ? liquidity.lambda !== undefined : !Number.isNaN(liquidity[need])) continue;
    throw new Refusal('liquidity_missing', `${model} needs ${MISSING[need]}; give it, or use square-root`, {
      model,
    });
  }
  return Math.abs(shares) / advShares;
}

const above0 = (value: number): boolean => value > 0 && Number.isFinite(value);

function issuesOf({ shares, days }: Order, liquidity: Liquidity): Issue[] {
  const { advShares, volatility, sharesOutstanding, spread } = liquidity;
  const issue = (path: string, value: number, expected: string): Issue => ({
    code: 'bad_order',
    path,
    value,
    expected,
  });
  const number = 'a number above 0';
  return [
    ...(shares !== 0 && Number.isFinite(shares) ? [] : [issue('shares', shares, 'a number other than 0')]),
    ...(above0(days) ? [] : [issue('days', days, number)]),
    ...(above0(advShares) ? [] : [issue('advShares', advShares, number)]),
    ...(above0(volatility)
      ? []
      : [
          issue(
            'volatility',
            volatility,
            'a number above 0; a price that never moved has no volatility to scale by',
          ),
        ]),
    ...(Number.isNaN(sharesOutstanding) || above0(sharesOutstanding)
      ? []
      : [issue('sharesOutstanding', sharesOutstanding, `${number}, or none`)]),
    ...(Number.isNaN(spread) || (spread >= 0 && spread < 1)
      ? []
      : [issue('spread', spread, 'a fraction from 0 to below 1, or none')]),
  ];
}

/** An impact whose temporary part is the peak less what stays. */
export function impact(
  model: ImpactModelName,
  { peak, permanent, cost }: Pick<Impact, 'peak' | 'permanent' | 'cost'>,
  band: readonly [number, number],
  findings: readonly Finding[],
): Impact {
  return { model, temporary: peak - permanent, permanent, peak, cost, band, findings };
}

/** The doubt about an order outside of what a model was fitted to. The text is fixed: tables of ten thousand orders make many. */
export const beyond = (model: ImpactModelName, message: string): readonly Finding[] => [
  { code: 'impact_extrapolated', subject: model, message },
];

export const NO_FINDINGS: readonly Finding[] = [];
