/** One figure of the experiment over the share of index funds, a line for each number of arbitrageurs, with standard errors. */
import { useCallback } from 'react';
import { PlotFigure } from './PlotFigure.js';
import { spreadLabels } from './spread.js';

interface MarketPoint {
  /** Fraction of the float. */
  readonly passive: number;
  readonly arbitrageurs: number;
  /** Fractions of the price. */
  readonly mean: number;
  readonly error: number;
}

interface MarketCurvesProps {
  readonly points: readonly MarketPoint[];
  /** All numbers of arbitrageurs there are: each has its colour in every picture. */
  readonly counts: readonly number[];
  readonly xLabel: string;
  readonly nameOf: (arbitrageurs: number) => string;
}

const HEIGHT = 260;
const MARGIN = { left: 46, top: 22, bottom: 40, right: 112 };
const LABEL_GAP = 14;
const BP = 1e4;
const HUES = ['var(--hue-1)', 'var(--hue-2)', 'var(--hue-4)', 'var(--hue-3)', 'var(--hue-5)'] as const;

export function MarketCurves({ points, counts, xLabel, nameOf }: MarketCurvesProps) {
  const options = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const rows = points.map(({ passive, arbitrageurs, mean, error }) => ({
        x: passive * 100,
        arbitrageurs,
        y: mean * BP,
        low: (mean - error) * BP,
        high: (mean + error) * BP,
      }));
      const hue = ({ arbitrageurs }: { readonly arbitrageurs: number }): string =>
        HUES[counts.indexOf(arbitrageurs) % HUES.length];
      const [least, most] = [
        Math.min(0, ...rows.map(({ low }) => low)),
        Math.max(1, ...rows.map(({ high }) => high)),
      ];
      const last = Math.max(...rows.map(({ x }) => x));
      const ends = rows.filter(({ x }) => x === last);
      const room = HEIGHT - MARGIN.top - MARGIN.bottom;
      // Heights are found on the picture, where labels must not touch, and taken back to the axis.
      const heights = spreadLabels(
        ends.map(({ y }) => MARGIN.top + (room * (most - y)) / (most - least)),
        LABEL_GAP,
        [MARGIN.top, HEIGHT - MARGIN.bottom],
      );
      const labels = ends.map((end, i) => ({
        ...end,
        label: most - ((heights[i] - MARGIN.top) * (most - least)) / room,
        text: nameOf(end.arbitrageurs),
      }));
      return {
        marginLeft: MARGIN.left,
        marginRight: MARGIN.right,
        marginTop: MARGIN.top,
        marginBottom: MARGIN.bottom,
        x: { label: xLabel, labelArrow: 'none' as const, ticks: [...new Set(rows.map(({ x }) => x))] },
        y: { label: 'bp', domain: [least, most], grid: true, ticks: 5 },
        marks: [
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          plot.ruleX(rows, { x: 'x', y1: 'low', y2: 'high', stroke: hue, strokeWidth: 1.5 }),
          plot.lineY(rows, { x: 'x', y: 'y', z: 'arbitrageurs', stroke: hue, strokeWidth: 2 }),
          plot.dot(rows, { x: 'x', y: 'y', r: 3.5, fill: hue }),
          plot.text(labels, {
            x: 'x',
            y: 'label',
            text: 'text',
            dx: 10,
            textAnchor: 'start' as const,
            fill: hue,
            fontWeight: 500,
          }),
        ],
      };
    },
    [points, counts, xLabel, nameOf],
  );
  return <PlotFigure height={HEIGHT} options={options} />;
}
