/** Weights, caps and members of an index; what tracks it; what its review forces trackers to sell. */
import type { Day } from '../base/brand.js';
import { formatDay } from '../calendar/day.js';
import type { AsOf, Candidate, Candidates } from './candidates.js';
import { notCheckable } from './candidates.js';
import type { Figure, Input } from './claim.js';
import type { ClaimData, ClaimReview, PrintedAmount } from './claimData.js';
import type { Frame } from './frames.js';
import { both, joined, metricWords, onDay, valueWords, words } from './wording.js';

const indexOf = (data: ClaimData, frame: Frame): string => {
  const isIndex = (id: string | undefined): boolean =>
    data.entities.some((one) => one.id === id && one.kind === 'index');
  return frame.index ?? (isIndex(frame.entity) ? frame.entity : undefined) ?? data.usual.index;
};

const companyIn = (data: ClaimData, { company }: Frame): string | undefined =>
  data.entities.some((one) => one.id === company && one.kind === 'company') ? company : undefined;

/** What the reconstruction of the baskets leaves open in one weight: the largest error against 19 printed weights is 0.02 points. */
const WEIGHT_OPEN = 0.00015;

/** Weight of one member, or of the largest five or ten, on a day or around a review. */
export function weightCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const index = indexOf(data, frame);
  const id = companyIn(data, frame);
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
    const source = { table: 'baskets' };
    const before: Candidate = {
      role: 'reading',
      words: words('before the review, at the swap close', '调整前，换样收盘'),
      uncertainty: WEIGHT_OPEN,
      figure: figure(weightOf(review.before), review.swap, 'before the review', '（调整前）', {
        name: metricWords('weight'),
        value: weightOf(review.before),
        unit: 'fraction',
        asOf: review.swap,
        source,
      }),
    };
    const after: Candidate = {
      role: 'reading',
      words: words('after the review, at the swap close', '调整后，换样收盘'),
      uncertainty: WEIGHT_OPEN,
      figure: figure(weightOf(review.after), review.swap, 'after the review', '（调整后）', {
        name: metricWords('weight'),
        value: weightOf(review.after),
        unit: 'fraction',
        asOf: review.swap,
        source,
      }),
    };
    const moved = frame.sign !== undefined && aboutReview(review, frame);
    if (frame.lead === 'from' && moved) return [{ ...before, role: 'main' }, after];
    if (frame.marks.has('after') || (frame.lead === 'to' && moved))
      return [{ ...after, role: 'main' }, before];
    if (frame.marks.has('before')) return [{ ...before, role: 'main' }, after];
    return [before, after];
  });
  const byDay = weightsByDay(data, index, id, group, frame, asOf, figure);
  const printed = printedCandidates(data, index, group === undefined ? id : `TOP${group}`, frame, asOf);
  const reviewed = around.some(({ role }) => role === 'main');
  const days = reviewed
    ? byDay.map((one): Candidate => (one.role === 'main' ? { ...one, role: 'reading' } : one))
    : byDay;
  const candidates = [
    ...around.filter(({ role }) => role === 'main'),
    ...(reviewed ? [] : printed.filter(({ role }) => role === 'main')),
    ...days,
    ...around.filter(({ role }) => role !== 'main'),
    ...printed.filter(({ role }) => role !== 'main'),
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

/** The rules in force on a day. */
export function ruleCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const index = indexOf(data, frame);
  const rule = data.rules.findLast((one) => one.index === index && one.from <= asOf.written);
  const value =
    rule === undefined
      ? undefined
      : frame.metric === 'cap'
        ? rule.cap
        : frame.metric === 'members'
          ? rule.members
          : rule.top?.k === 5
            ? rule.top.limit
            : undefined;
  if (rule === undefined || value === undefined)
    return notCheckable(`the rulebook of ${index} has no such clause`, `${index}的规则中没有这一条`);
  const unit = frame.metric === 'members' ? 'count' : 'fraction';
  const metric = frame.metric ?? 'cap';
  return {
    candidates: [
      {
        role: 'main',
        figure: {
          value,
          unit,
          asOf: rule.from,
          text: joined(
            words(`${index}: `, `${index}：`),
            metricWords(metric),
            ' ',
            valueWords(value, unit),
            both(` (${rule.rulebook})`),
          ),
          inputs: [
            { name: metricWords(metric), value, unit, asOf: rule.from, source: { table: 'rulebooks' } },
          ],
        },
      },
    ],
  };
}

/** Assets that follow an index, or how many products: the newest total printed by the day, and earlier ones. */
export function assetCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const isFund = data.entities.some((one) => one.id === frame.entity && one.kind === 'fund');
  const of = isFund ? (frame.entity ?? '') : indexOf(data, frame);
  if (data.entities.some((one) => one.id === frame.entity && one.kind === 'company')) {
    return notCheckable('what the number is of is not clear from the sentence', '句中看不出这个数字指什么');
  }
  const counted = frame.quantity?.unit === 'count';
  const said = frame.time?.kind === 'day' && frame.timed ? frame.time.day : undefined;
  const until = Math.max(asOf.written, said ?? 0);
  const rows = data.assets
    .filter((one) => one.of === of && one.day <= until && (!counted || one.products !== undefined))
    .toSorted((a, b) => b.day - a.day);
  if (rows.length === 0)
    return notCheckable(`no total of what tracks ${of} is held for that time`, `没有当时跟踪${of}的规模数据`);
  // The totals of the weeks around a review are all in circulation; the newest one is what holds.
  return {
    candidates: rows.map((row, i): Candidate => ({
      role:
        said === undefined
          ? i === 0
            ? 'main'
            : asOf.known
              ? 'earlier'
              : 'reading'
          : row.day === said
            ? 'main'
            : 'slip',
      ...(said !== undefined && row.day !== said ? { slip: 'date' as const } : {}),
      words: words(`as printed on ${formatDay(row.day)}`, `为${formatDay(row.day)}的公开数字`),
      figure: printedFigure(row, counted),
    })),
  };
}

function printedFigure(row: PrintedAmount, counted: boolean): Figure {
  const [value, unit] = counted
    ? ([row.products ?? Number.NaN, 'count'] as const)
    : ([row.amount, 'CNY'] as const);
  const metric = counted ? 'products' : row.id === undefined ? 'trackedAssets' : 'flow';
  return {
    value,
    unit,
    asOf: row.day,
    text: joined(
      metricWords(metric),
      ' ',
      valueWords(value, unit),
      words(` as printed`, '（公开数字）'),
      onDay(row.day),
    ),
    inputs: [
      {
        name: metricWords(metric),
        value,
        unit,
        asOf: row.day,
        source: { table: row.id === undefined ? 'tracked_assets' : 'estimates', url: row.source },
      },
    ],
  };
}

/**
 * What trackers had to sell of a security: (weight before - weight after) x assets, on the smallest and largest total printed.
 * The press took the weight of a day less the cap, as if prices stood still: right of no close, and stale after the swap.
 */
export function flowCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const index = frame.index ?? data.usual.index;
  const id = companyIn(data, frame) ?? data.usual.security;
  const review = data.reviews.findLast(
    (one) => one.index === index && one.after.size > 0 && one.announced <= asOf.written,
  );
  if (review === undefined) return printedFlows(data, index, id);
  const totals = data.assets.filter(
    (one) => one.of === index && one.day >= review.announced && one.day <= review.swap,
  );
  if (totals.length === 0)
    return notCheckable(
      `no total of what tracks ${index} is held for that time`,
      `没有当时跟踪${index}的规模数据`,
    );
  const role = asOf.known && asOf.written >= review.swap ? 'earlier' : 'reading';
  return {
    candidates: [
      { role: 'main', figure: saleFigure(review, id, totals) },
      ...totals.toReversed().flatMap((total) => standingStill(data, index, id, total, role)),
    ],
  };
}

/** Of an index whose baskets are not held there is only what was printed. */
function printedFlows(data: ClaimData, index: string, id: string): Candidates {
  const printed = data.estimates.filter((one) => one.of === index && one.id === id);
  if (printed.length === 0)
    return notCheckable(
      `what trackers of ${index} had to sell of ${id} is not held`,
      `没有跟踪${index}的基金须卖出${id}的数据`,
    );
  return {
    candidates: printed.map((row): Candidate => ({
      role: 'reading',
      words: words(
        `the printed estimate of ${formatDay(row.day)}; it cannot be computed here`,
        `为${formatDay(row.day)}公开的估算，无法在此复算`,
      ),
      figure: printedFigure(row, false),
    })),
  };
}

function saleFigure(
  { swap, before: old, after: now }: ClaimReview,
  id: string,
  totals: readonly PrintedAmount[],
): Figure {
  const [low, high] = [
    Math.min(...totals.map((one) => one.amount)),
    Math.max(...totals.map((one) => one.amount)),
  ];
  const [before, after] = [old.get(id) ?? 0, now.get(id) ?? 0];
  const cut = Math.abs(before - after);
  const input = (name: string, nameZh: string, value: number): Input => ({
    name: words(name, nameZh),
    value,
    unit: 'fraction',
    asOf: swap,
    source: { table: 'baskets' },
  });
  const [was, is] = [(before * 100).toFixed(2), (after * 100).toFixed(2)];
  return {
    value: cut * low,
    high: cut * high,
    unit: 'CNY',
    asOf: swap,
    text: joined(
      valueWords(cut * low, 'CNY'),
      words(' to ', ' 至 '),
      valueWords(cut * high, 'CNY'),
      words(
        `: weight ${was} % to ${is} % at the close of ${formatDay(swap)}, on the smallest and largest total printed`,
        `：权重在${formatDay(swap)}收盘由 ${was} % 变为 ${is} %，按公布的最小与最大规模计`,
      ),
    ),
    inputs: [
      input('weight before', '调整前权重', before),
      input('weight after', '调整后权重', after),
      ...totals.map((one) => printedFigure(one, false).inputs[0]),
    ],
  };
}

/** The arithmetic of the press on our weights: (weight of the day - cap) x the total printed that day. */
function standingStill(
  data: ClaimData,
  index: string,
  id: string,
  total: PrintedAmount,
  role: 'earlier' | 'reading',
): Candidate[] {
  const weight = data.weightsOn(index, total.day)?.get(id);
  const cap = data.rules.findLast((one) => one.index === index && one.from <= total.day)?.cap;
  if (weight === undefined || cap === undefined || weight <= cap) return [];
  const value = (weight - cap) * total.amount;
  const how = words(
    `by the arithmetic of the press on ${formatDay(total.day)}: ${(weight * 100).toFixed(2)} % less ${cap * 100} %, prices standing still`,
    `按媒体在${formatDay(total.day)}的算法：${(weight * 100).toFixed(2)} % 减 ${cap * 100} %，假设价格不变`,
  );
  return [
    {
      role,
      words: how,
      uncertainty: WEIGHT_OPEN * total.amount,
      figure: {
        value,
        unit: 'CNY',
        asOf: total.day,
        text: joined(valueWords(value, 'CNY'), onDay(total.day)),
        inputs: [
          {
            name: metricWords('weight'),
            value: weight,
            unit: 'fraction',
            asOf: total.day,
            source: { table: 'baskets' },
          },
          {
            name: metricWords('cap'),
            value: cap,
            unit: 'fraction',
            asOf: total.day,
            source: { table: 'rulebooks' },
          },
          printedFigure(total, false).inputs[0],
        ],
      },
    },
  ];
}
