/**
 * The propagator of Bouchaud, Gefen, Potters and Wyart (Quantitative Finance 4, 2004): every trade moves the price by f(q)
 * and its effect fades as G(t) = G0 / (1 + t / t0)^beta. With f a power d of the trading rate v, an even order of T days
 * stands at v^d G0 t0 / (1 - beta) ((1 + t / t0)^(1 - beta) - 1) at time t, and nothing of it is permanent.
 *
 * Prices that cannot be manipulated need beta + d >= 1 (Gatheral, Quantitative Finance 10, 2010). d = beta = 1/2 lies on that
 * line: the impact depends on the size alone, as the square-root law has it, and a trade's effect falls with the inverse
 * square root of time (Maitrier, Loeper and Bouchaud 2025, arXiv 2502.16246). G0 is set so that an order of one day reaches the
 * square-root law's peak. What is called permanent here is what is left after twenty sessions. Band: that of the law.
 */
import type { Finding } from '../base/finding.js';
import { InputError } from '../base/errors.js';
import { impact, participationOf, type Impact, type Liquidity, type Order } from './impactModel.js';
import { SQUARE_ROOT } from './squareRoot.js';

interface PropagatorParameters {
  /** beta, above 0 and below 1. */
  readonly decay: number;
  /** d. */
  readonly exponent: number;
  /** t0, days: a minute of a session of 240. */
  readonly onsetDays: number;
  /** When the rest of the impact is read off, sessions after the last trade. */
  readonly restAfter: number;
}

const ON_THE_LINE: PropagatorParameters = { decay: 0.5, exponent: 0.5, onsetDays: 1 / 240, restAfter: 20 };

/** @throws InputError `bad_order`, `manipulable` when beta + d < 1 */
export function propagator(
  order: Order,
  liquidity: Liquidity,
  parameters: PropagatorParameters = ON_THE_LINE,
): Impact {
  const participation = participationOf('propagator', order, liquidity);
  const { decay, exponent, onsetDays, restAfter } = parameters;
  if (!(decay > 0 && decay < 1) || decay + exponent < 1) throw manipulable(parameters);
  const { days } = order;
  const rate = (participation / days) ** exponent;
  // Integral of (1 + s / t0)^-beta from 0 to t, and the mean of that over the order.
  const grown = (t: number): number => (onsetDays / (1 - decay)) * ((1 + t / onsetDays) ** (1 - decay) - 1);
  const meanGrown =
    (onsetDays / (1 - decay)) *
    ((onsetDays / ((2 - decay) * days)) * ((1 + days / onsetDays) ** (2 - decay) - 1) - 1);
  const scale = (SQUARE_ROOT.coefficient * liquidity.volatility) / grown(1);
  const peak = scale * rate * grown(days);
  const cost = scale * rate * meanGrown;
  const { coefficient, coefficientRange } = SQUARE_ROOT;
  const [low, high] = coefficientRange;
  return impact(
    'propagator',
    { peak, permanent: scale * rate * (grown(days + restAfter) - grown(restAfter)), cost },
    [(low / coefficient) * cost, (high / coefficient) * cost],
    SCALED,
  );
}

function manipulable({ decay, exponent }: PropagatorParameters): InputError {
  return new InputError(
    'manipulable',
    'a decay this slow for impact this concave could be traded in a circle for gain',
    [
      {
        code: 'manipulable',
        path: 'decay',
        value: decay,
        expected: `above 0, below 1 and at least ${1 - exponent}, one less the exponent`,
      },
    ],
  );
}

const SCALED: readonly Finding[] = [
  {
    code: 'impact_scaled',
    subject: 'propagator',
    message:
      'scaled so that an order of one day peaks where the square-root law does; permanent is the rest after 20 sessions',
  },
];
