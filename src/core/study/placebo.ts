/**
 * How unusual an event is among days on which nothing is known to have happened: all events are moved by the same number of
 * sessions, so those that fall on one day stay on one day, and the statistic is worked out again. No distribution is assumed.
 */

export interface Placebo {
  /** Share of the shifts, this one included, at least as far from 0. */
  readonly pValue: number;
  readonly shifts: number;
}

/**
 * @param actual statistic of the events where they are
 * @param statisticAt of the events moved by so many sessions; undefined where it cannot be worked out
 * @param offsets shifts to try; those that overlap the events belong not among them
 */
export function placebo(
  actual: number,
  statisticAt: (offset: number) => number | undefined,
  offsets: readonly number[],
): Placebo {
  let shifts = 0;
  let asFar = 0;
  for (const offset of offsets) {
    const statistic = statisticAt(offset);
    if (statistic === undefined) continue;
    shifts++;
    if (Math.abs(statistic) >= Math.abs(actual)) asFar++;
  }
  return { pValue: (1 + asFar) / (1 + shifts), shifts };
}
