/** Event-study statistics against a sample worked out in two other languages, closed forms, and corrupted variants. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  abnormalReturns,
  corradoRanks,
  exSelf,
  groupStudy,
  kolariPynnonen,
  meanCorrelation,
  patell,
  placebo,
  priceLimits,
  splitMove,
  type AbnormalReturns,
  type EventRows,
  type ReturnColumns,
} from '../../../src/core/index.js';
import { ACCEPTANCE } from '../acceptance.js';
import { refusalOf } from '../refusals.js';

const { event_study_synthetic: SAMPLE } = ACCEPTANCE;
const DAYS = SAMPLE.L1 + SAMPLE.event_days;
const ROWS: EventRows = { estimationFrom: 0, estimationTo: SAMPLE.L1, from: SAMPLE.L1, to: DAYS - 1 };
const DAY0 = SAMPLE.day0_index - SAMPLE.L1;

/** The sample's generator: a 32-bit congruential one; twelve uniform numbers less six are a draw. */
function sample(): { market: number[]; firms: number[][] } {
  let state = 12345;
  const draw = (): number => {
    let total = -6;
    for (let i = 0; i < 12; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      total += state / 2 ** 32;
    }
    return total;
  };
  const market = Array.from({ length: DAYS }, () => 0.0004 + 0.01 * draw());
  const firms = Array.from({ length: 6 }, (_, j) =>
    market.map((m, t) => {
      const r = 0.0002 * (j - 2) + (0.6 + 0.2 * j) * m + (0.012 + 0.004 * j) * draw();
      return t === SAMPLE.day0_index ? r + 0.03 : r;
    }),
  );
  return { market, firms };
}

const columnsOf = (own: readonly number[], benchmark: readonly number[]): ReturnColumns => ({
  own: Float64Array.from(own),
  benchmark: Float64Array.from(benchmark),
  span: Float64Array.from(own, () => 1),
});

const { market, firms } = sample();
const events = firms.map((own) => abnormalReturns(columnsOf(own, market), ROWS));

describe('synthetic sample', () => {
  const { own, check, tolerance } = SAMPLE;
  const close = (got: number, wanted: number): void => expect(Math.abs(got - wanted)).toBeLessThan(tolerance);

  it('is the one that was worked out elsewhere', () => {
    expect([market[0], market[1], firms[0][0], firms[5][124]]).toEqual([
      check.M0,
      check.M1,
      check.r0_0,
      check.r5_124,
    ]);
  });

  it.each(own.alpha_beta_s_AR0_CAR.map((row, firm) => ({ row, firm })))(
    'market model of firm $firm',
    ({ row, firm }) => {
      const { alpha, beta, residualDeviation, abnormal, car } = events[firm];
      [alpha, beta, residualDeviation, abnormal[DAY0], car].forEach((got, i) => close(got, row[i]));
    },
  );

  it('every test of the day and of the window', () => {
    const group = groupStudy(events);
    const day = group.days[DAY0];
    close(day.mean, own.AAR0);
    close(day.tests.patell, own.patell_day0);
    close(day.tests.bmp, own.bmp_day0);
    close(group.correlation, own.rbar);
    close(day.tests.kolariPynnonen, own.kolari_pynnonen_day0);
    close(day.tests.corradoRank, own.corrado_rank_day0);
    close(day.tests.generalisedSign, own.gsign_z);
    close(group.meanCar, own.CAAR);
    close(group.tests.patell, own.patell_CAR);
    close(group.tests.bmp, own.bmp_CAR);
  });

  it('the mean so far and its error, event by event', () => {
    const { days, correlation } = groupStudy(events);
    const n = events.length;
    days.forEach(({ cumulative, cumulativeError }, offset) => {
      const soFar = events.map(({ abnormal }) =>
        Array.from(abnormal.slice(0, offset + 1)).reduce((total, one) => total + (one || 0), 0),
      );
      const mean = soFar.reduce((total, one) => total + one, 0) / n;
      const squares = soFar.reduce((total, one) => total + (one - mean) ** 2, 0);
      // The spread between events, had they been independent, is larger than the one seen: (1 - r) of it.
      const variance = squares / (n - 1) / (1 - correlation);
      close(cumulative, mean);
      close(cumulativeError, Math.sqrt((variance / n) * (1 + (n - 1) * correlation)));
    });
    close(days[days.length - 1].cumulative, groupStudy(events).meanCar);
  });

  it('usual mistakes do not give these numbers', () => {
    const standardised = events.map((event) => event.standardised[DAY0]);
    const raw = events.map((event) => event.abnormal[DAY0] / event.residualDeviation);
    const wrong = [
      // The forecast error of the market model left out.
      [
        patell(
          raw,
          raw.map(() => SAMPLE.L1),
        ),
        own.patell_day0,
      ],
      // Degrees of freedom left out.
      [standardised.reduce((a, b) => a + b, 0) / Math.sqrt(6), own.patell_day0],
      // Residuals taken as unrelated.
      [kolariPynnonen(standardised, 0), own.kolari_pynnonen_day0],
      // Ranked over the event days alone.
      [
        corradoRanks(events.map((event): AbnormalReturns => ({ ...event, residuals: new Float64Array(0) })))[
          DAY0
        ],
        own.corrado_rank_day0,
      ],
    ];
    for (const [got, wanted] of wrong) expect(Math.abs(got - wanted)).toBeGreaterThan(10 * tolerance);
  });
});

describe('mean correlation', () => {
  it('all at once or pair by pair, it is the same', () => {
    // A day more before, which counts for nobody, takes the events out of the group that is summed at once.
    const apart = events.map((event, i): AbnormalReturns => {
      const residuals = new Float64Array(SAMPLE.L1 + i).fill(Number.NaN);
      residuals.set(event.residuals, i);
      return { ...event, residuals, rows: { ...ROWS, estimationFrom: -i } };
    });
    expect(meanCorrelation(apart)).toBeCloseTo(meanCorrelation(events), 12);
    expect(meanCorrelation(events.slice(0, 1))).toBe(0);
  });
});

describe('market model', () => {
  it('a security that is its benchmark has no abnormal return', () => {
    const twice = market.map((m) => 0.001 + 2 * m);
    const { alpha, beta, car, abnormal } = abnormalReturns(columnsOf(twice, market), ROWS);
    expect([alpha, beta]).toEqual([expect.closeTo(0.001, 12), expect.closeTo(2, 10)]);
    expect(car).toBeCloseTo(0, 12);
    expect(Math.max(...abnormal.map(Math.abs))).toBeLessThan(1e-12);
  });

  it('abnormal returns add up, and buying and holding compounds', () => {
    const { car, abnormal, bhar } = events[0];
    expect(car).toBeCloseTo(
      abnormal.reduce((a, b) => a + b, 0),
      14,
    );
    const grown = (returns: readonly number[]): number =>
      returns.slice(SAMPLE.L1).reduce((level, r) => level * (1 + r), 1);
    expect(bhar).toBeCloseTo(grown(firms[0]) - grown(market), 12);
  });

  it('the first return after a halt counts against the benchmark of the whole halt', () => {
    const own = Float64Array.from(firms[0]);
    const benchmark = Float64Array.from(market);
    const span = own.map(() => 1);
    const at = SAMPLE.L1 + 1;
    // Halted on the second day of the window; the third brings both.
    [own[at], span[at]] = [Number.NaN, 0];
    own[at + 1] = firms[0][at] + firms[0][at + 1];
    benchmark[at + 1] = market[at] + market[at + 1];
    span[at + 1] = 2;
    const halted = abnormalReturns({ own, benchmark, span }, ROWS);
    expect(halted.abnormal[1]).toBeNaN();
    expect(halted.car).toBeCloseTo(events[0].car, 12);
    expect(halted.carError).toBeCloseTo(events[0].carError, 12);
  });

  it('days without a return are left out of the estimation, too few are refused', () => {
    const holes = firms[0].map((r, t) => (t % 5 === 0 && t < SAMPLE.L1 ? Number.NaN : r));
    expect(abnormalReturns(columnsOf(holes, market), ROWS).estimationDays).toBe(96);
    const refused = refusalOf(() =>
      abnormalReturns(columnsOf(firms[0], market), { ...ROWS, estimationFrom: SAMPLE.L1 - 3 }),
    );
    expect([refused.code, refused.numbers.days]).toEqual(['too_few_estimation_days', 3]);
    expect(refused.message).toContain('take a longer estimation window');
    const still = market.map(() => 0.001);
    expect(refusalOf(() => abnormalReturns(columnsOf(firms[0], still), ROWS)).code).toBe(
      'benchmark_never_moved',
    );
    const gone = {
      ...columnsOf(firms[0], market),
      span: Float64Array.from(market, (_, t) => (t < SAMPLE.L1 ? 1 : 0)),
    };
    expect(refusalOf(() => abnormalReturns(gone, ROWS)).code).toBe('no_event_day');
  });
});

describe('ex-self', () => {
  const {
    index_ret: index,
    weight,
    stock_ret: own,
    ex_self: wanted,
    tolerance,
  } = ACCEPTANCE.benchmark_ex_self;
  it('takes the security out of the index', () => {
    expect(Math.abs(exSelf(index, weight, own) - wanted)).toBeLessThan(tolerance);
  });
  it('put together again it is the index', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.2, max: 0.2, noNaN: true }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.double({ min: -0.2, max: 0.2, noNaN: true }),
        (r, w, mine) => {
          expect(w * mine + (1 - w) * exSelf(r, w, mine)).toBeCloseTo(r, 12);
        },
      ),
    );
  });
});

describe('split of a move', () => {
  const rowsOfSplit: EventRows = { ...ROWS, from: 120, to: 123 };
  // A security that is twice the market, half of what its sector does beyond the market, and a fall of 5 % on one day.
  const own = market.map((m, t) => {
    const beyond = firms[0][t] - events[0].alpha - events[0].beta * m;
    return 2 * m + 0.5 * beyond + (t === 122 ? -0.05 : 0);
  });
  const inWindow = (values: readonly number[]): number => values.slice(120, 124).reduce((a, b) => a + b, 0);
  const split = splitMove(
    abnormalReturns(columnsOf(own, market), rowsOfSplit),
    abnormalReturns(columnsOf(firms[0], market), rowsOfSplit),
    { own: inWindow(own), market: inWindow(market) },
    { value: -0.03, band: [-0.04, -0.01] },
  );

  it('finds the parts it was made of', () => {
    expect(split.market).toBeCloseTo(2 * inWindow(market), 10);
    expect(split.sectorBeta).toBeCloseTo(0.5, 10);
    expect(split.remainder).toBeCloseTo(-0.05 + 0.03, 10);
  });

  it('the parts sum to the move, and the remainder has the band of the flow', () => {
    const { move, market: part, sector, flow, remainder, remainderBand } = split;
    expect(part + sector + flow + remainder).toBeCloseTo(move, 15);
    expect(remainderBand).toEqual([expect.closeTo(-0.05 + 0.01, 10), expect.closeTo(-0.05 + 0.04, 10)]);
  });
});

describe('placebo', () => {
  it('counts the shifts at least as far from 0, itself included; those without a value do not count', () => {
    const values: Readonly<Record<number, number>> = { [-3]: 2, [-2]: -3, 4: 1, 5: 2.5 };
    expect(placebo(-2.5, (shift) => values[shift], [-3, -2, 4, 5, 6])).toEqual({ pValue: 3 / 5, shifts: 4 });
  });
});

describe('price limits', () => {
  it.each(ACCEPTANCE.price_limits.rows_prev_pct_up_down)('%s at %d: %s and %s', (before, rate, up, down) => {
    const got = priceLimits(Number(before), Math.round(rate * 100));
    expect([got.up.toFixed(2), got.down.toFixed(2)]).toEqual([up, down]);
  });
});
