/**
 * How elastic a market is when part of it stops choosing. Haddad, Huebner and Loualiche (American Economic Review 2025): the
 * others answer a less elastic market by trading more against it, so the aggregate elasticity E solves
 *
 *   E = a E0 / (1 + chi a)
 *
 * with a the active share, E0 the elasticity of an active investor alone, chi the strength of the answer (2 to 3 in the 2021
 * draft; 0 is no answer). The formula is a simplification of the paper's.
 */
import { InputError } from '../base/errors.js';

/** @throws InputError `bad_share` when the active share is outside 0..1 or the answer below 0 */
export function strategicElasticity(activeShare: number, alone: number, response: number): number {
  if (!(activeShare >= 0 && activeShare <= 1 && response >= 0)) {
    throw new InputError('bad_share', 'an elasticity of a market that cannot be', [
      {
        code: 'bad_share',
        path: 'activeShare, response',
        value: [activeShare, response],
        expected: 'an active share from 0 to 1 and a response of at least 0',
      },
    ]);
  }
  return (activeShare * alone) / (1 + response * activeShare);
}
