/** Chances of coming in, leaving and being capped, and what may have to be traded, while prices, assets and caps are turned. */
import { useMemo } from 'react';
import { failureText } from '../../core/index.js';
import { ChartFrame } from '../charts/ChartFrame.js';
import { FlowFan, type FanRow } from '../charts/FlowFan.js';
import { LabelledSlider } from '../components/LabelledSlider.js';
import { chance, money } from '../format.js';
import { useWords } from '../words/useWords.js';
import type { WhatIfRequest } from '../worker/runCase.js';
import type { ChanceName, ChanceOutcome, ChanceRequest } from '../worker/runChances.js';
import { useChances } from '../worker/useChances.js';

interface ChancePanelProps {
  readonly index: string;
  readonly request: WhatIfRequest;
  /** Evening chosen by the reader; the announcement when none was. */
  readonly evening: string | undefined;
  readonly onEvening: (evening: string) => void;
  /** Tracked assets as they are. */
  readonly assets: number;
  readonly focus: string;
}

/** Names drawn beside the one that is looked at. */
const DRAWN = 8;

export function ChancePanel(props: ChancePanelProps) {
  const { index, request, evening, onEvening, assets, focus } = props;
  const { w, name, language } = useWords();
  const { effective, prices, caps, assets: given, reading } = request;
  const wish = useMemo(
    (): ChanceRequest => ({
      effective,
      prices,
      caps,
      assets: given,
      reading,
      evening,
      laterAssets: assets,
    }),
    [effective, prices, caps, given, reading, evening, assets],
  );
  const { limits, outcome, failure, stepMs } = useChances(index, effective, wish);
  const names = useMemo(() => {
    const named = new Map(limits?.named.map((one) => [one.id, one]));
    return (id: string): string => {
      const found = named.get(id);
      return found === undefined ? id : name(found);
    };
  }, [limits, name]);
  const evenings = limits?.evenings ?? [];
  const chosen = evening ?? limits?.announced ?? '';
  const at = Math.max(0, evenings.indexOf(chosen));
  return (
    <>
      <section className="panel chances" aria-label={w('chances')}>
        <header className="panel-head">
          <h2>{w('chances')}</h2>
        </header>
        {failure !== undefined && (
          <div className="failure" role="alert">
            <strong>{w('refused')}</strong> <code>{failure.code}</code>
            <p>{failureText(failure, language)}</p>
          </div>
        )}
        {evenings.length > 1 && (
          <LabelledSlider
            label={w('forecastOn')}
            value={at}
            range={[0, evenings.length - 1]}
            step={1}
            base={Math.max(0, evenings.indexOf(limits?.announced ?? ''))}
            shown={evenings[at]}
            onChange={(to) => onEvening(evenings[to])}
          />
        )}
        {outcome === undefined ? (
          <p className="muted" role="status">
            {w('chancesLoading')}
          </p>
        ) : (
          <Figures row={rowsOf(outcome, focus)[0]} />
        )}
        <p className="muted note" data-chance-ms={stepMs} data-kernel-ms={outcome?.computeMs}>
          {stepMs !== undefined &&
            w('simulatedIn', { ms: stepMs.toFixed(0), core: (outcome?.computeMs ?? 0).toFixed(0) })}
        </p>
      </section>
      {outcome !== undefined && <Fan index={index} outcome={outcome} focus={focus} names={names} />}
    </>
  );
}

function Figures({ row: { now, was } }: { readonly row: Row }) {
  const { w, language } = useWords();
  const both = (of: (name: Omit<ChanceName, 'id'>) => string) => (
    <>
      <dd>{of(now)}</dd>
      <dd className="muted">
        {w('asItIs')} {of(was)}
      </dd>
    </>
  );
  return (
    <dl className="stats" aria-live="polite">
      <div data-chance="in">
        <dt>{w('chanceIn')}</dt>
        {both(({ pIn }) => chance(pIn))}
      </div>
      <div data-chance="out">
        <dt>{w('chanceOut')}</dt>
        {both(({ pIn }) => chance(1 - pIn))}
      </div>
      <div data-chance="capped">
        <dt>{w('chanceCapped')}</dt>
        {both(({ pCapped }) => chance(pCapped))}
      </div>
      <div data-chance="flow">
        <dt>{w('middleFlow')}</dt>
        {both(({ quantiles }) => money(quantiles[2], language, true))}
      </div>
    </dl>
  );
}

interface FanProps {
  readonly index: string;
  readonly outcome: ChanceOutcome;
  readonly focus: string;
  readonly names: (id: string) => string;
}

const NOBODY: Omit<ChanceName, 'id'> = {
  member: false,
  pIn: 0,
  pCapped: 0,
  mean: 0,
  quantiles: [0, 0, 0, 0, 0],
};

function Fan({ index, outcome, focus, names }: FanProps) {
  const { w, language } = useWords();
  const rows = useMemo(() => rowsOf(outcome, focus), [outcome, focus]);
  const shown = rows[0];
  const fan = rows.map(({ now, was }): FanRow => ({
    id: now.id,
    name: names(now.id),
    quantiles: now.quantiles,
    ghost: was.quantiles,
  }));
  const [low, , , , high] = shown.now.quantiles;
  return (
    <ChartFrame
      name={`${index}-chances`}
      title={w('chanceFinding', {
        name: names(shown.now.id),
        low: money(low, language, true),
        high: money(high, language, true),
      })}
      source={w(outcome.announced ? 'sourceChances' : 'sourceChancesRules', {
        date: outcome.evening,
        paths: outcome.paths,
      })}
      table={{
        columns: [w('name'), w('chanceIn'), w('chanceCapped'), '5 %', '25 %', '50 %', '75 %', '95 %'],
        rows: rows.map(({ now }) => [
          names(now.id),
          chance(now.pIn),
          chance(now.pCapped),
          ...now.quantiles.map((value) => money(value, language, true)),
        ]),
      }}
    >
      <FlowFan rows={fan} focus={focus} />
    </ChartFrame>
  );
}

interface Row {
  readonly now: ChanceName;
  readonly was: Omit<ChanceName, 'id'>;
}

/** The name that is looked at first, then those whose trades are largest as it is, so that rows do not jump. */
function rowsOf({ names, base }: ChanceOutcome, focus: string): Row[] {
  const now = new Map(names.map((name) => [name.id, name]));
  const was = new Map(base.map((name) => [name.id, name]));
  const largest = base.toSorted((a, b) => Math.abs(b.mean) - Math.abs(a.mean)).map(({ id }) => id);
  return [...new Set([focus, ...largest])].slice(0, DRAWN).map((id) => ({
    now: now.get(id) ?? { id, ...NOBODY },
    was: was.get(id) ?? NOBODY,
  }));
}
