/**
 * The September 2025 review of STAR 50 worked out a second time, plainly: rows straight from the files, ceilings by
 * bisection, no engine. Slow and short, to be read beside rulebooks 11.4 and 17.
 */
import { rows } from '../core/bundle.js';
import { day } from '../core/days.js';
import { byBisection, total } from '../core/weighting/caps.js';

export type JointReading = 'capped-stay' | 'pro-rata' | 'waterline' | 'waterline-within' | 'single-only';

/** Whether a sixth member is kept from passing the fifth (rulebooks 11.4); the table of rulebooks 17 was made without. */
export type SixthMember = 'held-at-fifth' | 'free';

export interface Reference {
  /** Ids of old and new members, ascending. */
  readonly ids: readonly string[];
  /** Weights in force on the evening of a day before the swap. */
  readonly weightsBefore: (on: string) => Map<string, number>;
  /** Weights of the new basket at the close of one day, with factors priced at another. */
  readonly weightsAfter: (pricedOn: string, on: string, reading?: JointReading) => Map<string, number>;
  /** Largest distance of the new basket from the published closes after the swap until a day. */
  readonly largestError: (
    pricedOn: string,
    reading: JointReading,
    sixth: SixthMember,
    until: string,
  ) => number;
  readonly publishedCloses: ReadonlyMap<number, number>;
}

const SWAP = '2025-09-12';
const ADDED = '688183';
const REMOVED = '688561';
const BAND_OF_ADDED = 0.3;

const dayNumber = (column: string): string => `CAST(${column} - DATE '1970-01-01' AS INTEGER) AS ${column}`;

/** @param indexShares of the old basket; those of the bundle when absent */
export async function reference(indexShares?: ReadonlyMap<string, number>): Promise<Reference> {
  const shares = await rows(
    `SELECT id, adjusted_shares, capping_factor FROM {index_shares} WHERE index_id = 'star-50' AND basket = 'A' ORDER BY id`,
  );
  const oldIds = shares.id.map(String);
  const adjusted = new Map(oldIds.map((id, i) => [id, Number(shares.adjusted_shares[i])]));
  const oldFactor = new Map(oldIds.map((id, i) => [id, Number(shares.capping_factor[i])]));
  for (const [id, held] of indexShares ?? []) {
    // SMIC stood at its cap: its full count stays, the factor takes the change.
    if (id === '688981') oldFactor.set(id, held / (adjusted.get(id) as number));
    else adjusted.set(id, held);
  }
  const count = await rows(
    `SELECT value FROM {facts} WHERE id = '${ADDED}' AND field = 'a_shares' AND as_of <= DATE '2025-09-08' AND known_on <= DATE '2025-09-08' ORDER BY as_of DESC LIMIT 1`,
  );
  adjusted.set(ADDED, Number(count.value[0]) * BAND_OF_ADDED);
  const ids = [...adjusted.keys()].toSorted();
  const newIds = ids.filter((id) => id !== REMOVED);

  const closes = await rows(
    `SELECT id, ${dayNumber('day')}, close FROM {closes} WHERE day BETWEEN DATE '2025-05-01' AND DATE '2025-10-31' ORDER BY id, day`,
  );
  const closesOf = new Map<string, { day: number; close: number }[]>();
  closes.id.forEach((id, i) => {
    const list = closesOf.get(String(id)) ?? [];
    list.push({ day: Number(closes.day[i]), close: Number(closes.close[i]) });
    closesOf.set(String(id), list);
  });
  const actions = await rows(
    `SELECT id, ${dayNumber('ex_day')}, share_ratio FROM {actions} WHERE share_ratio <> 1`,
  );
  const levels = await rows(
    `SELECT ${dayNumber('day')}, close FROM {levels} WHERE index_id = 'star-50' AND day BETWEEN DATE '2025-06-01' AND DATE '2025-10-31' ORDER BY day`,
  );
  const publishedCloses = new Map(levels.day.map((d, i) => [Number(d), Number(levels.close[i])]));

  const lastClose = (id: string, on: number): number =>
    (closesOf.get(id) ?? []).findLast((row) => row.day <= on)?.close ?? Number.NaN;
  const ratio = (id: string, on: number): number =>
    actions.id
      .map((action, i) => ({
        id: String(action),
        ex: Number(actions.ex_day[i]),
        by: Number(actions.share_ratio[i]),
      }))
      .filter((action) => action.id === id && action.ex > day('2025-06-13') && action.ex <= on)
      .reduce((product, action) => product * action.by, 1);
  const uncapped = (id: string, on: number): number =>
    (adjusted.get(id) as number) * ratio(id, on) * lastClose(id, on);
  const shareOut = (of: readonly string[], value: (id: string) => number): Map<string, number> => {
    const values = of.map(value);
    const sum = total(values);
    return new Map(of.map((id, i) => [id, values[i] / sum]));
  };

  /** Capping factor of every new member, priced at one close. */
  function factors(pricedOn: string, reading: JointReading, sixth: SixthMember): Map<string, number> {
    const values = newIds.map((id) => uncapped(id, day(pricedOn)));
    const weights = joint(values, reading, sixth);
    return new Map(newIds.map((id, i) => [id, weights[i] / values[i]]));
  }

  return {
    ids,
    publishedCloses,
    weightsBefore: (on) => shareOut(oldIds, (id) => uncapped(id, day(on)) * (oldFactor.get(id) as number)),
    weightsAfter: (pricedOn, on, reading = 'capped-stay') => {
      const factor = factors(pricedOn, reading, 'held-at-fifth');
      return shareOut(newIds, (id) => uncapped(id, day(on)) * (factor.get(id) as number));
    },
    largestError: (pricedOn, reading, sixth, until) => {
      const factor = factors(pricedOn, reading, sixth);
      const value = (on: number): number =>
        total(newIds.map((id) => uncapped(id, on) * (factor.get(id) as number)));
      const anchor = (publishedCloses.get(day(SWAP)) as number) / value(day(SWAP));
      return Math.max(
        ...Array.from(publishedCloses)
          .filter(([on]) => on > day(SWAP) && on <= day(until))
          .map(([on, close]) => Math.abs(value(on) * anchor - close)),
      );
    },
  };
}

/** Weights under 10 % each and 40 % for the five largest, in one reading of how the two go together. */
function joint(values: readonly number[], reading: JointReading, sixth: SixthMember): number[] {
  const single = byBisection(values, 0.1);
  const bySize = values.map((_, i) => i).sort((a, b) => values[b] - values[a]);
  const five = bySize.slice(0, 5);
  const rest = bySize.slice(5);
  const at = (weights: readonly number[], of: readonly number[]): number[] => of.map((i) => weights[i]);
  if (reading === 'single-only' || total(at(single, five)) <= 0.4) return single;
  if (reading === 'waterline') {
    const ceiling = bisect(0.4 / 5, 0.1, (c) => total(at(byBisection(values, c), five)) - 0.4);
    return byBisection(values, ceiling);
  }
  const weights = [...single];
  if (reading === 'pro-rata') {
    for (const i of five) weights[i] *= 0.4 / total(at(single, five));
  } else if (reading === 'waterline-within') {
    const ceiling = bisect(0.4 / 5, 0.1, (c) => total(at(single, five).map((w) => Math.min(c, w))) - 0.4);
    for (const i of five) weights[i] = Math.min(ceiling, single[i]);
  } else {
    const scaled = five.filter((i) => single[i] < 0.1 - 1e-9);
    const left = 0.4 - 0.1 * (5 - scaled.length);
    for (const i of scaled) weights[i] = (left * single[i]) / total(at(single, scaled));
  }
  const ceiling = sixth === 'free' ? 1 : Math.min(...at(weights, five));
  const filled = byBisection(at(values, rest), ceiling, 0.6);
  rest.forEach((i, j) => {
    weights[i] = filled[j];
  });
  return weights;
}

/** Where a rising function crosses zero. */
function bisect(from: number, to: number, rising: (x: number) => number): number {
  let low = from;
  let high = to;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (rising(middle) > 0) high = middle;
    else low = middle;
  }
  return low;
}
