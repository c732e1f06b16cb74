/** Plain tables for a terminal: columns aligned by display width, so that Chinese names line up too. */
import stringWidth from 'string-width';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Longest a cell may get; longer ones are cut with an ellipsis. */
  readonly maxWidth?: number;
}

/** Lines of a table: titles, then one line per row; two spaces between columns, no trailing space. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const cut = rows.map((row) => row.map((cell, i) => fit(cell, columns[i].maxWidth ?? Infinity)));
  const widths = columns.map((column, i) =>
    Math.max(stringWidth(column.title), ...cut.map((row) => stringWidth(row[i]))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => pad(cell, widths[i], columns[i].align))
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...cut.map(line)];
}

/** Wraps words to a display width; the later lines are indented. */
export function wrap(text: string, width: number, indent = '  '): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of breakable(text)) {
    if (line.trim() !== '' && stringWidth((line + part).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = indent + part.trimStart();
    } else {
      line += part;
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/** Pieces that may stand at a line's end: words, and single Chinese characters. */
function breakable(text: string): string[] {
  return text.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g) ?? [];
}

function fit(cell: string, width: number): string {
  if (stringWidth(cell) <= width) return cell;
  let kept = '';
  for (const character of cell) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

function pad(cell: string, width: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(cell)));
  return align === 'right' ? space + cell : cell + space;
}
