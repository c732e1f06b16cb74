/** Weights of members of an index: on a day, around a review, as printed, and what a review did to them. */
import type { Day } from '../../base/brand.js';
import { formatDay } from '../../calendar/day.js';
import { companyIn, indexOf } from './aboutIndex.js';
import { type AsOf, type Candidate, type Candidates, notCheckable } from './candidates.js';
import type { Figure, Input } from '../claim.js';
import type { ClaimData, ClaimReview } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { both, joined, metricWords, onDay, valueWords, words } from './wording.js';

/** What the reconstruction of the baskets leaves open in one weight: the largest error against 19 printed weights is 0.02 points. */
export const WEIGHT_OPEN = 0.00015;

/** Weight of one member, or of the largest five or ten, on a day or around a review. */
export function weightCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const index = indexOf(data, frame);
  const id = companyIn(data, frame);
  if (frame.events.has('record') || frame.marks.has('peak') || frame.marks.has('intraday'))
    return notCheckable('records of weights are not looked for', '不核对权重的纪录');
  const group = frame.metric === 'topFive' ? 5 : frame.metric === 'topTen' ? 10 : undefined;
  if (group === undefined && id === undefined)
    return notCheckable('no member is named', '没有写明是哪只成份股');
  const weightOf = (weights: ReadonlyMap<string, number>): number =>
    group === undefined ? (weights.get(id ?? '') ?? 0) : largest(weights, group);
  if (
    frame.quantity?.unit === 'points' ||
    (frame.quantity?.unit === 'fraction' &&
      frame.sign !== undefined &&
      frame.lead !== 'to' &&
      frame.lead !== 'from' &&
      frame.time?.kind !== 'window')
  ) {
    return weightChange(data, frame, index, weightOf, asOf);
  }
  const name = group === undefined ? (id ?? '') : `top ${group}`;
  const figure = (value: number, day: Day, how: string, howZh: string, input: Input): Figure => ({
    value,
    unit: 'fraction',
    asOf: day,
    text: joined(
      `${name} `,
      words(`in ${index} `, `在${index}中`),
      valueWords(value, 'fraction'),
      words(` ${how}`, howZh),
      onDay(day),
    ),
    inputs: [input],
  });
  const reviews = reviewsBy(data, index, asOf);
  const around = reviews.flatMap((review): Candidate[] => {
    if (review.after.size === 0) return [];
    // What was so before a review that has come is no longer.
    const past = asOf.known && asOf.written > review.swap && !frame.timed;
    const at = (weight: number, how: string, howZh: string): Candidate => ({
      role: past && how.startsWith('before') ? 'earlier' : 'reading',
      words: words(`${how}, at the swap close`, `${howZh}，换样收盘`),
      uncertainty: WEIGHT_OPEN,
      figure: figure(weight, review.swap, how, `（${howZh}）`, {
        name: metricWords('weight'),
        value: weight,
        unit: 'fraction',
        asOf: review.swap,
        source: { table: 'baskets' },
      }),
    });
    const before = at(weightOf(review.before), 'before the review', '调整前');
    const after = at(weightOf(review.after), 'after the review', '调整后');
    const moved = (frame.sign !== undefined || frame.paired) && aboutReview(review, frame);
    const moves = { before: [before.figure.value] };
    if (frame.lead === 'from' && moved)
      return [{ ...before, role: 'main', after: [after.figure.value] }, after];
    if (frame.marks.has('after') || (frame.lead === 'to' && moved))
      return [{ ...after, role: 'main', ...moves }, before];
    if (frame.marks.has('before')) return [{ ...before, role: 'main' }, after];
    return [before, after];
  });
  const byDay = weightsByDay(data, index, id, group, frame, asOf, figure);
  const printed = printedCandidates(data, index, group === undefined ? id : `TOP${group}`, frame, asOf);
  const reviewed = around.some(({ role }) => role === 'main');
  const days = reviewed
    ? byDay
        // What is said of a review is not of a day long before it.
        .filter(({ role }) => role !== 'earlier')
        .map((one): Candidate => (one.role === 'main' ? { ...one, role: 'reading' } : one))
    : byDay;
  const candidates = [
    ...around.filter(({ role }) => role === 'main'),
    ...(reviewed ? [] : printed.filter(({ role }) => role === 'main')),
    ...days,
    ...around.filter(({ role }) => role !== 'main'),
    ...printed.filter(({ role }) => role !== 'main' && !(reviewed && role === 'earlier')),
  ];
  if (candidates.length === 0)
    return notCheckable(`no weights of ${index} are held for that time`, `没有${index}当时的权重`);
  return { candidates };
}

/** "Cut from 15.39 % to 11.76 %" is of a review unless the text names another day. */
const aboutReview = ({ announced, swap, effective }: ClaimReview, { time, timed }: Frame): boolean =>
  !timed || (time?.kind === 'day' && [announced, swap, effective].includes(time.day));

const largest = (weights: ReadonlyMap<string, number>, count: number): number =>
  [...weights.values()]
    .toSorted((a, b) => b - a)
    .slice(0, count)
    .reduce((total, one) => total + one, 0);

/** Reviews announced by the day of writing, the newest first. */
const reviewsBy = (data: ClaimData, index: string, { written }: AsOf): ClaimReview[] =>
  data.reviews
    .filter((review) => review.index === index && review.announced <= written)
    .toSorted((a, b) => b.swap - a.swap)
    .slice(0, 1);

type MakeFigure = (value: number, day: Day, how: string, howZh: string, input: Input) => Figure;

/** Further off than any rounding but that of "more than 10 %". */
const FURTHEST_ROUNDING = 0.11;

const held = new WeakMap<ClaimData, Map<string, readonly Day[]>>();

/** Sessions with weights, the last one first. */
function daysHeld(data: ClaimData, index: string, first: Day, last: Day): readonly Day[] {
  let known = held.get(data);
  if (known === undefined) held.set(data, (known = new Map()));
  let days = known.get(index);
  if (days === undefined) {
    const sessions = Array.from(data.calendar.days) as Day[];
    known.set(index, (days = sessions.filter((day) => day >= first && day <= last).toReversed()));
  }
  return days;
}

function weightsByDay(
  data: ClaimData,
  index: string,
  id: string | undefined,
  group: number | undefined,
  frame: Frame,
  asOf: AsOf,
  figure: MakeFigure,
): Candidate[] {
  const range = data.weightDays.get(index);
  if (range === undefined) return [];
  const [first, last] = range;
  const said = frame.time?.kind === 'day' ? frame.time.day : undefined;
  const at = Math.min(said ?? asOf.written, last) as Day;
  const all = daysHeld(data, index, first, last);
  const days = all.slice(
    Math.max(
      0,
      all.findIndex((day) => day <= at),
    ),
  );
  if (said !== undefined && days[0] !== said && said > last) return [];
  const claimed = frame.quantity?.value ?? Number.NaN;
  const { hedge } = frame.quantity ?? {};
  const within = hedge === 'over' || hedge === 'under' ? 1 : FURTHEST_ROUNDING;
  return days.flatMap((day, i): Candidate[] => {
    const weights = data.weightsOn(index, day);
    if (weights === undefined) return [];
    const value = group === undefined ? (weights.get(id ?? '') ?? 0) : largest(weights, group);
    // Of earlier days only those count that the text could have meant.
    if (i > 1 && Math.abs(value - claimed) > within * claimed) return [];
    const input: Input = {
      name: metricWords('weight'),
      value,
      unit: 'fraction',
      asOf: day,
      source: { table: 'baskets' },
    };
    const one = figure(value, day, 'at the close', '（收盘）', input);
    if (i === 0) return [{ role: 'main', figure: one, uncertainty: WEIGHT_OPEN }];
    if (frame.timed && said !== undefined) {
      // The press prints the weight of the evening before.
      return [
        {
          role: i === 1 ? 'reading' : 'slip',
          ...(i === 1 ? {} : { slip: 'date' as const }),
          words: words(`it was the weight of ${formatDay(day)}`, `那是${formatDay(day)}的权重`),
          figure: one,
          uncertainty: WEIGHT_OPEN,
        },
      ];
    }
    return [
      {
        role: asOf.known ? 'earlier' : 'reading',
        words: words(`as of ${formatDay(day)}`, `以${formatDay(day)}计`),
        figure: one,
        uncertainty: WEIGHT_OPEN,
      },
    ];
  });
}

/** Weights of indices whose baskets are not held, as they were printed. */
function printedCandidates(
  data: ClaimData,
  index: string,
  id: string | undefined,
  frame: Frame,
  asOf: AsOf,
): Candidate[] {
  const rows = data.printedWeights
    .filter((one) => one.index === index && one.id === id && one.day <= asOf.written)
    .toSorted((a, b) => b.day - a.day);
  const computed = data.weightDays.has(index);
  const said = frame.time?.kind === 'day' ? frame.time.day : undefined;
  // What was printed of another day says nothing of this one where nothing can be computed.
  if (!computed && said !== undefined && frame.timed && !rows.some(({ day }) => day === said)) return [];
  return rows.flatMap((row, i): Candidate[] => {
    const main = !computed && (said === undefined ? i === 0 : row.day === said);
    return [
      {
        role: main ? 'main' : said !== undefined && frame.timed ? 'slip' : 'earlier',
        ...(!main && said !== undefined && frame.timed ? { slip: 'date' as const } : {}),
        words: words(`as printed for ${formatDay(row.day)}`, `为${formatDay(row.day)}的公开数字`),
        figure: {
          value: row.weight,
          unit: 'fraction',
          asOf: row.day,
          text: joined(
            `${row.id} `,
            words(`in ${index} `, `在${index}中`),
            valueWords(row.weight, 'fraction'),
            words(' as printed', '（公开数字）'),
            onDay(row.day),
          ),
          inputs: [
            {
              name: metricWords('weight'),
              value: row.weight,
              unit: 'fraction',
              asOf: row.day,
              source: { table: computed ? 'published_weights' : 'holdings', url: row.source },
            },
          ],
        },
      },
    ];
  });
}

/** What a review did to a weight: in points, and as a share of the weight itself. */
function weightChange(
  data: ClaimData,
  frame: Frame,
  index: string,
  weightOf: (weights: ReadonlyMap<string, number>) => number,
  asOf: AsOf,
): Candidates {
  const review = reviewsBy(data, index, asOf).find(({ after }) => after.size > 0);
  if (review === undefined)
    return notCheckable(`no review of ${index} is held for that time`, `没有${index}当时调整的数据`);
  const [before, after] = [weightOf(review.before), weightOf(review.after)];
  const input = (value: number, when: string, whenZh: string): Input => ({
    name: joined(metricWords('weight'), words(` ${when} the review`, `（调整${whenZh}）`)),
    value,
    unit: 'fraction',
    asOf: review.swap,
    source: { table: 'baskets' },
  });
  const make = (value: number, unit: 'points' | 'fraction'): Figure => ({
    value,
    unit,
    change: true,
    asOf: review.swap,
    text: joined(
      metricWords('weight'),
      ' ',
      valueWords(before, 'fraction'),
      words(' to ', ' 至 '),
      valueWords(after, 'fraction'),
      both(' ('),
      valueWords(value, unit),
      both(')'),
      onDay(review.swap),
    ),
    inputs: [input(before, 'before', '前'), input(after, 'after', '后')],
  });
  const points: Candidate = {
    role: 'main',
    figure: make(after - before, 'points'),
    uncertainty: 2 * WEIGHT_OPEN,
  };
  const relative: Candidate = {
    role: 'main',
    figure: make(after / before - 1, 'fraction'),
    uncertainty: (2 * WEIGHT_OPEN) / before,
  };
  const asPoints = frame.quantity?.unit === 'points';
  return {
    candidates: asPoints
      ? [
          points,
          {
            ...relative,
            role: 'slip',
            slip: 'points-for-percent',
            words: words('it is the change in percent, not in points', '这是百分比变化，不是百分点'),
          },
        ]
      : [
          relative,
          {
            ...points,
            role: 'slip',
            slip: 'percent-for-points',
            words: words('it is the change in points, not in percent', '这是百分点变化，不是百分比'),
          },
        ],
  };
}
