/** What each name may have to trade, as bands of 90 % and 50 % with the median, and an outline of how it was before. */
import { useMemo } from 'react';
import { useWidth } from '../components/useWidth.js';
import { money } from '../format.js';
import { useLanguage } from '../words/useWords.js';
import { roundTicks } from './ticks.js';

export interface FanRow {
  readonly id: string;
  readonly name: string;
  /** 5, 25, 50, 75 and 95 %, signed. */
  readonly quantiles: readonly number[];
  /** The same as it was. */
  readonly ghost: readonly number[];
}

interface FlowFanProps {
  readonly rows: readonly FanRow[];
  readonly focus: string;
}

const ROW = 30;
const BAR = 16;
const MARGIN = { top: 22, bottom: 6, right: 14 };
const NAMES = { wide: 130, narrow: 86 };
const NARROW = 480;
const TICKS = 3;

export function FlowFan({ rows, focus }: FlowFanProps) {
  const language = useLanguage();
  const [box, width] = useWidth<HTMLDivElement>();
  const left = NAMES[width < NARROW ? 'narrow' : 'wide'];
  const height = MARGIN.top + rows.length * ROW + MARGIN.bottom;
  const [low, high] = useMemo(() => rangeOf(rows), [rows]);
  const x = (value: number): number => left + ((width - left - MARGIN.right) * (value - low)) / (high - low);
  const ticks = ticksBetween(low, high);
  return (
    <div ref={box} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" className="flow-fan">
          {ticks.map((tick) => (
            <g key={tick} className={tick === 0 ? 'zero' : ''}>
              <line x1={x(tick)} x2={x(tick)} y1={MARGIN.top - 4} y2={height - MARGIN.bottom} />
              <text x={x(tick)} y={MARGIN.top - 9} textAnchor="middle">
                {money(tick, language, true)}
              </text>
            </g>
          ))}
          {rows.map(({ id, name, quantiles: [p05, p25, p50, p75, p95], ghost }, i) => {
            const top = MARGIN.top + i * ROW + (ROW - BAR) / 2;
            return (
              <g key={id} className={id === focus ? 'focused' : ''}>
                <text className="fan-name" x={left - 10} y={top + BAR - 4} textAnchor="end">
                  {name}
                </text>
                <rect className="wide" x={x(p05)} width={x(p95) - x(p05)} y={top} height={BAR} />
                <rect className="narrow" x={x(p25)} width={x(p75) - x(p25)} y={top} height={BAR} />
                <line className="middle" x1={x(p50)} x2={x(p50)} y1={top - 2} y2={top + BAR + 2} />
                <rect
                  className="was"
                  x={x(ghost[0])}
                  width={x(ghost[4]) - x(ghost[0])}
                  y={top - 2}
                  height={BAR + 4}
                />
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

/** Never of no width, and never without 0: a trade is bought or sold. */
function rangeOf(rows: readonly FanRow[]): readonly [number, number] {
  const values = rows.flatMap(({ quantiles, ghost }) => [...quantiles, ...ghost]);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = 0.04 * (high - low || 1);
  return [low - room, high + room];
}

function ticksBetween(low: number, high: number): number[] {
  const step = roundTicks(high - low, TICKS)[1] ?? high - low;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}
