/** Purchases and sales of a book added up along the price, as steps; where a line says so, the price they trade at. */
import { useCallback } from 'react';
import type { BookSides } from '../api/tradingTypes.js';
import { PlotFigure } from './PlotFigure.js';

interface BookCurvesProps {
  readonly sides: BookSides;
  /** Prices shown. */
  readonly range: readonly [number, number];
  readonly at?: number;
  readonly labels: { readonly buys: string; readonly sells: string; readonly shares: string };
}

const MILLION = 1e6;

interface Step {
  readonly price: number;
  readonly shares: number;
}

/** Shares at each price or better, the best first. Whoever asks beyond the near edge is counted at it; the far edge ends the line. */
function stepsOf(levels: BookSides['buys'], near: number, far: number): Step[] {
  const within = (price: number): number => (near > far ? Math.min(near, price) : Math.max(near, price));
  const steps: Step[] = [];
  let shares = 0;
  for (const [price, more] of levels) {
    const shown = within(price);
    if (near > far ? shown < far : shown > far) break;
    shares += more / MILLION;
    if (steps[steps.length - 1]?.price === shown) steps.pop();
    steps.push({ price: shown, shares });
  }
  return [...steps, { price: far, shares }];
}

export function BookCurves({ sides, range, at, labels }: BookCurvesProps) {
  const options = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const [low, high] = range;
      const buys = stepsOf(sides.buys, high, low);
      const sells = stepsOf(sides.sells, low, high);
      return {
        marginLeft: 46,
        marginRight: 14,
        marginTop: 24,
        marginBottom: 34,
        x: { label: null, domain: [...range], ticks: 6 },
        y: { label: labels.shares, grid: true, ticks: 5, zero: true },
        marks: [
          plot.lineY(buys, {
            x: 'price',
            y: 'shares',
            curve: 'step-after',
            stroke: 'var(--hue-1)',
            strokeWidth: 2,
          }),
          plot.lineY(sells, {
            x: 'price',
            y: 'shares',
            curve: 'step-after',
            stroke: 'var(--hue-2)',
            strokeWidth: 2,
          }),
          plot.ruleX(at === undefined ? [] : [at], { stroke: 'var(--line-strong)', strokeDasharray: '3 3' }),
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
        ],
      };
    },
    [sides, range, at, labels],
  );
  return (
    <>
      <PlotFigure height={230} options={options} />
      <ul className="legend" aria-hidden="true">
        <li>
          <span className="swatch phase-continuous" /> {labels.buys}
        </li>
        <li>
          <span className="swatch phase-auction" /> {labels.sells}
        </li>
      </ul>
    </>
  );
}
