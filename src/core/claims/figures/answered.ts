/** What the data say to a claim in words. */
import type { Words } from '../../base/words.js';
import type { Candidates } from './candidates.js';
import type { Figure } from '../claim.js';
import type { Frame } from '../frames/frame.js';

/** What the data say to a claim in words. */
interface Answer {
  readonly holds: boolean;
  readonly figure: Figure;
  readonly why: Words;
  /** It holds, or does not, only under this reading; another one says the opposite. */
  readonly reading?: Words;
  /** It was so on an earlier day, and the text says it of its own. */
  readonly earlier?: Figure;
}

/** Why there is no answer. */
export type Refusal = Extract<Candidates, { notCheckable: Words }>;

export type Answered = Answer | Refusal;

export const refuse = (en: string, zh: string): Refusal => ({ notCheckable: { en, zh } });

export function asRefusal(candidates: Candidates): Refusal {
  return 'notCheckable' in candidates ? candidates : refuse('nothing is held', '没有数据');
}

/** "Since mid-August" has several first days: an answer only where they agree. Of a month with two, the day after it decides. */
export function fromEach(frame: Frame, answer: (one: Frame) => Answered | undefined): Answered | undefined {
  if (frame.since.length <= 2) return answer(frame);
  const answers = frame.since.map((since) => answer({ ...frame, since: [since] }));
  const [first] = answers;
  const agree = answers.every(
    (one) =>
      one !== undefined &&
      first !== undefined &&
      'holds' in one &&
      'holds' in first &&
      one.holds === first.holds,
  );
  return agree ? first : refuse('the time said has no first day', '所称时段没有明确起点');
}
