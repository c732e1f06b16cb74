/** What goes wrong: the exit code, one clear sentence, the issues below it, and the same as a JSON document. */
import { beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../data/scratch.js';
import type { ErrorDocument } from './documents.js';
import { jsonOf, run, runAll, type Ended } from './run.js';

const files = scratch();
/** Enough members for the caps of the index. */
const CAPS = files.write(
  'caps.csv',
  `id,marketCap\n${Array.from({ length: 20 }, (_, i) => `6880${10 + i},${100 - i}`).join('\n')}\n`,
);
const review = (...words: string[]): string[] => ['review', 'star-50', ...words];
const weigh = (...words: string[]): string[] => ['weigh', 'star-50', '--date', '2025-09-15', ...words];
const september = (command: string, ...words: string[]): string[] => [
  command,
  'star-50',
  '--effective',
  '2025-09-15',
  ...words,
];

interface Case {
  readonly words: readonly string[];
  readonly exit: number;
  readonly code: string;
  /** What message and issues say, whatever else they say. */
  readonly says: readonly (string | RegExp)[];
}

const CASES: Readonly<Record<string, Case>> = {
  'unknown index': {
    words: ['review', 'star-5', '--effective', '2025-09-15'],
    exit: 2,
    code: 'unknown_index',
    says: ['there is no rulebook called star-5', 'star-50 (the nearest name)'],
  },
  'unknown command': {
    words: ['reviw'],
    exit: 2,
    code: 'invalid_argument',
    says: ["unknown command 'reviw'", 'Did you mean review?'],
  },
  'unknown option': {
    words: september('flows', '--asset', '3'),
    exit: 2,
    code: 'invalid_argument',
    says: ["unknown option '--asset'", 'Did you mean --assets?'],
  },
  'option missing': {
    words: ['review', 'star-50'],
    exit: 2,
    code: 'invalid_argument',
    says: ['a required option is missing', '<date>; --help after the command says more'],
  },
  'too many words': {
    words: september('review', 'star-100'),
    exit: 2,
    code: 'invalid_argument',
    says: ["too many arguments for 'review'"],
  },
  'a day that does not exist': {
    words: review('--effective', '2025-02-30'),
    exit: 2,
    code: 'invalid_argument',
    says: ['--effective 2025-02-30 cannot be used', 'an existing date as YYYY-MM-DD'],
  },
  'a day that is no effective date': {
    words: review('--effective', '2025-09-16'),
    exit: 2,
    code: 'not_an_effective_date',
    says: ['2025-09-16 is not an effective date of star-50', '2025-09-15 and 2025-12-15'],
  },
  'a review after the data': {
    words: review('--effective', '2026-06-15'),
    exit: 3,
    code: 'no_prices',
    says: ['the data set ends on 2026-02-11', 'import prices FILE', '--known-at 2026-02-11'],
  },
  'a review before any basket': {
    words: review('--effective', '2021-03-15'),
    exit: 3,
    code: 'no_basket',
    says: ['no basket of star-50 before 2021-03-15', 'the first one held is of 2025-06-16'],
  },
  'levels of a holiday': {
    words: ['level', 'star-50', '--from', '2025-10-01', '--to', '2025-10-05'],
    exit: 3,
    code: 'no_session',
    says: ['the market was closed from 2025-10-01 to 2025-10-05'],
  },
  'a year beyond the calendar': {
    words: review('--effective', '2027-03-15'),
    exit: 3,
    code: 'outside_calendar',
    says: ['2005-01-04..2026-12-31'],
  },
  'a date before the rulebook': {
    words: review('--effective', '2019-03-18'),
    exit: 3,
    code: 'rulebook_not_in_force',
    says: ['2019-03-18'],
  },
  'negative assets': {
    words: september('flows', '--assets=-5'),
    exit: 2,
    code: 'invalid_argument',
    says: ['--assets -5 cannot be used', 'an amount above 0'],
  },
  'assets that are not a number': {
    words: september('flows', '--assets', 'NaN'),
    exit: 2,
    code: 'invalid_argument',
    says: ['--assets NaN cannot be used'],
  },
  'more money than there is': {
    words: september('readings', '--assets', '1e300'),
    exit: 2,
    code: 'invalid_argument',
    says: ['at most 1e18'],
  },
  'unknown language': {
    words: september('review', '--lang', 'fr'),
    exit: 2,
    code: 'invalid_argument',
    says: ['--lang fr cannot be used', 'en or zh'],
  },
  'not a member': {
    words: september('flows', '--security', '688257'),
    exit: 2,
    code: 'invalid_argument',
    says: ['--security 688257 cannot be used', 'a member before or after the review, such as 688'],
  },
  'a member on the wrong exchange': {
    words: september('flows', '--security', '688256.SZ'),
    exit: 2,
    code: 'invalid_argument',
    says: ['such as 688256.SH'],
  },
  'unknown reading': {
    words: september('review', '--reading', 'waterlin'),
    exit: 2,
    code: 'unknown_reading',
    says: ['star-50 has no reading named waterlin', /keep-first.*capped-stay.*waterline/],
  },
  'unknown occasion': {
    words: weigh('--input', CAPS, '--occasion', 'monthly'),
    exit: 2,
    code: 'invalid_argument',
    says: ['annual, quarterly, special, quarter-end'],
  },
  'unknown encoding': {
    words: weigh('--input', CAPS, '--encoding', 'latin-1'),
    exit: 2,
    code: 'invalid_argument',
    says: ['utf-8 or gb18030'],
  },
  'unknown import format': {
    words: ['import', 'pricess', CAPS],
    exit: 2,
    code: 'invalid_argument',
    says: ['did you mean prices?'],
  },
  'missing input': {
    words: weigh('--input', files.path('nowhere.csv')),
    exit: 2,
    code: 'file_not_found',
    says: ['nowhere.csv does not exist'],
  },
  'input is a folder': {
    words: weigh('--input', files.path('.')),
    exit: 2,
    code: 'not_a_file',
    says: ['is a folder'],
  },
  'missing rulebook file': {
    words: ['rulebook', 'check', 'nowhere.yaml'],
    exit: 2,
    code: 'file_not_found',
    says: ['nowhere.yaml does not exist'],
  },
  'missing data folder': {
    words: september('review', '--data', files.path('nowhere')),
    exit: 2,
    code: 'invalid_argument',
    says: ['an existing folder of imported data'],
  },
  'data folder is a file': {
    words: [
      'import',
      'prices',
      files.write('one.csv', 'date,code,close\n2025-09-12,688256,1\n'),
      '--data',
      CAPS,
    ],
    exit: 2,
    code: 'not_a_folder',
    says: ['caps.csv is a file; name a folder'],
  },
  'two results for standard output': {
    words: september('review', '--csv'),
    exit: 2,
    code: 'invalid_argument',
    says: ['--csv', 'a file name beside --json'],
  },
  'output without a name': {
    words: september('review', '--xlsx', ''),
    exit: 2,
    code: 'invalid_argument',
    says: ['--xlsx without a value cannot be used'],
  },
  'output folder missing': {
    words: weigh('--input', CAPS, '--csv', files.path('nowhere/out.csv')),
    exit: 2,
    code: 'file_not_found',
    says: ['nowhere does not exist'],
  },
  'output cannot be written': {
    words: weigh('--input', CAPS, '--csv', '/proc/out.csv'),
    exit: 4,
    code: 'permission_denied',
    says: ['this user may not read or write it'],
  },
};

const NAMES = Object.keys(CASES);
/** One of each kind is also read as a person reads it; the lines are made of what the document holds. */
const READ = [
  'unknown index',
  'unknown command',
  'unknown reading',
  'a review after the data',
  'missing input',
  'output cannot be written',
];
const KINDS: Readonly<Record<number, string>> = { 2: 'input', 3: 'refusal', 4: 'operational' };
let plain: Record<string, Ended>;
let json: Record<string, Ended>;

beforeAll(async () => {
  plain = await runAll(wordsOf(READ));
  json = await runAll(wordsOf(NAMES, '--json'));
}, 240_000);

function wordsOf(names: readonly string[], ...more: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [name, [...CASES[name].words, ...more]]));
}

describe('failures', () => {
  it.each(NAMES)(
    '%s: exit code and one JSON document that says what, where and what was expected',
    (name) => {
      const { exit, code, says } = CASES[name];
      expect({ code: json[name].code, stderr: json[name].stderr }).toEqual({ code: exit, stderr: '' });
      const { error } = jsonOf<ErrorDocument>(json[name]);
      expect(error).toMatchObject({ kind: KINDS[exit], code, message: expect.any(String) });
      expect(error.message).not.toMatch(/\n|error:|undefined|\[object/i);
      for (const issue of error.issues) {
        expect(Object.keys(issue)).toEqual(['code', 'path', 'file', 'line', 'value', 'expected']);
      }
      const said = [error.message, ...error.issues.map(({ path, expected }) => `${path} ${expected}`)].join(
        '\n',
      );
      for (const text of says) expect(said).toMatch(text);
    },
  );

  it.each(READ)('%s: the same on standard error, one sentence and a line for each issue', (name) => {
    const { code, stdout, stderr } = plain[name];
    expect({ code, stdout }).toEqual({ code: CASES[name].exit, stdout: '' });
    const { error } = jsonOf<ErrorDocument>(json[name]);
    const [sentence, ...issues] = stderr.trimEnd().split('\n');
    expect(sentence).toBe(error.message);
    expect(issues).toEqual(
      error.issues.map(
        ({ path, value, expected, code: word }) =>
          `  ${path} is ${JSON.stringify(value)}, expected ${expected} [${word}]`,
      ),
    );
  });
});

describe('mistakes of the program itself', () => {
  // Breaks one thing that the command needs and that is no file: there is no honest way to meet a bug.
  const broken = `Object.defineProperty(Float64Array, 'from', {
    value: () => { throw new TypeError('broken on purpose'); },
  });`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(broken)}` };

  it('end with 70, the stack and what to do with it', async () => {
    const { code, stdout, stderr } = await run(weigh('--input', CAPS), { env });
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toMatch(/^this is a mistake in Counterweight, not in your input; please report it/);
    expect(stderr).toMatch(/TypeError: broken on purpose\n\s+at /);
  });

  it('as one JSON document, without the stack', async () => {
    const ended = await run(weigh('--input', CAPS, '--json'), { env });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 70, stderr: '' });
    expect(jsonOf(ended)).toEqual({
      error: { kind: 'bug', code: 'bug', message: 'broken on purpose', issues: [] },
    });
  });
});

describe('hostile words', () => {
  const HOSTILE = '\u001b[31mred\u001b[0m\u007f\u009b5m\u202e';
  const ESCAPED = String.raw`\u001b[31mred\u001b[0m\u007f\u009b5m\u202e`;

  it.each([
    ['an index', ['review', HOSTILE, '--effective', '2025-09-15']],
    ['a date', review('--effective', HOSTILE)],
    ['a command', [HOSTILE]],
    ['an option', ['demo', `--${HOSTILE}`]],
    ['a path', ['rulebook', 'check', HOSTILE]],
  ])('%s with control characters cannot move the cursor', async (_, words) => {
    const { code, stdout, stderr } = await run(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/[^\P{C}\n]/u);
    expect(stderr).toContain(ESCAPED);
  });

  it('nor can it in the JSON document, which still says what was typed', async () => {
    const ended = await run(['rulebook', 'check', HOSTILE, '--json']);
    expect(ended.stdout).not.toMatch(/[^\P{C}\n]/u);
    expect(jsonOf<ErrorDocument>(ended).error.message).toContain(HOSTILE);
  });

  it('an id with control characters is shown as escapes and exported as it is', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `id${i}\u001b[31m,${100 - i}`);
    const input = files.write('hostile.csv', `id,marketCap\n${rows.join('\n')}\n`);
    const { code, stdout } = await run(weigh('--input', input));
    expect(code).toBe(0);
    expect(stdout).toContain(String.raw`id0\u001b[31m`);
    expect(stdout).not.toMatch(/[^\P{C}\n]/u);
    const document = jsonOf<{ weights: { id: string }[] }>(await run(weigh('--input', input, '--json')));
    expect(document.weights[0].id).toBe('id0\u001b[31m');
  });

  it.each([['x'.repeat(100_000)], ['review', 'x'.repeat(100_000), '--effective', '2025-09-15']])(
    'a very long word is cut',
    async (...words) => {
      const { code, stderr } = await run(words);
      expect(code).toBe(2);
      expect(stderr.length).toBeLessThan(1000);
    },
  );
});

describe('standard output', () => {
  it('on a full disk is an operational failure', async () => {
    const { code, stderr } = await run(['-c', '"$0" "$1" rulebook show star-50 > /dev/full'], {
      shell: true,
    });
    expect(code).toBe(4);
    expect(stderr).toBe('the output: the disk is full; free some space, then run again\n');
  });

  it('that is closed early is no failure', async () => {
    const pipe = 'set -o pipefail; "$0" "$1" rulebook schema | head -1';
    const { code, stderr } = await run(['-c', pipe], { shell: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('help', () => {
  const COMMANDS = [
    '',
    'demo',
    'review',
    'flows',
    'readings',
    'weigh',
    'impact',
    'study',
    'schedule',
    'import',
    'rulebook',
    'rulebook show',
    'rulebook check',
    'rulebook schema',
  ];
  let helps: Record<string, Ended>;

  beforeAll(async () => {
    const words = COMMANDS.map((name) => [name, [...name.split(' ').filter(Boolean), '--help']] as const);
    helps = await runAll(Object.fromEntries(words));
  }, 120_000);

  it.each(COMMANDS)('counterweight %s --help has an example', (name) => {
    const { code, stdout, stderr } = helps[name];
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: counterweight${name === '' ? '' : ` ${name}`}`);
    expect(stdout).toContain(`\nExamples:\n  counterweight ${name}`);
  });

  it('comes without any word, on standard error with exit code 2', async () => {
    const { code, stdout, stderr } = await run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: counterweight /);
    expect(stderr).toContain('Examples:');
  });

  it('is that of the group when its command is missing', async () => {
    const { code, stderr } = await run(['rulebook']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Usage: counterweight rulebook /);
  });

  it('--version says which', async () => {
    const { code, stdout, stderr } = await run(['--version']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
