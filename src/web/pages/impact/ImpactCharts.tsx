/** The cost curve of every model, and the way back of the price. */
import { useCallback, useMemo } from 'react';
import { reversalPath, type Impact, type SingleModelName } from '../../../core/index.js';
import type { OrderDocument } from '../../api/tradingTypes.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { CostCurve } from '../../charts/CostCurve.js';
import { ReversalChart, type ReversalRow } from '../../charts/ReversalChart.js';
import { basisPoints, change, percent } from '../../format.js';
import { useWords } from '../../words/useWords.js';
import { costCurve, type OrderWish, type Varied } from './orderVaried.js';

/** What both charts say of where they come from. */
interface Origin {
  /** Of saved files. */
  readonly file: string;
  /** Close that volume and volatility were measured at; absent where they were typed. */
  readonly measuredOn?: string;
}

interface CostPanelProps extends Origin {
  readonly document: OrderDocument;
  readonly wish: OrderWish;
  readonly over: Varied;
  readonly chosen: Impact;
  readonly models: readonly SingleModelName[];
}

/** Every so many points a row of the table behind the chart. */
const TABLE_STEP = 6;

export function CostPanel({ document, file, measuredOn, wish, over, chosen, models }: CostPanelProps) {
  const { w } = useWords();
  const { size, days } = wish;
  const points = useMemo(
    () => costCurve(document, { size, days }, over, models),
    [document, size, days, over, models],
  );
  const xFormat = useCallback(
    (x: number): string => (over === 'size' ? percent(x, 0) : String(Number(x.toFixed(2)))),
    [over],
  );
  const xs = [...new Set(points.map(({ x }) => x))].filter((_, i) => i % TABLE_STEP === 0);
  const drawn = models.some((model) => model === chosen.model) ? chosen.model : models[0];
  const half = points.filter(({ model }) => model === drawn);
  return (
    <ChartFrame
      name={`${file}-impact`}
      title={w(over === 'size' ? 'costFindingSize' : 'costFindingDays', {
        model: drawn,
        cost: basisPoints(chosen.cost, 0),
        from: basisPoints(half[0]?.cost, 0),
        to: basisPoints(half[half.length - 1]?.cost, 0),
      })}
      source={measuredOn === undefined ? w('sourceTyped') : w('sourceImpact', { date: measuredOn })}
      table={{
        columns: [w(over === 'size' ? 'orderSize' : 'orderDays'), ...models],
        rows: xs.map((x) => [
          xFormat(x),
          ...models.map((model) =>
            basisPoints(points.find((point) => point.model === model && point.x === x)?.cost),
          ),
        ]),
      }}
    >
      <CostCurve
        points={points}
        chosen={drawn}
        at={over === 'size' ? document.order.participation * size : days}
        xLabel={w(over === 'size' ? 'axisSize' : 'axisDays')}
        xFormat={xFormat}
      />
      <p className="note">{w('costNote')}</p>
    </ChartFrame>
  );
}

const SESSIONS = Array.from({ length: 41 }, (_, i) => i / 2);

interface ReversalPanelProps extends Origin {
  readonly side: 'buy' | 'sell';
  readonly name: string;
  /** Under the square-root law. */
  readonly law: Impact;
}

export function ReversalPanel({ side, file, measuredOn, name, law }: ReversalPanelProps) {
  const { w } = useWords();
  const sign = side === 'sell' ? -1 : 1;
  const path = useMemo(
    () =>
      reversalPath(SESSIONS).map(({ session, left, band: [low, high] }): ReversalRow => {
        const ends = [sign * law.peak * low, sign * law.peak * high].toSorted((a, b) => a - b);
        return { session, move: sign * law.peak * left, band: [ends[0], ends[1]] };
      }),
    [law.peak, sign],
  );
  const last = path[path.length - 1];
  return (
    <ChartFrame
      name={`${file}-reversal`}
      title={w('reversalFinding', {
        name,
        peak: change(path[0].move),
        left: change(last.move),
        low: change(last.band[0]),
        high: change(last.band[1]),
        n: last.session,
      })}
      source={
        measuredOn === undefined
          ? w('sourceTyped')
          : w('sourceReversal', { model: law.model, date: measuredOn })
      }
      table={{
        columns: [w('sessionsAfter'), w('priceMove'), w('bandLow'), w('bandHigh')],
        rows: path
          .filter(({ session }) => Number.isInteger(session))
          .map(({ session, move, band: [low, high] }) => [
            String(session),
            change(move),
            change(low),
            change(high),
          ]),
      }}
    >
      <ReversalChart path={path} xLabel={w('sessionsAfter')} />
      <p className="note">{w('reversalNote')}</p>
    </ChartFrame>
  );
}
