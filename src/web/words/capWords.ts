/** A cap in a few signs, `≤ 10.0 %` or `5: ≤ 40.0 %`. */
import { percent } from '../format.js';

export function capWords(rule: Readonly<Record<string, unknown>> | undefined): string {
  const limit = rule?.cap ?? rule?.limit;
  if (typeof limit !== 'number') return '';
  const count = typeof rule?.k === 'number' ? `${rule.k}: ` : '';
  const threshold = typeof rule?.threshold === 'number' ? `> ${percent(rule.threshold, 1)}: ` : '';
  return `${count}${threshold}\u2264 ${percent(limit, 1)}`;
}
