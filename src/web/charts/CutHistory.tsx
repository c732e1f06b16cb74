/** How the forced sale looked each evening, by the arithmetic of the press and by the rules, with what was printed. */
import { useCallback } from 'react';
import type { CutOnDay, EstimateRow, FanDocument } from '../api/types.js';
import { useWords } from '../words/useWords.js';
import { monthDay, tickEvery } from './isoTicks.js';
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

interface Dated {
  readonly date: Date;
}

const CLOSE_BY_MS = 4 * 86_400_000;

/** Whether a printed figure is named on its left: at the end, where the lines are named, and just before the next figure. */
function besides(printed: readonly Dated[], i: number, days: readonly Dated[]): boolean {
  const next = printed[i + 1]?.date ?? days[days.length - 1]?.date;
  const gap = (next?.getTime() ?? Number.POSITIVE_INFINITY) - printed[i].date.getTime();
  return gap < CLOSE_BY_MS;
}

/** Whether a printed figure is not above the line of that evening, so that its name stands clear of it underneath. */
function isBelow(
  { date, value }: Dated & { readonly value: number },
  days: readonly (Dated & { readonly rule: number })[],
): boolean {
  const evening = days.find((one) => one.date.getTime() === date.getTime());
  return evening !== undefined && value <= evening.rule;
}

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
      const printedLabels = [false, true].flatMap((left) =>
        [false, true].map((below) => ({
          left,
          below,
          labels: printed.filter(
            (one, i) => besides(printed, i, days) === left && isBelow(one, days) === below,
          ),
        })),
      );
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
      const right = width < 480 ? 70 : 118;
      const evenings = [...bands, ...days]
        .map(({ date }) => date)
        .toSorted((a, b) => a.getTime() - b.getTime());
      return {
        marginLeft: 46,
        marginRight: right,
        marginTop: 26,
        marginBottom: 42,
        x: {
          type: 'utc' as const,
          label: null,
          ticks: tickEvery('weeks', evenings, { width: width - 46 - right, room: 46 }),
          tickFormat: monthDay,
        },
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
          ...printedLabels.map(({ left, below, labels }) =>
            plot.text(labels, {
              x: 'date',
              y: 'value',
              text: ({ value }: { value: number }) => value.toFixed(language === 'zh' ? 1 : 2),
              dx: left ? -8 : 8,
              dy: below ? 14 : -10,
              textAnchor: left ? ('end' as const) : ('start' as const),
              fill: 'var(--hue-3)',
            }),
          ),
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
