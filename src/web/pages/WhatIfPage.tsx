/** A review with something changed. The core runs beside the page, so the picture follows the hand. */
import { useDeferredValue, useMemo } from 'react';
import { failureText } from '../../core/index.js';
import { useFlows } from '../api/queries.js';
import { ChartFrame } from '../charts/ChartFrame.js';
import { SlopeChart } from '../charts/SlopeChart.js';
import { changeColumn, codeColumn, flowColumn, sharesColumn, weightColumn } from '../components/columns.js';
import { DataTable, type Column } from '../components/DataTable.js';
import { LabelledSlider } from '../components/LabelledSlider.js';
import { ReviewHead } from '../components/ReviewHead.js';
import type { Named } from '../api/types.js';
import { money, percent, plain, points } from '../format.js';
import { changedQuery, navigate } from '../state/route.js';
import { useHeldQuery } from '../state/useHeldQuery.js';
import { useWords } from '../words/useWords.js';
import type { WhatIfMember, WhatIfOutcome, WhatIfRequest } from '../worker/runCase.js';
import { useCase, type CaseState } from '../worker/useCase.js';
import { ChancePanel } from './ChancePanel.js';
import { forcedTradeSentence } from './forcedTradeSentence.js';
import { useIndexHead } from './ReviewPage.js';
import { useReviewAsked } from './useReviewAsked.js';
import { capParameter, nothingChanged, priceParameter, requestOf } from './whatIfQuery.js';

export function WhatIfPage({ parts: [, index, effective] }: { readonly parts: readonly string[] }) {
  const { w, of, language } = useWords();
  const asked = useReviewAsked(index, effective);
  const head = useIndexHead(index);
  const wish = useWish(effective);
  const state = useCase(index, wish.request);
  const names = useNames(index, effective, asked.known);
  return (
    <>
      <ReviewHead
        index={index}
        title={head === undefined ? index : of(head.names)}
        effective={effective}
        page="whatIf"
        calendar={asked.calendar.data}
        previous={asked.previous}
        next={asked.next}
        knownAt={asked.knownAt}
      />
      {state.base === undefined || state.limits === undefined ? (
        <Waiting state={state} />
      ) : (
        <div className="columns side-main">
          <Controls state={state} base={state.base} wish={wish} names={names} />
          <div>
            {state.failure !== undefined && (
              <div className="failure" role="alert">
                <strong>{w('refused')}</strong> <code>{state.failure.code}</code>
                <p>{failureText(state.failure, language)}</p>
              </div>
            )}
            <Outcome state={state} base={state.base} names={names} focus={wish.focus} index={index} />
            <ChancePanel
              index={index}
              request={wish.request}
              evening={wish.evening}
              onEvening={(evening) => wish.change({ evening })}
              assets={state.base.assets}
              focus={wish.focus ?? largest(state.base.members, 1)[0].id}
            />
          </div>
        </div>
      )}
    </>
  );
}

interface Wish {
  readonly request: WhatIfRequest;
  /** The security whose price is turned and whose trade is shown; the largest trade when nobody chose. */
  readonly focus: string | undefined;
  /** Whose forecast is shown. */
  readonly evening: string | undefined;
  readonly change: (change: Readonly<Record<string, string | undefined>>) => void;
  readonly reset: () => void;
}

function useWish(effective: string): Wish {
  const [wanted, change] = useHeldQuery();
  return useMemo(
    () => ({
      request: requestOf(wanted, effective),
      focus: wanted.get('security') ?? undefined,
      evening: wanted.get('evening') ?? undefined,
      change,
      reset: () => change(nothingChanged(wanted)),
    }),
    [wanted, change, effective],
  );
}

type Names = (id: string) => string;

function useNames(
  index: string,
  effective: string,
  known: Readonly<Record<string, string | number | undefined>> | undefined,
): Names {
  const { name } = useWords();
  const flows = useFlows(index, effective, { knownAt: known?.knownAt }, { enabled: known !== undefined });
  return useMemo(() => {
    const named = new Map<string, Named>(flows.data?.trades.map((trade) => [trade.id, trade]));
    return (id) => {
      const found = named.get(id);
      return found === undefined ? id : name(found);
    };
  }, [flows.data, name]);
}

function Waiting({ state: { failure } }: { readonly state: CaseState }) {
  const { w, language } = useWords();
  if (failure !== undefined) {
    return (
      <div className="failure" role="alert">
        <strong>{w('refused')}</strong> <code>{failure.code}</code>
        <p>{failureText(failure, language)}</p>
      </div>
    );
  }
  return (
    <>
      <p className="muted">{w('caseLoading')}</p>
      <div className="skeleton skeleton-chart" role="status" aria-label={w('loading')}>
        <div />
      </div>
    </>
  );
}

interface ControlsProps {
  readonly state: CaseState;
  readonly base: WhatIfOutcome;
  readonly wish: Wish;
  readonly names: Names;
}

const CHOICES = 12;
/** As factors on what is. */
const PRICE_RANGE = [0.5, 1.5] as const;
const ASSET_RANGE = [0.5, 2] as const;
const CAP_STEP = 0.005;
const LARGEST_CAP = 0.5;

function Controls({ state, base, wish, names }: ControlsProps) {
  const { w, language } = useWords();
  const { request, change } = wish;
  const { limits } = state;
  const choices = useMemo(() => largest(base.members, CHOICES), [base]);
  const focus = wish.focus ?? choices[0].id;
  const factor = request.prices[focus] ?? 1;
  const price = base.members.find(({ id }) => id === focus)?.price;
  const assets = request.assets ?? base.assets;
  const evenings = limits?.evenings ?? [];
  const evening = evenings.indexOf(request.knownAt ?? base.knownAt);
  const listed = choices.some(({ id }) => id === focus)
    ? choices
    : [...choices, ...base.members.filter(({ id }) => id === focus)];
  return (
    <section className="panel controls" aria-label={w('whatIf')}>
      <header className="panel-head">
        <h2>{w('whatIf')}</h2>
        <span className="grow" />
        <button type="button" className="button small" onClick={wish.reset}>
          {w('reset')}
        </button>
      </header>
      <label className="field">
        <span>{w('security')}</span>
        <select
          className="input"
          value={focus}
          onChange={(event) => change({ security: event.target.value })}
        >
          {listed.map(({ id }) => (
            <option key={id} value={id}>
              {names(id)} {id}
            </option>
          ))}
        </select>
      </label>
      <LabelledSlider
        label={w('itsPrice', { name: names(focus) })}
        value={factor}
        range={PRICE_RANGE}
        step={0.01}
        base={1}
        shown={`${plain((price ?? 0) * factor, 2)} (${factor === 1 ? w('asItIs') : `\u00d7${factor.toFixed(2)}`})`}
        onChange={(value) => change(priceParameter(focus, value))}
      />
      <LabelledSlider
        label={w('trackedAssets')}
        value={assets / base.assets}
        range={ASSET_RANGE}
        step={0.01}
        base={1}
        shown={money(assets, language)}
        onChange={(value) => change({ assets: value === 1 ? undefined : String(base.assets * value) })}
      />
      {limits?.caps.map(({ id, limit }) => (
        <LabelledSlider
          key={id}
          label={id}
          value={request.caps[id] ?? limit}
          range={[Math.min(limit, CAP_STEP * 4), Math.max(limit, LARGEST_CAP)]}
          step={CAP_STEP}
          base={limit}
          shown={percent(request.caps[id] ?? limit, 1)}
          onChange={(value) => change(capParameter(id, Number(value.toFixed(4))))}
        />
      ))}
      {evenings.length > 1 && (
        <LabelledSlider
          label={w('seenOn')}
          value={Math.max(0, evening)}
          range={[0, evenings.length - 1]}
          step={1}
          base={evenings.length - 1}
          shown={evenings[Math.max(0, evening)]}
          onChange={(at) => change({ knownAt: at === evenings.length - 1 ? undefined : evenings[at] })}
        />
      )}
      <label className="field">
        <span>{w('reading')}</span>
        <select
          className="input"
          value={request.reading ?? ''}
          onChange={(event) =>
            change({ reading: event.target.value === '' ? undefined : event.target.value })
          }
        >
          <option value="">{w('default')}</option>
          {limits?.readings.map(({ clause, names: readings }) => (
            <optgroup key={clause} label={clause}>
              {readings.map((reading) => (
                <option key={reading} value={reading}>
                  {reading}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <p className="muted note" data-step-ms={state.stepMs}>
        {state.stepMs !== undefined &&
          w('computedIn', { ms: state.stepMs.toFixed(0), core: (state.changed?.computeMs ?? 0).toFixed(0) })}
      </p>
    </section>
  );
}

const largest = (members: readonly WhatIfMember[], count: number): WhatIfMember[] =>
  members.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, count);

interface OutcomeProps {
  readonly state: CaseState;
  readonly base: WhatIfOutcome;
  readonly names: Names;
  readonly focus: string | undefined;
  readonly index: string;
}

const NAMED = 5;

function Outcome({ state, base, names, focus: chosen, index }: OutcomeProps) {
  const { w, language } = useWords();
  const shown = state.changed ?? base;
  const focus = chosen ?? largest(base.members, 1)[0].id;
  const member = shown.members.find(({ id }) => id === focus) ?? shown.members[0];
  const before = base.members.find(({ id }) => id === focus) ?? base.members[0];
  const named = useMemo(() => {
    const ids = [focus, ...largest(base.members, NAMED).map(({ id }) => id)];
    return [...new Set(ids)].slice(0, NAMED);
  }, [base, focus]);
  const ghosts = useMemo(() => new Map(base.members.map((one) => [one.id, weightsOf(one)])), [base]);
  const lines = shown.members.map((one) => {
    const ghost = ghosts.get(one.id);
    return {
      id: one.id,
      name: names(one.id),
      weights: weightsOf(one),
      ...(ghost === undefined ? {} : { ghost }),
    };
  });
  const stages = [w('before'), w('uncapped'), w('atPricing'), w('after')];
  const trade = forcedTradeSentence({ ...member, name: names(member.id) }, { w, language });
  return (
    <>
      <section className="panel summary outcome" aria-live="polite">
        <p className="headline">{trade}</p>
        <dl className="stats">
          <div>
            <dt>{w('weightAfterwards')}</dt>
            <dd>{percent(member.weightAfter)}</dd>
            <dd className="muted">
              {w('asItIs')} {percent(before.weightAfter)}
            </dd>
          </div>
          <div>
            <dt>{w('value')}</dt>
            <dd>{money(member.value, language, true)}</dd>
            <dd className="muted">
              {w('asItIs')} {money(before.value, language, true)}
            </dd>
          </div>
          <div>
            <dt>{w('turnoverOneWay')}</dt>
            <dd>{percent(shown.turnoverOneWay)}</dd>
            <dd className="muted">
              {w('asItIs')} {percent(base.turnoverOneWay)}
            </dd>
          </div>
          <div>
            <dt>{w('whatBound')}</dt>
            {Object.entries(shown.bound).map(([cap, ids]) => (
              <dd key={cap} className="bound">
                <span className="muted">{cap}</span>{' '}
                {ids.length === 0 ? w('notBound') : ids.map(names).join(w('comma'))}
              </dd>
            ))}
          </div>
        </dl>
      </section>
      <ChartFrame
        name={`${index}-what-if`}
        title={
          member.weightAfter === before.weightAfter
            ? w('whatIfSame', { name: names(member.id), now: percent(member.weightAfter) })
            : w('whatIfFinding', {
                name: names(member.id),
                now: percent(member.weightAfter),
                base: percent(before.weightAfter),
                difference: points(member.weightAfter - before.weightAfter, language),
              })
        }
        source={w('sourceWhatIf', { date: shown.knownAt })}
        table={{
          columns: [w('name'), ...stages],
          rows: lines.map((line) => [line.name, ...line.weights.map((weight) => percent(weight))]),
        }}
      >
        <SlopeChart stages={stages} lines={lines} named={named} focus={focus} height={300} />
      </ChartFrame>
      <Members shown={shown} base={base} names={names} index={index} selected={focus} />
    </>
  );
}

const weightsOf = ({
  weightBefore,
  weightUncapped,
  weightAtPricing,
  weightAfter,
}: WhatIfMember): number[] => [weightBefore, weightUncapped, weightAtPricing, weightAfter];

interface MembersProps {
  readonly shown: WhatIfOutcome;
  readonly base: WhatIfOutcome;
  readonly names: Names;
  readonly index: string;
  readonly selected: string;
}

function Members({ shown, base, names, index, selected }: MembersProps) {
  const words = useWords();
  const { w } = words;
  // The picture first, the table when there is time.
  const later = useDeferredValue(shown);
  const columns = useMemo((): Column<WhatIfMember>[] => {
    const before = new Map(base.members.map((member) => [member.id, member.value]));
    const against = ({ id, value }: WhatIfMember): number => value - (before.get(id) ?? 0);
    const weight = (
      id: 'weightBefore' | 'weightAtPricing' | 'weightAfter',
      title: string,
    ): Column<WhatIfMember> => weightColumn({ id, title, width: 86 }, (member) => member[id]);
    return [
      codeColumn(words),
      { id: 'name', title: w('name'), value: ({ id }) => names(id), width: 130 },
      weight('weightBefore', w('before')),
      weight('weightAtPricing', w('atPricing')),
      weight('weightAfter', w('after')),
      changeColumn(words, (member) => member.weightAfter - member.weightBefore),
      sharesColumn(words, ({ shares }) => shares),
      flowColumn({ id: 'value', title: w('value'), width: 98, about: w('aboutValue') }, ({ value }) => value),
      flowColumn({ id: 'against_base', title: w('againstBase'), width: 104 }, against),
    ];
  }, [base, names, w, words]);
  return (
    <DataTable
      name={`${index} what-if`}
      title={w('weightsAndTrades')}
      rows={later.members}
      columns={columns}
      rowKey={({ id }) => id}
      selected={selected}
      onOpen={({ id }) => navigate(changedQuery({ security: id }), 'replace')}
      sort={{ id: 'value', desc: false }}
      maxHeight={420}
    />
  );
}
