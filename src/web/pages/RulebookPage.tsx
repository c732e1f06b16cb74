/** A rulebook clause by clause: both languages side by side, the rule as data, its source, and what it decided. */
import { Fragment, useEffect, useMemo } from 'react';
import type { Outcome } from '../../core/index.js';
import { useCalendar, useIndices, useReview, useRulebook, useUniverse } from '../api/queries.js';
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
  const held = head?.reviews === true;
  const last = useCalendar(id, { enabled: held && effective === undefined }).data?.reviews.findLast(
    ({ past }) => past,
  );
  const review = effective ?? (held ? last?.effective : undefined);
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
            <Clauses clauses={clauses} />
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
  if (known === undefined) return <Clauses clauses={clauses} />;
  return <WithReview index={index} effective={effective} clauses={clauses} known={known} />;
}

function WithReview({
  index,
  effective,
  clauses,
  known,
}: DecidedProps & { readonly known: Readonly<Record<string, string | number | undefined>> }) {
  const { data } = useReview(index, effective, known);
  const decided = useMemo(() => (data === undefined ? undefined : decisionsOf(data)), [data]);
  return <Clauses clauses={clauses} {...(decided && { decided })} />;
}

/** What a clause did in a review: whom a cap bound, or who met which fate by it. */
interface Verdict {
  readonly what: Outcome | 'bound';
  readonly ids: readonly string[];
}

interface Decisions {
  readonly review: ReviewDocument;
  readonly of: (clause: string) => readonly Verdict[];
}

function decisionsOf(review: ReviewDocument): Decisions {
  return {
    review,
    of: (clause) => {
      const decisions = review.decisions.filter((decision) => decision.clause === clause);
      const outcomes = [...new Set(decisions.map(({ outcome }) => outcome))];
      const bound = review.constraints.filter(({ rule, bound: did }) => rule === clause && did);
      return [
        ...bound.map(({ members }): Verdict => ({ what: 'bound', ids: members })),
        ...outcomes.map((what): Verdict => ({
          what,
          ids: decisions.filter(({ outcome }) => outcome === what).map(({ id }) => id),
        })),
      ];
    },
  };
}

interface ClausesProps {
  readonly clauses: readonly ClauseRow[];
  /** Absent without a review to tell of. */
  readonly decided?: Decisions;
}

function Clauses({ clauses, decided }: ClausesProps) {
  const { w } = useWords();
  return (
    <div className="clauses">
      {clauses.map((clause) => (
        <article
          key={`${clause.id} ${clause.from}`}
          id={clause.id}
          className="panel clause"
          tabIndex={-1}
          data-step=""
        >
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
          {decided !== undefined && decides(clause) && isInForce(clause, decided.review) && (
            <DecisionList clause={clause.id} decided={decided} />
          )}
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

/** Dates, ranks and weights decide about nobody. */
const decides = ({ id }: ClauseRow): boolean => /^(?:universe|screens|selection|caps)\./.test(id);

const isInForce = ({ from, to }: ClauseRow, { dates: { effective } }: ReviewDocument): boolean =>
  from <= effective && (to === null || effective <= to);

/** Of each outcome this many names; the review page has all. */
const NAMED = 8;

interface DecisionListProps {
  readonly clause: string;
  readonly decided: Decisions;
}

/** How many and whom the clause decided about, each name a way to its reasons on the page of the review. */
function DecisionList({ clause, decided: { review, of } }: DecisionListProps) {
  const { w, name, language } = useWords();
  const universe = useUniverse().data;
  const named = useMemo(
    () => new Map((universe?.securities ?? []).map((security) => [security.id, name(security)])),
    [universe, name],
  );
  const verdicts = of(clause);
  const { effective } = review.dates;
  const about = (id: string): string => hrefOf(reviewPath(review.index, effective), { why: id });
  const members = new Set(review.constituents.map(({ id }) => id));
  const total = verdicts.reduce((sum, { ids }) => sum + ids.length, 0);
  if (total === 0) return <p className="muted note">{w('decidedNothing', { date: effective })}</p>;
  return (
    <div className="decided">
      <h3>
        <Link href={hrefOf(reviewPath(review.index, effective))}>
          {w('decidedThisTime', { date: effective, n: total })}
        </Link>
      </h3>
      <ul className="changes">
        {verdicts.map(({ what, ids }) => (
          <li key={what}>
            {what === 'bound' ? w('bound') : outcomeWord(what, language)} ({ids.length}):{' '}
            {ids.slice(0, NAMED).map((id, i) => (
              <Fragment key={id}>
                {i > 0 && w('comma')}
                {/* Only members have a row on that page; the others have a page of their own. */}
                <Link href={members.has(id) ? about(id) : hrefOf(`/securities/${id}`)}>
                  {named.get(id) ?? id}
                </Link>
              </Fragment>
            ))}
            {ids.length > NAMED && ` ${w('andMore', { n: ids.length - NAMED })}`}
          </li>
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
