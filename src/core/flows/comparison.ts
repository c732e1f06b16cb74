/**
 * Published estimates beside ours, each with the arithmetic that leads to it. The usual one is "the day's weight
 * less the cap, times assets": right only if prices stand still from that day to the effective close.
 */
import type { Day, SecurityId } from '../base/brand.js';
import type { Words } from '../base/words.js';

export interface PublishedEstimate {
  readonly id: SecurityId;
  readonly knownOn: Day;
  readonly who: string;
  /** Size of the sale, currency units, positive. */
  readonly value: number;
  /** Tracked assets it names; `undefined` when it names none. */
  readonly assets: number | undefined;
  readonly source: string;
}

/** One session between announcement and effective close, seen with that day's knowledge. */
export interface FlowOnDay {
  readonly day: Day;
  readonly close: number;
  /** Weight in force that evening. */
  readonly weight: number;
  /** What the arithmetic of the press cuts: weight less the single cap, never below zero. */
  readonly naiveCut: number;
  /** What the rulebook cuts if prices stand still from that evening on. */
  readonly ruleCut: number;
}

export interface ComparisonRow {
  readonly who: string;
  readonly knownOn: Day;
  readonly publishedValue: number;
  /** Arithmetic that gives the published figure, in words. */
  readonly method: Words;
  /** That arithmetic carried out on our data; `undefined` when the figure names no inputs. */
  readonly recomputed: number | undefined;
  /** Whether it comes out at the published figure (within one unit of its last digit). */
  readonly derivable: boolean;
  /** Our figure with the knowledge of that day, on the assets it names or else the latest total known. */
  readonly oursThatDay: number;
  /** Our figure at the effective close on the same assets. */
  readonly oursAtClose: number;
}

/**
 * @param days sessions in order, each with that day's weight and cuts; a figure is matched to the last session
 *   on or before the day it was known
 * @param cap the single cap of the rulebook
 * @param assetsRange smallest and largest total published, for a figure that names none
 */
export function compareEstimates(
  estimates: readonly PublishedEstimate[],
  days: readonly FlowOnDay[],
  cap: number,
  assetsRange: readonly [number, number],
): ComparisonRow[] {
  const atClose = days.at(-1) as FlowOnDay;
  return estimates.flatMap((estimate): ComparisonRow[] => {
    const day = days.findLast(({ day: session }) => session <= estimate.knownOn);
    if (!day) return [];
    const assets = estimate.assets ?? assetsRange[0];
    const recomputed = estimate.assets === undefined ? undefined : day.naiveCut * estimate.assets;
    const derivable = recomputed !== undefined && agrees(recomputed, estimate.value);
    return [
      {
        who: estimate.who,
        knownOn: estimate.knownOn,
        publishedValue: estimate.value,
        method: methodWords(estimate, day, cap, recomputed, derivable, days, assetsRange),
        recomputed,
        derivable,
        oursThatDay: day.ruleCut * assets,
        oursAtClose: atClose.ruleCut * assets,
      },
    ];
  });
}

/** Press figures are rounded: agreement is to half a unit of the second digit, "about 10" being 9.5 to 10.5. */
function agrees(recomputed: number, published: number): boolean {
  const unit = 10 ** (Math.floor(Math.log10(published)) - 1);
  return Math.abs(recomputed - published) <= unit / 2;
}

function methodWords(
  estimate: PublishedEstimate,
  day: FlowOnDay,
  cap: number,
  recomputed: number | undefined,
  derivable: boolean,
  days: readonly FlowOnDay[],
  [low, high]: readonly [number, number],
): Words {
  const percent = (x: number): string => `${(x * 100).toFixed(2)}%`;
  if (estimate.assets !== undefined && recomputed !== undefined) {
    const sumEn = `(${percent(day.weight)} - ${percent(cap)}) x ${bn(estimate.assets)} bn = ${bn(recomputed)} bn`;
    const sumZh = `（${percent(day.weight)} - ${percent(cap)}）× ${yi(estimate.assets)}亿 = ${yi(recomputed)}亿`;
    return derivable
      ? { en: sumEn, zh: sumZh }
      : { en: `${sumEn}, which is not the figure printed`, zh: `${sumZh}，与公布数字不符` };
  }
  const before = days.findLast(({ day: session }) => session < estimate.knownOn) ?? day;
  return {
    en:
      `cannot be derived: names neither assets nor weight; the usual arithmetic on the evening before, ` +
      `(${percent(before.weight)} - ${percent(cap)}) x ${bn(low)}-${bn(high)} bn, gives ${bn(before.naiveCut * low)}-${bn(before.naiveCut * high)} bn`,
    zh:
      `无法推导：未给出规模与权重；按前一日常用算法（${percent(before.weight)} - ${percent(cap)}）× ` +
      `${yi(low)}-${yi(high)}亿，为 ${yi(before.naiveCut * low)}-${yi(before.naiveCut * high)}亿`,
  };
}

const bn = (amount: number): string => (amount / 1e9).toFixed(2);
const yi = (amount: number): string => (amount / 1e8).toFixed(1);
