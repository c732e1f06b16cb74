/**
 * Almgren and Chriss, "Optimal execution of portfolio transactions", Journal of Risk 3(2), 2000, 5-39: impact linear in
 * size. Traded evenly, the expected cost per share is
 *
 *   epsilon + gamma X / 2 + (eta - gamma tau / 2) X / T
 *
 * with epsilon half the spread, gamma the permanent and eta the temporary coefficient, tau the length of a period; a trade's
 * own permanent impact does not hit that trade (other conventions differ by gamma tau X / 2T). The coefficients follow
 * the paper's rule of thumb, nothing is fitted: selling 10 % of a day's volume moves the price by one spread for good,
 * trading at 1 % of the volume costs one spread for the time being.
 *
 * Band of the cost: impact coefficients halved and doubled, this program's choice. Index trades cost in proportion to
 * size while they are below a day's volume (Aked and Moroz, Journal of Trading 10(3), 2015); beyond, the line is only drawn on.
 */
import type { Finding } from '../base/finding.js';
import { beyond, impact, participationOf, type Impact, type Liquidity, type Order } from './impactModel.js';

interface AlmgrenChrissParameters {
  /** Share of a day's volume that moves the price by one spread for good. */
  readonly permanentVolume: number;
  /** Share of the volume at which trading costs one spread more. */
  readonly temporaryVolume: number;
  /** Length of a trading period, days; 0 trades continuously. */
  readonly periodDays: number;
}

const RULE_OF_THUMB: AlmgrenChrissParameters = { permanentVolume: 0.1, temporaryVolume: 0.01, periodDays: 0 };
const BAND: readonly [number, number] = [0.5, 2];
const LINEAR_TO = 1;
const BEYOND = "larger than a day's volume; costs grow in proportion to size only below it";

/** @throws InputError `bad_order`, Refusal `liquidity_missing` without a spread */
export function almgrenChriss(
  order: Order,
  liquidity: Liquidity,
  parameters: AlmgrenChrissParameters = RULE_OF_THUMB,
): Impact {
  const model = 'almgren-chriss';
  const participation = participationOf(model, order, liquidity, ['spread']);
  const { spread } = liquidity;
  const permanent = (spread * participation) / parameters.permanentVolume;
  const rated = (spread * participation) / (parameters.temporaryVolume * order.days);
  const sized = permanent / 2 + rated - (permanent * parameters.periodDays) / (2 * order.days);
  const [low, high] = BAND;
  return impact(
    model,
    { peak: spread / 2 + permanent + rated, permanent, cost: spread / 2 + sized },
    [spread / 2 + low * sized, spread / 2 + high * sized],
    participation > LINEAR_TO ? [RULED, ...beyond(model, BEYOND)] : ONLY_RULED,
  );
}

const RULED: Finding = {
  code: 'impact_not_fitted',
  subject: 'almgren-chriss',
  message: "coefficients are the paper's rule of thumb in spreads, not estimates for this security",
};
const ONLY_RULED: readonly Finding[] = [RULED];
