/** Members of an index: area is weight, colour the distance to the cap, a frame says that a cap holds it down. */
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import { useMemo } from 'react';
import { useWidth } from '../components/useWidth.js';
import { percent } from '../format.js';

interface Tile {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  /** Fraction; negative beyond the cap; `null` without a cap. */
  readonly roomToCap: number | null;
  readonly capped: boolean;
}

interface TreemapProps {
  readonly tiles: readonly Tile[];
  readonly height: number;
  readonly onOpen: (id: string) => void;
}

/** From far to near; a colour of the theme each. */
export const NEARNESS = [0.08, 0.05, 0.02, 0.005] as const;

const nearness = (room: number | null): number =>
  room === null ? 0 : NEARNESS.filter((limit) => room < limit).length;

interface Leaf {
  readonly tile?: Tile;
  readonly children?: readonly Leaf[];
}

export function Treemap({ tiles, height, onOpen }: TreemapProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const leaves = useMemo(() => {
    if (width === 0) return [];
    const root = hierarchy<Leaf>({ children: tiles.map((tile) => ({ tile })) })
      .sum(({ tile }) => tile?.weight ?? 0)
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
    return treemap<Leaf>()
      .tile(treemapSquarify)
      .size([width, height])
      .padding(1.5)
      .round(true)(root)
      .leaves();
  }, [tiles, width, height]);
  return (
    <div ref={box} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" className="treemap">
          {leaves.map(({ x0, y0, x1, y1, data: { tile } }) => {
            if (tile === undefined) return null;
            const [wide, high] = [x1 - x0, y1 - y0];
            const letters = Math.floor((wide - 10) / 8);
            return (
              <g
                key={tile.id}
                transform={`translate(${x0},${y0})`}
                onClick={() => onOpen(tile.id)}
                className="tile"
              >
                <title>{`${tile.name} ${percent(tile.weight)}`}</title>
                <rect
                  width={wide}
                  height={high}
                  rx={2}
                  className={`near near-${nearness(tile.roomToCap)}${tile.capped ? ' capped' : ''}`}
                />
                {high > 22 && letters >= 3 && (
                  <text x={6} y={17} className="tile-name">
                    {clipped(tile.name, letters)}
                  </text>
                )}
                {high > 38 && wide > 56 && (
                  <text x={6} y={33} className="tile-weight">
                    {percent(tile.weight)}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

/** A Chinese character is as wide as two letters. */
function clipped(name: string, letters: number): string {
  let width = 0;
  for (let i = 0; i < name.length; i++) {
    width += name.charCodeAt(i) > 0x2e80 ? 1.55 : 1;
    if (width > letters) return `${name.slice(0, Math.max(1, i - 1))}\u2026`;
  }
  return name;
}
