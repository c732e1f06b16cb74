/** TimeInForce (59): 0 for the day, 1 until cancelled, 2 for the opening auction, 7 for the closing one. */
import type { OrderRequest } from '../trading/orderRequest.js';

type Lasting = Pick<OrderRequest, 'validity' | 'during'>;

/** An auction is of one day. */
const BY_CODE: ReadonlyMap<string, Lasting> = new Map<string, Lasting>([
  ['0', { validity: 'day' }],
  ['1', { validity: 'open' }],
  ['2', { validity: 'day', during: 'open' }],
  ['7', { validity: 'day', during: 'close' }],
]);

/** Of the time after the close, for which FIX 4.4 has no word, only the validity is said. */
export function timeInForce({ validity, during }: Lasting): string {
  if (during === 'open') return '2';
  if (during === 'close') return '7';
  return validity === 'day' ? '0' : '1';
}

export const lastingOf = (code: string): Lasting | undefined => BY_CODE.get(code);
