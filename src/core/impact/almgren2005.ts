/**
 * Almgren, Thum, Hauptmann and Li, "Direct estimation of equity market impact", Risk 18(7), 2005, 57-62: Citigroup's
 * orders in US shares, December 2001 to June 2003.
 *
 *   permanent  I = gamma sigma (X / V) (Theta / V)^(1/4)
 *   temporary  K = eta sigma (X / (V T))^0.6
 *   cost       J = I / 2 + K
 *
 * X shares traded evenly over T days of volume time, V daily volume, Theta shares outstanding, sigma daily volatility.
 * gamma 0.314 +- 0.041, eta 0.142 +- 0.0062, exponent 0.600 +- 0.038; R squared of single orders is below 1 %, so the
 * band is that of the expected cost (1.96 standard errors of the three together) and not of one execution.
 *
 * The factor in Theta is often left out in quotations; without it the permanent part of the paper's own table comes out at a
 * quarter. Fitted to orders below about a fifth of a day's volume.
 */
import {
  beyond,
  impact,
  NO_FINDINGS,
  participationOf,
  type Impact,
  type Liquidity,
  type Order,
} from './impactModel.js';

const GAMMA = 0.314;
const GAMMA_ERROR = 0.041;
const ETA = 0.142;
const ETA_ERROR = 0.0062;
const BETA = 0.6;
const BETA_ERROR = 0.038;
const DELTA = 0.25;
const FITTED_TO = 0.2;
const BEYOND = "larger than the orders it was fitted to, below about 20 % of a day's volume";
const BAND_ERRORS = 1.96;

/** @throws InputError `bad_order`, Refusal `liquidity_missing` without the shares outstanding */
export function almgren2005(order: Order, liquidity: Liquidity): Impact {
  const model = 'almgren-2005';
  const participation = participationOf(model, order, liquidity, ['sharesOutstanding']);
  const { volatility, sharesOutstanding, advShares } = liquidity;
  const permanentShape = volatility * participation * (sharesOutstanding / advShares) ** DELTA;
  const rate = participation / order.days;
  const temporaryShape = volatility * rate ** BETA;
  const permanent = GAMMA * permanentShape;
  const temporary = ETA * temporaryShape;
  const cost = permanent / 2 + temporary;
  const error =
    BAND_ERRORS *
    // Math.hypot is ten times as slow and nothing here can overflow.
    Math.sqrt(
      ((GAMMA_ERROR * permanentShape) / 2) ** 2 +
        (ETA_ERROR * temporaryShape) ** 2 +
        (BETA_ERROR * temporary * Math.log(rate)) ** 2,
    );
  return impact(
    model,
    { peak: permanent + temporary, permanent, cost },
    [Math.max(0, cost - error), cost + error],
    participation > FITTED_TO ? beyond(model, BEYOND) : NO_FINDINGS,
  );
}
