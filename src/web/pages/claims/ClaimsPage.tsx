/** A text is pasted; its claims come back underlined, with the evidence beside them. */
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { sendJson, type ApiFailure } from '../../api/client.js';
import type { ClaimsDocument } from '../../api/claimTypes.js';
import { DayField } from '../../components/DayField.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Empty, Failure } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { useRoute } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';
import { Evidence } from './Evidence.js';
import { exampleText } from './exampleText.js';
import { MarkedText } from './MarkedText.js';
import { Verdicts } from './Verdicts.js';

interface AskedText {
  readonly text: string;
  readonly date: string;
}

const NOTHING: AskedText = { text: '', date: '' };

export function ClaimsPage() {
  const { w, language } = useWords();
  const example = useRoute().query.has('example');
  const [asked, setAsked] = useState<AskedText>(NOTHING);
  const checked = useMutation<ClaimsDocument, ApiFailure, AskedText>({
    mutationFn: ({ text, date }) =>
      sendJson<ClaimsDocument>('POST', '/claims', { text, ...(date !== '' && { date }) }),
  });
  const { mutate } = checked;
  const show = (wanted: AskedText): void => {
    setAsked(wanted);
    mutate(wanted);
  };
  // An address that asks for the example shows it worked out.
  useEffect(() => {
    if (!example) return;
    const wanted = { text: exampleText(language), date: '' };
    setAsked(wanted);
    mutate(wanted);
  }, [example, language, mutate]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate(asked);
  };
  const { data, error, isPending } = checked;
  return (
    <>
      <header className="page-head">
        <h1>{w('claims')}</h1>
        <p className="muted">{w('claimsNote')}</p>
      </header>
      {data !== undefined && error === null ? (
        <Outcome document={data} onAgain={() => checked.reset()} />
      ) : (
        <form
          className="panel claim-form"
          aria-label={w('claimText')}
          aria-busy={isPending}
          onSubmit={submit}
        >
          <header className="panel-head">
            <h2>{w('claimText')}</h2>
            <span className="grow" />
            <button
              type="button"
              className="button small"
              onClick={() => show({ text: exampleText(language), date: '' })}
            >
              {w('useExample')}
            </button>
          </header>
          {error !== null && <Failure failure={error} onRetry={() => mutate(asked)} />}
          <textarea
            aria-label={w('claimText')}
            rows={14}
            maxLength={60_000}
            value={asked.text}
            onChange={(event) => setAsked({ ...asked, text: event.target.value })}
          />
          <div className="claim-actions">
            <DayField
              label={w('writtenOn')}
              day={asked.date}
              onDay={(day) => setAsked({ ...asked, date: day ?? '' })}
            />
            <button type="submit" className="button primary" disabled={isPending || asked.text.trim() === ''}>
              {w('checkNow')}
            </button>
            <span className="muted note">{w('claimsTextNote')}</span>
          </div>
          {asked.text === '' && <Empty>{w('claimsEmpty')}</Empty>}
        </form>
      )}
    </>
  );
}

interface OutcomeProps {
  readonly document: ClaimsDocument;
  readonly onAgain: () => void;
}

function Outcome({ document, onAgain }: OutcomeProps) {
  const { w, language } = useWords();
  const [chosen, setChosen] = useState<number>();
  const { claims, written, watch, text } = document;
  return (
    <>
      <section className="panel claim-summary" aria-label={w('claimLegend')}>
        <Verdicts claims={claims} />
        <span className="grow" />
        <span className="muted">
          {w(written.known ? 'writtenRead' : 'writtenAssumed', { date: written.date })}
        </span>
        <button type="button" className="button small" onClick={onAgain}>
          {w('readAgain')}
        </button>
      </section>
      <div className="columns two">
        <div>
          <section className="panel" aria-label={w('theText')}>
            <h2 className="claim-head">{w('theText')}</h2>
            <MarkedText text={text} claims={claims} chosen={chosen} onChoose={setChosen} />
          </section>
          {watch.length > 0 && (
            <section className="panel">
              <h2 className="claim-head">{w('toWatch')}</h2>
              <ul className="watch-list">
                {watch.map(({ date, what, whatZh, quote }) => (
                  <li key={`${date} ${what}`}>
                    <time dateTime={date}>{date}</time> {language === 'zh' ? whatZh : what}
                    <blockquote className="muted">{quote}</blockquote>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <section aria-label={w('evidence')}>
          {claims.length === 0 && <Empty>{w('claimsNone')}</Empty>}
          {claims.map((claim, i) => (
            <Evidence
              key={`${claim.start} ${claim.why}`}
              id={`claim-${i}`}
              claim={claim}
              chosen={chosen === i}
              onChoose={() => setChosen(i)}
            />
          ))}
        </section>
      </div>
      <FindingsPanel findings={document.findings} />
      <ProvenanceLine provenance={document.provenance} />
    </>
  );
}
