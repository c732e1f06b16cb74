/** Where the price is expected after the last trade, with the band of what stays. */
import { useCallback } from 'react';
import { change } from '../format.js';
import { PlotFigure } from './PlotFigure.js';

export interface ReversalRow {
  /** Sessions after the last trade. */
  readonly session: number;
  /** Signed, against the price before the order. */
  readonly move: number;
  readonly band: readonly [number, number];
}

interface ReversalChartProps {
  readonly path: readonly ReversalRow[];
  readonly xLabel: string;
}

const PERCENT = 100;

export function ReversalChart({ path, xLabel }: ReversalChartProps) {
  const options = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const rows = path.map(({ session, move, band: [low, high] }) => ({
        session,
        move: move * PERCENT,
        low: low * PERCENT,
        high: high * PERCENT,
      }));
      const [first, last] = [rows[0], rows[rows.length - 1]];
      return {
        marginLeft: 46,
        marginRight: 64,
        marginTop: 22,
        marginBottom: 40,
        x: { label: xLabel, labelArrow: 'none' as const, ticks: width < 480 ? 4 : 8 },
        y: { label: '%', grid: true, ticks: 5, zero: true },
        marks: [
          plot.areaY(rows, { x: 'session', y1: 'low', y2: 'high', fill: 'var(--hue-1)', fillOpacity: 0.16 }),
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          // From nothing to the peak while it is traded, before session 0.
          plot.lineY([{ session: -1, move: 0 }, first], {
            x: 'session',
            y: 'move',
            stroke: 'var(--hue-1)',
            strokeWidth: 1.5,
            strokeDasharray: '4 3',
          }),
          plot.lineY(rows, { x: 'session', y: 'move', stroke: 'var(--hue-1)', strokeWidth: 2.5 }),
          plot.text([first, last], {
            x: 'session',
            y: 'move',
            text: ({ move }: { move: number }) => change(move / PERCENT),
            dx: 8,
            textAnchor: 'start' as const,
            fill: 'var(--hue-1)',
            fontWeight: 600,
          }),
        ],
      };
    },
    [path, xLabel],
  );
  return <PlotFigure height={240} options={options} />;
}
