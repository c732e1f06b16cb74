/** Event studies on the bundled data, beside returns and weights worked out from plain rows. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  formatDay,
  InputError,
  runReviewStudy,
  runStudy,
  securityId,
  type Benchmark,
  type IndexData,
  type PricePanel,
  type StudyRun,
  type StudyWindow,
} from '../../../src/core/index.js';
import { bundle, rows } from '../bundle.js';
import { day } from '../days.js';
import { refusalOf } from '../refusals.js';

const CAMBRICON = securityId('688256');
let data: IndexData;
beforeAll(async () => {
  data = await bundle();
});

const study = (
  event: string,
  from: number,
  to: number,
  benchmark: Benchmark = 'index',
  of: IndexData = data,
  estimation = 120,
): StudyRun =>
  runStudy(of, { security: CAMBRICON, event: day(event), window: { from, to, estimation }, benchmark });

const percent = (fraction: number): string => (fraction * 100).toFixed(2);

describe('Cambricon on 2025-09-04', () => {
  it('raw, index and ex-self return are the printed ones', () => {
    const [only] = study('2025-09-04', 0, 0, 'ex-self').days;
    expect(percent(only.return)).toBe('-14.45');
    // Printed as -6.09 %, from levels that are held; the last digit was cut or rounded elsewhere.
    expect(Math.abs(only.benchmark - -0.0609)).toBeLessThan(1e-4);
    expect(Math.abs(only.benchmarkExSelf - -0.0463)).toBeLessThan(1.5e-4);
  });

  it('ex-self comes out of the weights of the evening before', async () => {
    const { units, price } = await rows(
      `SELECT s.adjusted_shares * s.capping_factor * coalesce((SELECT product(a.share_ratio) FROM {actions} a
          WHERE a.id = s.id AND a.share_ratio <> 1 AND a.ex_day > DATE '2025-06-13' AND a.ex_day <= DATE '2025-09-03'), 1) AS units,
        (SELECT close FROM {closes} c WHERE c.id = s.id AND c.day <= DATE '2025-09-03' ORDER BY c.day DESC LIMIT 1) AS price
        FROM {index_shares} s WHERE s.index_id = 'star-50' AND s.basket = 'A' ORDER BY s.id = '688256' DESC`,
    );
    const values = units.map((unit, i) => Number(unit) * Number(price[i]));
    const weight = values[0] / values.reduce((a, b) => a + b, 0);
    const [only] = study('2025-09-04', 0, 0).days;
    expect(percent(weight)).toBe('14.88');
    expect(only.benchmarkExSelf).toBeCloseTo((only.benchmark - weight * only.return) / (1 - weight), 6);
  });

  it('weeks compound to the printed moves', () => {
    expect(percent(study('2025-09-05', -4, 0).study.growth)).toBe('-14.14');
    expect(percent(study('2025-09-11', -3, 0).study.growth)).toBe('8.24');
    expect(percent(study('2025-09-12', -4, 0).study.growth)).toBe('16.12');
  });

  it('abnormal return is least squares on the sessions before, and the placebo ranks it', () => {
    const { days, study: fit, eventDay } = study('2025-09-04', -5, 8);
    const before = study('2025-08-27', -119, 0, 'index', data, 200).days;
    expect(formatDay(before[119].day)).toBe('2025-08-27');
    const [x, y] = [before.map((d) => d.benchmark), before.map((d) => d.return)];
    const [mx, my] = [x, y].map((values) => values.reduce((a, b) => a + b, 0) / 120);
    const beta =
      x.reduce((a, v, i) => a + (v - mx) * (y[i] - my), 0) / x.reduce((a, v) => a + (v - mx) ** 2, 0);
    expect(fit.beta).toBeCloseTo(beta, 10);
    const on = days[5];
    expect(formatDay(on.day)).toBe('2025-09-04');
    expect(on.abnormal).toBeCloseTo(on.return - (my - beta * mx) - beta * on.benchmark, 12);
    expect(eventDay.placebo.pValue).toBeGreaterThan(0.1);
    expect(eventDay.placebo.pValue).toBeLessThan(0.4);
    expect(eventDay.placebo.shifts).toBeGreaterThan(400);
    expect(days.at(-1)?.cumulative).toBeCloseTo(fit.car, 12);
  });
});

/** The same market with closes of one security changed. */
function changed(closes: Readonly<Record<string, number | undefined>>): IndexData {
  const { prices } = data.market;
  const at = prices.ids.indexOf(CAMBRICON);
  const kept = (row: number): boolean =>
    !(row >= prices.start[at] && row < prices.start[at + 1]) ||
    !(isoAt(row) in closes) ||
    closes[isoAt(row)] !== undefined;
  const isoAt = (row: number): string => formatDay(prices.day[row] as ReturnType<typeof day>);
  const all = Array.from(prices.day, (_, row) => row).filter(kept);
  const dropped = prices.day.length - all.length;
  const panel: PricePanel = {
    ids: prices.ids,
    start: prices.start.map((row, i) => (i > at ? row - dropped : row)),
    day: Int32Array.from(all, (row) => prices.day[row]),
    close: Float64Array.from(all, (row) =>
      row >= prices.start[at] && row < prices.start[at + 1]
        ? (closes[isoAt(row)] ?? prices.close[row])
        : prices.close[row],
    ),
    value: Float64Array.from(all, (row) => prices.value[row]),
    quality: Uint8Array.from(all, (row) => prices.quality[row]),
  };
  return { ...data, market: { ...data.market, prices: panel } };
}

describe('days that are no plain days', () => {
  it('a halt: no abnormal return, the next one covers it, and both are said', () => {
    const halted = changed({ '2025-09-04': undefined });
    const { days, findings } = study('2025-09-03', 0, 3, 'index', halted);
    expect(days[1].abnormal).toBeNaN();
    expect(days[2].return).toBeCloseTo(1281.46 / 1405 - 1, 12);
    const whole = study('2025-09-03', 0, 3).days;
    expect(days[2].benchmark).toBeCloseTo((1 + whole[1].benchmark) * (1 + whole[2].benchmark) - 1, 12);
    expect(findings.map(({ code }) => code)).toEqual(['halted', 'bridged']);
  });

  it('a close at the limit is said, and a window that ends on one goes on', () => {
    // Twenty percent below 1405.00.
    const locked = changed({ '2025-09-04': 1124 });
    const { days, findings } = study('2025-09-03', 0, 1, 'index', locked);
    expect(days.map((one) => one.locked)).toEqual([false, true, false]);
    expect(findings.map(({ code }) => code)).toEqual(['limit_locked']);
    expect(findings[0].message).toContain('goes on for 1 sessions');
    expect(study('2025-09-03', 0, 1).days).toHaveLength(2);
  });

  it.each([
    ['2025-09-06', 0, 0, 120, 'not_a_session'],
    ['2026-03-02', 0, 0, 120, 'outside_data'],
    ['2024-01-10', -1, 1, 120, 'too_few_estimation_days'],
    ['2025-09-04', -1, 1, 3, 'too_few_estimation_days'],
    ['2026-02-10', 0, 5, 120, 'outside_data'],
  ])('%s from %d to %d on %d days: %s', (event, from, to, estimation, code) => {
    expect(refusalOf(() => study(event, from, to, 'index', data, estimation)).code).toBe(code);
  });

  it('a window without its event is bad input', () => {
    expect(() => study('2025-09-04', 1, 5)).toThrow(InputError);
  });
});

describe('a move split into its parts', () => {
  const splitOver = (event: string, from: number): NonNullable<StudyRun['split']> => {
    const { split } = runStudy(data, {
      security: CAMBRICON,
      event: day(event),
      window: { from, to: 0, estimation: 120 },
      benchmark: 'index',
      review: { effective: day('2025-09-15'), knownAt: day('2025-09-12') },
    });
    if (split === undefined) throw new Error('no split');
    return split;
  };

  it('sums to the move; the forced sale is the impact of the whole trade', () => {
    const split = splitOver('2025-09-12', -10);
    const { days } = study('2025-09-12', -10, 0);
    expect(split.move).toBeCloseTo(
      days.reduce((a, one) => a + one.return, 0),
      12,
    );
    expect(split.market + split.sector + split.flow + split.remainder).toBeCloseTo(split.move, 14);
    expect(split.flow).toBeCloseTo(-0.0323, 4);
    expect(split.flowBand).toEqual([split.flow, split.flow / 2]);
  });

  it('before the swap close nothing was forced, and the fall of 2025-09-04 is market and remainder', () => {
    const split = splitOver('2025-09-04', 0);
    expect([split.flow, percent(split.move)]).toEqual([0, '-14.45']);
    expect(split.market).toBeLessThan(-0.1);
    expect(split.remainderBand).toEqual([split.remainder, split.remainder]);
  });
});

describe('reviews of STAR 50', () => {
  const window: StudyWindow = { from: -1, to: 3, estimation: 120 };
  it('all changes with closes, by side; the others are named', () => {
    const { groups, findings } = runReviewStudy(data, { at: 'swap', window });
    expect(groups.map(({ action, events }) => [action, ...events.map(({ security }) => security)])).toEqual([
      ['add', '688183', '688220', '688702'],
      ['delete', '688561', '688363', '688563'],
    ]);
    const left = findings.filter(({ code }) => code === 'event_left_out');
    expect(left).toHaveLength(data.changes.length - 6);
    const [{ group, events, placebo }] = groups;
    expect(group.meanCar).toBeCloseTo(events.reduce((total, { study: { car } }) => total + car, 0) / 3, 14);
    expect(placebo.shifts).toBeGreaterThan(300);
  });

  it('day 0 is the announcement, or the session before the effective day', () => {
    const daysAt = (at: 'announcement' | 'swap'): string[] =>
      runReviewStudy(data, { at, window }).groups[0].events.map((event) => formatDay(event.day));
    expect(daysAt('announcement')).toEqual(['2025-08-29', '2025-11-28', '2025-11-28']);
    expect(daysAt('swap')).toEqual(['2025-09-12', '2025-12-12', '2025-12-12']);
  });

  it('without closes there is nothing to study', () => {
    expect(refusalOf(() => runReviewStudy({ ...data, changes: [] }, { at: 'swap', window })).code).toBe(
      'no_events',
    );
  });
});

describe('another index', () => {
  it('takes the place of the index, and its market model is least squares on its closes', async () => {
    const { at, close } = await rows(
      `SELECT CAST(day - DATE '1970-01-01' AS INTEGER) AS at, close FROM {benchmark_levels} WHERE index_id = 'csi-1000' ORDER BY day`,
    );
    const levels = new Map(at.map((on, i) => [Number(on) as ReturnType<typeof day>, Number(close[i])]));
    const request = {
      security: CAMBRICON,
      event: day('2025-09-04'),
      window: { from: 0, to: 0, estimation: 60 },
      benchmark: 'index',
    } as const;
    const { study: fit, days } = runStudy(data, { ...request, other: { id: 'csi-1000', levels } });
    const closes = close.slice(0, at.indexOf(day('2025-09-04')) + 1).map(Number);
    const market = closes.slice(1).map((level, i) => level / closes[i] - 1);
    expect(days[0].benchmark).toBeCloseTo(market[market.length - 1], 12);
    const own = study('2025-09-03', -60, 0, 'index', data, 40)
      .days.slice(-60)
      .map((one) => one.return);
    const before = market.slice(-61, -1);
    const [mx, my] = [before, own].map((values) => values.reduce((a, b) => a + b, 0) / 60);
    const beta =
      before.reduce((a, x, i) => a + (x - mx) * (own[i] - my), 0) /
      before.reduce((a, x) => a + (x - mx) ** 2, 0);
    expect(fit.beta).toBeCloseTo(beta, 9);
    expect(() =>
      runStudy(data, { ...request, benchmark: 'peers', other: { id: 'csi-1000', levels } }),
    ).toThrow(InputError);
  });
});

describe('matched controls', () => {
  const controlled = (of: IndexData = data): StudyRun => study('2025-09-04', -3, 7, 'controls', of);

  it('are ten, named, none with a change of the index near the window, and the benchmark is their mean', () => {
    const { controls = [], findings, study: fit } = controlled();
    const ids = controls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(10);
    // In, out, and the one under study.
    for (const id of ['688183', '688561', '688256']) expect(ids).not.toContain(id);
    const said = findings.find(({ code }) => code === 'controls_matched')?.message ?? '';
    for (const id of ids) expect(said).toContain(id);
    const { prices } = data.market;
    const closeOn = (id: (typeof ids)[number], on: string): number => {
      const at = prices.ids.indexOf(id);
      for (let row = prices.start[at]; row < prices.start[at + 1]; row++)
        if (prices.day[row] === day(on)) return prices.close[row];
      throw new Error(`no close of ${id} on ${on}`);
    };
    const mean = ids.reduce((a, id) => a + closeOn(id, '2025-09-04') / closeOn(id, '2025-09-03') - 1, 0) / 10;
    expect(fit.abnormal[3]).toBeCloseTo(1202 / 1405 - 1 - fit.alpha - fit.beta * mean, 10);
  });

  it('nothing from the window decides who they are', () => {
    const { prices } = data.market;
    const moved = {
      ...prices,
      close: prices.close.map((close, row) =>
        prices.day[row] >= day('2025-09-01') ? close * (1 + (row % 7) / 50) : close,
      ),
    };
    const later = controlled({ ...data, market: { ...data.market, prices: moved } });
    expect(later.controls).toEqual(controlled().controls);
  });

  it('too few to match with is refused', () => {
    const { securities } = data.market;
    const few = securities.filter(({ id }) => ['688256', '688008', '688012', '688111'].includes(id));
    const refused = refusalOf(() => controlled({ ...data, market: { ...data.market, securities: few } }));
    expect([refused.code, refused.numbers.controls]).toEqual(['no_controls', 3]);
  });
});
