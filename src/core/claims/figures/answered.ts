/** What the data say to a claim in words. */
import type { Words } from '../../base/words.js';
import type { Candidates } from './candidates.js';
import type { Figure } from '../claim.js';

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
