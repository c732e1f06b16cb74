/** The slices as bars, and the frontier with the point that chooses among them. */
import { useMemo } from 'react';
import type { FrontierRow, ScheduleDocument } from '../../api/tradingTypes.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { FrontierChart } from '../../charts/FrontierChart.js';
import { ScheduleBars } from '../../charts/ScheduleBars.js';
import { basisPoints, money, percent, shareCount } from '../../format.js';
import { useWords } from '../../words/useWords.js';

export function Bars({ document, name }: { readonly document: ScheduleDocument; readonly name: string }) {
  const { w, language } = useWords();
  const { slices, dates } = document;
  const total = slices.reduce((sum, { shares }) => sum + shares, 0);
  const atClose = slices
    .filter(({ date, phase }) => date === dates.swap && phase === 'auction')
    .reduce((sum, { shares }) => sum + shares, 0);
  return (
    <ChartFrame
      name={`${document.security}-${dates.effective}-schedule`}
      title={w('barsFinding', { name, part: percent(atClose / total, 0), date: dates.swap })}
      source={w('sourceSchedule', { date: document.knownAt })}
      table={{
        columns: [w('date'), w('session'), w('shares'), w('value'), w('ofSlotVolume')],
        rows: slices.map(({ date, phase, shares, value, participation }) => [
          date,
          w(phase === 'auction' ? 'auctionPhase' : 'continuousPhase'),
          shareCount(shares, language),
          money(value.amount, language, true),
          percent(participation),
        ]),
      }}
    >
      <ScheduleBars slices={slices} swap={dates.swap} />
      <p className="note">{w('barsNote')}</p>
    </ChartFrame>
  );
}

interface FrontierProps {
  readonly document: ScheduleDocument;
  /** Of the point, as wished; the document may still be that of the wish before. */
  readonly risk: number;
  readonly onMove: (point: FrontierRow) => void;
}

const bps = (value: number): string => basisPoints(value / 1e4);

export function Frontier({ document, risk, onMove }: FrontierProps) {
  const { w } = useWords();
  const stops = useMemo(() => stopsOf(document.frontier), [document.frontier]);
  const at = nearestStop(stops, risk);
  const point = stops[at];
  const axes = useMemo(() => ({ x: w('axisError'), y: w('axisCost') }), [w]);
  const [cheap, exact] = [stops[0], stops[stops.length - 1]];
  return (
    <ChartFrame
      name={`${document.security}-${document.dates.effective}-frontier`}
      title={w('frontierFinding', {
        cheap: bps(cheap.costBps),
        wide: bps(cheap.trackingErrorBps),
        dear: bps(exact.costBps),
        close: bps(exact.trackingErrorBps),
      })}
      source={w('sourceSchedule', { date: document.knownAt })}
      table={{
        columns: [w('riskAversion'), w('axisCost'), w('axisError')],
        rows: stops.map(({ riskAversion, costBps, trackingErrorBps }) => [
          riskAversion.toPrecision(3),
          bps(costBps),
          bps(trackingErrorBps),
        ]),
      }}
    >
      <FrontierChart
        stops={stops}
        methods={document.methods}
        at={at}
        live={document.method === 'tracking'}
        label={w('frontierPoint')}
        shown={w('frontierAt', { cost: bps(point.costBps), error: bps(point.trackingErrorBps) })}
        axes={axes}
        onMove={(stop) => onMove(stops[stop])}
      />
      <p className="note">{w('frontierNote')}</p>
    </ChartFrame>
  );
}

/** Points that differ from the one before in a figure as it is shown: a key always moves something. */
const stopsOf = (frontier: readonly FrontierRow[]): FrontierRow[] =>
  frontier.filter((row, i) => {
    const before = frontier[i - 1];
    return (
      before === undefined ||
      bps(row.costBps) !== bps(before.costBps) ||
      bps(row.trackingErrorBps) !== bps(before.trackingErrorBps)
    );
  });

/** Penalties grow by factors. */
function nearestStop(stops: readonly FrontierRow[], risk: number): number {
  const distances = stops.map(({ riskAversion }) =>
    Math.abs(Math.log(riskAversion) - Math.log(Math.max(risk, Number.MIN_VALUE))),
  );
  return distances.indexOf(Math.min(...distances));
}
