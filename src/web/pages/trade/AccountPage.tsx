/** One paper account: what it is worth, its positions, orders and fills, its ledger, and the sessions it lets pass. */
import { useMemo, useState, type FormEvent } from 'react';
import {
  statementUrl,
  useAccount,
  useAccountChanges,
  useOrders,
  useRefusals,
  useStatement,
} from '../../api/accountQueries.js';
import type { AccountDocument, FillRow } from '../../api/accountTypes.js';
import { useUniverse } from '../../api/queries.js';
import type { Named } from '../../api/types.js';
import { FindingsPanel } from '../../components/FindingMark.js';
import { Link } from '../../components/Link.js';
import { Failure, Loaded } from '../../components/Loaded.js';
import { Cash } from '../../components/Figures.js';
import { plain } from '../../format.js';
import { hrefOf } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';
import { Fills, Ledger, Positions, Refusals } from './AccountTables.js';
import { accountAt } from './accountAt.js';
import { OpenOrders, Orders } from './Orders.js';
import { SessionBook } from './SessionBook.js';
import { SessionClock } from './SessionClock.js';

export function AccountPage({ parts: [, name] }: { readonly parts: readonly string[] }) {
  return (
    <Loaded asked={useAccount(name)} shape="table">
      {(account) => <Account key={name} account={account} />}
    </Loaded>
  );
}

function Account({ account }: { readonly account: AccountDocument }) {
  const { w, language } = useWords();
  const { account: id } = account;
  const nameOf = useNames();
  const orders = useOrders(id);
  const statement = useStatement(id);
  const refusals = useRefusals(id);
  return (
    <>
      <header className="page-head">
        <h1>
          <Link href={hrefOf('/trade')} className="quiet">
            {w('account')}
          </Link>{' '}
          <span className="light">{id}</span>
        </h1>
        <p className="muted">
          {accountAt(account, w)} {w('paperOnly')}
        </p>
      </header>
      <Worth account={account} />
      {account.fillsAt === 'session' ? (
        <SessionClock account={account} nameOf={nameOf} />
      ) : (
        <Advance account={account} />
      )}
      <Positions account={account} nameOf={nameOf} />
      <Orders account={account} nameOf={nameOf} />
      {account.fillsAt === 'close' && <OpenOrders account={account} nameOf={nameOf} />}
      <Loaded asked={orders} shape="table">
        {({ fills }) => (
          <>
            <Fills account={id} fills={fills} nameOf={nameOf} />
            {account.clock === null && <LastBook account={id} fills={fills} nameOf={nameOf} />}
          </>
        )}
      </Loaded>
      <Loaded asked={statement} shape="table">
        {({ entries }) => <Ledger account={id} entries={entries} nameOf={nameOf} />}
      </Loaded>
      <p className="pills downloads">
        {['csv', 'xlsx', 'pdf'].map((format) => (
          <a key={format} className="button small" href={statementUrl(id, format, language)} download>
            {w('statementFile', { format: format.toUpperCase() })}
          </a>
        ))}
      </p>
      <Loaded asked={refusals} shape="table">
        {({ refusals: rows }) => <Refusals account={id} refusals={rows} />}
      </Loaded>
      <FindingsPanel findings={account.findings} />
    </>
  );
}

interface LastBookProps {
  readonly account: string;
  readonly fills: readonly FillRow[];
  readonly nameOf: (id: string) => string;
}

/** The book at the moment of the newest fill within a session. */
function LastBook({ account, fills, nameOf }: LastBookProps) {
  const last = fills.filter(({ time }) => time !== null).toSorted(newestFirst)[0] as FillRow | undefined;
  if (last === undefined || last.time === null) return null;
  const { order, security, date, time } = last;
  return (
    <SessionBook
      key={`${order} ${date} ${time}`}
      {...{ account, security, date, time }}
      name={nameOf(security)}
    />
  );
}

const newestFirst = (a: FillRow, b: FillRow): number =>
  `${b.date} ${b.time}`.localeCompare(`${a.date} ${a.time}`);

/** Names of all securities that are known, by code. */
function useNames(): (id: string) => string {
  const { name } = useWords();
  const all = useUniverse().data?.securities;
  return useMemo(() => {
    const byId = new Map<string, Named>((all ?? []).map((one) => [one.id, one]));
    return (id) => {
      const found = byId.get(id);
      return found === undefined ? id : name(found);
    };
  }, [all, name]);
}

function Worth({ account }: { readonly account: AccountDocument }) {
  const { w } = useWords();
  const { feesByKind } = account;
  return (
    <section className="panel summary">
      <dl className="stats">
        <Stat term={w('equity')} value={account.equity.amount} />
        <Stat term={w('available')} value={account.cash.amount} />
        <Stat term={w('unrealised')} value={account.unrealised.amount} flow />
        <Stat term={w('realised')} value={account.realised.amount} flow />
        <Stat term={w('whereDividends')} value={account.dividends.amount} />
        <div>
          <dt>{w('feesPaid')}</dt>
          <dd>{plain(account.fees.amount, 2)}</dd>
          <dd className="muted">
            {w('stampFee')} {plain(feesByKind.stamp.amount, 2)} {'\u00b7'} {w('transferFee')}{' '}
            {plain(feesByKind.transfer.amount, 2)} {'\u00b7'} {w('commissionFee')}{' '}
            {plain(feesByKind.commission.amount, 2)}
          </dd>
        </div>
      </dl>
    </section>
  );
}

interface StatProps {
  readonly term: string;
  readonly value: number;
  readonly flow?: boolean;
}

/** Money of an account is exact to the fen. */
function Stat({ term, value, flow = false }: StatProps) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <Cash value={value} flow={flow} />
      </dd>
    </div>
  );
}

/** Lets sessions pass; the only clock that an account at closes has. */
function Advance({ account }: { readonly account: AccountDocument }) {
  const { w } = useWords();
  const { advance, failure } = useAccountChanges();
  const [to, setTo] = useState('');
  const [next] = account.nextSessions;
  const go = (event: FormEvent): void => {
    event.preventDefault();
    if (to !== '') void advance(account.account, to);
  };
  if (next === undefined) return <p className="muted note">{w('advanceEnd')}</p>;
  return (
    <section className="panel advance" aria-label={w('advanceTo')}>
      <form className="pills" onSubmit={go}>
        <button type="button" className="button primary" onClick={() => void advance(account.account, next)}>
          {w('advance', { date: next })}
        </button>
        <input
          className="input small"
          aria-label={w('advanceTo')}
          placeholder={account.nextSessions.at(-1)}
          inputMode="numeric"
          maxLength={10}
          size={11}
          value={to}
          onChange={({ target }) => setTo(target.value)}
        />
        <button type="submit" className="button">
          {w('advanceTo')}
        </button>
        <span className="muted">{w('advanceHint')}</span>
      </form>
      {failure !== undefined && <Failure failure={failure} />}
    </section>
  );
}
