/** What a traded order cost, as table, JSON document and sheets. */
import { formatDay, type IndexData, type Language, type TcaRun } from '../../core/index.js';
import { shareCount, wholeMoney } from '../format.js';
import type { Result } from '../output.js';
import { joinParts, renderTable, wrap, type Column } from '../table.js';
import { word, type WordKey } from '../words/words.js';
import { findingsJson, moneyJson, namingOf } from './shared.js';

const bps = (fraction: number): number => fraction * 1e4;

const PARTS = ['delay', 'impact', 'timing', 'opportunity', 'fees'] as const;

export function tcaResult(data: IndexData, run: TcaRun, language: Language): Result {
  const { request, parts, benchmarks, findings } = run;
  const { currency } = data.rulebook;
  const inBps = (amount: number): number => bps(amount / parts.paperValue);
  const rows = [...PARTS, 'total' as const].map((part) => ({
    part,
    money: parts[part],
    bps: inBps(parts[part]),
  }));
  const compared = benchmarks.map(({ name, price, cost, money: amount }) => ({
    benchmark: name,
    price,
    costBps: bps(cost),
    money: amount,
  }));
  return {
    json: {
      security: request.security,
      side: request.side,
      shares: run.shares,
      filled: run.filled,
      decided: formatDay(run.decided),
      until: formatDay(run.until),
      decisionPrice: run.decisionPrice,
      arrivalPrice: run.arrivalPrice,
      meanPrice: run.meanPrice,
      paperValue: moneyJson(parts.paperValue, currency),
      parts: rows.slice(0, -1).map(({ part, money: amount, bps: cost }) => ({
        part,
        bps: cost,
        money: moneyJson(amount, currency),
      })),
      shortfall: { bps: inBps(parts.total), money: moneyJson(parts.total, currency) },
      impactFrom: run.impactFrom,
      impactBandBps: run.impactBand.map(inBps),
      benchmarks: compared.map((row) => ({ ...row, money: moneyJson(row.money, currency) })),
      expected: run.expected
        ? { model: run.expected.model, costBps: bps(run.expected.cost), band: run.expected.band.map(bps) }
        : null,
      provenance: run.provenance,
      findings: findingsJson(findings),
    },
    sheets: [
      { name: 'parts', rows },
      { name: 'benchmarks', rows: compared },
    ],
    lines: [
      ...headLines(data, run, language),
      '',
      ...partLines(rows, run, language),
      '',
      ...benchmarkLines(compared, language),
      ...expectedLines(run, language),
    ],
    findings,
  };
}

function headLines(data: IndexData, run: TcaRun, language: Language): string[] {
  const w = (key: WordKey): string => word(key, language);
  const naming = namingOf(data, language);
  const { security, side } = run.request;
  const count = (shares: number): string => shareCount(shares, language).slice(1);
  return joinParts([
    `${w('tca')} ${naming.code(security)} ${naming.name(security)}`,
    `${w(side === 'buy' ? 'buys' : 'sells')} ${count(run.filled)} / ${count(run.shares)}`,
    `${w('meanPrice')} ${run.meanPrice.toFixed(2)}`,
    `${w('decided')} ${formatDay(run.decided)} ${run.decisionPrice.toFixed(2)}`,
    `${w('arrival')} ${run.arrivalPrice.toFixed(2)}`,
    `${w('closingDay')} ${formatDay(run.until)}`,
  ]);
}

const right = (title: string): Column => ({ title, align: 'right' });

const PART_WORDS: Readonly<Record<string, WordKey>> = {
  delay: 'partDelay',
  impact: 'partImpact',
  timing: 'partTiming',
  opportunity: 'partOpportunity',
  fees: 'partFees',
  total: 'shortfall',
};

function partLines(
  rows: readonly { readonly part: string; readonly money: number; readonly bps: number }[],
  { impactFrom, impactBand, parts }: TcaRun,
  language: Language,
): string[] {
  const w = (key: WordKey): string => word(key, language);
  const band = impactBand.map((amount) => bps(amount / parts.paperValue).toFixed(1)).join(' - ');
  return renderTable(
    [
      { title: w('part'), align: 'left' },
      right(w('basisPoints')),
      right(w('inMoney')),
      ...(impactFrom === 'model' ? [right(`${w('band')} ${w('basisPoints')}`)] : []),
    ],
    rows.map((row) => [
      w(PART_WORDS[row.part]),
      signed(row.bps),
      wholeMoney(row.money),
      ...(impactFrom === 'model' ? [row.part === 'impact' ? band : ''] : []),
    ]),
  );
}

function benchmarkLines(
  rows: readonly {
    readonly benchmark: string;
    readonly price: number;
    readonly costBps: number;
    readonly money: number;
  }[],
  language: Language,
): string[] {
  const w = (key: WordKey): string => word(key, language);
  return renderTable(
    [
      { title: w('against'), align: 'left' },
      right(w('priceOf')),
      right(`${w('cost')} ${w('basisPoints')}`),
      right(w('inMoney')),
    ],
    rows.map((row) => [
      w(BENCHMARK_WORDS[row.benchmark]),
      row.price.toFixed(2),
      signed(row.costBps),
      wholeMoney(row.money),
    ]),
  );
}

const BENCHMARK_WORDS: Readonly<Record<string, WordKey>> = {
  decision: 'decided',
  arrival: 'arrival',
  close: 'ownCloses',
  vwap: 'vwapOf',
  'effective-close': 'swap',
};

function expectedLines({ expected }: TcaRun, language: Language): string[] {
  if (expected === undefined) return [];
  const [low, high] = expected.band.map((end) => bps(end).toFixed(1));
  return [
    '',
    ...wrap(
      `${word('lawExpected', language)} ${bps(expected.cost).toFixed(1)} ${word('basisPoints', language)} (${low} - ${high})`,
    ),
  ];
}

/** A cost has a plus, a gain a minus; a true zero has neither. */
function signed(value: number): string {
  const text = Math.abs(value).toFixed(1);
  if (Number(text) === 0) return text;
  return (value > 0 ? '+' : '-') + text;
}
