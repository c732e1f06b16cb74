/** Input of `weigh`: the smallest table that can be weighted, and its mistakes. */
import { describe, expect, it } from 'vitest';
import { readWeighInput } from '../../src/data/weighInput.js';
import { scratch } from './scratch.js';

const { write } = scratch();

const read = (...lines: readonly string[]) => readWeighInput(write('weigh.csv', [...lines, ''].join('\n')));

describe('readWeighInput', () => {
  it('reads id and market capitalisation', async () => {
    expect(await read('id,marketCap', 'a,100', 'b,2.5e9')).toEqual({
      rows: [
        { id: 'a', marketCap: 100 },
        { id: 'b', marketCap: 2.5e9 },
      ],
      issues: [],
    });
  });

  it('reads the optional columns and leaves out what is empty', async () => {
    const { rows, issues } = await read(
      'id,marketCap,issuer,group,weightInForce',
      'a,100,A,chips,0.05',
      'b,200,,,',
      'c,300,C,,0',
    );
    expect(issues).toEqual([]);
    expect(rows).toStrictEqual([
      { id: 'a', marketCap: 100, issuer: 'A', group: 'chips', weightInForce: 0.05 },
      { id: 'b', marketCap: 200 },
      { id: 'c', marketCap: 300, issuer: 'C', weightInForce: 0 },
    ]);
  });

  it.each(['marketCap', 'market_cap', 'MARKETCAP', 'Market_Cap'])(
    'takes %s for the same column',
    async (name) => {
      expect(await read(`ID,${name},WEIGHT_IN_FORCE`, 'a,1,0.5')).toEqual({
        rows: [{ id: 'a', marketCap: 1, weightInForce: 0.5 }],
        issues: [],
      });
    },
  );

  it('refuses both spellings of a column at once', async () => {
    const { rows, issues } = await read('id,marketCap,market_cap', 'a,1,2');
    expect(rows).toEqual([]);
    expect(issues).toMatchObject([{ code: 'duplicate_column', path: 'marketCap', value: 'market_cap' }]);
  });

  it('refuses a market capitalisation of zero or less', async () => {
    const { rows, issues } = await read('id,marketCap', 'a,0', 'b,-1', 'c,1');
    expect(rows).toEqual([{ id: 'c', marketCap: 1 }]);
    expect(issues).toMatchObject([
      {
        code: 'not_positive',
        path: 'marketCap',
        line: 2,
        value: '0',
        expected: 'a market capitalisation above 0',
      },
      { code: 'not_positive', path: 'marketCap', line: 3, value: '-1' },
    ]);
  });

  it('refuses a percentage where a fraction belongs', async () => {
    const { issues } = await read('id,marketCap,weightInForce', 'a,1,5.43', 'b,1,5.43%');
    expect(issues.map(({ code, expected }) => `${code}: ${expected}`)).toEqual([
      'not_a_fraction: a fraction from 0 to 1, 0.0543 for 5.43 %',
      'not_a_number: a fraction and no percent sign: 0.0543',
    ]);
  });

  it('refuses an id given twice', async () => {
    const { rows, issues } = await read('id,marketCap', 'a,1', 'a,2');
    expect(rows).toEqual([{ id: 'a', marketCap: 1 }]);
    expect(issues).toMatchObject([{ code: 'duplicate_row', path: 'id', line: 3, value: 'a' }]);
  });

  it('names the column that is missing, and the one that was probably meant', async () => {
    const { issues } = await read('id,market cap', 'a,1');
    expect(issues).toMatchObject([
      {
        code: 'missing_column',
        path: 'marketCap',
        expected: 'a column named marketCap; did you mean marketCap where it says market cap?',
      },
    ]);
  });
});
