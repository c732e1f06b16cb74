/** What a security did around a day against its index, whether that is unusual, and what of the move was forced flow. */
import { useMemo } from 'react';
import { useCalendar, useFlows, useIndex, useKnownAt, useStudy } from '../../api/queries.js';
import type { StudyDocument } from '../../api/tradingTypes.js';
import type { CalendarDocument, Named } from '../../api/types.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Link } from '../../components/Link.js';
import { Empty, Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { change as signed, percent, plain } from '../../format.js';
import { hrefOf } from '../../state/route.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import { useWords } from '../../words/useWords.js';
import { useIndexHead } from '../ReviewPage.js';
import { AllChanges } from './AllChanges.js';
import { Car } from './Car.js';
import { Split } from './Split.js';
import { StudyControls, wishOf, type StudyWish } from './StudyControls.js';
import { StudyDays, StudyTests } from './StudyTables.js';

export function StudyPage({ parts: [, index] }: { readonly parts: readonly string[] }) {
  const { w, of } = useWords();
  const head = useIndexHead(index);
  const calendar = useCalendar(index);
  const asOf = useKnownAt();
  return (
    <>
      <header className="page-head">
        <div className="title-line">
          <h1>
            <Link href={hrefOf(`/indices/${index}`)} className="quiet">
              {head === undefined ? index : of(head.names)}
            </Link>{' '}
            <span className="light">{w('study')}</span>
          </h1>
        </div>
        <p className="muted">
          {w('studyNote')} {asOf !== undefined && w('studyLooksBack', { date: asOf })}
        </p>
      </header>
      <Loaded asked={calendar} shape="chart">
        {(document) => <WithReviews index={index} calendar={document} />}
      </Loaded>
    </>
  );
}

/** Past reviews that can be chosen from, the newest first. */
const REVIEWS = 4;

function WithReviews({ index, calendar }: { readonly index: string; readonly calendar: CalendarDocument }) {
  const { w } = useWords();
  const reviews = useMemo(
    () =>
      calendar.reviews
        .filter(({ past }) => past)
        .slice(-REVIEWS)
        .toReversed(),
    [calendar],
  );
  const [wanted, change] = useHeldQuery();
  const review = reviews.find(({ effective }) => effective === wanted.get('effective')) ?? reviews[0];
  const members = useMembers(index, review?.effective);
  if (review === undefined) return <Empty>{w('noPastReview')}</Empty>;
  return (
    <Loaded asked={members.asked} shape="chart">
      {() => {
        const security = wanted.get('security')?.slice(0, 6) ?? members.largest;
        if (security === undefined) return <Empty>{w('noTrades')}</Empty>;
        const wish = wishOf(wanted, { security, review });
        return (
          <div className="columns side-main">
            <StudyControls wish={wish} reviews={reviews} members={members.list} change={change} />
            <div>
              <OfSecurity index={index} wish={wish} members={members.list} />
              <AllChanges index={index} />
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

/** Who can be chosen: the names of the review's trades and of the index now; and the largest trade, which is chosen first. */
function useMembers(index: string, effective: string | undefined) {
  const flows = useFlows(index, effective ?? '', {}, { enabled: effective !== undefined });
  const now = useIndex(index);
  const list = useMemo(() => {
    const named = new Map<string, Named>();
    for (const one of [...(flows.data?.trades ?? []), ...(now.data?.constituents ?? [])])
      if (!named.has(one.id)) named.set(one.id, one);
    return [...named.values()];
  }, [flows.data, now.data]);
  const largest = flows.data?.trades.toSorted(
    (a, b) => Math.abs(b.value.amount) - Math.abs(a.value.amount),
  )[0]?.id;
  return { asked: flows, list, largest };
}

interface OfSecurityProps {
  readonly index: string;
  readonly wish: StudyWish;
  readonly members: readonly Named[];
}

function OfSecurity({ index, wish, members }: OfSecurityProps) {
  const { name } = useWords();
  const { security, event, from, to, estimation, benchmark } = wish;
  const asked = useStudy(index, security, { event, from, to, estimation, benchmark });
  const found = members.find(({ id }) => id === security);
  const named = found === undefined ? security : name(found);
  return (
    <>
      <Loaded asked={asked} shape="chart">
        {(document) => <Study document={document} name={named} />}
      </Loaded>
      <Split index={index} wish={wish} name={named} />
      {asked.data !== undefined && (
        <>
          <StudyDays document={asked.data} />
          <FindingsPanel findings={asked.data.findings} />
          <ProvenanceLine provenance={asked.data.provenance} />
        </>
      )}
    </>
  );
}

function Study({ document, name }: { readonly document: StudyDocument; readonly name: string }) {
  const { w } = useWords();
  const { car, tests, model, buyAndHold } = document;
  const { eventDay } = tests;
  return (
    <>
      <section className="panel summary outcome" aria-live="polite">
        <p className="headline">
          {w(tests.car.placebo.pValue < UNUSUAL ? 'studyUnusual' : 'studyUsual', {
            name,
            car: signed(car),
            p: plain(tests.car.placebo.pValue, 3),
            date: document.event,
            day: signed(eventDay.abnormal),
          })}
        </p>
        <dl className="stats">
          <div>
            <dt>{w('beta')}</dt>
            <dd>{plain(model.beta, 2)}</dd>
          </div>
          <div>
            <dt>{w('residualDeviation')}</dt>
            <dd>{percent(model.residualDeviation)}</dd>
          </div>
          <div>
            <dt>{w('estimationDays')}</dt>
            <dd>{model.estimationDays}</dd>
          </div>
          <div>
            <dt>{w('boughtAndHeld')}</dt>
            <dd>{signed(buyAndHold.abnormal)}</dd>
            <dd className="muted">
              {signed(buyAndHold.return)} {w('against')} {signed(buyAndHold.benchmark)}
            </dd>
          </div>
        </dl>
      </section>
      <Car document={document} name={name} />
      <StudyTests document={document} />
    </>
  );
}

/** Rarer than one in twenty shifts of the window. */
const UNUSUAL = 0.05;
