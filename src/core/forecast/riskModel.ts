/**
 * How prices move, estimated from the closes known on a day: one market factor (the published index), one factor per
 * industry, and each name's own risk. Everything is pulled toward what is common, by as much as it is uncertain: betas
 * toward 1 (Vasicek, Journal of Finance 28, 1973), own variances toward their median, and the market's variance toward that
 * of all its past, the more the further ahead.
 */
import type { Day, SecurityId } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { sum } from '../base/sum.js';
import { sessionsBetween, shiftSessions, type SessionCalendar } from '../calendar/sessions.js';
import type { ShareAction } from '../events/corporateActions.js';
import { logReturns } from '../events/returns.js';
import type { PricePanel } from '../market/prices.js';

/** Sessions looked back, the half-life of their weight, and what a name needs to speak for itself. */
const WINDOW = 120;
const HALF_LIFE = 40;
const ENOUGH = 20;
/** Names an industry needs for a factor of its own. */
const SECTOR_SIZE = 5;

interface RiskModel {
  /** Standard deviation of one session's log return by source, one entry per name asked for. */
  readonly market: Float64Array;
  readonly sector: Float64Array;
  readonly own: Float64Array;
  readonly sectorOf: Uint16Array;
  readonly sectors: number;
  readonly findings: readonly Finding[];
}

interface RiskInput {
  readonly ids: readonly SecurityId[];
  readonly industries: readonly string[];
  readonly prices: PricePanel;
  readonly actions: readonly ShareAction[];
  /** Published closes of the index. */
  readonly levels: ReadonlyMap<Day, number>;
  readonly calendar: SessionCalendar;
  /** Last session looked at. */
  readonly until: Day;
  /** Sessions the moves are for; the variance of the market is its mean over them. As of `until` when absent. */
  readonly ahead?: number;
}

export function riskModel(input: RiskInput): RiskModel {
  const { ids, calendar, until, levels, ahead = 0 } = input;
  const days = sessionsBetween(calendar, shiftSessions(calendar, until, -WINDOW), until);
  const weight = days.slice(1).map((_, t, all) => 2 ** (-(all.length - 1 - t) / HALF_LIFE));
  const index = days.slice(1).map((day, t) => logReturn(levels.get(days[t]), levels.get(day)));
  const marketVariance = varianceAhead(weightedVariance(index, weight), pastVariance(levels, until), ahead);
  const returns = ids.map((id) => logReturns(input.prices, input.actions, id, days));
  const fits = returns.map((own) => betaOf(own, index, weight));
  const betas = shrunkBetas(fits);
  const residuals = returns.map((own, i) => own.map((r, t) => r - betas[i] * index[t]));
  const groups = sectorGroups(input.industries, residuals);
  const left = residuals.map((own, i) => {
    const factor = groups.factors[groups.sectorOf[i]];
    return factor === undefined ? own : own.map((r, t) => r - factor[t]);
  });
  const own = shrunkVariances(
    left.map((r) => weightedVariance(r, weight)),
    left.map(countOf),
  );
  const short = ids.filter((_, i) => countOf(returns[i]) < ENOUGH);
  return {
    market: Float64Array.from(betas, (beta) => Math.abs(beta) * Math.sqrt(marketVariance)),
    sector: Float64Array.from(ids, (_, i) => Math.sqrt(sectorVariance(groups, i, left, weight))),
    own: Float64Array.from(own, Math.sqrt),
    sectorOf: groups.sectorOf,
    // One more, without a factor, for everybody else.
    sectors: groups.factors.length + 1,
    findings:
      short.length === 0
        ? []
        : [
            {
              code: 'short_history',
              subject: 'risk model',
              message: `${short.length} names have fewer than ${ENOUGH} returns of the last ${WINDOW} sessions; their risk leans on the median`,
            },
          ],
  };
}

const logReturn = (before: number | undefined, after: number | undefined): number =>
  before === undefined || after === undefined ? Number.NaN : Math.log(after / before);

const countOf = (returns: readonly number[]): number => returns.filter((r) => !Number.isNaN(r)).length;

/** About zero: a mean over half a year says nothing about the drift. NaN without a value. */
function weightedVariance(returns: readonly number[], weight: readonly number[]): number {
  let total = 0;
  let squares = 0;
  returns.forEach((r, t) => {
    if (Number.isNaN(r)) return;
    total += weight[t];
    squares += weight[t] * r * r;
  });
  return total === 0 ? Number.NaN : squares / total;
}

/** Of the index over all its past, each session alike. NaN with fewer than two levels. */
function pastVariance(levels: ReadonlyMap<Day, number>, until: Day): number {
  const past = [...levels].filter(([day]) => day <= until).toSorted(([a], [b]) => a - b);
  const returns = past.slice(1).map(([, level], i) => logReturn(past[i][1], level));
  return weightedVariance(
    returns,
    returns.map(() => 1),
  );
}

/**
 * A calm or wild stretch does not last: what sets the variance of today apart from that of the past halves as fast as
 * today's own evidence loses weight, so over h sessions a share (1 - f^h) / (h (1 - f)) of it remains in the mean.
 */
function varianceAhead(today: number, past: number, ahead: number): number {
  if (ahead === 0 || Number.isNaN(past)) return today;
  const fade = 2 ** (-1 / HALF_LIFE);
  return past + ((today - past) * (1 - fade ** ahead)) / (ahead * (1 - fade));
}

interface BetaFit {
  readonly beta: number;
  /** Squared standard error; infinite without data. */
  readonly error: number;
}

function betaOf(own: readonly number[], index: readonly number[], weight: readonly number[]): BetaFit {
  let xx = 0;
  let xy = 0;
  let n = 0;
  own.forEach((r, t) => {
    if (Number.isNaN(r) || Number.isNaN(index[t])) return;
    xx += weight[t] * index[t] * index[t];
    xy += weight[t] * index[t] * r;
    n++;
  });
  if (n < ENOUGH || xx === 0) return { beta: 1, error: Infinity };
  const beta = xy / xx;
  let squares = 0;
  let error = 0;
  own.forEach((r, t) => {
    if (Number.isNaN(r) || Number.isNaN(index[t])) return;
    const rest = r - beta * index[t];
    squares += rest * rest;
    error += (weight[t] * index[t]) ** 2;
  });
  return { beta, error: ((squares / (n - 1)) * error) / (xx * xx) };
}

/** Toward 1 by the share of what is seen across names that is sampling error. */
function shrunkBetas(fits: readonly BetaFit[]): number[] {
  const known = fits.filter(({ error }) => Number.isFinite(error));
  const spread = sum(known.map(({ beta }) => (beta - 1) ** 2)) / Math.max(1, known.length);
  const noise = sum(known.map(({ error }) => error)) / Math.max(1, known.length);
  const between = Math.max(0.01, spread - noise);
  return fits.map(({ beta, error }) =>
    Number.isFinite(error) ? (beta * between + error) / (between + error) : 1,
  );
}

interface SectorGroups {
  readonly sectorOf: Uint16Array;
  /** Mean residual of each industry large enough, by session. */
  readonly factors: readonly (readonly number[])[];
  readonly sizes: readonly number[];
}

/** Names of small industries share one sector number that has no factor. */
function sectorGroups(
  industries: readonly string[],
  residuals: readonly (readonly number[])[],
): SectorGroups {
  const members = new Map<string, number[]>();
  industries.forEach((industry, i) => {
    if (industry !== '') members.set(industry, [...(members.get(industry) ?? []), i]);
  });
  const large = [...members]
    .filter(([, rows]) => rows.length >= SECTOR_SIZE)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const sectorOf = new Uint16Array(industries.length).fill(large.length);
  const factors = large.map(([, rows], sector) => {
    for (const row of rows) sectorOf[row] = sector;
    return residuals[rows[0]].map((_, t) => {
      const seen = rows.map((row) => residuals[row][t]).filter((r) => !Number.isNaN(r));
      return seen.length < SECTOR_SIZE ? 0 : sum(seen) / seen.length;
    });
  });
  return { sectorOf, factors, sizes: large.map(([, rows]) => rows.length) };
}

/** Variance of the industry's mean less what its members' own risk leaves in a mean; 0 without a factor. */
function sectorVariance(
  { sectorOf, factors, sizes }: SectorGroups,
  i: number,
  left: readonly (readonly number[])[],
  weight: readonly number[],
): number {
  const factor = factors[sectorOf[i]];
  if (factor === undefined) return 0;
  const members = left.filter((_, row) => sectorOf[row] === sectorOf[i]);
  const own = members.map((returns) => weightedVariance(returns, weight)).filter((v) => !Number.isNaN(v));
  const rest = sum(own) / Math.max(1, own.length) / sizes[sectorOf[i]];
  return Math.max(0, weightedVariance(factor, weight) - rest);
}

/** Toward the median, a name with n returns by ENOUGH / (n + ENOUGH). */
function shrunkVariances(variances: readonly number[], counts: readonly number[]): number[] {
  const known = variances.filter((v, i) => !Number.isNaN(v) && counts[i] >= ENOUGH).toSorted((a, b) => a - b);
  const median = known[known.length >> 1] ?? 0;
  return variances.map((variance, i) => {
    const trust = counts[i] / (counts[i] + ENOUGH);
    return Number.isNaN(variance) ? median : trust * variance + (1 - trust) * median;
  });
}
