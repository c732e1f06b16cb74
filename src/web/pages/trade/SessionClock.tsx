/** The clock of an account that trades within the session: its next stops, and where it stands the book and the open orders. */
import { useState, type FormEvent } from 'react';
import { useAccountChanges } from '../../api/accountQueries.js';
import type { AccountDocument, ClockDocument } from '../../api/accountTypes.js';
import { Link } from '../../components/Link.js';
import { Failure } from '../../components/Loaded.js';
import { hrefOf } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';
import { OpenOrders } from './Orders.js';
import { SessionBook } from './SessionBook.js';

interface ClockProps {
  readonly account: AccountDocument;
  readonly nameOf: (id: string) => string;
}

export function SessionClock({ account, nameOf }: ClockProps) {
  const { clock } = account;
  return (
    <>
      <Steps account={account} />
      {clock === null ? (
        <OpenOrders account={account} nameOf={nameOf} />
      ) : (
        <div className="columns two at-clock">
          <ClockBook account={account} clock={clock} nameOf={nameOf} />
          <OpenOrders account={account} nameOf={nameOf} />
        </div>
      )}
    </>
  );
}

/** All of them, whether they lie ahead or not: what was pressed keeps the focus. */
const STEPS = ['open', 'minutes5', 'minutes30', 'closing', 'end'] as const;

function Steps({ account: { account, clock, stops, nextSessions } }: Pick<ClockProps, 'account'>) {
  const { w } = useWords();
  const { advance, failure } = useAccountChanges();
  const [to, setTo] = useState('');
  const [next] = nextSessions;
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const [date, time] = to.trim().split(/\s+/);
    if (date !== '') void advance(account, date, time);
  };
  if (next === undefined) return <p className="muted note">{w('advanceEnd')}</p>;
  const now = clock === null ? w('clockBetween', { date: next }) : `${clock.date} ${minuteOf(clock)}`;
  return (
    <section className="panel advance" aria-label={w('clockTitle')}>
      <header className="panel-head">
        <h2>{w('clockTitle')}</h2>
        <strong role="status">{now}</strong>
      </header>
      <form className="pills" onSubmit={go}>
        {STEPS.map((step) => {
          const ahead = stops.find(({ stop }) => stop === step);
          return (
            <button
              key={step}
              type="button"
              className={step === 'end' ? 'button primary' : 'button'}
              aria-disabled={ahead === undefined}
              data-stop={step}
              onClick={() => {
                if (ahead !== undefined) void advance(account, ahead.date, ahead.time ?? undefined);
              }}
            >
              {w(`step_${step}`)}
            </button>
          );
        })}
        <input
          className="input small"
          aria-label={w('advanceTo')}
          placeholder={`${next} 10:30`}
          maxLength={16}
          size={16}
          value={to}
          onChange={({ target }) => setTo(target.value)}
        />
        <button type="submit" className="button">
          {w('advanceTo')}
        </button>
      </form>
      <p className="muted note">{w('advanceHintWithin')}</p>
      {failure !== undefined && <Failure failure={failure} />}
    </section>
  );
}

const minuteOf = ({ time }: Pick<ClockDocument, 'time'>): string => time.slice(0, 5);

/** The book of a security that the account has to do with, the one of its newest order first. */
function ClockBook({ account, clock, nameOf }: ClockProps & { readonly clock: ClockDocument }) {
  const { w } = useWords();
  const [chosen, choose] = useState<string>();
  const { account: id, orders, positions } = account;
  const all = [
    ...new Set([
      ...orders.toReversed().map(({ security }) => security),
      ...positions.map((position) => position.id),
    ]),
  ];
  const security = all.find((one) => one === chosen) ?? all[0];
  if (security === undefined) return null;
  return (
    <div>
      <p className="pills">
        {all.length > 1 && (
          <select
            className="input small"
            aria-label={w('bookSecurity')}
            value={security}
            onChange={({ target }) => choose(target.value)}
          >
            {all.map((one) => (
              <option key={one} value={one}>
                {one} {nameOf(one)}
              </option>
            ))}
          </select>
        )}
        <Link className="button small" href={hrefOf(`/securities/${security}`, { trade: '1', account: id })}>
          {w('placeHere')}
        </Link>
      </p>
      <SessionBook
        key={`${security} ${clock.date} ${clock.time}`}
        {...{ account: id, security, ...clock }}
        name={nameOf(security)}
      />
    </div>
  );
}
