/** What the reference pages are made from: every bundled rulebook and the sessions of Shanghai. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadIndexData } from '../../dist/data/bundle.js';
import { loadRulebook } from '../../dist/data/rulebooks.js';

const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

export async function allRulebooks() {
  const files = readdirSync(path('rulebooks'))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const loaded = await Promise.all(
    files.map((name) => loadRulebook(path(`rulebooks/${name}`), path('rulebooks'))),
  );
  return loaded.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export async function shanghaiSessions() {
  const rulebook = await loadRulebook('star-50', path('rulebooks'));
  return (await loadIndexData(path('datasets/cn-star'), rulebook)).market.calendar;
}
