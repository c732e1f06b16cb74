/**
 * The index without the security under study: a name of 15 % is part of its own benchmark, and a fall of its own looks smaller
 * against an index it pulls down itself.
 */
import { assert } from '../base/errors.js';

/** (r_index - w r_own) / (1 - w), w the weight at the close before. */
export function exSelf(indexReturn: number, weight: number, ownReturn: number): number {
  assert(!(weight < 0 || weight >= 1), 'a weight is at least 0 and below 1');
  return (indexReturn - weight * ownReturn) / (1 - weight);
}
