/** Roots of functions that only rise, by halving, and checks of what goes into a valuation. */
import { InputError } from '../base/errors.js';

const HALVINGS = 100;

/** The x between `low` and `high` where `rising` reaches `target`; an end of the interval when it does not. */
export function solveRising(
  rising: (x: number) => number,
  target: number,
  low: number,
  high: number,
): number {
  let [below, above] = [low, high];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (below + above) / 2;
    if (rising(middle) < target) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

/** What an input must be, and whether it is. */
type CheckRow = readonly [sound: boolean, path: string, value: number, expected: string];

/** @throws InputError `bad_valuation` with every row that is not sound */
export function checkInputs(rows: readonly CheckRow[]): void {
  const issues = rows
    .filter(([sound]) => !sound)
    .map(([, path, value, expected]) => ({ code: 'bad_valuation', path, value, expected }));
  if (issues.length > 0) throw new InputError('bad_valuation', 'a valuation that cannot be', issues);
}

export const aboveZero = (path: string, value: number, more = ''): CheckRow => [
  value > 0 && Number.isFinite(value),
  path,
  value,
  `a number above 0${more}`,
];

export const between = (path: string, value: number, low: number, high: number): CheckRow => [
  value >= low && value <= high,
  path,
  value,
  `a number from ${low} to ${high}`,
];

export const wholeYears = (value: number): CheckRow => [
  Number.isInteger(value) && value >= 1 && value <= 100,
  'years',
  value,
  'a whole number from 1 to 100',
];
