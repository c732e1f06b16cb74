/** Plain tables for a terminal: columns aligned by display width, so that Chinese names line up too. */
import stringWidth from 'string-width';
import { printable } from './printable.js';

/** Display columns that a line of output takes at most, where words allow it. */
export const SCREEN_WIDTH = 100;

/** A column that gives way stays at least this wide. */
const NARROWEST = 8;
const GAP = '  ';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Longest a cell may get; longer ones are cut with an ellipsis. */
  readonly maxWidth?: number;
  /** Gives way, title and cells, when the table would be wider than the screen. */
  readonly shrinks?: boolean;
}

/** Lines of a table: titles, then one line per row; two spaces between columns, no trailing space. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) =>
    row.map((cell, i) => fit(printable(cell), columns[i].maxWidth ?? Infinity)),
  );
  const widths = widthsOf(columns, cells);
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => pad(fit(text, widths[i]), widths[i], columns[i].align))
      .join(GAP)
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...cells.map(line)];
}

/** As wide as the widest cell; if that is more than a screen, the widest column that may shrink gives way. */
function widthsOf(columns: readonly Column[], cells: readonly (readonly string[])[]): number[] {
  const widths = columns.map((column, i) =>
    Math.max(stringWidth(column.title), ...cells.map((row) => stringWidth(row[i]))),
  );
  const gaps = GAP.length * (columns.length - 1);
  for (let over = widths.reduce((sum, width) => sum + width, gaps) - SCREEN_WIDTH; over > 0; over--) {
    const widest = widths.reduce((best, width, i) => {
      const gives = columns[i].shrinks === true && width > NARROWEST;
      return gives && (best < 0 || width > widths[best]) ? i : best;
    }, -1);
    if (widest < 0) break;
    widths[widest]--;
  }
  return widths;
}

/** `a | b | c` on as few lines as fit, broken only between the parts. */
export function joinParts(parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1) ?? ''} | ${part}`;
    if (lines.length > 0 && stringWidth(longer) <= SCREEN_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** Wraps words to a display width; the later lines are indented. */
export function wrap(text: string, width: number = SCREEN_WIDTH, indent = '  '): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of breakable(text)) {
    if (line.trim() !== '' && stringWidth((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = indent + piece.trimStart();
    } else {
      line += piece;
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

const HAN = '\\u3000-\\u9fff\\uff00-\\uffef';
/** What may not begin a line, and what may not end one. */
const CLOSING = '，。、；：！？）》」』”％,.;:)%亿万';
const OPENING = '（《「『“(';
/** Signs and units that stand alone but belong to the number before them: `6.29 bn`, `10 %`, `5.45 bn - `. */
const TRAILING = '(?: (?:bn|m|k|%|-|=|x|×)(?=[\\s,.;:)]|$))';
const CHINESE_WORD = `(?<![${HAN}])[${HAN}]{2,4}(?![${HAN}])`;
const LATIN_WORD = `[^\\s${HAN}]+(?:(?<=\\d)[${HAN}])?${TRAILING}*`;
const PIECE = new RegExp(
  `\\s*[${OPENING}]*(?:${CHINESE_WORD}|[${HAN}]|${LATIN_WORD})[${CLOSING}]*\\s*|\\s+`,
  'gu',
);

/** Pieces that may stand at a line's end: words, short Chinese ones too, and single characters with their punctuation. */
const breakable = (text: string): string[] => text.match(PIECE) ?? [];

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
