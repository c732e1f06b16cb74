/**
 * Worked examples of the rule kinds, for the reference pages. Each is computed by the engine when the pages are made;
 * `stated` holds the numbers that were printed or worked out elsewhere, and a test compares the two.
 */
import { applyCaps, dot, followSteps, formatDay, parseDay, securityId } from '../../dist/core/index.js';
import { resolveRulebook, review } from '../../dist/core/index.js';
import { parseRulebook } from '../../dist/core/methodology/parseRulebook.js';
import { fastEntryDates } from '../../dist/core/selection/fastEntry.js';
import { clockDay } from '../../dist/core/selection/statusClock.js';
import { inclusionFactor } from '../../dist/core/weighting/floatBands.js';
import { roundedUpFloat } from '../../dist/core/weighting/floatRoundUp.js';
import { countedShares } from '../../dist/core/weighting/lowFloat.js';

const OWN = 'worked out by hand for this page';

/** Examples by kind; `sessions` is the calendar that dates are counted on. */
export function examplesOf(sessions) {
  return {
    date: [dates(sessions)],
    ...universeAndScreens(),
    ...rankings(),
    ...selections(sessions),
    ...floats(),
    ...caps(),
    'capitalisation-weighted': [levels()],
  };
}

// ---------------------------------------------------------------------------------------------------------------
// Dates
// ---------------------------------------------------------------------------------------------------------------

function dates(sessions) {
  const rule = {
    kind: 'date',
    from: 'month',
    months: [3, 6, 9, 12],
    steps: [{ nthWeekday: 2, weekday: 'fri' }],
  };
  const months = ['2021-03-01', '2023-09-01', '2025-09-01', '2026-03-01'];
  return {
    title: 'Swap Fridays of the CSI family',
    source: 'printed by the exchange (worked example E19)',
    rule,
    columns: ['month', 'second Friday'],
    rows: months.map((month) => [
      month.slice(0, 7),
      formatDay(followSteps(rule.steps, parseDay(month), sessions)),
    ]),
    stated: { column: 1, values: ['2021-03-12', '2023-09-08', '2025-09-12', '2026-03-13'] },
  };
}

// ---------------------------------------------------------------------------------------------------------------
// Membership: ten securities a to j, market values 1000, 900 ... 100, all of it float
// ---------------------------------------------------------------------------------------------------------------

const LETTERS = [...'abcdefghij'];
const DAY = parseDay('2025-07-31');

function made() {
  const column = (of) => Float64Array.from(LETTERS, (_, i) => of(i));
  const none = column(() => Number.NaN);
  return {
    day: DAY,
    knownAt: DAY,
    securities: LETTERS.map((id, i) => ({
      id: securityId(id),
      nameZh: id,
      nameEn: id,
      nameShort: '',
      market: 'XSHG',
      board: i < 8 ? 'STAR' : 'MAIN',
      kind: i === 2 ? 'cdr' : 'share',
      // Three of them are young: b for two months, f for eight, i for eleven.
      listed: parseDay({ b: '2025-05-20', f: '2024-11-20', i: '2024-08-20' }[id] ?? '2019-07-22'),
    })),
    price: column((i) => 10 - i),
    priceDay: new Int32Array(10).fill(DAY),
    aShares: column(() => 100),
    tradableShares: none,
    inclusionFactor: column(() => 1),
    averageTotalCap: column((i) => 1000 - 100 * i),
    averageValue: column((i) => [90, 10, 80, 70, 20, 60, 30, 50, 40, 100][i]),
    adv20Value: none,
    adv20Days: new Uint8Array(10),
    riskWarning: Uint8Array.from(LETTERS, (id) => (id === 'd' ? 1 : 0)),
    marks: new Uint16Array(10),
  };
}

const GROUPS = {
  sector: new Map(LETTERS.map((id, i) => [securityId(id), i < 5 ? 'x' : 'y'])),
  supersector: new Map(LETTERS.map((id, i) => [securityId(id), i % 2 === 0 ? 'x' : 'y'])),
};
const FACTS = {
  measures: { 'impact-cost': new Map(LETTERS.map((id, i) => [securityId(id), 0.001 * (i + 1)])) },
  properties: { chips: new Set(['a', 'c', 'e', 'g'].map(securityId)) },
  groups: GROUPS,
  indices: {
    parent: new Set(['a', 'b', 'c', 'd', 'e', 'f'].map(securityId)),
    other: new Set(['b'].map(securityId)),
  },
};
const BY_CAP = { kind: 'measure', measure: 'total-cap', order: 'desc' };
const EVERYBODY = { kind: 'coverage', measure: 'total-cap', share: 1 };

/** What one rule decides about the ten, everything else out of the way. */
function membership(
  title,
  source,
  { section, rule, members = '', extra = {}, ranking = BY_CAP, note },
  stated,
) {
  const sections = {
    universe: {},
    screens: {},
    ranking: ranking === undefined ? {} : { by: ranking },
    selection: { seats: EVERYBODY },
  };
  sections[section] = section === 'selection' ? { seats: rule, ...extra } : { tested: rule };
  const reviewed = review({
    methodology: methodologyOf(sections),
    dates: { cutoff: DAY, announcement: DAY, pricing: DAY, swap: DAY, effective: DAY },
    incumbents: [...members].map(securityId),
    atCutoff: made(),
    sessions: weekdays(),
    announcement: undefined,
    facts: FACTS,
  });
  return {
    title,
    source,
    rule,
    note,
    columns: ['security', 'member', 'rank', 'outcome', 'held against'],
    rows: reviewed.decisions.map(({ id, incumbent, rank, outcome, limit }) => [
      id,
      incumbent ? 'yes' : '',
      rank === undefined ? '' : String(rank),
      outcome,
      limit.en,
    ]),
    stated: stated && { column: 3, values: stated },
  };
}

/** Outcomes of the ten as one letter each: r retained, a added, d deleted, w waiting, n not selected, s screened out. */
const named = (text) =>
  text &&
  [...text].map(
    (letter) =>
      ({ r: 'retained', a: 'added', d: 'deleted', w: 'reserve', n: 'not-selected', s: 'screened-out' })[
        letter
      ],
  );

function methodologyOf(sections) {
  const clause = (rule) => [
    { from: '2020-01-01', rule, en: 'A rule.', zh: '规则。', cite: ['PAGE'], confidence: 'official' },
  ];
  const document = {
    rulebook: 'example',
    version: '1',
    aliases: [],
    name: { en: 'Example', zh: '示例' },
    market: 'XSHG',
    currency: 'CNY',
    sources: { PAGE: { title: 'made up' } },
  };
  for (const [section, clauses] of Object.entries(sections)) {
    document[section] = Object.fromEntries(
      Object.entries(clauses).map(([name, rule]) => [name, clause(rule)]),
    );
  }
  const { rulebook, issues } = parseRulebook(document, 'example.yaml', () => undefined);
  if (rulebook === undefined) throw new Error(JSON.stringify(issues));
  return resolveRulebook(rulebook, DAY);
}

function weekdays() {
  const days = [];
  for (let day = parseDay('2024-01-01'); day < parseDay('2026-12-31'); day++) {
    if ((day + 3) % 7 < 5) days.push(day);
  }
  return { market: 'XSHG', days: Int32Array.from(days) };
}

function universeAndScreens() {
  const screen = (rule, stated, members = '') => [
    membership(null, OWN, { section: 'screens', rule, members }, named(stated)),
  ];
  return {
    'listed-on': [
      membership(
        null,
        OWN,
        { section: 'universe', rule: { kind: 'listed-on', board: 'STAR', types: ['share'] } },
        named('aasaaaaass'),
      ),
    ],
    'sample-space': [
      membership(
        null,
        OWN,
        {
          section: 'universe',
          rule: { kind: 'sample-space', boards: ['STAR'], types: ['share', 'cdr'], tags: ['chips'] },
        },
        named('asasasasss'),
      ),
    ],
    'parent-index': [
      membership(
        null,
        OWN,
        { section: 'universe', rule: { kind: 'parent-index', include: ['parent'], exclude: ['other'] } },
        named('asaaaassss'),
      ),
    ],
    'listing-age': screen(
      {
        kind: 'listing-age',
        months: 12,
        exceptions: [{ rankTop: 3, months: 1, sessionsAfterCutoff: 0, committee: false }],
      },
      'aaaaasaasa',
    ),
    'no-risk-warning': screen({ kind: 'no-risk-warning' }, 'aaasaaaaaa'),
    liquidity: screen(
      { kind: 'liquidity', keepTop: 0.8, keepTopIncumbents: 0.9, windowMonths: 12 },
      'asaaraaaaa',
      'e',
    ),
    committee: screen({ kind: 'committee', exclude: ['c'] }, 'aasaaaaaaa'),
    threshold: screen({ kind: 'threshold', measure: 'impact-cost', max: 0.005 }, 'aaaaasssss'),
    flag: screen({ kind: 'flag', flag: 'chips', is: true }, 'asasasasss'),
    'drop-top': screen({ kind: 'drop-top', measure: 'total-cap', count: 2 }, 'ssaaaaaaaa'),
    'coverage-screen': screen({ kind: 'coverage-screen', measure: 'total-cap', share: 0.7 }, 'aaaassssss'),
  };
}

function rankings() {
  const topThree = { kind: 'top-n', count: 3, exact: true };
  const ranked = (rule, stated) => {
    const example = membership(
      null,
      OWN,
      { section: 'selection', rule: topThree, ranking: rule },
      named(stated),
    );
    return [{ ...example, rule, note: 'The best three get a seat.' }];
  };
  return {
    'average-total-cap': ranked(
      { kind: 'average-total-cap', windowMonths: 12, skipFirstSessions: 5 },
      'aaannnnnnn',
    ),
    measure: ranked({ kind: 'measure', measure: 'impact-cost', order: 'asc' }, 'aaannnnnnn'),
  };
}

function selections(sessions) {
  const seats = (rule, members, stated, extra = {}, note = undefined) => [
    membership(null, OWN, { section: 'selection', rule, members, extra, note }, named(stated)),
  ];
  const buffer = { kind: 'buffer', count: 4, enter: 3, keep: 6, order: 'keep-first' };
  const swapped = (kind) => (example) => [{ ...example[0], rule: kind }];
  const limit = { kind: 'turnover-limit', maxCount: 1, pairing: 'best-in-worst-out' };
  const reserve = { kind: 'reserve-list', length: 2 };
  return {
    buffer: [
      {
        ...membership(
          'Keep first: four seats, enter line 3, keep line 6, members e and f',
          'worked example E11: prev{e,f} gives a, b, e, f',
          { section: 'selection', rule: buffer, members: 'ef' },
          named('aannrrnnnn'),
        ),
      },
    ],
    'ratio-buffer': seats(
      { kind: 'ratio-buffer', count: 4, enterRatio: 0.75, keepRatio: 1.5, order: 'keep-first' },
      'ef',
      'aannrrnnnn',
    ),
    'top-n': seats({ kind: 'top-n', count: 3, exact: true }, 'abd', 'rradnnnnnn'),
    coverage: seats(
      { kind: 'coverage', measure: 'total-cap', share: 0.5, keepShare: 0.7 },
      'ce',
      'aarndnnnnn',
    ),
    'four-thresholds': seats(
      {
        kind: 'four-thresholds',
        count: 4,
        fastExit: 8,
        fastEntry: 2,
        fastReplacement: 5,
        regularExit: 6,
        regularEntry: 4,
        regularReplacement: 5,
        fastOnly: false,
      },
      'cefi',
      'aarnrdnndn',
    ),
    'group-quota': seats(
      {
        kind: 'group-quota',
        count: 4,
        groupLevel: 'sector',
        leaderFirst: true,
        reference: 'universe-float-cap',
      },
      '',
      'aannnaannn',
    ),
    'supersector-coverage': seats(
      { kind: 'supersector-coverage', share: 0.6, enter: 3, keep: 5, count: 4 },
      'ef',
      'aaanrdnnnn',
    ),
    'max-rank-replacement': seats({ kind: 'max-rank-replacement', outside: 5 }, 'abg', 'rrannndnnn'),
    discretion: seats({ kind: 'discretion', what: 'The committee chooses.' }, 'adg', 'rnnrnnrnnn'),
    'turnover-limit': swapped(limit)(
      seats(
        { kind: 'top-n', count: 3, exact: true },
        'efg',
        'annnrrdnnn',
        { limit },
        'Top three, of which one may change.',
      ),
    ),
    'reserve-list': swapped(reserve)(
      seats(
        { kind: 'top-n', count: 3, exact: true },
        'abc',
        'rrrwwnnnnn',
        { reserve },
        'Top three, the next two wait.',
      ),
    ),
    'fast-entry': [fastEntry()],
    'status-clock': [statusClock(sessions)],
  };
}

function fastEntry() {
  const rule = {
    kind: 'fast-entry',
    testAfterSessions: 7,
    rankTop: 40,
    among: 'members',
    joinAfterSessions: 15,
    noticeSessions: 5,
    evict: 'none',
  };
  const holidays = new Set([parseDay('2026-06-19'), parseDay('2026-07-03')]);
  const days = weekdays().days.filter((day) => !holidays.has(day));
  const { tested, swap, joins } = fastEntryDates(rule, parseDay('2026-06-12'), { market: 'XNYS', days });
  return {
    title: 'Nasdaq-100, first trade on 2026-06-12, holidays 06-19 and 07-03',
    source: 'printed (worked example E18)',
    rule,
    columns: ['date', 'day'],
    rows: [
      ['rank taken after the close of', formatDay(tested)],
      ['funds buy at the close of', formatDay(swap)],
      ['first session as a member', formatDay(joins)],
    ],
    stated: { column: 1, values: ['2026-06-23', '2026-07-06', '2026-07-07'] },
  };
}

function statusClock(sessions) {
  const rule = {
    kind: 'status-clock',
    status: 'risk-warning',
    leaves: { nthWeekday: 2, weekday: 'fri', monthsAfter: 1 },
    returns: 'same',
  };
  return {
    title: 'A risk warning put on or lifted',
    source:
      'the SSE text of 2020: the trading day after the second Friday of the month following (rule text of 2020)',
    rule,
    columns: ['status changed', 'shows in the index from'],
    rows: ['2025-07-04', '2025-07-31', '2025-08-01'].map((iso) => [
      iso,
      formatDay(clockDay(rule, parseDay(iso), sessions)),
    ]),
    stated: { column: 1, values: ['2025-08-11', '2025-08-11', '2025-09-15'] },
  };
}

// ---------------------------------------------------------------------------------------------------------------
// Floats and caps
// ---------------------------------------------------------------------------------------------------------------

const percent = (fraction, digits = 6) => String(Number((100 * fraction).toFixed(digits)));

function floats() {
  const bands = { kind: 'float-bands', exactUpTo: 0.15, bands: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] };
  const ratios = (rule, source, of, inputs, outputs) => [
    {
      title: null,
      source,
      rule,
      columns: ['free float, %', 'counted, %'],
      rows: inputs.map((ratio) => [String(ratio), percent(of(ratio / 100))]),
      stated: { column: 1, values: outputs.map(String) },
    },
  ];
  const roundUp = { kind: 'float-round-up', step: 0.05, below: 0.1, finerStep: 0.01 };
  const low = { kind: 'low-float', multiple: 3 };
  return {
    'float-bands': ratios(
      bands,
      'worked example E2',
      (ratio) => inclusionFactor(bands, ratio),
      [7, 9, 9.01, 15, 15.01, 20, 20.01, 35, 43.3722, 50, 80, 80.01],
      [7, 9, 10, 15, 20, 20, 30, 40, 50, 50, 80, 100],
    ),
    'float-round-up': ratios(
      roundUp,
      `${OWN}, after the Hang Seng rounding`,
      (ratio) => roundedUpFloat(roundUp, ratio),
      [8.1, 9, 12, 41.2, 45, 99],
      [9, 9, 15, 45, 45, 100],
    ),
    'low-float': [
      {
        title: 'A company of USD 1,750 bn with a float of 75 bn',
        source: 'printed (worked example E17); the other rows by hand',
        rule: low,
        columns: ['all shares, USD bn', 'float, USD bn', 'counted, USD bn'],
        rows: [
          [1750, 75],
          [1750, 600],
          [100, 33],
        ].map(([all, float]) => [String(all), String(float), String(countedShares(low, all, float))]),
        stated: { column: 2, values: ['225', '1750', '99'] },
      },
    ],
  };
}

const repeat = (value, n) => Array(n).fill(value);

/** Weights of a list of values under rules; members are A, B, C ... and the last line is everybody else. */
function capping(
  title,
  source,
  { rules, values, others = [0, 0], groups, inForce, level, start },
  stated,
  digits = 6,
) {
  const all = [...values, ...repeat(others[1], others[0])];
  const clauses = rules.map((rule, i) => ({ id: `caps.${i}`, rule }));
  const { uncapped, weights, outcomes } = applyCaps(Float64Array.from(all), clauses, {
    ...(groups && { groups: [...groups, ...repeat('', others[0])] }),
    ...(inForce && { inForce: Float64Array.from(inForce) }),
    ...(level && { level }),
    ...(start && { start }),
  });
  const last = all.length - 1;
  const shown = values.map((_, i) => [String.fromCharCode(65 + i), i]);
  if (others[0] > 0) shown.push([`${others[0]} others, each`, last]);
  const bound = new Set(outcomes.flatMap((outcome) => outcome.bound));
  return {
    title,
    source,
    rule: rules[rules.length - 1],
    note: rules.length > 1 ? `After \`${rules.slice(0, -1).map(inline).join('`, `')}\`.` : undefined,
    columns: ['member', ...(groups ? ['group'] : []), 'uncapped, %', 'capped, %', 'bound'],
    rows: shown.map(([name, i]) => [
      name,
      ...(groups ? [groups[i] ?? ''] : []),
      percent(uncapped[i], digits),
      percent(weights[i], digits),
      bound.has(i) ? 'yes' : '',
    ]),
    stated: stated && { column: groups ? 3 : 2, values: stated },
  };
}

export const inline = (rule) =>
  `{ ${Object.entries(rule)
    .map(([key, value]) => `${key}: ${value !== null && typeof value === 'object' ? flow(value) : value}`)
    .join(', ')} }`;
const flow = (value) =>
  Array.isArray(value)
    ? `[${value.map((v) => (typeof v === 'object' ? inline(v) : v)).join(', ')}]`
    : inline(value);

const E6 = { values: [15.42, 10.21, 8, 7, 5.6], others: [45, (100 - 46.23) / 45] };
const TEN = { kind: 'single', cap: 0.1 };

function caps() {
  const topFive = (redistribution) => ({ kind: 'top-k', k: 5, limit: 0.4, redistribution });
  // The five after the 10 % cap, scaled to 40 %; E6 prints them from rounded steps, off in the fifth decimal.
  const lifted = 80 / (100 - 15.42 - 10.21);
  const five = [10, 10, 8 * lifted, 7 * lifted, 5.6 * lifted];
  const sum = five.reduce((a, b) => a + b);
  const proRata = [...five.map((weight) => String((weight * 40) / sum)), String(60 / 45)];
  const joint = (reading, stated, source = 'worked example E6') =>
    capping(
      `STAR 50 style, reading \`${reading}\``,
      source,
      { rules: [TEN, topFive(reading)], ...E6 },
      stated,
    );
  return {
    start: [
      {
        ...capping(
          'Limits that hold on the weights in force: nothing is touched',
          OWN,
          {
            rules: [{ kind: 'single', cap: 0.4 }],
            values: [60, 20, 20],
            inForce: [0.4, 0.35, 0.25],
            start: 'in-force-if-limits-hold',
          },
          ['40', '35', '25'],
        ),
        rule: { kind: 'start', from: 'in-force-if-limits-hold', level: 'security' },
        note: 'Under `{ kind: single, cap: 0.4 }`; restarting from the uncapped values would cap A and share the rest alike.',
      },
    ],
    single: [
      capping(
        '30 % on 50, 28, 12, 6, 4: B is caught in the second round',
        'worked example E4',
        { rules: [{ kind: 'single', cap: 0.3 }], values: [50, 28, 12, 6, 4] },
        ['30', '30', '21.818182', '10.909091', '7.272727'],
      ),
    ],
    'top-k': [
      joint('pro-rata', proRata, 'worked example E6, its last digits worked out exactly'),
      joint('waterline', ['8.646705', '8.646705', '8.646705', '7.811047', '6.248838', '1.333333']),
      joint(
        'capped-stay',
        ['10', '10', '7.766990', '6.796117', '5.436893', '1.333333'],
        'the reading that carries the published levels, on the numbers of E6',
      ),
    ],
    'above-sum': [
      capping(
        'Nasdaq-100: above 4.5 % together at most 48 %, else 40 %',
        'worked example E13',
        {
          rules: [{ kind: 'above-sum', threshold: 0.045, limit: 0.48, target: 0.4, cut: 'scale-set' }],
          values: [14, 13, 8, 7, 6, 5, 4.2],
          others: [60, 42.8 / 60],
        },
        ['10.566038', '9.811321', '6.037736', '5.283019', '4.528302', '3.773585', '3.773585', '0.937107'],
      ),
    ],
    receivers: [
      capping(
        'Select Sector since 2024: the set is scaled to 45 %, what is missing goes to those below 4.5 %',
        'worked example E15',
        {
          rules: [
            {
              kind: 'above-sum',
              threshold: 0.048,
              limit: 0.5,
              target: 0.45,
              cut: 'scale-set',
              spread: 'deferred',
            },
            { kind: 'receivers', below: 0.045, ceiling: 0.045 },
          ],
          values: [21.5, 21.3, 21.2],
          others: [36, 1],
        },
        ['15.117188', '14.976563', '14.90625', '1.527778'],
      ),
    ],
    'rank-tier': [
      capping(
        'PHLX Semiconductor: five at most 8 %, the others at most 4 %',
        OWN,
        {
          rules: [{ kind: 'rank-tier', tiers: [{ ranks: 5, cap: 0.08 }], others: 0.04 }],
          values: [20, 15, 10, 9, 8, 6],
          others: [24, 32 / 24],
        },
        ['8', '8', '8', '8', '8', '4', '2.333333'],
      ),
    ],
    group: [
      capping(
        'Depositary receipts together at most 10 %',
        OWN,
        {
          rules: [{ kind: 'group', limit: 0.1, groups: ['adr'] }],
          values: [40, 30, 15, 15],
          groups: ['us', 'us', 'adr', 'adr'],
        },
        ['51.428571', '38.571429', '5', '5'],
      ),
    ],
    'group-target': [
      capping(
        'Two industries at 60 and 40 %',
        OWN,
        {
          rules: [{ kind: 'group-target', targets: { chips: 0.6, drugs: 0.4 } }],
          values: [30, 20, 25, 25],
          groups: ['chips', 'chips', 'drugs', 'drugs'],
        },
        ['36', '24', '20', '20'],
      ),
    ],
    haircut: [
      capping(
        'Nikkei 225: 12.4 % is above 12 %',
        'worked example E23',
        { rules: [{ kind: 'haircut', threshold: 0.12, factor: 0.9 }], values: [12.4], others: [8, 87.6 / 8] },
        ['11.300122', '11.087485'],
      ),
    ],
    phased: [
      capping(
        'Nifty Bank, first of four steps from 28 to 20 %',
        'worked example E21',
        {
          rules: [{ kind: 'phased', cap: 0.2, k: 3, limit: 0.45, remaining: 4 }],
          values: [28, 9, 8],
          others: [11, 5],
        },
        ['26', undefined, undefined, undefined],
      ),
    ],
    optimise: [
      capping(
        '10/40: nobody above 10 %, those above 5 % together at most 40 %',
        `${OWN}; the provider's own objective is not public`,
        {
          rules: [{ kind: 'optimise', cap: 0.1, threshold: 0.05, limit: 0.4 }],
          values: [14, 12, 10, 9, 8, 6],
          others: [20, 41 / 20],
        },
        ['10', '10', '10', '10', '5', '5', '2.5'],
      ),
    ],
  };
}

function levels() {
  const before = dot([100, 200], [10, 5]);
  const next = dot([100, 200], [11, 4.8]);
  const after = dot([100, 50], [11, 30]);
  const divisor = before / 1000;
  const rebased = divisor * (after / next);
  return {
    title: 'A at 10 and B at 5, base 1000; next day C (50 at 30) replaces B',
    source: 'worked example E9',
    rule: { kind: 'capitalisation-weighted', baseDay: '2020-01-01', baseLevel: 1000, decimals: 4 },
    columns: ['close', 'value', 'divisor', 'level'],
    rows: [
      ['base day', String(before), String(divisor), String(before / divisor)],
      ['next day, A and B', String(next), String(divisor), String(next / divisor)],
      ['next day, A and C', String(after), rebased.toFixed(10), (after / rebased).toFixed(4)],
    ],
    stated: { column: 3, values: ['1000', '1030', '1030.0000'] },
  };
}
