/**
 * Forced flows: what every fund that tracks the index must trade at the effective close, whatever it thinks.
 * Trade of one member = assets x (weight after - weight before), valued at the swap close.
 */
import type { SecurityId } from '../base/brand.js';
import { distinctFindings, type Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { rowsOf, type Snapshot } from '../market/snapshot.js';
import type { ProForma } from '../review/proForma.js';
import type { TrackedAssets } from './trackedAssets.js';

export interface Trade {
  readonly id: SecurityId;
  readonly side: 'buy' | 'sell';
  /** Signed, buy positive; not rounded to lots: many funds share it. */
  readonly shares: number;
  /** Signed value at the swap close, currency of the assets. */
  readonly value: number;
  /** The same at the low and the high end of the tracked assets. */
  readonly valueRange: readonly [number, number];
  readonly weightBefore: number;
  readonly weightAfter: number;
  /** Mean value traded per day over the days traded among the last 20 sessions; NaN when unknown. */
  readonly adv20Value: number;
  /** |value| / adv20Value: days of the whole market's turnover. */
  readonly daysToTrade: number;
}

export interface Flows {
  readonly assets: TrackedAssets;
  /** Sales first, each side by size. */
  readonly trades: readonly Trade[];
  /** Value bought = value sold, since a fund stays fully invested. */
  readonly grossOneWay: number;
  readonly findings: readonly Finding[];
}

export function forcedFlows(proForma: ProForma, atSwap: Snapshot, assets: TrackedAssets): Flows {
  const rows = rowsOf(atSwap);
  const trades = proForma.members.map((member): Trade => {
    const change = member.weightAfter - member.weightBefore;
    const value = assets.amount * change;
    const row = rows.get(member.id);
    const adv20Value = row === undefined ? Number.NaN : atSwap.adv20Value[row];
    return {
      id: member.id,
      side: change < 0 ? 'sell' : 'buy',
      shares: value / member.priceAtSwap,
      value,
      valueRange: [assets.range[0] * change, assets.range[1] * change],
      weightBefore: member.weightBefore,
      weightAfter: member.weightAfter,
      adv20Value,
      daysToTrade: Math.abs(value) / adv20Value,
    };
  });
  trades.sort((a, b) => a.value - b.value || (a.id < b.id ? -1 : 1));
  return {
    assets,
    trades,
    grossOneWay: assets.amount * proForma.turnoverOneWay,
    findings: findingsOf(proForma, atSwap, assets, trades),
  };
}

function findingsOf(
  proForma: ProForma,
  atSwap: Snapshot,
  assets: TrackedAssets,
  trades: readonly Trade[],
): Finding[] {
  const rows = rowsOf(atSwap);
  const thin = trades.flatMap(({ id, adv20Value }): Finding[] => {
    const days = atSwap.adv20Days[rows.get(id) as number];
    if (Number.isNaN(adv20Value))
      return [
        {
          code: 'adv_missing',
          subject: id,
          message: 'value traded over the last 20 sessions not known; days to trade cannot be said',
        },
      ];
    return days < 20
      ? [
          {
            code: 'adv_short',
            subject: id,
            message: `traded on ${days} of the last 20 sessions; the average is over those`,
          },
        ]
      : [];
  });
  const scope: Finding = {
    code: 'assets_dated',
    subject: proForma.before.index,
    message:
      `tracked assets (${assets.scope}) are of ${formatDay(assets.asOf)} and are not marked to the swap close; ` +
      `feeder funds ${assets.feeders}; enhanced funds and segregated accounts are not in them`,
  };
  return distinctFindings([scope], thin, proForma.findings);
}
