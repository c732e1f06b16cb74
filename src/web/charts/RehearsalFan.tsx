/** The price through the rehearsed session: bands of 90 % and 50 %, the median, and the close that came. */
import { useCallback } from 'react';
import { plain } from '../format.js';
import { PlotFigure } from './PlotFigure.js';

interface RehearsalFanProps {
  /** Quantiles at 5, 25, 50, 75 and 95 %, in the order of the session. */
  readonly fan: readonly (readonly number[])[];
  readonly close: readonly number[];
  readonly happened: number | null;
  readonly label: string;
  readonly happenedLabel: string;
}

export function RehearsalFan({ fan, close, happened, label, happenedLabel }: RehearsalFanProps) {
  const options = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const rows = [...fan, close].map(([p05, p25, p50, p75, p95], i) => ({
        part: (100 * (i + 1)) / (fan.length + 1),
        p05,
        p25,
        p50,
        p75,
        p95,
      }));
      const end = rows[rows.length - 1];
      const came = happened === null ? [] : [{ part: end.part, price: happened }];
      return {
        marginLeft: 56,
        marginRight: 86,
        marginTop: 18,
        marginBottom: 40,
        x: {
          label: `${label}, %`,
          labelArrow: 'none' as const,
          domain: [0, 100],
          ticks: width < 480 ? 5 : 10,
        },
        y: { label: null, grid: true, ticks: 6, nice: true },
        marks: [
          plot.areaY(rows, { x: 'part', y1: 'p05', y2: 'p95', fill: 'var(--hue-1)', fillOpacity: 0.14 }),
          plot.areaY(rows, { x: 'part', y1: 'p25', y2: 'p75', fill: 'var(--hue-1)', fillOpacity: 0.26 }),
          plot.lineY(rows, { x: 'part', y: 'p50', stroke: 'var(--hue-1)', strokeWidth: 2 }),
          plot.text([end], {
            x: 'part',
            y: 'p50',
            text: ({ p50 }: { p50: number }) => plain(p50, 2),
            dx: 8,
            textAnchor: 'start' as const,
            fill: 'var(--hue-1)',
          }),
          plot.dot(came, { x: 'part', y: 'price', r: 5, fill: 'var(--hue-2)' }),
          plot.text(came, {
            x: 'part',
            y: 'price',
            text: () => happenedLabel,
            dx: 9,
            textAnchor: 'start' as const,
            fill: 'var(--hue-2)',
          }),
        ],
      };
    },
    [fan, close, happened, label, happenedLabel],
  );
  return <PlotFigure height={300} options={options} />;
}
