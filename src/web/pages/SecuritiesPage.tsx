/** Every security that can be searched. */
import { useMemo } from 'react';
import { useUniverse } from '../api/queries.js';
import type { SecurityHead } from '../api/types.js';
import { nameColumn } from '../components/columns.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { Loaded } from '../components/Loaded.js';
import { hrefOf, navigate } from '../state/route.js';
import { boardWord } from '../words/fieldWords.js';
import { useWords } from '../words/useWords.js';

export function SecuritiesPage() {
  const words = useWords();
  const { w, otherName, language } = words;
  const columns = useMemo(
    (): Column<SecurityHead>[] => [
      { id: 'code', title: w('code'), value: ({ code }) => code, width: 100 },
      nameColumn(words, 170),
      { id: 'other_name', title: w('nameOther'), value: otherName, width: 150 },
      { id: 'pinyin', title: w('pinyin'), value: ({ pinyin }) => pinyin, width: 80 },
      {
        id: 'board',
        title: w('board'),
        value: ({ board }) => board,
        cell: ({ board }) => boardWord(board, language),
        width: 130,
      },
      { id: 'industry', title: w('industry'), value: ({ industry }) => industry, width: 130 },
      { id: 'listed', title: w('listed'), value: ({ listed }) => listed, width: 104 },
    ],
    [w, words, otherName, language],
  );
  return (
    <>
      <header className="page-head">
        <h1>{w('securities')}</h1>
      </header>
      <Loaded asked={useUniverse()} shape="table">
        {({ securities }) => (
          <DataTable
            name="securities"
            title={w('securities')}
            rows={securities}
            columns={columns}
            rowKey={({ code }) => code}
            onOpen={({ id }) => navigate(hrefOf(`/securities/${id}`))}
            filterable
            maxHeight={760}
          />
        )}
      </Loaded>
    </>
  );
}
