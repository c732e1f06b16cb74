/** All paper accounts, and a new one. */
import { useMemo } from 'react';
import { useAccounts } from '../../api/accountQueries.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { Cash } from '../../components/Figures.js';
import { Link } from '../../components/Link.js';
import { Loaded } from '../../components/Loaded.js';
import { hrefOf, navigate } from '../../state/route.js';
import { useWords } from '../../words/useWords.js';
import { OpenAccount } from './OpenAccount.js';

interface Head {
  readonly name: string;
  readonly day: string;
  readonly clock: string | null;
  readonly cash: number;
  readonly positions: number;
  readonly orders: number;
}

const pathOf = (account: string): string => hrefOf(`/trade/${encodeURIComponent(account)}`);

export function AccountsPage() {
  const { w } = useWords();
  const accounts = useAccounts();
  return (
    <>
      <header className="page-head">
        <h1>{w('accountsTitle')}</h1>
        <p className="muted">{w('paperOnly')}</p>
      </header>
      <Loaded asked={accounts} shape="table">
        {(document) => <AccountTable accounts={document.accounts} />}
      </Loaded>
      <OpenAccount onOpened={(account) => navigate(pathOf(account))} />
    </>
  );
}

function AccountTable({ accounts }: { readonly accounts: readonly Head[] }) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<Head>[] => [
      {
        id: 'name',
        title: w('account'),
        value: ({ name }) => name,
        cell: ({ name }) => (
          <Link href={pathOf(name)} tabIndex={-1}>
            {name}
          </Link>
        ),
        width: 160,
      },
      { id: 'day', title: w('asOf'), value: ({ day, clock }) => clock ?? day, width: 150 },
      {
        id: 'cash',
        title: w('available'),
        value: ({ cash }) => cash,
        cell: ({ cash }) => <Cash value={cash} />,
        numeric: true,
        width: 130,
      },
      {
        id: 'positions',
        title: w('positionsTitle'),
        value: ({ positions }) => positions,
        numeric: true,
        width: 100,
      },
      { id: 'orders', title: w('ordersTitle'), value: ({ orders }) => orders, numeric: true, width: 100 },
    ],
    [w],
  );
  return (
    <DataTable
      name="accounts"
      title={w('accountsTitle')}
      rows={accounts}
      columns={columns}
      rowKey={({ name }) => name}
      onOpen={({ name }) => navigate(pathOf(name))}
      empty={w('noAccounts')}
    />
  );
}
