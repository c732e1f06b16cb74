/** Reading a rulebook: what is wrong with it is said at once, each thing at its file and line. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulebookJsonSchema, type Issue } from '../../../src/core/index.js';
import { parseRulebookText } from '../../../src/data/rulebooks.js';
import { day } from '../days.js';
import { lineOf, parsed, TEMPLATE, templateWith } from './template.js';

const FILE = 'small.yaml';

const issuesOf = (text: string): readonly Issue[] => {
  const { rulebook, issues } = parseRulebookText(text, FILE);
  expect(rulebook === undefined).toBe(issues.length > 0);
  return issues;
};

/** The one issue of a text. */
function issueOf(text: string): Issue {
  const issues = issuesOf(text);
  expect(issues.map((issue) => `${issue.line} ${issue.code} ${issue.path}`)).toHaveLength(1);
  return issues[0];
}

it('the template is a rulebook', () => {
  const rulebook = parsed();
  expect(rulebook).toMatchObject({
    id: 'small-index',
    version: '1',
    aliases: ['small'],
    nameEn: 'Small index',
    nameZh: '小指数',
    market: 'XSHG',
    currency: 'CNY',
    sources: {
      A: { title: 'The provider', url: undefined },
      B: { title: 'A replay', url: 'example.org/replay' },
    },
  });
  expect(rulebook.clauses.caps.map(({ id, from, to }) => ({ id, from, to }))).toEqual([
    { id: 'caps.single', from: day('2020-01-01'), to: day('2022-12-31') },
    { id: 'caps.single', from: day('2023-01-01'), to: undefined },
    { id: 'caps.top-five', from: day('2023-01-01'), to: undefined },
  ]);
  expect(rulebook.clauses.screens).toEqual([]);
});

describe('one thing wrong', () => {
  const cite = '      cite: [A]\n';

  it.each<[string, string, Partial<Issue>, string]>([
    [
      'an unknown key of the file',
      templateWith(['currency: CNY', 'currency: CNY\ncurency: EUR']),
      { code: 'unknown_key', path: 'curency' },
      'curency',
    ],
    [
      'an unknown key of a clause',
      templateWith(['      zh: 第二个星期五。', '      zh: 第二个星期五。\n      zz: no']),
      { code: 'unknown_key', path: 'calendar.swap.0.zz' },
      'zz: no',
    ],
    [
      'an unknown key of a rule',
      templateWith(['kind: single, cap: 0.15', 'kind: single, cap: 0.15, floor: 0.01']),
      { code: 'unknown_key', path: 'caps.single.0.rule.floor' },
      'kind: single, cap: 0.15',
    ],
    [
      'no citation',
      templateWith([`第二个星期五。\n${cite}`, '第二个星期五。\n']),
      { code: 'missing_citation', path: 'calendar.swap.0' },
      '- from: 2020-01-01',
    ],
    [
      'an empty citation',
      templateWith([`第二个星期五。\n${cite}`, '第二个星期五。\n      cite: []\n']),
      { code: 'missing_citation', path: 'calendar.swap.0.cite' },
      'cite: []',
    ],
    [
      'an unknown source',
      templateWith([`第二个星期五。\n${cite}`, '第二个星期五。\n      cite: [A, C]\n']),
      { code: 'unknown_source', path: 'calendar.swap.0.cite.1', value: 'C' },
      'cite: [A, C]',
    ],
    [
      'an unknown source of a reading',
      templateWith(['          cite: [B]', '          cite: [Z]']),
      { code: 'unknown_source', path: 'caps.top-five.0.readings.capped-stay.cite.0', value: 'Z' },
      'cite: [Z]',
    ],
    [
      'an unknown kind',
      templateWith(['kind: single, cap: 0.15', 'kind: singel, cap: 0.15']),
      {
        code: 'unknown_kind',
        path: 'caps.single.0.rule.kind',
        value: 'singel',
        expected: expect.stringMatching(/^one of single, top-k, above-sum/),
      },
      'kind: singel',
    ],
    [
      'a kind of another section',
      templateWith(['kind: single, cap: 0.15', 'kind: buffer, cap: 0.15']),
      { code: 'unknown_kind', path: 'caps.single.0.rule.kind', value: 'buffer' },
      'kind: buffer, cap',
    ],
    [
      'a date that does not exist',
      templateWith(['from: 2020-01-01', 'from: 2021-02-29']),
      { code: 'not_a_date', path: 'calendar.swap.0.from', value: '2021-02-29' },
      'from: 2021-02-29',
    ],
    [
      'an end before the beginning',
      templateWith(['to: 2022-12-31', 'to: 2019-12-31']),
      { code: 'wrong_order', path: 'caps.single.0.to', expected: 'a day on or after 2020-01-01' },
      'to: 2019-12-31',
    ],
    [
      'versions that overlap by a day',
      templateWith(['to: 2022-12-31', 'to: 2023-01-01']),
      { code: 'overlapping_validity', path: 'caps.single.1.from', value: '2023-01-01' },
      'from: 2023-01-01',
    ],
    [
      'a version without an end before another',
      templateWith(['      to: 2022-12-31\n', '']),
      { code: 'overlapping_validity', path: 'caps.single.1.from' },
      'from: 2023-01-01',
    ],
    [
      'a cap that twenty members cannot meet',
      templateWith(['cap: 0.1 }', 'cap: 0.04 }']),
      {
        code: 'infeasible_cap',
        path: 'caps.single.1.rule.cap',
        value: 0.04,
        expected: 'at least 0.05 with 20 members',
      },
      'cap: 0.04',
    ],
    [
      'a limit that five of twenty members cannot meet',
      templateWith(['limit: 0.4', 'limit: 0.2']),
      {
        code: 'infeasible_cap',
        path: 'caps.top-five.0.rule.limit',
        value: 0.2,
        expected: 'at least 0.25 with 20 members',
      },
      'limit: 0.2',
    ],
    [
      'a cap above 1',
      templateWith(['cap: 0.15', 'cap: 15']),
      { code: 'wrong_value', path: 'caps.single.0.rule.cap', value: 15 },
      'cap: 15',
    ],
    [
      'a word where a number belongs',
      templateWith(['count: 20', 'count: twenty']),
      { code: 'wrong_value', path: 'selection.buffer.0.rule.count', value: 'twenty' },
      'count: twenty',
    ],
    [
      'a default reading that is not among them',
      templateWith(['reading: capped-stay', 'reading: capped']),
      {
        code: 'unknown_reading',
        path: 'caps.top-five.0.reading',
        value: 'capped',
        expected: 'one of capped-stay, off',
      },
      'reading: capped\n',
    ],
    [
      'a reading that leaves a rule no schema accepts',
      templateWith(['set: { limit: 1 }', 'set: { limit: 2 }']),
      { code: 'wrong_value' },
      'set: { limit: 2 }',
    ],
    [
      'a name in one language only',
      templateWith(['  zh: 小指数\n', '']),
      { code: 'missing_key', path: 'name', expected: 'a value for `zh`' },
      'name:',
    ],
    [
      'a section that is a list',
      templateWith(['sources:\n', 'universe: [a]\nsources:\n']),
      { code: 'wrong_type', path: 'universe' },
      'universe: [a]',
    ],
  ])('%s', (_, text, expected, at) => {
    const issue = issueOf(text);
    expect(issue).toMatchObject({ ...expected, file: FILE, line: lineOf(text, at) });
    expect(issue.expected).not.toBe('');
  });

  it('YAML that is none is one issue at its line', () => {
    const text = templateWith(['currency: CNY', 'currency: "CNY']);
    expect(issuesOf(text)[0]).toMatchObject({ code: 'invalid_yaml', file: FILE });
    expect(issuesOf(templateWith(['currency: CNY', 'market: XSHG']))).toMatchObject([
      { code: 'invalid_yaml', line: lineOf(TEMPLATE, 'currency: CNY') },
    ]);
  });

  it.each(['', '[]', '5', 'text', '# nothing\n'])('"%s" is not a rulebook', (text) => {
    expect(issueOf(text)).toMatchObject({ code: 'not_a_rulebook', file: FILE });
  });
});

describe('what must not be overlooked', () => {
  // A rule that is not a mapping: the clause must not disappear without a word.
  it.each(['5', 'single', 'null', '[single]'])('a rule that is %s', (rule) => {
    const text = templateWith(['rule: { kind: single, cap: 0.15 }', `rule: ${rule}`]);
    expect(issuesOf(text).map((issue) => issue.path)).toContain('caps.single.0.rule');
  });

  // A default reading without any readings would only fail when the index is computed.
  it('a default reading where there are no readings', () => {
    const text = templateWith(['zh: 二十席。', 'zh: 二十席。\n      reading: keep-first']);
    expect(issuesOf(text).map((issue) => issue.path)).toEqual(['selection.buffer.0.reading']);
  });

  // The reading `off` would set a limit that twenty members cannot meet.
  it('a reading whose cap cannot be met', () => {
    const text = templateWith(['set: { limit: 1 }', 'set: { limit: 0.2 }']);
    expect(issuesOf(text).map((issue) => issue.code)).toEqual(['infeasible_cap']);
  });

  it('a cap that cannot be met, at its own line, though the version before it is broken', () => {
    const text = templateWith(['cap: 0.15', 'cap: 15'], ['cap: 0.1 }', 'cap: 0.04 }']);
    expect(issuesOf(text).map(({ code, line }) => ({ code, line }))).toEqual([
      { code: 'wrong_value', line: lineOf(text, 'cap: 15') },
      { code: 'infeasible_cap', line: lineOf(text, 'cap: 0.04') },
    ]);
  });

  it('every version that overlaps another, not only its neighbour', () => {
    const version = (from: string, to: string): string =>
      `    - from: ${from}\n      to: ${to}\n      rule: { kind: single, cap: 0.1 }\n      en: e\n      zh: z\n      cite: [A]\n      confidence: official\n`;
    const text = templateWith([
      '  top-five:',
      `  other:\n${version('2020-01-01', '2029-12-31')}${version('2021-01-01', '2021-12-31')}${version('2023-01-01', '2023-12-31')}  top-five:`,
    ]);
    expect(issuesOf(text).map((issue) => issue.path)).toEqual(['caps.other.1.from', 'caps.other.2.from']);
  });

  it('one wrong end is one issue, not an open end that overlaps as well', () => {
    const text = templateWith(['to: 2022-12-31', 'to: 2022-02-30']);
    expect(issuesOf(text).map((issue) => issue.code)).toEqual(['not_a_date']);
  });

  it('one slip in a date step is one issue, not one per kind of step', () => {
    const text = templateWith(['{ nthWeekday: 2, weekday: fri }', '{ nthWeekday: 2, weekday: fry }']);
    const issues = issuesOf(text);
    expect(issues.some((issue) => issue.path === 'calendar.swap.0.rule.steps.0.weekday')).toBe(true);
    expect(issues.map((issue) => `${issue.code} ${issue.path}`)).toHaveLength(1);
  });
});

it('everything wrong is reported at once, each at its line', () => {
  const text = templateWith(
    ['currency: CNY', 'currency: CNY\ncurency: EUR'],
    ['      zh: 第二个星期五。\n      cite: [A]\n', '      zh: 第二个星期五。\n'],
    ['      zh: 下一交易日。\n      cite: [A]\n', '      zh: 下一交易日。\n      cite: [Nobody]\n'],
    ['to: 2022-12-31', 'to: 2022-13-31'],
    [
      'from: 2023-01-01\n      rule: { kind: single, cap: 0.1 }',
      'from: 2023-01-01\n      rule: { kind: single, cap: 0.01 }',
    ],
    ['kind: buffer', 'kind: bufer'],
    ['limit: 0.4', 'limit: 4'],
  );
  const seen = issuesOf(text).map(({ code, file, line }) => ({ code, file, line }));
  const at = (code: string, needle: string, after = ''): { code: string; file: string; line: number } => ({
    code,
    file: FILE,
    line: lineOf(text, needle, after),
  });
  const expected = [
    at('unknown_key', 'curency'),
    at('missing_citation', '- from: 2020-01-01', 'swap:'),
    at('unknown_source', '[Nobody]'),
    at('unknown_kind', 'kind: bufer'),
    at('not_a_date', 'to: 2022-13-31'),
    at('wrong_value', 'limit: 4'),
  ];
  for (const issue of expected) expect(seen).toContainEqual(issue);
  // The mistyped buffer still states its seats, so the 1 % that they cannot meet is said too; everything once.
  expect(seen).toContainEqual(at('infeasible_cap', 'cap: 0.01'));
  expect(seen.filter(({ code }) => code !== 'overlapping_validity' && code !== 'wrong_value')).toHaveLength(
    6,
  );
});

it('overlap and infeasible cap are reported beside other issues', () => {
  const text = templateWith(
    ['currency: CNY', 'currency: CNY\ncurency: EUR'],
    ['to: 2022-12-31', 'to: 2024-12-31'],
    ['cap: 0.1 }', 'cap: 0.01 }'],
    ['          cite: [B]', '          cite: [Z]'],
  );
  expect(issuesOf(text).map(({ code, line }) => ({ code, line }))).toEqual([
    { code: 'unknown_key', line: lineOf(text, 'curency') },
    { code: 'overlapping_validity', line: lineOf(text, 'from: 2023-01-01') },
    { code: 'infeasible_cap', line: lineOf(text, 'cap: 0.01') },
    { code: 'unknown_source', line: lineOf(text, 'cite: [Z]') },
  ]);
});

it('the published JSON Schema is the one the code makes', () => {
  const published = JSON.parse(readFileSync('schemas/rulebook.schema.json', 'utf8')) as unknown;
  expect(rulebookJsonSchema()).toEqual(published);
});
