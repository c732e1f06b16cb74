/** Alerts: a condition on room to the cap, sessions to a date, or the size of a flow, checked against what is shown. */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiFailure, getJson, sendJson } from '../api/client.js';
import { useAlerts } from '../api/queries.js';
import type {
  AlertBody,
  AlertCondition,
  CalendarDocument,
  FlowsDocument,
  IndexDocument,
  IndicesDocument,
  StoredDocument,
} from '../api/types.js';
import { money, points } from '../format.js';
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
];

export function Alerts({ indices }: AlertsProps) {
  const { w } = useWords();
  const queries = useQueryClient();
  const alerts = useAlerts().data?.alerts ?? [];
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
      {alerts.length === 0 && <div className="empty">{w('alertsEmpty')}</div>}
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
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const number = Number(limit);
    if (index === undefined || !Number.isFinite(number)) return;
    onAdd(alertOf(kind, { index: index.id, security, date, number, unit: language === 'zh' ? 1e8 : 1e9 }, w));
  };
  const unit: Readonly<Record<Kind, WordKey>> = {
    'room-to-cap': 'pointsBelow',
    'sessions-left': 'sessionsOrFewer',
    'flow-value': 'moneyOrMore',
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
          required
          size={7}
          value={security}
          onChange={(event) => setSecurity(event.target.value)}
        />
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
  readonly number: number;
  /** Currency units per unit of the reader. */
  readonly unit: number;
}

function alertOf(
  kind: Kind,
  { index, security, date, number, unit }: Wanted,
  w: ReturnType<typeof useWords>['w'],
): AlertBody {
  const [, title] = KINDS.find(([one]) => one === kind) ?? KINDS[0];
  const about = kind === 'sessions-left' ? w(date as WordKey) : security;
  const condition: Readonly<Record<Kind, AlertCondition>> = {
    'room-to-cap': { kind: 'room-to-cap', index, security, below: number / 100 },
    'sessions-left': { kind: 'sessions-left', index, date, sessions: Math.max(0, Math.round(number)) },
    'flow-value': { kind: 'flow-value', index, security, above: number * unit },
  };
  return { name: `${w(title)} ${about} ${number}`, enabled: true, condition: condition[kind] };
}

interface AlertState {
  readonly met: boolean;
  /** What it is compared with. */
  readonly now: string;
}

function useStates(
  alerts: readonly StoredDocument<AlertBody>[],
  { indices, knownAt }: IndicesDocument,
): readonly (AlertState | undefined)[] {
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
    if (document === undefined) return undefined;
    if (condition.kind === 'room-to-cap') {
      const member = (document as IndexDocument).constituents.find(({ id }) => id === condition.security);
      if (member === undefined || member.roomToCap === null) return undefined;
      return { met: member.roomToCap < condition.below, now: points(member.roomToCap, language, false) };
    }
    if (condition.kind === 'sessions-left') {
      const next = (document as CalendarDocument).reviews.find(({ past }) => !past);
      const left = next?.sessionsLeft[condition.date as 'cutoff'];
      if (left === undefined || left === null) return undefined;
      return { met: left <= condition.sessions, now: w('sessionsLeft', { n: left }) };
    }
    const trade = (document as FlowsDocument).trades.find(({ id }) => id === condition.security);
    if (trade === undefined) return undefined;
    const { amount } = trade.value;
    return { met: Math.abs(amount) > condition.above, now: money(amount, language, true) };
  });
}

function documentOf(
  condition: AlertCondition,
  next: string,
  knownAt: string,
): readonly [string, Readonly<Record<string, string>>] {
  const path = `/indices/${condition.index}`;
  if (condition.kind === 'room-to-cap') return [path, { knownAt }];
  if (condition.kind === 'sessions-left') return [`${path}/calendar`, { knownAt }];
  return [`${path}/reviews/${next}/flows`, { knownAt }];
}
