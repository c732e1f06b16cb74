/**
 * Leaderboards of a day: highest-priced shares and the days one passed another, largest companies, and returns of indices
 * over a window. They cover what the data hold, and say what that is.
 */
import type { Day, SecurityId } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { contentHash } from '../base/hash.js';
import { Refusal } from '../base/errors.js';
import { ENGINE_VERSION } from '../base/version.js';
import { formatDay } from '../calendar/day.js';
import { factOn } from '../market/facts.js';
import { lastRow } from '../market/prices.js';
import { rowAt, type Fundamentals } from '../statements/fundamentals.js';
import { input, type FigureInput } from '../valuation/figure.js';
import {
  passDays,
  ranking,
  windowReturn,
  type PassDay,
  type IndexLevels,
  type IndexReturn,
  type Ranked,
} from '../valuation/leaders.js';
import type { IndexData } from './indexData.js';
import type { Provenance } from './provenance.js';

export const LEADER_KINDS = ['price', 'cap', 'index'] as const;
export type LeaderKind = (typeof LEADER_KINDS)[number];

export interface LeadersRequest {
  readonly by: LeaderKind;
  readonly at: Day;
  /** First day of the window; a month before `at` unless told otherwise. */
  readonly from: Day;
  readonly most: number;
  /** Index that the others are held against. */
  readonly against: string;
}

/** A page that says when one share passed another. */
export interface DocumentedPass {
  readonly day: Day;
  readonly challenger: string;
  readonly holder: string;
  readonly what: string;
  readonly source: string;
}

export interface LeadersData {
  readonly index: IndexData;
  readonly fundamentals: Fundamentals;
  readonly passes: readonly DocumentedPass[];
  /** Closing levels by index id. */
  readonly levels: ReadonlyMap<string, IndexLevels>;
}

export interface Pass extends PassDay {
  readonly documented: readonly DocumentedPass[];
}

export interface LeadersRun {
  readonly request: LeadersRequest;
  /** CNY per share, CNY, or none of them when returns are asked. */
  readonly leaders: readonly Ranked[];
  /** Days in the window on which the challenger was above the holder of the title. */
  readonly passes: readonly Pass[];
  readonly challenger: string;
  readonly holder: string;
  readonly returns: readonly (IndexReturn & { readonly over: number | undefined })[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/** The share whose price stood above all others for years, and the one that passed it. */
const HOLDER = '600519';
const CHALLENGER = '688256';

/** @throws Refusal `no_prices`, `outside_data`, `unknown_index` */
export function runLeaders(data: LeadersData, request: LeadersRequest): LeadersRun {
  const { by, most } = request;
  const leaders =
    by === 'index'
      ? []
      : ranking(by === 'price' ? closesOn(data, request.at) : valuesOn(data, request.at), most);
  if (by !== 'index' && leaders.length === 0) {
    throw new Refusal('no_prices', `no closes on or before ${formatDay(request.at)} are held`, {
      at: formatDay(request.at),
    });
  }
  const returns = by === 'index' ? returnsOf(data, request) : [];
  const passes = by === 'price' ? passesOf(data, request) : [];
  return {
    request,
    leaders,
    passes,
    challenger: CHALLENGER,
    holder: HOLDER,
    returns,
    provenance: {
      data: contentHash([
        by,
        request.at,
        leaders.map(({ id }) => id),
        leaders.map(({ value }) => value),
        returns.map((one) => one.return),
      ]),
      rulebook: 'none',
      reading: {},
      engine: ENGINE_VERSION,
    },
    findings: [...coverageFindings(request, leaders), ...staleFindings(request, leaders)],
  };
}

/** Days without a close after which a share is taken to have left; the closes of some end weeks before those of others. */
const GONE_DAYS = 60;

/** Days after which a close that ranks is called old: longer than a holiday. */
const STALE_DAYS = 10;

/** Closes of the STAR market and of the shares with daily bars in CNY. */
function closesOn({ index: { market }, fundamentals }: LeadersData, at: Day): Ranked[] {
  const star = market.prices.ids.flatMap((id, i): Ranked[] => {
    const row = lastRow(market.prices, i, at);
    if (row < 0 || at - market.prices.day[row] > GONE_DAYS) return [];
    const [value, day] = [market.prices.close[row], market.prices.day[row] as Day];
    return [{ id, value, day, inputs: [input('close', value, 'CNY', day, 'observed', 'closes.parquet')] }];
  });
  const held = new Set<string>(market.prices.ids);
  const others = fundamentals.companies.flatMap(({ id, currency }): Ranked[] => {
    const bars = fundamentals.bars.get(id);
    const row = bars ? rowAt(bars.day, at) : -1;
    if (bars === undefined || row < 0 || currency !== 'CNY' || held.has(id) || at - bars.day[row] > GONE_DAYS)
      return [];
    const [value, day] = [bars.close[row], bars.day[row] as Day];
    return [
      { id, value, day, inputs: [input('close', value, 'CNY', day, bars.quality[row], 'bars.parquet')] },
    ];
  });
  return [...star, ...others];
}

/** Close x shares of all classes, STAR market; without a share count no value. */
function valuesOn({ index: { market }, fundamentals }: LeadersData, at: Day): Ranked[] {
  return market.prices.ids.flatMap((id, i): Ranked[] => {
    const row = lastRow(market.prices, i, at);
    if (row < 0 || at - market.prices.day[row] > GONE_DAYS) return [];
    const shares = sharesKnown(fundamentals, market, id, at);
    if (shares === undefined) return [];
    const [close, day] = [market.prices.close[row], market.prices.day[row] as Day];
    return [
      {
        id,
        value: close * shares.value,
        day,
        inputs: [input('close', close, 'CNY', day, 'observed', 'closes.parquet'), shares],
      },
    ];
  });
}

/** From the reports where they are held, from the facts of the market else. */
function sharesKnown(
  { shares }: Fundamentals,
  { facts }: IndexData['market'],
  id: SecurityId,
  at: Day,
): FigureInput | undefined {
  const own = shares.findLast((one) => one.company === id && one.knownFrom <= at);
  if (own !== undefined)
    return input('shares', own.shares, 'shares', own.knownFrom, own.quality, own.source || 'shares.csv');
  const fact = factOn(facts, id, 'total_shares', at, at);
  return (
    fact && input('shares', fact.value, 'shares', fact.asOf, fact.quality, fact.source || 'facts.parquet')
  );
}

function passesOf({ fundamentals, passes }: LeadersData, { from, at }: LeadersRequest): Pass[] {
  const [challenger, holder] = [fundamentals.bars.get(CHALLENGER), fundamentals.bars.get(HOLDER)];
  if (challenger === undefined || holder === undefined) return [];
  return passDays(challenger, holder, from, at).map((day) => ({
    ...day,
    documented: passes.filter(
      (one) => one.day === day.day && one.challenger === CHALLENGER && one.holder === HOLDER,
    ),
  }));
}

function returnsOf({ levels }: LeadersData, { from, at, against }: LeadersRequest) {
  if (!levels.has(against)) {
    throw new Refusal(
      'unknown_index',
      `no levels of ${against} are held; there are ${[...levels.keys()].join(', ')}`,
      {
        asked: against,
      },
    );
  }
  const rows = [...levels].flatMap(([id, series]) => windowReturn(id, series, from, at) ?? []);
  if (rows.length === 0) {
    throw new Refusal('outside_data', `no index has levels from ${formatDay(from)} to ${formatDay(at)}`, {
      from: formatDay(from),
      to: formatDay(at),
    });
  }
  const base = rows.find(({ id }) => id === against);
  return rows
    .map((row) => ({
      ...row,
      over: base && row.return - base.return,
      inputs: [...row.inputs, ...(base === undefined || base.id === row.id ? [] : base.inputs)],
    }))
    .toSorted((a, b) => b.return - a.return || (a.id < b.id ? -1 : 1));
}

const finding = (code: string, subject: string, message: string): Finding => ({ code, subject, message });

/** Whether names stand at closes older than the day asked for, as where the data of some end earlier. */
function staleFindings({ by, at }: LeadersRequest, leaders: readonly Ranked[]): Finding[] {
  const old = leaders.map(({ day }) => day).filter((day) => at - day > STALE_DAYS);
  if (old.length === 0) return [];
  const oldest = formatDay(Math.min(...old) as Day);
  const message = `${old.length} of ${leaders.length} rank by a close more than ${STALE_DAYS} days old, the oldest of ${oldest}`;
  return [finding('leaders_stale', by, message)];
}

function coverageFindings({ by }: LeadersRequest, leaders: readonly Ranked[]): Finding[] {
  if (by === 'price') {
    return [
      finding(
        'leaders_coverage',
        by,
        'covers the STAR market and 600519; closes of other shares in this window are not held',
      ),
      finding(
        'intraday_from_bars',
        by,
        'daily bars do not say when within a day a price was paid; certain means the high was above the other’s high',
      ),
    ];
  }
  if (by === 'cap') {
    return [
      finding(
        'leaders_coverage',
        by,
        'covers the STAR market; share counts of other boards are not held by day',
      ),
      finding(
        'market_value_all_classes',
        by,
        `share counts may include H shares of dual-listed companies and, but for ${leaders.find(({ id }) => id === CHALLENGER)?.id ?? CHALLENGER}, are later counts carried back`,
      ),
    ];
  }
  return [];
}
