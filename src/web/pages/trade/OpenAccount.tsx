/** Opens a paper account: a name, play money, and the close after which it begins. */
import { useState, type FormEvent } from 'react';
import { useAccountChanges } from '../../api/accountQueries.js';
import type { AccountDocument } from '../../api/accountTypes.js';
import { useIndices, useKnownAt } from '../../api/queries.js';
import { Failure } from '../../components/Loaded.js';
import { useWords } from '../../words/useWords.js';

const USUAL_CASH = '10000000';

export function OpenAccount({ onOpened }: { readonly onOpened: (account: string) => void }) {
  const { w, language } = useWords();
  const { open, failure } = useAccountChanges();
  const knownAt = useKnownAt();
  const lastClose = useIndices().data?.knownAt;
  const [name, setName] = useState(language === 'zh' ? '模拟' : 'paper');
  const [cash, setCash] = useState(USUAL_CASH);
  const [fills, setFills] = useState<AccountDocument['fillsAt']>('close');
  const [flows, setFlows] = useState(false);
  const [typedDay, setDay] = useState<string>();
  const day = typedDay ?? knownAt ?? lastClose ?? '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (
      await open(name, {
        cash: Number(cash.replaceAll(/[,\s]/g, '')),
        day,
        fills,
        flows: flows && fills === 'session',
      })
    )
      onOpened(name);
  };
  return (
    <form className="panel controls open-account" onSubmit={(event) => void submit(event)}>
      <header className="panel-head">
        <h2>{w('newAccount')}</h2>
      </header>
      <div className="fields">
        <label className="field">
          <span>{w('accountName')}</span>
          <input
            className="input"
            required
            maxLength={64}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <label className="field">
          <span>{w('openingCash')}</span>
          <input
            className="input"
            required
            inputMode="decimal"
            value={cash}
            onChange={({ target }) => setCash(target.value)}
          />
        </label>
        <label className="field">
          <span>{w('openingDay')}</span>
          <input
            className="input"
            required
            inputMode="numeric"
            maxLength={10}
            value={day}
            onChange={({ target }) => setDay(target.value)}
          />
        </label>
        <label className="field">
          <span>{w('fillsAt')}</span>
          <select
            className="input"
            value={fills}
            onChange={({ target }) => setFills(target.value as AccountDocument['fillsAt'])}
          >
            <option value="close">{w('fillsClose')}</option>
            <option value="session">{w('fillsSession')}</option>
          </select>
        </label>
      </div>
      <p className="muted">{w('openingHint')}</p>
      {fills === 'session' && (
        <>
          <p className="muted">{w('fillsHint')}</p>
          <label className="tick">
            <input type="checkbox" checked={flows} onChange={({ target }) => setFlows(target.checked)} />
            {w('flowsIn')}
          </label>
        </>
      )}
      {failure !== undefined && <Failure failure={failure} />}
      <button type="submit" className="button primary">
        {w('openAccount')}
      </button>
    </form>
  );
}
