/** A study as numbers: the tests of the event day and of the window, and every session. */
import { useMemo } from 'react';
import type { Placebo, StudyDocument, StudyRow } from '../../api/tradingTypes.js';
import { numberColumn, returnColumn } from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { plain } from '../../format.js';
import { useWords } from '../../words/useWords.js';

interface TableProps {
  readonly document: StudyDocument;
}

interface TestRow {
  readonly what: 'eventDay' | 'windowAll';
  readonly abnormal: number | null;
  readonly t: number | null;
  readonly placebo: Placebo;
}

const three = (value: number | null | undefined): string => plain(value, 3);
const two = (value: number | null | undefined): string => plain(value, 2);

export function StudyTests({ document }: TableProps) {
  const { w } = useWords();
  const { tests, car } = document;
  const rows = useMemo(
    (): TestRow[] => [
      { what: 'eventDay', ...tests.eventDay },
      { what: 'windowAll', abnormal: car, ...tests.car },
    ],
    [tests, car],
  );
  const columns = useMemo(
    (): Column<TestRow>[] => [
      { id: 'what', title: w('period'), value: ({ what }) => what, cell: ({ what }) => w(what), width: 130 },
      returnColumn(
        { id: 'abnormal', title: w('abnormal'), width: 110, about: w('aboutAbnormal') },
        ({ abnormal }) => abnormal,
      ),
      numberColumn({ id: 't', title: w('tValue'), width: 80 }, ({ t }) => t, two),
      numberColumn(
        { id: 'placebo_p', title: w('placeboP'), width: 110, about: w('aboutPlacebo') },
        ({ placebo }) => placebo.pValue,
        three,
      ),
      numberColumn(
        { id: 'placebo_shifts', title: w('placeboShifts'), width: 110 },
        ({ placebo }) => placebo.shifts,
        (value) => plain(value),
      ),
    ],
    [w],
  );
  return (
    <DataTable
      name={`${document.security} tests`}
      title={w('tests')}
      rows={rows}
      columns={columns}
      rowKey={({ what }) => what}
    />
  );
}

export function StudyDays({ document }: TableProps) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<StudyRow>[] => [
      {
        id: 'date',
        title: w('date'),
        value: ({ date }) => date,
        cell: ({ date, locked }) => (
          <>
            {date}
            {date === document.event && ` ${w('eventMark')}`}
            {locked && ` ${w('lockedMark')}`}
          </>
        ),
        width: 176,
      },
      returnColumn({ id: 'return', title: w('ownReturn'), width: 100 }, (day) => day.return),
      returnColumn({ id: 'benchmark', title: w('indexReturn'), width: 100 }, (day) => day.benchmark),
      returnColumn(
        { id: 'benchmark_ex_self', title: w('exSelfReturn'), width: 120, about: w('aboutExSelf') },
        (day) => day.benchmarkExSelf,
      ),
      returnColumn(
        { id: 'abnormal', title: w('abnormal'), width: 124, about: w('aboutAbnormal') },
        (day) => day.abnormal,
      ),
      returnColumn(
        { id: 'cumulative', title: w('cumulative'), width: 110, about: w('aboutCumulative') },
        (day) => day.cumulative,
      ),
      returnColumn({ id: 'band_low', title: w('bandLow'), width: 100 }, ({ band }) => band[0]),
      returnColumn({ id: 'band_high', title: w('bandHigh'), width: 100 }, ({ band }) => band[1]),
    ],
    [w, document.event],
  );
  return (
    <DataTable
      name={`${document.security} study`}
      title={w('sessions')}
      rows={document.days}
      columns={columns}
      rowKey={({ date }) => date}
      selected={document.event}
      maxHeight={420}
    />
  );
}
