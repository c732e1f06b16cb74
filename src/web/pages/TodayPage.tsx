/** What to watch next: names near their cap, the dates ahead, one's own list and alerts. */
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getJson } from '../api/client.js';
import { useFlows, useIndices, useKnownAt } from '../api/queries.js';
import type {
  Constituent,
  IndexDocument,
  IndicesDocument,
  SecurityDocument,
  TradeRow,
} from '../api/types.js';
import { Alerts } from '../components/Alerts.js';
import {
  changeColumn,
  codeColumn,
  daysColumn,
  flowColumn,
  nameColumn,
  roomColumn,
  weightColumn,
} from '../components/columns.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { Link } from '../components/Link.js';
import { Loaded } from '../components/Loaded.js';
import { flowsPath, reviewPath } from '../components/ReviewHead.js';
import { reportDays, type ReportDay } from '../state/reportDays.js';
import { hrefOf, navigate } from '../state/route.js';
import { useWatchlist } from '../state/watchlist.js';
import { REVIEW_DATES } from '../words/fieldWords.js';
import type { WordKey } from '../words/en.js';
import { useWords } from '../words/useWords.js';
import { useReviewAsked } from './useReviewAsked.js';

export function TodayPage() {
  const { w } = useWords();
  return (
    <Loaded asked={useIndices()} shape="table">
      {(indices) => (
        <>
          <header className="page-head">
            <h1>{w('today')}</h1>
            <p className="muted">{w('todayNote', { date: indices.knownAt })}</p>
          </header>
          <div className="columns two">
            <div>
              <NearCap indices={indices} />
              <FlowsAhead indices={indices} />
              <Watchlist />
            </div>
            <div>
              <Alerts indices={indices} />
              <DatesAhead indices={indices} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

interface NearRow extends Constituent {
  readonly index: string;
  readonly indexNames: IndexDocument['names'];
}

const NEAREST = 8;

function NearCap({ indices: { indices } }: { readonly indices: IndicesDocument }) {
  const words = useWords();
  const { w, of } = words;
  const knownAt = useKnownAt();
  const documents = useQueries({
    queries: indices
      .filter(({ reviews }) => reviews)
      .map(({ id }) => ({
        queryKey: [`/indices/${id}`, { knownAt }],
        queryFn: () => getJson<IndexDocument>(`/indices/${id}`, { knownAt }),
      })),
  });
  const rows = documents
    .flatMap(({ data }) =>
      data === undefined
        ? []
        : data.constituents.map((one) => ({ ...one, index: data.id, indexNames: data.names })),
    )
    .toSorted((a, b) => (a.roomToCap ?? 1) - (b.roomToCap ?? 1))
    .slice(0, NEAREST);
  const columns = useMemo(
    (): Column<NearRow>[] => [
      codeColumn(words),
      nameColumn(words, 130),
      { id: 'index', title: w('index'), value: ({ indexNames }) => of(indexNames), width: 130 },
      weightColumn(
        { id: 'weight', title: w('weight'), width: 84, about: w('aboutWeight') },
        ({ weight }) => weight,
      ),
      roomColumn(
        { id: 'roomToCap', title: w('roomToCap'), width: 108, about: w('aboutRoom') },
        ({ roomToCap }) => roomToCap,
      ),
    ],
    [w, of, words],
  );
  return (
    <DataTable
      name="near the cap"
      title={w('nearCap')}
      rows={rows}
      columns={columns}
      rowKey={({ id, index }) => `${id} ${index}`}
      onOpen={({ id }) => navigate(hrefOf(`/securities/${id}`))}
    />
  );
}

const LARGEST = 6;

/** What the next review of the first index with data forces, as of now. */
function FlowsAhead({ indices: { indices } }: { readonly indices: IndicesDocument }) {
  const found = indices.find(({ reviews, next }) => reviews && next !== null);
  if (found?.next == null) return null;
  return <Flows index={found} effective={found.next.effective} />;
}

interface FlowsProps {
  readonly index: IndicesDocument['indices'][number];
  readonly effective: string;
}

function Flows({ index, effective }: FlowsProps) {
  const words = useWords();
  const { w, of } = words;
  const { known } = useReviewAsked(index.id, effective);
  const flows = useFlows(index.id, effective, known ?? {}, { enabled: known !== undefined });
  const columns = useMemo(
    (): Column<TradeRow>[] => [
      codeColumn(words),
      nameColumn(words, 150),
      changeColumn(words, ({ weightBefore, weightAfter }) => weightAfter - weightBefore),
      flowColumn(
        { id: 'value', title: w('value'), width: 100, about: w('aboutValue') },
        ({ value }) => value.amount,
      ),
      daysColumn(words, ({ daysToTrade }) => daysToTrade),
    ],
    [w, words],
  );
  return (
    <Loaded asked={flows} shape="table">
      {({ trades, dates }) => (
        <DataTable
          name="flows ahead"
          title={`${w('flowsAhead')}: ${w('flowsAheadNote', { index: of(index.names), swap: dates.swap })}`}
          rows={trades
            .toSorted((a, b) => Math.abs(b.value.amount) - Math.abs(a.value.amount))
            .slice(0, LARGEST)}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={() => navigate(hrefOf(flowsPath(index.id, effective)))}
        />
      )}
    </Loaded>
  );
}

interface DateRow {
  readonly date: string;
  readonly what: WordKey;
  readonly market: string;
  /** What it is about and where it leads; nothing for a day of all companies. */
  readonly review?: {
    readonly index: IndicesDocument['indices'][number];
    readonly effective: string;
  };
}

const REPORTS: Readonly<Record<ReportDay['report'], WordKey>> = {
  annual: 'reportsAnnual',
  'half-year': 'reportsHalfYear',
  'third-quarter': 'reportsThirdQuarter',
};

/** So far ahead the days for reports are listed. */
const REPORT_DAYS = 200;

function DatesAhead({ indices: { indices, knownAt } }: { readonly indices: IndicesDocument }) {
  const { w, of } = useWords();
  const rows = useMemo(() => {
    const reviews = indices.flatMap((index): DateRow[] => {
      const { next, market } = index;
      if (next === null) return [];
      return REVIEW_DATES.map(({ name, key }) => ({
        date: next[name],
        what: key,
        market,
        review: { index, effective: next.effective },
      }));
    });
    const until = new Date(Date.parse(knownAt) + REPORT_DAYS * 86_400_000).toISOString().slice(0, 10);
    const reports = reportDays(knownAt, until).map(({ date, report }): DateRow => ({
      date,
      what: REPORTS[report],
      market: 'XSHG',
    }));
    return [...reviews, ...reports]
      .filter(({ date }) => date > knownAt)
      .toSorted((a, b) => (rowKey(a) < rowKey(b) ? -1 : 1));
  }, [indices, knownAt]);
  const open = ({ review }: DateRow): string | undefined =>
    review === undefined
      ? undefined
      : hrefOf(
          review.index.reviews
            ? reviewPath(review.index.id, review.effective)
            : `/rulebooks/${review.index.id}`,
        );
  const columns = useMemo(
    (): Column<DateRow>[] => [
      { id: 'date', title: w('date'), value: ({ date }) => date, width: 100 },
      { id: 'what', title: w('whatHappens'), value: ({ what }) => w(what), width: 130 },
      {
        id: 'index',
        title: w('index'),
        value: ({ review }) => (review === undefined ? w('allListed') : of(review.index.names)),
        cell: (row) => {
          const href = open(row);
          return href === undefined || row.review === undefined ? (
            w('allListed')
          ) : (
            <Link href={href} tabIndex={-1} className="quiet">
              {of(row.review.index.names)}
            </Link>
          );
        },
        width: 190,
      },
      { id: 'market', title: w('market'), value: ({ market }) => market, width: 70 },
    ],
    [w, of],
  );
  return (
    <DataTable
      name="dates ahead"
      title={w('datesAhead')}
      rows={rows}
      columns={columns}
      rowKey={rowKey}
      onOpen={(row) => {
        const href = open(row);
        if (href !== undefined) navigate(href);
      }}
      maxHeight={470}
      filterable
    />
  );
}

const rowKey = ({ date, what, review }: DateRow): string => `${date} ${review?.index.id ?? ''} ${what}`;

interface WatchRow extends SecurityDocument {
  readonly weight: number | null;
  readonly room: number | null;
}

function Watchlist() {
  const words = useWords();
  const { w, name } = words;
  const { ids, toggle } = useWatchlist();
  const knownAt = useKnownAt();
  const documents = useQueries({
    queries: ids.map((id) => ({
      queryKey: [`/securities/${id}`, { knownAt }],
      queryFn: () => getJson<SecurityDocument>(`/securities/${id}`, { knownAt }),
    })),
  });
  const rows = documents.flatMap(({ data }): WatchRow[] => {
    if (data === undefined) return [];
    const [member] = data.indices;
    return [{ ...data, weight: member?.weight ?? null, room: member?.roomToCap ?? null }];
  });
  const columns = useMemo(
    (): Column<WatchRow>[] => [
      { id: 'code', title: w('code'), value: ({ code }) => code, width: 96 },
      nameColumn(words, 130),
      weightColumn(
        { id: 'weight', title: w('weight'), width: 84, about: w('aboutWeight') },
        ({ weight }) => weight,
      ),
      roomColumn(
        { id: 'room', title: w('roomToCap'), width: 108, about: w('aboutRoom') },
        ({ room }) => room,
      ),
      {
        id: 'remove',
        title: w('remove'),
        value: () => null,
        cell: ({ id, ...security }) => (
          <button
            type="button"
            className="button small"
            tabIndex={-1}
            aria-label={`${w('remove')}: ${name({ id, ...security })}`}
            onClick={() => void toggle(id)}
          >
            {'\u00d7'}
          </button>
        ),
        width: 60,
      },
    ],
    [w, words, name, toggle],
  );
  return (
    <DataTable
      name="watchlist"
      title={w('watchlist')}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={({ id }) => navigate(hrefOf(`/securities/${id}`))}
      empty={w('watchlistEmpty')}
    />
  );
}
