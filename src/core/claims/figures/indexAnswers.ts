/** What is said of an index without a number: ranks by weight, who joined and left, and the days of its reviews. */
import type { Day } from '../../base/brand.js';
import { formatDay } from '../../calendar/day.js';
import { comparePeriods, periodWords } from '../../statements/fiscalPeriod.js';
import { rowAt } from '../../statements/fundamentals.js';
import { type Answered, refuse } from './answered.js';
import type { AsOf } from './candidates.js';
import type { Figure } from '../claim.js';
import type { ClaimData } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { joined, metricWords, onDay, words } from './wording.js';

export function rankAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const index = frame.index ?? data.usual.index;
  const id = frame.company;
  if (id === undefined) return refuse('no member is named', '没有写明是哪只成份股');
  const range = data.weightDays.get(index);
  const said = frame.time?.kind === 'day' ? frame.time.day : undefined;
  const day = said ?? asOf.written;
  const { time, timed } = frame;
  if (timed && time?.kind === 'window' && time.since !== true && time.to < day)
    return refuse('which session of that time is meant is not said', '没有写明是期间的哪一个交易日');
  if (range === undefined || (said !== undefined && (said < range[0] || said > range[1])))
    return refuse(`no weights of ${index} are held for that day`, `没有${index}当日的权重`);
  const on = Math.min(day, range[1]) as Day;
  const row = rowAt(data.calendar.days, on);
  const session = data.calendar.days[row] as Day;
  const weights = data.weightsOn(index, session);
  if (weights === undefined)
    return refuse(`no weights of ${index} are held for that day`, `没有${index}当日的权重`);
  const ranked = [...weights].toSorted((a, b) => b[1] - a[1]);
  const place = ranked.findIndex(([one]) => one === id) + 1;
  const wanted = frame.marks.has('second') ? 2 : frame.marks.has('third') ? 3 : 1;
  const figure: Figure = {
    value: place,
    unit: 'count',
    asOf: session,
    text: joined(
      words(`no. ${place} by weight: `, `权重第${place}：`),
      ranked
        .slice(0, 3)
        .map(([one, weight]) => `${one} ${(weight * 100).toFixed(2)} %`)
        .join(', '),
      onDay(session),
    ),
    inputs: ranked.slice(0, 3).map(([one, weight]) => ({
      name: joined(`${one} `, metricWords('weight')),
      value: weight,
      unit: 'fraction',
      asOf: session,
      source: { table: 'baskets' },
    })),
  };
  const holds = place === wanted;
  const before =
    holds || frame.timed || !asOf.known
      ? undefined
      : Array.from(data.calendar.days.subarray(Math.max(0, row - LATELY), row))
          .toReversed()
          .find((at) => placeOn(data, index, id, at as Day) === wanted);
  const earlier: Figure | undefined =
    before === undefined
      ? undefined
      : {
          ...figure,
          value: wanted,
          asOf: before as Day,
          text: joined(words(`no. ${wanted} by weight`, `权重第${wanted}`), onDay(before as Day)),
        };
  return { holds, figure, why: figure.text, ...(earlier && { earlier }) };
}

/** Sessions that an old rank is carried on for. */
const LATELY = 20;

function placeOn(data: ClaimData, index: string, id: string, day: Day): number {
  const weights = data.weightsOn(index, day);
  const own = weights?.get(id);
  return weights === undefined || own === undefined
    ? 0
    : 1 + [...weights.values()].filter((weight) => weight > own).length;
}

export function membershipAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const id = [frame.entity, frame.other].find((named) =>
    data.entities.some((one) => one.id === named && one.kind === 'company'),
  );
  const index = frame.index ?? (frame.entity !== id ? frame.entity : undefined);
  if (id === undefined || index === undefined) return undefined;
  const added = frame.event === 'added';
  const reviews = data.reviews.filter((review) => review.index === index);
  if (reviews.length === 0) return refuse(`no reviews of ${index} are held`, `没有${index}的调整记录`);
  const found = reviews.filter((review) => (added ? review.additions : review.deletions).includes(id));
  const said = frame.time?.kind === 'day' ? frame.time.day : undefined;
  const month = frame.time?.kind === 'window' ? frame.time : undefined;
  const about = (review: (typeof reviews)[number]): boolean =>
    said !== undefined
      ? [review.announced, review.swap, review.effective].includes(said)
      : month !== undefined
        ? review.effective >= month.from && review.announced <= month.to
        : review.announced <= asOf.written;
  const match = found.find(about);
  const shown = match ?? found.at(-1);
  const other = reviews.find(
    (review) =>
      (added ? review.deletions : review.additions).includes(id) && review.announced <= asOf.written,
  );
  const figure: Figure = {
    value: Number.NaN,
    unit: 'words',
    asOf: (shown ?? other ?? reviews[0]).effective,
    text:
      shown !== undefined
        ? words(
            `${id} was ${added ? 'added to' : 'removed from'} ${index}: announced ${formatDay(shown.announced)}, effective ${formatDay(shown.effective)}`,
            `${id}${added ? '调入' : '调出'}${index}：公告日${formatDay(shown.announced)}，生效日${formatDay(shown.effective)}`,
          )
        : other !== undefined
          ? words(
              `${id} was ${added ? 'removed from' : 'added to'} ${index}: announced ${formatDay(other.announced)}, effective ${formatDay(other.effective)}`,
              `${id}${added ? '调出' : '调入'}${index}：公告日${formatDay(other.announced)}，生效日${formatDay(other.effective)}`,
            )
          : words(
              `no review of ${index} held ${added ? 'added' : 'removed'} ${id}`,
              `已有记录的${index}调整中，${id}未被${added ? '调入' : '调出'}`,
            ),
    inputs:
      shown === undefined
        ? []
        : [
            {
              name: words('effective', '生效日'),
              value: shown.effective,
              unit: 'day',
              asOf: shown.announced,
              source: { table: 'changes' },
            },
          ],
  };
  return { holds: match !== undefined, figure, why: figure.text };
}

/** "A replaced B in the index": A came in and B went out. */
export function replacementAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const { entity, other } = frame;
  if (entity === undefined || other === undefined || frame.index === undefined) return undefined;
  const came = membershipAnswer(data, { ...frame, event: 'added', other: undefined }, asOf);
  const went = membershipAnswer(data, { ...frame, event: 'removed', entity: other, other: undefined }, asOf);
  if (came === undefined || 'notCheckable' in came) return came;
  if (went === undefined || 'notCheckable' in went) return went;
  const why = joined(came.why, words('; ', '；'), went.why);
  return { holds: came.holds && went.holds, figure: came.figure, why };
}

/** Days of a review or of a report, where the sentence says which of the two it is about. */
export function dateAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const said = frame.time?.kind === 'day' && frame.timed ? frame.time.day : undefined;
  if (said === undefined) return undefined;
  if (frame.event === 'reported') return reportDateAnswer(data, frame, said, asOf);
  if (frame.event === 'announced' && frame.index === undefined) return undefined;
  const index = frame.index ?? data.usual.index;
  const reviews = data.reviews.filter((review) => review.index === index);
  if (reviews.length === 0) return refuse(`no reviews of ${index} are held`, `没有${index}的调整记录`);
  const nearest = reviews.toSorted((a, b) => Math.abs(a.effective - said) - Math.abs(b.effective - said))[0];
  const [name, zh, days] =
    frame.event === 'announced'
      ? (['announced', '公告日', [nearest.announced]] as const)
      : frame.event === 'pricing'
        ? (['priced', '定价日', [nearest.pricing]] as const)
        : ([
            'effective',
            '生效日',
            frame.marks.has('atClose') ? [nearest.swap] : [nearest.effective],
          ] as const);
  const effectiveClose = frame.event === 'effective';
  const figure: Figure = {
    value: days[0],
    unit: 'day',
    asOf: nearest.announced,
    text: words(
      `${index}: announced ${formatDay(nearest.announced)}, priced ${formatDay(nearest.pricing)}, swap at the close of ${formatDay(nearest.swap)}, effective ${formatDay(nearest.effective)}`,
      `${index}：公告日${formatDay(nearest.announced)}，定价日${formatDay(nearest.pricing)}，换样收盘${formatDay(nearest.swap)}，生效日${formatDay(nearest.effective)}`,
    ),
    inputs: [
      {
        name: words(name, zh),
        value: days[0],
        unit: 'day',
        asOf: nearest.announced,
        source: { table: 'changes' },
      },
    ],
  };
  if (days.some((day) => day === said)) return { holds: true, figure, why: figure.text };
  // "Effective on September 12": at that close, or from the next session on.
  if (effectiveClose && said === nearest.swap)
    return {
      holds: true,
      figure,
      why: figure.text,
      reading: words(
        'at the close of that day; in force from the next session',
        '该日收盘后，自下一交易日起生效',
      ),
    };
  return { holds: false, figure, why: figure.text };
}

function reportDateAnswer(data: ClaimData, frame: Frame, said: Day, { written }: AsOf): Answered | undefined {
  const facts = data.fundamentals.facts.filter(
    (fact) =>
      fact.company === frame.company &&
      fact.basis === 'documented' &&
      fact.announced <= Math.max(written, said) + 40,
  );
  if (facts.length === 0) return undefined;
  const { stretch, year } = frame.period?.kind === 'period' ? frame.period : {};
  const candidates = facts
    .filter(({ period }) => stretch === undefined || period.span === stretch)
    .filter(({ period }) => year === undefined || period.year === year)
    .toSorted(
      (a, b) =>
        Math.abs(a.announced - said) - Math.abs(b.announced - said) || comparePeriods(b.period, a.period),
    );
  const nearest = candidates[0];
  if (nearest === undefined) return undefined;
  const figure: Figure = {
    value: nearest.announced,
    unit: 'day',
    asOf: nearest.announced,
    text: words(
      `the report ${periodWords(nearest.period)} came out on ${formatDay(nearest.announced)}`,
      `${periodWords(nearest.period)}财报于${formatDay(nearest.announced)}公布`,
    ),
    inputs: [
      {
        name: words('announced', '公布日'),
        value: nearest.announced,
        unit: 'day',
        asOf: nearest.announced,
        source: { table: 'reports', url: nearest.source },
      },
    ],
  };
  return { holds: nearest.announced === said, figure, why: figure.text };
}
