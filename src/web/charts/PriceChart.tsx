/**
 * Closes and value traded by day, with marks of reviews. The picture is made of pixels so that years of days move
 * under the hand; a drawing of the same rows, out of sight, is what is saved.
 */
import type { IChartApi, UTCTimestamp } from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import type { PriceRow } from '../api/types.js';
import { plain } from '../format.js';

export interface PriceMark {
  readonly date: string;
  /** Of `A`, `P`, `E` and `R` those that fall on the day. */
  readonly letter: string;
}

interface PriceChartProps {
  readonly prices: readonly PriceRow[];
  readonly marks: readonly PriceMark[];
  readonly theme: string;
}

const HEIGHT = 320;
const time = (date: string): UTCTimestamp => (Date.parse(date) / 1000) as UTCTimestamp;

export function PriceChart({ prices, marks, theme }: PriceChartProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    let chart: IChartApi | undefined;
    let wanted = true;
    void import('lightweight-charts').then((library) => {
      if (wanted) chart = drawn(library, current, prices, marks);
    });
    return () => {
      wanted = false;
      chart?.remove();
    };
  }, [prices, marks, theme]);
  return (
    <div>
      <div ref={box} style={{ height: HEIGHT }} />
      <PriceDrawing prices={prices} marks={marks} />
    </div>
  );
}

function drawn(
  library: typeof import('lightweight-charts'),
  box: HTMLElement,
  prices: readonly PriceRow[],
  marks: readonly PriceMark[],
): IChartApi {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const chart = library.createChart(box, {
    autoSize: true,
    layout: {
      background: { color: 'transparent' },
      textColor: colour('--muted'),
      fontFamily: getComputedStyle(document.body).fontFamily,
      attributionLogo: true,
    },
    grid: { vertLines: { visible: false }, horzLines: { color: colour('--line') } },
    rightPriceScale: { borderVisible: false },
    timeScale: { borderColor: colour('--line') },
    handleScroll: { mouseWheel: false },
    handleScale: { mouseWheel: false },
  });
  const line = chart.addSeries(library.AreaSeries, {
    lineColor: colour('--hue-1'),
    topColor: `${colour('--hue-1')}30`,
    bottomColor: `${colour('--hue-1')}05`,
    lineWidth: 2,
    priceLineVisible: false,
    // The room under the line for the bars of value traded would be marked with prices below zero.
    priceFormat: {
      type: 'custom',
      minMove: 0.01,
      formatter: (price: number) => (price < 0 ? '' : plain(price, 2)),
    },
  });
  line.priceScale().applyOptions({ scaleMargins: { top: 0.1, bottom: 0.28 } });
  line.setData(prices.map(({ date, close }) => ({ time: time(date), value: close })));
  const traded = chart.addSeries(library.HistogramSeries, {
    color: `${colour('--hue-4')}70`,
    priceScaleId: 'value',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  });
  traded.priceScale().applyOptions({ scaleMargins: { top: 0.8, bottom: 0 } });
  traded.setData(prices.flatMap(({ date, value }) => (value === null ? [] : [{ time: time(date), value }])));
  library.createSeriesMarkers(
    line,
    marks.map(({ date, letter }) => ({
      time: time(date),
      position: 'aboveBar' as const,
      shape: 'circle' as const,
      size: 0.6,
      color: colour('--hue-2'),
      text: letter,
    })),
  );
  const shown = prices.slice(-260);
  if (shown.length > 1)
    chart.timeScale().setVisibleRange({ from: time(shown[0].date), to: time(shown[shown.length - 1].date) });
  return chart;
}

const [WIDTH, LEFT, BOTTOM] = [900, 56, 24];

function PriceDrawing({ prices, marks }: Pick<PriceChartProps, 'prices' | 'marks'>) {
  if (prices.length < 2) return null;
  const times = prices.map(({ date }) => Date.parse(date));
  const [first, last] = [times[0], times[times.length - 1]];
  const most = Math.max(...prices.map(({ close }) => close)) * 1.05;
  const x = (at: number): number => LEFT + ((WIDTH - LEFT - 8) * (at - first)) / (last - first);
  const y = (close: number): number => (HEIGHT - BOTTOM) * (1 - close / most);
  const path = prices.map(
    ({ close }, i) => `${i === 0 ? 'M' : 'L'}${x(times[i]).toFixed(1)},${y(close).toFixed(1)}`,
  );
  return (
    <svg data-drawing="" width={WIDTH} height={HEIGHT} className="drawing slope" aria-hidden="true">
      {[0, 0.25, 0.5, 0.75].map((part) => (
        <g key={part}>
          <line className="tick" x1={LEFT} x2={WIDTH} y1={y(most * part)} y2={y(most * part)} />
          <text className="tick-label" x={LEFT - 6} y={y(most * part) + 4} textAnchor="end">
            {(most * part).toFixed(0)}
          </text>
        </g>
      ))}
      <path d={path.join('')} className="line-named hue-1" />
      {marks.map(({ date, letter }) => (
        <text
          key={`${date} ${letter}`}
          x={x(Date.parse(date))}
          y={12}
          className="tick-label"
          textAnchor="middle"
        >
          {letter}
        </text>
      ))}
      {[prices[0].date, prices[prices.length - 1].date].map((date, i) => (
        <text
          key={date}
          x={i === 0 ? LEFT : WIDTH - 8}
          y={HEIGHT - 6}
          className="tick-label"
          textAnchor={i === 0 ? 'start' : 'end'}
        >
          {date}
        </text>
      ))}
    </svg>
  );
}
