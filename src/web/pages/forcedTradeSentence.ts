/** What a review makes the trackers trade in one security, as a sentence. */
import type { Language } from '../../core/index.js';
import { days, money, shareCount } from '../format.js';
import type { useWords } from '../words/useWords.js';

interface ForcedTradeFigures {
  readonly name: string;
  /** Signed: negative is a sale. */
  readonly value: number;
  readonly shares: number;
  /** Days of the market's turnover; `null` where nothing is known of that. */
  readonly daysToTrade: number | null;
}

export function forcedTradeSentence(
  { name, value, shares, daysToTrade }: ForcedTradeFigures,
  { w, language }: { readonly w: ReturnType<typeof useWords>['w']; readonly language: Language },
): string {
  const sells = value < 0;
  const parts = {
    name,
    value: money(Math.abs(value), language),
    shares: shareCount(Math.abs(shares), language, false),
  };
  if (daysToTrade === null) return w(sells ? 'flowSellThin' : 'flowBuyThin', parts);
  return w(sells ? 'flowSell' : 'flowBuy', { ...parts, days: days(daysToTrade) });
}
