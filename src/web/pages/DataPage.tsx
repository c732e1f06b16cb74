/** What is loaded, how old it is, every doubt about it; and the way to bring in one's own closes. */
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiFailure, sendCsv } from '../api/client.js';
import { useData } from '../api/queries.js';
import type { DataDocument, ImportDocument } from '../api/types.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { FileDrop } from '../components/FileDrop.js';
import { FindingsPanel } from '../components/FindingMark.js';
import { Failure, Loaded } from '../components/Loaded.js';
import { plain } from '../format.js';
import { useWords } from '../words/useWords.js';

export function DataPage() {
  const { w } = useWords();
  return (
    <>
      <header className="page-head">
        <h1>{w('data')}</h1>
        <p className="muted">{w('dataNote')}</p>
      </header>
      <Import />
      <Loaded asked={useData()} shape="table">
        {(data) => <Tables data={data} />}
      </Loaded>
    </>
  );
}

type Step =
  | { readonly at: 'nothing' }
  | { readonly at: 'checking'; readonly file: string }
  | { readonly at: 'checked'; readonly file: File; readonly found: ImportDocument }
  | { readonly at: 'imported'; readonly found: ImportDocument }
  | { readonly at: 'refused'; readonly file: string; readonly failure: ApiFailure };

/** First the file is only checked; nothing is written before its reader has seen what is in it. */
function Import() {
  const { w } = useWords();
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>({ at: 'nothing' });
  const send = async (file: File, check: boolean): Promise<void> => {
    setStep({ at: 'checking', file: file.name });
    try {
      const found = await sendCsv<ImportDocument>('/imports/prices', file, check ? { check: 'true' } : {});
      setStep(check ? { at: 'checked', file, found } : { at: 'imported', found });
      if (!check) await queries.invalidateQueries();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setStep({ at: 'refused', file: file.name, failure: error });
    }
  };
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{w('importTitle')}</h2>
      </header>
      <FileDrop label={w('importTitle')} onFile={(file) => void send(file, true)}>
        <p>{w('importDrop')}</p>
        <p className="muted">{w('importColumns')}</p>
      </FileDrop>
      <div role="status" className="import-state">
        {step.at === 'checking' && w('importChecking', { file: step.file })}
        {step.at === 'checked' && (
          <>
            <p>{w('importFound', found(step.found))}</p>
            <button type="button" className="button primary" onClick={() => void send(step.file, false)}>
              {w('importNow')}
            </button>
          </>
        )}
        {step.at === 'imported' && w('importDone', found(step.found))}
      </div>
      {step.at === 'refused' && (
        <>
          <p>{w('importRefused', { file: step.file, n: step.failure.issues.length })}</p>
          <Failure failure={step.failure} />
        </>
      )}
    </section>
  );
}

const found = ({ rows, securities, from, to }: ImportDocument) => ({ rows, securities, from, to });

type TableRow = DataDocument['tables'][number];
type ImportRow = DataDocument['imports'][number];
type OriginRow = DataDocument['bundles'][number]['origins'][number];

function Tables({ data }: { readonly data: DataDocument }) {
  const { w } = useWords();
  const tables = useMemo(
    (): Column<TableRow>[] => [
      { id: 'bundle', title: w('bundle'), value: ({ bundle }) => bundle, width: 100 },
      { id: 'table', title: w('table'), value: ({ table }) => table, width: 150 },
      {
        id: 'rows',
        title: w('rowCount'),
        value: ({ rows }) => rows,
        cell: ({ rows }) => plain(rows),
        numeric: true,
        width: 90,
      },
      { id: 'from', title: w('from'), value: ({ from }) => from, width: 100 },
      { id: 'to', title: w('until'), value: ({ to }) => to, width: 100 },
      { id: 'origins', title: w('origins'), value: ({ origins }) => origins, width: 120 },
      {
        id: 'sha256',
        title: 'SHA-256',
        value: ({ sha256 }) => sha256,
        cell: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}</code>,
        width: 120,
      },
    ],
    [w],
  );
  const imports = useMemo(
    (): Column<ImportRow>[] => [
      { id: 'imported', title: w('imported'), value: ({ imported }) => imported, width: 200 },
      { id: 'rows', title: w('rowCount'), value: ({ rows }) => rows, numeric: true, width: 90 },
      { id: 'from', title: w('from'), value: ({ from }) => from, width: 110 },
      { id: 'to', title: w('until'), value: ({ to }) => to, width: 110 },
    ],
    [w],
  );
  const origins = useMemo(
    (): Column<OriginRow>[] => [
      { id: 'key', title: w('key'), value: ({ key }) => key, width: 60 },
      {
        id: 'gave',
        title: w('gave'),
        value: ({ gave }) => gave,
        cell: ({ gave }) => <span title={gave}>{gave}</span>,
        width: 320,
      },
      { id: 'repository', title: w('source'), value: ({ repository }) => repository, width: 220 },
      { id: 'licence', title: w('licence'), value: ({ licence }) => licence, width: 120 },
      {
        id: 'commit',
        title: w('version'),
        value: ({ commit }) => commit,
        cell: ({ commit }) => <code title={commit}>{commit.slice(0, 10)}</code>,
        width: 100,
      },
    ],
    [w],
  );
  return (
    <>
      <DataTable
        name="tables"
        title={w('loaded')}
        rows={data.tables}
        columns={tables}
        rowKey={({ bundle, table }) => `${bundle} ${table}`}
      />
      <DataTable
        name="imports"
        title={w('imports')}
        rows={data.imports}
        columns={imports}
        rowKey={({ imported }) => imported}
        empty={w('noImports')}
      />
      <DataTable
        name="origins"
        title={w('origins')}
        rows={data.bundles.flatMap(({ origins: own }) => own)}
        columns={origins}
        rowKey={({ key, repository, gave }) => `${key} ${repository} ${gave}`}
        maxHeight={340}
      />
      <FindingsPanel findings={data.findings} />
    </>
  );
}
