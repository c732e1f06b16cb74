/**
 * Finds the close at which a basket changed inside a window, from levels alone: every session is tried as the swap,
 * the basket before fitted up to it and carried over it, and the fits are compared by their residuals, with the
 * information criterion of Schwarz for the unknowns each spends.
 */
import type { Day, SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { estimateBasket, fitBasket, SPARE_SESSIONS } from './basketFit.js';
import { carriedModel, survivorsBySize } from './carriedModel.js';
import { equationsOf, sessionsOf, type Equations, type PriceSource } from './equations.js';
import { mostFree, stepOf, type Step } from './rescaled.js';
import { fTail } from './significance.js';

export interface BreakCandidate {
  /** The last close of the old basket, at which the new one takes over. */
  readonly swap: Day;
  readonly residualSquares: number;
  /** n ln(residual squares / n) + unknowns x ln n; smaller is better. */
  readonly criterion: number;
  /** Of both baskets together, the swap close counted twice. */
  readonly dof: number;
}

export interface BreakScan {
  readonly best: BreakCandidate;
  /** Every session that could be tried, ascending. */
  readonly candidates: readonly BreakCandidate[];
  /** Half the criterion of the next best swap less that of the best: natural logarithm of the odds. */
  readonly overNext: number;
  /** Chance that the best of so many swaps fits so much better than none when there was none, at most 1. */
  readonly chance: number;
}

export interface BreakScanInput {
  readonly source: PriceSource;
  readonly published: ReadonlyMap<Day, number>;
  /** Sessions of the window, ascending; the first is the base day. */
  readonly days: readonly Day[];
  /** Members before, and after as far as known. */
  readonly before: readonly SecurityId[];
  readonly after: readonly SecurityId[];
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** @throws Refusal `not_identified` when fewer than two sessions leave enough on both sides */
export function scanForSwap(input: BreakScanInput): BreakScan {
  const { source, published, days } = input;
  const old = equationsOf(source, published, input.before, days, days[0]);
  const young = equationsOf(source, published, input.after, days, days[0]);
  const first = input.before.length + SPARE_SESSIONS - 1;
  const last = old.days.length - 2 - SPARE_SESSIONS - additions(input);
  const tried = old.days.slice(first, last + 1);
  if (tried.length < 2) throw windowTooShort(old.days.length, input);
  // The shortest stretch is the hardest to identify; what it tells apart, longer ones do too.
  fitBasket(sessionsOf(old, old.base, tried[0]));
  const candidates = tried.map((swap, i) => {
    input.onProgress?.(i, tried.length);
    return candidateAt(old, young, swap);
  });
  const ranked = candidates.toSorted((a, b) => a.criterion - b.criterion);
  return {
    best: ranked[0],
    candidates,
    overNext: (ranked[1].criterion - ranked[0].criterion) / 2,
    chance: Math.min(1, candidates.length * chanceWithout(old, ranked[0])),
  };
}

function candidateAt(old: Equations, young: Equations, swap: Day): BreakCandidate {
  const estimate = estimateBasket(sessionsOf(old, old.base, swap));
  const model = carriedModel(estimate, sessionsOf(young, swap, young.days[young.days.length - 1]));
  const largest = survivorsBySize(model).slice(0, mostFree(model));
  const scored = [...largest.keys(), largest.length].map((m) => {
    const step = stepOf(model, largest.slice(0, m));
    const criterion = criterionOf(step, old.days.length + 1);
    return { swap, residualSquares: step.squares, criterion, dof: step.dof };
  });
  return scored.reduce((best, other) => (other.criterion < best.criterion ? other : best));
}

/** F test of one basket against two. */
function chanceWithout(old: Equations, { residualSquares, dof }: BreakCandidate): number {
  const one = estimateBasket(old);
  // Counted once, as in the fit of one basket.
  const two = dof - 1;
  const f = (one.residualSquares - residualSquares) / (one.dof - two) / (residualSquares / two);
  return fTail(f, one.dof - two, two);
}

function criterionOf({ squares, dof }: Step, sessions: number): number {
  return sessions * Math.log(squares / sessions) + (sessions - dof) * Math.log(sessions);
}

const additions = ({ before, after }: BreakScanInput): number =>
  after.filter((id) => !before.includes(id)).length;

function windowTooShort(sessions: number, input: BreakScanInput): Refusal {
  const unknowns = input.before.length + 1 + additions(input);
  const needed = unknowns + 2 * SPARE_SESSIONS + 1;
  return new Refusal(
    'not_identified',
    `${sessions} sessions are too few to look for a change of basket: at least ${needed} are needed, ` +
      `${input.before.length + SPARE_SESSIONS} of them before it`,
    { sessions, unknowns, needed },
  );
}
