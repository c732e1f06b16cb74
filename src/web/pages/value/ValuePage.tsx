/** What a price implies: the multiples of a day with their inputs, their history, and the growth that would justify them. */
import { useMemo, useState } from 'react';
import { withPeriodWords } from '../../../core/index.js';
import { useValue, useValueDay } from '../../api/valueQueries.js';
import type { FigureDocument, ValueDocument } from '../../api/valueTypes.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Link } from '../../components/Link.js';
import { Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { money, percent, plain } from '../../format.js';
import { hrefOf } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';
import { Implied } from './Implied.js';
import { Inputs, nameOf, Source, Sources, sourcesOf, times } from './Inputs.js';
import { MultipleHistory } from './MultipleHistory.js';
import { Grids } from './Grids.js';
import { FIRST, ValueHead } from './ValueHead.js';

export function ValuePage({ parts: [, company = FIRST.company] }: { readonly parts: readonly string[] }) {
  const { w, of } = useWords();
  const at = useValueDay();
  const asked = useValue(company, at);
  const name = asked.data?.name;
  return (
    <>
      <ValueHead
        tab="value"
        company={company}
        title={
          <>
            {name === undefined ? company : of(name)} <span className="light">{company}</span>
          </>
        }
        note={w('valueNote', { date: at ?? '' })}
      />
      <Loaded asked={asked} shape="chart">
        {(document) => <Value document={document} />}
      </Loaded>
    </>
  );
}

function Value({ document }: { readonly document: ValueDocument }) {
  const { findings, provenance, history } = document;
  return (
    <>
      <Summary document={document} />
      <div className="columns two">
        <div>
          <Multiples document={document} />
        </div>
        <div>
          {history.own.days.length > 1 && <MultipleHistory document={document} />}
          <Peers document={document} />
        </div>
      </div>
      <Implied key={`${document.id} ${document.at}`} document={document} />
      <Grids document={document} />
      <FindingsPanel findings={findings} />
      <ProvenanceLine provenance={provenance} />
    </>
  );
}

function Summary({ document }: { readonly document: ValueDocument }) {
  const { w, of, language } = useWords();
  const { name, price, ttm, peTtm, marketValue, vendor } = document;
  const profit = ttm?.netProfit;
  const perShare = marketValue === null;
  const amount = (value: number): string => (perShare ? plain(value, 2) : money(value, language));
  const stats: readonly (readonly [string, string, string, readonly string[]])[] = [
    [w('price'), `${plain(price.amount, 2)} ${price.currency}`, price.asOf, [price.source]],
    ...(marketValue
      ? [[w('marketValue'), money(marketValue.amount, language), '', sourcesOf(marketValue.inputs)] as const]
      : []),
    ...(profit
      ? [
          [
            w(perShare ? 'perShareTtm' : 'profitTtm'),
            amount(profit.amount),
            w('periodKnown', { period: withPeriodWords(ttm.asOfPeriod), date: ttm.knownSince }),
            sourcesOf(profit.inputs),
          ] as const,
        ]
      : []),
    ...(vendor ? [[w('vendorPe'), times(vendor.pe), vendor.asOf, [vendor.source]] as const] : []),
  ];
  return (
    <section className="panel summary outcome" aria-live="polite">
      <p className="headline">
        {peTtm === null
          ? w('valueNone', { name: of(name) })
          : w('valueFinding', {
              name: of(name),
              pe: times(peTtm),
              price: plain(price.amount, 2),
              profit: profit ? amount(profit.amount) : '',
              currency: price.currency,
            })}
      </p>
      <dl className="stats">
        {stats.map(([title, shown, below, sources]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{shown}</dd>
            <dd className="muted">
              {below}{' '}
              {sources.map((source) => (
                <span key={source}>
                  <Source source={source} />{' '}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Multiples({ document }: { readonly document: ValueDocument }) {
  const words = useWords();
  const { w, of } = words;
  const [chosen, choose] = useState('pe-ttm');
  const columns = useMemo(
    (): Column<FigureDocument>[] => [
      {
        id: 'figure',
        title: w('multiple'),
        value: ({ id }) => id,
        cell: ({ id }) => nameOf(id, words),
        width: 190,
      },
      {
        id: 'value',
        title: w('figureValue'),
        value: ({ value }) => value,
        cell: ({ value, unit }) => (unit === 'fraction' ? percent(value) : times(value)),
        numeric: true,
        width: 90,
      },
      {
        id: 'why',
        title: w('whyNone'),
        value: ({ why }) => (why === null ? '' : of(why)),
        cell: ({ why }) => <span className="muted">{why === null ? '' : of(why)}</span>,
        width: 200,
      },
    ],
    [w, of, words],
  );
  const found = document.multiples.find(({ id }) => id === chosen) ?? document.multiples[0];
  return (
    <>
      <DataTable
        name={`${document.id} ${document.at} multiples`}
        title={w('multiples')}
        rows={document.multiples}
        columns={columns}
        rowKey={({ id }) => id}
        selected={found.id}
        onWhy={({ id }) => choose(id)}
        onOpen={({ id }) => choose(id)}
      />
      <Inputs title={nameOf(found.id, words)} formula={found.formula} inputs={found.inputs}>
        {found.why !== null && <p>{of(found.why)}</p>}
      </Inputs>
    </>
  );
}

type Peer = ValueDocument['peers'][number];

function Peers({ document }: { readonly document: ValueDocument }) {
  const words = useWords();
  const { w, of } = words;
  const own = document.peTtm;
  const columns = useMemo(
    (): Column<Peer>[] => [
      {
        id: 'name',
        title: w('name'),
        value: ({ name }) => of(name),
        cell: ({ id, name }) => <Link href={hrefOf(`/value/${id}`)}>{of(name)}</Link>,
        width: 110,
      },
      {
        id: 'pe',
        title: nameOf('pe-ttm', words),
        value: ({ pe }) => pe,
        cell: ({ pe }) => times(pe),
        numeric: true,
        width: 96,
      },
      {
        id: 'times',
        title: w('timesAsMuch'),
        value: ({ pe }) => (own === null || pe === null ? null : own / pe),
        cell: ({ pe }) => (own === null || pe === null ? '\u2013' : times(own / pe)),
        numeric: true,
        width: 90,
      },
      { id: 'as_of', title: w('asOf'), value: ({ asOf }) => asOf, width: 96 },
      {
        id: 'kind',
        title: w('quotedIn'),
        value: ({ vendor, currency }) => `${vendor ? 'vendor ' : ''}${currency}`,
        cell: ({ vendor, currency }) => (
          <span className="muted">
            {currency} {vendor ? w('asVendor') : ''}
          </span>
        ),
        width: 90,
      },
      {
        id: 'source',
        title: w('source'),
        value: ({ figure }) => sourcesOf(figure.inputs).join(' '),
        cell: ({ figure }) => <Sources inputs={figure.inputs} />,
        width: 80,
      },
    ],
    [w, of, own, words],
  );
  if (document.peers.length === 0) return null;
  return (
    <DataTable
      name={`${document.id} ${document.at} peers`}
      title={w('peers')}
      rows={document.peers}
      columns={columns}
      rowKey={({ id }) => id}
    />
  );
}
