/**
 * Sentences made from the plain tables, in both languages: every ninetieth close of every index member, true and with one thing
 * wrong. What is true is right; what is not is never called right.
 */
import { describe, expect, test } from 'vitest';
import { formatDay, type Day } from '../../../src/core/index.js';
import { checker, isRight, rowsOf } from './checker.js';

const check = await checker();

interface Close {
  readonly en: string;
  readonly zh: string;
  readonly day: string;
  readonly before: number;
  readonly close: number;
}

/** Two closes in a row of a member, without a share action between them. */
const closes = await rowsOf(
  `WITH c AS (SELECT id, day, close, lag(close) OVER w AS before, lag(day) OVER w AS day_before, row_number() OVER w AS n
      FROM {star__closes} WINDOW w AS (PARTITION BY id ORDER BY day))
    SELECT s.name_short AS en, regexp_replace(s.name_zh, '-[UWD]+$', '') AS zh,
      CAST(c.day - DATE '1970-01-01' AS INTEGER) AS day, c.before, c.close
    FROM c JOIN {star__securities} s USING (id)
    WHERE s.name_short IS NOT NULL AND c.n % 90 = 7 AND c.day BETWEEN DATE '2025-01-02' AND DATE '2025-10-15'
      AND abs(c.close / c.before - 1) > 0.004
      AND NOT EXISTS (SELECT 1 FROM {star__actions} a WHERE a.id = c.id AND a.ex_day > c.day_before AND a.ex_day <= c.day)
    ORDER BY c.id, c.day`,
);
const samples = closes.day.map((day, i): Close => ({
  en: String(closes.en[i]),
  zh: String(closes.zh[i]),
  day: formatDay(Number(day) as Day),
  before: Number(closes.before[i]),
  close: Number(closes.close[i]),
}));

const verdict = (text: string) => check(text).claims[0];
const chinese = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};
const percent = ({ before, close }: Close): string => Math.abs((close / before - 1) * 100).toFixed(2);
const up = ({ before, close }: Close): boolean => close > before;

const TRUE: readonly ((one: Close) => string)[] = [
  (one) => `${one.en} closed at ${one.close} yuan on ${one.day}.`,
  (one) => `On ${one.day}, shares of ${one.en} ${up(one) ? 'rose' : 'fell'} ${percent(one)}%.`,
  (one) => `${chinese(one.day)}，${one.zh}收于${one.close}元。`,
  (one) => `${chinese(one.day)}，${one.zh}${up(one) ? '上涨' : '下跌'}${percent(one)}%。`,
];

const FALSE: readonly ((one: Close) => string)[] = [
  (one) => `${one.en} closed at ${(one.close * 10).toFixed(2)} yuan on ${one.day}.`,
  (one) => `${one.en} closed at ${(one.close * 1.13).toFixed(2)} yuan on ${one.day}.`,
  (one) => `On ${one.day}, shares of ${one.en} ${up(one) ? 'fell' : 'rose'} ${percent(one)}%.`,
  (one) => `${chinese(one.day)}，${one.zh}收于${(one.close / 10).toFixed(2)}元。`,
  (one) => `${chinese(one.day)}，${one.zh}${up(one) ? '下跌' : '上涨'}${percent(one)}%。`,
  (one) =>
    `${chinese(one.day)}，${one.zh}${up(one) ? '上涨' : '下跌'}${(Number(percent(one)) + 1.37).toFixed(2)}%。`,
];

test('there are enough of them', () => expect(samples.length).toBeGreaterThan(90));

describe('closes and daily changes', () => {
  test('true ones are right', () => {
    const missed = samples.flatMap((one) =>
      TRUE.map((make) => make(one)).filter((text) => verdict(text)?.verdict !== 'right'),
    );
    expect(missed).toEqual([]);
  });
  test('false ones are wrong', () => {
    const missed = samples.flatMap((one) =>
      FALSE.map((make) => make(one)).filter((text) => verdict(text)?.verdict !== 'wrong'),
    );
    expect(missed).toEqual([]);
  });
  test('ten times is named', () => {
    for (const one of samples.slice(0, 20)) expect(verdict(FALSE[0](one)).slip).toBe('ten-times');
  });
});

/** Weights said without the word, from closes and index shares of days on which all fifty traded. */
describe('parts of the index', async () => {
  const weights = await rowsOf(
    `WITH v AS (SELECT c.day, c.id, c.close * s.index_shares AS value, count(*) OVER d AS n,
          sum(c.close * s.index_shares) OVER d AS total
        FROM {star__closes} c JOIN {star__baskets} b ON c.day BETWEEN b.first_day AND b.last_day
        JOIN {star__index_shares} s ON s.basket = b.basket AND s.id = c.id
        WHERE b.index_id = 'star-50' AND b.basket = 'B' WINDOW d AS (PARTITION BY c.day))
      SELECT s.name_short AS en, regexp_replace(s.name_zh, '-[UWD]+$', '') AS zh,
        CAST(v.day - DATE '1970-01-01' AS INTEGER) AS day, 100 * v.value / v.total AS weight
      FROM v JOIN {star__securities} s USING (id)
      WHERE v.n = 50 AND day(v.day) IN (9, 17, 28) AND s.name_short IS NOT NULL AND v.value > 0.03 * v.total
      ORDER BY v.day, v.id`,
  );
  const rows = weights.day.map((day, i) => ({
    en: String(weights.en[i]),
    zh: String(weights.zh[i]),
    day: formatDay(Number(day) as Day),
    weight: Number(weights.weight[i]),
  }));
  test('are right, and wrong with other digits or ten times as much', () => {
    expect(rows.length).toBeGreaterThan(20);
    const said = rows.flatMap(({ en, zh, day, weight }) => {
      const [right, off] = [weight.toFixed(2), (weight + 1.37).toFixed(2)];
      return [
        { text: `${en} was ${right}% of the STAR 50 on ${day}.`, holds: true },
        { text: `${en} was ${off}% of the STAR 50 on ${day}.`, holds: false },
        { text: `${chinese(day)}，${zh}占科创50的${right}%。`, holds: true },
        { text: `${chinese(day)}，${zh}占科创50指数的${(weight * 10).toFixed(1)}%。`, holds: false },
      ];
    });
    const missed = said.filter(({ text, holds }) => {
      const claim = verdict(text);
      return claim?.verdict === 'not-checkable' || claim === undefined || isRight(claim) !== holds;
    });
    expect(missed).toEqual([]);
  });
});

/** Levels of indices over whole months, against the closes of the month and of the one before. */
describe('monthly changes of indices', async () => {
  const NAMES: Readonly<Record<string, readonly [en: string, zh: string]>> = {
    'csi-300': ['CSI 300', '沪深300指数'],
    'sse-composite': ['SSE Composite', '上证指数'],
    'csi-500': ['CSI 500', '中证500指数'],
  };
  const months = await rowsOf(
    `WITH m AS (SELECT index_id, date_trunc('month', day) AS month, arg_max(close, day) AS close FROM {star__benchmark_levels}
        WHERE index_id IN ('csi-300', 'sse-composite', 'csi-500') GROUP BY ALL)
      SELECT index_id, year(month) AS y, month(month) AS m, close, lag(close) OVER (PARTITION BY index_id ORDER BY month) AS before
      FROM m
      WHERE month <= DATE '2025-12-31' ORDER BY index_id, month`,
  );
  const rows = months.y
    .map((y, i) => ({
      names: NAMES[String(months.index_id[i])],
      year: Number(y),
      month: Number(months.m[i]),
      change: Number(months.close[i]) / Number(months.before[i]) - 1,
    }))
    .filter(({ year, change }) => year >= 2024 && Math.abs(change) > 0.005);
  const MONTHS =
    'January February March April May June July August September October November December'.split(' ');
  test('right, and wrong with the sign or the digits changed', () => {
    expect(rows.length).toBeGreaterThan(50);
    const said = rows.flatMap(({ names: [en, zh], year, month, change }) => {
      const size = Math.abs(change * 100).toFixed(2);
      const [verb, other] = change > 0 ? ['gained', 'lost'] : ['lost', 'gained'];
      return [
        { text: `The ${en} ${verb} ${size}% in ${MONTHS[month - 1]} ${year}.`, holds: true },
        { text: `The ${en} ${other} ${size}% in ${MONTHS[month - 1]} ${year}.`, holds: false },
        { text: `${zh}${year}年${month}月${change > 0 ? '上涨' : '下跌'}${size}%。`, holds: true },
        {
          text: `${zh}${year}年${month}月${change > 0 ? '上涨' : '下跌'}${(Number(size) * 10).toFixed(1)}%。`,
          holds: false,
        },
      ];
    });
    const missed = said.filter(({ text, holds }) => {
      const claim = verdict(text);
      return claim === undefined || isRight(claim) !== holds;
    });
    expect(missed).toEqual([]);
  });
});
