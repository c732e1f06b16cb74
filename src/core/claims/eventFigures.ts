/** Claims in words: swings through zero, one price above another, records, ranks, joining and leaving an index, dates. */
import type { Day } from '../base/brand.js';
import type { Words } from '../base/words.js';
import { formatDay } from '../calendar/day.js';
import { comparePeriods, periodWords } from '../statements/fiscalPeriod.js';
import { rowAt } from '../statements/fundamentals.js';
import type { AsOf, Candidates } from './candidates.js';
import type { Figure } from './claim.js';
import type { ClaimData, Series } from './claimData.js';
import type { Frame } from './frames.js';
import { changeFigure } from './changeFigures.js';
import { noSeries, priceFigure, priceInput } from './priceFigures.js';
import { swingOf } from './reportFigures.js';
import { closeOn, lastDay, recordUntil, valueOn, windowOf } from './series.js';
import { joined, metricWords, onDay, valueWords, words } from './wording.js';

/** What the data say to a claim in words. */
interface Answer {
  readonly holds: boolean;
  readonly figure: Figure;
  readonly why: Words;
  /** It holds, or does not, only under this reading; another one says the opposite. */
  readonly reading?: Words;
}

type Answered = Answer | Extract<Candidates, { notCheckable: Words }>;

const refuse = (en: string, zh: string): Answered => ({ notCheckable: { en, zh } });

/** Undefined for events that say nothing by themselves. */
export function eventAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  switch (frame.event) {
    case 'turnedPositive':
    case 'turnedNegative':
    case 'lossNarrowed':
    case 'lossWidened':
      return swingAnswer(data, frame, asOf);
    case 'passed':
    case 'below':
      return comparedAnswer(data, frame, asOf);
    case 'outperformed':
    case 'underperformed':
      return returnAnswer(data, frame, asOf);
    case 'record':
      return recordAnswer(data, frame, asOf);
    case 'dearest':
      return dearestAnswer(data, frame, asOf);
    case 'largest':
      return rankAnswer(data, frame, asOf);
    case 'added':
    case 'removed':
      return membershipAnswer(data, frame, asOf);
    case 'announced':
    case 'effective':
    case 'pricing':
    case 'reported':
      return dateAnswer(data, frame, asOf);
    default:
      return undefined;
  }
}

function swingAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const metric = frame.metric ?? 'netProfit';
  const swing = swingOf(data, frame, metric, asOf);
  if ('notCheckable' in swing) return swing;
  if ('candidates' in swing) return refuse('nothing is held to compare with', '没有可比的数据');
  const { before, after, figure } = swing;
  const holds =
    frame.event === 'turnedPositive'
      ? before < 0 && after > 0
      : frame.event === 'turnedNegative'
        ? before > 0 && after < 0
        : frame.event === 'lossNarrowed'
          ? before < 0 && after < 0 && after > before
          : before < 0 && after < before;
  const positive = words('it was positive before as well', '此前本来就是正数');
  const reason = holds
    ? figure.text
    : before > 0 && after > 0
      ? joined(figure.text, words(': ', '：'), positive)
      : figure.text;
  return { holds, figure, why: reason };
}

/** One price above another: at the close unless the text says within the session. */
function comparedAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  const { entity, other } = frame;
  if (entity === undefined || other === undefined || entity === other) return undefined;
  if (frame.metric === 'marketCap' || frame.events.has('outperformed'))
    return refuse('market values of both are not held', '没有双方的市值数据');
  if (frame.metric !== undefined && !['price', 'close', 'high', 'low', 'open'].includes(frame.metric))
    return refuse('it is held for one of the two only', '只有其中一方的数据');
  const [own, theirs] = [data.series.get(entity), data.series.get(other)];
  if (own === undefined) return asRefusal(noSeries(data, entity));
  if (theirs === undefined) return asRefusal(noSeries(data, other));
  if (own.unit !== theirs.unit) return refuse('the two are not in one unit', '两者单位不同');
  const said = frame.time?.kind === 'day' ? frame.time.day : undefined;
  const day = said ?? lastDay(own, asOf.written);
  if (day === undefined || Number.isNaN(closeOn(own, day)) || Number.isNaN(closeOn(theirs, day)))
    return refuse(
      `prices of both on ${day === undefined ? 'that day' : formatDay(day)} are not held`,
      '没有双方当日的价格',
    );
  const above = frame.event === 'passed';
  const atClose = closeOn(own, day) > closeOn(theirs, day) === above;
  const closes = closesFigure(entity, own, other, theirs, day);
  const session = frame.marks.has('intraday') || frame.metric === 'high' || frame.metric === 'low';
  if (frame.marks.has('atClose') && !session) return { holds: atClose, figure: closes, why: closes.text };
  const within = withinSession(entity, own, other, theirs, day, above);
  if (session) {
    if (within === undefined)
      return refuse('prices within the session are not held for both', '没有双方的盘中价格');
    return {
      holds: within.holds,
      figure: within.figure,
      why: joined(within.figure.text, words('; at the close: ', '；收盘：'), closes.text),
    };
  }
  if (within === undefined || within.holds === atClose)
    return { holds: atClose, figure: closes, why: closes.text };
  // True within the session, not at the close: the text has to say which.
  return {
    holds: true,
    figure: within.figure,
    why: joined(within.figure.text, words('; not at the close: ', '；收盘并非如此：'), closes.text),
    reading: words('within the session, not at the close', '盘中如此，收盘并非如此'),
  };
}

function closesFigure(entity: string, own: Series, other: string, theirs: Series, day: Day): Figure {
  return {
    value: closeOn(own, day),
    unit: own.unit,
    asOf: day,
    text: joined(
      `${entity} `,
      valueWords(closeOn(own, day), own.unit),
      words(' against ', '，对比 '),
      `${other} `,
      valueWords(closeOn(theirs, day), theirs.unit),
      words(' at the close', '（收盘）'),
      onDay(day),
    ),
    inputs: [priceInput(entity, own, 'close', day), priceInput(other, theirs, 'close', day)],
  };
}

/** Daily bars do not say when a high was; it passed for certain when the high is above the other's low and it was below before. */
function withinSession(
  entity: string,
  own: Series,
  other: string,
  theirs: Series,
  day: Day,
  above: boolean,
): { readonly holds: boolean; readonly figure: Figure } | undefined {
  const [best, level] = above ? (['high', 'low'] as const) : (['low', 'high'] as const);
  const [ownBest, theirLevel] = [valueOn(own, own[best], day), valueOn(theirs, theirs[level], day)];
  if (Number.isNaN(ownBest) || Number.isNaN(theirLevel)) return undefined;
  // Against the close as well: a high that only beats the other's low of another hour proves little.
  const close = closeOn(theirs, day);
  const holds = above ? ownBest > theirLevel && ownBest > close : ownBest < theirLevel && ownBest < close;
  return {
    holds,
    figure: {
      value: ownBest,
      unit: own.unit,
      asOf: day,
      text: joined(
        `${entity} `,
        metricWords(best),
        ' ',
        valueWords(ownBest, own.unit),
        words(' against ', '，对比 '),
        `${other} `,
        valueWords(valueOn(theirs, theirs.low, day), theirs.unit),
        words(' to ', ' 至 '),
        valueWords(valueOn(theirs, theirs.high, day), theirs.unit),
        onDay(day),
      ),
      inputs: [
        priceInput(entity, own, best, day),
        priceInput(other, theirs, 'low', day),
        priceInput(other, theirs, 'high', day),
        priceInput(other, theirs, 'close', day),
      ],
    },
  };
}

function asRefusal(candidates: Candidates): Answered {
  return 'notCheckable' in candidates ? candidates : refuse('nothing is held', '没有数据');
}

function returnAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const { entity, other, time } = frame;
  if (entity === undefined || other === undefined || entity === other)
    return refuse('no two names are compared', '没有可比较的两个名称');
  const [own, theirs] = [data.series.get(entity), data.series.get(other)];
  if (own === undefined) return asRefusal(noSeries(data, entity));
  if (theirs === undefined) return asRefusal(noSeries(data, other));
  const said =
    time !== undefined && time.kind !== 'period'
      ? time
      : ({ kind: 'day', day: lastDay(own, asOf.written) ?? asOf.written, yearWritten: true } as const);
  if (frame.time === undefined) return refuse('no window is named', '没有写明期间');
  const [a, b] = [windowOf(own, said), windowOf(theirs, said)];
  if (a === undefined || b === undefined || a.from !== b.from || a.to !== b.to)
    return refuse('prices of the whole window are not held for both', '没有双方覆盖整个期间的价格');
  const [mine, its] = [changeFigure(data, entity, own, a), changeFigure(data, other, theirs, b)];
  const holds = mine.value > its.value === (frame.event === 'outperformed');
  return {
    holds,
    figure: { ...mine, inputs: [...mine.inputs, ...its.inputs] },
    why: joined(`${entity} `, mine.text, words('; ', '；'), `${other} `, its.text),
  };
}

function recordAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
  // With a number beside it the number is checked against the record.
  if (frame.quantity !== undefined || frame.entity === undefined) return undefined;
  if (frame.metric !== undefined && !['price', 'close', 'high'].includes(frame.metric)) return undefined;
  const series = data.series.get(frame.entity);
  if (series === undefined) return asRefusal(noSeries(data, frame.entity));
  const day = frame.time?.kind === 'day' ? frame.time.day : lastDay(series, asOf.written);
  if (day === undefined || Number.isNaN(closeOn(series, day)))
    return refuse('no price of that day is held', '没有当日的价格');
  const closing = recordUntil(series, series.close, day);
  const within = series.high === undefined ? undefined : recordUntil(series, series.high, day);
  const [byClose, byHigh] = [closing?.day === day, within?.day === day];
  const figure = (metric: 'close' | 'high', on: Day): Figure =>
    priceFigure(frame.entity as string, series, metric, on) as Figure;
  const since = words(
    ` (records since ${formatDay(series.days[0] as Day)})`,
    `（纪录自${formatDay(series.days[0] as Day)}起）`,
  );
  const recordClose = figure('close', closing?.day ?? day);
  const why = joined(words('the record up to that day: ', '截至当日的纪录：'), recordClose.text, since);
  const asksClose = frame.marks.has('atClose') && !frame.marks.has('intraday');
  if (asksClose || within === undefined) return { holds: byClose, figure: recordClose, why };
  const recordHigh = figure('high', within.day);
  const whyHigh = joined(words('the record up to that day: ', '截至当日的纪录：'), recordHigh.text, since);
  if (frame.marks.has('intraday')) return { holds: byHigh, figure: recordHigh, why: whyHigh };
  if (byClose === byHigh) return { holds: byClose, figure: recordClose, why };
  return byHigh
    ? {
        holds: true,
        figure: recordHigh,
        why: whyHigh,
        reading: words('within the session, not at the close', '盘中如此，收盘并非如此'),
      }
    : {
        holds: true,
        figure: recordClose,
        why,
        reading: words('at the close, not within the session', '收盘如此，盘中并非如此'),
      };
}

/** The dearest of the A shares held: the STAR market whole, and Moutai, which was the dearest of all before. */
function dearestAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const { entity } = frame;
  if (entity === undefined) return refuse('no name says who', '没有写明是谁');
  const series = data.series.get(entity);
  if (series === undefined) return asRefusal(noSeries(data, entity));
  const day = frame.time?.kind === 'day' ? frame.time.day : lastDay(series, asOf.written);
  if (day === undefined || Number.isNaN(closeOn(series, day)))
    return refuse('no price of that day is held', '没有当日的价格');
  const ranked = [...data.series]
    .filter(([, one]) => one.unit === 'CNY per share')
    .map(([id, one]) => ({ id, close: closeOn(one, day) }))
    .filter(({ close }) => !Number.isNaN(close))
    .toSorted((a, b) => b.close - a.close);
  const [first, second] = ranked;
  const place = ranked.findIndex(({ id }) => id === entity) + 1;
  const figure: Figure = {
    value: closeOn(series, day),
    unit: series.unit,
    asOf: day,
    text: joined(
      words(
        `no. ${place} of ${ranked.length} shares held: `,
        `在有数据的${ranked.length}只股票中居第${place}：`,
      ),
      `${first.id} `,
      valueWords(first.close, 'CNY per share'),
      words(', ', '，'),
      `${second.id} `,
      valueWords(second.close, 'CNY per share'),
      onDay(day),
    ),
    inputs: [first, second].map(({ id }) => priceInput(id, data.series.get(id) as Series, 'close', day)),
  };
  const holds = place === 1;
  const intraday =
    !holds && !frame.marks.has('atClose') && first.id !== entity
      ? withinSession(entity, series, first.id, data.series.get(first.id) as Series, day, true)
      : undefined;
  if (intraday?.holds === true) {
    const why = joined(intraday.figure.text, words('; at the close: ', '；收盘：'), figure.text);
    return frame.marks.has('intraday')
      ? { holds: true, figure: intraday.figure, why }
      : {
          holds: true,
          figure: intraday.figure,
          why,
          reading: words('within the session, not at the close', '盘中如此，收盘并非如此'),
        };
  }
  return { holds, figure, why: figure.text };
}

function rankAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered {
  const index = frame.index ?? data.usual.index;
  const id = frame.company;
  if (id === undefined) return refuse('no member is named', '没有写明是哪只成份股');
  const range = data.weightDays.get(index);
  const said = frame.time?.kind === 'day' ? frame.time.day : undefined;
  const day = said ?? asOf.written;
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
  return { holds: place === wanted, figure, why: figure.text };
}

function membershipAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
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

/** Days of a review or of a report, where the sentence says which of the two it is about. */
function dateAnswer(data: ClaimData, frame: Frame, asOf: AsOf): Answered | undefined {
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
            frame.marks.has('after') || frame.marks.has('atClose')
              ? [nearest.swap, nearest.effective]
              : [nearest.effective],
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
  const asked = frame.period?.kind === 'period' ? frame.period.stretch : undefined;
  const candidates = facts
    .filter((fact) => asked === undefined || fact.period.span === asked)
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
