/**
 * What a price implies, what a report says, who leads and what is behind a fund: the documents of `counterweight value`,
 * `earnings`, `leaders` and `lookthrough` with `--json`.
 */
import { Type } from 'typebox';
import {
  addDays,
  comparePeriods,
  DEFAULT_ASSUMPTIONS,
  formatDay,
  formatPeriod,
  LEADER_KINDS,
  parsePeriod,
  reportPeriod,
  runEarnings,
  runHolders,
  runLeaders,
  runLookThrough,
  runValue,
  type Assumptions,
  type FiscalPeriod,
  type Fundamentals,
  type StatementFact,
} from '../../core/index.js';
import { namesOf, WINDOW_DAYS } from '../../cli/commands/leaders.js';
import { ASSUMPTION_RANGES, bareCode } from '../../cli/commands/value.js';
import { earningsResult } from '../../cli/results/earningsResult.js';
import { leadersResult } from '../../cli/results/leadersResult.js';
import { holdersResult, lookThroughResult } from '../../cli/results/lookThroughResult.js';
import { valueResult } from '../../cli/results/valueResult.js';
import { inputError } from '../http/failures.js';
import { dayOfText, isoDate, optionalDay, STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute, type Table } from '../http/tables.js';
import type { Services } from '../services.js';

const TAG = 'companies';

/** The index whose prices and basket the leaderboards and funds use. */
const HELD = 'star-50';

const Code = Type.String({ pattern: '^[A-Za-z0-9.-]{1,16}$', description: 'code, such as 688256 or NVDA' });
const CompanyParams = Type.Object({ company: Code }, STRICT);

const assumption = (name: keyof Assumptions) => {
  const [above, most] = ASSUMPTION_RANGES[name];
  return Type.Optional(
    Type.Number({
      exclusiveMinimum: above,
      maximum: most,
      description: `${DEFAULT_ASSUMPTIONS[name]} unless told otherwise`,
    }),
  );
};

const ASSUMPTIONS = {
  requiredReturn: assumption('requiredReturn'),
  years: assumption('years'),
  payout: assumption('payout'),
  terminalGrowth: assumption('terminalGrowth'),
  terminalPayout: assumption('terminalPayout'),
  exitMultiple: assumption('exitMultiple'),
  growth: assumption('growth'),
  investment: assumption('investment'),
  tax: assumption('tax'),
  failure: assumption('failure'),
  recovery: assumption('recovery'),
  perUsd: assumption('perUsd'),
};

export function valueRoutes(app: App, services: Services): void {
  const { companies, library } = services;
  tableRoute(app, services, {
    url: '/companies',
    tag: TAG,
    summary: 'Companies whose price or reports are held, with the periods reported',
    answer: async () => companiesTable(await companies.fundamentals()),
  });
  tableRoute(app, services, {
    url: '/companies/:company/value',
    tag: TAG,
    summary: 'Multiples as known on a day, what a vendor printed, and the growth that the price implies',
    params: CompanyParams,
    query: {
      at: isoDate('day whose close it is'),
      price: Type.Optional(
        Type.Number({ exclusiveMinimum: 0, maximum: 1e9, description: 'another price than the close' }),
      ),
      ...ASSUMPTIONS,
    },
    answer: async ({ company }, { at, price, ...given }) => {
      const data = await companies.fundamentals();
      const run = runValue(data, {
        company: bareCode(company),
        at: dayOfText('at', at),
        assumptions: assumptionsOf(given),
        ...(price !== undefined && { price }),
      });
      return valueResult(run, 'en');
    },
  });
  tableRoute(app, services, {
    url: '/companies/:company/earnings/:period',
    tag: TAG,
    summary: 'A report against a year ago in words that hold through zero, and the quality of its books',
    params: Type.Object(
      {
        company: Code,
        period: Type.String({ pattern: '^[0-9A-Za-z]{1,8}$', description: '2025H1, 2025FY, 20259M' }),
      },
      STRICT,
    ),
    query: { at: Type.Optional(isoDate('as known at that close; the first that could know the report')) },
    answer: async ({ company, period }, query) => {
      const at = optionalDay('at', query.at);
      const asked = { company: bareCode(company), period: periodAsked(period) };
      return earningsResult(
        runEarnings(await companies.fundamentals(), { ...asked, ...(at !== undefined && { at }) }),
        'en',
      );
    },
  });
  tableRoute(app, services, {
    url: '/leaders',
    tag: TAG,
    summary: 'Highest prices and the days one passed another, largest market values, returns of indices',
    query: {
      by: Type.Enum([...LEADER_KINDS], { description: 'price, cap or index' }),
      at: isoDate('day whose closes they are'),
      from: Type.Optional(isoDate('first day of the window; thirty days before')),
      most: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'how many; 10' })),
      against: Type.Optional(
        Type.String({ maxLength: 40, description: 'index the others are held against; csi-300' }),
      ),
    },
    answer: async (_, { by, most = 10, against = 'csi-300', ...query }) => {
      const at = dayOfText('at', query.at);
      const from = optionalDay('from', query.from) ?? addDays(at, -WINDOW_DAYS);
      if (from >= at) {
        throw inputError('invalid_argument', 'from is not before at', {
          path: 'from',
          value: query.from,
          expected: `a day before ${query.at}`,
        });
      }
      const index = await library.data(HELD);
      const data = await companies.leaders(index);
      return leadersResult(
        runLeaders(data, { by, at, from, most, against }),
        namesOf(index, data.fundamentals),
        'en',
      );
    },
  });
  tableRoute(app, services, {
    url: '/funds',
    tag: TAG,
    summary: 'Funds whose holdings, index or target fund is held',
    answer: async () => {
      const { funds } = await companies.funds();
      return { json: { funds }, sheets: [{ name: 'funds', rows: funds.map((fund) => ({ ...fund })) }] };
    },
  });
  tableRoute(app, services, {
    url: '/funds/:fund/lookthrough',
    tag: TAG,
    summary: 'The securities behind a fund, also through the fund it holds',
    params: Type.Object({ fund: Code }, STRICT),
    query: { at: isoDate('day') },
    answer: async ({ fund }, { at }) => {
      const [index, funds] = [await library.data(HELD), await companies.funds()];
      const run = runLookThrough(index, funds, bareCode(fund), dayOfText('at', at));
      return lookThroughResult(run, namesOf(index, undefined, funds), 'en');
    },
  });
  tableRoute(app, services, {
    url: '/securities/:security/funds',
    tag: TAG,
    summary: 'Funds that hold a security, through whom, and how much of each it is',
    params: Type.Object({ security: Code }, STRICT),
    query: {
      at: isoDate('day'),
      before: Type.Optional(isoDate('what it was of them on an earlier day, such as that of a report')),
    },
    answer: async ({ security }, { at, ...query }) => {
      const [index, funds] = [await library.data(HELD), await companies.funds()];
      const run = runHolders(
        index,
        funds,
        bareCode(security),
        dayOfText('at', at),
        optionalDay('before', query.before),
      );
      return holdersResult(run, namesOf(index, undefined, funds), 'en');
    },
  });
}

/** The report a figure came out with: a third quarter with that of nine months. */
const reportName = ({ period }: StatementFact): string => formatPeriod(reportPeriod(period));

function companiesTable({ companies, facts }: Fundamentals): Table {
  const rows = companies.map(({ id, nameEn, nameZh, currency, industry }) => {
    const own = facts.filter(({ company }) => company === id);
    const periods = [
      ...new Set(
        own
          .map(({ period }) => period)
          .toSorted(comparePeriods)
          .map(formatPeriod),
      ),
    ];
    const documented = own.filter(({ basis }) => basis === 'documented');
    const reports = [...new Map(documented.map((fact) => [reportName(fact), fact]))].map(
      ([period, fact]) => ({
        period,
        announced: formatDay(fact.announced),
      }),
    );
    return { id, name: { en: nameEn, zh: nameZh }, currency, industry, periods, reports };
  });
  return {
    json: { companies: rows },
    sheets: [
      {
        name: 'companies',
        rows: rows.map(({ name, periods, reports, ...row }) => ({
          ...row,
          name: name.en,
          periods: periods.join(' '),
          reports: reports.map(({ period, announced }) => `${period} ${announced}`).join(' '),
        })),
      },
    ],
  };
}

/** What was given, over the defaults. */
function assumptionsOf(given: Readonly<Partial<Record<keyof Assumptions, number | undefined>>>): Assumptions {
  const set = Object.entries(given).filter(
    ([name, value]) => name in DEFAULT_ASSUMPTIONS && value !== undefined,
  );
  return { ...DEFAULT_ASSUMPTIONS, ...(Object.fromEntries(set) as Partial<Assumptions>) };
}

/** @throws InputError `invalid_argument` */
function periodAsked(text: string): FiscalPeriod {
  const period = parsePeriod(text);
  if (period !== undefined) return period;
  throw inputError('invalid_argument', 'period is none', {
    path: 'period',
    value: text,
    expected: 'a year and a span: 2025Q1, 2025H1, 20259M, 2025FY, or one quarter, 2025Q3',
  });
}
