/** The quality of a report: flags with their numbers, thresholds and known false alarms; scores with their terms. */
import { useMemo, useState } from 'react';
import { inputWord, withPeriodWords, type Language } from '../../../core/index.js';
import { useKnownAt } from '../../api/queries.js';
import { useEarnings } from '../../api/valueQueries.js';
import type { EarningsDocument } from '../../api/valueTypes.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { percent, plain } from '../../format.js';
import { useWords } from '../../words/useWords.js';
import { inputOf } from './EarningsPage.js';
import { FoldedInputs, Inputs, nameOf, Sources } from './Inputs.js';
import { PeriodChoice } from './PeriodChoice.js';
import { ValueHead } from './ValueHead.js';

export function QualityPage({ parts: [, company, period] }: { readonly parts: readonly string[] }) {
  const { w, of } = useWords();
  const asked = useEarnings(company, period, useKnownAt());
  const name = asked.data?.name;
  return (
    <>
      <ValueHead
        tab="quality"
        company={company}
        title={
          <>
            {name === undefined ? company : of(name)} <span className="light">{withPeriodWords(period)}</span>
          </>
        }
        note={w('qualityNote')}
      />
      <PeriodChoice page="quality" company={company} period={period} />
      <Loaded asked={asked} shape="table">
        {(document) => <Quality document={document} />}
      </Loaded>
    </>
  );
}

type Flag = EarningsDocument['flags'][number];

function flagValue({ value, unit }: Flag): string {
  if (value === null) return '\u2013';
  if (unit === 'fraction') return percent(value, 1);
  return unit === 'days' ? plain(value) : plain(value, 2);
}

/** In the unit of the value beside it. */
const flagThreshold = ({ threshold, unit }: Flag): string =>
  unit === 'fraction' ? threshold.replace(/-?[\d.]+/, (limit) => percent(Number(limit), 0)) : threshold;

function Quality({ document }: { readonly document: EarningsDocument }) {
  const words = useWords();
  const { w, of } = words;
  const raised = document.flags.filter(({ fired }) => fired);
  const [chosen, choose] = useState<string>();
  const flag = document.flags.find(({ id }) => id === chosen) ?? raised[0] ?? document.flags[0];
  const columns = useMemo(
    (): Column<Flag>[] => [
      {
        id: 'fired',
        title: w('raised'),
        value: ({ fired }) => fired,
        cell: ({ fired }) => (fired ? <strong className="doubt">{'!'}</strong> : ''),
        width: 64,
      },
      {
        id: 'flag',
        title: w('flag'),
        value: ({ id }) => id,
        cell: ({ id }) => nameOf(id, words),
        width: 150,
      },
      {
        id: 'value',
        title: w('figureValue'),
        value: ({ value }) => value,
        cell: flagValue,
        numeric: true,
        width: 90,
      },
      {
        id: 'threshold',
        title: w('threshold'),
        value: ({ threshold }) => threshold,
        cell: flagThreshold,
        width: 84,
      },
      { id: 'why', title: w('numbers'), value: ({ why }) => of(why), width: 380 },
    ],
    [w, of, words],
  );
  return (
    <>
      <section className="panel summary outcome" aria-live="polite">
        <p className="headline">
          {w('qualityFinding', {
            n: raised.length,
            of: document.flags.filter(({ value }) => value !== null).length,
            names: raised.map(({ id }) => nameOf(id, words)).join(words.language === 'zh' ? '\u3001' : ', '),
          })}
        </p>
        <p className="muted">
          {w('surprise')}:{' '}
          {document.surprise.value === null
            ? document.surprise.why && of(document.surprise.why)
            : plain(document.surprise.value, 2)}{' '}
          {document.surprise.value !== null && <Sources inputs={document.surprise.inputs} />}
        </p>
      </section>
      <DataTable
        name={`${document.id} ${document.period} flags`}
        title={w('flags')}
        rows={document.flags}
        columns={columns}
        rowKey={({ id }) => id}
        selected={flag.id}
        onWhy={({ id }) => choose(id)}
        onOpen={({ id }) => choose(id)}
      />
      <Inputs title={nameOf(flag.id, words)} inputs={flag.inputs.map(inputOf)}>
        <p>{of(flag.why)}</p>
        <p>
          <strong>{w('wrongWhen')}</strong> {of(flag.falseAlarms)}
        </p>
      </Inputs>
      <Scores document={document} />
      <FindingsPanel findings={document.findings} />
      <ProvenanceLine provenance={document.provenance} />
    </>
  );
}

/** `totalAssets before` as the line and its year. */
const lineWord = (line: string, year: number, language: Language): string =>
  inputWord(line.replace(/ now$/, ` ${year}`).replace(/ before$/, ` ${year - 1}`), language);

type Score = EarningsDocument['scores']['list'][number];

function Scores({ document }: { readonly document: EarningsDocument }) {
  const words = useWords();
  const { w, of, language } = words;
  const { year, list } = document.scores;
  const columns = useMemo(
    (): Column<Score>[] => [
      {
        id: 'score',
        title: w('score'),
        value: ({ id }) => id,
        cell: ({ id }) => nameOf(id, words),
        width: 130,
      },
      {
        id: 'value',
        title: w('figureValue'),
        value: ({ value }) => value,
        cell: ({ value, warns }) => (
          <span className={warns ? 'doubt' : ''}>{value === null ? '\u2013' : plain(value, 3)}</span>
        ),
        numeric: true,
        width: 80,
      },
      { id: 'threshold', title: w('threshold'), value: ({ threshold }) => threshold, width: 84 },
      {
        id: 'terms',
        title: w('termsOrMissing'),
        value: ({ terms, missing }) =>
          terms.length > 0
            ? terms.map((one) => `${one.id} ${plain(one.value, 3)}`).join(', ')
            : `${w('missingLines')}: ${missing.map((line) => lineWord(line, year, language)).join(language === 'zh' ? '\u3001' : ', ')}`,
        width: 420,
      },
      { id: 'wrong', title: w('wrongWhen'), value: ({ falseAlarms }) => of(falseAlarms), width: 380 },
    ],
    [w, of, words, year, language],
  );
  return (
    <>
      <DataTable
        name={`${document.id} ${year} scores`}
        title={w('scoresOf', { year })}
        rows={list}
        columns={columns}
        rowKey={({ id }) => id}
      />
      {document.scores.inputs.length > 0 && (
        <FoldedInputs title={w('scoresOf', { year })} inputs={document.scores.inputs} />
      )}
    </>
  );
}
