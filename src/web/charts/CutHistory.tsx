/** How the forced sale looked each evening, by the arithmetic of the press and by the rules, with what was printed. */
import { useCallback } from 'react';
import type { CutOnDay, EstimateRow, FanDocument } from '../api/types.js';
import { useWords } from '../words/useWords.js';
import { monthDay } from './isoTicks.js';
import { PlotFigure } from './PlotFigure.js';

interface CutHistoryProps {
  readonly history: readonly CutOnDay[];
  readonly estimates: readonly EstimateRow[];
  /** Quantiles of the recorded forecast by evening, as signed flows. */
  readonly fan: FanDocument['days'];
  /** The flow that came. */
  readonly came: number | undefined;
  readonly pricing: string;
}

const FAN_LEAD_MS = 28 * 86_400_000;

export function CutHistory({ history, estimates, fan, came, pricing }: CutHistoryProps) {
  const { w, language } = useWords();
  const options = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const unit = language === 'zh' ? 1e8 : 1e9;
      const days = history.map(({ date, ruleValue, naiveValue }) => ({
        date: new Date(date),
        rule: ruleValue.amount / unit,
        naive: naiveValue.amount / unit,
      }));
      const printed = estimates.map(({ who, date, publishedValue }) => ({
        date: new Date(date),
        value: publishedValue.amount / unit,
        who,
      }));
      // Four weeks before the first evening of the history: earlier ones would squeeze what is compared.
      const first = days[0].date.getTime() - FAN_LEAD_MS;
      const bands = fan
        .filter(({ date }) => Date.parse(date) >= first)
        .map(({ date, p05, p25, p75, p95 }) => ({
          date: new Date(date),
          low: -p95 / unit,
          high: -p05 / unit,
          inLow: -p75 / unit,
          inHigh: -p25 / unit,
        }));
      const outcome = came === undefined ? [] : [-came / unit];
      const end = days[days.length - 1];
      return {
        marginLeft: 46,
        marginRight: width < 480 ? 70 : 118,
        marginTop: 26,
        marginBottom: 42,
        x: { type: 'utc' as const, label: null, ticks: width < 480 ? 4 : 7, tickFormat: monthDay },
        y: {
          label: language === 'zh' ? '亿元' : 'bn CNY',
          zero: true,
          grid: true,
          ticks: 5,
        },
        marks: [
          plot.areaY(bands, { x: 'date', y1: 'low', y2: 'high', fill: 'var(--hue-1)', fillOpacity: 0.12 }),
          plot.areaY(bands, { x: 'date', y1: 'inLow', y2: 'inHigh', fill: 'var(--hue-1)', fillOpacity: 0.2 }),
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          plot.ruleY(outcome, { stroke: 'var(--hue-4)', strokeDasharray: '1 3', strokeWidth: 1.5 }),
          plot.ruleX([new Date(pricing)], { stroke: 'var(--line-strong)', strokeDasharray: '3 3' }),
          plot.text([new Date(pricing)], {
            x: (day: Date) => day,
            text: () => w('pricing'),
            frameAnchor: 'top' as const,
            dy: -14,
            fill: 'var(--muted)',
          }),
          plot.lineY(days, {
            x: 'date',
            y: 'naive',
            stroke: 'var(--hue-2)',
            strokeWidth: 1.5,
            strokeDasharray: '5 3',
          }),
          plot.lineY(days, { x: 'date', y: 'rule', stroke: 'var(--hue-1)', strokeWidth: 2.5 }),
          plot.dot(printed, {
            x: 'date',
            y: 'value',
            r: 5,
            fill: 'var(--surface)',
            stroke: 'var(--hue-3)',
            strokeWidth: 2,
          }),
          plot.text(printed, {
            x: 'date',
            y: 'value',
            text: ({ value }: { value: number }) => value.toFixed(language === 'zh' ? 1 : 2),
            dx: 8,
            dy: -10,
            textAnchor: 'start' as const,
            fill: 'var(--hue-3)',
          }),
          plot.text(end === undefined ? [] : [end], {
            x: 'date',
            y: 'rule',
            text: () => w('byRules'),
            dx: 8,
            textAnchor: 'start' as const,
            fill: 'var(--hue-1)',
          }),
          plot.text(end === undefined ? [] : [end], {
            x: 'date',
            y: 'naive',
            text: () => w('byPress'),
            dx: 8,
            textAnchor: 'start' as const,
            fill: 'var(--hue-2)',
          }),
        ],
      };
    },
    [history, estimates, fan, came, pricing, language, w],
  );
  return <PlotFigure height={300} options={options} />;
}
