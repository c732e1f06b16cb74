/** Exchanges: the worst-ranked member against the best-ranked candidate, for as long as a test asks for it. */
import type { Ranked } from './seat.js';

export interface Exchange<T, Test> {
  readonly out: Ranked<T>;
  readonly in: Ranked<T>;
  /** The test that asked for it. */
  readonly test: Test;
}

/** One test: whether a member of one rank must give way to a candidate of another. */
export interface ExchangeTest<Test> {
  readonly test: Test;
  readonly asks: (outRank: number, inRank: number) => boolean;
}

/** Every exchange, in the order of the tests; each test is repeated until it asks for nothing. */
export function exchanges<T, Test>(
  members: readonly Ranked<T>[],
  candidates: readonly Ranked<T>[],
  tests: readonly ExchangeTest<Test>[],
): Exchange<T, Test>[] {
  const inside = members.toSorted((a, b) => a.rank - b.rank);
  const waiting = candidates.toSorted((a, b) => a.rank - b.rank);
  const made: Exchange<T, Test>[] = [];
  for (const { test, asks } of tests) {
    while (inside.length > 0 && waiting.length > 0 && asks(inside[inside.length - 1].rank, waiting[0].rank)) {
      const out = inside.pop() as Ranked<T>;
      const into = waiting.shift() as Ranked<T>;
      made.push({ out, in: into, test });
      const place = inside.findIndex((member) => member.rank > into.rank);
      inside.splice(place < 0 ? inside.length : place, 0, into);
    }
  }
  return made;
}
