/** What the trackers of an index are forced to trade in one review, beside what was printed about it. */
import { useMemo } from 'react';
import { useFan, useFlows, useRecord } from '../api/queries.js';
import type { EstimateRow, FlowsDocument, ForecastDocument, RecordDocument, TradeRow } from '../api/types.js';
import { ChartFrame } from '../charts/ChartFrame.js';
import { CutHistory } from '../charts/CutHistory.js';
import { FlowSankey, type SankeyFlow } from '../charts/FlowSankey.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { Amount, Points, SecurityName, Shares, Weight } from '../components/Figures.js';
import { FindingMark, findingsOf, FindingsPanel } from '../components/FindingMark.js';
import { JobPanel } from '../components/JobPanel.js';
import { Loaded } from '../components/Loaded.js';
import { ProvenanceLine } from '../components/ProvenanceLine.js';
import { ReviewHead } from '../components/ReviewHead.js';
import { chance, days, exact, exchangeCode, money, percent, plain, shareCount } from '../format.js';
import { hrefOf, navigate } from '../state/route.js';
import { useWords } from '../words/useWords.js';
import { useIndexHead } from './ReviewPage.js';
import { useReviewAsked } from './useReviewAsked.js';

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
          {w(largest.side === 'sell' ? 'flowSell' : 'flowBuy', {
            name: name(largest),
            value: money(Math.abs(largest.value.amount), language),
            shares: shareCount(Math.abs(largest.shares), language, false),
            days: days(largest.daysToTrade),
          })}
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
        <ScoresPanel flows={flows} />
      </div>
      <FindingsPanel findings={flows.findings} />
      <ProvenanceLine provenance={flows.provenance} />
    </>
  );
}

const largestTrade = (trades: readonly TradeRow[]): TradeRow =>
  trades.reduce((a, b) => (Math.abs(b.value.amount) > Math.abs(a.value.amount) ? b : a));

/** Of each side this many by name, the others together. */
const NAMED = 7;

function Sankey({ flows, title }: FlowsProps) {
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

function History({ flows }: { readonly flows: FlowsDocument }) {
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

function Trades({ flows }: { readonly flows: FlowsDocument }) {
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
  const { w, name, language } = useWords();
  return useMemo(
    () => [
      { id: 'id', title: w('code'), value: ({ id }) => id, cell: ({ id }) => exchangeCode(id), width: 104 },
      {
        id: 'name',
        title: w('name'),
        value: name,
        cell: (trade) => (
          <>
            <SecurityName of={trade} />
            <FindingMark findings={findingsOf(flows.findings, trade.id)} />
          </>
        ),
        width: 150,
      },
      {
        id: 'weight_before',
        title: w('before'),
        value: ({ weightBefore }) => weightBefore,
        cell: ({ weightBefore }) => <Weight value={weightBefore} />,
        numeric: true,
        width: 84,
      },
      {
        id: 'weight_after',
        title: w('after'),
        value: ({ weightAfter }) => weightAfter,
        cell: ({ weightAfter }) => <Weight value={weightAfter} />,
        numeric: true,
        width: 84,
      },
      {
        id: 'change',
        title: w('change'),
        value: ({ weightBefore, weightAfter }) => weightAfter - weightBefore,
        cell: ({ weightBefore, weightAfter }) => <Points value={weightAfter - weightBefore} />,
        numeric: true,
        width: 104,
      },
      {
        id: 'shares',
        title: w('shares'),
        value: ({ shares }) => shares,
        cell: ({ shares }) => <Shares value={shares} />,
        numeric: true,
        width: 100,
      },
      {
        id: 'value',
        title: w('value'),
        value: ({ value }) => value.amount,
        cell: ({ value, valueRange: [low, high] }) => (
          <span title={`${money(low.amount, language, true)} \u2026 ${money(high.amount, language, true)}`}>
            <Amount value={value.amount} flow />
          </span>
        ),
        numeric: true,
        width: 100,
      },
      {
        id: 'adv20_value',
        title: w('adv20'),
        value: ({ adv20Value }) => adv20Value.amount,
        cell: ({ adv20Value }) => <Amount value={adv20Value.amount} />,
        numeric: true,
        width: 96,
      },
      {
        id: 'days_to_trade',
        title: w('daysToTrade'),
        value: ({ daysToTrade }) => daysToTrade,
        cell: ({ daysToTrade }) => <span title={exact(daysToTrade)}>{days(daysToTrade)}</span>,
        numeric: true,
        width: 84,
      },
    ],
    [flows, w, name, language],
  );
}

function Comparison({ flows }: { readonly flows: FlowsDocument }) {
  const { w, language } = useWords();
  const columns = useMemo(
    (): Column<EstimateRow>[] => [
      { id: 'who', title: w('who'), value: ({ who }) => who, width: 180 },
      {
        id: 'published',
        title: w('printed'),
        value: ({ publishedValue }) => publishedValue.amount,
        cell: ({ publishedValue }) => <Amount value={publishedValue.amount} />,
        numeric: true,
        width: 96,
      },
      {
        id: 'ours_that_day',
        title: w('oursThatDay'),
        value: ({ oursThatDay }) => oursThatDay.amount,
        cell: ({ oursThatDay }) => <Amount value={oursThatDay.amount} />,
        numeric: true,
        width: 110,
      },
      {
        id: 'ours',
        title: w('oursAtClose'),
        value: ({ ours }) => ours.amount,
        cell: ({ ours }) => <Amount value={ours.amount} />,
        numeric: true,
        width: 110,
      },
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

interface ForecastProps {
  readonly index: string;
  readonly effective: string;
  readonly knownAt: string;
  readonly flows: FlowsDocument;
}

const PATHS = 10_000;
const SEED = 1;

function Forecast({ index, effective, knownAt, flows }: ForecastProps) {
  const { w } = useWords();
  return (
    <JobPanel
      kind="forecast"
      parameters={{ index, effective, knownAt, paths: PATHS, seed: SEED }}
      title={w('forecast')}
      about={w('forecastAbout')}
    >
      {(result) => <ForecastTable forecast={result as ForecastDocument} flows={flows} />}
    </JobPanel>
  );
}

type ForecastRow = ForecastDocument['securities'][number];

function ForecastTable({
  forecast,
  flows,
}: {
  readonly forecast: ForecastDocument;
  readonly flows: FlowsDocument;
}) {
  const { w, name, language } = useWords();
  const columns = useMemo((): Column<ForecastRow>[] => {
    const trades = new Map(flows.trades.map((trade) => [trade.id, trade]));
    const probability = (id: 'pIn' | 'pOut' | 'pCapped', title: string): Column<ForecastRow> => ({
      id,
      title,
      value: (row) => row[id],
      cell: (row) => <span title={exact(row[id])}>{chance(row[id])}</span>,
      numeric: true,
      width: 78,
    });
    const named = ({ id }: ForecastRow): string => {
      const trade = trades.get(id);
      return trade === undefined ? id : name(trade);
    };
    return [
      { id: 'name', title: w('name'), value: named, width: 130 },
      probability('pIn', w('pIn')),
      probability('pOut', w('pOut')),
      probability('pCapped', w('pCapped')),
      {
        id: 'flow',
        title: w('flow'),
        value: ({ flow }) => flow.p50,
        cell: ({ flow }) => (
          <span title={`${money(flow.p05, language, true)} \u2026 ${money(flow.p95, language, true)}`}>
            {money(flow.p50, language, true)}
          </span>
        ),
        numeric: true,
        width: 96,
      },
    ];
  }, [flows, w, name, language]);
  return (
    <DataTable
      name="forecast"
      title={w('forecast')}
      rows={forecast.securities}
      columns={columns}
      rowKey={({ id }) => id}
      sort={{ id: 'flow', desc: false }}
      maxHeight={320}
    />
  );
}

type Scores = RecordDocument['scores'][number];

/** How the forecasts of this review turned out; nothing before the first was published. */
function ScoresPanel({ flows }: { readonly flows: FlowsDocument }) {
  const { w } = useWords();
  const { data } = useRecord(flows.index, flows.dates.effective, flows.knownAt);
  const scores = data?.scores[0];
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{w('record')}</h2>
      </header>
      {scores === undefined ? (
        <div className="empty">{w('recordEmpty')}</div>
      ) : (
        <ScoreList scores={scores} flows={flows} />
      )}
    </section>
  );
}

function ScoreList({ scores, flows }: { readonly scores: Scores; readonly flows: FlowsDocument }) {
  const { w, name } = useWords();
  const { sample, misses, calibration } = scores;
  const trades = new Map(flows.trades.map((trade) => [trade.id, trade]));
  const named = (id: string): string => {
    const trade = trades.get(id);
    return trade === undefined ? id : name(trade);
  };
  const figures: readonly (readonly [string, string])[] = [
    [w('scoreDays'), String(scores.days.length)],
    ['Brier', plain(scores.brier, 3)],
    [w('logScore'), plain(scores.logScore, 3)],
    ['CRPS', scores.crps === null ? '\u2013' : `${plain(scores.crps * 1e4, 1)} bp`],
    [
      w('coverage90'),
      scores.coverage90 === null || sample.flows === 0
        ? '\u2013'
        : `${percent(scores.coverage90, 0)} (${sample.flows})`,
    ],
  ];
  return (
    <>
      <dl className="stats">
        {figures.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table className="plain">
        <caption>{w('calibration', { n: sample.chances })}</caption>
        <thead>
          <tr>
            <th scope="col">{w('forecastChance')}</th>
            <th scope="col">{w('cameTrue')}</th>
            <th scope="col">{w('forecasts')}</th>
          </tr>
        </thead>
        <tbody>
          {calibration.map((bin) => (
            <tr key={bin.meanForecast}>
              <td>{percent(bin.meanForecast, 0)}</td>
              <td>{percent(bin.happened, 0)}</td>
              <td>{bin.forecasts}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {misses.length > 0 && (
        <p className="note doubt">
          {w('misses')}:{' '}
          {misses
            .map(
              ({ id, happened, p }) => `${named(id)} ${w(happened === 'in' ? 'pIn' : 'pOut')} ${chance(p)}`,
            )
            .join(', ')}
        </p>
      )}
    </>
  );
}
