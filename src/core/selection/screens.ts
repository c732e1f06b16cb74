/**
 * Screens: what a security must be before it is ranked. Each kind states the comparison it made, so that the
 * reason of an exclusion can be printed without being written twice.
 */
import { Type, type Static } from 'typebox';
import type { Day } from '../base/brand.js';
import type { Words } from '../base/words.js';
import { addDays, addMonths, formatDay } from '../calendar/day.js';
import type { Snapshot } from '../market/snapshot.js';

const strict = { additionalProperties: false };

export const ListedOnSchema = Type.Object(
  {
    kind: Type.Literal('listed-on'),
    board: Type.String(),
    types: Type.Array(Type.Enum(['share', 'cdr']), { minItems: 1 }),
  },
  { ...strict, description: 'the sample space: security types of one board' },
);
type ListedOnRule = Static<typeof ListedOnSchema>;

export const ListingAgeSchema = Type.Object(
  {
    kind: Type.Literal('listing-age'),
    /** Listed for more than this many months at the cut-off. */
    months: Type.Integer({ minimum: 0 }),
    exceptions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            /** Since-listing average total cap ranks at least this high on the board. */
            rankTop: Type.Integer({ minimum: 1 }),
            /** And listed for more than this many months ... */
            months: Type.Integer({ minimum: 0 }),
            /** ... on the k-th session after the cut-off. */
            sessionsAfterCutoff: Type.Integer({ minimum: 0 }),
            /** Only when the provider's committee agrees; the default assumes it does not. */
            committee: Type.Boolean(),
          },
          strict,
        ),
      ),
    ),
  },
  { ...strict, description: 'listed long enough, with exceptions for very large newcomers' },
);
export type ListingAgeRule = Static<typeof ListingAgeSchema>;

export const RiskWarningSchema = Type.Object(
  { kind: Type.Literal('no-risk-warning') },
  { ...strict, description: 'no ST or *ST status' },
);
type RiskWarningRule = Static<typeof RiskWarningSchema>;

export const LiquiditySchema = Type.Object(
  {
    kind: Type.Literal('liquidity'),
    /** Share of the set, by average value traded, that stays; the rest is dropped. */
    keepTop: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    windowMonths: Type.Integer({ minimum: 1 }),
  },
  { ...strict, description: 'drops the least traded part of the set as it stands at this step' },
);
type LiquidityRule = Static<typeof LiquiditySchema>;

export const CommitteeSchema = Type.Object(
  {
    kind: Type.Literal('committee'),
    /** Securities the provider is known to have set aside; empty by default and always shown. */
    exclude: Type.Array(Type.String()),
  },
  { ...strict, description: 'discretion of the provider: visible, never silent' },
);
type CommitteeRule = Static<typeof CommitteeSchema>;

export type ScreenRule = ListedOnRule | ListingAgeRule | RiskWarningRule | LiquidityRule | CommitteeRule;

/** Why a row failed a screen: measured value against the limit, in words. */
export interface ScreenFailure {
  readonly row: number;
  readonly measure: Words;
  readonly value: string;
  readonly limit: Words;
}

/** What a screen can look at besides the snapshot at the cut-off. */
export interface ScreenContext {
  readonly cutoff: Day;
  /** The k-th session after the cut-off, for the listing-age exceptions. */
  readonly sessionAfterCutoff: (k: number) => Day;
}

/**
 * Applies one screen to the rows still in the set, ascending.
 * @returns the rows that fail, ascending; the caller removes them before the next screen.
 */
export function applyScreen(
  rule: ScreenRule,
  snapshot: Snapshot,
  rows: readonly number[],
  context: ScreenContext,
): ScreenFailure[] {
  switch (rule.kind) {
    case 'listed-on':
      return listedOn(rule, snapshot, rows);
    case 'listing-age':
      return listingAge(rule, snapshot, rows, context);
    case 'no-risk-warning':
      return riskWarning(snapshot, rows);
    case 'liquidity':
      return liquidity(rule, snapshot, rows);
    case 'committee':
      return committee(rule, snapshot, rows);
  }
}

function listedOn(rule: ListedOnRule, snapshot: Snapshot, rows: readonly number[]): ScreenFailure[] {
  const text = `${rule.board} (${rule.types.join(', ')})`;
  const limit = { en: text, zh: text };
  return rows
    .filter((row) => {
      const { board, kind } = snapshot.securities[row];
      return board !== rule.board || !rule.types.includes(kind);
    })
    .map((row) => {
      const { board, kind } = snapshot.securities[row];
      return {
        row,
        measure: { en: 'board and type', zh: '板块与证券类型' },
        value: `${board} (${kind})`,
        limit,
      };
    });
}

function listingAge(
  rule: ListingAgeRule,
  snapshot: Snapshot,
  rows: readonly number[],
  context: ScreenContext,
): ScreenFailure[] {
  const { securities } = snapshot;
  const latest = latestListing(rule.months, context.cutoff);
  const young = rows.filter((row) => securities[row].listed > latest);
  if (young.length === 0) return [];
  const exceptions = (rule.exceptions ?? []).filter((exception) => !exception.committee);
  const excepted = (row: number): boolean =>
    exceptions.some(
      ({ rankTop, months, sessionsAfterCutoff }) =>
        isAmongLargest(snapshot, rows, row, rankTop) &&
        securities[row].listed <= latestListing(months, context.sessionAfterCutoff(sessionsAfterCutoff)),
    );
  const cutoff = formatDay(context.cutoff);
  const limit = {
    en: `more than ${rule.months} months before ${cutoff}`,
    zh: `截至${cutoff}超过${rule.months}个月`,
  };
  return young
    .filter((row) => !excepted(row))
    .map((row) => ({
      row,
      measure: { en: 'listed since', zh: '上市日' },
      value: formatDay(securities[row].listed),
      limit,
    }));
}

/** Last listing day that lies more than the given months before a day: at the end of short months several do. */
function latestListing(months: number, on: Day): Day {
  let latest = addDays(addMonths(on, -months), -4);
  while (addMonths(addDays(latest, 1), months) < on) latest = addDays(latest, 1);
  return latest;
}

/** Whether a row ranks among the `top` first by average total cap; a row without one ranks nowhere. */
function isAmongLargest(snapshot: Snapshot, rows: readonly number[], row: number, top: number): boolean {
  const cap = snapshot.averageTotalCap;
  if (Number.isNaN(cap[row])) return false;
  let before = 0;
  for (const other of rows) {
    if (cap[other] > cap[row] || (cap[other] === cap[row] && other < row)) before++;
    if (before === top) return false;
  }
  return true;
}

function riskWarning(snapshot: Snapshot, rows: readonly number[]): ScreenFailure[] {
  return rows
    .filter((row) => snapshot.riskWarning[row] === 1)
    .map((row) => ({
      row,
      measure: { en: 'risk warning', zh: '风险警示' },
      value: 'ST',
      limit: { en: 'none', zh: '无' },
    }));
}

/** A row without any value traded in the window counts as the least traded. */
function liquidity(rule: LiquidityRule, snapshot: Snapshot, rows: readonly number[]): ScreenFailure[] {
  const traded = (row: number): number => {
    const value = snapshot.averageValue[row];
    return Number.isNaN(value) ? 0 : value;
  };
  // Only the line is looked for: bare numbers sort faster than rows.
  const ascending = new Float64Array(rows.map(traded)).sort();
  const kept = Math.ceil(rule.keepTop * rows.length - 1e-9);
  const line = kept > 0 ? ascending[rows.length - kept] : Infinity;
  // Of several on the line the lower codes stay.
  let room = kept;
  for (let i = rows.length - 1; ascending[i] > line; i--) room--;
  const limit = {
    en: `>= ${Math.round(line)} (top ${Math.round(rule.keepTop * 100)} %)`,
    zh: `>= ${Math.round(line)}（前${Math.round(rule.keepTop * 100)}%）`,
  };
  return rows
    .filter((row) => traded(row) < line || (traded(row) === line && room-- <= 0))
    .map((row) => ({
      row,
      measure: { en: 'average value traded, CNY', zh: '日均成交额（元）' },
      value: String(Math.round(traded(row))),
      limit,
    }));
}

function committee(rule: CommitteeRule, snapshot: Snapshot, rows: readonly number[]): ScreenFailure[] {
  return rows
    .filter((row) => rule.exclude.includes(snapshot.securities[row].id))
    .map((row) => ({
      row,
      measure: { en: 'committee decision', zh: '专家委员会决定' },
      value: 'excluded',
      limit: { en: 'not excluded', zh: '未剔除' },
    }));
}
