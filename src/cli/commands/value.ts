/** `value ID --at D`: what a price implies; `earnings ID --period P`: what a report says. */
import { join } from 'node:path';
import {
  companyOf,
  DEFAULT_ASSUMPTIONS,
  parsePeriod,
  Refusal,
  runEarnings,
  runValue,
  type Assumptions,
  type FiscalPeriod,
  type Fundamentals,
} from '../../core/index.js';
import { loadFundamentals } from '../../data/fundamentals.js';
import { argumentError, dayArgument, numberArgument, together, type Context } from '../context.js';
import { emit } from '../output.js';
import { earningsResult } from '../results/earningsResult.js';
import { valueResult } from '../results/valueResult.js';

/** Folder of figures of companies within the data sets. */
export const FUNDAMENTALS = 'cn-fundamentals';

type AssumptionOptions = Readonly<Partial<Record<keyof Assumptions, string>>>;

export interface ValueOptions extends AssumptionOptions {
  readonly at: string;
  readonly price?: string;
  readonly statements?: string;
}

/** What each assumption may be: above, and at most. */
export const ASSUMPTION_RANGES: Readonly<Record<keyof Assumptions, readonly [number, number]>> = {
  requiredReturn: [0, 1],
  years: [0, 95],
  payout: [-1e-9, 1],
  terminalGrowth: [-1, 1],
  terminalPayout: [0, 1],
  exitMultiple: [0, 1e6],
  growth: [-0.9, 9],
  investment: [0, 10],
  tax: [-1e-9, 0.99],
  failure: [-1e-9, 1],
  recovery: [-1e-9, 1],
  perUsd: [0, 1e6],
};

export async function valueCommand(id: string, options: ValueOptions, context: Context): Promise<void> {
  const asked = together({
    at: () => dayArgument('--at', options.at),
    price: () => (options.price === undefined ? undefined : numberArgument('--price', options.price, 0, 1e9)),
    assumptions: () => assumptionsOf(options),
  });
  const data = await dataOf(id, options.statements, context);
  const run = runValue(data, {
    company: bareCode(id),
    at: asked.at,
    assumptions: asked.assumptions,
    ...(asked.price !== undefined && { price: asked.price }),
  });
  await emit(valueResult(run, context.language), context);
}

function assumptionsOf(options: AssumptionOptions): Assumptions {
  const given = Object.entries(ASSUMPTION_RANGES).map(([name, [above, most]]) => {
    const written = options[name as keyof Assumptions];
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return [
      name,
      () =>
        written === undefined
          ? DEFAULT_ASSUMPTIONS[name as keyof Assumptions]
          : numberArgument(option, written, above, most),
    ] as const;
  });
  return together(Object.fromEntries(given) as Readonly<Record<keyof Assumptions, () => number>>);
}

export interface EarningsOptions {
  readonly period: string;
  readonly at?: string;
  readonly statements?: string;
}

export async function earningsCommand(id: string, options: EarningsOptions, context: Context): Promise<void> {
  const { period, at } = together({
    period: () => periodArgument(options.period),
    at: () => (options.at === undefined ? undefined : dayArgument('--at', options.at)),
  });
  const data = await dataOf(id, options.statements, context);
  const run = runEarnings(data, { company: bareCode(id), period, ...(at !== undefined && { at }) });
  await emit(earningsResult(run, context.language), context);
}

function periodArgument(text: string): FiscalPeriod {
  const period = parsePeriod(text);
  if (period !== undefined) return period;
  throw argumentError(
    '--period',
    text,
    'a year and a span: 2025Q1, 2025H1, 20259M, 2025FY, or one quarter, 2025Q3',
  );
}

/** Figures of a company, said to be unknown as a mistake in the argument. */
async function dataOf(id: string, statements: string | undefined, context: Context): Promise<Fundamentals> {
  const data = await loadFundamentals(join(context.datasetsFolder, FUNDAMENTALS), statements);
  try {
    companyOf(data, bareCode(id));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw argumentError(
      '<id>',
      id,
      `a company whose reports are held: ${data.companies.map((one) => one.id).join(', ')}`,
    );
  }
  return data;
}

/** `688256.SH` is 688256; `nvda` is NVDA. */
export const bareCode = (id: string): string => id.toUpperCase().replace(/\.(SH|SZ)$/, '');
