/** Every point of the experiment as a row: means over the runs, the standard error beside each. */
import { useMemo } from 'react';
import type { MarketDocument, MarketPointDocument } from '../../api/tradingTypes.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { numberColumn } from '../../components/columns.js';
import { exact, percent, plain } from '../../format.js';
import type { WordKey } from '../../words/en.js';
import { useWords } from '../../words/useWords.js';

const MEASURES = [
  ['early', 'ahead', 'aheadAbout'],
  ['moved', 'atTheClose', 'atTheCloseAbout'],
  ['reversal', 'takenBack', 'takenBackAbout'],
  ['dislocation', 'auctionAlone', 'auctionAloneAbout'],
  ['cost', 'costOfFunds', 'costOfFundsAbout'],
  ['rents', 'rentsOf', 'rentsOfAbout'],
] as const satisfies readonly (readonly [string, WordKey, WordKey])[];

const bp = (fraction: number): string => plain(fraction * 1e4);

export function MarketTable({ document }: { readonly document: MarketDocument }) {
  const { w } = useWords();
  const columns = useMemo(
    (): Column<MarketPointDocument>[] => [
      numberColumn(
        { id: 'passive', title: w('passiveHeld'), width: 92 },
        ({ passive }) => passive,
        (share) => percent(share, 0),
      ),
      numberColumn(
        { id: 'arbitrageurs', title: w('prepared'), width: 98 },
        ({ arbitrageurs }) => arbitrageurs,
        plain,
      ),
      numberColumn(
        { id: 'flow', title: w('flowSize'), about: w('flowOfHolding'), width: 70 },
        ({ flow }) => flow,
        percent,
      ),
      ...MEASURES.map(([id, title, about]): Column<MarketPointDocument> => ({
        id,
        title: w(title),
        about: w(about),
        value: (point) => point[id].mean,
        cell: (point) => (
          <span title={exact(point[id].mean)}>
            {bp(point[id].mean)} <span className="muted">± {bp(point[id].error)}</span>
          </span>
        ),
        numeric: true,
        width: 98,
      })),
    ],
    [w],
  );
  return (
    <DataTable
      name="experiment"
      title={w('experimentTable')}
      rows={document.points}
      columns={columns}
      rowKey={({ passive, arbitrageurs, flow }) => `${passive} ${arbitrageurs} ${flow}`}
    />
  );
}
