/** What every chart has around it: a title that says the finding, source and knowledge date, a table behind it, two files. */
import { useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useWords } from '../words/useWords.js';
import { savePng, saveSvg } from './saveChart.js';

interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface ChartFrameProps {
  /** Of the saved files. */
  readonly name: string;
  /** The finding, not the variables. */
  readonly title: string;
  readonly source: string;
  readonly table: ChartTable;
  readonly children: ReactNode;
}

export function ChartFrame({ name, title, source, table, children }: ChartFrameProps) {
  const { w } = useWords();
  const picture = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const save = (format: string): void => {
    // The drawing that is shown, or the one that stands in for a picture made of pixels.
    const drawing = picture.current?.querySelector<SVGSVGElement>('svg[data-drawing], figure svg, svg');
    if (drawing === null || drawing === undefined) return;
    if (format === 'svg') saveSvg(drawing, { title, source }, name);
    else void savePng(drawing, { title, source }, name);
  };
  return (
    <figure className="panel chart" aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        <span className="grow" />
        <button
          type="button"
          className="button small"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {w('asTable')}
        </button>
        <MenuTrigger>
          <Button className="button small" aria-label={`${w('saveChart')}: ${title}`}>
            {w('saveChart')}
          </Button>
          <Popover className="popover">
            <Menu className="menu" onAction={(key) => save(String(key))}>
              <MenuItem id="svg" className="menu-item">
                SVG
              </MenuItem>
              <MenuItem id="png" className="menu-item">
                PNG
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </header>
      <div ref={picture} className="picture" hidden={asTable}>
        {children}
      </div>
      {asTable && <PlainTable label={title} table={table} />}
      <figcaption className="muted">{source}</figcaption>
    </figure>
  );
}

function PlainTable({ label, table }: { readonly label: string; readonly table: ChartTable }) {
  return (
    <div className="plain-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="plain">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, i) => (
                <td key={table.columns[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
