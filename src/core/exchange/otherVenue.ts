/** What the venues outside the mainland have in common here: no daily limit, no cage, no halts, sales on the same day. */
import { Refusal } from '../base/errors.js';
import { ORDER, type Cited, type VenueDay } from './venueDay.js';

/** Several sources that agree, or the venue's own page. */
export const documented = (en: string, zh: string): Cited => ({
  source: { en, zh },
  confidence: 'documented',
});

/** Common knowledge, not found in a source that could be read. */
export const recalled = (en: string, zh: string): Cited => ({ source: { en, zh }, confidence: 'recalled' });

export const assumed = (en: string, zh: string): Cited => ({ source: { en, zh }, confidence: 'assumed' });

export const OTHER_VENUE = {
  limited: false,
  largestAfterHours: 0,
  cage: undefined,
  halts: undefined,
  kinds: [ORDER.limit, ORDER.immediateCancel, ORDER.fillOrKill, ORDER.atClose],
  onClose: undefined,
  protection: false,
  sameDaySale: true,
  largestPurchase: 2 ** 31 - 1,
  auction: { tie: 'SZSE', candidates: 'order-prices' },
  board: undefined,
} as const satisfies Partial<VenueDay>;

/** @throws Refusal `no_price_range` when a close is below the smallest one */
export function checkClose(previousClose: number, least: number, unit: string): void {
  if (previousClose >= least) return;
  throw new Refusal(
    'no_price_range',
    `a close of ${previousClose} ${unit} is below the smallest price, ${least}`,
    { previousClose, least },
  );
}

/** The lowest and highest price between two that are on a step of the venue. */
export function pricesBetween(
  least: number,
  most: number,
  tickAt: (price: number) => number,
): { readonly lowest: number; readonly highest: number } {
  const [below, above] = [tickAt(least), tickAt(most)];
  return { lowest: Math.ceil(least / below) * below, highest: Math.floor(most / above) * above };
}
