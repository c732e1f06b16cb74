/**
 * Entities: what a cap counts as one. Share classes of an issuer are weighed together and their common weight is
 * split between them in proportion to what it was made of.
 */
import { assert } from '../base/errors.js';

export const ENTITY_LEVELS = ['security', 'issuer', 'group'] as const;
export type EntityLevel = (typeof ENTITY_LEVELS)[number];

export interface Entities {
  /** Group of each entity: that of its first security. */
  readonly groups: readonly string[];
  /** Sum per entity of a column over securities. */
  readonly sums: (column: Float64Array) => Float64Array;
  /** Weight per security: each entity's weight in proportion to `column`. */
  readonly split: (column: Float64Array, weights: Float64Array) => Float64Array;
  /** Rows of the securities of the given entities, ascending. */
  readonly securitiesOf: (entities: readonly number[]) => number[];
}

/** @param n number of securities; entities are ordered by the row of their first security */
export function entitiesOf(
  n: number,
  level: EntityLevel,
  issuers?: readonly string[],
  groups?: readonly string[],
): Entities {
  const labels = level === 'issuer' ? issuers : level === 'group' ? groups : undefined;
  if (labels === undefined) return securitiesThemselves(n, groups);
  assert(labels.length === n, 'one label per security');
  const entityOf = new Int32Array(n);
  const first: number[] = [];
  const seen = new Map<string, number>();
  for (let row = 0; row < n; row++) {
    // A security without a label stands for itself.
    const label = labels[row] ?? '';
    let entity = label === '' ? undefined : seen.get(label);
    if (entity === undefined) {
      entity = first.length;
      if (label !== '') seen.set(label, entity);
      first.push(row);
    }
    entityOf[row] = entity;
  }
  const sums = (column: Float64Array): Float64Array => {
    const out = new Float64Array(first.length);
    for (let row = 0; row < n; row++) out[entityOf[row]] += column[row];
    return out;
  };
  return {
    groups: groups === undefined ? [] : first.map((row) => groups[row] ?? ''),
    sums,
    split: (column, weights) => {
      const total = sums(column);
      // The share first: for an entity of one security it is exactly 1 and its weight passes unchanged.
      return column.map((value, row) => weights[entityOf[row]] * (value / total[entityOf[row]]));
    },
    securitiesOf: (entities) => {
      const wanted = new Set(entities);
      const rows: number[] = [];
      for (let row = 0; row < n; row++) if (wanted.has(entityOf[row])) rows.push(row);
      return rows;
    },
  };
}

/** Each security its own entity: columns and weights pass as they are. */
function securitiesThemselves(n: number, groups: readonly string[] | undefined): Entities {
  return {
    groups: groups === undefined ? [] : Array.from({ length: n }, (_, row) => groups[row] ?? ''),
    sums: (column) => column,
    split: (_, weights) => weights,
    securitiesOf: (entities) => entities.slice(),
  };
}
