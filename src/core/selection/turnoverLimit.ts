/**
 * Turnover limit: at most a stated share of the members may change at one review. When more would, the
 * best-ranked newcomers are paired with the worst-ranked leavers until the limit; the other leavers stay.
 * The pairing is the field's reading of the CSI text, from memory (rulebook clause `selection.turnover-limit`).
 */
import { Type, type Static } from 'typebox';

export const TurnoverLimitSchema = Type.Object(
  {
    kind: Type.Literal('turnover-limit'),
    /** Share of the count that may change, 0..1. */
    fraction: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'share of the count that may change' }),
    ),
    /** At most so many replacements (Nikkei 225: 3); with a fraction the smaller of the two. */
    maxCount: Type.Optional(Type.Integer({ minimum: 0, description: 'at most so many replacements' })),
    pairing: Type.Enum(['best-in-worst-out'], {
      description:
        'who changes first when the limit binds: the best-ranked newcomer for the worst-ranked leaver',
    }),
  },
  {
    additionalProperties: false,
    // kind, pairing, and at least one of the two limits
    minProperties: 3,
    description: 'at most this share, or so many, of the members changes at one review',
  },
);
export type TurnoverLimitRule = Static<typeof TurnoverLimitSchema>;

export interface Swaps<T> {
  readonly additions: readonly T[];
  readonly deletions: readonly T[];
  /** Newcomers and leavers that the limit held back. */
  readonly heldBackAdditions: readonly T[];
  readonly heldBackDeletions: readonly T[];
  readonly limit: number;
}

/**
 * @param additions best-ranked first
 * @param deletions worst-ranked first (a member that is no longer eligible counts as worst)
 * @param count number of seats
 */
export function limitTurnover<T>(
  additions: readonly T[],
  deletions: readonly T[],
  count: number,
  rule: TurnoverLimitRule,
): Swaps<T> {
  const limit = limitOf(rule, count);
  // Newcomers beyond the leavers fill empty seats: they push nobody out and the limit does not hold them.
  const emptySeats = Math.max(0, additions.length - deletions.length);
  const out = Math.min(deletions.length, limit);
  const into = Math.min(additions.length, out + emptySeats);
  return {
    additions: additions.slice(0, into),
    deletions: deletions.slice(0, out),
    heldBackAdditions: additions.slice(into),
    heldBackDeletions: deletions.slice(out),
    limit,
  };
}

/** Every change, where a rulebook limits none. */
export function unlimited<T>(additions: readonly T[], deletions: readonly T[]): Swaps<T> {
  return { additions, deletions, heldBackAdditions: [], heldBackDeletions: [], limit: Infinity };
}

/** Most changes a limit allows among so many seats. */
export function limitOf({ fraction = 1, maxCount = Infinity }: TurnoverLimitRule, count: number): number {
  // 10 % of 50 must be 5, whatever 0.1 * 50 is in binary.
  return Math.min(Math.floor(fraction * count + 1e-9), maxCount);
}
