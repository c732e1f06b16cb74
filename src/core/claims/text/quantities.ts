/** Numbers with what stands around them: sign, scale, currency, unit, range, and whether they are meant as about, nearly or over. */
import type { Span } from '../claim.js';
import type { Token } from './tokens.js';
import type { Hedge, Mark, Meaning } from '../words/meaning.js';

type QuantityUnit =
  'fraction' | 'points' | 'times' | 'CNY' | 'USD' | 'HKD' | 'index points' | 'shares' | 'count' | 'none';

export interface Quantity extends Span {
  /** In the unit: 14 % is 0.14, 3.6 points are 0.036, 8 bn are 8e9. */
  readonly value: number;
  /** The other end of a range. */
  readonly high?: number;
  readonly unit: QuantityUnit;
  /** Worth of the last digit printed, same unit. */
  readonly step: number;
  readonly hedge?: Hedge;
  /** Printed sign. */
  readonly sign?: 1 | -1;
  /** A word that is a change in itself, such as "doubled". */
  readonly word?: boolean;
  /** Half, a quarter: said of shares that are not quite that. */
  readonly part?: boolean;
  /** `fold` and `x` after "up" are not the same to all writers. */
  readonly fold?: boolean;
  /** 倍: after 增长 and 涨 it is growth to all writers. */
  readonly growth?: true;
  /** The hedge is a verb of going through it: "broke through 4,000". */
  readonly crossed?: true;
  /** The hedge says that it was beyond it before: "back above 1,500". */
  readonly regained?: true;
  readonly tokens: number;
}

const find = <Is extends Meaning['is']>(token: Token | undefined, is: Is) =>
  token?.meanings.find((one): one is Extract<Meaning, { is: Is }> => one.is === is);
const hasMark = (token: Token | undefined, mark: Mark): boolean =>
  token?.meanings.some((one) => one.is === 'mark' && one.mark === mark) === true;

/** The quantity that starts at a token, hedges included. */
export function quantityAt(tokens: readonly Token[], at: number): Quantity | undefined {
  // "17 % less than the 683 million": what the percent is of.
  if (find(tokens[at], 'gap') !== undefined && find(tokens[at - 1], 'unit')?.unit === 'percent')
    return undefined;
  let i = at;
  let hedge = ledBy(tokens[at - 1]?.text.toLowerCase() === 'the' ? tokens[at - 2] : tokens[at - 1]);
  let currency: 'CNY' | 'USD' | 'HKD' | undefined;
  let sign: 1 | -1 | undefined;
  let crossed = false;
  let regained = false;
  for (; i < tokens.length && i < at + 6; i++) {
    const token = tokens[i];
    const hedged = find(token, 'hedge');
    const money = find(token, 'currency');
    if (number(token) !== undefined || find(token, 'part') !== undefined) break;
    if (hedged !== undefined) {
      hedge ??= hedged.hedge;
      crossed ||= hasMark(token, 'crossed');
      regained ||= hasMark(token, 'regained');
    } else if (money !== undefined) currency = money.currency;
    else if (
      (token.text === '+' || token.text === '-') &&
      number(tokens[i + 1]) !== undefined &&
      signStands(tokens, i)
    )
      sign = token.text === '+' ? 1 : -1;
    else if (SIGNS[token.text.toLowerCase()] !== undefined && countable(tokens[i + 1]))
      sign = SIGNS[token.text.toLowerCase()];
    else if (!isFiller(token) || i === at) break;
  }
  const part = partAt(tokens, i, at);
  if (part !== undefined) {
    const said = hedge ?? part.hedge;
    return {
      value: part.value,
      unit: 'fraction',
      step: 0.01,
      part: true,
      ...(said && { hedge: said }),
      tokens: i + 1 - at,
      start: tokens[at].start,
      end: tokens[i].end,
    };
  }
  const level = find(tokens[i], 'level');
  const first = number(tokens[i]);
  if (first === undefined) {
    if (level === undefined) return undefined;
    return {
      value: level.times,
      unit: 'times',
      step: 0.1,
      word: true,
      ...(hedge && { hedge }),
      sign: level.sign,
      tokens: i + 1 - at,
      start: tokens[at].start,
      end: tokens[i].end,
    };
  }
  // 千元大关 is a number and its unit in one word.
  currency ??= find(tokens[i], 'currency')?.currency;
  // "Over the five sessions to Friday" is a time.
  if (tokens[at].text.toLowerCase() === 'over' && TIME_UNITS.some((one) => hasMark(tokens[i + 1], one)))
    return undefined;
  let decimals = tokens[i].decimals ?? 0;
  let high: number | undefined;
  let next = i + 1;
  let scale = scaleAt(tokens, next);
  const tail = tailAt(tokens, scale.next);
  // `5-7 billion`, `5 billion to 7 billion`, `50亿元至70亿元`, `between 5 and 7 billion`
  const joiner = tail.next;
  // "From 11.76 % to 15.39 %" is a way and no range.
  const way = hasMark(tokens[at - 1], 'from') && hasMark(tokens[joiner], 'to');
  const joins =
    !way &&
    hasMark(tokens[joiner], 'range') &&
    tokens[joiner].text !== '和' &&
    (tokens[joiner].text !== 'and' ||
      tokens[at - 1]?.text.toLowerCase() === 'between' ||
      tokens[at].text.toLowerCase() === 'between');
  if (joins) {
    const money = find(tokens[joiner + 1], 'currency');
    const second = number(tokens[joiner + (money ? 2 : 1)]);
    const from = joiner + (money ? 3 : 2);
    if (
      second !== undefined &&
      second > first &&
      !(
        tokens[joiner].text.toLowerCase() === 'to' &&
        tail.unit !== undefined &&
        scale.factor === 1 &&
        tail.unit !== 'fraction'
      )
    ) {
      const scale2 = scaleAt(tokens, from);
      const tail2 = tailAt(tokens, scale2.next);
      const alike = tail.unit === undefined || tail.unit === tail2.unit;
      if (alike && (scale.factor === 1 || scale2.factor === scale.factor)) {
        scale = scale2;
        decimals = Math.max(decimals, tokens[from - 1].decimals ?? 0);
        high = second;
        return finished(tail2);
      }
    }
  }
  return finished(tail);

  function finished(last: Tail): Quantity | undefined {
    const unit = last.unit ?? currency ?? 'none';
    next = last.next;
    let after = hedge ?? last.hedge;
    const later = find(tokens[next], 'hedge');
    if (later !== undefined && BEHIND.has(tokens[next].text)) {
      after ??= later.hedge;
      next++;
    }
    const size = scale.factor * (last.factor ?? 1);
    const value = (first ?? 0) * size;
    if (!Number.isFinite(value)) return undefined;
    const top = high === undefined ? undefined : high * size;
    return {
      value,
      ...(top !== undefined && { high: top }),
      unit: currency !== undefined && unit === 'none' ? currency : unit,
      step: size * 10 ** -decimals,
      ...(after && { hedge: after }),
      ...(sign && { sign }),
      ...(last.fold && { fold: true }),
      ...(last.growth && { growth: true }),
      ...(crossed && { crossed }),
      ...(regained && { regained }),
      tokens: next - at,
      start: tokens[at].start,
      end: tokens[next - 1].end,
    };
  }
}

const SIGNS: Readonly<Record<string, 1 | -1>> = { plus: 1, minus: -1, negative: -1, positive: 1, 负: -1 };

/** Hedges that stand behind their number. */
const BEHIND = new Set(['左右', '上下', '前后', '以上', '以下', '上方', '下方', '之上', '之下', 'or so']);

/** "Closed above 1,500", "surpassed 1,500", 跌破1400: what a price passed. */
function ledBy(token: Token | undefined): Hedge | undefined {
  const event = find(token, 'event')?.event;
  return event === 'passed' ? 'over' : event === 'below' ? 'under' : undefined;
}

const number = (token: Token | undefined): number | undefined => {
  if (token === undefined) return undefined;
  return token.number ?? find(token, 'number')?.value;
};

const TIME_UNITS = ['sessions', 'days', 'weeks', 'months', 'years'] as const;

const countable = (token: Token | undefined): boolean =>
  number(token) !== undefined || find(token, 'currency') !== undefined;

/** A share in words. `half` is one only with `of` and no time behind it, or after `by`: `half of its value`, but not `half a year`. */
function partAt(
  tokens: readonly Token[],
  i: number,
  at: number,
): Extract<Meaning, { is: 'part' }> | undefined {
  const part = find(tokens[i], 'part');
  if (part?.verb === true) return ledByMove(tokens, at) ? part : undefined;
  if (part === undefined || find(tokens[i], 'number') === undefined) return part;
  if (find(tokens[i + 1], 'scale') !== undefined || find(tokens[i + 1], 'unit') !== undefined)
    return undefined;
  if (tokens[i + 1]?.text.toLowerCase() !== 'of') return hasMark(tokens[i - 1], 'by') ? part : undefined;
  const whole = tokens.slice(i + 2, i + 4).find(({ text }) => !isArticle(text));
  const timed =
    number(whole) !== undefined ||
    (['month', 'relative', 'stretch', 'weekday'] as const).some((is) => find(whole, is) !== undefined);
  return timed ? undefined : part;
}

const ledByMove = (tokens: readonly Token[], at: number): boolean =>
  find(tokens[at - 1], 'move') !== undefined ||
  (hasMark(tokens[at - 1], 'by') && find(tokens[at - 2], 'move') !== undefined);

const isArticle = (text: string): boolean => ['the', 'its', 'their', 'a'].includes(text.toLowerCase());

/** A dash between two numbers is a range, not a sign. */
const signStands = (tokens: readonly Token[], i: number): boolean =>
  tokens[i - 1] === undefined || number(tokens[i - 1]) === undefined;

const FILLERS = new Set(['a', 'an', 'the', 'of', 'to', '了', '为']);
const isFiller = (token: Token): boolean => FILLERS.has(token.text.toLowerCase());

interface Scale {
  readonly factor: number;
  readonly next: number;
}

/** `billion`, `亿`, `万亿`, `多亿`. */
function scaleAt(tokens: readonly Token[], at: number): Scale {
  let factor = 1;
  let next = at;
  while (next < at + 3) {
    const token = tokens[next];
    const scale = find(token, 'scale');
    if (scale !== undefined) factor *= scale.factor;
    else if (!(token?.text === '多' || token?.text === '余' || token?.text === '-')) break;
    else if (find(tokens[next + 1], 'scale') === undefined) break;
    next++;
  }
  return { factor, next };
}

interface Tail {
  readonly unit?: QuantityUnit;
  readonly factor?: number;
  readonly hedge?: Hedge;
  readonly fold?: boolean;
  readonly growth?: true;
  readonly next: number;
}

function tailAt(tokens: readonly Token[], at: number): Tail {
  let next = at;
  let hedge: Hedge | undefined;
  if (tokens[next]?.text === '多' || tokens[next]?.text === '余') {
    hedge = 'over';
    next++;
  }
  if (tokens[next]?.text === '-' && find(tokens[next + 1], 'unit') !== undefined) next++;
  const token = tokens[next];
  const money = find(token, 'currency');
  if (money !== undefined) return { unit: money.currency, next: next + 1, ...(hedge && { hedge }) };
  const unit = find(token, 'unit')?.unit;
  const taken = { next: next + 1, ...(hedge && { hedge }) };
  switch (unit) {
    case 'percent':
      // `14%-points`
      return { unit: 'fraction', factor: 0.01, ...taken };
    case 'points':
      return { unit: 'points', factor: 0.01, ...taken };
    case 'basis points':
      return { unit: 'points', factor: 0.0001, ...taken };
    case 'tenths':
      return { unit: 'fraction', factor: 0.1, ...taken };
    case 'times':
      return { unit: 'times', ...(token?.text === '倍' && { growth: true }), ...taken };
    case 'fold':
      return { unit: 'times', fold: true, ...taken };
    case 'shares':
      return { unit: 'shares', ...taken };
    case 'index points':
      return { unit: 'index points', ...taken };
    case 'funds':
    case 'members':
      return { unit: 'count', ...taken };
    case undefined:
      return hedge === undefined ? { next: at } : { hedge, next };
  }
}
