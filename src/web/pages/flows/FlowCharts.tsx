/** Where the money goes, and how the largest sale looked evening by evening. */
import { useMemo } from 'react';
import { useFan } from '../../api/queries.js';
import type { FlowsDocument } from '../../api/types.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { CutHistory } from '../../charts/CutHistory.js';
import { FlowSankey, type SankeyFlow } from '../../charts/FlowSankey.js';
import { money, percent, plain } from '../../format.js';
import { hrefOf, navigate } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';

/** Of each side this many by name, the others together. */
const NAMED = 7;

export function Sankey({ flows, title }: { readonly flows: FlowsDocument; readonly title: string }) {
  const { w, name, language } = useWords();
  const shown = useMemo(() => {
    const side = (wanted: 'buy' | 'sell'): SankeyFlow[] => {
      const all = flows.trades
        .filter((trade) => trade.side === wanted && trade.value.amount !== 0)
        .toSorted((a, b) => Math.abs(b.value.amount) - Math.abs(a.value.amount));
      const rest = all.slice(NAMED);
      const total = rest.reduce((sum, trade) => sum + trade.value.amount, 0);
      return [
        ...all
          .slice(0, NAMED)
          .map((trade) => ({ id: trade.id, name: name(trade), value: trade.value.amount })),
        ...(rest.length === 0
          ? []
          : [{ id: `rest-${wanted}`, name: w('others', { n: rest.length }), value: total }]),
      ];
    };
    return [...side('sell'), ...side('buy')];
  }, [flows, name, w]);
  return (
    <ChartFrame
      name={`${flows.index}-${flows.dates.effective}-flows`}
      title={w('sankeyFinding', { value: money(flows.grossOneWay.amount, language), date: flows.dates.swap })}
      source={w('sourceFlows', { source: flows.trackedAssets.source, date: flows.knownAt })}
      table={{
        columns: [w('name'), w('value')],
        rows: shown.map((flow) => [flow.name, money(flow.value, language, true)]),
      }}
    >
      <FlowSankey
        trackers={w('trackers')}
        index={title}
        flows={shown}
        height={430}
        onOpen={(id) => {
          if (!id.startsWith('rest')) navigate(hrefOf(`/securities/${id}`));
        }}
      />
    </ChartFrame>
  );
}

export function History({ flows }: { readonly flows: FlowsDocument }) {
  const { w, name, language } = useWords();
  const { history, comparison, dates } = flows;
  const fan = useFan(flows.index, dates.effective, history[0]?.id, flows.knownAt).data;
  if (history.length === 0) {
    return (
      <section className="panel">
        <header className="panel-head">
          <h2>{w('historyTitle')}</h2>
        </header>
        <div className="empty">{w('historyEmpty', { date: dates.announcement })}</div>
      </section>
    );
  }
  const values = history.map(({ ruleValue }) => ruleValue.amount);
  const followed = flows.trades.find(({ id }) => id === history[0].id);
  return (
    <ChartFrame
      name={`${flows.index}-${dates.effective}-history`}
      title={w('historyFinding', {
        name: followed === undefined ? history[0].id : name(followed),
        low: money(Math.min(...values), language),
        high: money(Math.max(...values), language),
        end: money(values[values.length - 1], language),
      })}
      source={w('sourceHistory', { date: flows.knownAt })}
      table={{
        columns: [w('date'), w('close'), w('weight'), w('byPress'), w('byRules')],
        rows: history.map((day) => [
          day.date,
          plain(day.close, 2),
          percent(day.weight),
          money(day.naiveValue.amount, language),
          money(day.ruleValue.amount, language),
        ]),
      }}
    >
      <CutHistory
        history={history}
        estimates={comparison}
        fan={fan?.days ?? []}
        came={fan?.came ?? undefined}
        pricing={dates.pricing}
      />
      <p className="note">
        {w('historyNote')} {(fan?.days.length ?? 0) > 0 && w('fanNote')}
      </p>
    </ChartFrame>
  );
}
