/** Leaderboards: highest prices and the days one passed another, largest market values, returns of indices over a window. */
import { useMemo } from 'react';
import { useLeaders, useValueDay } from '../../api/valueQueries.js';
import type { LeadersDocument } from '../../api/valueTypes.js';
import { DayField } from '../../components/DayField.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Link } from '../../components/Link.js';
import { Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { numberColumn, returnColumn } from '../../components/columns.js';
import { exact, exchangeCode, money, plain } from '../../format.js';
import { hrefOf } from '../../state/route.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import { useWords } from '../../words/useWords.js';
import { Source, Sources, sourcesOf } from './Inputs.js';
import { ValueHead } from './ValueHead.js';
import { ISO_DATE } from '../../isoDate.js';

const KINDS = ['price', 'cap', 'index'] as const;
type Kind = (typeof KINDS)[number];

const KIND_WORDS = { price: 'byPrice', cap: 'byCap', index: 'byReturn' } as const;

export function LeadersPage() {
  const { w } = useWords();
  const day = useValueDay();
  const [wanted, change] = useHeldQuery();
  const by: Kind = KINDS.find((kind) => kind === wanted.get('by')) ?? 'price';
  const from = wanted.get('from') ?? '';
  const against = wanted.get('against') ?? 'csi-300';
  const asked = useLeaders(
    {
      by,
      at: day,
      from: ISO_DATE.test(from) ? from : undefined,
      most: '20',
      against: by === 'index' ? against : undefined,
    },
    day !== undefined,
  );
  return (
    <>
      <ValueHead tab="leaders" title={w('leadersTab')} note={w('leadersNote', { date: day ?? '' })} />
      <section className="panel">
        <div className="pills events" role="group" aria-label={w('leadersTab')}>
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              className="button small"
              aria-pressed={kind === by}
              onClick={() => change({ by: kind === 'price' ? undefined : kind })}
            >
              {w(KIND_WORDS[kind])}
            </button>
          ))}
        </div>
        <DayField label={w('windowFromDay')} day={from} onDay={(first) => change({ from: first })} />
        {by === 'index' && (
          <label className="field inline">
            <span>{w('heldAgainst')}</span>
            <select
              className="input"
              value={against}
              onChange={({ target: { value } }) =>
                change({ against: value === 'csi-300' ? undefined : value })
              }
            >
              {['csi-300', 'sse-composite', 'star-50', 'csi-all-share'].map((id) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </select>
          </label>
        )}
      </section>
      <Loaded asked={asked} shape="table">
        {(document) => (
          <>
            {document.by === 'index' ? <Returns document={document} /> : <Board document={document} />}
            {document.passes.length > 0 && <Passes document={document} />}
            <FindingsPanel findings={document.findings} />
            <ProvenanceLine provenance={document.provenance} />
          </>
        )}
      </Loaded>
    </>
  );
}

type Leader = LeadersDocument['leaders'][number];

function Board({ document }: { readonly document: LeadersDocument }) {
  const { w, of, language } = useWords();
  const byPrice = document.by === 'price';
  const columns = useMemo(
    (): Column<Leader>[] => [
      { id: 'rank', title: '#', value: ({ rank }) => rank, numeric: true, width: 44 },
      { id: 'id', title: w('code'), value: ({ id }) => id, cell: ({ id }) => exchangeCode(id), width: 104 },
      {
        id: 'name',
        title: w('name'),
        value: ({ name }) => of(name),
        cell: ({ id, name }) => (
          <Link href={hrefOf(`/securities/${id}`)} className="quiet">
            {of(name)}
          </Link>
        ),
        width: 170,
      },
      {
        id: 'value',
        title: byPrice ? `${w('price')}, CNY` : `${w('marketValue')}, CNY`,
        value: ({ value }) => value.amount,
        cell: ({ value }) => (
          <span title={exact(value.amount)}>
            {byPrice ? plain(value.amount, 2) : money(value.amount, language)}
          </span>
        ),
        numeric: true,
        width: 130,
      },
      { id: 'as_of', title: w('asOf'), value: ({ asOf }) => asOf, width: 110 },
      {
        id: 'source',
        title: w('source'),
        value: ({ inputs }) => sourcesOf(inputs).join(' '),
        cell: ({ inputs }) => <Sources inputs={inputs} />,
        width: 190,
      },
    ],
    [w, of, language, byPrice],
  );
  return (
    <DataTable
      name={`leaders ${document.by} ${document.at}`}
      title={w(byPrice ? 'byPrice' : 'byCap')}
      rows={document.leaders}
      columns={columns}
      rowKey={({ id }) => id}
    />
  );
}

type Pass = LeadersDocument['passes'][number];

const INTRADAY = { certain: 'certainly', possible: 'possibly', no: 'notSo' } as const;

function Passes({ document }: { readonly document: LeadersDocument }) {
  const { w, of } = useWords();
  const { challenger, holder } = document.passes[0];
  const columns = useMemo(
    (): Column<Pass>[] => [
      { id: 'day', title: w('date'), value: ({ day }) => day, width: 100 },
      numberColumn(
        { id: 'high', title: w('highOf', { id: challenger.id }), width: 110 },
        (pass) => pass.challenger.high,
        (value) => plain(value, 2),
      ),
      numberColumn(
        { id: 'close', title: w('close'), width: 90 },
        (pass) => pass.challenger.close,
        (value) => plain(value, 2),
      ),
      {
        id: 'range',
        title: w('rangeOf', { id: holder.id }),
        value: (pass) => `${pass.holder.low}-${pass.holder.high}`,
        cell: (pass) => `${plain(pass.holder.low, 2)} \u2013 ${plain(pass.holder.high, 2)}`,
        width: 170,
      },
      numberColumn(
        { id: 'other_close', title: w('close'), width: 90 },
        (pass) => pass.holder.close,
        (value) => plain(value, 2),
      ),
      {
        id: 'intraday',
        title: w('withinDay'),
        about: w('aboutIntraday'),
        value: ({ intraday }) => intraday,
        cell: ({ intraday }) => w(INTRADAY[intraday]),
        width: 110,
      },
      {
        id: 'at_close',
        title: w('aboveAtClose'),
        value: ({ atClose }) => atClose,
        cell: ({ atClose }) => w(atClose ? 'certainly' : 'notSo'),
        width: 110,
      },
      {
        id: 'documented',
        title: w('documented'),
        value: ({ documented }) => documented.map(({ what }) => what).join('; '),
        cell: ({ documented }) =>
          documented.map(({ what, source }) => (
            <span key={source} title={what}>
              <Source source={source} />{' '}
            </span>
          )),
        width: 130,
      },
    ],
    [w, challenger.id, holder.id],
  );
  const tables = [
    ...new Set(document.passes.flatMap((pass) => [pass.challenger.source, pass.holder.source])),
  ];
  const first = document.passes.find(({ atClose }) => atClose);
  return (
    <>
      <section className="panel summary outcome">
        <p className="headline">
          {first === undefined
            ? w('passedWithin', {
                id: of(challenger.name),
                other: of(holder.name),
                day: document.passes[0].day,
              })
            : w('passedAtClose', {
                id: of(challenger.name),
                other: of(holder.name),
                day: document.passes[0].day,
                close: first.day,
              })}
        </p>
      </section>
      <DataTable
        name={`passes ${document.at}`}
        title={w('passes')}
        rows={document.passes}
        columns={columns}
        rowKey={({ day }) => day}
      />
      <p className="muted note">
        {w('source')}:{' '}
        {tables.map((source) => (
          <Source key={source} source={source} />
        ))}
      </p>
    </>
  );
}

type IndexReturn = LeadersDocument['returns'][number];

function Returns({ document }: { readonly document: LeadersDocument }) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<IndexReturn>[] => [
      { id: 'id', title: w('index'), value: ({ id }) => id, width: 160 },
      { id: 'from', title: w('windowFromDay'), value: ({ from }) => from, width: 110 },
      { id: 'to', title: w('asOf'), value: ({ to }) => to, width: 110 },
      numberColumn(
        { id: 'first', title: w('firstClose'), width: 100 },
        ({ closes }) => closes[0],
        (value) => plain(value, 2),
      ),
      numberColumn(
        { id: 'last', title: w('lastClose'), width: 100 },
        ({ closes }) => closes[1],
        (value) => plain(value, 2),
      ),
      returnColumn({ id: 'return', title: w('returnOf'), width: 100 }, (row) => row.return),
      returnColumn({ id: 'over', title: w('heldAgainst'), width: 120 }, (row) => row.over),
      {
        id: 'source',
        title: w('source'),
        value: ({ inputs }) => sourcesOf(inputs).join(' '),
        cell: ({ inputs }) => <Sources inputs={inputs} />,
        width: 190,
      },
    ],
    [w],
  );
  return (
    <DataTable
      name={`returns ${document.from} ${document.at}`}
      title={w('byReturn')}
      rows={document.returns}
      columns={columns}
      rowKey={({ id }) => id}
    />
  );
}
