/**
 * Tables as a PDF file. Latin text is set in Helvetica, which every reader has; Chinese in STSong-Light by its Unicode character
 * map (PDF 32000-1, 9.7.5.2), which readers that know Chinese replace by a font of their own. So no font is in the file, and
 * no font has to be there where it is made.
 */
import {
  beginText,
  endText,
  moveText,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFString,
  setFontAndSize,
  showText,
  StandardFonts,
  type PDFFont,
  type PDFPage,
  type PDFRef,
} from 'pdf-lib';

export interface PdfTable {
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly string[])[];
}

interface PdfContent {
  readonly title: string;
  /** Lines below the title. */
  readonly lines: readonly string[];
  readonly tables: readonly PdfTable[];
  /** At the foot of every page. */
  readonly foot: string;
}

/** A4 across, in points. */
const PAGE = { width: 842, height: 595, margin: 36 } as const;
const SIZE = 8.5;
const TITLE_SIZE = 14;
const LINE = 13;
const GAP = 12;

/** The same content gives the same bytes. */
export async function pdfDocument({ title, lines, tables, foot }: PdfContent): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(title);
  document.setProducer('Counterweight');
  const pen = await penOf(document);
  let place = newPage(document, pen);
  place = writeLine(place, title, TITLE_SIZE, LINE * 1.6);
  for (const line of lines) place = writeLine(place, line, SIZE, LINE);
  for (const table of tables) place = writeTable(document, place, table);
  const pages = document.getPages();
  for (const [i, page] of pages.entries()) {
    const at = { page, y: PAGE.margin / 2, pen };
    writeAt(at, foot, PAGE.margin, SIZE - 1.5);
    const number = `${i + 1} / ${pages.length}`;
    writeAt(at, number, PAGE.width - PAGE.margin - widthOf(pen, number, SIZE), SIZE);
  }
  return document.save({ useObjectStreams: false });
}

interface Pen {
  readonly latin: PDFFont;
  readonly chinese: PDFRef;
}

interface Place {
  readonly page: PDFPage;
  /** Base line of what was written last. */
  readonly y: number;
  readonly pen: Pen;
}

const CHINESE = 'STSong';

async function penOf(document: PDFDocument): Promise<Pen> {
  const { context } = document;
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: 'STSong-Light',
      Flags: 6,
      FontBBox: [-25, -254, 1000, 880],
      ItalicAngle: 0,
      Ascent: 880,
      Descent: -120,
      CapHeight: 880,
      StemV: 93,
    }),
  );
  const glyphs = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType0',
      BaseFont: 'STSong-Light',
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('GB1'), Supplement: 2 },
      FontDescriptor: descriptor,
      DW: 1000,
    }),
  );
  const chinese = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: 'STSong-Light-UniGB-UCS2-H',
      Encoding: 'UniGB-UCS2-H',
      DescendantFonts: [glyphs],
    }),
  );
  return { latin: await document.embedFont(StandardFonts.Helvetica), chinese };
}

function newPage(document: PDFDocument, pen: Pen): Place {
  const page = document.addPage([PAGE.width, PAGE.height]);
  page.node.setFontDictionary(PDFName.of(CHINESE), pen.chinese);
  page.node.setFontDictionary(PDFName.of(pen.latin.name), pen.latin.ref);
  return { page, y: PAGE.height - PAGE.margin, pen };
}

/** Stretches of one script each, with what can be shown of them. */
function runsOf(text: string): { readonly text: string; readonly isChinese: boolean }[] {
  return (text.match(/[\u0020-\u007e]+|[^\u0020-\u007e]+/gu) ?? []).map((run) => ({
    text: run,
    isChinese: !/^[\u0020-\u007e]/u.test(run),
  }));
}

/** Every Chinese sign is as wide as it is high. */
const widthOf = ({ latin }: Pen, text: string, size: number): number =>
  runsOf(text).reduce(
    (width, run) =>
      width + (run.isChinese ? [...run.text].length * size : latin.widthOfTextAtSize(run.text, size)),
    0,
  );

function writeAt({ page, y, pen }: Place, text: string, x: number, size: number): void {
  let at = x;
  for (const run of runsOf(text)) {
    const font = run.isChinese ? CHINESE : pen.latin.name;
    page.pushOperators(
      beginText(),
      setFontAndSize(PDFName.of(font), size),
      moveText(at, y),
      showText(run.isChinese ? PDFHexString.of(unicodeHex(run.text)) : pen.latin.encodeText(run.text)),
      endText(),
    );
    at += widthOf(pen, run.text, size);
  }
}

/** Two bytes a sign, as the character map takes them. */
const unicodeHex = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0')).join('');

function writeLine(place: Place, text: string, size: number, height: number): Place {
  const next = { ...place, y: place.y - height };
  writeAt(next, text, PAGE.margin, size);
  return next;
}

/** A table goes on over as many pages as it needs, its head on each. */
function writeTable(document: PDFDocument, start: Place, { title, columns, rows }: PdfTable): Place {
  const { pen } = start;
  const widths = columns.map((column, i) =>
    Math.max(widthOf(pen, column.title, SIZE), ...rows.map((row) => widthOf(pen, row[i] ?? '', SIZE))),
  );
  const total = widths.reduce((sum, width) => sum + width + GAP, -GAP);
  const scale = Math.min(1, (PAGE.width - 2 * PAGE.margin) / total);
  const writeRow = (place: Place, cells: readonly string[]): Place => {
    const next = { ...place, y: place.y - LINE };
    let x: number = PAGE.margin;
    cells.forEach((cell, i) => {
      const free = widths[i] * scale - widthOf(pen, cell, SIZE * scale);
      writeAt(next, cell, columns[i].align === 'right' ? x + free : x, SIZE * scale);
      x += (widths[i] + GAP) * scale;
    });
    return next;
  };
  const head = columns.map((column) => column.title);
  const bottom = PAGE.margin + LINE;
  // A title is not left alone at the foot of a page.
  let place = start.y - 4 * LINE < bottom ? newPage(document, pen) : { ...start, y: start.y - LINE };
  place = writeRow(writeLine(place, title, SIZE + 1.5, LINE * 1.2), head);
  for (const row of rows) {
    if (place.y - LINE < bottom) place = writeRow(newPage(document, pen), head);
    place = writeRow(place, row);
  }
  return place;
}
