/** The review that a request asks for, run on loaded data. */
import { isSession, readingChoice, runReview, type IndexData, type ReviewRun } from '../../core/index.js';
import { defaultKnownAt } from '../../cli/session.js';
import { dayOfText, optionalDay } from '../http/schemas.js';

interface ReviewAsked {
  readonly effective: string;
  readonly knownAt?: string | undefined;
  readonly reading?: string | undefined;
}

/** @throws what `runReview` throws; a date beyond the calendar is refused as such before anything is said about reviews */
export function reviewAsked(data: IndexData, asked: ReviewAsked): ReviewRun {
  return runReview(data, reviewRequest(data, asked));
}

export function reviewRequest(data: IndexData, { effective: text, knownAt, reading }: ReviewAsked) {
  const effective = dayOfText('effective', text);
  isSession(data.market.calendar, effective);
  return {
    effective,
    knownAt: optionalDay('knownAt', knownAt) ?? defaultKnownAt(data, effective),
    readings: reading === undefined ? {} : readingChoice(data.rulebook, reading),
  };
}
