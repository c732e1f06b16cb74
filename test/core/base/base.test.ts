/** Sums, hashes, findings, version: what everything else stands on. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash, distinctFindings, dot, ENGINE_VERSION, sum } from '../../../src/core/index.js';

describe('sum', () => {
  it('ten times 0.1 is 1', () => {
    expect(sum(Array<number>(10).fill(0.1))).toBe(1);
  });

  it('keeps what cancellation would lose', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum([1e16, 1, 1, 1, 1, -1e16])).toBe(4);
  });

  it('of nothing is nothing', () => {
    expect(sum([])).toBe(0);
    expect(sum(new Float64Array(3))).toBe(0);
  });

  it('is exact in hundredths over many values, as counting in whole hundredths is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 5000 }), (cents) => {
        const exact = cents.reduce((total, cent) => total + cent, 0) / 100;
        expect(Math.abs(sum(cents.map((cent) => cent / 100)) - exact)).toBeLessThanOrEqual(1e-9);
      }),
    );
  });
});

describe('dot', () => {
  it('is the sum of products, with the same care', () => {
    expect(dot([1, 2, 3], [4, 5, 6])).toBe(32);
    expect(dot(Array<number>(10).fill(0.1), Array<number>(10).fill(1))).toBe(1);
    expect(dot([1, 1e50, 1, -1e50], [1, 1e50, 1, 1e50])).toBe(2);
    expect(dot(new Float64Array(0), new Float64Array(0))).toBe(0);
  });
});

describe('contentHash', () => {
  const float64 = (...values: number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 8);
    values.forEach((value, i) => bytes.writeDoubleLE(value, i * 8));
    return bytes;
  };
  const sha256 = (...parts: Buffer[]): string =>
    createHash('sha256').update(Buffer.concat(parts)).digest('hex');

  it('is SHA-256 over each part with its length before it, as node:crypto computes it', () => {
    // "科创" is six bytes of UTF-8; the list is "2:ab1:c" in seven.
    const expected = sha256(
      float64(6),
      Buffer.from('科创', 'utf8'),
      float64(8),
      float64(1.5),
      float64(16),
      float64(1, -2),
      float64(7),
      Buffer.from('2:ab1:c', 'utf8'),
    );
    expect(contentHash(['科创', 1.5, Float64Array.of(1, -2), ['ab', 'c']])).toBe(expected);
  });

  it('of nothing is the SHA-256 of nothing', () => {
    expect(contentHash([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('tells apart lists that join to the same text', () => {
    const hashes = [['ab', 'c'], ['a', 'bc'], ['abc'], ['', 'abc'], ['abc', ''], ['a', 'b', 'c']].map(
      (list) => contentHash([list]),
    );
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('tells apart parts that join to the same bytes', () => {
    expect(contentHash(['ab', 'c'])).not.toBe(contentHash(['a', 'bc']));
    expect(contentHash([Float64Array.of(1, 2)])).not.toBe(contentHash([1, 2]));
    expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
  });

  it('does not depend on the kind of column that holds the numbers', () => {
    expect(contentHash([Int32Array.of(1, 2)])).toBe(contentHash([[1, 2]]));
    expect(contentHash([Uint8Array.of(1, 2)])).toBe(contentHash([Float64Array.of(1, 2)]));
  });

  it('changes with any single value', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => i / 7);
    const before = contentHash([values]);
    for (let i = 0; i < values.length; i++) {
      const changed = values.slice();
      changed[i] += 1e-12;
      expect(contentHash([changed])).not.toBe(before);
    }
  });

  // "The same values give the same hash on every machine": x86 makes 0/0 with the sign bit set, ARM without.
  it('a missing value is a missing value, whatever bits the machine gave it', () => {
    const negative = new Float64Array(new BigUint64Array([0xfff8000000000000n]).buffer);
    expect(contentHash([negative])).toBe(contentHash([[Number.NaN]]));
  });
});

describe('distinctFindings', () => {
  const finding = (code: string, subject = 's', message = 'm') => ({ code, subject, message });

  it('keeps the first of equals, in order of first appearance', () => {
    expect(
      distinctFindings([finding('b'), finding('a')], [finding('a'), finding('c'), finding('b')]),
    ).toEqual([finding('b'), finding('a'), finding('c')]);
  });

  it('differs by code, subject or message', () => {
    const all = [finding('a'), finding('b'), finding('a', 't'), finding('a', 's', 'n')];
    expect(distinctFindings(all)).toEqual(all);
    expect(distinctFindings([])).toEqual([]);
  });
});

it('the engine is the version of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(ENGINE_VERSION).toBe(version);
});
