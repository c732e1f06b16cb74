/** Weights before, uncapped, at pricing and after as lines from left to right; the largest changes are named. */
import { useMemo } from 'react';
import { useWidth } from '../components/useWidth.js';
import { percent } from '../format.js';
import { spreadLabels } from './spread.js';
import { roundTicks } from './ticks.js';

interface SlopeLine {
  readonly id: string;
  readonly name: string;
  /** One fraction per stage. */
  readonly weights: readonly number[];
  /** The same before a change was made, drawn as a ghost. */
  readonly ghost?: readonly number[];
}

interface SlopeChartProps {
  readonly stages: readonly string[];
  readonly lines: readonly SlopeLine[];
  /** Ids that get a label and a colour, at most five. */
  readonly named: readonly string[];
  readonly focus?: string | undefined;
  readonly onFocus?: (id: string) => void;
  /** Limit of a single weight, drawn across. */
  readonly cap?: { readonly limit: number; readonly label: string } | undefined;
  readonly height?: number;
}

const MARGIN = { top: 48, bottom: 14 };
const LEFT = { wide: 62, narrow: 40 };
/** Heights of the stages' names above the lines: one row, or two by turns where there is little room. */
const NAME_ROWS = { wide: [16, 16], narrow: [12, 28] };
const NARROW = 480;
const LABEL_WIDTH = { wide: 150, narrow: 96 };
const LABEL_GAP = 15;
const TICKS = 5;

export function SlopeChart(props: SlopeChartProps) {
  const { stages, lines, named, focus, onFocus, cap, height = 330 } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const room = width < NARROW ? 'narrow' : 'wide';
  const [left, right] = [LEFT[room], LABEL_WIDTH[room]];
  const top = useMemo(
    () =>
      1.06 *
      Math.max(
        cap?.limit ?? 0.01,
        ...lines.flatMap(({ weights, ghost }) => [Math.max(...weights), Math.max(...(ghost ?? [0]))]),
      ),
    [lines, cap?.limit],
  );
  const x = (stage: number): number => left + ((width - left - right) * stage) / (stages.length - 1);
  const y = (weight: number): number =>
    MARGIN.top + (height - MARGIN.top - MARGIN.bottom) * (1 - weight / top);
  const path = (weights: readonly number[]): string =>
    weights.map((weight, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)},${y(weight).toFixed(1)}`).join('');
  const last = stages.length - 1;
  const shown = named.flatMap((id) => lines.find((line) => line.id === id) ?? []);
  const labels = spreadLabels(
    shown.map(({ weights }) => y(weights[last])),
    LABEL_GAP,
    [MARGIN.top, height - MARGIN.bottom],
  );
  return (
    <div ref={box} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" className="slope">
          {roundTicks(top, TICKS).map((tick) => (
            <g key={tick}>
              <line className="tick" x1={x(0)} x2={x(last)} y1={y(tick)} y2={y(tick)} />
              <text className="tick-label" x={x(0) - 10} y={y(tick) + 4} textAnchor="end">
                {percent(tick, 0)}
              </text>
            </g>
          ))}
          {stages.map((stage, i) => (
            <g key={stage}>
              <line className="stage" x1={x(i)} x2={x(i)} y1={MARGIN.top - 8} y2={y(0)} />
              <text
                className="stage-label"
                x={x(i)}
                y={MARGIN.top - NAME_ROWS[room][i % 2]}
                textAnchor={anchorOf(i, last)}
              >
                {stage}
              </text>
            </g>
          ))}
          {cap !== undefined && cap.limit <= top && (
            <g>
              <line className="cap-line" x1={x(0)} x2={x(last)} y1={y(cap.limit)} y2={y(cap.limit)} />
              <text className="cap-label" x={x(0) + 6} y={y(cap.limit) - 5}>
                {cap.label}
              </text>
            </g>
          )}
          {lines.map(({ id, ghost }) =>
            ghost === undefined || !named.includes(id) ? null : (
              <path key={id} className="line-ghost" d={path(ghost)} />
            ),
          )}
          {lines.map(({ id, weights }) =>
            named.includes(id) || id === focus ? null : (
              <path key={id} className="line-quiet" d={path(weights)} onClick={() => onFocus?.(id)} />
            ),
          )}
          {lines
            .filter(({ id }) => id === focus && !named.includes(id))
            .map(({ id, weights }) => (
              <path key={id} className="line-focus" d={path(weights)} />
            ))}
          {shown.map(({ id, name, weights }, i) => (
            <g
              key={id}
              className={id === focus ? `hue-${i + 1} focused` : `hue-${i + 1}`}
              onClick={() => onFocus?.(id)}
            >
              <path className="line-named" d={path(weights)} />
              {weights.map((weight, stage) => (
                <circle key={stages[stage]} cx={x(stage)} cy={y(weight)} r={3.5} />
              ))}
              <text className="line-label" x={x(last) + 10} y={labels[i] + 4}>
                {name} {percent(weights[last])}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

const anchorOf = (stage: number, last: number): 'start' | 'middle' | 'end' =>
  stage === 0 ? 'start' : stage === last ? 'end' : 'middle';
