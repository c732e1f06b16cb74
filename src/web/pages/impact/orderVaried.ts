/** The order of a review made larger or smaller, faster or slower: the same models as the server's, here in the browser. */
import {
  impactOf,
  impactTable,
  type Impact,
  type Liquidity,
  type SingleModelName,
} from '../../../core/index.js';
import type { OrderDocument } from '../../api/tradingTypes.js';
import type { CostPoint } from '../../charts/CostCurve.js';

export type Varied = 'size' | 'days';

export interface OrderWish {
  /** Factor on the forced trade. */
  readonly size: number;
  readonly days: number;
}

export const SIZES = [0.05, 3] as const;
export const LENGTHS = [0.25, 20] as const;
const CURVE_POINTS = 60;

/** Size and length that the address asks for; as it is where that says nothing, or something out of range. */
export function wishOf(wanted: URLSearchParams): OrderWish {
  const within = (name: string, [low, high]: readonly [number, number]): number => {
    const given = Number(wanted.get(name) ?? '1');
    return given >= low && given <= high ? given : 1;
  };
  return { size: within('size', SIZES), days: within('days', LENGTHS) };
}

export const overOf = (wanted: URLSearchParams): Varied => (wanted.get('over') === 'days' ? 'days' : 'size');

export const isSingle = (model: string): model is SingleModelName => model !== 'greenwood';

/** The path back is that of the square-root law, with the exponent of the chosen row where it is one of them. */
export const lawAmong = (rows: readonly Impact[], chosen: Impact): Impact =>
  chosen.model.startsWith('square-root')
    ? chosen
    : (rows.find(({ model }) => model === 'square-root') ?? chosen);

function liquidityOf({ liquidity }: Pick<OrderDocument, 'liquidity'>): Liquidity {
  const { advShares, volatility, sharesOutstanding, spread, lambda } = liquidity;
  return {
    advShares,
    volatility,
    sharesOutstanding: sharesOutstanding ?? Number.NaN,
    spread: spread ?? Number.NaN,
    ...(lambda !== null && { lambda }),
  };
}

/** Every model on the order as it is wished; the one that takes a whole review only where nothing is changed. */
export function modelsOn(document: OrderDocument, { size, days }: OrderWish): readonly Impact[] {
  const { rows } = impactTable({ shares: document.order.shares * size, days }, liquidityOf(document));
  const whole = document.models.find(({ model }) => model === 'greenwood');
  if (size !== 1 || days !== document.order.days || whole === undefined) return rows;
  const bps = (value: number): number => value / 1e4;
  return [
    ...rows,
    {
      model: whole.model,
      temporary: bps(whole.temporaryBps),
      permanent: bps(whole.permanentBps),
      peak: bps(whole.peakBps),
      cost: bps(whole.costBps),
      band: [bps(whole.band[0]), bps(whole.band[1])],
      findings: document.findings.filter(({ subject }) => subject === whole.model),
    },
  ];
}

/** Costs along one of the two, the other as wished: x is the order over a day's volume, or days. */
export function costCurve(
  document: OrderDocument,
  wish: OrderWish,
  over: Varied,
  models: readonly SingleModelName[],
): CostPoint[] {
  const liquidity = liquidityOf(document);
  const { shares } = document.order;
  const [low, high] = over === 'size' ? SIZES : LENGTHS;
  const steps = Array.from({ length: CURVE_POINTS }, (_, i) => low + ((high - low) * i) / (CURVE_POINTS - 1));
  return models.flatMap((model) =>
    steps.map((step): CostPoint => {
      const size = over === 'size' ? step : wish.size;
      const days = over === 'days' ? step : wish.days;
      const { cost, band } = impactOf(model, { shares: shares * size, days }, liquidity);
      const x = over === 'size' ? (size * Math.abs(shares)) / liquidity.advShares : days;
      return { x, model, cost, low: band[0], high: band[1] };
    }),
  );
}
