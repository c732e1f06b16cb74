/** Alerts: a condition on room to the cap, sessions to a date, a flow or a chance, checked against what is shown. */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiFailure, getJson, sendJson } from '../api/client.js';
import { useAlerts } from '../api/queries.js';
import type { AlertBody, AlertCondition, IndicesDocument, StoredDocument } from '../api/types.js';
import { chance, money, points } from '../format.js';
import { documentOf, stateOf } from '../state/alertState.js';
import type { WordKey } from '../words/en.js';
import { REVIEW_DATES } from '../words/fieldWords.js';
import { useWords } from '../words/useWords.js';
import { Failure } from './Loaded.js';

interface AlertsProps {
  readonly indices: IndicesDocument;
}

type Kind = AlertCondition['kind'];

const KINDS: readonly (readonly [Kind, WordKey])[] = [
  ['room-to-cap', 'alertRoom'],
  ['sessions-left', 'alertSessions'],
  ['flow-value', 'alertFlow'],
  ['probability', 'alertChance'],
];

type Side = Extract<AlertCondition, { kind: 'probability' }>['of'];

const SIDES: readonly (readonly [Side, WordKey])[] = [
  ['in', 'chanceIn'],
  ['out', 'chanceOut'],
  ['capped', 'chanceCapped'],
];

const NONE: readonly [] = [];

export function Alerts({ indices }: AlertsProps) {
  const { w } = useWords();
  const queries = useQueryClient();
  const asked = useAlerts();
  const alerts = asked.data?.alerts ?? NONE;
  const states = useStates(alerts, indices);
  const [failure, setFailure] = useState<ApiFailure>();
  const write = async (method: 'PUT' | 'DELETE', id: string, body?: AlertBody): Promise<void> => {
    try {
      setFailure(undefined);
      await sendJson(method, `/alerts/${id}`, body);
      await queries.invalidateQueries({ queryKey: ['/alerts'] });
    } catch (error) {
      if (error instanceof ApiFailure) setFailure(error);
      else throw error;
    }
  };
  return (
    <section className="panel">
      <header className="panel-head">
        <h2>{w('alerts')}</h2>
      </header>
      {asked.error !== null && <Failure failure={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data?.alerts.length === 0 && <div className="empty">{w('alertsEmpty')}</div>}
      <ul className="alerts">
        {alerts.map(({ id, body }, i) => (
          <li key={id} className={states[i]?.met === true ? 'met' : ''}>
            <span aria-hidden="true">{states[i]?.met === true ? '\u25cf' : '\u25cb'}</span>
            <span className="grow">
              {body.name}{' '}
              <span className="muted">
                {w(states[i]?.met === true ? 'alertMet' : 'alertNotMet')}
                {states[i] !== undefined && ` \u00b7 ${states[i].now}`}
              </span>
            </span>
            <button
              type="button"
              className="button small"
              aria-label={`${w('remove')}: ${body.name}`}
              onClick={() => void write('DELETE', id)}
            >
              {'\u00d7'}
            </button>
          </li>
        ))}
      </ul>
      {failure !== undefined && <Failure failure={failure} />}
      <AlertForm indices={indices} onAdd={(body) => void write('PUT', `a${Date.now()}`, body)} />
    </section>
  );
}

interface AlertFormProps extends AlertsProps {
  readonly onAdd: (alert: AlertBody) => void;
}

function AlertForm({ indices, onAdd }: AlertFormProps) {
  const { w, language } = useWords();
  const index = indices.indices.find(({ reviews }) => reviews);
  const [kind, setKind] = useState<Kind>('room-to-cap');
  const [security, setSecurity] = useState('688256');
  const [date, setDate] = useState<string>('announcement');
  const [limit, setLimit] = useState('1');
  const [side, setSide] = useState<Side>('in');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const number = Number(limit);
    if (index === undefined || !Number.isFinite(number)) return;
    const unitOfMoney = language === 'zh' ? 1e8 : 1e9;
    onAdd(alertOf(kind, { index: index.id, security, date, side, number, unit: unitOfMoney }, w));
  };
  const unit: Readonly<Record<Kind, WordKey>> = {
    'room-to-cap': 'pointsBelow',
    'sessions-left': 'sessionsOrFewer',
    'flow-value': 'moneyOrMore',
    probability: 'percentOrMore',
  };
  return (
    <form className="alert-form" onSubmit={add}>
      <select
        className="input small"
        aria-label={w('alertKind')}
        value={kind}
        onChange={(event) => setKind(event.target.value as Kind)}
      >
        {KINDS.map(([one, key]) => (
          <option key={one} value={one}>
            {w(key)}
          </option>
        ))}
      </select>
      {kind === 'sessions-left' ? (
        <select
          className="input small"
          aria-label={w('date')}
          value={date}
          onChange={(event) => setDate(event.target.value)}
        >
          {REVIEW_DATES.filter(({ name }) => name !== 'swap').map(({ name, key }) => (
            <option key={name} value={name}>
              {w(key)}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="input small"
          aria-label={w('code')}
          pattern="[0-9]{6}"
          title={w('codeHint')}
          required
          size={7}
          value={security}
          onChange={(event) => setSecurity(event.target.value)}
        />
      )}
      {kind === 'probability' && (
        <select
          className="input small"
          aria-label={w('chances')}
          value={side}
          onChange={(event) => setSide(event.target.value as Side)}
        >
          {SIDES.map(([one, key]) => (
            <option key={one} value={one}>
              {w(key)}
            </option>
          ))}
        </select>
      )}
      <input
        className="input small"
        aria-label={w(unit[kind])}
        type="number"
        step="any"
        required
        value={limit}
        onChange={(event) => setLimit(event.target.value)}
      />
      <span className="muted">{w(unit[kind])}</span>
      <button type="submit" className="button small">
        {w('addAlert')}
      </button>
    </form>
  );
}

interface Wanted {
  readonly index: string;
  readonly security: string;
  readonly date: string;
  readonly side: Side;
  readonly number: number;
  /** Currency units per unit of the reader. */
  readonly unit: number;
}

function alertOf(
  kind: Kind,
  { index, security, date, side, number, unit }: Wanted,
  w: ReturnType<typeof useWords>['w'],
): AlertBody {
  const [, title] = KINDS.find(([one]) => one === kind) ?? KINDS[0];
  const [, sideTitle] = SIDES.find(([one]) => one === side) ?? SIDES[0];
  const about =
    kind === 'sessions-left'
      ? w(date as WordKey)
      : kind === 'probability'
        ? `${security} ${w(sideTitle)}`
        : security;
  const condition: Readonly<Record<Kind, AlertCondition>> = {
    'room-to-cap': { kind: 'room-to-cap', index, security, below: number / 100 },
    'sessions-left': { kind: 'sessions-left', index, date, sessions: Math.max(0, Math.round(number)) },
    'flow-value': { kind: 'flow-value', index, security, above: number * unit },
    probability: {
      kind: 'probability',
      index,
      security,
      of: side,
      above: Math.min(1, Math.max(0, number / 100)),
    },
  };
  return { name: `${w(title)} ${about} ${number}`, enabled: true, condition: condition[kind] };
}

interface Shown {
  readonly met: boolean;
  /** What it is compared with. */
  readonly now: string;
}

function useStates(
  alerts: readonly StoredDocument<AlertBody>[],
  { indices, knownAt }: IndicesDocument,
): readonly (Shown | undefined)[] {
  const { w, language } = useWords();
  const asked = useQueries({
    queries: alerts.map(({ body: { condition } }) => {
      const next = indices.find(({ id }) => id === condition.index)?.next?.effective ?? '';
      const [path, parameters] = documentOf(condition, next, knownAt);
      return { queryKey: [path, parameters, 'alert'], queryFn: () => getJson<unknown>(path, parameters) };
    }),
  });
  return alerts.map(({ body: { condition } }, i) => {
    const document = asked[i].data;
    const state = document === undefined ? undefined : stateOf(condition, document);
    if (state === undefined) return undefined;
    const { of, met, value } = state;
    if (of === 'points') return { met, now: points(value, language, false) };
    if (of === 'money') return { met, now: money(value, language, true) };
    return { met, now: of === 'chance' ? chance(value) : w('sessionsLeft', { n: value }) };
  });
}
