/** Every spread of the rehearsal as a row, with what happened where it can be seen. */
import { useMemo } from 'react';
import type { RehearsalDocument, RehearsedSpread } from '../../api/tradingTypes.js';
import { DataTable, type Column } from '../../components/DataTable.js';
import { numberColumn } from '../../components/columns.js';
import { change, percent, plain } from '../../format.js';
import { useWords } from '../../words/useWords.js';

interface SpreadRow extends RehearsedSpread {
  readonly what: string;
  readonly price: boolean;
}

const LEVELS = ['5 %', '25 %', '50 %', '75 %', '95 %'] as const;
/** Sessions after the close, as positions in the lists of the document. */
const SHOWN = [0, 4] as const;

export function Spreads({ document }: { readonly document: RehearsalDocument }) {
  const { w } = useWords();
  const { close, againstStill, afterwards, reversal } = document;
  const rows = useMemo(
    (): SpreadRow[] => [
      { ...close, what: `${w('theClose')} ${close.date}`, price: true },
      { ...againstStill, what: w('theMove'), price: false },
      ...SHOWN.filter((i) => i < afterwards.length).flatMap((i): SpreadRow[] => [
        { ...afterwards[i], what: w('afterSessions', { n: i + 1 }), price: false },
        { ...reversal[i], what: `${w('theReversal')} (${i + 1})`, price: false },
      ]),
    ],
    [close, againstStill, afterwards, reversal, w],
  );
  const columns = useMemo(
    (): Column<SpreadRow>[] => [
      { id: 'what', title: w('whatMoves'), value: ({ what }) => what, width: 250 },
      ...LEVELS.map((level, i): Column<SpreadRow> => ({
        id: `p${level}`,
        title: level,
        value: ({ quantiles }) => quantiles[i],
        cell: ({ quantiles, price }) => (price ? plain(quantiles[i], 2) : change(quantiles[i])),
        numeric: true,
        width: 92,
      })),
      {
        id: 'happened',
        title: w('happened'),
        value: ({ happened }) => happened,
        cell: ({ happened, price }) => (price ? plain(happened, 2) : change(happened)),
        numeric: true,
        width: 96,
      },
      numberColumn(
        { id: 'rank', title: w('belowIt'), width: 130 },
        ({ rank }) => rank,
        (rank) => percent(rank, 0),
      ),
    ],
    [w],
  );
  return (
    <DataTable
      name={`${document.security} ${document.dates.effective} rehearsal`}
      title={w('rehearsalTable')}
      rows={rows}
      columns={columns}
      rowKey={({ what }) => what}
    />
  );
}
