/** What pages about one forced trade of a review share: the head, the choice of the security, its trade. */
import { useMemo, type ReactNode } from 'react';
import type { Parameters } from '../api/client.js';
import { useFlows } from '../api/queries.js';
import type { FlowsDocument, TradeRow } from '../api/types.js';
import { Empty, Loaded } from '../components/Loaded.js';
import { ReviewHead, type ReviewPageName } from '../components/ReviewHead.js';
import { useRoute } from '../state/route.js';
import { useWords } from '../words/useWords.js';
import { useIndexHead } from './ReviewPage.js';
import { useReviewAsked } from './useReviewAsked.js';

export interface TradeAsked {
  readonly flows: FlowsDocument;
  readonly trade: TradeRow;
  readonly known: Parameters;
}

interface ForcedTradeProps {
  readonly index: string;
  readonly effective: string;
  readonly page: ReviewPageName;
  readonly children: (asked: TradeAsked) => ReactNode;
}

export function ForcedTrade({ index, effective, page, children }: ForcedTradeProps) {
  const asked = useReviewAsked(index, effective);
  const head = useIndexHead(index);
  const { of } = useWords();
  return (
    <>
      <ReviewHead
        index={index}
        title={head === undefined ? index : of(head.names)}
        effective={effective}
        page={page}
        calendar={asked.calendar.data}
        previous={asked.previous}
        next={asked.next}
        knownAt={asked.knownAt}
      />
      {asked.known !== undefined && (
        <WithFlows index={index} effective={effective} known={asked.known}>
          {children}
        </WithFlows>
      )}
    </>
  );
}

interface WithFlowsProps extends Pick<ForcedTradeProps, 'index' | 'effective' | 'children'> {
  readonly known: Parameters;
}

function WithFlows({ index, effective, known, children }: WithFlowsProps) {
  const { w } = useWords();
  const wanted = useRoute().query.get('security') ?? undefined;
  return (
    <Loaded asked={useFlows(index, effective, known)} shape="chart">
      {(flows) => {
        const trade = wanted === undefined ? firstShown(flows) : tradeOf(flows, wanted);
        return trade === undefined ? (
          <Empty>
            {wanted === undefined ? w('noTrades') : w('noTradeOf', { id: wanted, date: effective })}
          </Empty>
        ) : (
          children({ flows, trade, known })
        );
      }}
    </Loaded>
  );
}

const tradeOf = ({ trades }: FlowsDocument, wanted: string): TradeRow | undefined =>
  trades.find(({ id, value }) => id === wanted.slice(0, 6) && value.amount !== 0);

const bySize = (trades: readonly TradeRow[]): TradeRow[] =>
  trades
    .filter(({ value }) => value.amount !== 0)
    .toSorted((a, b) => Math.abs(b.value.amount) - Math.abs(a.value.amount));

/** The largest trade of which it is known how much trades a day; impact and schedule need that. */
function firstShown({ trades }: FlowsDocument): TradeRow | undefined {
  const sorted = bySize(trades);
  return sorted.find(({ daysToTrade }) => daysToTrade !== null) ?? sorted[0];
}

interface SecurityChoiceProps {
  readonly flows: FlowsDocument;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Every name of the review that is traded, the largest trade first. */
export function SecurityChoice({ flows, chosen, onChoose }: SecurityChoiceProps) {
  const { w, name } = useWords();
  const trades = useMemo(() => bySize(flows.trades), [flows]);
  return (
    <label className="field">
      <span>{w('security')}</span>
      <select className="input" value={chosen} onChange={(event) => onChoose(event.target.value)}>
        {trades.map((trade) => (
          <option key={trade.id} value={trade.id}>
            {name(trade)} {trade.id}
          </option>
        ))}
      </select>
    </label>
  );
}
