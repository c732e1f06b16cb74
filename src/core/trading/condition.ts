/** What an order may wait for: a close of a security, or a level of the index, reaching a threshold. */
import type { SecurityId } from '../base/brand.js';

export interface Condition {
  /** `undefined`: the level of the index. */
  readonly security: SecurityId | undefined;
  readonly direction: 'at-least' | 'at-most';
  /** CNY, or points. */
  readonly threshold: number;
}

export const isMet = ({ direction, threshold }: Condition, value: number): boolean =>
  direction === 'at-least' ? value >= threshold : value <= threshold;
