/**
 * Through a fund to the securities behind it: weights multiply along each route, routes to the same security add up, and
 * what a basket does not say stays unknown. A fund that holds itself, over however many others, is refused.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import { sum } from '../base/sum.js';
import type { Basket } from './holdings.js';

export interface Route {
  /** From the fund down to the last holder. */
  readonly through: readonly string[];
  readonly weight: number;
  /** Of the last holder's basket: where its weights come from, how good they are, and of which day. */
  readonly source: string;
  readonly quality: string;
  readonly asOf: Day;
}

export interface Exposure {
  readonly id: string;
  /** 0..1 of the fund. */
  readonly weight: number;
  readonly routes: readonly Route[];
}

export interface LookThrough {
  /** Largest first, ties by id. */
  readonly exposures: readonly Exposure[];
  /** Part of the fund behind which nothing is known. */
  readonly unknown: number;
  /** 1 / sum of squared weights, if what is unknown were spread over infinitely many names, and if it were all in one. */
  readonly effectiveN: { readonly most: number; readonly least: number };
}

/** Longer chains than any real one: a fund of funds of funds. */
const DEEPEST = 8;

/**
 * @param basketOf what a holder holds on the day; undefined where that is not known
 * @param isSecurity whether a route ends there; what is neither a security nor a known holder stays unknown
 * @throws Refusal `holds_itself`, `unknown_holder`
 */
export function lookThrough(
  fund: string,
  basketOf: (holder: string) => Basket | undefined,
  isSecurity: (id: string) => boolean,
): LookThrough {
  const start = basketOf(fund);
  if (start === undefined)
    throw new Refusal('unknown_holder', `nothing is held about what is in ${fund}`, { fund });
  const routes = new Map<string, Route[]>();
  const unknown: number[] = [];
  const open = (holder: string, basket: Basket, weight: number, through: readonly string[]): void => {
    if (through.includes(holder) || through.length >= DEEPEST) {
      throw new Refusal(
        'holds_itself',
        `${[...through, holder].join(' -> ')}: a fund that holds itself has no end`,
        {
          fund,
          holder,
        },
      );
    }
    const chain = [...through, holder];
    for (const line of basket.lines) {
      const inner = basketOf(line.id);
      const part = weight * line.weight;
      if (inner !== undefined) open(line.id, inner, part, chain);
      else if (!isSecurity(line.id)) unknown.push(part);
      else
        routes.set(line.id, [
          ...(routes.get(line.id) ?? []),
          { through: chain, weight: part, source: line.source, quality: line.quality, asOf: basket.asOf },
        ]);
    }
    unknown.push(weight * Math.max(0, 1 - sum(basket.lines.map((line) => line.weight))));
  };
  open(fund, start, 1, []);
  const exposures = [...routes]
    .map(([id, own]): Exposure => ({ id, weight: sum(own.map(({ weight }) => weight)), routes: own }))
    .toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  if (exposures.length === 0) {
    throw new Refusal('unknown_holder', `no security behind ${fund} is known`, { fund });
  }
  const left = sum(unknown);
  const squares = sum(exposures.map(({ weight }) => weight * weight));
  return {
    exposures,
    unknown: left,
    effectiveN: { most: 1 / squares, least: 1 / (squares + left * left) },
  };
}
