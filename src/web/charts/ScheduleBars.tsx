/** A schedule as a bar per session and auction, each with its share of the volume it is in. */
import { useCallback } from 'react';
import type { SliceRow } from '../api/tradingTypes.js';
import { percent } from '../format.js';
import { useWords } from '../words/useWords.js';
import { PlotFigure } from './PlotFigure.js';

interface ScheduleBarsProps {
  readonly slices: readonly SliceRow[];
  readonly swap: string;
}

const PHASES = ['continuous', 'auction'] as const;
const HUES = { continuous: 'var(--hue-1)', auction: 'var(--hue-2)' } as const;
const MOST_LABELS = 8;
/** Width of a bar, pixels, that its figure fits. */
const LEAST_BAR = 40;

export function ScheduleBars({ slices, swap }: ScheduleBarsProps) {
  const { w, language } = useWords();
  const options = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const unit = language === 'zh' ? 1e8 : 1e9;
      const rows = slices.map((slice) => ({ ...slice, money: slice.value.amount / unit }));
      const dates = [...new Set(rows.map(({ date }) => date))];
      const step = Math.ceil(dates.length / (width < 480 ? 4 : MOST_LABELS));
      const middle = dates.indexOf(swap);
      // Counted from the swap close, so that its name has room.
      const shown = dates.filter((_, i) => (i - middle) % step === 0);
      const sell = rows.some(({ money }) => money < 0);
      return {
        marginLeft: 46,
        marginRight: 12,
        marginTop: 26,
        marginBottom: 30,
        fx: {
          domain: dates,
          label: null,
          padding: 0.12,
          axis: 'bottom' as const,
          ticks: shown,
          tickFormat: (date: string) =>
            date === swap ? `${date.slice(5)} ${w('swapShort')}` : date.slice(5),
        },
        x: { domain: [...PHASES], axis: null, padding: 0.04 },
        y: { label: language === 'zh' ? '亿元' : 'bn CNY', grid: true, ticks: 5, zero: true, inset: 14 },
        marks: [
          plot.barY(rows, {
            fx: 'date',
            x: 'phase',
            y: 'money',
            fill: ({ phase }: SliceRow) => HUES[phase],
          }),
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          plot.text(width / (dates.length * PHASES.length) < LEAST_BAR ? [] : rows, {
            fx: 'date',
            x: 'phase',
            y: 'money',
            text: ({ participation }: SliceRow) => percent(participation, 0),
            dy: sell ? 9 : -9,
            fill: 'var(--muted)',
          }),
        ],
      };
    },
    [slices, swap, w, language],
  );
  return (
    <>
      <PlotFigure height={270} options={options} />
      <ul className="legend" aria-hidden="true">
        {PHASES.map((phase) => (
          <li key={phase}>
            <span className={`swatch phase-${phase}`} />{' '}
            {w(phase === 'auction' ? 'auctionPhase' : 'continuousPhase')}
          </li>
        ))}
      </ul>
    </>
  );
}
