/** An order as it is being typed, and the order it makes once every field can be read. */
import type { DayPart, MarketKind } from '../../../core/index.js';
import type { ConditionSent, OrderSent } from '../../api/accountTypes.js';
import type { WordKey } from '../../words/en.js';

export const WHEN_KINDS = ['now', 'price', 'move', 'trail', 'other', 'index', 'time', 'chance'] as const;
/** What only a session has. */
export const WITHIN_KINDS = ['clock', 'bid', 'ask'] as const;
export type WhenKind = (typeof WHEN_KINDS)[number] | (typeof WITHIN_KINDS)[number];

/** How an order goes to the exchange: into the book all day, in one part of the day, or as a kind of market order. */
export type How = 'any' | DayPart | MarketKind;

/** Everything as text, the way it stands in the fields. */
export interface Draft {
  readonly side: 'buy' | 'sell';
  readonly quantity: string;
  readonly limit: string;
  readonly validity: 'day' | 'open';
  readonly when: WhenKind;
  readonly direction: 'at-least' | 'at-most';
  /** Price, points or percent, as the kind asks for. */
  readonly amount: string;
  /** Another security's code. */
  readonly other: string;
  readonly date: string;
  /** `HH:MM`. */
  readonly time: string;
  readonly of: 'in' | 'out' | 'capped';
  readonly takeProfit: string;
  readonly stop: string;
  /** Percent below the highest close. */
  readonly trail: string;
  /** Sessions it is spread over. */
  readonly parts: string;
  readonly how: How;
  /** Shares that are shown at a time. */
  readonly peak: string;
}

export const EMPTY_DRAFT: Draft = {
  side: 'buy',
  quantity: '',
  limit: '',
  validity: 'day',
  when: 'now',
  direction: 'at-least',
  amount: '',
  other: '',
  date: '',
  time: '',
  of: 'capped',
  takeProfit: '',
  stop: '',
  trail: '',
  parts: '1',
  how: 'any',
  peak: '',
};

export type Field = keyof Draft;

export interface ReadDraft {
  /** `undefined` while a field cannot be read. */
  readonly order: OrderSent | undefined;
  /** What each of these fields needs. */
  readonly problems: Partial<Readonly<Record<Field, WordKey>>>;
}

const TIME = /^([01]?\d|2[0-3]):[0-5]\d$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @param sessions days from the next session on, as many as are known */
export function readDraft(draft: Draft, security: string, sessions: readonly string[]): ReadDraft {
  const problems: Partial<Record<Field, WordKey>> = {};
  const number = (field: Field, text: string, optional = false): number | undefined => {
    if (text.trim() === '' && optional) return undefined;
    const value = Number(text.replaceAll(/[,\s]/g, ''));
    if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value;
    problems[field] = 'needsNumber';
    return undefined;
  };
  const quantity = number('quantity', draft.quantity);
  if (quantity !== undefined && !Number.isInteger(quantity)) problems.quantity = 'needsWhole';
  const parts = Number(draft.parts);
  const isPair = draft.side === 'sell' && exitFields(draft).some((text) => text !== '');
  const limit = isPair ? undefined : number('limit', draft.limit, true);
  const condition = isPair || parts > 1 ? undefined : conditionOf(draft, security, number, problems);
  const peak = isPair || draft.how !== 'any' ? undefined : number('peak', draft.peak, true);
  if (peak !== undefined && !Number.isInteger(peak)) problems.peak = 'needsWhole';
  const takeProfit = number('takeProfit', draft.takeProfit, true);
  const at = number('stop', draft.stop, true);
  const trail = at === undefined ? number('trail', draft.trail, true) : undefined;
  if (isPair && takeProfit === undefined) problems.takeProfit ??= 'needsNumber';
  if (isPair && at === undefined && trail === undefined) problems.stop ??= 'needsNumber';
  if (Object.keys(problems).length > 0 || quantity === undefined) return { order: undefined, problems };
  const stop = at === undefined ? (trail === undefined ? undefined : { trail: trail / 100 }) : { at };
  const hasExit = parts <= 1 && (takeProfit !== undefined || stop !== undefined);
  return {
    problems,
    order: {
      security,
      side: draft.side,
      quantity,
      validity: draft.validity,
      ...(limit !== undefined && { limit }),
      ...(condition !== undefined && { condition }),
      ...(!isPair && howOf(draft.how)),
      ...(peak !== undefined && { peak }),
      ...(hasExit && {
        exit: { ...(takeProfit !== undefined && { takeProfit }), ...(stop !== undefined && { stop }) },
      }),
      ...(parts > 1 && { slices: slicesOf(quantity, sessions.slice(0, parts)) }),
    },
  };
}

function howOf(how: How): Pick<OrderSent, 'kind' | 'during'> {
  if (how === 'any') return {};
  return how === 'open' || how === 'close' || how === 'after-hours' ? { during: how } : { kind: how };
}

const exitFields = ({ takeProfit, stop, trail }: Draft): readonly string[] => [takeProfit, stop, trail];

type ReadNumber = (field: Field, text: string) => number | undefined;

function conditionOf(
  { when, direction, amount, other, date, time, of }: Draft,
  security: string,
  number: ReadNumber,
  problems: Partial<Record<Field, WordKey>>,
): ConditionSent | undefined {
  if (when === 'now') return undefined;
  if (when === 'time') {
    if (DATE.test(date)) return { kind: 'time', from: date };
    problems.date = 'dateHint';
    return undefined;
  }
  if (when === 'clock') {
    if (TIME.test(time)) return { kind: 'clock', from: time };
    problems.time = 'clockHint';
    return undefined;
  }
  if (when === 'other' && !/^\d{6}$/.test(other)) problems.other = 'needsCode';
  const value = number('amount', amount);
  if (value === undefined || problems.other !== undefined) return undefined;
  switch (when) {
    case 'price':
      return { kind: 'price', security, direction, threshold: value };
    case 'other':
      return { kind: 'price', security: other, direction, threshold: value };
    case 'index':
      return { kind: 'index', direction, threshold: value };
    case 'move':
      return { kind: 'move', security, fraction: (direction === 'at-least' ? value : -value) / 100 };
    case 'trail':
      return { kind: 'trail', security, direction, fraction: value / 100 };
    case 'bid':
    case 'ask':
      return { kind: 'book', of: when, security, direction, threshold: Math.round(value) };
    case 'chance':
      return { kind: 'chance', of, security, direction, threshold: value / 100 };
  }
}

/** Equal parts in whole hundreds; the last one has the rest. */
function slicesOf(quantity: number, sessions: readonly string[]): NonNullable<OrderSent['slices']> {
  const part = Math.floor(quantity / sessions.length / 100) * 100;
  return sessions
    .map((session, i) => ({
      session,
      quantity: i === sessions.length - 1 ? quantity - part * (sessions.length - 1) : part,
    }))
    .filter((slice) => slice.quantity > 0);
}
