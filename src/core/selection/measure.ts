/**
 * Measures: what a screen, a ranking or a selector may compare securities by. A rulebook names the measure; the
 * market data says whether it is held. A measure that is not held is refused, never guessed.
 */
import { Type } from 'typebox';
import type { SecurityId } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Words } from '../base/words.js';
import type { Snapshot } from '../market/snapshot.js';

/** Every measure by name, with what it means; amounts are in the currency of the rulebook unless it says USD. */
const MEASURES = [
  /** Market value of all shares. */
  'total-cap',
  /** Market value of the free float, as the index counts it. */
  'float-cap',
  /** Mean value traded per day. */
  'average-value',
  'average-value-usd',
  /** Free float over all shares, 0..1. */
  'float-ratio',
  /** Value traded in a year over the float market value. */
  'value-to-float-cap',
  'price',
  /** Share of the sessions of the window on which it traded, 0..1. */
  'sessions-traded',
  /** Earnings the rulebook asks to be positive. */
  'profit',
  /** Cost of trading a stated basket, as a fraction of its value (India). */
  'impact-cost',
] as const;
export type MeasureName = (typeof MEASURES)[number];

export const MeasureSchema = Type.Enum([...MEASURES], {
  description: 'the quantity compared; refused when the market data does not hold it',
});

export const WindowMonthsSchema = Type.Optional(
  Type.Integer({
    minimum: 1,
    description: 'mean over the months that end on the cut-off; absent: the value on the cut-off',
  }),
);

/** What a rulebook may ask about securities beyond the snapshot; what is absent here is not held. */
export interface CutoffFacts {
  readonly measures?: Readonly<Partial<Record<MeasureName, ReadonlyMap<SecurityId, number>>>>;
  /** Property (theme tag, flag) -> the securities that have it. */
  readonly properties?: Readonly<Record<string, ReadonlySet<SecurityId>>>;
  /** Classification level -> group of each security. */
  readonly groups?: Readonly<Record<string, ReadonlyMap<SecurityId, string>>>;
  /** Index -> its members at the cut-off. */
  readonly indices?: Readonly<Record<string, ReadonlySet<SecurityId>>>;
}

/** Where measures are read: the snapshot, the window of its averages, and what else is held. */
export interface MeasureSource {
  readonly snapshot: Snapshot;
  /** Months of the window behind the snapshot's averages. */
  readonly windowMonths: number | undefined;
  readonly facts: CutoffFacts;
}

/**
 * Values of a measure for the rows a clause looks at.
 * @throws Refusal `missing_measure` when it is not held for every one of them
 */
export function valuesOf(
  source: MeasureSource,
  measure: MeasureName,
  rows: readonly number[],
  clause: string,
  windowMonths?: number,
): (row: number) => number {
  const value = reader(source, measure, windowMonths);
  const lacking = value ? rows.filter((row) => Number.isNaN(value(row))) : rows;
  const what = windowMonths === undefined ? measure : `${measure} over ${windowMonths} months`;
  if (!value || lacking.length > 0) throw missing(source, clause, what, lacking);
  return value;
}

/** The securities that have a property. @throws Refusal `missing_measure` when the property is not held. */
export function holdersOf(source: MeasureSource, property: string, clause: string): ReadonlySet<SecurityId> {
  const found = source.facts.properties?.[property];
  if (!found) throw missing(source, clause, property);
  return found;
}

/** Members of another index at the cut-off. @throws Refusal `missing_measure` when they are not held. */
export function membersOf(source: MeasureSource, index: string, clause: string): ReadonlySet<SecurityId> {
  const found = source.facts.indices?.[index];
  if (!found) throw missing(source, clause, `members of ${index}`);
  return found;
}

/** Group of each row at a classification level. @throws Refusal `missing_measure` when one is not held. */
export function groupsOf(
  source: MeasureSource,
  level: string,
  rows: readonly number[],
  clause: string,
): (row: number) => string {
  const { securities } = source.snapshot;
  const groups = source.facts.groups?.[level];
  const lacking = rows.filter((row) => !groups?.has(securities[row].id));
  if (!groups || lacking.length > 0) throw missing(source, clause, `groups at ${level}`, lacking);
  return (row) => groups.get(securities[row].id) as string;
}

/** Reads one measure, or `undefined` where neither the facts nor the snapshot have it. */
function reader(
  { snapshot, facts, windowMonths }: MeasureSource,
  measure: MeasureName,
  asked: number | undefined,
): ((row: number) => number) | undefined {
  const told = facts.measures?.[measure];
  if (told) return (row) => told.get(snapshot.securities[row].id) ?? Number.NaN;
  const { price, aShares, inclusionFactor, averageTotalCap, averageValue } = snapshot;
  if (measure === 'average-value' && (asked ?? windowMonths) === windowMonths)
    return (row) => averageValue[row];
  if (asked !== undefined)
    return measure === 'total-cap' && asked === windowMonths ? (row) => averageTotalCap[row] : undefined;
  if (measure === 'price') return (row) => price[row];
  if (measure === 'total-cap') return (row) => price[row] * aShares[row];
  if (measure === 'float-cap') return (row) => price[row] * aShares[row] * inclusionFactor[row];
  return undefined;
}

function missing(
  { snapshot }: MeasureSource,
  clause: string,
  what: string,
  rows: readonly number[] = [],
): Refusal {
  const ids = rows.map((row) => snapshot.securities[row].id);
  const named = ids.length > 3 ? [...ids.slice(0, 3), '...'] : ids;
  const whose = ids.length > 0 ? ` for ${ids.length} securities: ${named.join(', ')}` : '';
  return new Refusal('missing_measure', `${clause} needs ${what}; the market data does not hold it${whose}`, {
    clause,
    missing: what,
    securities: ids.length,
  });
}

/** What each measure is called in an explanation. */
export const MEASURE_WORDS: Readonly<Record<MeasureName, Words>> = {
  'total-cap': { en: 'total market value', zh: '总市值' },
  'float-cap': { en: 'float market value', zh: '自由流通市值' },
  'average-value': { en: 'average value traded', zh: '日均成交额' },
  'average-value-usd': { en: 'average value traded, USD', zh: '日均成交额（美元）' },
  'float-ratio': { en: 'free-float ratio', zh: '自由流通比例' },
  'value-to-float-cap': { en: 'value traded over float market value', zh: '成交额与自由流通市值之比' },
  price: { en: 'price', zh: '价格' },
  'sessions-traded': { en: 'share of sessions traded', zh: '交易日占比' },
  profit: { en: 'earnings', zh: '盈利' },
  'impact-cost': { en: 'impact cost', zh: '冲击成本' },
};

/** A number as an explanation prints it: whole from a thousand on, six digits below. */
export function measureText(value: number): string {
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(6)));
}
