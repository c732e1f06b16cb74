/** What the trackers of an index are forced to trade in one review, beside what was printed about it. */
import { useFlows } from '../../api/queries.js';
import type { FlowsDocument, TradeRow } from '../../api/types.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { ReviewHead } from '../../components/ReviewHead.js';
import { exact, money, percent } from '../../format.js';
import { useWords } from '../../words/useWords.js';
import { forcedTradeSentence } from '../forcedTradeSentence.js';
import { useIndexHead } from '../ReviewPage.js';
import { useReviewAsked } from '../useReviewAsked.js';
import { Forecast } from './Forecast.js';
import { History, Sankey } from './FlowCharts.js';
import { Scores } from './Scores.js';
import { Comparison, Trades } from './TradeTables.js';

export function FlowsPage({ parts: [, index, effective] }: { readonly parts: readonly string[] }) {
  const asked = useReviewAsked(index, effective);
  const head = useIndexHead(index);
  const { of } = useWords();
  const title = head === undefined ? index : of(head.names);
  return (
    <>
      <ReviewHead
        index={index}
        title={title}
        effective={effective}
        page="flows"
        calendar={asked.calendar.data}
        previous={asked.previous}
        next={asked.next}
        knownAt={asked.knownAt}
      />
      {asked.known !== undefined && (
        <Asked index={index} title={title} effective={effective} known={asked.known} />
      )}
    </>
  );
}

interface AskedProps {
  readonly index: string;
  readonly title: string;
  readonly effective: string;
  readonly known: Readonly<Record<string, string | number | undefined>>;
}

function Asked({ index, title, effective, known }: AskedProps) {
  return (
    <Loaded asked={useFlows(index, effective, known)} shape="table">
      {(flows) => <Flows flows={flows} title={title} />}
    </Loaded>
  );
}

interface FlowsProps {
  readonly flows: FlowsDocument;
  readonly title: string;
}

function Flows({ flows, title }: FlowsProps) {
  const { w, name, language } = useWords();
  const { trackedAssets: assets, index, dates } = flows;
  const [low, high] = assets.range;
  const largest = largestTrade(flows.trades);
  return (
    <>
      <section className="panel summary">
        <p className="headline">
          {forcedTradeSentence(
            {
              name: name(largest),
              value: largest.value.amount,
              shares: largest.shares,
              daysToTrade: largest.daysToTrade,
            },
            { w, language },
          )}
        </p>
        <dl className="stats">
          <div>
            <dt>{w('tradedOneWay')}</dt>
            <dd title={exact(flows.grossOneWay.amount)}>{money(flows.grossOneWay.amount, language)}</dd>
          </div>
          <div>
            <dt>{w('turnoverOneWay')}</dt>
            <dd>{percent(flows.turnoverOneWay)}</dd>
          </div>
          <div>
            <dt>{w('trackedAssets')}</dt>
            <dd>
              {money(assets.amount, language)} {assets.currency}
            </dd>
            <dd className="muted">
              {assets.scope}, {assets.asOf}
              {low !== high && `, ${money(low, language)} \u2013 ${money(high, language)}`}
            </dd>
          </div>
        </dl>
      </section>
      <div className="columns two">
        <Sankey flows={flows} title={title} />
        <History flows={flows} />
      </div>
      <Trades flows={flows} />
      <Comparison flows={flows} />
      <div className="columns two">
        <Forecast index={index} effective={dates.effective} knownAt={flows.knownAt} flows={flows} />
        <Scores flows={flows} />
      </div>
      <FindingsPanel findings={flows.findings} />
      <ProvenanceLine provenance={flows.provenance} />
    </>
  );
}

const largestTrade = (trades: readonly TradeRow[]): TradeRow =>
  trades.reduce((a, b) => (Math.abs(b.value.amount) > Math.abs(a.value.amount) ? b : a));
