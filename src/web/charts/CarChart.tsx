/** Abnormal returns around an event: a bar per session, their sum with its 95 % band. */
import { useCallback } from 'react';
import { change } from '../format.js';
import { PlotFigure } from './PlotFigure.js';

interface CarDay {
  readonly abnormal: number | null;
  readonly cumulative: number;
  readonly band: readonly [number | null, number | null];
  /** Closed at a price limit: marked. */
  readonly locked?: boolean;
}

interface CarChartProps {
  readonly days: readonly CarDay[];
  /** Of the first row, sessions from the event. */
  readonly from: number;
  readonly xLabel: string;
}

const PERCENT = 100;

export function CarChart({ days, from, xLabel }: CarChartProps) {
  const options = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const rows = days.map(({ abnormal, cumulative, band: [low, high], locked }, i) => ({
        session: from + i,
        abnormal: abnormal === null ? Number.NaN : abnormal * PERCENT,
        cumulative: cumulative * PERCENT,
        low: (low ?? Number.NaN) * PERCENT,
        high: (high ?? Number.NaN) * PERCENT,
        locked: locked === true,
      }));
      const end = rows[rows.length - 1];
      return {
        marginLeft: 46,
        marginRight: 70,
        marginTop: 24,
        marginBottom: 40,
        x: { label: xLabel, labelArrow: 'none' as const, ticks: width < 480 ? 5 : 10 },
        y: { label: '%', grid: true, ticks: 6, zero: true },
        marks: [
          plot.areaY(rows, { x: 'session', y1: 'low', y2: 'high', fill: 'var(--hue-1)', fillOpacity: 0.15 }),
          plot.ruleX([0], { stroke: 'var(--line-strong)', strokeDasharray: '3 3' }),
          plot.rectY(rows, {
            x1: ({ session }: { session: number }) => session - 0.3,
            x2: ({ session }: { session: number }) => session + 0.3,
            y: 'abnormal',
            fill: 'var(--hue-2)',
            fillOpacity: 0.75,
          }),
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          plot.lineY(rows, { x: 'session', y: 'cumulative', stroke: 'var(--hue-1)', strokeWidth: 2.5 }),
          plot.dot(
            rows.filter(({ locked }) => locked),
            { x: 'session', y: 'cumulative', r: 5, stroke: 'var(--hue-3)', strokeWidth: 2 },
          ),
          plot.text(end === undefined ? [] : [end], {
            x: 'session',
            y: 'cumulative',
            text: ({ cumulative }: { cumulative: number }) => change(cumulative / PERCENT),
            dx: 8,
            textAnchor: 'start' as const,
            fill: 'var(--hue-1)',
            fontWeight: 600,
          }),
        ],
      };
    },
    [days, from, xLabel],
  );
  return <PlotFigure height={320} options={options} />;
}
