/** Columns that several tables have: the same title, figure, tooltip and export wherever they stand. */
import type { Finding } from '../../core/index.js';
import type { Named } from '../api/types.js';
import { basisPoints, days, exact, exchangeCode, plain } from '../format.js';
import type { Words } from '../words/useWords.js';
import type { Column } from './DataTable.js';
import { Amount, Change, Points, Room, SecurityName, Shares, Weight } from './Figures.js';
import { FindingMark, findingsOf } from './FindingMark.js';

/** A number or none, taken from a row. */
type Take<Row> = (row: Row) => number | null | undefined;

interface Place {
  /** Name in exports. */
  readonly id: string;
  readonly title: string;
  readonly width: number;
  /** How its numbers come about. */
  readonly about?: string;
}

/** A right-aligned number, exact in the tooltip. */
export function numberColumn<Row>(
  place: Place,
  take: Take<Row>,
  show: (value: number | null | undefined) => string,
): Column<Row> {
  return {
    ...place,
    value: (row) => take(row) ?? null,
    cell: (row) => <span title={exact(take(row))}>{show(take(row))}</span>,
    numeric: true,
  };
}

/** A mainland code, shown with the suffix of its exchange. */
export const codeColumn = <Row extends { readonly id: string }>({ w }: Words): Column<Row> => ({
  id: 'id',
  title: w('code'),
  value: ({ id }) => id,
  cell: ({ id }) => exchangeCode(id),
  width: 104,
});

/** The name in the reader's language; a mark where one of the findings is about the security. */
export const nameColumn = <Row extends Named>(
  { w, name }: Words,
  width: number,
  findings: readonly Finding[] = [],
): Column<Row> => ({
  id: 'name',
  title: w('name'),
  value: name,
  cell: (row) => (
    <>
      <SecurityName of={row} />
      <FindingMark findings={findingsOf(findings, row.id)} />
    </>
  ),
  width,
});

export const weightColumn = <Row,>(place: Place, take: Take<Row>): Column<Row> => ({
  ...place,
  value: (row) => take(row) ?? null,
  cell: (row) => <Weight value={take(row)} />,
  numeric: true,
});

/** Signed difference of two weights. */
export const changeColumn = <Row,>({ w }: Words, take: Take<Row>): Column<Row> => ({
  id: 'change',
  title: w('change'),
  about: w('aboutChange'),
  value: (row) => take(row) ?? null,
  cell: (row) => <Points value={take(row)} />,
  numeric: true,
  width: 104,
});

export const roomColumn = <Row,>(place: Place, take: Take<Row>): Column<Row> => ({
  ...place,
  value: (row) => take(row) ?? null,
  cell: (row) => <Room value={take(row)} />,
  numeric: true,
});

/** Money that changes hands: signed and coloured, buy positive. */
export const flowColumn = <Row,>(place: Place, take: Take<Row>): Column<Row> => ({
  ...place,
  value: (row) => take(row) ?? null,
  cell: (row) => <Amount value={take(row)} flow />,
  numeric: true,
});

export const amountColumn = <Row,>(place: Place, take: Take<Row>): Column<Row> => ({
  ...place,
  value: (row) => take(row) ?? null,
  cell: (row) => <Amount value={take(row)} />,
  numeric: true,
});

export const sharesColumn = <Row,>({ w }: Words, take: Take<Row>): Column<Row> => ({
  id: 'shares',
  title: w('shares'),
  about: w('aboutShares'),
  value: (row) => take(row) ?? null,
  cell: (row) => <Shares value={take(row)} />,
  numeric: true,
  width: 100,
});

/** Days of the whole market's turnover. */
export const daysColumn = <Row,>({ w }: Words, take: Take<Row>): Column<Row> =>
  numberColumn(
    { id: 'days_to_trade', title: w('daysToTrade'), width: 84, about: w('aboutDays') },
    take,
    days,
  );

export const factorColumn = <Row,>({ w }: Words, take: Take<Row>): Column<Row> =>
  numberColumn(
    { id: 'cappingFactor', title: w('cappingFactor'), width: 72, about: w('aboutFactor') },
    take,
    (value) => plain(value, 4),
  );

/** A fraction of the price, in basis points. */
export const basisPointsColumn = <Row,>(place: Place, take: Take<Row>): Column<Row> =>
  numberColumn(place, take, basisPoints);

/** A return, signed and coloured. */
export const returnColumn = <Row,>(place: Place, take: Take<Row>): Column<Row> => ({
  ...place,
  value: (row) => take(row) ?? null,
  cell: (row) => <Change value={take(row)} />,
  numeric: true,
});
