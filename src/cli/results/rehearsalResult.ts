/** A rehearsed close: the spread of what may happen beside what did, as table, JSON document and sheets. */
import {
  type BookSnapshot,
  formatDay,
  provenanceOf,
  REHEARSAL_LEVELS,
  type IndexData,
  type Language,
  type RehearsalRun,
  type Spread,
} from '../../core/index.js';
import { money, percent, points, shareCount } from '../format.js';
import type { ExportRow, Result } from '../output.js';
import { joinParts, renderTable, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { datesJson, findingsJson, headingLines, moneyJson, namingOf } from './shared.js';

/** Sessions after the close that the table shows; the JSON has all. */
const SHOWN = [1, 5];

export function rehearsalResult(data: IndexData, run: RehearsalRun, language: Language): Result {
  const { impact, plan, days, findings, runs, seed, filled } = run;
  const { trade, review } = impact;
  const { currency } = data.rulebook;
  const perSession = (spreads: readonly Spread[]) =>
    spreads.map((spread, i) => ({ date: formatDay(days[i + 1]), ...spreadJson(spread) }));
  return {
    json: {
      security: trade.id,
      index: review.methodology.rulebook.id,
      dates: datesJson(review),
      knownAt: formatDay(review.knownAt),
      runs,
      flow: { shares: plan.flow, value: moneyJson(trade.value, currency), atClose: plan.atClose },
      market: {
        board: plan.board,
        previousClose: plan.price / 100,
        shares: plan.floatShares,
        volume: plan.volume,
        volatility: plan.volatility,
        passive: plan.passive,
        elasticity: plan.elasticity,
        response: plan.response,
        arbitrageurs: plan.arbitrageurs,
        events: plan.events,
        closingPart: plan.closingPart,
      },
      levels: REHEARSAL_LEVELS,
      close: { date: formatDay(days[0]), ...spreadJson(run.close) },
      againstStill: spreadJson(run.moved),
      againstLast: spreadJson(run.auction),
      afterwards: perSession(run.afterwards),
      reversal: perSession(run.reversal),
      closingShare: spreadJson(run.closingShare),
      filled,
      fan: run.fan,
      book: {
        run: run.book.run,
        close: run.book.close,
        beforeCall: snapshotJson(run.book.beforeCall),
        beforeClose: snapshotJson(run.book.beforeClose),
      },
      provenance: { ...provenanceOf(review), seed },
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'spreads', rows: sheetRows(run) },
      {
        name: 'fan',
        rows: run.fan.map((row, i) => ({ part: (i + 1) / run.fan.length, ...levelCells(row) })),
      },
    ],
    lines: [
      ...headingLines(review, language),
      ...headLines(data, run, language),
      '',
      ...spreadLines(run, language),
    ],
    findings,
  };
}

const spreadJson = ({ quantiles, mean, happened, rank }: Spread) => ({
  quantiles,
  mean,
  happened: happened ?? null,
  rank: rank ?? null,
});

/** Prices in the currency, the best of a side first. */
const snapshotJson = ({ buys, sells }: BookSnapshot) => ({
  buys: buys.map(([price, shares]) => [price / 100, shares]),
  sells: sells.map(([price, shares]) => [price / 100, shares]),
});

const levelCells = (quantiles: readonly number[]): ExportRow =>
  Object.fromEntries(
    REHEARSAL_LEVELS.map((level, i) => [
      `p${String(Math.round(level * 100)).padStart(2, '0')}`,
      quantiles[i],
    ]),
  );

function sheetRows(run: RehearsalRun): ExportRow[] {
  const row = (what: string, date: string, { quantiles, mean, happened, rank }: Spread): ExportRow => ({
    what,
    date,
    ...levelCells(quantiles),
    mean,
    happened: happened ?? null,
    rank: rank ?? null,
  });
  const [swap, ...later] = run.days.map(formatDay);
  return [
    row('close', swap, run.close),
    row('againstStill', swap, run.moved),
    row('againstLast', swap, run.auction),
    row('closingShare', swap, run.closingShare),
    ...run.afterwards.map((spread, i) => row('afterwards', later[i], spread)),
    ...run.reversal.map((spread, i) => row('reversal', later[i], spread)),
  ];
}

function headLines(data: IndexData, run: RehearsalRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const { impact, plan, runs, seed, filled } = run;
  const { trade } = impact;
  const naming = namingOf(data, language);
  return [
    ...joinParts([
      `${w('rehearsal')} ${naming.code(trade.id)} ${naming.name(trade.id)} ${money(trade.value, language, true)}, ` +
        `${shareCount(plan.flow, language)}, ${percent(plan.atClose)} % ${w('auctionPart')}`,
      `${w('arbitrageursOf')} ${plan.arbitrageurs}`,
      `${w('runsOf')} ${runs}`,
      `${w('seedOf')} ${seed}`,
    ]),
    ...joinParts([
      `${w('marketHeld')} ${w('volumeOfDay')} ${shareCount(plan.volume, language).slice(1)}`,
      `${w('volatility')} ${percent(plan.volatility)} %`,
      `${percent(plan.passive)} % ${w('passivePart')}`,
      `${percent(filled)} % ${w('filledPart')}`,
    ]),
  ];
}

function spreadLines(run: RehearsalRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const right = (title: string): Column => ({ title, align: 'right' });
  const line = (title: string, { quantiles, happened, rank }: Spread, write: (value: number) => string) => [
    title,
    ...quantiles.map(write),
    happened === undefined ? '' : write(happened),
    rank === undefined ? '' : (rank * 100).toFixed(0),
  ];
  return renderTable(
    [
      { title: '', align: 'left' },
      ...REHEARSAL_LEVELS.map((level) => right(`${(level * 100).toFixed(0)} %`)),
      right(w('happened')),
      right(w('placeOf')),
    ],
    [
      line(w('closeOf'), run.close, (value) => value.toFixed(2)),
      line(w('againstStill'), run.moved, points),
      line(w('againstLast'), run.auction, points),
      line(w('closingVolumePart'), run.closingShare, percent),
      ...SHOWN.map((session) => line(`${w('returnAfter')} ${session}`, run.afterwards[session - 1], points)),
      ...SHOWN.map((session) => line(`${w('reversalAfter')} ${session}`, run.reversal[session - 1], points)),
    ],
  );
}
