/** Copies a table or saves it as CSV, workbook or Parquet. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { failureText } from '../../core/index.js';
import { ApiFailure } from '../api/client.js';
import { useWords } from '../words/useWords.js';
import { saveTable, tableText, type ExportedTable, type TableFormat } from './exportTable.js';

const FORMATS: readonly (readonly [TableFormat, string])[] = [
  ['csv', 'CSV'],
  ['xlsx', 'Excel (xlsx)'],
  ['parquet', 'Parquet'],
];

export function ExportMenu({ table }: { readonly table: () => ExportedTable }) {
  const { w, language } = useWords();
  const [said, say] = useState('');
  const save = async (format: TableFormat): Promise<void> => {
    try {
      await saveTable(table(), format);
      say(w('saved'));
    } catch (error) {
      say(error instanceof ApiFailure ? `${error.code}: ${failureText(error, language)}` : String(error));
    }
  };
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(tableText(table()));
    say(w('copied'));
  };
  return (
    <>
      <span role="status" className="said">
        {said}
      </span>
      <MenuTrigger>
        <Button className="button small" data-key="e">
          {w('export')}
        </Button>
        <Popover className="popover">
          <Menu
            className="menu"
            onAction={(key) => void (key === 'copy' ? copy() : save(key as TableFormat))}
          >
            {FORMATS.map(([format, title]) => (
              <MenuItem key={format} id={format} className="menu-item">
                {title}
              </MenuItem>
            ))}
            <MenuItem id="copy" className="menu-item">
              {w('copyTable')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </>
  );
}
