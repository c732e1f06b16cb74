/** One review: how every weight got from before to after, who enters and leaves, what bound whom, and why. */
import { useMemo, useState } from 'react';
import { useFlows, useIndices, useReadings, useReview, useRulebook } from '../api/queries.js';
import type {
  ClauseRow,
  FlowsDocument,
  IndexHead,
  ReadingsDocument,
  ReviewDocument,
  ReviewMember,
} from '../api/types.js';
import { ChartFrame } from '../charts/ChartFrame.js';
import { SlopeChart } from '../charts/SlopeChart.js';
import {
  changeColumn,
  codeColumn,
  factorColumn,
  flowColumn,
  nameColumn,
  numberColumn,
  weightColumn,
} from '../components/columns.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { SecurityName } from '../components/Figures.js';
import { FindingsPanel } from '../components/FindingMark.js';
import { Link } from '../components/Link.js';
import { Loaded } from '../components/Loaded.js';
import { ProvenanceLine } from '../components/ProvenanceLine.js';
import { ReviewHead } from '../components/ReviewHead.js';
import { WhyPanel } from '../components/WhyPanel.js';
import { money, percent, plain } from '../format.js';
import { changedQuery, navigate, useRoute } from '../state/route.js';
import { capWords } from '../words/capWords.js';
import { confidenceKey } from '../words/fieldWords.js';
import { useWords } from '../words/useWords.js';
import { useReviewAsked } from './useReviewAsked.js';

export function ReviewPage({ parts: [, index, , effective] }: { readonly parts: readonly string[] }) {
  const asked = useReviewAsked(index, effective);
  const head = useIndexHead(index);
  const { of } = useWords();
  return (
    <>
      <ReviewHead
        index={index}
        title={head === undefined ? index : of(head.names)}
        effective={effective}
        page="review"
        calendar={asked.calendar.data}
        previous={asked.previous}
        next={asked.next}
        knownAt={asked.knownAt}
      />
      {asked.known !== undefined && <Asked index={index} effective={effective} known={asked.known} />}
    </>
  );
}

export function useIndexHead(id: string): IndexHead | undefined {
  return useIndices().data?.indices.find((index) => index.id === id);
}

interface AskedProps {
  readonly index: string;
  readonly effective: string;
  readonly known: Readonly<Record<string, string | number | undefined>>;
}

function Asked({ index, effective, known }: AskedProps) {
  const flows = useFlows(index, effective, known);
  const rulebook = useRulebook(index);
  const asked = useReview(index, effective, known);
  return (
    <>
      <Loaded asked={asked} shape="chart">
        {(review) => (
          <Review review={review} flows={flows.data} clauses={clausesOn(rulebook.data?.clauses, effective)} />
        )}
      </Loaded>
      {asked.error === null && (
        <Readings index={index} effective={effective} known={known} clauses={rulebook.data?.clauses ?? []} />
      )}
    </>
  );
}

/** The versions of the clauses that are in force on a day. */
export const clausesOn = (clauses: readonly ClauseRow[] | undefined, day: string): readonly ClauseRow[] =>
  (clauses ?? []).filter(({ from, to }) => from <= day && (to === null || day <= to));

interface ReviewProps {
  readonly review: ReviewDocument;
  readonly flows: FlowsDocument | undefined;
  readonly clauses: readonly ClauseRow[];
}

const NAMED = 5;

function Review({ review, flows, clauses }: ReviewProps) {
  const { w, name } = useWords();
  const asked = useRoute().query.get('why') ?? undefined;
  const largest = useMemo(() => largestChanges(review.constituents), [review]);
  const [figure, setFigure] = useState('weightAfter');
  const focus = review.constituents.find(({ id }) => id === asked) ?? largest[0];
  const why = (id: string, column: string): void => {
    setFigure(column);
    if (id !== asked) navigate(changedQuery({ why: id }), 'replace');
  };
  const lines = useMemo(
    () =>
      review.constituents.map((member) => ({
        id: member.id,
        name: name(member),
        weights: [member.weightBefore, member.weightUncapped, member.weightAtPricing, member.weightAfter],
      })),
    [review, name],
  );
  const single = singleCap(clauses);
  const [first] = largest;
  const stages = [w('before'), w('uncapped'), w('atPricing'), w('after')];
  return (
    <>
      <Summary review={review} flows={flows} clauses={clauses} />
      <div className="columns main-side">
        <div>
          <ChartFrame
            name={`${review.index}-${review.dates.effective}-weights`}
            title={w(first.boundBy.length > 0 ? 'slopeCapped' : 'slopeFinding', {
              name: name(first),
              before: percent(first.weightBefore),
              pricing: percent(first.weightAtPricing),
              after: percent(first.weightAfter),
            })}
            source={w('sourceReview', { rulebook: review.provenance.rulebook, date: review.knownAt })}
            table={{
              columns: [w('name'), ...stages],
              rows: lines.map((line) => [line.name, ...line.weights.map((weight) => percent(weight))]),
            }}
          >
            <SlopeChart
              stages={stages}
              lines={lines}
              named={largest.map(({ id }) => id)}
              focus={focus.id}
              onFocus={(id) => why(id, 'weightAfter')}
              cap={
                single === undefined
                  ? undefined
                  : { limit: single, label: `${w('cap')} ${percent(single, 0)}` }
              }
            />
          </ChartFrame>
          <Members review={review} flows={flows} selected={focus.id} onWhy={why} />
        </div>
        <WhyPanel review={review} flows={flows} clauses={clauses} member={focus} figure={figure} />
      </div>
      <FindingsPanel findings={review.findings} />
      <ProvenanceLine provenance={review.provenance} />
    </>
  );
}

const changeOf = ({ weightBefore, weightAfter }: ReviewMember): number => weightAfter - weightBefore;

const largestChanges = (members: readonly ReviewMember[]): ReviewMember[] =>
  members.toSorted((a, b) => Math.abs(changeOf(b)) - Math.abs(changeOf(a))).slice(0, NAMED);

export function singleCap(clauses: readonly ClauseRow[]): number | undefined {
  const cap = clauses.find(({ rule }) => rule.kind === 'single')?.rule.cap;
  return typeof cap === 'number' ? cap : undefined;
}

function Summary({ review, flows, clauses }: ReviewProps) {
  const { w, name, language } = useWords();
  const member = new Map(review.constituents.map((one) => [one.id, one]));
  const changed = (id: string, sign: string) => {
    const found = member.get(id);
    if (found === undefined) return null;
    return (
      <li key={id}>
        <strong>
          {sign} <SecurityName of={found} />
        </strong>{' '}
        <span className="muted">
          {found.id} {'\u00b7'} {language === 'zh' ? found.reasonZh : found.reason}
        </span>
      </li>
    );
  };
  return (
    <section className="panel summary">
      <div>
        <h2>{w('changes')}</h2>
        <ul className="changes">
          {review.additions.map((id) => changed(id, '+'))}
          {review.deletions.map((id) => changed(id, '\u2212'))}
          {review.additions.length + review.deletions.length === 0 && <li>{w('noChanges')}</li>}
          {review.differences.map(({ id, why }) => (
            <li key={id} className="doubt">
              {id}: {why[language]}
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h2>{w('whatBound')}</h2>
        <ul className="changes">
          {review.constraints.map(({ rule, bound, members }) => (
            <li key={rule}>
              <strong>{rule}</strong> {capWords(clauses.find(({ id }) => id === rule)?.rule)}{' '}
              {review.provenance.reading[rule] !== undefined && (
                <span className="tag">{review.provenance.reading[rule]}</span>
              )}
              <div className="muted">
                {bound ? bySize(members, member).map(name).join(w('comma')) : w('notBound')}
              </div>
            </li>
          ))}
        </ul>
      </div>
      <dl className="stats">
        <div>
          <dt>{w('turnoverOneWay')}</dt>
          <dd>{percent(review.turnoverOneWay)}</dd>
        </div>
        {flows !== undefined && (
          <>
            <div>
              <dt>{w('trackedAssets')}</dt>
              <dd>{money(flows.trackedAssets.amount, language)}</dd>
            </div>
            <div>
              <dt>{w('tradedOneWay')}</dt>
              <dd>{money(flows.grossOneWay.amount, language)}</dd>
            </div>
          </>
        )}
      </dl>
    </section>
  );
}

const bySize = (ids: readonly string[], members: ReadonlyMap<string, ReviewMember>): ReviewMember[] =>
  ids.flatMap((id) => members.get(id) ?? []).toSorted((a, b) => b.weightUncapped - a.weightUncapped);

interface MembersProps {
  readonly review: ReviewDocument;
  readonly flows: FlowsDocument | undefined;
  readonly selected: string;
  readonly onWhy: (id: string, column: string) => void;
}

function Members({ review, flows, selected, onWhy }: MembersProps) {
  const { w } = useWords();
  const columns = useColumns(review, flows);
  return (
    <DataTable
      name={`${review.index} ${review.dates.effective}`}
      title={w('weightsAndTrades')}
      rows={review.constituents}
      columns={columns}
      rowKey={({ id }) => id}
      selected={selected}
      onWhy={({ id }, column) => onWhy(id, column)}
      onOpen={({ id }) => onWhy(id, 'weightAfter')}
      filterable
    />
  );
}

function useColumns(review: ReviewDocument, flows: FlowsDocument | undefined): Column<ReviewMember>[] {
  const words = useWords();
  return useMemo(() => {
    const { w } = words;
    const trades = new Map(flows?.trades.map((trade) => [trade.id, trade]));
    const weight = (
      id: 'weightBefore' | 'weightUncapped' | 'weightAtPricing' | 'weightAfter',
      title: string,
    ): Column<ReviewMember> => weightColumn({ id, title, width: 76 }, (member) => member[id]);
    return [
      codeColumn(words),
      nameColumn(words, 140, review.findings),
      weight('weightBefore', w('before')),
      weight('weightUncapped', w('uncapped')),
      weight('weightAtPricing', w('atPricing')),
      weight('weightAfter', w('after')),
      changeColumn(words, changeOf),
      flowColumn(
        { id: 'value', title: w('value'), width: 94, about: w('aboutValue') },
        ({ id }) => trades.get(id)?.value.amount,
      ),
      factorColumn(words, ({ cappingFactor }) => cappingFactor),
      {
        id: 'boundBy',
        title: w('boundBy'),
        value: ({ boundBy }) => boundBy.join(' '),
        cell: ({ boundBy }) => boundBy.map((id) => id.replace('caps.', '')).join(' '),
        width: 120,
      },
    ];
  }, [review, flows, words]);
}

interface ReadingsProps extends AskedProps {
  readonly clauses: readonly ClauseRow[];
}

type Reading = ReadingsDocument['readings'][number];

/** What every meaning of an open clause would change, and which one the published levels carry. */
function Readings({ index, effective, known, clauses }: ReadingsProps) {
  const { knownAt } = known;
  const asked = useReadings(index, effective, { knownAt });
  const columns = useReadingColumns(clauses);
  const { w } = useWords();
  return (
    <Loaded asked={asked} shape="table">
      {({ readings }) => (
        <DataTable
          name={`${index} readings`}
          title={w('readings')}
          rows={readings}
          columns={columns}
          rowKey={({ clause, name }) => `${clause} ${name}`}
          onOpen={({ name }) => navigate(changedQuery({ reading: name }))}
        />
      )}
    </Loaded>
  );
}

function useReadingColumns(clauses: readonly ClauseRow[]): Column<Reading>[] {
  const { w, language } = useWords();
  const chosen = useRoute().query.get('reading');
  return useMemo(() => {
    const wording = ({ clause, name }: Reading) => clauses.find(({ id }) => id === clause)?.readings[name];
    const largest = (reading: Reading) => reading.flowDifference[0];
    const error = ({ levelError }: Reading): number | null =>
      levelError.length === 0 ? null : Math.min(...levelError.map((fit) => fit.largest));
    return [
      { id: 'clause', title: w('clause'), value: ({ clause }) => clause, width: 130 },
      {
        id: 'name',
        title: w('reading'),
        value: ({ name }) => name,
        cell: (reading) => (
          <Link href={changedQuery({ reading: reading.default ? undefined : reading.name })} tabIndex={-1}>
            {reading.name}
            {reading.default ? ` (${w('default')})` : ''}
            {reading.name === chosen ? ` \u2713` : ''}
          </Link>
        ),
        width: 150,
      },
      {
        id: 'wording',
        title: w('wording'),
        value: (reading) => wording(reading)?.[language] ?? null,
        cell: (reading) => <span title={wording(reading)?.[language]}>{wording(reading)?.[language]}</span>,
        width: 240,
      },
      {
        id: 'confidence',
        title: w('confidence'),
        value: (reading) => wording(reading)?.confidence ?? null,
        cell: (reading) => w(confidenceKey(wording(reading)?.confidence ?? '')),
        width: 100,
      },
      flowColumn(
        { id: 'difference', title: w('largestDifference'), width: 120 },
        (reading) => largest(reading)?.value.amount ?? 0,
      ),
      numberColumn({ id: 'levelError', title: w('levelError'), width: 120 }, error, (value) =>
        plain(value, 3),
      ),
    ];
  }, [clauses, w, language, chosen]);
}
