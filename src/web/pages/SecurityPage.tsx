/** One security: its prices with the marks of reviews, the indices it is in, the trade it faces next, the facts held. */
import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { useCalendar, useFlows, useIndices, useNet, usePrices, useSecurity } from '../api/queries.js';
import type { Parameters as Known } from '../api/client.js';
import { useCompanies } from '../api/valueQueries.js';
import type {
  FlowsDocument,
  NetDocument,
  PriceRow,
  PricesDocument,
  SecurityDocument,
  TradeRow,
} from '../api/types.js';
import { ChartFrame } from '../charts/ChartFrame.js';
import { PriceChart, type PriceMark } from '../charts/PriceChart.js';
import { roomColumn, weightColumn } from '../components/columns.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { Amount, Points, Shares } from '../components/Figures.js';
import { FindingsPanel } from '../components/FindingMark.js';
import { Link } from '../components/Link.js';
import { Empty, Loaded } from '../components/Loaded.js';
import { flowsPath, impactPath, reviewPath, schedulePath } from '../components/ReviewHead.js';
import { WatchButton } from '../components/WatchButton.js';
import { change, days, money, percent, plain } from '../format.js';
import { usePreferences } from '../state/preferences.js';
import { reportDays } from '../state/reportDays.js';
import { changedQuery, hrefOf, navigate, useRoute } from '../state/route.js';
import { boardWord, factKey, qualityKey, REVIEW_DATES } from '../words/fieldWords.js';
import { useWords } from '../words/useWords.js';
import { useReviewAsked } from './useReviewAsked.js';

const Ticket = lazy(async () => ({ default: (await import('./trade/Ticket.js')).Ticket }));

export function SecurityPage({ parts: [, id] }: { readonly parts: readonly string[] }) {
  return (
    <Loaded asked={useSecurity(id)} shape="chart">
      {(security) => <Security security={security} />}
    </Loaded>
  );
}

function Security({ security }: { readonly security: SecurityDocument }) {
  const { w, name, otherName, language } = useWords();
  const prices = usePrices(security.id);
  const { marketValue } = security;
  return (
    <>
      <header className="page-head">
        <div className="title-line">
          <h1>
            {name(security)} <span className="light">{security.code}</span>
          </h1>
          <WatchButton id={security.id} />
          <TradeButton />
          <SecurityPages security={security} />
        </div>
        <p className="muted">
          {[otherName(security), security.pinyin, boardWord(security.board, language), security.industry]
            .filter((text) => text !== '')
            .join(' \u00b7 ')}
          {security.listed !== null && ` \u00b7 ${w('listed')} ${security.listed}`}
          {marketValue !== null &&
            ` \u00b7 ${w('marketValue')} ${money(marketValue.amount, language)} (${marketValue.date})`}
        </p>
      </header>
      <OpenTicket security={security} />
      <Loaded asked={prices} shape="chart">
        {(document) => <Prices security={security} document={document} />}
      </Loaded>
      <div className="columns two">
        <Indices security={security} />
        <NextFlow security={security} />
      </div>
      <Facts security={security} />
      <FindingsPanel findings={security.findings} />
    </>
  );
}

/** The ticket is part of the address: a page with it open is a link. */
function TradeButton() {
  const { w } = useWords();
  const isOpen = useRoute().query.has('trade');
  return (
    <button
      type="button"
      className="button small primary"
      aria-expanded={isOpen}
      onClick={() => navigate(changedQuery({ trade: isOpen ? undefined : '1' }), 'replace')}
    >
      {w('tradeIt')}
    </button>
  );
}

/** What was opened has the focus, so that typing goes on in it. */
function OpenTicket({ security }: { readonly security: SecurityDocument }) {
  const { w } = useWords();
  const isOpen = useRoute().query.has('trade');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) place.current?.focus();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <div ref={place} tabIndex={-1} className="ticket-place">
      <Suspense fallback={<div className="skeleton skeleton-text" role="status" aria-label={w('loading')} />}>
        <Ticket security={security} />
      </Suspense>
    </div>
  );
}

/** What its trades do to it, when to trade them, what it did before; where an index with data has it in a review. */
function SecurityPages({ security }: { readonly security: SecurityDocument }) {
  const { w } = useWords();
  const indices = useIndices().data?.indices ?? [];
  const valued = useCompanies().data?.companies.some(({ id }) => id === security.id) ?? false;
  const index = indices.find(({ id, reviews }) => reviews && isIn(security, id));
  if (index === undefined) return null;
  const about = { security: security.id };
  return (
    <nav className="pills" aria-label={w('pagesOfSecurity')}>
      {index.next !== null && (
        <>
          <Link href={hrefOf(impactPath(index.id, index.next.effective), about)}>{w('impact')}</Link>
          <Link href={hrefOf(schedulePath(index.id, index.next.effective), about)}>{w('schedule')}</Link>
        </>
      )}
      <Link href={hrefOf(`/study/${index.id}`, about)}>{w('study')}</Link>
      {valued && <Link href={hrefOf(`/value/${security.id}`)}>{w('valueTab')}</Link>}
      <Link href={hrefOf('/lookthrough', about)}>{w('fundsTab')}</Link>
    </nav>
  );
}

const isIn = (security: SecurityDocument, index: string): boolean =>
  security.indices.some((one) => one.index === index);

interface PricesProps {
  readonly security: SecurityDocument;
  readonly document: PricesDocument;
}

function Prices({ security, document: { prices } }: PricesProps) {
  const { w, name, language } = useWords();
  const { theme } = usePreferences();
  const [member] = security.indices;
  const published = useCompanies().data?.companies.find(({ id }) => id === security.id)?.reports;
  const marks = useMarks(member?.index, prices, published);
  if (prices.length < 2) return <Empty>{w('noPrices')}</Empty>;
  const last = prices[prices.length - 1];
  const yearAgo = prices.findLast(
    ({ date }) => date <= `${Number(last.date.slice(0, 4)) - 1}${last.date.slice(4)}`,
  );
  const quality = last.quality === 'observed' ? '' : ` (${w(qualityKey(last.quality))})`;
  return (
    <ChartFrame
      name={`${security.id}-prices`}
      title={
        yearAgo === undefined
          ? w('priceTitle', { name: name(security), close: plain(last.close, 2), date: last.date })
          : w('priceFinding', {
              name: name(security),
              close: plain(last.close, 2),
              date: last.date,
              change: change(last.close / yearAgo.close - 1),
            })
      }
      source={`${w('sourcePrices', { date: last.date })}${quality}`}
      table={{
        columns: [w('date'), w('close'), w('valueTraded')],
        rows: prices
          .toReversed()
          .map(({ date, close, value }) => [date, plain(close, 2), money(value, language)]),
      }}
    >
      <PriceChart prices={prices} marks={marks} theme={theme} />
      <p className="note">{w('priceMarks')}</p>
    </ChartFrame>
  );
}

/** Dates of the reviews of its index, and the days of its reports, within the prices shown. */
function useMarks(
  index: string | undefined,
  prices: readonly PriceRow[],
  published: Parameters<typeof reportDays>[2],
): PriceMark[] {
  const calendar = useCalendar(index ?? '', { enabled: index !== undefined });
  return useMemo(() => {
    const [from, to] = [prices[0]?.date, prices[prices.length - 1]?.date];
    if (from === undefined || to === undefined) return [];
    const reviews = (calendar.data?.reviews ?? [])
      .flatMap((review) =>
        REVIEW_DATES.filter(({ letter }) => 'APE'.includes(letter)).map(({ name, letter }) => ({
          date: review[name],
          letter,
        })),
      )
      .filter(({ date }) => date >= from && date <= to);
    // A day without trading is marked at the close before it.
    const reports = reportDays(from, to, published).flatMap(({ date }) => {
      const close = prices.findLast((row) => row.date <= date);
      return close === undefined ? [] : [{ date: close.date, letter: 'R' }];
    });
    return onePerDay([...reviews, ...reports]);
  }, [calendar.data, prices, published]);
}

/** Ascending; what falls on one day shares a mark. */
function onePerDay(marks: readonly PriceMark[]): PriceMark[] {
  const letters = new Map<string, string>();
  for (const { date, letter } of marks) letters.set(date, `${letters.get(date) ?? ''}${letter}`);
  return [...letters]
    .map(([date, letter]) => ({ date, letter }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

type Membership = SecurityDocument['indices'][number];

function Indices({ security }: { readonly security: SecurityDocument }) {
  const { w, of } = useWords();
  const heads = useIndices().data?.indices;
  const columns = useMemo(
    (): Column<Membership>[] => [
      {
        id: 'index',
        title: w('index'),
        value: ({ index }) => index,
        cell: ({ index }) => {
          const head = heads?.find(({ id }) => id === index);
          return (
            <Link href={hrefOf(`/indices/${index}`)} tabIndex={-1}>
              {head === undefined ? index : of(head.names)}
            </Link>
          );
        },
        width: 200,
      },
      weightColumn(
        { id: 'weight', title: w('weight'), width: 90, about: w('aboutWeight') },
        ({ weight }) => weight,
      ),
      roomColumn(
        { id: 'roomToCap', title: w('roomToCap'), width: 110, about: w('aboutRoom') },
        ({ roomToCap }) => roomToCap,
      ),
      { id: 'date', title: w('date'), value: ({ date }) => date, width: 100 },
    ],
    [w, of, heads],
  );
  return (
    <DataTable
      name={`${security.id} indices`}
      title={w('itsIndices')}
      rows={security.indices}
      columns={columns}
      rowKey={({ index }) => index}
      onOpen={({ index }) => navigate(hrefOf(`/indices/${index}`))}
      empty={w('inNoIndex')}
    />
  );
}

/** The trade that the next review forces, from every index of which the data are held, and their net. */
function NextFlow({ security }: { readonly security: SecurityDocument }) {
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

type Fact = SecurityDocument['facts'][number];

function Facts({ security }: { readonly security: SecurityDocument }) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<Fact>[] => [
      {
        id: 'field',
        title: w('fact'),
        value: ({ field }) => field,
        cell: ({ field }) => {
          const key = factKey(field);
          return key === undefined ? field : w(key);
        },
        width: 170,
      },
      {
        id: 'value',
        title: w('figureValue'),
        value: ({ value }) => value,
        cell: ({ value }) => (
          <span title={String(value)}>{plain(value, Number.isInteger(value) ? 0 : 4)}</span>
        ),
        numeric: true,
        width: 130,
      },
      { id: 'asOf', title: w('asOf'), value: ({ asOf }) => asOf, width: 100 },
      { id: 'knownOn', title: w('knownOn'), value: ({ knownOn }) => knownOn, width: 100 },
      {
        id: 'quality',
        title: w('quality'),
        value: ({ quality }) => quality,
        cell: ({ quality, note }) => (
          <span className={quality === 'reported' ? '' : 'doubt'} title={note}>
            {w(qualityKey(quality))}
          </span>
        ),
        width: 110,
      },
      {
        id: 'source',
        title: w('source'),
        value: ({ source }) => source,
        cell: ({ source, note }) => <span title={note}>{source}</span>,
        width: 260,
      },
    ],
    [w],
  );
  return (
    <DataTable
      name={`${security.id} facts`}
      title={w('facts')}
      rows={security.facts}
      columns={columns}
      rowKey={({ field, asOf, knownOn }) => `${field} ${asOf} ${knownOn}`}
      empty={w('noFacts')}
      maxHeight={360}
    />
  );
}
