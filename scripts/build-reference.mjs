/** `npm run reference`: writes the reference pages of the rule kinds to docs/reference. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allRulebooks, shanghaiSessions } from './reference/sources.mjs';
import { referencePages } from './reference/pages.mjs';

const FOLDER = fileURLToPath(new URL('../docs/reference/', import.meta.url));

mkdirSync(FOLDER, { recursive: true });
const pages = referencePages(await allRulebooks(), await shanghaiSessions());
for (const [name, text] of Object.entries(pages)) writeFileSync(join(FOLDER, name), text);
console.log(`${Object.keys(pages).length} pages in docs/reference`);
