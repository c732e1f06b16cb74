/** The slices, and every method as if no slice had a limit. */
import { useMemo } from 'react';
import type { MethodRow, ScheduleDocument, SliceRow } from '../../api/tradingTypes.js';
import { basisPointsColumn, flowColumn, numberColumn, sharesColumn } from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { percent } from '../../format.js';
import { changedQuery, navigate } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';

interface TableProps {
  readonly document: ScheduleDocument;
}

export function Slices({ document }: TableProps) {
  const words = useWords();
  const { w } = words;
  const columns = useMemo(
    (): Column<SliceRow>[] => [
      { id: 'date', title: w('date'), value: ({ date }) => date, width: 110 },
      {
        id: 'phase',
        title: w('session'),
        value: ({ phase }) => phase,
        cell: ({ phase }) => w(phase === 'auction' ? 'auctionPhase' : 'continuousPhase'),
        width: 150,
      },
      sharesColumn(words, ({ shares }) => shares),
      flowColumn(
        { id: 'value', title: w('value'), width: 90, about: w('aboutValue') },
        ({ value }) => value.amount,
      ),
      numberColumn(
        { id: 'participation', title: w('ofSlotVolume'), width: 110, about: w('aboutSlot') },
        ({ participation }) => participation,
        percent,
      ),
    ],
    [w, words],
  );
  return (
    <DataTable
      name={`${document.security} schedule`}
      title={w('slices')}
      rows={document.slices}
      columns={columns}
      rowKey={({ date, phase }) => `${date} ${phase}`}
    />
  );
}

export function Methods({ document }: TableProps) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<MethodRow>[] => [
      { id: 'method', title: w('method'), value: ({ method }) => method, width: 150 },
      basisPointsColumn(
        { id: 'cost', title: w('cost'), width: 110, about: w('aboutCost') },
        ({ costBps }) => costBps / 1e4,
      ),
      basisPointsColumn(
        { id: 'tracking_error', title: w('trackingError'), width: 130, about: w('aboutTracking') },
        ({ trackingErrorBps }) => trackingErrorBps / 1e4,
      ),
    ],
    [w],
  );
  return (
    <DataTable
      name={`${document.security} methods`}
      title={w('methodsTable')}
      rows={document.methods}
      columns={columns}
      rowKey={({ method }) => method}
      selected={document.method}
      onOpen={({ method }) => navigate(changedQuery({ method }), 'replace')}
    />
  );
}
