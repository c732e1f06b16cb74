/**
 * Obizhaeva and Wang, "Optimal trading strategy and supply/demand dynamics", Journal of Financial Markets 16, 2013: a block
 * book that refills. A trade of x shares displaces the price by (lambda + kappa) x; the part lambda x stays, the part
 * kappa x fades at the rate rho. The best a risk-neutral trader can do over T days is a block X / (rho T + 2) at both ends
 * and an even stream between, which costs per share
 *
 *   lambda X / 2 + kappa X / (rho T + 2),  with a peak of  lambda X + 2 kappa X / (rho T + 2).
 *
 * rho = 2.231 per day (half-life 0.31 days) and lambda = kappa are the paper's numerical example. The depth of the
 * book cannot be seen in daily data: unless given, it is set so that the whole order at once would move the price as
 * the square-root law says. Band of the cost: rho from 1 to 5 per day, and the band of that law.
 */
import type { Finding } from '../base/finding.js';
import {
  impact,
  NO_FINDINGS,
  participationOf,
  type Impact,
  type Liquidity,
  type Order,
} from './impactModel.js';
import { SQUARE_ROOT } from './squareRoot.js';

interface ObizhaevaWangParameters {
  /** rho, per day. */
  readonly resilience: number;
  readonly resilienceRange: readonly [number, number];
  /** lambda / (lambda + kappa). */
  readonly permanentShare: number;
  /** Displacement by the whole order at once, fraction; from the square-root law when absent. */
  readonly displacement?: number;
}

const PAPER: ObizhaevaWangParameters = { resilience: 2.231, resilienceRange: [1, 5], permanentShare: 0.5 };

/** @throws InputError `bad_order` */
export function obizhaevaWang(
  order: Order,
  liquidity: Liquidity,
  parameters: ObizhaevaWangParameters = PAPER,
): Impact {
  const participation = participationOf('obizhaeva-wang', order, liquidity);
  const { resilience, resilienceRange, permanentShare } = parameters;
  const law = liquidity.volatility * participation ** SQUARE_ROOT.exponent;
  const scaled = parameters.displacement === undefined;
  const displacement = parameters.displacement ?? SQUARE_ROOT.coefficient * law;
  const [low, high] = SQUARE_ROOT.coefficientRange;
  const [slow, fast] = resilienceRange;
  const costAt = (size: number, rho: number): number =>
    size * (permanentShare / 2 + (1 - permanentShare) / (rho * order.days + 2));
  const cost = costAt(displacement, resilience);
  const permanent = permanentShare * displacement;
  return impact(
    'obizhaeva-wang',
    { peak: permanent + 2 * (cost - permanent / 2), permanent, cost },
    [costAt(scaled ? low * law : displacement, fast), costAt(scaled ? high * law : displacement, slow)],
    scaled ? SCALED : NO_FINDINGS,
  );
}

const SCALED: readonly Finding[] = [
  {
    code: 'impact_scaled',
    subject: 'obizhaeva-wang',
    message:
      'depth of the book set so that the whole order at once moves the price as the square-root law says',
  },
];
