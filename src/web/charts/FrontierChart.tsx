/**
 * Cost against tracking error: the efficient frontier with a point on it that is dragged or moved by keys, and every method
 * beside it. Methods that cost more than the picture has room for stand at its upper edge with their figure.
 */
import { useCallback, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { FrontierRow, MethodRow } from '../api/tradingTypes.js';
import { useWidth } from '../components/useWidth.js';
import { PlotFigure } from './PlotFigure.js';

interface FrontierChartProps {
  /** Rising in cost; neighbours differ visibly. */
  readonly stops: readonly FrontierRow[];
  readonly methods: readonly MethodRow[];
  readonly at: number;
  /** Whether the schedule shown is that of the point. */
  readonly live: boolean;
  readonly label: string;
  readonly shown: string;
  readonly axes: { readonly x: string; readonly y: string };
  readonly onMove: (stop: number) => void;
}

const HEIGHT = 300;
const MARGIN = { left: 48, right: 20, top: 30, bottom: 40 };
/** Over the dearest point of the frontier. */
const HEADROOM = 1.3;
const LEAP = 5;
/** Labels right of this part of the width end at their point. */
const ENDS_FROM = 0.55;
/** Parts of the axes within which labels cover each other. */
const NEAR = { x: 0.3, y: 0.08 };

export function FrontierChart(props: FrontierChartProps) {
  const { stops, methods, at, live, label, shown, axes, onMove } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const dragged = useRef(false);
  const scale = useMemo(() => scaleOf(stops, methods, width), [stops, methods, width]);
  const options = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const point = stops[at];
      const placed = methods
        .filter(({ method }) => method !== 'tracking')
        .map((row) => ({ ...row, y: Math.min(row.costBps, scale.top), over: row.costBps > scale.top }));
      const labels = groupsOf(placed, scale);
      return {
        marginLeft: MARGIN.left,
        marginRight: MARGIN.right,
        marginTop: MARGIN.top,
        marginBottom: MARGIN.bottom,
        x: { label: axes.x, labelArrow: 'none' as const, domain: [0, scale.right], grid: true, ticks: 6 },
        y: { label: axes.y, labelArrow: 'none' as const, domain: [0, scale.top], grid: true, ticks: 5 },
        marks: [
          plot.ruleY([0], { stroke: 'var(--line-strong)' }),
          plot.line(stops, {
            x: 'trackingErrorBps',
            y: 'costBps',
            stroke: 'var(--hue-1)',
            strokeWidth: 2.5,
          }),
          plot.dot(placed, {
            x: 'trackingErrorBps',
            y: 'y',
            r: 4,
            symbol: ({ over }: { over: boolean }) => (over ? 'triangle' : 'circle'),
            fill: 'var(--surface)',
            stroke: 'var(--hue-2)',
            strokeWidth: 2,
          }),
          ...(['start', 'end'] as const).map((textAnchor) =>
            plot.text(
              labels.filter(({ x }) => x > scale.right * ENDS_FROM === (textAnchor === 'end')),
              {
                x: 'x',
                y: 'y',
                text: 'text',
                dx: textAnchor === 'end' ? 6 : 9,
                dy: textAnchor === 'end' ? 16 : 12,
                textAnchor,
                fill: 'var(--hue-2)',
                stroke: 'var(--surface)',
                strokeWidth: 4,
              },
            ),
          ),
          plot.dot(point === undefined ? [] : [point], {
            x: 'trackingErrorBps',
            y: 'costBps',
            r: 8,
            fill: live ? 'var(--hue-1)' : 'var(--surface)',
            stroke: 'var(--hue-1)',
            strokeWidth: 2.5,
          }),
        ],
      };
    },
    [stops, methods, at, live, axes, scale],
  );
  const go = (stop: number): void => onMove(Math.max(0, Math.min(stops.length - 1, stop)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1 }[event.key];
    const far = { PageUp: at + LEAP, PageDown: at - LEAP, Home: 0, End: stops.length - 1 }[event.key];
    const to = target ?? far;
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const follow = (event: PointerEvent<HTMLElement>): void => {
    const { left, top } = (box.current as HTMLElement).getBoundingClientRect();
    const [px, py] = [event.clientX - left, event.clientY - top];
    const distances = stops.map((stop) => {
      const { x, y } = scale.place(stop);
      return Math.hypot(x - px, y - py);
    });
    go(distances.indexOf(Math.min(...distances)));
  };
  const place = stops[at] === undefined ? undefined : scale.place(stops[at]);
  return (
    <div
      ref={box}
      className="frontier"
      onPointerDown={(event) => {
        dragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => dragged.current && follow(event)}
      onPointerUp={() => (dragged.current = false)}
      onPointerCancel={() => (dragged.current = false)}
    >
      <PlotFigure height={HEIGHT} options={options} />
      {place !== undefined && width > 0 && (
        <div
          role="slider"
          tabIndex={0}
          className="frontier-handle"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={stops.length - 1}
          aria-valuenow={at}
          aria-valuetext={shown}
          style={{ left: place.x, top: place.y }}
          onKeyDown={onKeyDown}
        />
      )}
    </div>
  );
}

interface Scale {
  readonly right: number;
  readonly top: number;
  readonly place: (point: { readonly trackingErrorBps: number; readonly costBps: number }) => {
    readonly x: number;
    readonly y: number;
  };
}

function scaleOf(stops: readonly FrontierRow[], methods: readonly MethodRow[], width: number): Scale {
  const right = 1.06 * Math.max(...[...stops, ...methods].map((row) => row.trackingErrorBps), 1e-6);
  const top = HEADROOM * Math.max(...stops.map(({ costBps }) => costBps), 1e-6);
  return {
    right,
    top,
    place: ({ trackingErrorBps, costBps }) => ({
      x: MARGIN.left + ((width - MARGIN.left - MARGIN.right) * trackingErrorBps) / right,
      y: MARGIN.top + (HEIGHT - MARGIN.top - MARGIN.bottom) * (1 - costBps / top),
    }),
  };
}

interface Placed extends MethodRow {
  readonly y: number;
  readonly over: boolean;
}

/** Methods whose labels would cover each other share one. */
function groupsOf(placed: readonly Placed[], scale: Scale): { x: number; y: number; text: string }[] {
  const groups: { x: number; y: number; names: string[] }[] = [];
  for (const { method, trackingErrorBps, y, over, costBps } of placed) {
    const text = over ? `${method} ${costBps.toFixed(0)} \u2191` : method;
    const near = groups.find(
      (group) =>
        Math.abs(group.y - y) < scale.top * NEAR.y &&
        Math.abs(group.x - trackingErrorBps) < scale.right * NEAR.x,
    );
    if (near === undefined) groups.push({ x: trackingErrorBps, y, names: [text] });
    else near.names.push(text);
  }
  return groups.map(({ x, y, names }) => ({ x, y, text: names.join(', ') }));
}
