/** The chances and ranges of one review, computed as a job when asked for. */
import { useMemo } from 'react';
import type { FlowsDocument, ForecastDocument } from '../../api/types.js';
import { numberColumn } from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { JobPanel } from '../../components/JobPanel.js';
import { chance, money } from '../../format.js';
import { useWords } from '../../words/useWords.js';

interface ForecastProps {
  readonly index: string;
  readonly effective: string;
  readonly knownAt: string;
  readonly flows: FlowsDocument;
}

const PATHS = 10_000;
const SEED = 1;

export function Forecast({ index, effective, knownAt, flows }: ForecastProps) {
  const { w } = useWords();
  return (
    <JobPanel
      kind="forecast"
      parameters={{ index, effective, knownAt, paths: PATHS, seed: SEED }}
      title={w('forecast')}
      about={w('forecastAbout')}
    >
      {(result) => <ForecastTable forecast={result as ForecastDocument} flows={flows} />}
    </JobPanel>
  );
}

type ForecastRow = ForecastDocument['securities'][number];

function ForecastTable({
  forecast,
  flows,
}: {
  readonly forecast: ForecastDocument;
  readonly flows: FlowsDocument;
}) {
  const { w, name, language } = useWords();
  const columns = useMemo((): Column<ForecastRow>[] => {
    const trades = new Map(flows.trades.map((trade) => [trade.id, trade]));
    const probability = (id: 'pIn' | 'pOut' | 'pCapped', title: string): Column<ForecastRow> =>
      numberColumn({ id, title, width: 78 }, (row) => row[id], chance);
    const named = ({ id }: ForecastRow): string => {
      const trade = trades.get(id);
      return trade === undefined ? id : name(trade);
    };
    return [
      { id: 'name', title: w('name'), value: named, width: 130 },
      probability('pIn', w('pIn')),
      probability('pOut', w('pOut')),
      probability('pCapped', w('pCapped')),
      {
        id: 'flow',
        title: w('flow'),
        value: ({ flow }) => flow.p50,
        cell: ({ flow }) => (
          <span title={`${money(flow.p05, language, true)} \u2026 ${money(flow.p95, language, true)}`}>
            {money(flow.p50, language, true)}
          </span>
        ),
        numeric: true,
        width: 96,
      },
    ];
  }, [flows, w, name, language]);
  return (
    <DataTable
      name="forecast"
      title={w('forecast')}
      rows={forecast.securities}
      columns={columns}
      rowKey={({ id }) => id}
      sort={{ id: 'flow', desc: false }}
      maxHeight={320}
    />
  );
}
