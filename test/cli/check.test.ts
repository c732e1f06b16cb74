/** `check FILE`: a file, standard input, the three outputs, both languages, and what is refused. */
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { jsonOf, run } from './run.js';

const FILE = 'examples/claims.txt';

interface Document {
  readonly written: { readonly date: string; readonly known: boolean };
  readonly counts: Readonly<Record<string, number>>;
  readonly claims: readonly {
    readonly quote: string;
    readonly metric: string;
    readonly claimed: number | null;
    readonly computed: number | null;
    readonly verdict: string;
    readonly why: string;
  }[];
  readonly watch: readonly { readonly date: string }[];
  readonly provenance: { readonly data: string };
}

test('the document has each claim with quote, figure, verdict and reason', async () => {
  const { written, counts, claims, watch, provenance } = jsonOf(
    await run(['check', FILE, '--json']),
  ) as Document;
  expect(written).toEqual({ date: '2025-09-12', known: true });
  expect(claims.length).toBe(Object.values(counts).reduce((total, count) => total + count, 0));
  const close = claims.find(({ metric }) => metric === 'high');
  expect(close).toMatchObject({ claimed: 1464.98, computed: 1464.98, verdict: 'right' });
  expect(claims.find(({ quote }) => quote.includes('54.5'))?.verdict).toBe('wrong');
  expect(watch.map(({ date }) => date)).toEqual(['2025-10-31']);
  expect(provenance.data).toMatch(/^[0-9a-f]{64}$/);
});

test('standard input, a day of one’s own, CSV', async () => {
  const words = `printf 'Cambricon fell 14.45%% on Thursday.' | "$0" "$1" check - --date 2025-09-05 --csv`;
  const { code, stdout } = await run(['-c', words], { shell: true });
  expect(code).toBe(0);
  const [row] = parse(stdout, { columns: true }) as Record<string, string>[];
  expect(row).toMatchObject({ verdict: 'right', claimed: '-0.1445', asOf: '2025-09-04' });
});

test('the table is in both languages', async () => {
  const { stdout } = await run(['check', FILE, '--lang', 'zh']);
  expect(stdout).toContain('说法核对');
  expect(stdout).toContain('滚动市盈率 520.1 倍');
});

test('what is no file and no day is refused, each by name', async () => {
  const missing = await run(['check', 'no-such-file.txt', '--json']);
  expect(missing.code).toBe(2);
  expect(jsonOf(missing)).toMatchObject({ error: { code: 'file_not_found' } });
  const day = await run(['check', FILE, '--date', '2025-02-30', '--json']);
  expect(day.code).toBe(2);
  expect(jsonOf(day)).toMatchObject({ error: { issues: [{ path: '--date' }] } });
});
