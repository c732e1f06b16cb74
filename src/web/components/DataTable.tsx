/**
 * A table that sorts, filters, exports and is walked by keyboard. Only the rows in view are in the page, so 5,500 rows
 * scroll as easily as fifty. To assistive technology it is a grid whose active cell the grid itself announces.
 */
import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type SortingState,
} from '@tanstack/react-table';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import {
  memo,
  useCallback,
  useDeferredValue,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useWords } from '../words/useWords.js';
import { ExportMenu } from './ExportMenu.js';
import type { Cell } from './exportTable.js';

export interface Column<Row> {
  /** Name of the column in exports. */
  readonly id: string;
  readonly title: string;
  /** The exact value: what is sorted by and exported. */
  readonly value: (row: Row) => Cell;
  /** What is shown; the value itself when not given. */
  readonly cell?: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** How its numbers come about, in a sentence. */
  readonly about?: string;
  /** Least width, pixels. */
  readonly width: number;
}

interface DataTableProps<Row> {
  /** Of the exported file and sheet. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** Asked about a cell, by `?` or by moving to it; without it `?` shows the exact value and what the column is about. */
  readonly onWhy?: (row: Row, column: string) => void;
  readonly selected?: string | undefined;
  readonly sort?: { readonly id: string; readonly desc: boolean };
  readonly filterable?: boolean;
  readonly maxHeight?: number;
  readonly empty?: ReactNode;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const ROW_HEIGHT = 30;
const HEADER_HEIGHT = 32;
const PAGE_ROWS = 12;

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { name, title, rows, columns, rowKey, onOpen, onWhy, selected, maxHeight = 560 } = props;
  const { w } = useWords();
  const [sorting, setSorting] = useState<SortingState>(props.sort === undefined ? [] : [props.sort]);
  const [query, setQuery] = useState('');
  const found = useFiltered(rows, columns, useDeferredValue(query));
  const table = useTable({
    features,
    columns: useColumnDefs(columns),
    data: found,
    state: { sorting },
    onSortingChange: setSorting,
    getRowId: rowKey,
  });
  const sorted = table.getRowModel().rows.map(({ original }) => original);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const [explained, setExplained] = useState<Explained>();
  const explain = (row: Row, column: Column<Row>): void =>
    setExplained({ title: column.title, value: column.value(row), about: column.about });
  const walk = useWalk({ sorted, columns, virtualizer, onOpen, onWhy, explain });
  const latest = useRef(walk.go);
  useLayoutEffect(() => {
    latest.current = walk.go;
  });
  const onCell = useCallback((row: number, column: number) => latest.current(row, column), []);
  const gridId = useId();
  const style = gridStyle(columns, sorted.length, maxHeight);
  const exported = () => ({
    name,
    columns: columns.map(({ id }) => id),
    rows: sorted.map((row) => columns.map(({ value }) => value(row))),
  });
  return (
    <section className="panel table-panel">
      <header className="panel-head">
        <h2>{title}</h2>
        <span className="muted">{w(sorted.length === 1 ? 'oneRow' : 'rows', { n: sorted.length })}</span>
        {props.filterable === true && (
          <input
            className="input small"
            type="search"
            aria-label={`${w('filter')}: ${title}`}
            placeholder={w('filter')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        )}
        <span className="grow" />
        <ExportMenu table={exported} />
      </header>
      {sorted.length === 0 ? (
        <div className="empty">{props.empty ?? w('nothingHere')}</div>
      ) : (
        <div
          ref={scroller}
          className="grid"
          role="grid"
          tabIndex={0}
          aria-label={title}
          aria-rowcount={sorted.length + 1}
          aria-colcount={columns.length}
          aria-activedescendant={walk.active === undefined ? undefined : cellId(gridId, walk.active)}
          style={style}
          onKeyDown={walk.onKeyDown}
          onFocus={walk.onFocus}
        >
          <div className="grid-row grid-head" role="row" aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell
                key={column.id}
                column={column}
                sorted={sorting.find(({ id }) => id === column.id)}
                onSort={() => table.getColumn(column.id)?.toggleSorting()}
              />
            ))}
          </div>
          <div className="grid-body" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const row = sorted[index];
              const key = rowKey(row);
              return (
                <Row
                  key={key}
                  grid={gridId}
                  row={row}
                  index={index}
                  start={start}
                  columns={columns}
                  active={walk.active?.row === index ? walk.active.column : undefined}
                  selected={key === selected}
                  onCell={onCell}
                />
              );
            })}
          </div>
        </div>
      )}
      {explained !== undefined && (
        <Explanation explained={explained} onClose={() => setExplained(undefined)} />
      )}
    </section>
  );
}

interface Explained {
  readonly title: string;
  readonly value: Cell;
  readonly about: string | undefined;
}

interface ExplanationProps {
  readonly explained: Explained;
  readonly onClose: () => void;
}

/** The answer to `?` on a cell. */
function Explanation({ explained: { title, value, about }, onClose }: ExplanationProps) {
  const { w } = useWords();
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [value, title]);
  return (
    <div ref={place} className="explained" role="status">
      <p>
        <strong>{title}</strong> {value === null ? w('notHeld') : String(value)}
        {about !== undefined && <span className="muted"> {about}</span>}
      </p>
      <button type="button" className="button small" onClick={onClose}>
        {w('closeIt')}
      </button>
    </div>
  );
}

interface RowProps {
  readonly grid: string;
  readonly row: object;
  readonly index: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly columns: readonly Column<never>[];
  /** Column of the active cell, when it is in this row. */
  readonly active: number | undefined;
  readonly selected: boolean;
  readonly onCell: (row: number, column: number) => void;
}

/** Drawn again only when something of its own has changed: scrolling draws the rows that come in. */
const Row = memo(function Row({ grid, row, index, start, columns, active, selected, onCell }: RowProps) {
  return (
    <div
      className={selected ? 'grid-row selected' : 'grid-row'}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${start}px)` }}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={cellId(grid, { row: index, column: at })}
          className={cellClass(column, at === active)}
          role="gridcell"
          aria-colindex={at + 1}
          onClick={() => onCell(index, at)}
        >
          {column.cell === undefined ? String(column.value(row as never) ?? '') : column.cell(row as never)}
        </div>
      ))}
    </div>
  );
});

interface HeadCellProps<Row> {
  readonly column: Column<Row>;
  readonly sorted: { readonly desc: boolean } | undefined;
  readonly onSort: () => void;
}

function HeadCell<Row>({ column, sorted, onSort }: HeadCellProps<Row>) {
  const order = sorted === undefined ? 'none' : sorted.desc ? 'descending' : 'ascending';
  const arrow = sorted === undefined ? '' : sorted.desc ? ' \u2193' : ' \u2191';
  return (
    <div
      className={column.numeric === true ? 'grid-cell numeric' : 'grid-cell'}
      role="columnheader"
      aria-sort={order}
    >
      <button type="button" onClick={onSort} tabIndex={-1} title={column.title}>
        {column.title}
        {arrow}
      </button>
    </div>
  );
}

function useColumnDefs<Row extends object>(
  columns: readonly Column<Row>[],
): ColumnDef<typeof features, Row, unknown>[] {
  return useMemo(
    () =>
      columns.map(({ id, value, numeric }) => ({
        id,
        accessorFn: (row: Row) => value(row) ?? undefined,
        sortFn: ascending,
        sortUndefined: 'last' as const,
        sortDescFirst: numeric === true,
      })),
    [columns],
  );
}

function ascending(
  a: { getValue: (id: string) => unknown },
  b: { getValue: (id: string) => unknown },
  id: string,
): number {
  const [left, right] = [a.getValue(id), b.getValue(id)];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left).localeCompare(String(right), 'zh-CN');
}

function useFiltered<Row>(rows: readonly Row[], columns: readonly Column<Row>[], query: string): Row[] {
  return useMemo(() => {
    const wanted = query.trim().toLowerCase();
    if (wanted === '') return [...rows];
    return rows.filter((row) =>
      columns.some(({ value }) =>
        String(value(row) ?? '')
          .toLowerCase()
          .includes(wanted),
      ),
    );
  }, [rows, columns, query]);
}

interface Place {
  readonly row: number;
  readonly column: number;
}

interface WalkInput<Row> {
  readonly sorted: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly onOpen: ((row: Row) => void) | undefined;
  readonly onWhy: ((row: Row, column: string) => void) | undefined;
  readonly explain: (row: Row, column: Column<Row>) => void;
}

/** The active cell, moved by arrows, j and k. */
function useWalk<Row>({ sorted, columns, virtualizer, onOpen, onWhy, explain }: WalkInput<Row>) {
  const [place, setPlace] = useState<Place>();
  const active =
    place === undefined || place.row >= sorted.length || place.column >= columns.length ? undefined : place;
  const go = (row: number, column: number): void => {
    const to = {
      row: Math.max(0, Math.min(sorted.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    };
    setPlace(to);
    virtualizer.scrollToIndex(to.row);
    onWhy?.(sorted[to.row], columns[to.column].id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.metaKey || event.altKey || (event.target as HTMLElement).closest('button, input')) return;
    const at = active ?? { row: 0, column: 0 };
    if (event.ctrlKey) {
      if (event.key !== 'c' || String(window.getSelection()) !== '') return;
      void navigator.clipboard.writeText(String(columns[at.column].value(sorted[at.row]) ?? ''));
      return;
    }
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at.row + 1, at.column),
      j: () => go(at.row + 1, at.column),
      ArrowUp: () => go(at.row - 1, at.column),
      k: () => go(at.row - 1, at.column),
      ArrowRight: () => go(at.row, at.column + 1),
      ArrowLeft: () => go(at.row, at.column - 1),
      PageDown: () => go(at.row + PAGE_ROWS, at.column),
      PageUp: () => go(at.row - PAGE_ROWS, at.column),
      Home: () => go(0, at.column),
      End: () => go(sorted.length - 1, at.column),
      ...(onOpen === undefined ? {} : { Enter: () => onOpen(sorted[at.row]) }),
      '?': () =>
        onWhy === undefined
          ? explain(sorted[at.row], columns[at.column])
          : onWhy(sorted[at.row], columns[at.column].id),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return {
    active,
    go,
    onKeyDown,
    onFocus: () => {
      if (active === undefined) setPlace({ row: 0, column: 0 });
    },
  };
}

const cellId = (grid: string, { row, column }: Place): string => `${grid}${row}-${column}`;

const cellClass = <Row,>({ numeric }: Column<Row>, active: boolean): string =>
  `grid-cell${numeric === true ? ' numeric' : ''}${active ? ' active' : ''}`;

/** About what a title takes with its padding, pixels: a Chinese character is as wide as the type is high. */
const titleWidth = (title: string): number =>
  [...title].reduce((total, character) => total + (character > '\u2e80' ? 12 : 8), 20);

function gridStyle<Row>(columns: readonly Column<Row>[], rows: number, maxHeight: number) {
  const least = columns.map(({ width, title }) => Math.max(width, titleWidth(title)));
  const widths = least.map((width) => `minmax(${width}px, ${width}fr)`);
  return {
    '--columns': widths.join(' '),
    '--least': `${least.reduce((total, width) => total + width, 0)}px`,
    height: Math.min(maxHeight, rows * ROW_HEIGHT + HEADER_HEIGHT + 14),
  };
}
