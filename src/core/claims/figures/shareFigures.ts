/** Shares of a company and units of a fund, as counted on the day said or on the newest one known. */
import { addDays, formatDay } from '../../calendar/day.js';
import type { AsOf, Candidate, Candidates } from './candidates.js';
import { notCheckable } from './candidates.js';
import type { Figure, Input } from '../claim.js';
import type { ClaimData } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { joined, metricWords, onDay, valueWords, words } from './wording.js';

/** Smaller numbers beside such words are of something else: a lot, a holding. */
const LEAST = 1e6;

/** All shares of a company. */
export function shareCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates | undefined {
  const { quantity, company } = frame;
  if (quantity === undefined || quantity.value < LEAST) return undefined;
  const counts = data.fundamentals.shares.filter((one) => one.company === company);
  const said = frame.time?.kind === 'day' && frame.timed ? frame.time.day : asOf.written;
  const known = counts.filter(({ knownFrom }) => knownFrom <= said).toReversed();
  if (known.length === 0)
    return notCheckable(
      counts.length === 0
        ? `share counts of ${company ?? 'whom'} are not held`
        : `share counts of ${company ?? ''} are held from ${formatDay(counts[0].knownFrom)} only`,
      counts.length === 0
        ? `没有${company ?? ''}的股本数据`
        : `${formatDay(counts[0].knownFrom)}以前的股本没有数据`,
    );
  return {
    candidates: known.map(({ shares, knownFrom, source }, i): Candidate => ({
      role: i === 0 ? 'main' : asOf.known ? 'earlier' : 'reading',
      words: words(`as known from ${formatDay(knownFrom)}`, `${formatDay(knownFrom)}起的股本`),
      figure: countFigure({
        name: metricWords('totalShares'),
        value: shares,
        unit: 'shares',
        asOf: knownFrom,
        source: { table: 'shares', url: source },
      }),
    })),
  };
}

/** Units of a fund; those of days between two counts are not held. */
export function unitCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates | undefined {
  const { quantity, entity, timed, time } = frame;
  if (quantity === undefined || quantity.value < LEAST) return undefined;
  if (!data.entities.some(({ id, kind }) => id === entity && kind === 'fund')) return undefined;
  const said = timed && time?.kind === 'day' ? time.day : undefined;
  const counts = data.units
    .filter(({ of, day }) => of === entity && day <= asOf.written && (said === undefined || day === said))
    .toReversed();
  const fresh = counts.filter(({ day }) => said !== undefined || day >= addDays(asOf.written, -FRESH));
  if (fresh.length === 0)
    return notCheckable(
      `units of ${entity ?? ''} are not held for that time`,
      `没有${entity ?? ''}当时的份额数据`,
    );
  return {
    candidates: fresh.map(({ day, amount, source, who }, i): Candidate => ({
      role: i === 0 ? 'main' : asOf.known ? 'earlier' : 'reading',
      words: words(`as of ${formatDay(day)}`, `以${formatDay(day)}计`),
      ...(who === 'estimated' && { uncertainty: ESTIMATED * amount }),
      figure: countFigure({
        name: metricWords('units'),
        value: amount,
        unit: 'shares',
        asOf: day,
        source: { table: 'tracker_units', url: source },
      }),
    })),
  };
}

/** Days after which a count of units says little: they change every day. */
const FRESH = 10;
/** What an estimate from assets over a price leaves open. */
const ESTIMATED = 0.01;

const countFigure = (input: Input): Figure => ({
  value: input.value,
  unit: 'shares',
  asOf: input.asOf,
  text: joined(input.name, ' ', valueWords(input.value, 'shares'), onDay(input.asOf)),
  inputs: [input],
});
