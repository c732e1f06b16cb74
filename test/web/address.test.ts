/** Addresses as somebody types them: what cannot be one of ours is no page, and what-ifs keep only what can be computed. */
import { describe, expect, test } from 'vitest';
import { partsOf } from '../../src/web/state/route.js';
import { requestOf } from '../../src/web/pages/whatIfQuery.js';

describe('parts of a path', () => {
  test('are decoded', () => {
    expect(partsOf('/indices/star-50/')).toEqual(['indices', 'star-50']);
    expect(partsOf('/trade/%E8%B4%A6%E6%88%B7')).toEqual(['trade', '账户']);
    expect(partsOf('/')).toEqual([]);
  });

  test.each([
    '/indices/%00',
    '/indices/..%2F..%2Fetc',
    '/indices/%E0%A4%A',
    '/indices/a%3Fb',
    '/indices/%25',
  ])('%s is no page', (address) => {
    expect(partsOf(address)).toEqual([address]);
  });
});

describe('a what-if', () => {
  const asked = (query: string) => requestOf(new URLSearchParams(query), '2025-09-15');

  test('takes numbers above zero', () => {
    expect(asked('price.688256=0.9&cap.caps.single=0.15&assets=1e11')).toMatchObject({
      prices: { 688256: 0.9 },
      caps: { 'caps.single': 0.15 },
      assets: 1e11,
    });
  });

  test.each(['-3', '0', 'abc', '', 'Infinity', '1e99'])('leaves %s alone', (text) => {
    expect(asked(`price.688256=${text}&cap.caps.single=${text}&assets=${text}`)).toMatchObject({
      prices: {},
      caps: {},
      assets: undefined,
    });
  });
});
