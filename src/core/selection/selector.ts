/** Gives the seats of a review by whichever selector the rulebook has, and the words of what each was held against. */
import type { Words } from '../base/words.js';
import { describeBuffer, seatByBuffer } from './buffer.js';
import { coversAll, describeCoverage, seatByCoverage } from './coverage.js';
import { describeDiscretion } from './discretion.js';
import { describeThresholds, seatByThresholds, type FourThresholdsRule } from './fourThresholds.js';
import { describeGroupQuota, groupShares, seatByGroupQuota, type GroupQuotaRule } from './groupQuota.js';
import type { SelectorRule } from './kinds.js';
import { describeReplacement, replaceOutsideRank } from './maxRankReplacement.js';
import { groupsOf, valuesOf, type MeasureSource } from './measure.js';
import { bufferOf } from './ratioBuffer.js';
import type { Seat, Standing } from './seat.js';
import {
  describeSupersectors,
  seatBySupersectors,
  type SupersectorCoverageRule,
} from './supersectorCoverage.js';
import { describeTopN, seatTopN } from './topN.js';

interface SelectorContext {
  /** Id of the selector's clause, for refusals. */
  readonly clause: string;
  /** Rows of the universe, before the screens. */
  readonly universe: readonly number[];
  /** Eligible rows, best first. */
  readonly ranked: readonly number[];
  /** Rows of the members, those screened out included. */
  readonly incumbents: readonly number[];
  readonly isIncumbent: (row: number) => boolean;
  readonly source: MeasureSource;
}

export interface Seating {
  readonly seats: readonly Seat<number>[];
  /** Seats there are, for a turnover limit stated as a share. */
  readonly count: number;
  readonly describe: (row: number, standing: Standing) => Words;
}

/** Words that depend on the standing alone, made once and shared by every security. */
function shared(describe: (standing: Standing) => Words): Seating['describe'] {
  const words: Readonly<Record<Standing, Words>> = {
    entered: describe('entered'),
    filled: describe('filled'),
    member: describe('member'),
    outsider: describe('outsider'),
  };
  return (_, standing) => words[standing];
}

/** @throws Refusal `missing_measure` or `too_few_candidates` */
export function seatRows(rule: SelectorRule, context: SelectorContext): Seating {
  const { ranked, isIncumbent, incumbents, source, clause } = context;
  switch (rule.kind) {
    case 'buffer':
    case 'ratio-buffer': {
      const buffer = rule.kind === 'buffer' ? rule : bufferOf(rule);
      const seats = seatByBuffer(ranked, isIncumbent, buffer);
      return { seats, count: rule.count, describe: shared((standing) => describeBuffer(buffer, standing)) };
    }
    case 'top-n': {
      const seats = seatTopN(ranked, isIncumbent, rule);
      return { seats, count: rule.count, describe: () => describeTopN(rule) };
    }
    case 'coverage': {
      const size = coversAll(rule)
        ? () => 1
        : valuesOf(source, rule.measure, ranked, clause, rule.windowMonths);
      const seats = seatByCoverage(ranked, size, isIncumbent, rule);
      const describe = (_: number, standing: Standing): Words => describeCoverage(rule, standing);
      return { seats, count: incumbents.length, describe };
    }
    case 'four-thresholds':
      return byThresholds(rule, context);
    case 'group-quota':
      return byGroupQuota(rule, context);
    case 'supersector-coverage':
      return bySupersectors(rule, context);
    case 'max-rank-replacement': {
      const seats = replaceOutsideRank(ranked, isIncumbent, incumbents.length, rule);
      const describe = (_: number, standing: Standing): Words => describeReplacement(rule, standing);
      return { seats, count: incumbents.length, describe };
    }
    case 'discretion': {
      const seats = incumbents.map((item, i): Seat<number> => ({ item, rank: i + 1, reason: 'kept' }));
      return { seats, count: incumbents.length, describe: () => describeDiscretion(rule) };
    }
  }
}

function byThresholds(rule: FourThresholdsRule, { ranked, isIncumbent }: SelectorContext): Seating {
  const { seats, exchanges } = seatByThresholds(ranked, isIncumbent, rule);
  const tests = new Map(
    exchanges.flatMap(({ out, in: into, test }) => [out, into].map((c) => [c.item, test])),
  );
  return {
    seats,
    count: rule.count,
    describe: (row, standing) => describeThresholds(rule, tests.get(row), standing),
  };
}

function byGroupQuota(rule: GroupQuotaRule, context: SelectorContext): Seating {
  const { universe, ranked, isIncumbent, source, clause } = context;
  const size = valuesOf(source, 'float-cap', universe, clause);
  const group = groupsOf(source, rule.groupLevel, universe, clause);
  const leaderGroup = groupsOf(source, rule.leaderLevel ?? rule.groupLevel, ranked, clause);
  const target = groupShares(universe, size, group);
  const seats = seatByGroupQuota(ranked, isIncumbent, { size, group, leaderGroup, target }, rule);
  return { seats, count: rule.count, describe: (_, standing) => describeGroupQuota(rule, standing) };
}

function bySupersectors(rule: SupersectorCoverageRule, context: SelectorContext): Seating {
  const { universe, ranked, isIncumbent, source, clause } = context;
  const size = valuesOf(source, 'float-cap', universe, clause);
  const supersector = groupsOf(source, 'supersector', universe, clause);
  const total = new Map<string, number>();
  for (const row of universe) total.set(supersector(row), (total.get(supersector(row)) ?? 0) + size(row));
  const seats = seatBySupersectors(ranked, isIncumbent, { size, supersector, total }, rule);
  return { seats, count: rule.count, describe: (_, standing) => describeSupersectors(rule, standing) };
}
