/** The bundled figures are sound, and every kind of mistake in a file of figures is named with its place, all at once. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  DEFAULT_ASSUMPTIONS,
  dayOf,
  InputError,
  knownStatements,
  runEarnings,
  runValue,
  trailing,
  type Fundamentals,
} from '../../src/core/index.js';
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

describe('a file of one’s own', () => {
  const own = (metric: string, value: number, period = '2025,H1,2025-06-30'): string =>
    `688256,${period},${metric},${value},CNY,reported,,`;
  const valued = async (...rows: string[]) =>
    runValue(await read(rows), {
      company: '688256',
      at: dayOf(2025, 9, 11),
      assumptions: DEFAULT_ASSUMPTIONS,
    });
  const BALANCES = [
    own('cash', 1_000_000_000),
    own('long_term_debt', 200_000_000),
    own('short_term_debt', 0),
    own('total_equity', 6_700_000_000),
  ];

  it('adds what the bundle does not have', async () => {
    const { multiples, findings } = await valued(...BALANCES);
    const of = (id: string) => multiples.find((one) => one.id === id);
    const worth = 1387 * 418_350_224;
    expect(of('pb')?.value).toBeCloseTo(worth / 6.7e9, 9);
    // Twelve months of sales: 1,174,464,400 + 2,880,643,500 - 64,765,300.
    expect(of('ev-sales')?.value).toBeCloseTo((worth + 200_000_000 - 1_000_000_000) / 3_990_342_600, 9);
    expect(of('pb')?.inputs.at(-1)?.source).toBe('own.csv');
    expect(of('pe-ttm')?.value).toBeCloseTo(worth / 1_115_661_200, 9);
    expect(findings.map(({ code }) => code)).not.toContain('lines_not_held');
  });

  it('without it the lines that are missing are named', async () => {
    const { findings } = runValue(bundled, {
      company: '688256',
      at: dayOf(2025, 9, 11),
      assumptions: DEFAULT_ASSUMPTIONS,
    });
    const lacking = findings.find(({ code }) => code === 'lines_not_held');
    expect(lacking?.message).toMatch(/^long_term_debt, total_equity not held, so there is no ev-sales, pb;/);
  });

  it('replaces the same line of the bundle, and no other', async () => {
    const { multiples } = await valued(own('net_profit_attributable', 1_038_500_000));
    const [pe] = multiples;
    expect(pe.value).toBeCloseTo((1387 * 418_350_224) / 1_116_161_200, 9);
  });

  it('debt of one day is not held against cash of another', async () => {
    const { multiples } = await valued(...BALANCES.filter((text) => !text.includes(',cash,')));
    const ev = multiples.find(({ id }) => id === 'ev-sales');
    // The bundle has cash at the end of March only.
    expect([ev?.value, ev?.missing]).toEqual([undefined, 'cash 2025H1']);
  });

  it('the example works out the scores of its company', async () => {
    const data = await loadFundamentals(FOLDER, 'examples/statements.csv');
    const { scores } = runEarnings(data, { company: 'DEMO', period: { year: 2024, span: 'FY' } });
    const of = (id: string) => scores.find((one) => one.id === id)?.value;
    // (190 - 120) million over the mean of the assets at both ends.
    expect(of('sloan-accruals')).toBeCloseTo(70 / 1675, 12);
    // 6.56 x 530 / 1850 + 3.26 x 560 / 1850 + 6.72 x 230 / 1850 + 1.05 x 1030 / 820
    expect(of('altman-z2')).toBeCloseTo(
      (6.56 * 530 + 3.26 * 560 + 6.72 * 230) / 1850 + (1.05 * 1030) / 820,
      12,
    );
    const [days, margin, growth] = [330 / 1300 / (200 / 1000), 0.4 / (500 / 1300), 1.3];
    const quality = (1 - 1520 / 1850) / (1 - 1200 / 1500);
    const depreciation = 40 / 440 / (50 / 520);
    const selling = 180 / 1300 / (150 / 1000);
    const [accruals, leverage] = [70 / 1850, 770 / 1850 / (600 / 1500)];
    expect(of('beneish-m')).toBeCloseTo(
      -4.84 +
        0.92 * days +
        0.528 * margin +
        0.404 * quality +
        0.892 * growth +
        0.115 * depreciation -
        0.172 * selling +
        4.679 * accruals -
        0.327 * leverage,
      12,
    );
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
