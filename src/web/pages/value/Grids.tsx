/** The company's outlook at margins and multiples, and what becomes of the multiple while the price stands still. */
import { useMemo } from 'react';
import { figureWord, type Compression, type Scenario } from '../../../core/index.js';
import type { ValueDocument } from '../../api/valueTypes.js';
import { amountColumn, numberColumn } from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { change, percent, plain } from '../../format.js';
import { useWords } from '../../words/useWords.js';
import { Derived } from './Derived.js';
import { Source, times } from './Inputs.js';

export function Grids({ document }: { readonly document: ValueDocument }) {
  return (
    <div className="columns two">
      <div>{document.scenarios.length > 0 && <Scenarios document={document} />}</div>
      <div>{document.compression.length > 0 && <Compressed document={document} />}</div>
    </div>
  );
}

function Scenarios({ document }: { readonly document: ValueDocument }) {
  const { w, language } = useWords();
  const { scenarios, guidance } = document;
  const columns = useMemo(
    (): Column<Scenario>[] => [
      amountColumn({ id: 'sales', title: figureWord('revenue', language), width: 80 }, ({ sales }) => sales),
      numberColumn(
        { id: 'margin', title: w('netMargin'), width: 76 },
        ({ margin }) => margin,
        (value) => percent(value, 0),
      ),
      amountColumn(
        { id: 'profit', title: figureWord('net_profit_attributable', language), width: 84 },
        ({ profit }) => profit,
      ),
      numberColumn({ id: 'pe', title: 'P/E', width: 72 }, ({ multipleNow }) => multipleNow, times),
      ...scenarios[0].at.map(({ multiple }, i): Column<Scenario> => ({
        id: `at_${multiple}`,
        title: `${multiple}\u00d7`,
        about: w('aboutScenario', { multiple }),
        value: ({ at }) => at[i].price,
        cell: ({ at }) => (
          <span title={change(at[i].return)}>
            {plain(at[i].price)} <span className="muted">{change(at[i].return).replace(/\.\d+/, '')}</span>
          </span>
        ),
        numeric: true,
        width: 100,
      })),
    ],
    [w, language, scenarios],
  );
  return (
    <>
      <DataTable
        name={`${document.id} ${document.at} scenarios`}
        title={w('scenarios')}
        rows={scenarios}
        columns={columns}
        rowKey={({ sales, margin }) => `${sales} ${margin}`}
      />
      {guidance !== null && (
        <p className="muted note">
          {w('guidanceSays', {
            year: guidance.year,
            low: plain(guidance.low.amount),
            high: plain(guidance.high.amount),
            currency: guidance.low.currency,
            date: guidance.knownSince,
          })}{' '}
          <Source source={guidance.source} />
        </p>
      )}
      <Derived document={document} of="scenarios" title={w('scenarios')} />
    </>
  );
}

function Compressed({ document }: { readonly document: ValueDocument }) {
  const { w } = useWords();
  const { compression, assumptions } = document;
  const columns = useMemo(
    (): Column<Compression>[] => [
      numberColumn(
        { id: 'growth', title: w('growthAYear'), width: 90 },
        ({ growth }) => growth,
        (value) => percent(value, 0),
      ),
      ...compression[0].after.map(({ years }, i): Column<Compression> => ({
        id: `after_${years}`,
        title: w('afterYears', { n: years }),
        about: w('aboutCompression', { multiple: plain(assumptions.exitMultiple) }),
        value: ({ after }) => after[i].multiple,
        cell: ({ after }) => (
          <>
            {times(after[i].multiple)}{' '}
            <span className="muted">{change(after[i].returnAtExit).replace(/\.\d+/, '')}</span>
          </>
        ),
        numeric: true,
        width: 112,
      })),
    ],
    [w, compression, assumptions.exitMultiple],
  );
  const title = w('compression', { multiple: plain(assumptions.exitMultiple) });
  return (
    <>
      <DataTable
        name={`${document.id} ${document.at} compression`}
        title={title}
        rows={compression}
        columns={columns}
        rowKey={({ growth }) => String(growth)}
      />
      <Derived document={document} of="compression" title={title} />
    </>
  );
}
