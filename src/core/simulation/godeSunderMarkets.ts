/**
 * The five markets of D. K. Gode and S. Sunder (J. Political Economy 101, 1993): twelve traders, six on each side, prices 1 to
 * 200, six periods. The paper prints the schedules as step curves beside its figures 1 to 5 and no numbers; these are the
 * curves as read off the scan by a public replication (ndouglas/SugarScape, `zi/market.rs`). What the paper's text says of them
 * holds for these numbers and is tested: equilibrium prices 69 in market 2 and 170 in market 4, volumes 24 in market 1 and 6 in
 * market 3, and of traders without a budget, who trade every unit, the efficiencies 90.0, 90.0, 76.7 and 48.8 % of its table 2.
 * Market 5, a fine staircase with many units just beyond the crossing, is approximate: 86.7 instead of 86.0 %.
 */
export interface GodeSunderMarket {
  /** Per buyer and seller, in the order in which units are traded. */
  readonly values: readonly (readonly number[])[];
  readonly costs: readonly (readonly number[])[];
  /** Percent of the possible gains, table 2: traders with a budget (ZI-C) and without one (ZI-U). */
  readonly published: { readonly constrained: number; readonly unconstrained: number };
}

export const GODE_SUNDER_PRICES = 200;

const alike = (units: readonly number[]): number[][] => Array.from({ length: 6 }, () => [...units]);

/** Market 5: eighteen units evenly from one price to another, dealt in turn to three traders; three more hold seven beyond. */
function staircase(from: number, to: number, beyond: number): number[][] {
  const steps = Array.from({ length: 18 }, (_, i) => Math.round(from + ((to - from) * i) / 17));
  return [
    ...[0, 1, 2].map((first) => steps.filter((_, i) => i % 3 === first)),
    ...Array.from({ length: 3 }, () => Array.from({ length: 7 }, () => beyond)),
  ];
}

export const GODE_SUNDER_MARKETS: readonly GodeSunderMarket[] = [
  {
    values: alike([102, 97, 92, 87, 82, 77]),
    costs: alike([34, 46, 58, 70, 82, 94]),
    published: { constrained: 99.9, unconstrained: 90.0 },
  },
  {
    values: alike([117, 105, 93, 81, 69, 57]),
    costs: alike([49, 54, 59, 64, 69, 74]),
    published: { constrained: 99.2, unconstrained: 90.0 },
  },
  {
    values: alike([133, 95, 90]),
    costs: alike([90, 95, 100]),
    published: { constrained: 99.0, unconstrained: 76.7 },
  },
  {
    values: alike([180, 175, 170, 165, 160]),
    costs: alike([90, 142, 170, 190, 198]),
    published: { constrained: 98.2, unconstrained: 48.8 },
  },
  {
    values: staircase(159, 131, 127),
    costs: staircase(96, 124, 131),
    published: { constrained: 97.1, unconstrained: 86.0 },
  },
];
