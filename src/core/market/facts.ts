/**
 * Facts about securities (share counts, inclusion factors, flags), each with the day it describes and the day
 * it became known. Reading "as known on" a day can only ever see what was known by then.
 */
import type { Day, SecurityId } from '../base/brand.js';

export type FactField =
  'a_shares' | 'total_shares' | 'float_a_shares' | 'inclusion_factor' | 'dual_listed' | 'risk_warning';

/** How good a value is; anything but `reported` is said wherever the value is used. */
export type Quality = 'reported' | 'estimated' | 'backcast' | 'reconstructed' | 'assumed';

export interface Fact {
  readonly id: SecurityId;
  readonly field: FactField;
  readonly value: number;
  /** First day the value describes. */
  readonly asOf: Day;
  /** First day a person could know it. */
  readonly knownOn: Day;
  readonly quality: Quality;
  readonly source: string;
  readonly note: string;
}

/** Facts grouped by security and field, each group ascending by the day described, then by the day known. */
export type FactTable = ReadonlyMap<string, readonly Fact[]>;

export function factTable(facts: readonly Fact[]): FactTable {
  const table = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = factKey(fact.id, fact.field);
    const group = table.get(key);
    if (group) group.push(fact);
    else table.set(key, [fact]);
  }
  for (const group of table.values()) group.sort((a, b) => a.asOf - b.asOf || a.knownOn - b.knownOn);
  return table;
}

/** Everything known by `knownAt` about one field of one security, ascending by the day described. */
export function knownFacts(
  table: FactTable,
  id: SecurityId,
  field: FactField,
  knownAt: Day,
): readonly Fact[] {
  const group = table.get(factKey(id, field));
  if (!group) return [];
  return group.some((fact) => fact.knownOn > knownAt)
    ? group.filter((fact) => fact.knownOn <= knownAt)
    : group;
}

/** The value in force on `day` as known on `knownAt`, or `undefined`. */
export function factOn(
  table: FactTable,
  id: SecurityId,
  field: FactField,
  day: Day,
  knownAt: Day,
): Fact | undefined {
  let found: Fact | undefined;
  for (const fact of table.get(factKey(id, field)) ?? []) {
    if (fact.asOf > day) break;
    if (fact.knownOn <= knownAt) found = fact;
  }
  return found;
}

const factKey = (id: SecurityId, field: FactField): string => `${id}/${field}`;
