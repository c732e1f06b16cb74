/** When to trade what a review forces: slices per session and auction, and the way between cost and tracking error. */
import { useEffect, useMemo, useState } from 'react';
import type { Parameters } from '../../api/client.js';
import { useSchedule, type Asked } from '../../api/queries.js';
import type { FrontierRow, ScheduleDocument } from '../../api/tradingTypes.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { basisPoints, money, percent } from '../../format.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import { useWords } from '../../words/useWords.js';
import { ForcedTrade, type TradeAsked } from '../ForcedTrade.js';
import { Bars, Frontier } from './ScheduleCharts.js';
import { ScheduleControls, wishOf } from './ScheduleControls.js';
import { Methods, Slices } from './ScheduleTables.js';

export function SchedulePage({ parts: [, index, effective] }: { readonly parts: readonly string[] }) {
  return (
    <ForcedTrade index={index} effective={effective} page="schedule">
      {(asked) => <Asked {...asked} />}
    </ForcedTrade>
  );
}

function Asked({ flows, trade, known }: TradeAsked) {
  const [wanted, change] = useHeldQuery();
  const wish = wishOf(wanted);
  const asked = useNewest(flows.index, flows.dates.effective, trade.id, { ...known, ...wish });
  return (
    <div className="columns side-main">
      <ScheduleControls flows={flows} chosen={trade.id} wish={wish} change={change} />
      <Loaded asked={asked} shape="chart">
        {(document) => (
          <Schedule
            flows={flows}
            document={document}
            risk={Number(wish.risk)}
            onMove={({ riskAversion }) =>
              change({ method: 'tracking', risk: String(Number(riskAversion.toPrecision(4))) })
            }
          />
        )}
      </Loaded>
    </div>
  );
}

/** Never more than one request on its way: while the hand moves, only the newest wish is sent next. */
function useNewest(
  index: string,
  effective: string,
  security: string,
  wished: Parameters,
): Asked<ScheduleDocument> {
  const key = JSON.stringify([index, effective, security, wished]);
  const [sent, setSent] = useState({ key, index, effective, security, wished });
  const asked = useSchedule(sent.index, sent.effective, sent.security, sent.wished);
  const { isFetching } = asked;
  useEffect(() => {
    if (!isFetching && sent.key !== key) setSent({ key, index, effective, security, wished });
  });
  return asked;
}

interface ScheduleProps extends Pick<TradeAsked, 'flows'> {
  readonly document: ScheduleDocument;
  readonly risk: number;
  readonly onMove: (point: FrontierRow) => void;
}

function Schedule({ flows, document, risk, onMove }: ScheduleProps) {
  const { w, name, language } = useWords();
  const { slices, costBps, trackingErrorBps } = document;
  const trade = flows.trades.find(({ id }) => id === document.security);
  const named = trade === undefined ? document.security : name(trade);
  const total = useMemo(() => slices.reduce((sum, { value }) => sum + value.amount, 0), [slices]);
  const busiest = Math.max(...slices.map(({ participation }) => participation));
  return (
    <div>
      <section className="panel summary outcome" aria-live="polite">
        <p className="headline">
          {w(document.side === 'sell' ? 'scheduleSell' : 'scheduleBuy', {
            name: named,
            value: money(Math.abs(total), language),
            n: new Set(slices.map(({ date }) => date)).size,
            cost: basisPoints(costBps / 1e4, 0),
            error: basisPoints(trackingErrorBps / 1e4),
          })}
        </p>
        <dl className="stats">
          <div>
            <dt>{w('method')}</dt>
            <dd>{document.method}</dd>
          </div>
          <div>
            <dt>{w('costMoney')}</dt>
            <dd>{money((Math.abs(total) * costBps) / 1e4, language)}</dd>
          </div>
          <div>
            <dt>{w('busiestSlot')}</dt>
            <dd>{percent(busiest, 0)}</dd>
          </div>
        </dl>
      </section>
      <div className="columns two">
        <Bars document={document} name={named} />
        <Frontier document={document} risk={risk} onMove={onMove} />
      </div>
      <Slices document={document} />
      <Methods document={document} />
      <FindingsPanel findings={document.findings} />
      <ProvenanceLine provenance={document.provenance} />
    </div>
  );
}
