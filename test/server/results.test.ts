/** Results over HTTP: the documents of the command line, and views computed again from the bare tables. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import XLSX from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { openParquet } from '../../src/data/parquet.js';
import { jsonOf, run } from '../cli/run.js';
import { rows } from '../core/bundle.js';
import { scratch } from '../data/scratch.js';
import { ROOT } from '../tidy/files.js';
import { ask, errorOf, get, testServer } from './server.js';

const server = await testServer();

const words = (command: string): string[] => command.split(' ');

describe('the documents are those of the command line', () => {
  test.each([
    ['reviews/2025-09-15', ['review', 'star-50', '--effective', '2025-09-15']],
    [
      'reviews/2025-09-15/flows?assets=180000000000',
      ['flows', 'star-50', '--effective', '2025-09-15', '--assets', '180bn'],
    ],
    [
      'reviews/2025-09-15?knownAt=2025-08-20',
      ['review', 'star-50', '--effective', '2025-09-15', '--known-at', '2025-08-20'],
    ],
    ['reviews/2025-09-15/net/688256', ['net', '--security', '688256', '--effective', '2025-09-15']],
    [
      'reviews/2025-09-15/net/688256.SH?knownAt=2025-09-11&enhanced=12000000000&fraction=0.8',
      words(
        'net --security 688256 --effective 2025-09-15 --known-at 2025-09-11 --enhanced 12bn --fraction 0.8',
      ),
    ],
    ['reviews/2025-12-15/readings', ['readings', 'star-50', '--effective', '2025-12-15']],
    [
      'levels?from=2025-09-12&to=2025-10-16&return=gross',
      ['level', 'star-50', '--from', '2025-09-12', '--to', '2025-10-16', '--return', 'gross'],
    ],
    [
      'reviews/2025-09-15/impact/688256.SH?knownAt=2025-09-03&days=2.5&spread=0.002&assets=180000000000',
      words(
        'impact --security 688256 --effective 2025-09-15 --known-at 2025-09-03 --days 2.5 --spread 0.002 --assets 180bn',
      ),
    ],
    [
      'reviews/2025-09-15/impact/688256?model=kyle',
      ['impact', '--security', '688256', '--effective', '2025-09-15', '--model', 'kyle'],
    ],
    [
      'reviews/2025-09-15/schedule/688256?method=tracking&days=3&after=2&participation=0.15&auction=0.2&risk=500',
      words(
        'schedule --security 688256 --effective 2025-09-15 --method tracking --days 3 --after 2 --participation 0.15 --auction 0.2 --risk 500',
      ),
    ],
    [
      'study/688256?event=2025-09-04&from=-3&to=10&estimation=60&benchmark=ex-self&effective=2025-09-15',
      words(
        'study 688256 --event 2025-09-04 --window -3,10 --estimation 60 --ex-self --effective 2025-09-15',
      ),
    ],
    ['record?effective=2025-12-15', ['record', 'score', 'star-50', '--effective', '2025-12-15']],
  ])('%s', async (path, command) => {
    const document = await get(server, `/api/v1/indices/star-50/${path}`);
    expect(document).toEqual(jsonOf(await run([...command, '--json'])));
  });

  test.each([
    [
      'companies/688256.SH/value?at=2025-09-11&requiredReturn=0.1',
      'value 688256 --at 2025-09-11 --required-return 0.1',
    ],
    ['companies/688256/earnings/2025H1', 'earnings 688256 --period 2025H1'],
    [
      'leaders?by=price&at=2025-08-28&from=2025-08-01&most=3',
      'leaders --by price --at 2025-08-28 --from 2025-08-01 --most 3',
    ],
    ['funds/011612/lookthrough?at=2025-09-03', 'lookthrough 011612 --at 2025-09-03'],
    ['securities/688256/funds?at=2025-09-08', 'lookthrough 688256 --holders --at 2025-09-08'],
    [
      'securities/688256.SH/sessions/2025-09-12?closingShare=0.05&seed=3',
      'simulate session --security 688256 --date 2025-09-12 --closing-share 0.05 --seed 3',
    ],
  ])('%s', async (path, command) => {
    expect(await get(server, `/api/v1/${path}`)).toEqual(jsonOf(await run([...words(command), '--json'])));
  });

  test('claims of a text', async () => {
    const file = 'examples/claims.txt';
    const payload = { text: readFileSync(join(ROOT, file), 'utf8') };
    const answer = await ask(server, '/api/v1/claims', { method: 'POST', payload });
    expect(JSON.parse(answer.body)).toEqual(jsonOf(await run(['check', file, '--json'])));
    const refused = await ask(server, '/api/v1/claims', {
      method: 'POST',
      payload: { text: '', date: 'today' },
    });
    expect(refused.statusCode).toBe(422);
    expect(
      errorOf(refused)
        .issues.map(({ path }) => path)
        .toSorted(),
    ).toEqual(['date', 'text']);
  });

  test('a rulebook', async () => {
    expect(await get(server, '/api/v1/rulebooks/000688')).toEqual(
      jsonOf(await run(['rulebook', 'show', 'star-50', '--json'])),
    );
  });

  test('the impact of an order of one’s own', async () => {
    expect(
      await get(server, '/api/v1/impact?shares=656100&adv=6561000&sigma=0.0157&sharesOutstanding=1728000000'),
    ).toEqual(
      jsonOf(
        await run(
          words('impact --shares 656100 --adv 6561000 --sigma 0.0157 --shares-outstanding 1728m --json'),
        ),
      ),
    );
  });

  test('the cost of an order that was traded', async () => {
    const fills = 'examples/fills.csv';
    const asked = 'security=688256&shares=40000&decided=2025-08-29&effective=2025-09-15&commission=0.0003';
    const sent = (payload: string | Buffer, query = asked) =>
      ask(server, `/api/v1/tca?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/csv' },
        payload,
      });
    const answer = await sent(readFileSync(join(ROOT, fills)));
    const command = words(
      `tca ${fills} --security 688256 --shares 40000 --decided 2025-08-29 --effective 2025-09-15 --commission 0.0003 --json`,
    );
    expect(JSON.parse(answer.body)).toEqual(jsonOf(await run(command)));

    const wrong = await sent('date,side,shares,price\n2025-13-10,sell,6000,1268\n2025-09-10,hold,-1,x\n');
    expect(wrong.statusCode).toBe(422);
    expect(errorOf(wrong)).toMatchObject({
      issues: [
        { code: 'not_a_date', path: 'date', file: 'fills.csv', line: 2 },
        { code: 'not_a_side', path: 'side', file: 'fills.csv', line: 3 },
        { path: 'shares', line: 3 },
        { path: 'price', line: 3 },
      ],
    });
    const unknown = await sent('date,side,shares,price\n', 'security=688999');
    expect(errorOf(unknown)).toMatchObject({ code: 'unknown_security' });
    expect((await sent('')).statusCode).toBe(422);
  });

  test('refusals and bad input, with the status of their kind', async () => {
    const beyond = await ask(server, '/api/v1/indices/star-50/reviews/2031-03-17');
    expect(beyond.statusCode).toBe(409);
    const command = await run(['review', 'star-50', '--effective', '2031-03-17', '--json']);
    expect(JSON.parse(beyond.body)).toEqual(JSON.parse(command.stdout));
    const wrong = await ask(server, '/api/v1/indices/star-50/reviews/2025-09-16');
    expect([wrong.statusCode, errorOf(wrong).code]).toEqual([422, 'not_an_effective_date']);
    const unknown = await ask(server, '/api/v1/indices/star-5O');
    expect([unknown.statusCode, errorOf(unknown).issues[0].expected]).toEqual([
      404,
      expect.stringContaining('star-50'),
    ]);
  });
});

test.each([
  ['reviews/2025-09-15/impact/600519', 404, 'unknown_security', 'security'],
  ['reviews/2025-09-15/impact/688256.SZ', 404, 'unknown_security', 'security'],
  ['reviews/2025-09-15/impact/688256?days=0&spread=9', 422, 'invalid_argument', 'days'],
  ['reviews/2025-09-15/impact/688192', 409, 'no_trade', undefined],
  [
    'reviews/2026-03-16/impact/688256?knownAt=2026-02-11&model=greenwood',
    409,
    'liquidity_missing',
    undefined,
  ],
  ['reviews/2025-09-15/schedule/688256?participation=0.05', 409, 'participation_too_low', undefined],
  ['reviews/2025-09-15/schedule/688256?days=0', 422, 'invalid_argument', 'days'],
  ['study/688256', 422, 'invalid_argument', 'event'],
  ['study/688256?event=2025-09-06', 409, 'not_a_session', undefined],
  ['study/688256?event=2025-09-04&estimation=3', 409, 'too_few_estimation_days', undefined],
  ['study/688256?event=2025-09-04&benchmark=peers&effective=2025-09-15', 422, 'bad_benchmark', 'benchmark'],
])('%s is answered with %i %s', async (path, status, code, where) => {
  const answer = await ask(server, `/api/v1/indices/star-50/${path}`);
  const failure = errorOf(answer);
  expect([answer.statusCode, failure.code, failure.issues[0]?.path]).toEqual([status, code, where]);
});

test.each([
  ['companies/688041/value?at=2025-09-11', 409, 'unknown_company', undefined],
  ['companies/688256/value?at=2025-09-11&payout=2&years=0', 422, 'invalid_argument', 'years'],
  ['companies/688256/value?at=2019-01-02', 409, 'no_prices', undefined],
  ['companies/688256/earnings/2025H2', 422, 'invalid_argument', 'period'],
  ['companies/688256/earnings/2025H1?at=2025-08-26', 409, 'not_announced', undefined],
  ['leaders?by=index&at=2025-08-29&against=nasdaq-100', 409, 'unknown_index', undefined],
  ['leaders?by=price&at=2025-08-29&from=2025-08-29', 422, 'invalid_argument', 'from'],
  ['funds/999999/lookthrough?at=2025-09-03', 409, 'unknown_fund', undefined],
  ['securities/600519/sessions/2025-09-12', 404, 'unknown_security', 'security'],
  ['securities/688256/sessions/2025-09-13', 409, 'no_bar', undefined],
  ['securities/688256/sessions/2025-09-12?closingShare=0', 422, 'invalid_argument', 'closingShare'],
])('%s is answered with %i %s', async (path, status, code, where) => {
  const answer = await ask(server, `/api/v1/${path}`);
  const failure = errorOf(answer);
  expect([answer.statusCode, failure.code, failure.issues[0]?.path]).toEqual([status, code, where]);
});

test('an order of one’s own that cannot be, and a model that needs a whole review', async () => {
  const none = await ask(server, '/api/v1/impact?shares=0&adv=1000&sigma=0.02');
  expect([none.statusCode, errorOf(none).issues[0]?.path]).toEqual([422, 'shares']);
  const whole = await ask(server, '/api/v1/impact?shares=1&adv=1000&sigma=0.02&model=greenwood');
  expect([whole.statusCode, errorOf(whole).issues[0]?.path]).toEqual([422, 'model']);
  const lacks = await ask(server, '/api/v1/impact?shares=1&adv=1000&sigma=0.02&model=kyle');
  expect([lacks.statusCode, errorOf(lacks).code]).toEqual([409, 'liquidity_missing']);
});

interface Fan {
  readonly trackedAssets: { readonly amount: number };
  readonly days: readonly (Record<'p05' | 'p25' | 'p50' | 'p75' | 'p95', number> & {
    readonly date: string;
  })[];
  readonly came: number;
  readonly provenance: { readonly data: string; readonly engine: string };
}

test('the fan of a security is in order, one evening per recorded forecast, and ends at what came', async () => {
  const fan = await get<Fan>(server, '/api/v1/indices/star-50/reviews/2025-09-15/fan/688256.SH');
  const listed = jsonOf(await run(['record', 'list', 'star-50', '--effective', '2025-09-15', '--json']));
  const forecasts = (listed.entries as { kind: string; effective: number; engine: string }[]).filter(
    ({ kind, effective }) => kind === 'forecast' && effective === dayOf('2025-09-15'),
  );
  // Two versions forecast this review; the fan is that of the one that came into the record last.
  const evenings = forecasts.filter(({ engine }) => engine === forecasts.at(-1)?.engine);
  expect(forecasts).toHaveLength(2 * evenings.length);
  expect(fan.days).toHaveLength(evenings.length);
  for (const { p05, p25, p50, p75, p95 } of fan.days) {
    expect([p05, p25, p50, p75, p95]).toEqual([p05, p25, p50, p75, p95].toSorted((a, b) => a - b));
  }
  expect(fan.provenance).toMatchObject({ data: 'record', rulebook: 'star-50' });
  // The replayed sale: 3.64 points of what 172.9 bn became by the swap.
  expect(fan.came / fan.trackedAssets.amount).toBeCloseTo(-0.0364, 4);
});

test('seen from an evening before the swap, the record holds no later evening and no outcome', async () => {
  const path = '/api/v1/indices/star-50';
  const fan = await get<Fan>(server, `${path}/reviews/2025-09-15/fan/688256?knownAt=2025-09-03`);
  expect([fan.days.at(-1)?.date, fan.came]).toEqual(['2025-09-03', null]);
  expect(await get(server, `${path}/record?knownAt=2025-09-03`)).toMatchObject({ scores: [] });
});

test('a security the record does not know has an empty fan, a review it does not know no scores', async () => {
  const fan = await get<Fan>(server, '/api/v1/indices/star-50/reviews/2025-09-15/fan/600519');
  expect([fan.days, fan.came]).toEqual([[], null]);
  const { scores } = await get<{ scores: unknown[] }>(
    server,
    '/api/v1/indices/star-50/record?effective=2024-06-17',
  );
  expect(scores).toEqual([]);
});

const dayOf = (text: string): number => Date.parse(text) / 86_400_000;

interface Composition {
  readonly date: string;
  readonly cap: number;
  readonly constituents: readonly {
    readonly id: string;
    readonly weight: number;
    readonly roomToCap: number;
  }[];
  readonly concentration: {
    readonly topFive: number;
    readonly effectiveMembers: number;
    readonly members: number;
  };
  readonly level: { readonly computed: number; readonly published: number; readonly change: number };
  readonly next: Readonly<Record<string, string>>;
  readonly findings: readonly { readonly code: string }[];
}

test('a composition is index shares times closes, added up from the tables', async () => {
  const view = await get<Composition>(server, '/api/v1/indices/star-50?knownAt=2025-09-12');
  // In force on that evening: the basket of 13 June, its shares multiplied by the bonus issues since its first day.
  const t = await rows(
    `SELECT s.id, s.adjusted_shares * s.capping_factor * c.close * coalesce(a.ratio, 1) AS value, b.divisor
     FROM {index_shares} s JOIN {baskets} b USING (index_id, basket) JOIN {closes} c USING (id)
     LEFT JOIN (SELECT id, product(share_ratio) AS ratio FROM {actions}
       WHERE ex_day > '2025-06-16' AND ex_day <= '2025-09-12' GROUP BY id) a USING (id)
     WHERE index_id = 'star-50' AND b.swap_day = '2025-06-13' AND c.day = '2025-09-12' ORDER BY value DESC`,
  );
  const values = t.value.map(Number);
  const total = values.reduce((sum, value) => sum + value, 0);
  expect(values).toHaveLength(50);
  expect(view.constituents.map(({ id }) => id)).toEqual(t.id);
  view.constituents.forEach(({ weight, roomToCap }, i) => {
    expect(weight).toBeCloseTo(values[i] / total, 12);
    expect(roomToCap).toBeCloseTo(0.1 - values[i] / total, 12);
  });
  const weights = values.map((value) => value / total);
  expect(view.concentration.topFive).toBeCloseTo(
    weights[0] + weights[1] + weights[2] + weights[3] + weights[4],
    12,
  );
  expect(view.concentration.effectiveMembers).toBeCloseTo(
    1 / weights.reduce((sum, weight) => sum + weight * weight, 0),
    9,
  );
  expect(view.level.computed).toBeCloseTo(total / Number(t.divisor[0]), 6);
  const levels = await rows(
    `SELECT close FROM {levels} WHERE index_id = 'star-50' AND day <= '2025-09-12' ORDER BY day DESC LIMIT 2`,
  );
  expect(view.level.published).toBe(Number(levels.close[0]));
  expect(view.level.change).toBeCloseTo(Number(levels.close[0]) / Number(levels.close[1]) - 1, 12);
  // The press had Cambricon at about 15.4 % that evening, the cap is 10 %.
  expect(view.constituents[0].id).toBe('688256');
  expect(view.next.effective).toBe('2025-09-15');
});

test('a composition after the last basket held says that the rules made it', async () => {
  const view = await get<Composition>(server, '/api/v1/indices/star-50?knownAt=2026-01-16');
  expect(view.findings.map(({ code }) => code)).toContain('basket_by_rules');
  const review = await get<{ constituents: { id: string; weightAfter: number }[] }>(
    server,
    '/api/v1/indices/star-50/reviews/2025-12-15',
  );
  const members = review.constituents.filter(({ weightAfter }) => weightAfter > 0).map(({ id }) => id);
  expect(view.constituents.map(({ id }) => id).toSorted()).toEqual(members.toSorted());
});

test('nothing known later is in an earlier composition', async () => {
  const early = await ask(server, '/api/v1/indices/star-50?knownAt=2025-06-01');
  expect([early.statusCode, errorOf(early).code]).toEqual([409, 'no_basket']);
});

test('the calendar has the published dates and counts sessions as the exchange does', async () => {
  const { reviews } = await get<{ reviews: Record<string, unknown>[] }>(
    server,
    '/api/v1/indices/star-50/calendar?knownAt=2025-08-20',
  );
  const september = reviews.find(({ effective }) => effective === '2025-09-15');
  const { day } = await rows(
    `SELECT day::VARCHAR AS day FROM {calendars} WHERE market = 'XSHG' AND day > '2025-08-20' AND day <= '2025-09-15' ORDER BY day`,
  );
  const left = (until: string): number => day.filter((session) => String(session) <= until).length;
  expect(september).toEqual({
    cutoff: '2025-07-31',
    announcement: '2025-08-29',
    pricing: '2025-09-08',
    swap: '2025-09-12',
    effective: '2025-09-15',
    past: false,
    sessionsLeft: {
      cutoff: null,
      announcement: left('2025-08-29'),
      pricing: left('2025-09-08'),
      swap: left('2025-09-12'),
      effective: left('2025-09-15'),
    },
  });
  const days = reviews.map(({ effective }) => String(effective));
  expect(days).toEqual(days.toSorted());
  expect(days.filter((effective) => effective.startsWith('2025'))).toEqual([
    '2025-03-17',
    '2025-06-16',
    '2025-09-15',
    '2025-12-15',
  ]);
  expect(days.at(-1)).toBe('2026-12-14');
});

test('all indices: the one with a basket can be run', async () => {
  const { indices } = await get<{ indices: { id: string; code: string | null; reviews: boolean }[] }>(
    server,
    '/api/v1/indices',
  );
  expect(indices.length).toBeGreaterThan(25);
  expect(indices.filter(({ reviews }) => reviews).map(({ id, code }) => [id, code])).toEqual([
    ['star-50', '000688'],
  ]);
});

describe('securities', () => {
  const search = async (query: string): Promise<string[]> => {
    const found = await get<{ securities: { id: string }[] }>(
      server,
      `/api/v1/securities?query=${encodeURIComponent(query)}`,
    );
    return found.securities.map(({ id }) => id);
  };

  test.each([
    ['688256', '688256'],
    ['688256.SH', '688256'],
    ['寒武纪', '688256'],
    ['hwj', '688256'],
    ['cambricon', '688256'],
    ['贵州茅台', '600519'],
    ['gzmt', '600519'],
    ['000001', '000001'],
  ])('%s finds %s first', async (query, id) => {
    expect((await search(query))[0]).toBe(id);
  });

  test('a search over all of them takes under 50 ms', async () => {
    const { securities } = await server.services.universe();
    expect(securities.length).toBeGreaterThan(5_500);
    const queries = ['zg', '中国', 'a', '60', 'tech', 'zgpa', '银行', 'hwj', '688', 'st'];
    const times: number[] = [];
    for (const query of queries) {
      const started = performance.now();
      await search(query);
      times.push(performance.now() - started);
    }
    expect(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(50);
  });

  test('one of them, as known on a day', async () => {
    const url = '/api/v1/securities/688256?knownAt=2025-09-12';
    const { indices, facts, marketValue } = await get<{
      indices: { index: string; weight: number; roomToCap: number }[];
      facts: { knownOn: string }[];
      marketValue: unknown;
    }>(server, url);
    expect(indices).toEqual([expect.objectContaining({ index: 'star-50' })]);
    expect(indices[0].roomToCap).toBeLessThan(-0.03);
    expect(facts.length).toBeGreaterThan(0);
    expect(facts.every(({ knownOn }) => knownOn <= '2025-09-12')).toBe(true);
    // The one held is of May 2026.
    expect(marketValue).toBeNull();
  });

  test('its closes are those of the table', async () => {
    const { prices } = await get<{ prices: { date: string; close: number; value: number | null }[] }>(
      server,
      '/api/v1/securities/688256/prices?from=2025-09-01&to=2025-09-12',
    );
    const t = await rows(
      `SELECT day::VARCHAR AS day, close, value_cny FROM {closes} WHERE id = '688256' AND day BETWEEN '2025-09-01' AND '2025-09-12' ORDER BY day`,
    );
    expect(prices.map(({ date, close, value }) => [date, close, value])).toEqual(
      t.day.map((day, i) => [day, t.close[i], t.value_cny[i]]),
    );
  });

  test('a wrong exchange is not the security', async () => {
    const answer = await ask(server, '/api/v1/securities/688256.SZ');
    expect([answer.statusCode, errorOf(answer).issues[0].expected]).toEqual([
      404,
      expect.stringContaining('688256.SH'),
    ]);
  });
});

describe('a table in other formats holds the numbers of the document', () => {
  const url = '/api/v1/indices/star-50/reviews/2025-09-15/flows';
  const { path, write } = scratch();

  interface Trade {
    readonly id: string;
    readonly shares: number;
    readonly weightAfter: number;
  }
  const trades = async (): Promise<readonly Trade[]> => (await get<{ trades: Trade[] }>(server, url)).trades;

  test('CSV', async () => {
    const { body, headers } = await ask(server, `${url}?format=csv`);
    const lines = parse<Record<string, string>>(body, { columns: true });
    const rowsOf = lines.map(({ id, shares, weight_after: weightAfter }) => ({
      id,
      shares: Number(shares),
      weightAfter: Number(weightAfter),
    }));
    expect(rowsOf).toEqual(
      (await trades()).map(({ id, shares, weightAfter }) => ({ id, shares, weightAfter })),
    );
    expect(headers['content-disposition']).toBe('attachment; filename="flows.csv"');
  });

  test('xlsx', async () => {
    const { bytes } = await ask(server, `${url}?format=xlsx`);
    const book = XLSX.read(bytes);
    const lines = XLSX.utils.sheet_to_json<Record<string, unknown>>(book.Sheets.trades);
    expect(lines.map(({ id, weight_after: weight }) => [id, weight])).toEqual(
      (await trades()).map(({ id, weightAfter }) => [id, weightAfter]),
    );
  });

  test('Parquet', async () => {
    const { bytes } = await ask(server, `${url}?format=parquet`);
    write('flows.parquet', bytes);
    const reader = await openParquet((table) => path(`${table}.parquet`));
    const table = await reader.query('SELECT id, shares, weight_after FROM {flows}');
    reader.close();
    expect(
      table.id.map((id, i) => ({ id, shares: table.shares[i], weightAfter: table.weight_after[i] })),
    ).toEqual((await trades()).map(({ id, shares, weightAfter }) => ({ id, shares, weightAfter })));
  });
});

test('an answer that is held is not sent twice', async () => {
  const url = '/api/v1/indices/star-50/reviews/2025-09-15';
  const { headers } = await ask(server, url);
  const again = await ask(server, url, { headers: { 'if-none-match': String(headers.etag) } });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

test('the data page names every table with its rows', async () => {
  const { tables } = await get<{ tables: { table: string; rows: number; from: string; to: string }[] }>(
    server,
    '/api/v1/data',
  );
  const closes = tables.find(({ table }) => table === 'closes');
  const t = await rows(
    'SELECT count(*)::INTEGER AS n, min(day)::VARCHAR AS first, max(day)::VARCHAR AS last FROM {closes}',
  );
  expect([closes?.rows, closes?.from, closes?.to]).toEqual([t.n[0], t.first[0], t.last[0]]);
});
