/** A rulebook clause by clause: both languages side by side, the rule as data, its source, and what it decided. */
import { useEffect, useMemo } from 'react';
import { useIndices, useReview, useRulebook, useUniverse } from '../api/queries.js';
import type { ClauseRow, ReviewDocument } from '../api/types.js';
import { Link } from '../components/Link.js';
import { Loaded } from '../components/Loaded.js';
import { reviewPath } from '../components/ReviewHead.js';
import { hrefOf, useRoute } from '../state/route.js';
import { confidenceKey, outcomeWord } from '../words/fieldWords.js';
import { useWords } from '../words/useWords.js';
import { useReviewAsked } from './useReviewAsked.js';

export function RulebookPage({ parts: [, id] }: { readonly parts: readonly string[] }) {
  const { w, of } = useWords();
  const asked = useRulebook(id);
  const effective = useRoute().query.get('review') ?? undefined;
  const head = useIndices().data?.indices.find((index) => index.id === id);
  const review = effective ?? (head?.reviews === true ? head.next?.effective : undefined);
  useEffect(() => {
    if (asked.data === undefined || location.hash === '') return;
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }, [asked.data]);
  return (
    <Loaded asked={asked} shape="text">
      {({ names, aliases, rulebook, clauses }) => (
        <>
          <header className="page-head">
            <div className="title-line">
              <h1>
                {of(names)} <span className="light">{w('rulebook')}</span>
              </h1>
              {head?.reviews === true && (
                <nav className="pills" aria-label={w('pagesOfIndex')}>
                  <Link href={hrefOf(`/indices/${id}`)}>{w('index')}</Link>
                  {review !== undefined && (
                    <Link href={hrefOf(reviewPath(id, review))}>{w('reviewOf', { date: review })}</Link>
                  )}
                </nav>
              )}
            </div>
            <p className="muted">
              {rulebook} {'\u00b7'} {aliases.join(', ')} {'\u00b7'} {w('clauseCount', { n: clauses.length })}
            </p>
          </header>
          {review === undefined ? (
            <Clauses clauses={clauses} decided={() => []} />
          ) : (
            <Decided index={id} effective={review} clauses={clauses} />
          )}
        </>
      )}
    </Loaded>
  );
}

interface DecidedProps {
  readonly index: string;
  readonly effective: string;
  readonly clauses: readonly ClauseRow[];
}

function Decided({ index, effective, clauses }: DecidedProps) {
  const { known } = useReviewAsked(index, effective);
  if (known === undefined) return <Clauses clauses={clauses} decided={() => []} />;
  return <WithReview index={index} effective={effective} clauses={clauses} known={known} />;
}

function WithReview({
  index,
  effective,
  clauses,
  known,
}: DecidedProps & { readonly known: Readonly<Record<string, string | number | undefined>> }) {
  const decided = useDecided(useReview(index, effective, known).data);
  return <Clauses clauses={clauses} decided={decided} />;
}

/** Of each outcome this many names. */
const NAMED = 8;

/** What a clause did in a review, one line per outcome. */
function useDecided(review: ReviewDocument | undefined): (clause: string) => readonly string[] {
  const { w, name, language } = useWords();
  const universe = useUniverse().data;
  return useMemo(() => {
    if (review === undefined) return () => [];
    const named = new Map((universe?.securities ?? []).map((security) => [security.id, name(security)]));
    const listed = (ids: readonly string[]): string => {
      const rest = ids.length - NAMED;
      const shown = ids.slice(0, NAMED).map((id) => named.get(id) ?? id);
      return shown.join(w('comma')) + (rest > 0 ? ` ${w('andMore', { n: rest })}` : '');
    };
    return (clause: string) => {
      const decisions = review.decisions.filter((decision) => decision.clause === clause);
      const outcomes = [...new Set(decisions.map(({ outcome }) => outcome))];
      const bound = review.constraints.filter(({ rule, bound: did }) => rule === clause && did);
      return [
        ...bound.map(({ members }) => `${w('bound')}: ${listed(members)}`),
        ...outcomes.map((outcome) => {
          const ids = decisions.filter((decision) => decision.outcome === outcome).map(({ id }) => id);
          return `${outcomeWord(outcome, language)} (${ids.length}): ${listed(ids)}`;
        }),
      ];
    };
  }, [review, universe, w, name, language]);
}

interface ClausesProps {
  readonly clauses: readonly ClauseRow[];
  readonly decided: (clause: string) => readonly string[];
}

function Clauses({ clauses, decided }: ClausesProps) {
  const { w } = useWords();
  return (
    <div className="clauses">
      {clauses.map((clause) => (
        <article key={`${clause.id} ${clause.from}`} id={clause.id} className="panel clause">
          <header>
            <h2>
              <a href={`#${clause.id}`}>{clause.id}</a>
            </h2>
            <span className="tag">{w(confidenceKey(clause.confidence))}</span>
            <span className="muted">
              {clause.from} {'\u2013'} {clause.to ?? w('inForce')}
            </span>
          </header>
          <div className="wordings">
            <p lang="zh-CN">{clause.zh}</p>
            <p lang="en">{clause.en}</p>
            <pre tabIndex={0} aria-label={`${w('rule')} ${clause.id}`}>
              {ruleText(clause.rule)}
            </pre>
          </div>
          {clause.note !== null && <p className="doubt">{clause.note}</p>}
          <Readings clause={clause} />
          <Decisions lines={decided(clause.id)} />
          <p className="muted cites">
            {w('source')}:{' '}
            {clause.cite.map(({ key, title, url }) => (
              <span key={key}>
                {url === undefined || url === null ? (
                  title
                ) : (
                  <a href={url.startsWith('http') ? url : `https://${url}`} rel="noreferrer" target="_blank">
                    {title}
                  </a>
                )}
                {'. '}
              </span>
            ))}
          </p>
        </article>
      ))}
    </div>
  );
}

function Readings({ clause }: { readonly clause: ClauseRow }) {
  const { w, language } = useWords();
  const readings = Object.entries(clause.readings);
  if (readings.length === 0) return null;
  return (
    <details>
      <summary>
        {w('readings')} ({readings.length}), {w('default')}: <code>{clause.reading}</code>
      </summary>
      <ul className="changes">
        {readings.map(([name, reading]) => (
          <li key={name}>
            <code>{name}</code> {reading[language]}{' '}
            <span className="tag">{w(confidenceKey(reading.confidence))}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Decisions({ lines }: { readonly lines: readonly string[] }) {
  const { w } = useWords();
  if (lines.length === 0) return null;
  return (
    <div className="decided">
      <h3>{w('decidedThisTime')}</h3>
      <ul className="changes">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

/** The rule as the file has it, one field per line. */
const ruleText = (rule: Readonly<Record<string, unknown>>): string =>
  Object.entries(rule)
    .map(([field, value]) => `${field}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
