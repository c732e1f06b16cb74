/** An earnings print: each line against a year ago in words that hold through zero, and the quarter that it adds. */
import { useMemo, useState } from 'react';
import { withPeriodWords } from '../../../core/index.js';
import { useKnownAt } from '../../api/queries.js';
import { useEarnings } from '../../api/valueQueries.js';
import type { EarningsDocument } from '../../api/valueTypes.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { change, money, plain } from '../../format.js';
import { useWords, type Words } from '../../words/useWords.js';
import { Inputs, nameOf, type Input } from './Inputs.js';
import { PeriodChoice } from './PeriodChoice.js';
import { ValueHead } from './ValueHead.js';

export function EarningsPage({ parts: [, company, period] }: { readonly parts: readonly string[] }) {
  const { w, of } = useWords();
  const asked = useEarnings(company, period, useKnownAt());
  const name = asked.data?.name;
  return (
    <>
      <ValueHead
        tab="earnings"
        company={company}
        title={
          <>
            {name === undefined ? company : of(name)} <span className="light">{withPeriodWords(period)}</span>
          </>
        }
        note={
          asked.data === undefined
            ? w('earningsNote')
            : w('announcedOn', { date: asked.data.announced, known: asked.data.knownSince })
        }
      />
      <PeriodChoice page="earnings" company={company} period={period} />
      <Loaded asked={asked} shape="table">
        {(document) => <Print document={document} />}
      </Loaded>
    </>
  );
}

type Line = EarningsDocument['lines'][number];
type QuarterLine = EarningsDocument['quarter'][number];

/** An amount of a line: a percentage, per share, or money in the reader's units. */
export function lineAmount(value: number | null, unit: string, metric: string, { language }: Words): string {
  if (value === null) return '\u2013';
  if (unit === 'pct') return `${plain(value, 2)} %`;
  return metric.startsWith('eps') ? plain(value, 2) : money(value, language);
}

interface Grown {
  readonly growth: number | null;
  readonly words: { readonly en: string; readonly zh: string } | null;
}

/** The words alone off a base that is not above zero; the signed percent else. */
const grown = ({ growth, words }: Grown, { of }: Words): string => {
  if (words === null) return '\u2013';
  return growth === null || !/^(?:up|down|unchanged)$/.test(words.en) ? of(words) : change(growth);
};

function Print({ document }: { readonly document: EarningsDocument }) {
  const words = useWords();
  const { w, of } = words;
  const [chosen, choose] = useState('revenue');
  const line = document.lines.find(({ metric }) => metric === chosen) ?? document.lines[0];
  const sales = document.lines.find(({ metric }) => metric === 'revenue');
  const profit = document.lines.find(({ metric }) => metric === 'net_profit_attributable');
  const columns = useLineColumns(words);
  return (
    <>
      <section className="panel summary outcome" aria-live="polite">
        <p className="headline">
          {w('printFinding', {
            name: of(document.name),
            sales: sales ? grown(sales, words) : '\u2013',
            profit: profit ? grown(profit, words) : '\u2013',
          })}
        </p>
        {sales?.levelMultiple != null && sales.growth !== null && sales.growth > 1 && (
          <p className="muted">
            {w('growthAndLevel', {
              growth: plain(sales.growth, 1),
              level: plain(sales.levelMultiple, 1),
            })}
          </p>
        )}
      </section>
      <div className="columns main-side">
        <DataTable
          name={`${document.id} ${document.period}`}
          title={w('printLines')}
          rows={document.lines}
          columns={columns}
          rowKey={({ metric }) => metric}
          selected={line.metric}
          onWhy={({ metric }) => choose(metric)}
          onOpen={({ metric }) => choose(metric)}
        />
        <Inputs title={nameOf(line.metric, words)} inputs={line.inputs.map(inputOf)}>
          {line.growth === null && line.words !== null && <p>{w('noPercent')}</p>}
        </Inputs>
      </div>
      {document.quarter.length > 0 && <Quarter document={document} />}
      <FindingsPanel findings={document.findings} />
      <ProvenanceLine provenance={document.provenance} />
    </>
  );
}

/** A fact of a report as an input. */
export const inputOf = ({ metric, period, ...fact }: Line['inputs'][number]): Input => ({
  ...fact,
  name: `${metric} ${period}`,
  asOf: period,
});

function useLineColumns(words: Words): Column<Line>[] {
  const { w, of } = words;
  return useMemo(
    () => [
      {
        id: 'metric',
        title: w('lineOf'),
        value: ({ metric }) => metric,
        cell: ({ metric }) => nameOf(metric, words),
        width: 170,
      },
      {
        id: 'value',
        title: w('figureValue'),
        value: ({ value }) => value,
        cell: ({ value, unit, metric }) => lineAmount(value, unit, metric, words),
        numeric: true,
        width: 100,
      },
      {
        id: 'year_ago',
        title: w('yearAgo'),
        value: ({ yearAgo }) => yearAgo,
        cell: ({ yearAgo, unit, metric }) => lineAmount(yearAgo, unit, metric, words),
        numeric: true,
        width: 100,
      },
      {
        id: 'growth',
        title: w('againstYearAgo'),
        about: w('aboutGrowth'),
        value: (line) => line.growth ?? (line.words === null ? null : of(line.words)),
        cell: (line) => (line.points === null ? grown(line, words) : `${plain(line.points, 2)} pp`),
        width: 150,
      },
      {
        id: 'symmetric',
        title: w('symmetricRate'),
        about: w('aboutSymmetric'),
        value: ({ symmetric }) => symmetric,
        cell: ({ symmetric }) => (symmetric === null ? '\u2013' : plain(symmetric, 2)),
        numeric: true,
        width: 90,
      },
    ],
    [w, of, words],
  );
}

function Quarter({ document }: { readonly document: EarningsDocument }) {
  const words = useWords();
  const { w, of } = words;
  const columns = useMemo(
    (): Column<QuarterLine>[] => [
      {
        id: 'metric',
        title: w('lineOf'),
        value: ({ metric }) => metric,
        cell: ({ metric }) => nameOf(metric, words),
        width: 170,
      },
      amountOf('value', w('figureValue'), ({ value }) => value, words),
      amountOf('year_ago', w('yearAgo'), ({ yearAgo }) => yearAgo, words),
      {
        id: 'growth',
        title: w('againstYearAgo'),
        value: (line) => line.growth ?? (line.words === null ? null : of(line.words)),
        cell: (line) => grown(line, words),
        width: 140,
      },
      amountOf('before', w('quarterBefore'), ({ before }) => before, words),
      {
        id: 'sequential',
        title: w('againstBefore'),
        value: ({ sequential }) =>
          sequential.growth ?? (sequential.words === null ? null : of(sequential.words)),
        cell: ({ sequential }) => grown(sequential, words),
        width: 140,
      },
    ],
    [w, of, words],
  );
  const [chosen, choose] = useState('revenue');
  const line = document.quarter.find(({ metric }) => metric === chosen) ?? document.quarter[0];
  return (
    <div className="columns main-side">
      <DataTable
        name={`${document.id} ${document.quarter[0].quarter}`}
        title={w('quarterAlone', { quarter: withPeriodWords(document.quarter[0].quarter) })}
        rows={document.quarter}
        columns={columns}
        rowKey={({ metric }) => metric}
        selected={line.metric}
        onWhy={({ metric }) => choose(metric)}
        onOpen={({ metric }) => choose(metric)}
      />
      <Inputs title={`${nameOf(line.metric, words)} ${withPeriodWords(line.quarter)}`} inputs={line.inputs} />
    </div>
  );
}

const amountOf = (
  id: string,
  title: string,
  take: (line: QuarterLine) => number | null,
  words: Words,
): Column<QuarterLine> => ({
  id,
  title,
  value: take,
  cell: (line) => lineAmount(take(line), '', line.metric, words),
  numeric: true,
  width: 100,
});
