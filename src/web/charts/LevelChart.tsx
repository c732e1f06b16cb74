/** Level of an index, computed from its known baskets, with the published closes as points. */
import { useCallback } from 'react';
import type { LevelsDocument } from '../api/types.js';
import { tickEvery, yearMonth } from './isoTicks.js';
import { PlotFigure } from './PlotFigure.js';

interface LevelChartProps {
  readonly levels: LevelsDocument['levels'];
  readonly effectives: readonly string[];
}

export function LevelChart({ levels, effectives }: LevelChartProps) {
  const options = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const rows = levels.map(({ date, level, published }) => ({ date: new Date(date), level, published }));
      return {
        marginLeft: 52,
        marginRight: 16,
        marginTop: 22,
        x: {
          type: 'utc' as const,
          label: null,
          ticks: tickEvery(
            'months',
            rows.map(({ date }) => date),
            { width: width - 68, room: 64 },
          ),
          tickFormat: yearMonth,
        },
        y: { grid: true, ticks: 4, label: null },
        marks: [
          plot.ruleX(
            effectives.map((day) => new Date(day)),
            { stroke: 'var(--line-strong)', strokeDasharray: '3 3' },
          ),
          plot.text(
            effectives.map((day) => new Date(day)),
            { x: (day: Date) => day, text: () => 'E', frameAnchor: 'top', dy: -12, fill: 'var(--muted)' },
          ),
          plot.lineY(rows, { x: 'date', y: 'level', stroke: 'var(--hue-1)', strokeWidth: 1.8 }),
          plot.dot(rows, { x: 'date', y: 'published', r: 1.6, fill: 'var(--hue-2)' }),
        ],
      };
    },
    [levels, effectives],
  );
  return <PlotFigure height={220} options={options} />;
}
