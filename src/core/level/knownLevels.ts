/**
 * Levels of an index from its known baskets: from the swap close of the first one, each later basket taking over at
 * its swap, beside the levels that were published. The chain always starts there, so a level does not depend on the
 * day it is asked from.
 */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { sessionsBetween, type SessionCalendar } from '../calendar/sessions.js';
import type { OrdinaryDividend } from '../events/actionKinds.js';
import { asSplit, type ShareAction } from '../events/corporateActions.js';
import type { ActionPolicy } from '../events/policy.js';
import { lastRow, panelRange, PRICE_QUALITIES, type PricePanel } from '../market/prices.js';
import type { Composition } from '../review/composition.js';
import { closesOf, type CloseMatrix } from './closeMatrix.js';
import type { TaxTable } from './dividends.js';
import type { DivisorStep } from './divisor.js';
import { indexHistory, type BasketInForce, type IndexHistory } from './indexHistory.js';
import { roundHalfAway } from './publishedLevel.js';
import { matrixRows, type ShareRebalance } from './rebalance.js';

export type ReturnKind = 'price' | 'gross' | 'net';

export interface KnownLevelsInput {
  /** Ascending by swap; at least one. */
  readonly baskets: readonly Composition[];
  /** Swap close of the review after the last basket, the last session it is known to be in force. */
  readonly nextSwap: Day;
  readonly prices: PricePanel;
  readonly calendar: SessionCalendar;
  readonly actions: readonly ShareAction[];
  readonly dividends: readonly OrdinaryDividend[];
  readonly policy: ActionPolicy;
  readonly tax: TaxTable;
  /** Closes of the price index as published. */
  readonly published: ReadonlyMap<Day, number>;
  /** Decimals of the published level. */
  readonly decimals: number;
}

export interface KnownLevel {
  readonly day: Day;
  /** Rounded as published. */
  readonly level: number;
  readonly unrounded: number;
  /** Published close of the price index; `undefined` where there is none, and for total returns. */
  readonly published: number | undefined;
}

export interface KnownLevels {
  readonly kind: ReturnKind;
  readonly levels: readonly KnownLevel[];
  /** In force on the first day asked for, and every change after it. */
  readonly divisors: readonly DivisorStep[];
  readonly findings: readonly Finding[];
}

/** @throws Refusal `no_basket` or `no_prices` where the data does not reach, `no_session` in a holiday */
export function knownLevels(input: KnownLevelsInput, from: Day, to: Day, kind: ReturnKind): KnownLevels {
  refuseOutside(input, from, to);
  const { calendar, baskets, published, decimals } = input;
  const first = baskets[0].swap;
  const days = Int32Array.from(sessionsBetween(calendar, first, to));
  const ids = [...new Set(baskets.flatMap((basket) => basket.ids))].toSorted();
  const closes = closesOf(input.prices, ids, days);
  const history = historyOf(input, closes);
  const levels = kind === 'price' ? history.price : (history[kind] as Float64Array);
  return {
    kind,
    levels: Array.from(days.keys())
      .filter((t) => days[t] >= from)
      .map((t): KnownLevel => ({
        day: days[t] as Day,
        level: roundHalfAway(levels[t], decimals),
        unrounded: levels[t],
        published: kind === 'price' ? published.get(days[t] as Day) : undefined,
      })),
    divisors: stepsFrom(history.steps, from),
    findings: findingsOf(input, from, to, kind),
  };
}

function historyOf(
  { baskets, actions, dividends, policy, tax }: KnownLevelsInput,
  closes: CloseMatrix,
): IndexHistory {
  return indexHistory({
    closes,
    start: { ...memberColumns(closes, baskets[0]), divisor: baskets[0].divisor },
    rebalances: baskets.slice(1).map((basket): ShareRebalance => ({
      kind: 'index-shares',
      effective: basket.effective,
      ...memberColumns(closes, basket),
    })),
    actions: [...actions.flatMap(asSplit), ...dividends],
    policy,
    tax,
  });
}

const memberColumns = (
  closes: CloseMatrix,
  { ids, adjustedShares, cappingFactors }: Composition,
): Pick<BasketInForce, 'rows' | 'shares' | 'factors'> => ({
  rows: matrixRows(closes, ids),
  shares: adjustedShares,
  factors: cappingFactors,
});

function refuseOutside({ baskets, nextSwap, prices, calendar }: KnownLevelsInput, from: Day, to: Day): void {
  const first = baskets[0].swap;
  const { last } = panelRange(prices);
  const numbers = { from: formatDay(first), to: formatDay(Math.min(nextSwap, last) as Day) };
  if (from < first || to > nextSwap) {
    throw new Refusal(
      'no_basket',
      `no basket is known on ${formatDay(from < first ? from : to)}; the known ones reach from ${numbers.from} to ${formatDay(nextSwap)}`,
      numbers,
    );
  }
  if (to > last) {
    throw new Refusal(
      'no_prices',
      `there is no close after ${formatDay(last)}; import later closes (import prices FILE), or ask up to ${numbers.to}`,
      numbers,
    );
  }
  if (sessionsBetween(calendar, from, to).length === 0) {
    throw new Refusal(
      'no_session',
      `the market was closed from ${formatDay(from)} to ${formatDay(to)}; take in a session`,
      numbers,
    );
  }
}

/** The divisor of the first day asked for, under its own date, then every change of it. */
function stepsFrom(steps: readonly DivisorStep[], from: Day): DivisorStep[] {
  const changed = steps.filter(({ divisor }, i) => i === 0 || divisor !== steps[i - 1].divisor);
  return changed.slice(changed.findLastIndex(({ day }) => day <= from));
}

function findingsOf(input: KnownLevelsInput, from: Day, to: Day, kind: ReturnKind): Finding[] {
  const inWindow = input.baskets.filter(({ swap }, i) => {
    const until = input.baskets[i + 1]?.swap ?? input.nextSwap;
    return swap <= to && until >= from;
  });
  const baskets = inWindow
    .filter(({ quality }) => quality !== 'reported')
    .map(({ index, quality, note, swap }): Finding => ({
      code: `weights_${quality}`,
      subject: index,
      message: `basket of ${formatDay(swap)}: ${note}`,
    }));
  return [
    ...baskets,
    ...inWindow.flatMap((basket, i) => priceFindings(input, basket, from, inWindow[i + 1]?.swap ?? to)),
    ...(kind === 'price' ? [] : returnFindings(input, kind, to)),
  ];
}

/** Members whose closes in the window are not the market's raw ones. */
function priceFindings({ prices }: KnownLevelsInput, basket: Composition, from: Day, to: Day): Finding[] {
  const panelRow = new Map(prices.ids.map((id, i) => [id, i]));
  return basket.ids.flatMap((id) => {
    const security = panelRow.get(id);
    if (security === undefined) return [];
    const start = Math.max(prices.start[security], lastRow(prices, security, Math.max(from, basket.swap)));
    const qualities = prices.quality.subarray(start, lastRow(prices, security, to) + 1);
    const has = (quality: (typeof PRICE_QUALITIES)[number]): boolean =>
      qualities.includes(PRICE_QUALITIES.indexOf(quality));
    return [
      ...(has('adjusted')
        ? [priceFinding('adjusted_price', id, 'dividend-adjusted, the raw ones are unknown')]
        : []),
      ...(has('imported') ? [priceFinding('price_imported', id, 'from an imported file')] : []),
    ];
  });
}

const priceFinding = (code: string, subject: string, how: string): Finding => ({
  code,
  subject,
  message: `closes in this window are ${how}`,
});

function returnFindings({ baskets, dividends, tax }: KnownLevelsInput, kind: ReturnKind, to: Day): Finding[] {
  const members = new Set(baskets.flatMap(({ ids }) => ids));
  const [first] = baskets;
  const paid = dividends.filter(({ id, exDay }) => members.has(id) && exDay > first.swap && exDay <= to);
  return [
    {
      code: 'total_return_base',
      subject: first.index,
      message: `equal to the price index at the close of ${formatDay(first.swap)}; the published total return index is not in the data`,
    },
    ...[...new Set(paid.map(({ id }) => id))].map((id): Finding => ({
      code: 'dividend_approximate',
      subject: id,
      message: 'cash read off the step between raw and adjusted closes, right to about 0.01 CNY a share',
    })),
    ...(kind === 'net' ? [{ code: 'tax_assumed', subject: first.index, message: tax.source }] : []),
  ];
}
