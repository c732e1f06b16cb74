/**
 * The paths of a simulated review in AssemblyScript with 128-bit vectors: the same operations in the same order as
 * src/core/forecast/kernel.ts and what it calls, stage by stage, so the same bits. Built by scripts/build-kernels.mjs into
 * src/data/forecastWasm.ts.
 */
import { capMembers } from './forecast/caps';
import { Column, column, count, Count, i32At, putI32, putU8 } from './forecast/columns';
import { findLines, surprises, tallyProbabilities } from './forecast/lines';
import { addDoubts, drawDoubts, moveToCutoff, moveToSwap, plainScores } from './forecast/moves';
import { listEntrants, seatByRank } from './forecast/seating';
import { trade } from './forecast/trade';

export { countIntoCells, gatherCells } from './forecast/quantiles';

/** Runs the paths from..to of one block, whose common draws are in place, whole pairs of them. */
export function runPaths(from: i32, to: i32): void {
  for (let pair = from >> 1; 2 * pair < to; pair++) {
    moveToCutoff(pair);
    if (count(Count.HAS_DOUBT) !== 0) drawDoubts(pair);
    if (count(Count.PLAIN) !== 0) {
      plainScores(2 * pair);
      plainScores(2 * pair + 1);
    } else if (count(Count.HAS_DOUBT) !== 0) addDoubts();
    const end = min(to, 2 * pair + 2);
    for (let path = max(from, 2 * pair); path < end; path++) {
      seat(path);
      const priced = price(path);
      const members = capMembers(path, priced);
      trade(path, priced, members, surprises);
    }
  }
}

function seat(path: i32): void {
  const from = (<usize>((path & 1) * count(Count.STRIDE))) << 3;
  const member = column(Column.MEMBER);
  if (count(Count.FIXED) === 0) {
    const score = column(Column.SCORE) + from;
    const hasLines = count(Count.HAS_LINES) !== 0;
    const byRank = hasLines ? findLines(path, from) : true;
    if (byRank) seatByRank(score);
    if (hasLines) tallyProbabilities(path, from);
    if (!byRank) seatLeaving(member);
  }
  const sure = column(Column.SURE);
  const n = count(Count.SURE);
  for (let j = 0; j < n; j++) putU8(member, i32At(sure, j), 1);
}

/** Those who may not be selected leave first, as many as may. */
function seatLeaving(member: usize): void {
  const leaving = column(Column.LEAVING);
  const n = count(Count.LEAVING);
  const allowed = count(Count.MAX_CHANGES);
  for (let j = 0; j < n; j++) putU8(member, i32At(leaving, j), <i32>(j >= allowed));
}

/** Lists whom to price after the standing names, and draws all their prices. @returns how many there are */
function price(path: i32): i32 {
  const entering = listEntrants();
  const standing = count(Count.STANDING);
  const entrants = column(Column.ENTRANTS);
  const priced = column(Column.PRICED);
  for (let j = 0; j < entering; j++) putI32(priced, standing + j, i32At(entrants, j));
  moveToSwap(path, entering);
  return standing + entering;
}
