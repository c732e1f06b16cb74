/** Price over trailing earnings or sales, as known on a day, and one company's multiple over another's. */
import type { Day } from '../../base/brand.js';
import type { Words } from '../../base/words.js';
import { Refusal } from '../../base/errors.js';
import { addDays, formatDay } from '../../calendar/day.js';
import { rowAt } from '../../statements/fundamentals.js';
import { knownStatements, type Metric as Line } from '../../statements/statement.js';
import { trailing, type Composed } from '../../statements/trailing.js';
import type { AsOf, Candidate, Candidates } from './candidates.js';
import { notCheckable } from './candidates.js';
import type { Figure, FigureUnit, Input } from '../claim.js';
import type { ClaimData } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { datedCandidates } from './priceFigures.js';
import { noSeries, priceInput } from './prices.js';
import { sharesKnown } from './valueFigures.js';
import { halfStep } from './reportLines.js';
import { closeOn, lastDay } from './series.js';
import { both, inPeriod, joined, metricWords, onDay, valueWords, words } from './wording.js';

export function multipleCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const { company: entity, metric } = frame;
  if (entity === undefined) return notCheckable('no name says whose multiple it is', '没有写明是谁的估值');
  if (frame.marks.has('forward'))
    return notCheckable(
      'it is not over trailing earnings, and no estimates of earnings are held',
      '不是滚动口径，且没有盈利预测数据',
    );
  const series = data.series.get(entity);
  if (series === undefined) return noSeries(data, entity);
  const of = (day: Day): Multiple | undefined =>
    metric === 'ps' ? salesMultiple(data, entity, day) : earningsMultiple(data, entity, day);
  const found = datedCandidates(frame, asOf, series, of);
  if ('notCheckable' in found) return found;
  const main = found.candidates.find(({ role }) => role === 'main');
  if (main === undefined) return notCheckable('its earnings are a loss, or not held', '盈利为负，或没有数据');
  // What was so before a report that the text must know is no longer.
  const report = reportBy(data, entity, asOf.written);
  const candidates = found.candidates.map((one): Candidate =>
    one.role === 'main' && one !== main && report > one.figure.asOf ? { ...one, role: 'earlier' } : one,
  );
  return {
    candidates: [...candidates, ...(metric === 'ps' ? [] : oldEarnings(data, entity, main.figure.asOf))],
  };
}

/** The price of a day over the earnings before the latest report: what vendors go on printing for days after one. */
function oldEarnings(data: ClaimData, id: string, day: Day): Candidate[] {
  const latest = reportBy(data, id, day);
  const old = Number.isFinite(latest) ? earningsMultiple(data, id, day, addDays(latest, -1)) : undefined;
  const name = words(
    `on the earnings known before the report of ${formatDay(latest)}`,
    `用的是${formatDay(latest)}财报之前的盈利`,
  );
  const computed: Candidate[] = old === undefined ? [] : [{ role: 'earlier', words: name, ...old }];
  const vendor = data.fundamentals.vendorPe.get(id);
  const row = vendor === undefined ? -1 : rowAt(vendor.day, day);
  if (vendor === undefined || row < 0) return computed;
  const on = vendor.day[row] as Day;
  return [
    ...computed,
    {
      role: 'earlier',
      words: words(`in a vendor’s figure of ${formatDay(on)}`, `为数据商${formatDay(on)}的数字`),
      figure: vendorFigure(vendor.value[row], on),
    },
  ];
}

/** First day that the newest earnings known by a day could be used; -Infinity without any. */
const reportBy = (data: ClaimData, id: string, day: Day): Day =>
  data.fundamentals.facts.reduce(
    (latest, { company, metric, usableFrom }) =>
      company === id && EARNINGS.has(metric) && usableFrom <= day
        ? (Math.max(latest, usableFrom) as Day)
        : latest,
    -Infinity as Day,
  );

const EARNINGS: ReadonlySet<Line> = new Set<Line>(['net_profit_attributable', 'eps_diluted']);

const vendorFigure = (value: number, day: Day): Figure => ({
  value,
  unit: 'times',
  asOf: day,
  text: joined(
    metricWords('pe'),
    words(' as a vendor printed it ', '（数据商口径） '),
    valueWords(value, 'times'),
    onDay(day),
  ),
  inputs: [{ name: metricWords('pe'), value, unit: 'times', asOf: day, source: { table: 'vendor_pe' } }],
});

interface Multiple {
  readonly figure: Figure;
  /** What rounded inputs leave open. */
  readonly uncertainty: number;
}

/** Price x shares over twelve months of profit; price over earnings per share where those are what is held. */
function earningsMultiple(data: ClaimData, id: string, day: Day, knownAt: Day = day): Multiple | undefined {
  const profit = twelveMonths(data, id, 'net_profit_attributable', knownAt);
  const shares = sharesKnown(data, id, day);
  if (profit !== undefined && shares !== undefined) return overAmount(data, id, day, profit, shares, 'pe');
  const perShare = twelveMonths(data, id, 'eps_diluted', knownAt);
  if (perShare !== undefined) return overAmount(data, id, day, perShare, undefined, 'pe');
  const vendor = data.fundamentals.vendorPe.get(id);
  const row = vendor === undefined ? -1 : rowAt(vendor.day, day);
  if (vendor === undefined || row < 0 || vendor.day[row] !== day || !(vendor.value[row] > 0))
    return undefined;
  return { figure: vendorFigure(vendor.value[row], day), uncertainty: 0 };
}

function salesMultiple(data: ClaimData, id: string, day: Day): Multiple | undefined {
  const sales = twelveMonths(data, id, 'revenue', day);
  const shares = sharesKnown(data, id, day);
  return sales === undefined || shares === undefined
    ? undefined
    : overAmount(data, id, day, sales, shares, 'ps');
}

/** Undefined where a line is missing: then there is no multiple, and nothing is filled in. */
function twelveMonths(data: ClaimData, id: string, line: Line, day: Day): Composed | undefined {
  try {
    return trailing(knownStatements(data.fundamentals.facts, id, day), line);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function overAmount(
  data: ClaimData,
  id: string,
  day: Day,
  below: Composed,
  shares: Input | undefined,
  metric: 'pe' | 'ps',
): Multiple | undefined {
  const series = data.series.get(id);
  const close = series === undefined ? Number.NaN : closeOn(series, day);
  if (series === undefined || Number.isNaN(close) || !(below.value > 0)) return undefined;
  const value = (close * (shares?.value ?? 1)) / below.value;
  const open = below.terms.reduce((total, { fact }) => total + halfStep(fact), 0);
  return {
    uncertainty: value * (open / below.value),
    figure: {
      value,
      unit: 'times',
      asOf: day,
      text: joined(metricWords(metric), ' ', valueWords(value, 'times'), onDay(day)),
      inputs: [
        priceInput(id, series, 'close', day),
        ...(shares === undefined ? [] : [shares]),
        ...below.terms.map(termInput),
      ],
    },
  };
}

const LINE_WORDS: Partial<Record<Line, Words>> = {
  net_profit_attributable: metricWords('netProfit'),
  revenue: metricWords('revenue'),
  eps_diluted: metricWords('eps'),
};

function termInput({ sign, fact }: Composed['terms'][number]): Input {
  const line = LINE_WORDS[fact.metric] ?? both(fact.metric);
  return {
    name: joined(sign < 0 ? words('less ', '减 ') : '', line, inPeriod(fact.period)),
    value: fact.value,
    unit: unitOf(fact),
    asOf: fact.periodEnd,
    knownOn: fact.announced,
    source: { table: 'statements', url: fact.source },
  };
}

function unitOf({ metric, unit }: Composed['terms'][number]['fact']): FigureUnit {
  const currency = unit.startsWith('USD') ? 'USD' : 'CNY';
  return metric === 'eps_diluted' ? `${currency} per share` : currency;
}

/** `ten times Nvidia's`: one multiple over the other, each on the last day both traded. */
export function ratioCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const { company: entity, other } = frame;
  if (entity === undefined || other === undefined || entity === other)
    return notCheckable('no two names are compared', '没有可比较的两个名称');
  const pair = [entity, other].map((id) => {
    const series = data.series.get(id);
    const day =
      series === undefined
        ? undefined
        : lastDay(series, frame.time?.kind === 'day' ? frame.time.day : asOf.written);
    return day === undefined ? undefined : earningsMultiple(data, id, day);
  });
  const [above, below] = pair;
  if (above === undefined || below === undefined)
    return notCheckable('earnings of one of the two are a loss, or not held', '其中一家盈利为负或没有数据');
  const value = above.figure.value / below.figure.value;
  return {
    candidates: [
      {
        role: 'main',
        figure: {
          value,
          unit: 'times',
          asOf: above.figure.asOf,
          text: joined(
            valueWords(value, 'times'),
            words(': ', '：'),
            above.figure.text,
            words(' against ', '，对比 '),
            below.figure.text,
          ),
          inputs: [...above.figure.inputs, ...below.figure.inputs],
        },
        uncertainty:
          value * (above.uncertainty / above.figure.value + below.uncertainty / below.figure.value),
      },
    ],
  };
}
