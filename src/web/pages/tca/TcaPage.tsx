/** What an order that was traded cost: its fills go in, the shortfall comes out in parts that sum to it. */
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { sendCsv, type ApiFailure } from '../../api/client.js';
import { useIndex } from '../../api/queries.js';
import type { TcaDocument } from '../../api/tradingTypes.js';
import { FileDrop } from '../../components/FileDrop.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Empty, Failure } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { useWords } from '../../words/useWords.js';
import { Benchmarks, Parts } from './TcaOutcome.js';
import {
  EXAMPLE_FILLS,
  EXAMPLE_WISH,
  FIELDS,
  FIRST,
  NOTHING,
  parametersOf,
  type TcaWish,
} from './tcaWish.js';

/** Whose members' closes are held. */
const INDEX = 'star-50';

interface AskedTca {
  readonly wish: TcaWish;
  readonly fills: string;
}

export function TcaPage() {
  const { w } = useWords();
  const [wish, setWish] = useState<TcaWish>(NOTHING);
  const [fills, setFills] = useState('');
  const tca = useMutation<TcaDocument, ApiFailure, AskedTca>({
    mutationFn: ({ wish: wanted, fills: text }) =>
      sendCsv<TcaDocument>('/tca', new Blob([text]), parametersOf(wanted)),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    tca.mutate({ wish, fills });
  };
  const showExample = (): void => {
    setWish(EXAMPLE_WISH);
    setFills(EXAMPLE_FILLS);
    tca.mutate({ wish: EXAMPLE_WISH, fills: EXAMPLE_FILLS });
  };
  return (
    <>
      <header className="page-head">
        <h1>{w('tca')}</h1>
        <p className="muted">{w('tcaNote')}</p>
      </header>
      <div className="columns side-main">
        <form className="panel controls" aria-label={w('order')} onSubmit={submit}>
          <header className="panel-head">
            <h2>{w('order')}</h2>
            <span className="grow" />
            <button type="button" className="button small" onClick={showExample}>
              {w('useExample')}
            </button>
          </header>
          <Fills text={fills} onChange={setFills} />
          <Wish wish={wish} onChange={setWish} />
          <button
            type="submit"
            className="button primary"
            disabled={tca.isPending || fills.trim() === '' || wish.security.trim() === ''}
          >
            {w('workOut')}
          </button>
          <p className="muted note">{w('tcaFillsNote')}</p>
        </form>
        <div aria-live="polite" aria-busy={tca.isPending}>
          {tca.isError && <Failure failure={tca.error} onRetry={() => tca.mutate({ wish, fills })} />}
          {tca.data === undefined && !tca.isError && <Empty>{w('tcaEmpty')}</Empty>}
          {tca.data !== undefined && !tca.isError && <Outcome document={tca.data} />}
        </div>
      </div>
    </>
  );
}

function Fills({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  const { w } = useWords();
  return (
    <>
      <FileDrop label={w('fills')} onFile={(file) => void file.text().then(onChange)}>
        <p>{w('fillsDrop')}</p>
      </FileDrop>
      <label className="field">
        <span>{w('fills')}</span>
        <textarea
          className="input fills"
          rows={7}
          spellCheck={false}
          required
          placeholder={EXAMPLE_FILLS}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
    </>
  );
}

function Wish({ wish, onChange }: { readonly wish: TcaWish; readonly onChange: (wish: TcaWish) => void }) {
  const { w, name } = useWords();
  const members = useIndex(INDEX).data?.constituents ?? [];
  return (
    <>
      <label className="field">
        <span>{w('security')}</span>
        <input
          className="input"
          list="tca-securities"
          autoComplete="off"
          required
          placeholder="688256"
          value={wish.security}
          onChange={(event) => onChange({ ...wish, security: event.target.value })}
        />
        <datalist id="tca-securities">
          {members.map((member) => (
            <option key={member.id} value={member.id}>
              {name(member)}
            </option>
          ))}
        </datalist>
      </label>
      {FIELDS.slice(0, FIRST).map((field) => (
        <Field key={field.name} field={field} wish={wish} onChange={onChange} />
      ))}
      <details>
        <summary>{w('moreOfOrder')}</summary>
        {FIELDS.slice(FIRST).map((field) => (
          <Field key={field.name} field={field} wish={wish} onChange={onChange} />
        ))}
      </details>
    </>
  );
}

interface FieldProps {
  readonly field: (typeof FIELDS)[number];
  readonly wish: TcaWish;
  readonly onChange: (wish: TcaWish) => void;
}

function Field({ field: { name, label, mode, hint }, wish, onChange }: FieldProps) {
  const { w } = useWords();
  return (
    <label className="field">
      <span>{w(label)}</span>
      <input
        className="input"
        inputMode={mode}
        autoComplete="off"
        placeholder={w(hint)}
        value={wish[name]}
        onChange={(event) => onChange({ ...wish, [name]: event.target.value })}
      />
    </label>
  );
}

function Outcome({ document }: { readonly document: TcaDocument }) {
  const members = useIndex(INDEX).data?.constituents ?? [];
  const { name } = useWords();
  const found = members.find(({ id }) => id === document.security);
  return (
    <>
      <Parts document={document} name={found === undefined ? document.security : name(found)} />
      <Benchmarks document={document} />
      <FindingsPanel findings={document.findings} />
      <ProvenanceLine provenance={document.provenance} />
    </>
  );
}
