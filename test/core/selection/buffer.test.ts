/** Buffer, turnover limit and reserve list on letters in rank order (rulebooks 2.4, E11, E24). */
import { describe, expect, it } from 'vitest';
import { limitTurnover, seatByBuffer, type BufferRule } from '../../../src/core/index.js';
import { reserveList } from '../../../src/core/selection/reserveList.js';

interface Case {
  readonly ranked: string;
  readonly previous: string;
  readonly count: number;
  readonly enter: number;
  readonly keep: number;
}

function seated({ ranked, previous, ...lines }: Case, order: BufferRule['order'] = 'keep-first') {
  const isIncumbent = (letter: string): boolean => previous.includes(letter);
  return seatByBuffer([...ranked], isIncumbent, { kind: 'buffer', order, ...lines });
}

const members = (input: Case, order?: BufferRule['order']): string =>
  seated(input, order)
    .map((seat) => seat.item)
    .join('');

const four = { count: 4, enter: 3, keep: 6 };

describe('rulebooks E11, keep first', () => {
  it.each<[Case, string]>([
    [{ ranked: 'abcdef', previous: 'e', ...four }, 'abce'],
    [{ ranked: 'abcdef', previous: 'ef', ...four }, 'abef'],
    [{ ranked: 'abcdef', previous: '', ...four }, 'abcd'],
    [{ ranked: 'abcdefg', previous: 'g', ...four }, 'abcd'],
    [{ ranked: 'abcde', previous: 'c', count: 3, enter: 2, keep: 2 }, 'abc'],
    [{ ranked: 'abcde', previous: 'bcde', count: 3, enter: 3, keep: 5 }, 'bcd'],
  ])('%j gives %s', (input, expected) => {
    expect(members(input)).toBe(expected);
  });
});

describe('enter first, for contrast', () => {
  it('newcomers to the enter line take the seats that the last keepers would have kept', () => {
    const input = { ranked: 'abcdef', previous: 'ef', ...four };
    expect(members(input)).toBe('abef');
    expect(members(input, 'enter-first')).toBe('abce');
  });

  it('makes no difference where seats are enough for both', () => {
    const input = { ranked: 'abcdef', previous: 'e', ...four };
    expect(members(input, 'enter-first')).toBe(members(input));
  });
});

describe('a seat', () => {
  it('says which part of the rule gave it, in rank order', () => {
    // Lines at 2 and 5: e is kept, a and b enter; c takes the last seat by rank alone.
    const seats = seated({ ranked: 'abcdef', previous: 'e', count: 4, enter: 2, keep: 5 });
    expect(seats.map(({ item, rank, reason }) => `${item}${rank} ${reason}`)).toEqual([
      'a1 entered',
      'b2 entered',
      'c3 filled',
      'e5 kept',
    ]);
  });

  it('of an incumbent beyond the keep line is an ordinary seat by rank', () => {
    const seats = seated({ ranked: 'abcd', previous: 'd', count: 4, enter: 1, keep: 2 });
    expect(seats.at(-1)).toEqual({ item: 'd', rank: 4, reason: 'filled' });
  });

  it('stays empty when there are fewer candidates than seats', () => {
    expect(members({ ranked: 'ab', previous: 'b', ...four })).toBe('ab');
    expect(members({ ranked: '', previous: '', ...four })).toBe('');
  });
});

describe('turnover limit', () => {
  const rule = { kind: 'turnover-limit', fraction: 0.1, pairing: 'best-in-worst-out' } as const;
  const letters = (text: string): string[] => [...text];

  // rulebooks E24: 50 of 500 and 100 of 1000 bind; 5 of 50 is possible for STAR 50.
  it.each([
    [50, 5],
    [500, 50],
    [1000, 100],
    [300, 30],
    [49, 4],
    [9, 0],
  ])('a tenth of %i is %i', (count, limit) => {
    expect(limitTurnover([], [], count, rule).limit).toBe(limit);
  });

  it('pairs the best newcomers with the worst leavers', () => {
    expect(limitTurnover(letters('abcdefg'), letters('ZYXWVUT'), 50, rule)).toEqual({
      additions: letters('abcde'),
      deletions: letters('ZYXWV'),
      heldBackAdditions: letters('fg'),
      heldBackDeletions: letters('UT'),
      limit: 5,
    });
  });

  it('does nothing below the limit', () => {
    expect(limitTurnover(letters('ab'), letters('ZY'), 50, rule)).toMatchObject({
      additions: letters('ab'),
      deletions: letters('ZY'),
      heldBackAdditions: [],
      heldBackDeletions: [],
    });
  });

  it('holds exactly at the limit: 5 of 50, as in March 2021', () => {
    expect(limitTurnover(letters('abcde'), letters('ZYXWV'), 50, rule)).toMatchObject({
      heldBackAdditions: [],
      heldBackDeletions: [],
    });
  });

  it('lets newcomers take seats that are empty anyway', () => {
    // Seven newcomers, one leaver: six seats were empty before, only one change pushes somebody out.
    expect(limitTurnover(letters('abcdefg'), ['Z'], 50, rule)).toMatchObject({
      additions: letters('abcdefg'),
      deletions: ['Z'],
    });
  });

  it('never leaves more or fewer members than there were seats taken', () => {
    for (let into = 0; into <= 12; into++) {
      for (let out = 0; out <= into; out++) {
        const swaps = limitTurnover(
          letters('abcdefghijkl'.slice(0, into)),
          letters('ZYXWVUTSRQPO'.slice(0, out)),
          50,
          rule,
        );
        // Empty seats fill up; every other newcomer takes the seat of somebody who leaves.
        expect(swaps.additions.length - swaps.deletions.length).toBe(into - out);
        expect(swaps.deletions.length).toBe(Math.min(out, 5));
      }
    }
  });
});

describe('reserve list', () => {
  it('is the best-ranked without a seat, in rank order', () => {
    const rule = { kind: 'reserve-list', length: 3 } as const;
    expect(reserveList([...'abcdefgh'], (letter) => 'abdf'.includes(letter), rule)).toEqual([...'ceg']);
    expect(reserveList([...'abc'], (letter) => letter === 'a', rule)).toEqual([...'bc']);
    expect(reserveList([...'abc'], () => false, { ...rule, length: 0 })).toEqual([]);
  });
});
