/** Orders of an account with their conditions in words; an open one can be changed or taken back. */
import { useMemo, useState, type FormEvent } from 'react';
import { useAccountChanges } from '../../api/accountQueries.js';
import type { AccountDocument, OrderRow } from '../../api/accountTypes.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { Failure } from '../../components/Loaded.js';
import { plain } from '../../format.js';
import { hrefOf, navigate } from '../../state/route.js';
import { reasonKey, stateKey } from '../../words/orderWords.js';
import { useWords } from '../../words/useWords.js';
import { conditionSentence, sessionWords } from './sentence.js';
import { TextField } from './TicketFields.js';

interface OrdersProps {
  readonly account: AccountDocument;
  readonly nameOf: (id: string) => string;
}

const isOpen = ({ state }: OrderRow): boolean => !['filled', 'cancelled', 'expired'].includes(state);

export function Orders({ account, nameOf }: OrdersProps) {
  const { w } = useWords();
  const columns = useOrderColumns(nameOf, account.fillsAt === 'session');
  return (
    <DataTable
      name={`${account.account} orders`}
      title={w('ordersTitle')}
      rows={account.orders}
      columns={columns}
      rowKey={({ id }) => String(id)}
      sort={{ id: 'order', desc: true }}
      onOpen={({ security }) => navigate(hrefOf(`/securities/${security}`))}
      empty={w('noOrders')}
      maxHeight={360}
    />
  );
}

function useOrderColumns(nameOf: OrdersProps['nameOf'], within: boolean): Column<OrderRow>[] {
  const { w, language } = useWords();
  return useMemo(() => {
    const asked = (order: OrderRow): string =>
      [
        ...sessionWords(order, w),
        ...(order.condition === null ? [] : [conditionSentence(order.condition, w, nameOf, '', within)]),
      ].join(language === 'zh' ? '，' : ', ');
    return [
      { id: 'order', title: w('orderNumber'), value: ({ id }) => id, numeric: true, width: 60 },
      { id: 'security', title: w('code'), value: ({ security }) => security, width: 80 },
      { id: 'name', title: w('name'), value: ({ security }) => nameOf(security), width: 120 },
      {
        id: 'side',
        title: w('sideShort'),
        value: ({ side }) => side,
        cell: ({ side }) => w(side),
        width: 70,
      },
      {
        id: 'quantity',
        title: w('quantityLabel'),
        value: ({ quantity }) => quantity,
        cell: ({ quantity, filled }) =>
          filled > 0 && filled < quantity
            ? w('filledOf', { filled: plain(filled), quantity: plain(quantity) })
            : plain(quantity),
        numeric: true,
        width: 90,
      },
      {
        id: 'limit',
        title: w('limitLabel'),
        value: ({ limit }) => limit,
        cell: ({ limit }) => (limit === null ? w('noLimit') : plain(limit, 2)),
        numeric: true,
        width: 120,
      },
      {
        id: 'when',
        title: w('condition'),
        value: (order) => asked(order),
        cell: (order) => {
          const text = asked(order);
          return <span title={text}>{text}</span>;
        },
        width: 330,
      },
      {
        id: 'state',
        title: w('state'),
        value: ({ state }) => state,
        cell: ({ state, reason }) => {
          const key = reason === null ? undefined : reasonKey(reason);
          const text =
            w(stateKey(state)) + (reason === null ? '' : `: ${key === undefined ? reason : w(key)}`);
          return <span title={text}>{text}</span>;
        },
        width: 150,
      },
      {
        id: 'changed',
        title: w('date'),
        value: ({ changed, changedAt }) => (changedAt === null ? changed : `${changed} ${changedAt}`),
        width: within ? 150 : 100,
      },
      {
        id: 'price',
        title: w('fillPrice'),
        value: ({ price }) => price,
        cell: ({ price }) => (price === null ? '' : plain(price, 2)),
        numeric: true,
        width: 90,
      },
    ];
  }, [w, language, nameOf, within]);
}

/** One line per open order, with what can be done to it. */
export function OpenOrders({ account: { account, orders: all }, nameOf }: OrdersProps) {
  const { w } = useWords();
  const { cancel, replace, failure } = useAccountChanges();
  const [changed, setChanged] = useState<number>();
  const caption = ({ id, side, quantity, security }: OrderRow): string =>
    `${id}: ${w('orderCaption', { side: w(side === 'buy' ? 'buyIt' : 'sellIt'), quantity: plain(quantity), name: nameOf(security) })}`;
  const orders = all.filter(isOpen);
  if (orders.length === 0 && failure === undefined) return null;
  return (
    <section className="panel open-orders" aria-label={w('ordersTitle')}>
      <ul>
        {orders.map((order) => (
          <li key={order.id} data-step tabIndex={-1}>
            <span>{caption(order)}</span>{' '}
            <button
              type="button"
              className="button small"
              aria-label={`${w('cancelOrder')} ${caption(order)}`}
              onClick={() => void cancel(account, order.id)}
            >
              {w('cancelOrder')}
            </button>{' '}
            <button
              type="button"
              className="button small"
              aria-expanded={changed === order.id}
              aria-label={`${w('replaceOrder')} ${caption(order)}`}
              onClick={() => setChanged(changed === order.id ? undefined : order.id)}
            >
              {w('replaceOrder')}
            </button>
            {changed === order.id && (
              <ReplaceForm
                order={order}
                onReplace={async (change) => {
                  if (await replace(account, order.id, change)) setChanged(undefined);
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {failure !== undefined && <Failure failure={failure} />}
    </section>
  );
}

interface ReplaceFormProps {
  readonly order: OrderRow;
  readonly onReplace: (change: {
    readonly clientId: string;
    readonly quantity?: number;
    readonly limit?: number;
  }) => Promise<void>;
}

function ReplaceForm({ order, onReplace }: ReplaceFormProps) {
  const { w } = useWords();
  const [quantity, setQuantity] = useState(String(order.quantity - order.filled));
  const [limit, setLimit] = useState(order.limit === null ? '' : String(order.limit));
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const [shares, price] = [quantity, limit].map((text) => Number(text.replaceAll(/[,\s]/g, '')));
    // The name of what it replaces and becomes: sent twice, it is one change.
    const clientId = `web-${order.id}-${shares}-${price}`.replaceAll('.', '_');
    void onReplace({ clientId, quantity: shares, ...(limit.trim() !== '' && { limit: price }) });
  };
  return (
    <form className="fields" onSubmit={send}>
      <TextField
        name={`quantity-${order.id}`}
        label={w('quantityLabel')}
        value={quantity}
        onChange={setQuantity}
      />
      <TextField name={`limit-${order.id}`} label={w('limitLabel')} value={limit} onChange={setLimit} />
      <button type="submit" className="button">
        {w('replaceSave')}
      </button>
    </form>
  );
}
