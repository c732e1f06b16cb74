/** What follows an index: totals of assets and numbers of products as they were printed. */
import { formatDay } from '../../calendar/day.js';
import { indexOf } from './aboutIndex.js';
import { type AsOf, type Candidate, type Candidates, notCheckable } from './candidates.js';
import type { Figure } from '../claim.js';
import type { ClaimData, PrintedAmount } from './claimData.js';
import type { Frame } from '../frames/frame.js';
import { joined, metricWords, onDay, valueWords, words } from './wording.js';

/** Assets that follow an index, or how many products: the newest total printed by the day, and earlier ones. */
export function assetCandidates(data: ClaimData, frame: Frame, asOf: AsOf): Candidates {
  const isFund = data.entities.some((one) => one.id === frame.entity && one.kind === 'fund');
  const of = isFund ? (frame.entity ?? '') : indexOf(data, frame);
  if (data.entities.some((one) => one.id === frame.entity && one.kind === 'company')) {
    return notCheckable('what the number is of is not clear from the sentence', '句中看不出这个数字指什么');
  }
  const counted = frame.quantity?.unit === 'count';
  const said = frame.time?.kind === 'day' && frame.timed ? frame.time.day : undefined;
  const until = Math.max(asOf.written, said ?? 0);
  const rows = data.assets
    .filter((one) => one.of === of && one.day <= until && (!counted || one.products !== undefined))
    .toSorted((a, b) => b.day - a.day);
  if (rows.length === 0)
    return notCheckable(`no total of what tracks ${of} is held for that time`, `没有当时跟踪${of}的规模数据`);
  // The totals of the weeks around a review are all in circulation; the newest one is what holds.
  return {
    candidates: rows.map((row, i): Candidate => ({
      role:
        said === undefined
          ? i === 0
            ? 'main'
            : asOf.known
              ? 'earlier'
              : 'reading'
          : row.day === said
            ? 'main'
            : 'slip',
      ...(said !== undefined && row.day !== said ? { slip: 'date' as const } : {}),
      words: words(`as printed on ${formatDay(row.day)}`, `为${formatDay(row.day)}的公开数字`),
      figure: printedFigure(row, counted),
    })),
  };
}

export function printedFigure(row: PrintedAmount, counted: boolean): Figure {
  const [value, unit] = counted
    ? ([row.products ?? Number.NaN, 'count'] as const)
    : ([row.amount, 'CNY'] as const);
  const metric = counted ? 'products' : row.id === undefined ? 'trackedAssets' : 'flow';
  return {
    value,
    unit,
    asOf: row.day,
    text: joined(
      metricWords(metric),
      ' ',
      valueWords(value, unit),
      words(` as printed`, '（公开数字）'),
      onDay(row.day),
    ),
    inputs: [
      {
        name: metricWords(metric),
        value,
        unit,
        asOf: row.day,
        source: { table: row.id === undefined ? 'tracked_assets' : 'estimates', url: row.source },
      },
    ],
  };
}
