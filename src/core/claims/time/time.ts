/** A day, a window, or a business period that a text names, and what small words of time are told from. */
import type { Day } from '../../base/brand.js';
import type { Stretch as Days } from './monthParts.js';
import type { Token } from '../text/tokens.js';
import type { Mark, Meaning, Stretch } from '../words/meaning.js';

export type Time =
  | { readonly kind: 'day'; readonly day: Day; readonly yearWritten: boolean }
  /** Whole days, both included; a change over it starts at the close before `from`. */
  | {
      readonly kind: 'window';
      readonly from: Day;
      readonly to: Day;
      readonly name: WindowName;
      /** Since then: 7月以来, "since mid-July". */
      readonly since?: true;
      /** Stretches that the words may mean as well: early August, the first week of August. */
      readonly others?: readonly Days[];
    }
  /** From the close of one day to the close of another. */
  | {
      readonly kind: 'closes';
      readonly from: Day;
      readonly to: Day;
      /** Since the first of them. */
      readonly since?: true;
      /** Two days are named, and the first may be meant whole: 9月1日至9月5日. */
      readonly days?: true;
    }
  /** `days` are those of the calendar, up to the day of writing: prices have no business year. */
  | {
      readonly kind: 'period';
      readonly year: number | undefined;
      readonly stretch: Stretch;
      readonly days: Days;
    };

type WindowName = 'week' | 'month' | 'part of month' | 'year' | 'year to date' | 'sessions' | 'quarter';

/** What words of time are told from. */
export interface Clock {
  /** Day the text was written, as far as known. */
  readonly written: Day;
  /** Date or window the text named last. */
  readonly named?: Time;
  /** The session `count` sessions before a day. */
  readonly sessionsBack: (day: Day, count: number) => Day;
}

export type Found = readonly [time: Time, tokens: number];

export const number = (token: Token | undefined): number | undefined => token?.number;

export const find = <Is extends Meaning['is']>(token: Token | undefined, is: Is) =>
  token?.meanings.find((one): one is Extract<Meaning, { is: Is }> => one.is === is);

export const hasMark = (token: Token | undefined, mark: Mark): boolean =>
  token?.meanings.some((one) => one.is === 'mark' && one.mark === mark) === true;

export function yearNumber(token: Token | undefined): number | undefined {
  const value = number(token);
  if (value === undefined || token?.decimals !== 0 || token.text.includes(',')) return undefined;
  if (token.digits === 4 && value >= 1990 && value <= 2099) return value;
  return undefined;
}

export const isMonth = (token: Token | undefined): boolean => find(token, 'month') !== undefined;

/** The day, or the end of the window. */
export const dayIn = (time: Time | undefined): Day | undefined =>
  time === undefined || time.kind === 'period' ? undefined : time.kind === 'day' ? time.day : time.to;

/** Since when, and not when: "since August 22", "this year" beside a record. */
export const saysSince = (time: Time): boolean =>
  (time.kind === 'closes' && time.since === true) ||
  (time.kind === 'window' && (time.since === true || time.name === 'year' || time.name === 'year to date'));
