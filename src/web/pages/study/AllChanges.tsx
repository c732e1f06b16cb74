/** All additions and deletions of an index together, computed as a job when asked for. */
import { useMemo, useState } from 'react';
import type { GroupDayRow, ReviewStudyDocument } from '../../api/tradingTypes.js';
import { numberColumn, returnColumn } from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { JobPanel } from '../../components/JobPanel.js';
import { change, plain } from '../../format.js';
import type { WordKey } from '../../words/en.js';
import { useWords } from '../../words/useWords.js';

const WINDOW = { from: -5, to: 5, estimation: 120 };
const DAYS = ['announcement', 'swap'] as const;

export function AllChanges({ index }: { readonly index: string }) {
  const { w } = useWords();
  const [at, setAt] = useState<(typeof DAYS)[number]>('announcement');
  return (
    <>
      <div className="pills events" role="group" aria-label={w('allChanges')}>
        {DAYS.map((day) => (
          <button
            key={day}
            type="button"
            className="button small"
            aria-pressed={day === at}
            onClick={() => setAt(day)}
          >
            {w('dayZero', { day: w(day) })}
          </button>
        ))}
      </div>
      <JobPanel
        key={at}
        kind="study"
        parameters={{ index, at, ...WINDOW }}
        title={w('allChanges')}
        about={w('allChangesAbout')}
      >
        {(result) => <Groups result={result as ReviewStudyDocument} />}
      </JobPanel>
    </>
  );
}

type Group = ReviewStudyDocument['groups'][number];

function Groups({ result }: { readonly result: ReviewStudyDocument }) {
  return (
    <>
      {result.groups.map((group) => (
        <GroupTable key={group.action} group={group} />
      ))}
      <FindingsPanel findings={result.findings} />
    </>
  );
}

interface TestColumn {
  readonly id: keyof GroupDayRow['tests'];
  readonly title: WordKey;
  readonly width: number;
}

const TESTS: readonly TestColumn[] = [
  { id: 'crossSectional', title: 'crossTest', width: 124 },
  { id: 'patell', title: 'patellTest', width: 76 },
  { id: 'bmp', title: 'bmpTest', width: 70 },
  { id: 'kolariPynnonen', title: 'adjustedBmp', width: 120 },
  { id: 'corradoRank', title: 'corradoTest', width: 104 },
  { id: 'generalisedSign', title: 'signTest', width: 124 },
];

function GroupTable({ group }: { readonly group: Group }) {
  const { w } = useWords();
  const { action, events, days, meanCar, tests } = group;
  const rows = useMemo(
    () => [
      ...days.map((day) => ({ ...day, label: String(day.day).replace('-', '\u2212') })),
      { day: Number.POSITIVE_INFINITY, label: w('windowAll'), events: events.length, mean: meanCar, tests },
    ],
    [days, events, meanCar, tests, w],
  );
  const columns = useMemo(
    (): Column<GroupDayRow & { readonly label: string }>[] => [
      {
        id: 'day',
        title: w('dayOffset'),
        value: ({ day, label }) => (Number.isFinite(day) ? day : label),
        cell: ({ label }) => label,
        width: 118,
      },
      numberColumn(
        { id: 'events', title: w('events'), width: 70 },
        (row) => row.events,
        (value) => plain(value),
      ),
      returnColumn(
        { id: 'mean', title: w('abnormal'), width: 124, about: w('aboutAbnormal') },
        ({ mean }) => mean,
      ),
      ...TESTS.map(({ id, title, width }) =>
        numberColumn<GroupDayRow & { readonly label: string }>(
          { id, title: w(title), width },
          (row) => row.tests[id],
          (value) => plain(value, 2),
        ),
      ),
    ],
    [w],
  );
  return (
    <>
      <p className="note">
        {w(action === 'add' ? 'additionsMean' : 'deletionsMean', {
          n: events.length,
          car: change(meanCar),
          p: plain(tests.placebo.pValue, 3),
          shifts: tests.placebo.shifts,
        })}{' '}
        <span className="muted">{events.map(({ id, day }) => `${id} ${day}`).join(w('comma'))}</span>
      </p>
      <DataTable
        name={`study ${action}`}
        title={w(action === 'add' ? 'additions' : 'deletions')}
        rows={rows}
        columns={columns}
        rowKey={({ label }) => label}
      />
    </>
  );
}
