/** What is behind a fund, route by route, and which funds a name is in. */
import { useMemo } from 'react';
import { formulaWord } from '../../../core/index.js';
import { useFunds, useHolders, useLookThrough, useValueDay } from '../../api/valueQueries.js';
import type { HoldersDocument, LookThroughDocument } from '../../api/valueTypes.js';
import { DayField } from '../../components/DayField.js';
import { amountColumn, weightColumn } from '../../components/columns.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Link } from '../../components/Link.js';
import { Loaded } from '../../components/Loaded.js';
import { ProvenanceLine } from '../../components/ProvenanceLine.js';
import { exchangeCode, money, percent, plain } from '../../format.js';
import { hrefOf, navigate } from '../../state/route.js';
import { useHeldQuery } from '../../state/useHeldQuery.js';
import { useWords } from '../../words/useWords.js';
import { Source, sourcesOf } from './Inputs.js';
import { FIRST, ValueHead } from './ValueHead.js';
import { ISO_DATE } from '../../isoDate.js';

export function FundsPage({ parts: [, fund = FIRST.fund] }: { readonly parts: readonly string[] }) {
  const { w, language } = useWords();
  const at = useValueDay();
  const asked = useLookThrough(fund, at);
  const funds = useFunds().data?.funds ?? [];
  const [wanted, change] = useHeldQuery();
  const typed = wanted.get('before') ?? '';
  const before = ISO_DATE.test(typed) ? typed : undefined;
  const security = /^\d{6}$/.test(wanted.get('security') ?? '')
    ? (wanted.get('security') as string)
    : FIRST.company;
  return (
    <>
      <ValueHead tab="lookthrough" title={w('fundsTab')} note={w('fundsNote', { date: at ?? '' })} />
      <label className="field inline">
        <span>{w('fund')}</span>
        <select
          className="input"
          value={fund}
          onChange={(event) => navigate(hrefOf(`/lookthrough/${event.target.value}`, { security, before }))}
        >
          {(funds.length === 0 ? [{ id: fund, nameEn: fund, nameZh: fund }] : funds).map(
            ({ id, nameEn, nameZh }) => (
              <option key={id} value={id}>
                {id} {language === 'zh' ? nameZh : nameEn}
              </option>
            ),
          )}
        </select>
      </label>
      <DayField label={w('compareWithDay')} day={typed} onDay={(against) => change({ before: against })} />
      <div className="columns two">
        <Loaded asked={asked} shape="table">
          {(document) => <Behind document={document} chosen={security} />}
        </Loaded>
        <Holders security={security} at={at} before={before} />
      </div>
    </>
  );
}

/** Less than this unknown is rounding. */
const KNOWN = 0.0005;

type Exposure = LookThroughDocument['exposures'][number];

function Behind({ document, chosen }: { readonly document: LookThroughDocument; readonly chosen: string }) {
  const { w, of, language } = useWords();
  const { fund, exposures, unknown, effectiveN, assets, themes } = document;
  const columns = useMemo(
    (): Column<Exposure>[] => [
      { id: 'id', title: w('code'), value: ({ id }) => id, cell: ({ id }) => exchangeCode(id), width: 100 },
      { id: 'name', title: w('name'), value: ({ name }) => of(name), width: 120 },
      weightColumn({ id: 'weight', title: w('weight'), width: 84 }, ({ weight }) => weight),
      {
        id: 'through',
        title: w('through'),
        value: ({ routes }) => routes.map(({ through }) => through.join(' > ')).join('; '),
        width: 220,
      },
      {
        id: 'source',
        title: w('source'),
        value: ({ routes }) => [...new Set(routes.map(({ source }) => source))].join(' '),
        cell: ({ routes }) =>
          [...new Map(routes.map((route) => [route.source, route])).values()].map(({ source, asOf }) => (
            <span key={source} title={asOf}>
              <Source source={source} />{' '}
            </span>
          )),
        width: 120,
      },
    ],
    [w, of],
  );
  return (
    <div>
      <section className="panel summary outcome" aria-live="polite">
        <p className="headline" title={formulaWord(document.derived.effectiveN.formula, language)}>
          {w(unknown < KNOWN ? 'fundWhole' : 'fundFinding', {
            fund: of(fund.name),
            n: plain(effectiveN.least, 1),
            unknown: percent(unknown, 1),
          })}
        </p>
        <p className="muted">
          {w('followsFund', { id: fund.follows })} <Source source={fund.source} />
          {assets !== null && (
            <>
              {' \u00b7 '}
              {w('trackedAssets')} {money(assets.amount, language)} ({assets.asOf}){' '}
              <Source source={assets.source} />
            </>
          )}
        </p>
        <p className="muted" title={formulaWord(document.derived.themes.formula, language)}>
          {themes.industries
            .filter(({ theme }) => theme !== '')
            .slice(0, 5)
            .map(({ theme, weight }) => `${theme} ${percent(weight, 1)}`)
            .join(' \u00b7 ')}
        </p>
      </section>
      <DataTable
        name={`${fund.id} ${document.at} exposures`}
        title={w('exposures')}
        rows={exposures}
        columns={columns}
        rowKey={({ id }) => id}
        selected={chosen}
        onOpen={({ id }) => navigate(hrefOf(`/lookthrough/${fund.id}`, { security: id }))}
        filterable
      />
      <FindingsPanel findings={document.findings} />
      <ProvenanceLine provenance={document.provenance} />
    </div>
  );
}

type Holder = HoldersDocument['holders'][number];

interface HoldersProps {
  readonly security: string;
  readonly at: string | undefined;
  readonly before: string | undefined;
}

/** Of the weight, and of the assets that the amount is a part of. */
const holderSources = ({ routes, assets }: Holder): string[] =>
  sourcesOf([...routes, ...(assets === null ? [] : [assets])]);

function Holders({ security, at, before }: HoldersProps) {
  const { w, of } = useWords();
  const asked = useHolders(security, at, before);
  const columns = useMemo(
    (): Column<Holder>[] => [
      {
        id: 'fund',
        title: w('fund'),
        value: ({ fund }) => fund.id,
        cell: ({ fund }) => (
          <Link href={hrefOf(`/lookthrough/${fund.id}`, { security })} title={of(fund.name)}>
            {fund.id} {of(fund.name)}
          </Link>
        ),
        width: 180,
      },
      { id: 'follows', title: w('follows'), value: ({ fund }) => fund.follows, width: 98 },
      weightColumn({ id: 'weight', title: w('weight'), width: 80 }, ({ weight }) => weight),
      ...(before === undefined
        ? []
        : [
            weightColumn<Holder>(
              { id: 'weight_before', title: before, width: 112 },
              ({ weightBefore }) => weightBefore,
            ),
          ]),
      amountColumn({ id: 'amount', title: w('amount'), width: 84 }, ({ amount }) => amount?.amount),
      { id: 'weights_of', title: w('weightsOf'), value: ({ weightsOf }) => weightsOf, width: 100 },
      {
        id: 'source',
        title: w('source'),
        value: (holder) => holderSources(holder).join(' '),
        cell: (holder) =>
          holderSources(holder).map((source) => (
            <span key={source}>
              <Source source={source} />{' '}
            </span>
          )),
        width: 110,
      },
    ],
    [w, of, security, before],
  );
  return (
    <Loaded asked={asked} shape="table">
      {(document) => (
        <div>
          <DataTable
            name={`${security} ${document.at} funds`}
            title={w('fundsThatHold', { name: of(document.name) })}
            rows={document.holders}
            columns={columns}
            rowKey={({ fund }) => fund.id}
          />
          {document.notKnown.length > 0 && (
            <p className="muted note">
              {w('notKnownFunds', { funds: document.notKnown.map(({ fund }) => fund.id).join(', ') })}
            </p>
          )}
          <FindingsPanel findings={document.findings} />
        </div>
      )}
    </Loaded>
  );
}
