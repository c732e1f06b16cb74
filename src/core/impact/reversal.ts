/**
 * How much of the peak is left after the last trade. A part stays, the rest fades with the inverse square root of time:
 *
 *   left(t) = p + (1 - p) / sqrt(1 + t),  t in sessions
 *
 * After metaorders in Spain and London the price fell to 0.5 to 0.7 of the peak (Moro et al. 2009); two thirds are
 * taken to stay and the band has those ends. The inverse square root is that of single trades in Tokyo (Maitrier, Loeper and
 * Bouchaud 2025, arXiv 2502.16246); that it holds for days after an index event is this program's assumption.
 */
import { InputError } from '../base/errors.js';
import { SQUARE_ROOT } from './squareRoot.js';

const STAYS_RANGE: readonly [number, number] = [0.5, 0.7];

export interface ReversalPoint {
  /** Sessions after the last trade; 0 is its close. */
  readonly session: number;
  /** Of the peak. */
  readonly left: number;
  readonly band: readonly [number, number];
}

/** @throws InputError `bad_session` for one before the last trade */
export function reversalPath(sessions: readonly number[]): ReversalPoint[] {
  return sessions.map((session) => {
    if (!(session >= 0)) {
      throw new InputError('bad_session', 'a reversal begins with the last trade', [
        { code: 'bad_session', path: 'sessions', value: session, expected: 'a number of at least 0' },
      ]);
    }
    const left = (stays: number): number => stays + (1 - stays) / Math.sqrt(1 + session);
    const [low, high] = STAYS_RANGE;
    return { session, left: left(SQUARE_ROOT.permanentShare), band: [left(low), left(high)] };
  });
}
