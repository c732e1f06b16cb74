/**
 * How much the selection of September 2025 hangs on documented share counts: the review is run as it is, and again
 * with the later counts carried back, as if scripts/share_counts.csv had never been read.
 *
 *     node examples/without-share-counts.mjs
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { factTable, parseDay, rowsOf, runReview } from 'counterweight';
import { parse } from 'csv-parse/sync';
import { loadIndexData } from '../dist/data/bundle.js';
import { loadRulebook } from '../dist/data/rulebooks.js';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const say = (line) => process.stdout.write(`${line}\n`);

const data = await loadIndexData(path('datasets/cn-star'), await loadRulebook('star-50', path('rulebooks')));
const facts = [...data.market.facts.values()].flat();
const documented = new Set(
  parse(readFileSync(path('scripts/share_counts.csv')), { columns: true }).map(({ id }) => id),
);
// With H shares the total counts too much; those companies keep their A shares.
for (const { field, id } of facts) if (field === 'dual_listed') documented.delete(id);

const carriedBack = facts
  .filter(({ id, field }) => field !== 'a_shares' || !documented.has(id))
  .concat(
    facts
      .filter(({ id, field }) => field === 'total_shares' && documented.has(id))
      .map((fact) => ({ ...fact, field: 'a_shares' })),
  );

report('documented counts', facts);
report('later counts carried back', carriedBack);

function report(title, used) {
  const market = { ...data.market, facts: factTable(used) };
  const request = { effective: parseDay('2025-09-15'), knownAt: parseDay('2025-09-12') };
  const { review, snapshots } = runReview({ ...data, market }, request);
  const { additions, deletions } = review.ruleBased;
  say(`${title}: the rules add ${additions.join(' ')} and delete ${deletions.join(' ')}`);
  const row = rowsOf(snapshots.atCutoff);
  const candidates = review.decisions
    .filter(({ rank, incumbent }) => rank !== undefined && !incumbent)
    .toSorted((a, b) => a.rank - b.rank);
  for (const { id, rank } of candidates.slice(0, 5)) {
    const capBn = snapshots.atCutoff.averageTotalCap[row.get(id)] / 1e9;
    say(`  rank ${rank}  ${id}  ${capBn.toFixed(2)} bn CNY average`);
  }
}
