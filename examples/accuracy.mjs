/**
 * How close the computed review of September 2025 comes: row by row to the reference in test/golden, and in index
 * points to the published levels before and after the swap.
 *
 *     node examples/accuracy.mjs
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fitToPublished, levelEvidence, levelHistory, panelRange, parseDay, runReview } from 'counterweight';
import { parse } from 'csv-parse/sync';
import { loadIndexData } from '../dist/data/bundle.js';
import { loadRulebook } from '../dist/data/rulebooks.js';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const say = (line) => process.stdout.write(`${line}\n`);

const data = await loadIndexData(path('datasets/cn-star'), await loadRulebook('star-50', path('rulebooks')));
const run = runReview(data, { effective: parseDay('2025-09-15'), knownAt: parseDay('2025-09-12') });

const ours = new Map(run.proForma.members.map((member) => [member.id, member]));
const reference = parse(readFileSync(path('test/golden/star50_review_2025-09-12.csv')), { columns: true });
const rows = reference.map((row) => ({
  id: row.code,
  before: ours.get(row.code).weightBefore * 100 - Number(row.weight_before_pct),
  after: ours.get(row.code).weightAfter * 100 - Number(row.weight_after_pct),
}));
const largest = (column) => rows.toSorted((a, b) => Math.abs(b[column]) - Math.abs(a[column]))[0];
say(`${rows.length} rows against the reference, largest difference in percentage points:`);
say(`  before ${largest('before').before.toFixed(4)} (${largest('before').id})`);
say(`  after  ${largest('after').after.toFixed(4)} (${largest('after').id})`);
say(`  688111 after ${rows.find(({ id }) => id === '688111').after.toFixed(4)}`);

const { market, actions, levels, baskets } = data;
const { before, dates } = run.proForma;
const levelsBefore = levelHistory(
  before,
  market.prices,
  actions,
  market.calendar,
  before.effective,
  dates.swap,
);
fit('before the swap', fitToPublished(levelsBefore, levels));
const evidence = levelEvidence(data, run, panelRange(market.prices).last);
fit('after the swap', evidence.find(({ pricedOn }) => pricedOn === dates.pricing).fit);

const [halfA, halfB] = baskets.map(({ composition }) => composition);
const sharesM = (half, id) => half.adjustedShares[half.ids.indexOf(id)] / 1e6;
say(
  `688111 adjusted shares, solved before and after the swap: ` +
    `${sharesM(halfA, '688111').toFixed(2)} m and ${sharesM(halfB, '688111').toFixed(2)} m`,
);
say(`688981 capping factor before: ${before.cappingFactors[before.ids.indexOf('688981')].toFixed(4)}`);

function fit(title, { days, largestError }) {
  say(`level ${title}: ${days} sessions, largest error ${largestError.toFixed(4)} points`);
}
