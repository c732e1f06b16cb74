/**
 * A claimed number against its candidates. Right is what the data round to at the digits printed; a hedge widens that: "about" by
 * a little, "nearly" downwards, "over" upwards. Round numbers are not taken for exact ones, and never for a licence.
 */
import type { Words } from '../base/words.js';
import { formatDay } from '../calendar/day.js';
import type { Candidate, Candidates } from './figures/candidates.js';
import type { Figure, FigureUnit, OtherReading, Slip, Verdict } from './claim.js';
import { isReported } from './frames/frameMetrics.js';
import type { Frame } from './frames/frame.js';
import { matchOf, near, sameKind } from './matches.js';
import type { Quantity } from './text/quantities.js';
import { both, joined, valueWords, words } from './figures/wording.js';

export interface Judgement {
  readonly verdict: Verdict;
  readonly slip?: Slip;
  readonly figure?: Figure;
  readonly why: Words;
  readonly readings: readonly OtherReading[];
}

export function judge(
  frame: Frame,
  { candidates, note, complete }: Extract<Candidates, { candidates: readonly Candidate[] }>,
): Judgement {
  const quantity = asRule(frame);
  const main = candidates.find(({ role }) => role === 'main');
  const [nearest] = candidates;
  if (quantity === undefined || nearest === undefined)
    return { verdict: 'not-checkable', why: words('no figure is held', '没有可比的数据'), readings: [] };
  const matching = (role: Candidate['role']) =>
    candidates.flatMap((candidate) => {
      const match = candidate.role === role ? matchOf(frame, quantity, candidate) : undefined;
      return match === undefined ? [] : [{ candidate, match }];
    });
  const withNote = (why: Words): Words => (note === undefined ? why : joined(why, words('; ', '；'), note));
  const mains = matching('main');
  if (mains.length > 0) {
    const { candidate, match } = mains.find((one) => one.match === 'exact') ?? mains[0];
    if (wentTheOtherWay(frame, candidate))
      return {
        verdict: 'wrong',
        slip: 'sign',
        figure: candidate.figure,
        why: withNote(
          joined(words('it went the other way to it: ', '变动方向相反：'), candidate.figure.text),
        ),
        readings: [],
      };
    const said =
      candidate.words === undefined
        ? candidate.figure.text
        : joined(candidate.figure.text, words(', ', '，'), candidate.words);
    return {
      verdict: match === 'exact' ? 'right' : 'right-within-rounding',
      figure: candidate.figure,
      why: withNote(said),
      readings: [],
    };
  }
  const readings = matching('reading');
  if (complete === true && readings.length > 0 && readings.length === candidates.length) {
    const { figure, words: name } = readings[0].candidate;
    return {
      verdict: 'right-within-rounding',
      figure,
      why: withNote(name === undefined ? figure.text : joined(figure.text, words(', ', '，'), name)),
      readings: [],
    };
  }
  if (readings.length > 0) {
    const shown = main?.figure ?? readings[0].candidate.figure;
    const named = distinctReadings(readings.map(({ candidate }) => candidate));
    return {
      verdict: 'ambiguous',
      figure: shown,
      why: withNote(
        joined(
          words('right only if it means: ', '仅在以下含义下成立：'),
          ...separated(
            named.map((one) => joined(one.words, words(' (', '（'), one.figure.text, words(')', '）'))),
          ),
        ),
      ),
      readings: named,
    };
  }
  const [earlier] = matching('earlier');
  if (earlier !== undefined) {
    const { candidate } = earlier;
    return {
      verdict: 'stale',
      figure: main?.figure ?? candidate.figure,
      why: joined(
        words(
          `it was right ${candidate.words?.en ?? `on ${formatDay(candidate.figure.asOf)}`}: `,
          `${candidate.words?.zh ?? formatDay(candidate.figure.asOf)}时成立：`,
        ),
        candidate.figure.text,
        ...(main === undefined ? [] : [words('; now ', '；现为 '), main.figure.text]),
      ),
      readings: [
        { words: candidate.words ?? both(formatDay(candidate.figure.asOf)), figure: candidate.figure },
      ],
    };
  }
  return wrong(frame, quantity, candidates, main ?? nearest, withNote);
}

/** "Rose to 1,202" on a day it fell to it. A loss that grows is a profit that falls, so losses are left alone. */
const wentTheOtherWay = (
  { lead, sign, marks, quantity, metric, moved }: Frame,
  { figure, before = [], after = [] }: Candidate,
): boolean => {
  if (sign === undefined || !moved || quantity?.sign !== undefined || marks.has('loss')) return false;
  const moves =
    lead === 'to' ||
    (lead === undefined && metric !== undefined && isReported(metric) && figure.unit !== 'fraction')
      ? before.map((value) => figure.value - value)
      : lead === 'from'
        ? after.map((value) => value - figure.value)
        : [];
  return moves.length > 0 && moves.every((move) => Math.sign(move) === -sign);
};

/** "Above the 10 % cap": the cap is 10 %, whatever is above it. */
function asRule({ quantity, metric }: Frame): Quantity | undefined {
  if (quantity === undefined || (metric !== 'cap' && metric !== 'topFiveCap')) return quantity;
  const { hedge: _, ...plain } = quantity;
  return plain;
}

function wrong(
  frame: Frame,
  quantity: Quantity,
  candidates: readonly Candidate[],
  against: Candidate,
  withNote: (why: Words) => Words,
): Judgement {
  const { figure } = against;
  // What is said in words, such as the first time, has no distance.
  if (Number.isNaN(figure.value))
    return { verdict: 'wrong', slip: 'date', figure, why: withNote(figure.text), readings: [] };
  if (against.role !== 'main') {
    return {
      verdict: 'wrong',
      slip: 'amount',
      figure,
      why: withNote(
        joined(
          words('right under no reading; nearest: ', '任何含义下都不成立；最接近的是：'),
          closest(frame, quantity, candidates).figure.text,
        ),
      ),
      readings: [],
    };
  }
  const known = candidates.find(
    (one) => one.role === 'slip' && one.slip !== 'date' && matchOf(frame, quantity, one) !== undefined,
  );
  if (known !== undefined) return slipped(known, figure, withNote);
  const flipped =
    frame.sign !== undefined &&
    matchOf({ ...frame, sign: frame.sign === 1 ? -1 : 1 }, quantity, against) !== undefined;
  const { metric } = frame;
  const reported =
    metric !== undefined && isReported(metric) && figure.unit !== 'fraction' && figure.unit !== 'times';
  if (reported && sameSize(quantity, against)) {
    const sign =
      figure.value < 0 ? words('it is negative: ', '实为负数：') : words('it is positive: ', '实为正数：');
    return { verdict: 'wrong', slip: 'sign', figure, why: withNote(joined(sign, figure.text)), readings: [] };
  }
  if (flipped)
    return {
      verdict: 'wrong',
      slip: 'sign',
      figure,
      why: withNote(joined(words('the other way round: ', '方向相反：'), figure.text)),
      readings: [],
    };
  const scale = SCALES.flatMap(({ factor, ...one }) =>
    candidates
      .filter(({ role, figure: { unit } }) => role !== 'slip' && isAmount(unit))
      .flatMap((candidate) =>
        matchOf(frame, scaled(quantity, 1 / factor), candidate) === undefined ? [] : [{ ...one, candidate }],
      ),
  )[0];
  if (scale !== undefined) {
    return {
      verdict: 'wrong',
      slip: scale.slip,
      figure: scale.candidate.figure,
      why: withNote(
        joined(
          scale.words,
          words(': ', '：'),
          scale.candidate.figure.text,
          ...(scale.candidate === against ? [] : [words('; computed: ', '；计算值：'), figure.text]),
        ),
      ),
      readings: [],
    };
  }
  const dated = candidates.find((one) => one.slip === 'date' && matchOf(frame, quantity, one) !== undefined);
  if (dated !== undefined) return slipped(dated, figure, withNote);
  return {
    verdict: 'wrong',
    slip: 'amount',
    figure,
    why: withNote(joined(figure.text, words('; off by ', '；相差 '), offBy(frame, quantity, figure))),
    readings: [],
  };
}

/** A profit for a loss of the same size, or the other way round. */
const sameSize = (quantity: Quantity, { figure, uncertainty = 0 }: Candidate): boolean =>
  sameKind(quantity, figure.unit) &&
  near(quantity, quantity.value, Math.abs(figure.value), uncertainty) !== undefined;

function slipped(
  { slip, words: how, figure: taken }: Candidate,
  figure: Figure,
  withNote: (why: Words) => Words,
): Judgement {
  return {
    verdict: 'wrong',
    slip: slip ?? 'amount',
    figure,
    why: withNote(
      joined(
        figure.text,
        words('; ', '；'),
        how ?? both(''),
        words(' (', '（'),
        taken.text,
        words(')', '）'),
      ),
    ),
    readings: [{ words: how ?? both(''), figure: taken }],
  };
}

const SCALES: readonly { readonly factor: number; readonly slip: Slip; readonly words: Words }[] = [
  {
    factor: 10,
    slip: 'ten-times',
    words: words(
      'ten times too much, as when 亿 (100 million) is read as billion',
      '多了十倍，如把“亿”当成 billion',
    ),
  },
  {
    factor: 0.1,
    slip: 'ten-times',
    words: words(
      'a tenth of it, as when billion is read as 亿 (100 million)',
      '少了十倍，如把 billion 当成“亿”',
    ),
  },
  { factor: 100, slip: 'scale', words: words('a hundred times too much', '多了一百倍') },
  { factor: 0.01, slip: 'scale', words: words('a hundredth of it', '少了一百倍') },
  { factor: 1000, slip: 'scale', words: words('a thousand times too much', '多了一千倍') },
  { factor: 0.001, slip: 'scale', words: words('a thousandth of it', '少了一千倍') },
  {
    factor: 1e4,
    slip: 'scale',
    words: words('ten thousand times too much: 万 was taken for nothing', '多了一万倍：单位“万”被忽略'),
  },
  { factor: 1e-4, slip: 'scale', words: words('a ten-thousandth of it', '少了一万倍') },
];

const isAmount = (unit: FigureUnit): boolean =>
  unit === 'CNY' ||
  unit === 'USD' ||
  unit === 'shares' ||
  unit === 'CNY per share' ||
  unit === 'fraction' ||
  unit === 'times';

const scaled = (quantity: Quantity, by: number): Quantity => ({
  ...quantity,
  value: quantity.value * by,
  step: quantity.step * by,
  ...(quantity.high !== undefined && { high: quantity.high * by }),
});

function closest(frame: Frame, quantity: Quantity, candidates: readonly Candidate[]): Candidate {
  const distance = ({ figure }: Candidate): number =>
    Math.abs(signedClaim(frame, quantity, figure) - figure.value);
  return candidates.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

const signedClaim = ({ sign }: Frame, { value, unit }: Quantity, figure: Figure): number => {
  const size = figure.unit === 'fraction' && unit === 'times' ? value - 1 : value;
  return figure.value < 0 && sign !== 1
    ? -size
    : (sign ?? 1) === -1 && (figure.change === true || figure.unit === 'fraction' || figure.unit === 'points')
      ? -size
      : size;
};

function offBy(frame: Frame, quantity: Quantity, figure: Figure): Words {
  const claimed = signedClaim(frame, quantity, figure);
  const ends = [figure.value, figure.high ?? figure.value]
    .map((end) => claimed - end)
    .toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const unit = figure.unit === 'fraction' ? 'points' : figure.unit;
  if (ends[0] === ends[1]) return valueWords(ends[0], unit);
  return joined(valueWords(ends[0], unit), words(' to ', ' 至 '), valueWords(ends[1], unit));
}

function distinctReadings(candidates: readonly Candidate[]): OtherReading[] {
  const seen = new Map<string, OtherReading>();
  for (const { words: name, figure } of candidates) {
    if (!seen.has(figure.text.en)) seen.set(figure.text.en, { words: name ?? figure.text, figure });
  }
  return [...seen.values()].slice(0, 4);
}

const separated = (parts: readonly Words[]): (Words | string)[] =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [words('; ', '；'), part]));
