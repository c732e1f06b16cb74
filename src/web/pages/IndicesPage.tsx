/** All indices whose rules are held. */
import { useMemo } from 'react';
import { useIndices } from '../api/queries.js';
import type { IndicesDocument } from '../api/types.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { Link } from '../components/Link.js';
import { Loaded } from '../components/Loaded.js';
import { hrefOf, navigate } from '../state/route.js';
import { useWords } from '../words/useWords.js';

type Row = IndicesDocument['indices'][number];

const pathOf = ({ id, reviews }: Row): string => (reviews ? `/indices/${id}` : `/rulebooks/${id}`);

/** Those that reviews can be run for first; otherwise as they come. */
const dataFirst = (indices: readonly Row[]): readonly Row[] =>
  indices.toSorted((a, b) => Number(b.reviews) - Number(a.reviews));

export function IndicesPage() {
  const { w } = useWords();
  const columns = useColumns();
  return (
    <>
      <header className="page-head">
        <h1>{w('indices')}</h1>
        <p className="muted">{w('indicesNote')}</p>
      </header>
      <Loaded asked={useIndices()} shape="table">
        {({ indices }) => (
          <DataTable
            name="indices"
            title={w('indices')}
            rows={dataFirst(indices)}
            columns={columns}
            rowKey={({ id }) => id}
            onOpen={(row) => navigate(hrefOf(pathOf(row)))}
            filterable
            maxHeight={900}
          />
        )}
      </Loaded>
    </>
  );
}

function useColumns(): Column<Row>[] {
  const { w, of } = useWords();
  return useMemo(
    () => [
      { id: 'code', title: w('code'), value: ({ code }) => code, width: 110 },
      {
        id: 'name',
        title: w('name'),
        value: ({ names }) => of(names),
        cell: (row) => (
          <Link href={hrefOf(pathOf(row))} tabIndex={-1} className="quiet">
            {of(row.names)}
          </Link>
        ),
        width: 220,
      },
      { id: 'market', title: w('market'), value: ({ market }) => market, width: 80 },
      {
        id: 'held',
        title: w('held'),
        value: ({ reviews }) => w(reviews ? 'heldAll' : 'rulesOnly'),
        width: 150,
      },
      { id: 'cutoff', title: w('cutoff'), value: ({ next }) => next?.cutoff ?? null, width: 104 },
      {
        id: 'announcement',
        title: w('announcement'),
        value: ({ next }) => next?.announcement ?? null,
        width: 112,
      },
      { id: 'effective', title: w('effective'), value: ({ next }) => next?.effective ?? null, width: 104 },
      { id: 'rulebook', title: w('rulebook'), value: ({ rulebook }) => rulebook, width: 170 },
    ],
    [w, of],
  );
}
