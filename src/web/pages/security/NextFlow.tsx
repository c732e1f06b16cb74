/** The trade that the next review forces in a security, leg by leg. */
import { useFlows, useIndices, useNet } from '../../api/queries.js';
import type { Parameters as Known } from '../../api/client.js';
import type { FlowsDocument, NetDocument, SecurityDocument, TradeRow } from '../../api/types.js';
import { Amount, Points, Shares } from '../../components/Figures.js';
import { Link } from '../../components/Link.js';
import { Loaded } from '../../components/Loaded.js';
import { flowsPath, reviewPath } from '../../components/ReviewHead.js';
import { days, money, percent } from '../../format.js';
import { hrefOf } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';
import { useReviewAsked } from '../useReviewAsked.js';

/** The trade that the next review forces, from every index of which the data are held, and their net. */
export function NextFlow({ security }: { readonly security: SecurityDocument }) {
  const { w } = useWords();
  const indices = useIndices();
  const found = indices.data?.indices.find(({ reviews, next }) => reviews && next !== null);
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{w('nextFlow')}</h2>
      </header>
      {found?.next ? (
        <Leg security={security} index={found.id} effective={found.next.effective} />
      ) : (
        indices.data !== undefined && <div className="empty">{w('noReviewAhead')}</div>
      )}
    </section>
  );
}

interface LegProps {
  readonly security: SecurityDocument;
  readonly index: string;
  readonly effective: string;
}

function Leg({ security, index, effective }: LegProps) {
  const { w } = useWords();
  const { known } = useReviewAsked(index, effective);
  const flows = useFlows(index, effective, known ?? {}, { enabled: known !== undefined });
  return (
    <Loaded asked={flows} shape="text">
      {(document) => {
        const trade = document.trades.find(({ id }) => id === security.id);
        if (trade === undefined) return <div className="empty">{w('noTrade', { date: effective })}</div>;
        return <Netted flows={document} trade={trade} known={known ?? {}} />;
      }}
    </Loaded>
  );
}

interface NettedProps {
  readonly flows: FlowsDocument;
  readonly trade: TradeRow;
  readonly known: Known;
}

function Netted({ flows, trade, known }: NettedProps) {
  const { index, dates } = flows;
  return (
    <Loaded asked={useNet(index, dates.effective, trade.id, known)} shape="text">
      {(netted) => <Legs flows={flows} trade={trade} netted={netted} />}
    </Loaded>
  );
}

interface LegsProps {
  readonly flows: FlowsDocument;
  readonly trade: TradeRow;
  readonly netted: NetDocument;
}

function Legs({ flows, trade, netted: { legs, net } }: LegsProps) {
  const { w, of, language } = useWords();
  const { index, dates, knownAt } = flows;
  const heads = useIndices().data?.indices;
  const nameOf = (id: string): string => {
    const head = heads?.find((one) => one.id === id);
    return head === undefined ? id : of(head.names);
  };
  const [low, high] = trade.valueRange;
  const printed = legs.filter(({ basis }) => basis === 'published');
  return (
    <>
      <div className="plain-scroll" tabIndex={0} role="region" aria-label={w('nextFlow')}>
        <table className="plain wide">
          <caption className="muted">{w('nextFlowNote', { swap: dates.swap, date: knownAt })}</caption>
          <thead>
            <tr>
              <th scope="col">{w('index')}</th>
              <th scope="col">{w('change')}</th>
              <th scope="col">{w('shares')}</th>
              <th scope="col">{w('value')}</th>
              <th scope="col">{w('daysToTrade')}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">
                <Link href={hrefOf(flowsPath(index, dates.effective))}>{nameOf(index)}</Link>
              </th>
              <td>
                <Points value={trade.weightAfter - trade.weightBefore} />
              </td>
              <td>
                <Shares value={trade.shares} />
              </td>
              <td title={`${money(low.amount, language, true)} \u2026 ${money(high.amount, language, true)}`}>
                <Amount value={trade.value.amount} flow />
              </td>
              <td>{days(trade.daysToTrade)}</td>
            </tr>
            {printed.map((leg) => (
              <tr key={leg.index}>
                <th scope="row">
                  <a href={leg.source} target="_blank" rel="noopener noreferrer">
                    {nameOf(leg.index)} {w('asPrinted')}
                  </a>
                </th>
                <td />
                <td>
                  <Shares value={leg.shares} />
                </td>
                <td>
                  <Amount value={leg.value.amount} flow />
                </td>
                <td />
              </tr>
            ))}
            <tr className="net">
              <th scope="row">{w('net')}</th>
              <td />
              <td>
                <Shares value={net.shares} />
              </td>
              <td>
                <Amount value={net.value.amount} flow />
              </td>
              <td>{days(net.daysToTrade)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p className="muted note">
        {w(printed.length === 0 ? 'oneIndexOnly' : 'othersPrinted')}{' '}
        <Link href={hrefOf(reviewPath(index, dates.effective), { why: trade.id })}>
          {w('why')}: {percent(trade.weightBefore)} {'\u2192'} {percent(trade.weightAfter)}
        </Link>
      </p>
      <p className="muted note">{w('probabilityLater')}</p>
    </>
  );
}
