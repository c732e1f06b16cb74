/**
 * The impact models of a single order by name. `greenwood` is not among them: it takes the trades of all names together.
 */
import { Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { almgren2005 } from './almgren2005.js';
import { almgrenChriss } from './almgrenChriss.js';
import { elasticity } from './elasticity.js';
import type { Impact, ImpactModelName, Liquidity, Order } from './impactModel.js';
import { kyle } from './kyle.js';
import { obizhaevaWang } from './obizhaevaWang.js';
import { propagator } from './propagator.js';
import { SQUARE_ROOT, squareRoot } from './squareRoot.js';

export type SingleModelName = Exclude<ImpactModelName, 'greenwood'>;

const withExponent =
  (exponent: number, model: ImpactModelName) =>
  (order: Order, liquidity: Liquidity): Impact =>
    squareRoot(order, liquidity, { ...SQUARE_ROOT, exponent }, model);

const MODELS: Readonly<Record<SingleModelName, (order: Order, liquidity: Liquidity) => Impact>> = {
  'square-root': squareRoot,
  'square-root-0.6': withExponent(0.6, 'square-root-0.6'),
  'square-root-0.7': withExponent(0.7, 'square-root-0.7'),
  'almgren-2005': almgren2005,
  'almgren-chriss': almgrenChriss,
  'obizhaeva-wang': obizhaevaWang,
  propagator,
  kyle,
  elasticity,
};

const ENTRIES = Object.entries(MODELS);

/** @throws InputError `bad_order`, Refusal `liquidity_missing` */
export const impactOf = (model: SingleModelName, order: Order, liquidity: Liquidity): Impact =>
  MODELS[model](order, liquidity);

export interface ImpactTable {
  readonly rows: readonly Impact[];
  /** One `model_left_out` per model that needs something this liquidity does not have. */
  readonly findings: readonly Finding[];
}

/**
 * The order under every model that can say something about it.
 * @throws InputError `bad_order`
 */
export function impactTable(order: Order, liquidity: Liquidity): ImpactTable {
  const rows: Impact[] = [];
  const findings: Finding[] = [];
  for (const [name, model] of ENTRIES) {
    try {
      rows.push(model(order, liquidity));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      findings.push({ code: 'model_left_out', subject: name, message: error.message });
    }
  }
  return { rows, findings };
}
