/** Money that the trackers move: from trackers through the index into what is sold and what is bought. */
import { sankey, sankeyLinkHorizontal, sankeyJustify } from 'd3-sankey';
import { useMemo } from 'react';
import { useWidth } from '../components/useWidth.js';
import { money } from '../format.js';
import { spreadLabels } from './spread.js';
import { useLanguage } from '../words/useWords.js';

export interface SankeyFlow {
  readonly id: string;
  readonly name: string;
  /** Signed, buy positive. */
  readonly value: number;
}

interface FlowSankeyProps {
  readonly trackers: string;
  readonly index: string;
  readonly flows: readonly SankeyFlow[];
  readonly height: number;
  readonly onOpen: (id: string) => void;
}

interface SankeyNode {
  readonly id: string;
  readonly name: string;
  readonly value0: number;
}

interface SankeyLink {
  readonly source: string;
  readonly target: string;
  readonly value: number;
  readonly side: 'buy' | 'sell';
}

const LABEL_WIDTH = 190;
const LABEL_GAP = 15;

export function FlowSankey({ trackers, index, flows, height, onOpen }: FlowSankeyProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const language = useLanguage();
  const laid = useMemo(() => {
    const labels = Math.min(LABEL_WIDTH, width * 0.4);
    if (width === 0) return undefined;
    const sideOf = (value: number) => (value < 0 ? 'sell' : 'buy');
    const total = (side: string): number =>
      flows
        .filter(({ value }) => sideOf(value) === side)
        .reduce((sum, { value }) => sum + Math.abs(value), 0);
    const nodes: SankeyNode[] = [
      { id: 'trackers', name: trackers, value0: 0 },
      { id: 'index', name: index, value0: 0 },
      ...flows.map(({ id, name, value }) => ({ id, name, value0: value })),
    ];
    const links: SankeyLink[] = [
      { source: 'trackers', target: 'index', value: total('sell'), side: 'sell' },
      { source: 'trackers', target: 'index', value: total('buy'), side: 'buy' },
      ...flows.map(({ id, value }) => ({
        source: 'index',
        target: id,
        value: Math.abs(value),
        side: sideOf(value) as 'buy' | 'sell',
      })),
    ];
    return sankey<SankeyNode, SankeyLink>()
      .nodeId(({ id }) => id)
      .nodeAlign(sankeyJustify)
      .nodeSort(null)
      .linkSort(null)
      .nodeWidth(10)
      .nodePadding(7)
      .extent([
        [1, 6],
        [width - labels, height - 6],
      ])({ nodes: nodes.map((node) => ({ ...node })), links: links.map((link) => ({ ...link })) });
  }, [flows, index, trackers, width, height]);
  const middles = (laid?.nodes ?? []).map(({ y0 = 0, y1 = 0 }) => (y0 + y1) / 2);
  const firstLeaf = 2;
  const labels = [
    ...middles.slice(0, firstLeaf),
    ...spreadLabels(middles.slice(firstLeaf), LABEL_GAP, [10, height - 10]),
  ];
  const path = sankeyLinkHorizontal<SankeyNode, SankeyLink>();
  return (
    <div ref={box} style={{ height }}>
      {laid !== undefined && (
        <svg width={width} height={height} aria-hidden="true" className="sankey">
          {laid.links.map((link) => (
            <path
              key={`${nodeName(link.source)} ${nodeName(link.target)} ${link.side}`}
              d={path(link) ?? ''}
              strokeWidth={Math.max(1, link.width ?? 0)}
              className={`sankey-link ${link.side}`}
            />
          ))}
          {laid.nodes.map(({ id, name, value0, x0 = 0, x1 = 0, y0 = 0, y1 = 0, depth = 0 }, i) => (
            <g key={id} onClick={() => depth === 2 && onOpen(id)} className={depth === 2 ? 'open' : ''}>
              <rect x={x0} y={y0} width={x1 - x0} height={Math.max(1, y1 - y0)} className="sankey-node" />
              <text x={x1 + 7} y={labels[i] + 4} className="sankey-label">
                {name}
                {value0 === 0 ? '' : ` ${money(value0, language, true)}`}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

const nodeName = (node: unknown): string => (node as SankeyNode).id;
