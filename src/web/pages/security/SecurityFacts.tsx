/** The indices a security is in, and the facts held of it with their sources. */
import { useMemo } from 'react';
import { useIndices } from '../../api/queries.js';
import type { SecurityDocument } from '../../api/types.js';
import { roomColumn, weightColumn } from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { Link } from '../../components/Link.js';
import { plain } from '../../format.js';
import { hrefOf, navigate } from '../../state/route.js';
import { factKey, qualityKey } from '../../words/fieldWords.js';
import { useWords } from '../../words/useWords.js';

type Membership = SecurityDocument['indices'][number];

export function Indices({ security }: { readonly security: SecurityDocument }) {
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

type Fact = SecurityDocument['facts'][number];

export function Facts({ security }: { readonly security: SecurityDocument }) {
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
