/** Trailing P/E day by day with the earnings known that day, beside a vendor's that lags. */
import { useCallback, useMemo } from 'react';
import type { ValueDocument } from '../../api/valueTypes.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { monthDay } from '../../charts/isoTicks.js';
import { PlotFigure } from '../../charts/PlotFigure.js';
import { percent, plain } from '../../format.js';
import { useWords } from '../../words/useWords.js';
import { times } from './Inputs.js';

const HEIGHT = 260;
/** Every so many days a row of the table behind the chart. */
const TABLE_STEP = 5;

export function MultipleHistory({ document }: { readonly document: ValueDocument }) {
  const { w } = useWords();
  const { own, vendor, band } = document.history;
  const printed = useMemo(() => new Map(vendor.days.map((day, i) => [day, vendor.values[i]])), [vendor]);
  const label = w('asVendor');
  const ours = w('asKnown');
  const options = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const rows = own.days.flatMap((day, i) => {
        const value = own.values[i];
        return value === null ? [] : [{ date: new Date(day), value }];
      });
      const others = vendor.days.flatMap((day, i) => {
        const value = vendor.values[i];
        return value === null || value <= 0 ? [] : [{ date: new Date(day), value }];
      });
      const ends = [
        { row: rows.at(-1), text: ours, fill: 'var(--hue-1)', dy: 12 },
        { row: others.at(-1), text: label, fill: 'var(--hue-2)', dy: -12 },
      ].flatMap(({ row, ...mark }) => (row === undefined ? [] : [{ ...row, ...mark }]));
      return {
        marginLeft: 52,
        marginRight: width < 480 ? 62 : 86,
        marginTop: 24,
        x: { type: 'utc' as const, label: null, ticks: width < 480 ? 4 : 6, tickFormat: monthDay },
        y: {
          type: 'log' as const,
          label: 'P/E',
          grid: true,
          ticks: 4,
          tickFormat: (value: number) => plain(value),
        },
        marks: [
          plot.lineY(others, {
            x: 'date',
            y: 'value',
            stroke: 'var(--hue-2)',
            strokeWidth: 1.5,
            strokeDasharray: '5 3',
          }),
          plot.lineY(rows, { x: 'date', y: 'value', stroke: 'var(--hue-1)', strokeWidth: 2.5 }),
          ...ends.map((end) =>
            plot.text([end], {
              x: 'date',
              y: 'value',
              text: 'text',
              fill: end.fill,
              dx: 6,
              dy: end.dy,
              textAnchor: 'start' as const,
              fontWeight: 600,
            }),
          ),
        ],
      };
    },
    [own, vendor, label, ours],
  );
  const title = band
    ? w('peHistoryFinding', {
        pe: times(document.peTtm),
        rank: percent(band.rank, 0),
        from: band.from,
      })
    : w('historyShort');
  return (
    <ChartFrame
      name={`${document.id}-${document.at}-pe`}
      title={title}
      source={w('sourcePe', { date: document.at })}
      table={{
        columns: [w('date'), ours, label],
        rows: own.days
          .map((day, i) => [day, times(own.values[i]), times(printed.get(day) ?? null)])
          .filter((_, i) => i % TABLE_STEP === 0),
      }}
    >
      <PlotFigure height={HEIGHT} options={options} />
    </ChartFrame>
  );
}
