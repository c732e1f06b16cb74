/** All additions and deletions of an index together, computed as a job when asked for. */
import { useMemo, useState } from 'react';
import type { GroupDayRow, ReviewStudyDocument } from '../../api/tradingTypes.js';
import { CarChart } from '../../charts/CarChart.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
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
  const { w } = useWords();
  return (
    <>
      {result.groups.map((group) => (
        <section key={group.action} aria-label={w(group.action === 'add' ? 'additions' : 'deletions')}>
          <GroupChart group={group} at={result.at} index={result.index} />
          <GroupTable group={group} />
        </section>
      ))}
      <FindingsPanel findings={result.findings} />
    </>
  );
}

interface GroupChartProps {
  readonly group: Group;
  readonly at: ReviewStudyDocument['at'];
  readonly index: string;
}

function GroupChart({ group, at, index }: GroupChartProps) {
  const { w } = useWords();
  const { action, events, days } = group;
  const rows = useMemo(() => days.map((day) => ({ ...day, abnormal: day.mean })), [days]);
  const last = days[days.length - 1];
  const [low, high] = last.band;
  return (
    <ChartFrame
      name={`${index}-${action}-${at}-study`}
      title={w(action === 'add' ? 'additionsFinding' : 'deletionsFinding', {
        n: events.length,
        car: change(last.cumulative),
        low: change(low),
        high: change(high),
        day: last.day,
        zero: w(at),
      })}
      source={w('sourceGroupStudy', { index })}
      table={{
        columns: [w('dayOffset'), w('events'), w('abnormal'), w('cumulative'), w('bandLow'), w('bandHigh')],
        rows: days.map((day) => [
          String(day.day),
          String(day.events),
          change(day.mean),
          change(day.cumulative),
          change(day.band[0]),
          change(day.band[1]),
        ]),
      }}
    >
      <CarChart days={rows} from={days[0].day} xLabel={w('axisEvent')} />
      <p className="note">{w('groupBandNote')}</p>
    </ChartFrame>
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

/** A day of the window, or the whole of it. */
type TestedRow = Pick<GroupDayRow, 'day' | 'events' | 'mean' | 'tests'> & { readonly label: string };

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
    (): Column<TestedRow>[] => [
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
        numberColumn<TestedRow>(
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
