/** What an account holds, what traded, every line of its ledger, and what was refused. */
import { useMemo } from 'react';
import type { AccountDocument, EntryRow, FillRow, PositionRow, RefusalRow } from '../../api/accountTypes.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { Cash } from '../../components/Figures.js';
import { plain } from '../../format.js';
import { hrefOf, navigate } from '../../state/route.js';
import { entryKey, ledgerKey } from '../../words/orderWords.js';
import { useWords } from '../../words/useWords.js';

interface Names {
  readonly nameOf: (id: string) => string;
}

export function Positions({ account, nameOf }: Names & { readonly account: AccountDocument }) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<PositionRow>[] => [
      { id: 'security', title: w('code'), value: ({ id }) => id, width: 80 },
      { id: 'name', title: w('name'), value: ({ id }) => nameOf(id), width: 140 },
      {
        id: 'shares',
        title: w('quantityLabel'),
        value: ({ shares }) => shares,
        cell: ({ shares }) => plain(shares),
        numeric: true,
        width: 90,
      },
      cashColumn('cost', w('cost'), ({ cost }: PositionRow) => cost.amount),
      cashColumn('value', w('value'), ({ value }: PositionRow) => value.amount),
      cashColumn('unrealised', w('unrealised'), ({ unrealised }: PositionRow) => unrealised.amount, true),
    ],
    [w, nameOf],
  );
  return (
    <DataTable
      name={`${account.account} positions`}
      title={w('positionsTitle')}
      rows={account.positions}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={({ id }) => navigate(hrefOf(`/securities/${id}`))}
      empty={w('noPositions')}
      maxHeight={300}
    />
  );
}

export function Fills({
  account,
  fills,
  nameOf,
}: Names & { readonly account: string; readonly fills: readonly FillRow[] }) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<FillRow>[] => [
      { id: 'order', title: w('orderNumber'), value: ({ order }) => order, numeric: true, width: 60 },
      { id: 'date', title: w('date'), value: ({ date }) => date, width: 100 },
      { id: 'time', title: w('timeOfDay'), value: ({ time }) => time ?? '', width: 80 },
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
        cell: ({ quantity }) => plain(quantity),
        numeric: true,
        width: 90,
      },
      cashColumn('price', w('fillPrice'), ({ price }: FillRow) => price),
      cashColumn('value', w('value'), ({ value }: FillRow) => value.amount),
      cashColumn('stamp', w('stampFee'), ({ fees }: FillRow) => fees.stamp.amount),
      cashColumn('transfer', w('transferFee'), ({ fees }: FillRow) => fees.transfer.amount),
      cashColumn('commission', w('commissionFee'), ({ fees }: FillRow) => fees.commission.amount),
    ],
    [w, nameOf],
  );
  return (
    <DataTable
      name={`${account} fills`}
      title={w('fillsTitle')}
      rows={fills}
      columns={columns}
      rowKey={({ order, date, time, price }) => `${order} ${date} ${time} ${price}`}
      empty={w('noFills')}
      maxHeight={300}
    />
  );
}

const cashColumn = <Row,>(
  id: string,
  title: string,
  value: (row: Row) => number,
  flow = false,
): Column<Row> => ({
  id,
  title,
  value,
  cell: (row) => <Cash value={value(row)} flow={flow} />,
  numeric: true,
  width: 110,
});

export function Ledger({
  account,
  entries,
  nameOf,
}: Names & { readonly account: string; readonly entries: readonly EntryRow[] }) {
  const { w } = useWords();
  const columns = useMemo((): Column<EntryRow>[] => {
    const said = (key: ReturnType<typeof entryKey>, text: string): string =>
      key === undefined ? text : w(key);
    return [
      { id: 'entry', title: w('bookEntry'), value: ({ entry }) => entry, numeric: true, width: 60 },
      { id: 'date', title: w('date'), value: ({ date }) => date, width: 100 },
      {
        id: 'what',
        title: w('whatHappened'),
        value: ({ what }) => what,
        cell: ({ what }) => said(entryKey(what), what),
        width: 110,
      },
      { id: 'order', title: w('orderNumber'), value: ({ order }) => order, numeric: true, width: 60 },
      {
        id: 'account',
        title: w('ledgerTitle'),
        value: ({ account: where }) => where,
        cell: ({ account: where }) => said(ledgerKey(where), where),
        width: 110,
      },
      {
        id: 'security',
        title: w('security'),
        value: ({ security }) => security,
        cell: ({ security }) => (security === '' ? '' : `${security} ${nameOf(security)}`),
        width: 150,
      },
      {
        id: 'shares',
        title: w('quantityLabel'),
        value: ({ shares }) => shares,
        cell: ({ shares }) => (shares === 0 ? '' : plain(shares)),
        numeric: true,
        width: 90,
      },
      cashColumn('amount', w('value'), ({ amount }: EntryRow) => amount),
      cashColumn('cash', w('balance'), ({ cash }: EntryRow) => cash),
    ];
  }, [w, nameOf]);
  return (
    <DataTable
      name={`${account} statement`}
      title={`${w('statementTitle')} \u00b7 ${w('ledgerTitle')}`}
      rows={entries}
      columns={columns}
      rowKey={({ entry, account: where }) => `${entry} ${where}`}
      maxHeight={420}
    />
  );
}

export function Refusals({
  account,
  refusals,
}: {
  readonly account: string;
  readonly refusals: readonly RefusalRow[];
}) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<RefusalRow>[] => [
      { id: 'at', title: w('date'), value: ({ at }) => at.slice(0, 19).replace('T', ' '), width: 150 },
      { id: 'code', title: w('code'), value: ({ code }) => code, width: 150 },
      {
        id: 'message',
        title: w('objections'),
        value: ({ message }) => message,
        cell: ({ message }) => <span title={message}>{message}</span>,
        width: 360,
      },
      {
        id: 'request',
        title: w('question'),
        value: ({ request }) => request,
        cell: ({ request }) => <span title={request}>{request}</span>,
        width: 300,
      },
    ],
    [w],
  );
  if (refusals.length === 0) return null;
  return (
    <DataTable
      name={`${account} refusals`}
      title={w('refusalsTitle')}
      rows={refusals}
      columns={columns}
      rowKey={({ at, code, request }) => `${at} ${code} ${request}`}
      maxHeight={240}
    />
  );
}
