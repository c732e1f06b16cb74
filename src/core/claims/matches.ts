/** Whether a printed number is what the data say: at the digits printed, widened by a hedge, and signed where the text has a sign. */
import type { Candidate } from './figures/candidates.js';
import type { Figure, FigureUnit } from './claim.js';
import type { Frame } from './frames/frame.js';
import { isMargin, isReported } from './frames/frameMetrics.js';
import type { Quantity } from './text/quantities.js';

type Match = 'exact' | 'rounded';

/** Whether a figure is what the text says, signs included where the text has one. */
export function matchOf(
  { sign, metric, marks }: Frame,
  quantity: Quantity,
  { figure, slip, uncertainty = 0 }: Candidate,
): Match | undefined {
  const mixed = slip === 'percent-for-points' || slip === 'points-for-percent';
  if (Number.isNaN(figure.value) || !(mixed || sameKind(quantity, figure.unit))) return undefined;
  if (figure.high !== undefined || quantity.high !== undefined) return rangeMatch(quantity, figure);
  const ratio = figure.unit === 'fraction' && quantity.unit === 'times';
  const computed = ratio ? 1 + figure.value : figure.value;
  if (quantity.word === true) return wordMatch(quantity, computed);
  const growth =
    figure.unit === 'fraction' && metric !== undefined && isReported(metric) && !isMargin(metric);
  const change =
    figure.unit === 'points' ||
    (figure.change === true && figure.unit !== 'times') ||
    (figure.unit === 'fraction' && (figure.from !== undefined || growth || figure.change === true));
  if (change) {
    // Without a verb only the size is claimed.
    return sign === undefined
      ? near(quantity, quantity.value, Math.abs(computed), uncertainty)
      : near(quantity, ratio ? quantity.value : sign * quantity.value, computed, uncertainty);
  }
  // A loss of 530 million is -530 million, and a profit of 530 million is not.
  const negative =
    quantity.sign === -1 ||
    (quantity.sign === undefined && marks.has('loss') && metric !== undefined && isReported(metric));
  return near(quantity, negative ? -quantity.value : quantity.value, computed, uncertainty);
}

/** `-1` for claims against a sign; sizes are compared where the sign is the same. */
export function near(
  { hedge, step, value, unit, part }: Quantity,
  claimed: number,
  computed: number,
  uncertainty: number,
): Match | undefined {
  const [size, found] = claimed < 0 ? [-claimed, -computed] : [claimed, computed];
  const off = found - size;
  // "Almost half" is said of 46 %.
  const most = (part === true ? 0.1 : 0.075) * size;
  // Three digits, or a percent to the hundredth, are all that is ever printed.
  const precise = printedDigits(value, step) >= 3 || (unit === 'fraction' && step <= 1.0001e-4);
  const half = Math.min(step / 2, 0.25 * size) + uncertainty;
  const slack = 1e-9 * Math.max(1e-9, size);
  // No rounding reaches further; most figures end here.
  if (hedge !== 'over' && hedge !== 'under' && Math.abs(off) > Math.max(half, most + uncertainty) + slack)
    return undefined;
  const place = part === true ? 0.2 * size : placeOf(value);
  const round = Math.min(place / 2, 0.05 * size) + uncertainty;
  const within = (below: number, above: number): boolean => off >= -below - slack && off <= above + slack;
  if (Math.abs(off) <= slack && hedge !== 'nearly' && hedge !== 'over' && hedge !== 'under') return 'exact';
  switch (hedge) {
    case undefined: {
      if (within(half, half)) return precise && Math.abs(off) <= step / 2 + slack ? 'exact' : 'rounded';
      // "500 times": the zeros are not all meant.
      return within(round, round) ? 'rounded' : undefined;
    }
    case 'about':
      return within(Math.max(half, Math.min(place, 0.05 * size)), Math.max(half, Math.min(place, most)))
        ? 'rounded'
        : undefined;
    case 'nearly':
      return within(Math.min(place, most) + uncertainty, half) ? 'rounded' : undefined;
    case 'over':
      return off >= -half * (off < 0 ? 0 : 1) - slack && found <= upTo(size, place)
        ? off < slack
          ? undefined
          : 'rounded'
        : undefined;
    case 'under':
      return off < 0 && found >= size - Math.max(place, 0.15 * size) ? 'rounded' : undefined;
    case 'upTo':
      return within(Math.max(half, 0.05 * size), half) ? 'rounded' : undefined;
  }
}

/** "More than 40-fold" is said of 43, not of 80: the next round number would have been. */
const upTo = (size: number, place: number): number => size + Math.max(place, 0.15 * size);

/** Place of the last digit that is not zero: 100 for 500, 1 for 43, 0.01 for 14.45. */
function placeOf(value: number): number {
  if (value === 0) return 0;
  const digits = Math.abs(value)
    .toPrecision(12)
    .replace(/e.*$/u, '')
    .replaceAll('.', '')
    .replace(/^0+/u, '')
    .replace(/0+$/u, '');
  return 10 ** (Math.floor(Math.log10(Math.abs(value)) + 1e-12) - digits.length + 1);
}

/** Digits a reader sees, zeros in front left out. */
const printedDigits = (value: number, step: number): number =>
  value === 0 ? 1 : Math.floor(Math.log10(Math.abs(value)) + 1e-9) - Math.round(Math.log10(step)) + 1;

/** "Doubled" is twice or more, and less than three times; a little under is nearly so. */
function wordMatch({ value, hedge, sign }: Quantity, ratio: number): Match | undefined {
  if (sign === -1)
    return ratio <= value * 1.05 && ratio >= value * 0.7
      ? Math.abs(ratio - value) < value * 0.05
        ? 'rounded'
        : 'exact'
      : undefined;
  const next = value + 1;
  if (hedge === 'over') return ratio > value && ratio < next ? 'exact' : undefined;
  if (hedge === 'about') return ratio >= value * 0.93 && ratio < value + 0.2 ? 'rounded' : undefined;
  if (hedge === 'nearly') return ratio >= value * 0.93 && ratio < value * 1.01 ? 'rounded' : undefined;
  if (ratio >= value && ratio < value + 0.5) return 'exact';
  return ratio >= value * 0.96 && ratio < value ? 'rounded' : undefined;
}

/** Both ends of a range; one number against a range is right inside of it. */
function rangeMatch(quantity: Quantity, figure: Figure): Match | undefined {
  const { value, high, step, hedge } = quantity;
  if (high !== undefined && figure.high !== undefined) {
    const ends = [figure.value - value, figure.high - high].map(Math.abs);
    return ends.every((off) => off <= step / 2 + 1e-9 * high)
      ? ends.every((off) => off <= 1e-9 * high)
        ? 'exact'
        : 'rounded'
      : undefined;
  }
  if (high !== undefined) return figure.value >= value && figure.value <= high ? 'rounded' : undefined;
  const [low, top] = [figure.value, figure.high ?? figure.value];
  const half = Math.min(step / 2, 0.05 * value);
  if (hedge === 'upTo' || hedge === 'nearly') return near(quantity, value, top, 0);
  if (hedge === 'over') return near(quantity, value, low, 0);
  if (hedge === 'under') return near(quantity, value, top, 0);
  return value >= low - half && value <= top + half ? 'rounded' : undefined;
}

export function sameKind({ unit, word }: Quantity, of: FigureUnit): boolean {
  if (word === true) return of === 'fraction' || of === 'times';
  switch (unit) {
    case 'fraction':
      return of === 'fraction';
    case 'points':
      return of === 'points';
    case 'times':
      return of === 'times' || of === 'fraction';
    case 'CNY':
      return of === 'CNY' || of === 'CNY per share';
    case 'USD':
      return of === 'USD' || of === 'USD per share';
    case 'HKD':
      return false;
    case 'index points':
      return of === 'index points' || of === 'times';
    case 'shares':
      return of === 'shares';
    case 'count':
      return of === 'count';
    case 'none':
      return of !== 'fraction' && of !== 'points';
  }
}
