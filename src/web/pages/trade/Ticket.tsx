/**
 * The order ticket of a security. What is typed is checked against the venue's rules while it is typed; before it is placed the
 * whole order is said as a sentence.
 */
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useAccount, useAccountChanges, useAccounts, usePreview } from '../../api/accountQueries.js';
import type { AccountDocument, OrderRow, OrderSent, PreviewDocument } from '../../api/accountTypes.js';
import { usePrices } from '../../api/queries.js';
import type { SecurityDocument } from '../../api/types.js';
import { Link } from '../../components/Link.js';
import { Failure, Loaded } from '../../components/Loaded.js';
import { plain } from '../../format.js';
import { changedQuery, hrefOf, navigate, useRoute } from '../../state/route.js';
import { useSettled } from '../../state/useSettled.js';
import { stateKey } from '../../words/orderWords.js';
import { useWords } from '../../words/useWords.js';
import { accountAt } from './accountAt.js';
import { EMPTY_DRAFT, readDraft, type Draft } from './draft.js';
import { OpenAccount } from './OpenAccount.js';
import { Preview, TriedOnPast } from './Preview.js';
import { SessionBook } from './SessionBook.js';
import { orderSentence } from './sentence.js';
import { TicketFields } from './TicketFields.js';

interface TicketProps {
  readonly security: SecurityDocument;
}

export function Ticket({ security }: TicketProps) {
  const { w, name } = useWords();
  const accounts = useAccounts();
  const asked = useRoute().query.get('account') ?? undefined;
  const choose = (account: string): void => navigate(changedQuery({ account }), 'replace');
  return (
    <Loaded asked={accounts} shape="text">
      {({ accounts: all }) => {
        const chosen = all.find((one) => one.name === asked)?.name ?? all[0]?.name;
        if (chosen === undefined) return <OpenAccount onOpened={choose} />;
        return (
          <section className="panel controls ticket" aria-label={w('ticket', { name: name(security) })}>
            <header className="panel-head">
              <h2>{w('ticket', { name: name(security) })}</h2>
              <AccountChoice chosen={chosen} names={all.map((one) => one.name)} onChoose={choose} />
            </header>
            <Opened security={security} name={chosen} />
          </section>
        );
      }}
    </Loaded>
  );
}

interface AccountChoiceProps {
  readonly chosen: string;
  readonly names: readonly string[];
  readonly onChoose: (account: string) => void;
}

function AccountChoice({ chosen, names, onChoose }: AccountChoiceProps) {
  const { w } = useWords();
  return (
    <select
      className="input small"
      aria-label={w('account')}
      value={chosen}
      onChange={({ target }) => onChoose(target.value)}
    >
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

interface OpenedProps extends TicketProps {
  readonly name: string;
}

function Opened({ security, name }: OpenedProps) {
  const account = useAccount(name);
  return (
    <Loaded asked={account} shape="text">
      {(document) => <Form key={document.account} security={security} account={document} />}
    </Loaded>
  );
}

interface FormProps extends TicketProps {
  readonly account: AccountDocument;
}

function Form({ security, account }: FormProps) {
  const words = useWords();
  const { w, name } = words;
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [reviewed, setReviewed] = useState<OrderSent>();
  const [placed, setPlaced] = useState<OrderRow>();
  const { place, failure } = useAccountChanges();
  const { nextSessions } = account;
  const within = account.fillsAt === 'session';
  const held = account.positions.find(({ id }) => id === security.id)?.shares ?? 0;
  const { order, problems } = readDraft(draft, security.id, nextSessions);
  const settled = useSettled(JSON.stringify(order));
  const preview = usePreview(
    account.account,
    order === undefined ? undefined : (JSON.parse(settled ?? 'null') ?? order),
  );
  const clientId = useRef<string>(undefined);
  const change = (changes: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...changes }));
    setReviewed(undefined);
    setPlaced(undefined);
    clientId.current = undefined;
  };
  const isFresh = order !== undefined && settled === JSON.stringify(order) && !preview.isPlaceholderData;
  const isTaken = isFresh && preview.data?.accepted === true;
  const send = async (): Promise<void> => {
    if (reviewed === undefined) return;
    // Pressed twice, it is one order.
    clientId.current ??= newClientId();
    const answer = await place(account.account, clientId.current, reviewed);
    if (answer === undefined) return;
    setPlaced(answer.orders[0]);
    setReviewed(undefined);
    clientId.current = undefined;
  };
  const review = (event: FormEvent): void => {
    event.preventDefault();
    if (isTaken) setReviewed(order);
  };
  const nameOf = (id: string): string => (id === security.id ? name(security) : id);
  return (
    <>
      <p className="muted note">
        {w('available')} {plain(account.cash.amount, 2)} {'\u00b7 '}
        {w('heldShares', { n: plain(held) })} {'\u00b7 '}
        {accountAt(account, w)}
      </p>
      {nextSessions.length === 0 ? (
        <div className="empty">{w('advanceEnd')}</div>
      ) : (
        <form className="columns ticket-columns" onSubmit={review}>
          <div>
            <TicketFields
              draft={draft}
              problems={problems}
              change={change}
              within={within ? (preview.data?.rules ?? UNKNOWN_BOARD) : undefined}
              {...rulesSaid(preview.data, w)}
            />
            {reviewed === undefined ? (
              <p className="pills">
                <button type="submit" className="button primary" disabled={!isTaken}>
                  {w('reviewOrder')}
                </button>
              </p>
            ) : (
              <Confirm
                sentence={orderSentence(reviewed, words, nameOf, account.day, within)}
                onConfirm={() => void send()}
                onBack={() => setReviewed(undefined)}
              />
            )}
            {failure !== undefined && <Failure failure={failure} />}
            {placed !== undefined && <PlacedNote order={placed} account={account.account} />}
          </div>
          <div className="ticket-preview">
            <h3>{w('preview')}</h3>
            {order === undefined ? (
              <p className="muted">{w('paperOnly')}</p>
            ) : (
              <>
                <p className="sentence">{orderSentence(order, words, nameOf, account.day, within)}</p>
                <Loaded asked={preview} shape="text">
                  {(document) => (
                    <Preview
                      preview={document}
                      side={draft.side}
                      onNearest={({ quantity, limit }) =>
                        change({
                          quantity: String(quantity),
                          ...(limit !== null && { limit: String(limit) }),
                        })
                      }
                    />
                  )}
                </Loaded>
                <PastOf order={order} security={security.id} day={account.day} fills={account.fillsAt} />
              </>
            )}
            {within && (
              <SessionBook
                account={account.account}
                security={security.id}
                name={name(security)}
                {...(account.clock ?? { date: account.day })}
                key={JSON.stringify(account.clock)}
              />
            )}
          </div>
        </form>
      )}
    </>
  );
}

/** What the venue asks of the numbers, beside the fields they are typed into. */
function rulesSaid(
  preview: PreviewDocument | undefined,
  w: ReturnType<typeof useWords>['w'],
): { readonly sizeRule: string | undefined; readonly priceRule: string | undefined } {
  if (preview === undefined) return { sizeRule: undefined, priceRule: undefined };
  const { least, step, most, lowest, highest } = preview.rules;
  const date = preview.session;
  return {
    sizeRule: w('quantityRule', { least: plain(least), step: plain(step), most: plain(most) }),
    priceRule:
      lowest === null || highest === null
        ? w('priceRangeFree', { date })
        : w('priceRange', { date, low: plain(lowest, 2), high: plain(highest, 2) }),
  };
}

interface ConfirmProps {
  readonly sentence: string;
  readonly onConfirm: () => void;
  readonly onBack: () => void;
}

/** An order is confirmed with its full sentence; the focus goes to the button that places it. */
function Confirm({ sentence, onConfirm, onBack }: ConfirmProps) {
  const { w } = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div className="confirm" role="group" aria-label={w('confirmOrder')}>
      <p className="sentence" id="confirm-sentence">
        {sentence}
      </p>
      <p className="pills">
        <button
          ref={button}
          type="button"
          className="button primary"
          aria-describedby="confirm-sentence"
          onClick={onConfirm}
        >
          {w('confirmOrder')}
        </button>
        <button type="button" className="button" onClick={onBack}>
          {w('editOrder')}
        </button>
      </p>
    </div>
  );
}

function PlacedNote({ order, account }: { readonly order: OrderRow; readonly account: string }) {
  const { w } = useWords();
  const link = useRef<HTMLParagraphElement>(null);
  useEffect(() => link.current?.querySelector('a')?.focus(), []);
  return (
    <p className="placed" role="status" ref={link}>
      {w('orderIs', { id: order.id, state: w(stateKey(order.state)) })}{' '}
      <Link href={hrefOf(`/trade/${encodeURIComponent(account)}`)}>{w('toAccount')}</Link>
    </p>
  );
}

const SESSIONS_BACK = 120;
/** A chance of the cap is simulated evening by evening, a session minute by minute. */
const FEW_SESSIONS_BACK = 40;
/** Until the first preview says what the board has. */
const UNKNOWN_BOARD = { kinds: [], afterHours: false } as const;

interface PastOfProps {
  readonly order: OrderSent;
  readonly security: string;
  readonly day: string;
  readonly fills: AccountDocument['fillsAt'];
}

function PastOf({ order, security, day, fills }: PastOfProps) {
  const prices = usePrices(security).data?.prices ?? [];
  const { condition } = order;
  if (condition === undefined || condition.kind === 'time') return null;
  const known = prices.filter(({ date }) => date <= day);
  const isShort = condition.kind === 'chance' || fills === 'session';
  const back = isShort ? FEW_SESSIONS_BACK : SESSIONS_BACK;
  const from = known[Math.max(0, known.length - 1 - back)]?.date;
  if (from === undefined || from >= day) return null;
  return <TriedOnPast order={order} from={from} to={day} fills={fills} />;
}

/** Unlike any other, without what only an encrypted page may use. */
const newClientId = (): string => `web-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
