/** What an order costs under every model as its size or its length varies; the chosen model with its band. */
import { useCallback } from 'react';
import { basisPoints } from '../format.js';
import { PlotFigure } from './PlotFigure.js';
import { spreadLabels } from './spread.js';

export interface CostPoint {
  readonly x: number;
  readonly model: string;
  /** Fractions of the value. */
  readonly cost: number;
  readonly low: number;
  readonly high: number;
}

interface CostCurveProps {
  /** Ascending in x within each model. */
  readonly points: readonly CostPoint[];
  readonly chosen: string;
  /** Where the order stands. */
  readonly at: number;
  readonly xLabel: string;
  readonly xFormat: (x: number) => string;
}

const HEIGHT = 330;
const MARGIN = { left: 46, top: 22, bottom: 40 };
const LABELS = { wide: 142, narrow: 112 };
const NARROW = 480;
const LABEL_GAP = 14;
const BP = 1e4;

export function CostCurve({ points, chosen, at, xLabel, xFormat }: CostCurveProps) {
  const options = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const rows = points.map(({ x, model, cost, low, high }) => ({
        x,
        model,
        cost: cost * BP,
        low: low * BP,
        high: high * BP,
      }));
      const own = rows.filter(({ model }) => model === chosen);
      const others = rows.filter(({ model }) => model !== chosen);
      const last = Math.max(...rows.map(({ x }) => x));
      const ends = rows.filter(({ x }) => x === last);
      const top = topOf(own, ends);
      const room = HEIGHT - MARGIN.top - MARGIN.bottom;
      // Label heights are found on the picture, where they must not touch, and taken back to the axis.
      const heights = spreadLabels(
        ends.map(({ cost }) => MARGIN.top + room * (1 - Math.min(1, cost / top))),
        LABEL_GAP,
        [MARGIN.top, HEIGHT - MARGIN.bottom],
      );
      const labels = ends.map((end, i) => ({
        ...end,
        label: top * (1 - (heights[i] - MARGIN.top) / room),
        text: end.cost > top ? `${end.model} ${end.cost.toFixed(0)} \u2191` : end.model,
      }));
      const here = nearestTo(own, at);
      return {
        marginLeft: MARGIN.left,
        marginRight: width < NARROW ? LABELS.narrow : LABELS.wide,
        marginTop: MARGIN.top,
        marginBottom: MARGIN.bottom,
        x: { label: xLabel, labelArrow: 'none' as const, ticks: width < NARROW ? 4 : 7, tickFormat: xFormat },
        y: { label: 'bp', domain: [0, top], grid: true, ticks: 5 },
        marks: [
          plot.areaY(own, {
            x: 'x',
            y1: 'low',
            y2: 'high',
            fill: 'var(--hue-1)',
            fillOpacity: 0.16,
            clip: true,
          }),
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          plot.ruleX([at], { stroke: 'var(--line-strong)', strokeDasharray: '3 3' }),
          plot.lineY(others, {
            x: 'x',
            y: 'cost',
            z: 'model',
            stroke: 'var(--line-strong)',
            strokeWidth: 1.2,
            clip: true,
          }),
          plot.lineY(own, { x: 'x', y: 'cost', stroke: 'var(--hue-1)', strokeWidth: 2.5, clip: true }),
          plot.dot(here === undefined ? [] : [here], {
            x: () => at,
            y: 'cost',
            r: 5,
            fill: 'var(--hue-1)',
            stroke: 'var(--surface)',
            strokeWidth: 2,
          }),
          plot.text(here === undefined ? [] : [here], {
            x: () => at,
            y: 'cost',
            text: ({ cost }: { cost: number }) => basisPoints(cost / BP, 0),
            dx: -9,
            dy: -12,
            textAnchor: 'end' as const,
            fontWeight: 600,
            fill: 'var(--hue-1)',
            stroke: 'var(--surface)',
            strokeWidth: 4,
          }),
          plot.text(labels, {
            x: 'x',
            y: 'label',
            text: 'text',
            dx: 8,
            textAnchor: 'start' as const,
            fill: ({ model }: { model: string }) => (model === chosen ? 'var(--hue-1)' : 'var(--muted)'),
            fontWeight: 500,
          }),
        ],
      };
    },
    [points, chosen, at, xLabel, xFormat],
  );
  return <PlotFigure height={HEIGHT} options={options} />;
}

/** Room for the chosen model and most others: one that is far dearer leaves the picture at its upper edge. */
function topOf(
  own: readonly { readonly cost: number }[],
  ends: readonly { readonly cost: number }[],
): number {
  const dearest = ends.map(({ cost }) => cost).toSorted((a, b) => b - a);
  const most = Math.max(...own.map(({ cost }) => cost));
  return 1.12 * Math.max(most, dearest[1] ?? 0);
}

const nearestTo = <Row extends { readonly x: number }>(rows: readonly Row[], at: number): Row | undefined =>
  rows.reduce<Row | undefined>(
    (best, row) => (best === undefined || Math.abs(row.x - at) < Math.abs(best.x - at) ? row : best),
    undefined,
  );
