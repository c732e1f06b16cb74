/** A move as market, sector, forced flow and remainder: asked for apart, since not every name is traded in the review. */
import { useMemo } from 'react';
import { useStudy } from '../../api/queries.js';
import type { SplitParts, StudyDocument } from '../../api/tradingTypes.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { SplitChart, type SplitPart } from '../../charts/SplitChart.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Loaded } from '../../components/Loaded.js';
import { change, points } from '../../format.js';
import { useWords } from '../../words/useWords.js';
import type { StudyWish } from './StudyControls.js';

interface SplitProps {
  readonly index: string;
  readonly wish: StudyWish;
  readonly name: string;
}

export function Split({ index, wish, name }: SplitProps) {
  const { w } = useWords();
  const { security, event, from, to, estimation, benchmark, effective } = wish;
  const peers = benchmark === 'peers';
  const asked = useStudy(
    index,
    security,
    { event, from, to, estimation, benchmark, effective },
    { enabled: !peers },
  );
  if (peers) {
    return (
      <section className="panel">
        <header className="panel-head">
          <h2>{w('splitTitle')}</h2>
        </header>
        <div className="empty">{w('splitNotPeers')}</div>
      </section>
    );
  }
  return (
    <Loaded asked={asked} shape="chart">
      {(document) =>
        document.split === undefined ? null : (
          <SplitFrame document={document} split={document.split} name={name} effective={effective} />
        )
      }
    </Loaded>
  );
}

interface SplitFrameProps {
  readonly document: StudyDocument;
  readonly split: SplitParts;
  readonly name: string;
  readonly effective: string;
}

function SplitFrame({ document, split, name, effective }: SplitFrameProps) {
  const { w, language } = useWords();
  const parts = useMemo(
    (): SplitPart[] => [
      { name: w('splitMarket'), value: split.market },
      { name: w('splitSector'), value: split.sector },
      { name: w('splitFlow'), value: split.flow, band: split.flowBand },
      { name: w('splitRest'), value: split.remainder, band: split.remainderBand },
      { name: w('splitMove'), value: split.move, total: true },
    ],
    [split, w],
  );
  const first = document.days[0].date;
  return (
    <ChartFrame
      name={`${document.security}-${document.event}-split`}
      title={w('splitFinding', {
        name,
        move: change(split.move),
        flow: points(split.flow, language),
        low: points(split.flowBand[0], language),
        high: points(split.flowBand[1], language),
      })}
      source={w('sourceSplit', {
        from: first,
        to: document.days[document.days.length - 1].date,
        date: effective,
      })}
      table={{
        columns: [w('part'), w('value'), w('bandLow'), w('bandHigh')],
        rows: parts.map(({ name: part, value, band }) => [
          part,
          points(value, language),
          band === undefined ? '' : points(band[0], language),
          band === undefined ? '' : points(band[1], language),
        ]),
      }}
    >
      <SplitChart parts={parts} />
      <p className="note">{w('splitNote')}</p>
      <FindingsPanel findings={document.findings.filter(({ code }) => code === 'flow_modelled')} />
    </ChartFrame>
  );
}
