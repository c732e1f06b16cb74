/** What every command needs: where things are, which language, which output; read once from options and environment. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { InputError, parseDay, type Day, type Language } from '../core/index.js';
import { shown } from '../data/csvIssues.js';

export interface GlobalOptions {
  readonly json?: boolean;
  /** Path to write, or `true` for standard output. */
  readonly csv?: string | true;
  readonly xlsx?: string;
  readonly lang?: string;
  /** Folder of imported data. */
  readonly data?: string;
}

export interface Context {
  readonly options: GlobalOptions;
  readonly language: Language;
  readonly color: boolean;
  readonly rulebookFolder: string;
  readonly bundleFolder: string;
  /** Parent of all bundles. */
  readonly datasetsFolder: string;
  /** The built workbench, as far as it is built. */
  readonly webFolder: string;
  /** The record of forecasts that comes with the checkout. */
  readonly recordFolder: string;
  /** Folder that holds what a person imported. */
  readonly dataFolder: string;
}

/** The checkout or installed package: this file is in dist/cli, bundled in dist/bin. */
const PACKAGE_ROOT = fileURLToPath(new URL('../..', import.meta.url));

export function contextOf(options: GlobalOptions): Context {
  checkOutputs(options);
  return {
    options,
    language: languageOf(options.lang),
    color: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    rulebookFolder: join(PACKAGE_ROOT, 'rulebooks'),
    bundleFolder: join(PACKAGE_ROOT, 'datasets', 'cn-star'),
    datasetsFolder: join(PACKAGE_ROOT, 'datasets'),
    webFolder: join(PACKAGE_ROOT, 'dist', 'web'),
    recordFolder: join(PACKAGE_ROOT, 'record'),
    dataFolder: options.data ?? process.env.COUNTERWEIGHT_DATA ?? '.counterweight',
  };
}

/** Two results for one place, or a file without a name, are mistakes; they are said before anything is computed. */
function checkOutputs({ json, csv, xlsx, data }: GlobalOptions): void {
  for (const [name, file] of Object.entries({ '--csv': csv, '--xlsx': xlsx, '--data': data })) {
    if (file === '') throw argumentError(name, '', 'a name');
  }
  if (json === true && csv === true) {
    throw argumentError('--csv', '', 'a file name beside --json: both cannot go to standard output');
  }
  if (typeof csv === 'string' && csv === xlsx) {
    throw argumentError('--xlsx', csv, 'another file than --csv');
  }
}

/** The language a failure is said in: even a wrong `--lang` must be told in one. */
export function spokenLanguage(argv: readonly string[]): Language {
  const asked = argv[argv.indexOf('--lang') + 1];
  return argv.includes('--lang') && (asked === 'en' || asked === 'zh') ? asked : languageOf(undefined);
}

function languageOf(asked: string | undefined): Language {
  if (asked === undefined) {
    const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
    return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  }
  if (asked === 'en' || asked === 'zh') return asked;
  throw argumentError('--lang', asked, 'en or zh');
}

/** An ISO date from the command line. @throws InputError `invalid_argument` */
export function dayArgument(name: string, text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw argumentError(name, text, 'an existing date as YYYY-MM-DD');
  return day;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e6,
  million: 1e6,
  bn: 1e9,
  billion: 1e9,
  万: 1e4,
  亿: 1e8,
  万亿: 1e12,
};

/** More money than there is; beyond it a mistyped exponent is likelier than a fund. */
const LARGEST_AMOUNT = 1e18;

/** An amount of money: `172879000000`, `172.9bn`, `1728.79亿`. @throws InputError `invalid_argument` */
export function amountArgument(name: string, text: string, most = LARGEST_AMOUNT): number {
  const match = /^([0-9]+(?:\.[0-9]+)?(?:e[0-9]+)?)\s*(\p{L}*)$/iu.exec(text.trim());
  const unit = match ? UNITS[match[2].toLowerCase()] : undefined;
  const amount = match && unit !== undefined ? Number(match[1]) * unit : Number.NaN;
  if (!(amount > 0 && amount <= most)) {
    const limit = `1e${Math.log10(most)}`;
    throw argumentError(
      name,
      text,
      `an amount above 0 and at most ${limit}, such as 12000000, 12.5m, 2.5bn or 25亿`,
    );
  }
  return amount;
}

/** A count, signed, with or without a unit: `4200000`, `4.2m`, `-420万`. @throws InputError `invalid_argument` */
export function countArgument(name: string, text: string): number {
  const sale = text.trim().startsWith('-');
  return (sale ? -1 : 1) * amountArgument(name, sale ? text.trim().slice(1) : text);
}

/** A number between two ends, the lower one left out. @throws InputError `invalid_argument` */
export function numberArgument(name: string, text: string, above: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value > above && value <= most) return value;
  throw argumentError(name, text, `a number above ${above} and at most ${most}`);
}

export function argumentError(name: string, value: string, expected: string): InputError {
  const given = shown(value);
  return new InputError(
    'invalid_argument',
    `${name} ${given === '' ? 'without a value' : given} cannot be used`,
    [{ code: 'invalid_argument', path: name, value: given, expected }],
  );
}

/**
 * Several options read together, so that all that is wrong with them is said at once.
 * @throws InputError `invalid_argument`
 */
export function together<Readers extends Readonly<Record<string, () => unknown>>>(
  readers: Readers,
): { readonly [Name in keyof Readers]: ReturnType<Readers[Name]> } {
  const errors: InputError[] = [];
  const values = Object.entries(readers).map(([name, read]) => {
    try {
      return [name, read()];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors.push(error);
      return [name, undefined];
    }
  });
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) {
    throw new InputError(
      'invalid_argument',
      `${errors.length} options cannot be used`,
      errors.flatMap(({ issues }) => issues),
    );
  }
  // Every reader has run, each under its own name.
  return Object.fromEntries(values) as { readonly [Name in keyof Readers]: ReturnType<Readers[Name]> };
}
