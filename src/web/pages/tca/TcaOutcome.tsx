/** The shortfall in its parts, and the mean price against the usual benchmarks. */
import { useMemo } from 'react';
import type { TcaDocument } from '../../api/tradingTypes.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { SplitChart, type SplitPart } from '../../charts/SplitChart.js';
import { basisPointsColumn, numberColumn } from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { basisPoints, percent, plain, shareCount } from '../../format.js';
import type { WordKey } from '../../words/en.js';
import { useWords } from '../../words/useWords.js';

type PartName = TcaDocument['parts'][number]['part'];
type BenchmarkRow = TcaDocument['benchmarks'][number];

const PART_WORDS: Readonly<Record<PartName, WordKey>> = {
  delay: 'partDelay',
  impact: 'partImpact',
  timing: 'partTiming',
  opportunity: 'partOpportunity',
  fees: 'partFees',
};

const IMPACT_WORDS: Readonly<Record<TcaDocument['impactFrom'], WordKey>> = {
  reference: 'impactFromReference',
  vwap: 'impactFromVwap',
  model: 'impactFromModel',
};

const BENCHMARK_WORDS: Readonly<Record<BenchmarkRow['benchmark'], WordKey>> = {
  decision: 'benchmarkDecision',
  arrival: 'benchmarkArrival',
  close: 'benchmarkClose',
  vwap: 'benchmarkVwap',
  'effective-close': 'benchmarkSwap',
};

const fraction = (bps: number): number => bps / 1e4;

interface OutcomeProps {
  readonly document: TcaDocument;
}

export function Parts({ document, name }: OutcomeProps & { readonly name: string }) {
  const { w, language } = useWords();
  const { parts, shortfall, impactFrom, impactBandBps, paperValue } = document;
  const rows = useMemo(
    (): SplitPart[] => [
      ...parts.map(({ part, bps }) => ({
        name: w(PART_WORDS[part]),
        value: fraction(bps),
        // Only what a model says has a band.
        ...(part === 'impact' &&
          impactFrom === 'model' && {
            band: [fraction(impactBandBps[0]), fraction(impactBandBps[1])] as const,
          }),
      })),
      { name: w('shortfall'), value: fraction(shortfall.bps), total: true },
    ],
    [parts, shortfall, impactFrom, impactBandBps, w],
  );
  const sums = [...parts.map((part) => part.money.amount), shortfall.money.amount];
  return (
    <>
      <section className="panel summary outcome">
        <p className="headline">
          {w(shortfall.bps < 0 ? 'tcaGained' : 'tcaCost', {
            name,
            shares: shareCount(document.filled, language, false),
            all: shareCount(document.shares, language, false),
            side: w(document.side === 'sell' ? 'sold' : 'bought'),
            bps: basisPoints(Math.abs(fraction(shortfall.bps)), 0),
            money: plain(Math.abs(shortfall.money.amount)),
          })}
        </p>
        <Prices document={document} />
      </section>
      <ChartFrame
        name={`${document.security}-${document.decided}-tca`}
        title={w('tcaFinding', largestOf(rows))}
        source={w('sourceTca', { from: document.decided, to: document.until })}
        table={{
          columns: [w('part'), w('cost'), w('value')],
          rows: rows.map(({ name: part, value }, i) => [part, basisPoints(value), plain(sums[i])]),
        }}
      >
        <SplitChart parts={rows} unit="bp" />
        <p className="note">
          {w('tcaPartsNote', { value: plain(paperValue.amount) })} {w(IMPACT_WORDS[impactFrom])}
        </p>
      </ChartFrame>
    </>
  );
}

/** The part that weighs most, as the title says it. */
function largestOf(rows: readonly SplitPart[]): { readonly part: string; readonly bps: string } {
  const { name, value } = rows
    .slice(0, -1)
    .reduce((most, row) => (Math.abs(row.value) > Math.abs(most.value) ? row : most));
  return { part: name, bps: basisPoints(value, 0) };
}

function Prices({ document }: OutcomeProps) {
  const { w } = useWords();
  const { expected, filled, shares } = document;
  const price = (value: number): string => plain(value, 2);
  const figures: readonly (readonly [string, string])[] = [
    [w('meanPrice'), price(document.meanPrice)],
    [`${w('benchmarkDecision')} ${document.decided}`, price(document.decisionPrice)],
    [w('benchmarkArrival'), price(document.arrivalPrice)],
    [w('filledShare'), percent(filled / shares, 0)],
    ...(expected === null
      ? []
      : [
          [
            w('lawExpected'),
            `${expected.costBps.toFixed(1)} bp (${expected.band.map((end) => end.toFixed(1)).join('\u2013')})`,
          ] as const,
        ]),
  ];
  return (
    <dl className="stats">
      {figures.map(([title, shown]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Benchmarks({ document }: OutcomeProps) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<BenchmarkRow>[] => [
      {
        id: 'benchmark',
        title: w('against'),
        value: ({ benchmark }) => w(BENCHMARK_WORDS[benchmark]),
        width: 220,
      },
      numberColumn(
        { id: 'price', title: w('price'), width: 110 },
        (row) => row.price,
        (value) => plain(value, 2),
      ),
      basisPointsColumn({ id: 'cost', title: w('cost'), width: 110, about: w('aboutTcaCost') }, (row) =>
        fraction(row.costBps),
      ),
      numberColumn(
        { id: 'money', title: w('costMoney'), width: 130 },
        (row) => row.money.amount,
        (value) => plain(value),
      ),
    ],
    [w],
  );
  return (
    <DataTable
      name={`${document.security} ${document.decided} benchmarks`}
      title={w('benchmarksTable')}
      rows={document.benchmarks}
      columns={columns}
      rowKey={({ benchmark }) => benchmark}
    />
  );
}
