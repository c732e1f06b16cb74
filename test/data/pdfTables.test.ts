/** A PDF file read back: every cell is there, in its order and script, on as many pages as it takes. */
import { inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, type PDFPage } from 'pdf-lib';
import { expect, test } from 'vitest';
import { pdfDocument } from '../../src/data/pdfTables.js';

const rows = Array.from({ length: 90 }, (_, i) => [
  String(i),
  i % 2 === 0 ? '寒武纪-U' : 'Hygon (海光)',
  `${i}.50`,
]);
const content = {
  title: '对账单 Statement',
  lines: ['play money'],
  tables: [
    {
      title: '成交 Fills',
      columns: [
        { title: '编号', align: 'right' },
        { title: 'name', align: 'left' },
        { title: '金额', align: 'right' },
      ] as const,
      rows,
    },
  ],
  foot: 'foot',
};

/** What a page shows: strings by the font that they are set in, joined where one begins as the other ends. */
function shown(page: PDFPage): string {
  const contents = page.node.Contents();
  const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
  const text = streams
    .map((one) => {
      const stream = page.doc.context.lookup(one);
      if (!(stream instanceof PDFRawStream)) throw new Error('a page without contents');
      const packed = stream.dict.get(PDFName.of('Filter')) !== undefined;
      return Buffer.from(packed ? inflateSync(stream.contents) : stream.contents).toString('latin1');
    })
    .join('\n');
  let out = '';
  for (const [, font, , y, hex] of text.matchAll(
    /BT\s+\/(\S+) \S+ Tf\s+(\S+) (\S+) Td\s+<([0-9A-Fa-f]*)> Tj\s+ET/g,
  )) {
    const bytes = Buffer.from(hex, 'hex');
    const said = font === 'STSong' ? bytes.swap16().toString('utf16le') : bytes.toString('latin1');
    out += `${y}|${said}\n`;
  }
  return out;
}

test('every cell is in the file, and the same content gives the same bytes', async () => {
  const bytes = await pdfDocument(content);
  expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  expect(Buffer.from(await pdfDocument(content)).equals(Buffer.from(bytes))).toBe(true);
  const document = await PDFDocument.load(bytes);
  const pages = document.getPages();
  expect(pages.length).toBe(3);
  const lines = pages.map((page) => {
    const byLine = new Map<string, string>();
    for (const part of shown(page).split('\n').filter(Boolean)) {
      const [y, said] = part.split('|');
      byLine.set(y, (byLine.get(y) ?? '') + said);
    }
    return [...byLine.values()];
  });
  expect(lines[0].slice(0, 4)).toEqual(['对账单 Statement', 'play money', '成交 Fills', '编号name金额']);
  // The head of the table stands on each page, the foot too.
  for (const [i, page] of lines.entries()) {
    expect(page).toContain('编号name金额');
    expect(page.at(-1)).toBe(`foot${i + 1} / 3`);
  }
  const cells = lines.flat().filter((line) => /^\d+(?:寒|H)/.test(line));
  expect(cells).toEqual(rows.map((row) => row.join('')));
  // No font is in the file.
  expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/\/FontFile/);
  const fonts = pages[0].node.Resources()?.lookup(PDFName.of('Font'), PDFDict);
  expect(fonts?.keys().length).toBe(2);
});
