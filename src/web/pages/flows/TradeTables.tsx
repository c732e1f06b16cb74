/** Every forced trade as a table, and what was printed about the largest beside what we make of it. */
import { useMemo } from 'react';
import type { EstimateRow, FlowsDocument, TradeRow } from '../../api/types.js';
import {
  amountColumn,
  changeColumn,
  codeColumn,
  daysColumn,
  flowColumn,
  nameColumn,
  sharesColumn,
  weightColumn,
} from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { Amount } from '../../components/Figures.js';
import { money } from '../../format.js';
import { hrefOf, navigate } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';

export function Trades({ flows }: { readonly flows: FlowsDocument }) {
  const { w } = useWords();
  const columns = useTradeColumns(flows);
  return (
    <DataTable
      name={`${flows.index} trades`}
      title={w('trades')}
      rows={flows.trades}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={({ id }) =>
        navigate(hrefOf(`/indices/${flows.index}/reviews/${flows.dates.effective}`, { why: id }))
      }
      sort={{ id: 'days_to_trade', desc: true }}
      filterable
    />
  );
}

function useTradeColumns(flows: FlowsDocument): Column<TradeRow>[] {
  const words = useWords();
  return useMemo(() => {
    const { w, language } = words;
    return [
      codeColumn(words),
      nameColumn(words, 150, flows.findings),
      weightColumn(
        { id: 'weight_before', title: w('before'), width: 84, about: w('aboutBefore') },
        ({ weightBefore }) => weightBefore,
      ),
      weightColumn(
        { id: 'weight_after', title: w('after'), width: 84, about: w('aboutAfter') },
        ({ weightAfter }) => weightAfter,
      ),
      changeColumn(words, ({ weightBefore, weightAfter }) => weightAfter - weightBefore),
      sharesColumn(words, ({ shares }) => shares),
      {
        ...flowColumn<TradeRow>(
          { id: 'value', title: w('value'), width: 100, about: w('aboutValue') },
          ({ value }) => value.amount,
        ),
        cell: ({ value, valueRange: [low, high] }) => (
          <span title={`${money(low.amount, language, true)} \u2026 ${money(high.amount, language, true)}`}>
            <Amount value={value.amount} flow />
          </span>
        ),
      },
      amountColumn(
        { id: 'adv20_value', title: w('adv20'), width: 96, about: w('aboutAdv') },
        ({ adv20Value }) => adv20Value.amount,
      ),
      daysColumn(words, ({ daysToTrade }) => daysToTrade),
    ];
  }, [flows, words]);
}

export function Comparison({ flows }: { readonly flows: FlowsDocument }) {
  const { w, language } = useWords();
  const columns = useMemo(
    (): Column<EstimateRow>[] => [
      { id: 'who', title: w('who'), value: ({ who }) => who, width: 180 },
      amountColumn(
        { id: 'published', title: w('printed'), width: 96 },
        ({ publishedValue }) => publishedValue.amount,
      ),
      amountColumn(
        { id: 'ours_that_day', title: w('oursThatDay'), width: 110 },
        ({ oursThatDay }) => oursThatDay.amount,
      ),
      amountColumn({ id: 'ours', title: w('oursAtClose'), width: 110 }, ({ ours }) => ours.amount),
      {
        id: 'method',
        title: w('howItComesAbout'),
        value: ({ method, methodZh }) => (language === 'zh' ? methodZh : method),
        cell: ({ method, methodZh, derivable }) => (
          <span className={derivable ? '' : 'doubt'} title={language === 'zh' ? methodZh : method}>
            {language === 'zh' ? methodZh : method}
          </span>
        ),
        width: 380,
      },
    ],
    [w, language],
  );
  return (
    <DataTable
      name={`${flows.index} estimates`}
      title={w('comparison')}
      rows={flows.comparison}
      columns={columns}
      rowKey={({ who, date }) => `${who} ${date}`}
      empty={w('noEstimates')}
    />
  );
}
