/** Rows that a page sends come back as the same rows in each format. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { expect, test } from 'vitest';
import { openParquet } from '../../src/data/parquet.js';
import { ask, errorOf, testServer } from './server.js';

const server = await testServer();

const TABLE = {
  name: 'what-if 2025',
  columns: ['id', 'weight', 'held', 'note'],
  rows: [
    ['688256', 0.11752127396013809, true, 'a, "b"'],
    ['000001', null, false, '寒武纪'],
  ],
};

const fileIn = (format: string, table: object = TABLE) =>
  ask(server, `/api/v1/tables?format=${format}`, { method: 'POST', payload: table });

test('CSV', async () => {
  const { body, headers } = await fileIn('csv');
  expect(body).toBe(
    'id,weight,held,note\n688256,0.11752127396013809,true,"a, ""b"""\n000001,,false,寒武纪\n',
  );
  expect(headers['content-disposition']).toBe('attachment; filename="what-if-2025.csv"');
});

test('xlsx: a code stays text', async () => {
  const { bytes } = await fileIn('xlsx');
  const book = XLSX.read(bytes);
  expect(book.SheetNames).toEqual(['what-if 2025']);
  const rows = XLSX.utils.sheet_to_json<Record<string, unknown>>(book.Sheets['what-if 2025']);
  expect(rows[0]).toEqual({ id: '688256', weight: 0.11752127396013809, held: true, note: 'a, "b"' });
  expect(rows[1]).toMatchObject({ id: '000001', note: '寒武纪' });
});

test('xlsx: names that Excel keeps for itself, and a result with several sheets', async () => {
  const { bytes } = await fileIn('xlsx', { ...TABLE, name: 'history' });
  expect(XLSX.read(bytes).SheetNames).toEqual(['history 1']);
  const value = await ask(server, '/api/v1/companies/688256/value?at=2025-09-11&format=xlsx');
  expect(XLSX.read(value.bytes).SheetNames).toEqual(['multiples', 'scenarios', 'past']);
});

test('Parquet', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterweight-'));
  try {
    const { bytes } = await fileIn('parquet');
    writeFileSync(join(folder, 't.parquet'), bytes);
    const reader = await openParquet((table) => join(folder, `${table}.parquet`));
    const { id, weight } = await reader.query('SELECT id, weight FROM {t} ORDER BY id');
    reader.close();
    expect(id).toEqual(['000001', '688256']);
    expect(Array.from(weight)).toEqual([null, 0.11752127396013809]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a column of several types becomes text in Parquet, twins are refused', async () => {
  const mixed = await fileIn('parquet', { name: 't', columns: ['a'], rows: [[1], ['x'], [null]] });
  expect(mixed.bytes.subarray(0, 4).toString()).toBe('PAR1');
  const twins = await fileIn('csv', { name: 't', columns: ['a', 'A'], rows: [] });
  expect(errorOf(twins).issues[0]).toMatchObject({ path: 'columns', value: 'A' });
});

test('what is no table is refused with every part that is wrong', async () => {
  const answer = await fileIn('csv', { name: '../x', columns: [], rows: [[{}]] });
  expect(answer.statusCode).toBe(422);
  const paths = errorOf(answer).issues.map(({ path }) => path);
  for (const part of ['name', 'columns', 'rows']) expect(paths.join(' ')).toContain(part);
});
