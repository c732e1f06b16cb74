/** Seats: what a selector gives out, and where a security stood when its seat was decided. */

/** Which part of the rule gave a seat. */
export type SeatReason = 'kept' | 'entered' | 'filled';

export interface Seat<T> {
  readonly item: T;
  /** From 1. */
  readonly rank: number;
  readonly reason: SeatReason;
}

/** What an explanation must be about: how a newcomer got its seat, or that a member or an outsider was tested. */
export type Standing = 'entered' | 'filled' | 'member' | 'outsider';

/** Items in rank order with their ranks. */
export interface Ranked<T> {
  readonly item: T;
  readonly rank: number;
  readonly incumbent: boolean;
}

export function withRanks<T>(ranked: readonly T[], isIncumbent: (item: T) => boolean): Ranked<T>[] {
  return ranked.map((item, i) => ({ item, rank: i + 1, incumbent: isIncumbent(item) }));
}

/** The seats of the chosen, in rank order: members keep theirs, newcomers get one for the reason given. */
export function seatsOf<T>(
  all: readonly Ranked<T>[],
  isChosen: (candidate: Ranked<T>) => boolean,
  newcomer: SeatReason,
): Seat<T>[] {
  return all
    .filter(isChosen)
    .map(({ item, rank, incumbent }) => ({ item, rank, reason: incumbent ? 'kept' : newcomer }));
}
