/** A move as the sum of its parts, each beginning where the one before ends; parts that are modelled have their band. */
import { useCallback } from 'react';
import { basisPoints, points } from '../format.js';
import { useLanguage } from '../words/useWords.js';
import { PlotFigure } from './PlotFigure.js';

export interface SplitPart {
  readonly name: string;
  readonly value: number;
  readonly band?: readonly [number, number];
  /** The whole, drawn from zero. */
  readonly total?: boolean;
}

interface SplitChartProps {
  readonly parts: readonly SplitPart[];
  /** Of the axis and the figures beside the bars. */
  readonly unit?: '%' | 'bp';
}

export function SplitChart({ parts, unit = '%' }: SplitChartProps) {
  const language = useLanguage();
  const options = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const scale = unit === 'bp' ? 1e4 : 100;
      let reached = 0;
      const rows = parts.map(({ name, value, band, total }) => {
        const start = total === true ? 0 : reached;
        if (total !== true) reached += value;
        return {
          name,
          total: total === true,
          x1: start * scale,
          x2: (start + value) * scale,
          low: (start + (band?.[0] ?? value)) * scale,
          high: (start + (band?.[1] ?? value)) * scale,
          banded: band !== undefined,
          text: unit === 'bp' ? basisPoints(value) : points(value, language),
        };
      });
      const ends = rows.flatMap(({ x1, x2, low, high }) => [x1, x2, low, high, 0]);
      const [least, most] = [Math.min(...ends), Math.max(...ends)];
      const room = (most - least) * (width < 480 ? 0.42 : 0.2);
      return {
        marginLeft: width < 480 ? 74 : 110,
        marginRight: 12,
        marginTop: 8,
        marginBottom: 40,
        x: {
          label: unit,
          labelArrow: 'none' as const,
          grid: true,
          ticks: width < 480 ? 4 : 8,
          domain: [least - room * 0.1, most + room],
        },
        y: { domain: rows.map(({ name }) => name), label: null, tickSize: 0 },
        marks: [
          plot.barX(rows, {
            y: 'name',
            x1: 'x1',
            x2: 'x2',
            insetTop: 5,
            insetBottom: 5,
            fill: ({ total }: { total: boolean }) => (total ? 'var(--muted)' : 'var(--hue-1)'),
          }),
          plot.ruleX([0], { stroke: 'var(--line-strong)' }),
          plot.ruleY(
            rows.filter(({ banded }) => banded),
            { y: 'name', x1: 'low', x2: 'high', stroke: 'var(--hue-2)', strokeWidth: 2.5 },
          ),
          plot.text(rows, {
            y: 'name',
            x: ({ x1, x2, high }: { x1: number; x2: number; high: number }) => Math.max(x1, x2, high),
            text: 'text',
            dx: 8,
            textAnchor: 'start' as const,
            fill: 'var(--ink)',
          }),
        ],
      };
    },
    [parts, unit, language],
  );
  return <PlotFigure height={220} options={options} />;
}
