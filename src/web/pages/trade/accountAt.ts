/** An account and where its clock stands, in words. */
import type { AccountDocument } from '../../api/accountTypes.js';
import type { Words } from '../../words/useWords.js';

export function accountAt(
  { account, day, clock }: Pick<AccountDocument, 'account' | 'day' | 'clock'>,
  w: Words['w'],
): string {
  return clock === null
    ? w('accountAt', { account, date: day })
    : w('accountAtClock', { account, date: clock.date, time: clock.time.slice(0, 5) });
}
