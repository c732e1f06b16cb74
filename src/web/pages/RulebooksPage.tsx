/** All rulebooks, with how well their clauses are known. */
import { useMemo } from 'react';
import { useRulebooks } from '../api/queries.js';
import type { RulebooksDocument } from '../api/types.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { Link } from '../components/Link.js';
import { Loaded } from '../components/Loaded.js';
import { hrefOf, navigate } from '../state/route.js';
import { confidenceKey } from '../words/fieldWords.js';
import { useWords } from '../words/useWords.js';

type Row = RulebooksDocument['rulebooks'][number];

const CONFIDENCES = ['official', 'replayed', 'secondary', 'inferred', 'unverified'] as const;

export function RulebooksPage() {
  const { w, of } = useWords();
  const columns = useMemo(
    (): Column<Row>[] => [
      { id: 'code', title: w('code'), value: ({ aliases }) => aliases[0] ?? null, width: 120 },
      {
        id: 'name',
        title: w('name'),
        value: ({ names }) => of(names),
        cell: ({ id, names }) => (
          <Link href={hrefOf(`/rulebooks/${id}`)} tabIndex={-1} className="quiet">
            {of(names)}
          </Link>
        ),
        width: 230,
      },
      { id: 'version', title: w('version'), value: ({ version }) => version, width: 80 },
      { id: 'clauses', title: w('clauses'), value: ({ clauses }) => clauses, numeric: true, width: 80 },
      ...CONFIDENCES.map((confidence): Column<Row> => ({
        id: confidence,
        title: w(confidenceKey(confidence)),
        value: (row) => row.confidence[confidence] ?? 0,
        numeric: true,
        width: 100,
      })),
    ],
    [w, of],
  );
  return (
    <>
      <header className="page-head">
        <h1>{w('rulebooks')}</h1>
        <p className="muted">{w('rulebooksNote')}</p>
      </header>
      <Loaded asked={useRulebooks()} shape="table">
        {({ rulebooks }) => (
          <DataTable
            name="rulebooks"
            title={w('rulebooks')}
            rows={rulebooks}
            columns={columns}
            rowKey={({ id }) => id}
            onOpen={({ id }) => navigate(hrefOf(`/rulebooks/${id}`))}
            filterable
            maxHeight={900}
          />
        )}
      </Loaded>
    </>
  );
}
