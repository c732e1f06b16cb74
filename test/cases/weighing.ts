/** Weighing a real or made-up set of securities under a rulebook, and carrying the weights through prices. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import {
  applyCaps,
  capsOf,
  parseDay,
  resolveRulebook,
  startOf,
  type CapResult,
  type CapRule,
  type ClauseId,
  type Day,
  type NamedCap,
  type Occasion,
  type Rulebook,
} from '../../src/core/index.js';
import { readRulebook } from '../../src/data/rulebooks.js';

export interface Holding {
  readonly id: string;
  /** Market value that counts for weighting, any unit. */
  readonly value: number;
  readonly issuer?: string;
  readonly group?: string;
  /** Fraction; all holdings or none. */
  readonly inForce?: number;
}

export interface Asked {
  readonly occasion?: Occasion;
  /** Clause id -> reading. */
  readonly readings?: Readonly<Record<string, string>>;
}

const loaded = new Map<string, Promise<Rulebook>>();

/** A bundled rulebook, read once per test file. */
export function rulebookOf(id: string): Promise<Rulebook> {
  const known = loaded.get(id) ?? readRulebook(`rulebooks/${id}.yaml`);
  loaded.set(id, known);
  return known;
}

/** Weights by id under a rulebook on a day, and what its caps did. */
export async function weighUnder(id: string, date: string, holdings: readonly Holding[], asked: Asked = {}) {
  const rulebook = await rulebookOf(id);
  const methodology = resolveRulebook(rulebook, day(date), asked.readings ?? {}, asked.occasion);
  const start = startOf(methodology);
  return weigh(holdings, capsOf(methodology), start.level, start.from);
}

/** The same with caps given directly: the wrong turns of a case, and rules that are in no rulebook. */
export function weigh(
  holdings: readonly Holding[],
  caps: readonly NamedCap[],
  level: 'security' | 'issuer' | 'group' = 'security',
  start: 'uncapped' | 'in-force' | 'in-force-if-limits-hold' = 'uncapped',
) {
  const sorted = holdings.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const inForce = sorted.every((holding) => holding.inForce !== undefined)
    ? Float64Array.from(sorted, (holding) => holding.inForce ?? 0)
    : undefined;
  const result = applyCaps(
    Float64Array.from(sorted, (holding) => holding.value),
    caps,
    {
      level,
      start,
      issuers: sorted.map((holding) => holding.issuer ?? ''),
      groups: sorted.map((holding) => holding.group ?? ''),
      ...(inForce === undefined ? {} : { inForce }),
    },
  );
  const weights = new Map(sorted.map(({ id }, i) => [id, result.weights[i]]));
  return { weights, result, ids: sorted.map(({ id }) => id) };
}

/** Ids that a clause bound. */
export const boundBy = (run: { result: CapResult; ids: readonly string[] }, clause: string): string[] =>
  run.result.outcomes
    .filter((outcome) => outcome.id === clause)
    .flatMap((outcome) => outcome.bound.map((row) => run.ids[row]));

export const cap = (id: string, rule: CapRule): NamedCap => ({ id: id as ClauseId, rule });

/** Weights carried from one close to another: everybody moves with its price, the sum stays one. */
export function drift(
  weights: ReadonlyMap<string, number>,
  growth: (id: string) => number,
): Map<string, number> {
  const moved = [...weights].map(([id, weight]): [string, number] => [id, weight * growth(id)]);
  const total = moved.reduce((sum, [, value]) => sum + value, 0);
  return new Map(moved.map(([id, value]) => [id, value / total]));
}

export const day = (text: string): Day => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new Error(`${text} is not a day`);
  return parsed;
};

/** Rows of a CSV file as records of text. */
export const table = (file: string): Record<string, string>[] =>
  parse(readFileSync(file), { columns: true, skip_empty_lines: true });
