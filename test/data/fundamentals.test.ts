/** The bundled figures are sound, and every kind of mistake in a file of figures is named with its place, all at once. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dayOf, InputError, knownStatements, trailing, type Fundamentals } from '../../src/core/index.js';
import { loadFundamentals } from '../../src/data/fundamentals.js';
import { scratch } from './scratch.js';

const FOLDER = 'datasets/cn-fundamentals';
const HEAD = 'company,fiscal_year,span,period_end,metric,value,unit,quality,source_url,announced';
const at = dayOf(2026, 12, 31);

const files = scratch();

let bundled: Fundamentals;
beforeAll(async () => {
  bundled = await loadFundamentals(FOLDER);
});

async function read(rows: readonly string[]): Promise<Fundamentals> {
  return loadFundamentals(FOLDER, files.write('own.csv', `${HEAD}\n${rows.join('\n')}\n`));
}

async function issuesOf(rows: readonly string[]): Promise<InputError['issues']> {
  try {
    await read(rows);
  } catch (error) {
    if (error instanceof InputError) return error.issues;
    throw error;
  }
  throw new Error('nothing was refused');
}

const row = (period: string, metric: string, value: string, more = 'CNY,reported,made,'): string => {
  const [year, span] = [period.slice(0, 4), period.slice(4)];
  const end = { Q1: '03-31', H1: '06-30', Q2: '06-30', '9M': '09-30', Q3: '09-30', FY: '12-31', Q4: '12-31' }[
    span
  ];
  return `MADE,${year},${span},${year}-${end},${metric},${value},${more}${Number(year) + 1}-01-15`;
};
const YEARS = ['2022FY', '2023FY', '2024FY', '2025FY'];
const SOUND = YEARS.map((year) => row(year, 'revenue', '800000000'));

describe('the bundle', () => {
  it('has no issue, and the half-year report in the evening of 2025-08-26', () => {
    const half = (day: number) => knownStatements(bundled.facts, '688256', dayOf(2025, 8, day));
    expect(trailing(half(26), 'net_profit_attributable').asOfPeriod).toEqual({ year: 2025, span: 'Q1' });
    const after = trailing(half(27), 'net_profit_attributable');
    expect(after.asOfPeriod).toEqual({ year: 2025, span: 'H1' });
    // -4.523388 + 10.38 + 5.30 in 亿.
    expect(after.value).toBeCloseTo(-452_338_800 + 1_038_000_000 + 530_000_000, 6);
    expect(after.knownSince).toBe(dayOf(2025, 8, 27));
  });

  it('has a source for every figure that is not a deadline of the law', () => {
    expect(bundled.facts.filter(({ source }) => !source.startsWith('http'))).toEqual([]);
  });
});

it('the provenance has the hash of every file as it is', () => {
  const { files: tables, kept_by_hand: kept } = JSON.parse(
    readFileSync(`${FOLDER}/provenance.json`, 'utf8'),
  ) as Record<'files' | 'kept_by_hand', { file: string; sha256: string }[]>;
  const csv = readdirSync(FOLDER).filter((name) => name.endsWith('.csv'));
  expect(kept.map(({ file }) => file)).toEqual(csv.toSorted());
  for (const { file, sha256 } of [...tables, ...kept]) {
    expect([
      file,
      createHash('sha256')
        .update(readFileSync(`${FOLDER}/${file}`))
        .digest('hex'),
    ]).toEqual([file, sha256]);
  }
});

describe('a file of figures', () => {
  it('is used when sound', async () => {
    const { facts } = await read(SOUND);
    expect(trailing(knownStatements(facts, 'MADE', at), 'revenue').value).toBe(800_000_000);
  });

  it.each([
    ['unit_slip', [...SOUND.slice(1), row('2022FY', 'revenue', '80000')], 'MADE revenue 2022FY'],
    ['unit_slip', [...SOUND.slice(1), row('2022FY', 'revenue', '8000000000000')], 'MADE revenue 2022FY'],
    [
      'does_not_add_up',
      [row('2025Q1', 'revenue', '100'), row('2025H1', 'revenue', '300'), row('2025Q2', 'revenue', '250')],
      'MADE revenue 2025Q2',
    ],
    [
      'not_cumulative',
      [row('2025H1', 'revenue', '300'), row('2025FY', 'revenue', '250')],
      'MADE revenue 2025FY',
    ],
    [
      'two_period_ends',
      [row('2025FY', 'revenue', '300'), row('2025FY', 'cash', '1').replace('2025-12-31', '2025-06-30')],
      'MADE cash 2025FY',
    ],
    [
      'margin_mismatch',
      [
        row('2025FY', 'revenue', '100'),
        row('2025FY', 'cost_of_revenue', '40'),
        row('2025FY', 'gross_margin_pct', '40', 'pct,reported,made,'),
      ],
      'MADE gross_margin_pct 2025FY',
    ],
    ['no_announcement', [row('2025FY', 'revenue', '100').replace('2026-01-15', '')], 'MADE revenue 2025FY'],
    ['duplicate_row', [SOUND[0], SOUND[0]], 'company, fiscal_year, span, metric, announced'],
    ['unknown_word', [row('2025FY', 'turnover', '100')], 'metric'],
    ['not_a_number', [row('2025FY', 'revenue', '12%')], 'value'],
    ['missing_value', [row('2025FY', 'revenue', '')], 'value'],
  ])('with %s is refused', async (code, rows, path) => {
    const issues = await issuesOf(rows);
    expect(issues.map((one) => [one.code, one.path])).toEqual([[code, path]]);
  });

  it('with several mistakes names them all', async () => {
    const rows = [
      ...SOUND.slice(1),
      row('2022FY', 'revenue', '80000'),
      row('2025FY', 'turnover', '1'),
      row('2025H1', 'cash', 'x'),
    ];
    expect((await issuesOf(rows)).map(({ code }) => code)).toEqual([
      'unknown_word',
      'not_a_number',
      'unit_slip',
    ]);
  });
});
