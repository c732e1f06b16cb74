/** Impact, reversal and rents over the share of index funds, of one of the flows that were tried. */
import { useCallback, useMemo, useState } from 'react';
import type { MarketDocument, MarketPointDocument } from '../../api/tradingTypes.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { MarketCurves } from '../../charts/MarketCurves.js';
import { basisPoints, percent } from '../../format.js';
import { useWords } from '../../words/useWords.js';

type Measure = 'moved' | 'reversal' | 'rents';

const bp = (point: MarketPointDocument | undefined, measure: Measure): string =>
  basisPoints(point?.[measure].mean, 0);

export function MarketCharts({ document }: { readonly document: MarketDocument }) {
  const { w } = useWords();
  const flows = useMemo(() => [...new Set(document.points.map(({ flow }) => flow))], [document]);
  const [flow, setFlow] = useState(flows[0]);
  const points = useMemo(() => document.points.filter((point) => point.flow === flow), [document, flow]);
  const ends = endsOf(points);
  const nobody = ends.at(0, 'least');
  const titles: Readonly<Record<Measure, string>> = {
    moved: w('experimentFinding', {
      least: percent(ends.least, 0),
      most: percent(ends.most, 0),
      low: bp(nobody, 'moved'),
      high: bp(ends.at(0, 'most'), 'moved'),
      many: ends.many,
      prepared: bp(ends.at(ends.many, 'most'), 'moved'),
    }),
    reversal: w('takenBackFinding', {
      least: percent(ends.least, 0),
      most: percent(ends.most, 0),
      low: bp(nobody, 'reversal'),
      high: bp(ends.at(0, 'most'), 'reversal'),
    }),
    rents: w('rentsFinding', {
      one: bp(ends.at(1, 'most'), 'rents'),
      many: bp(ends.at(ends.many, 'most'), 'rents'),
      n: ends.many,
    }),
  };
  return (
    <>
      <label className="field">
        <span>{w('flowOfHolding')}</span>
        <select
          className="input"
          value={String(flow)}
          onChange={({ target: { value } }) => setFlow(Number(value))}
        >
          {flows.map((one) => (
            <option key={one} value={String(one)}>
              {percent(one, 2)}
            </option>
          ))}
        </select>
      </label>
      <Curves measure="moved" title={titles.moved} points={points} document={document} />
      <div className="columns two">
        <Curves measure="reversal" title={titles.reversal} points={points} document={document} />
        <Curves measure="rents" title={titles.rents} points={points} document={document} />
      </div>
    </>
  );
}

/** The corners of the grid that the titles speak of. */
function endsOf(points: readonly MarketPointDocument[]) {
  const shares = points.map(({ passive }) => passive);
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  const at = (arbitrageurs: number, end: 'least' | 'most'): MarketPointDocument | undefined =>
    points.find(
      (point) => point.arbitrageurs === arbitrageurs && point.passive === (end === 'least' ? least : most),
    );
  return { least, most, at, many: Math.max(...points.map(({ arbitrageurs }) => arbitrageurs)) };
}

interface CurvesProps {
  readonly measure: Measure;
  readonly title: string;
  readonly points: readonly MarketPointDocument[];
  readonly document: MarketDocument;
}

function Curves({ measure, title, points, document }: CurvesProps) {
  const { w } = useWords();
  const drawn = useMemo(
    () =>
      points
        // Where nobody knows of it nobody earns.
        .filter(({ arbitrageurs }) => measure !== 'rents' || arbitrageurs > 0)
        .map(({ passive, arbitrageurs, [measure]: value }) => ({ passive, arbitrageurs, ...value })),
    [points, measure],
  );
  const counts = useMemo(
    () => [...new Set(document.points.map(({ arbitrageurs }) => arbitrageurs))],
    [document],
  );
  const nameOf = useCallback((n: number) => w('preparedCount', { n }), [w]);
  return (
    <ChartFrame
      name={`experiment-${measure}`}
      title={title}
      source={w('sourceExperiment', { runs: document.runs, seed: document.provenance.seed })}
      table={{
        columns: [w('passiveHeld'), w('prepared'), 'bp', '±'],
        rows: drawn.map(({ passive, arbitrageurs, mean, error }) => [
          percent(passive, 0),
          String(arbitrageurs),
          (mean * 1e4).toFixed(1),
          (error * 1e4).toFixed(1),
        ]),
      }}
    >
      <MarketCurves points={drawn} counts={counts} xLabel={w('passiveAxis')} nameOf={nameOf} />
    </ChartFrame>
  );
}
