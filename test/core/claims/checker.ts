/** The checker on the bundled data, and plain rows beside it for references that must not use it. */
import { readFileSync } from 'node:fs';
import { claimRunner, parseDay, type Checked, type Claim, type Verdict } from '../../../src/core/index.js';
import { loadIndexData } from '../../../src/data/bundle.js';
import { loadClaimSources } from '../../../src/data/claimSources.js';
import { openParquet, type Columns } from '../../../src/data/parquet.js';
import { loadRulebook } from '../../../src/data/rulebooks.js';

const RULEBOOKS = ['star-50', 'star-100', 'star-chip', 'star-ai', 'csi-300', 'csi-ai'];

export async function checker(): Promise<(text: string, written?: string) => Checked> {
  const rulebooks = await Promise.all(RULEBOOKS.map((name) => loadRulebook(name, 'rulebooks')));
  const held = await loadIndexData('datasets/cn-star', rulebooks[0]);
  const run = claimRunner(await loadClaimSources('datasets', held, rulebooks));
  return (text, written) => run(text, written === undefined ? undefined : parseDay(written)).checked;
}

export const verdictsOf = ({ claims }: Checked): Verdict[] => claims.map(({ verdict }) => verdict);

export const isRight = ({ verdict }: Claim): boolean =>
  verdict === 'right' || verdict === 'right-within-rounding';

/** Rows of a query, `{star/closes}` and `{fundamentals/bars}` standing for tables. */
export async function rowsOf(sql: string): Promise<Columns> {
  const reader = await openParquet((table) => `datasets/cn-${table.replace('__', '/')}.parquet`);
  try {
    return await reader.query(sql);
  } finally {
    reader.close();
  }
}

export interface Sentence {
  readonly written: string | undefined;
  readonly verdicts: readonly Verdict[];
  readonly text: string;
}

const SHORT: Readonly<Record<string, Verdict>> = { rounded: 'right-within-rounding', none: 'not-checkable' };

/** Lines `day | verdicts | sentence`; `#` begins a remark. */
export function sentencesIn(file: string): Sentence[] {
  return readFileSync(`test/fixtures/claims/${file}`, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [day, verdicts, ...text] = line.split(' | ');
      return {
        written: day === '-' ? undefined : day,
        verdicts: verdicts.split(' ').map((word) => SHORT[word] ?? (word as Verdict)),
        text: text.join(' | '),
      };
    });
}
