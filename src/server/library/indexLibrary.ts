/**
 * Rulebooks and data of all indices, loaded when first asked for and kept. Indices are found by id or provider code
 * among the bundled rulebooks only: no name from outside ever becomes a path.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal, type IndexData, type Rulebook, type SessionCalendar } from '../../core/index.js';
import { loadCover, loadIndexData, type BundleCover } from '../../data/bundle.js';
import { importedClosesFile } from '../../data/importedCloses.js';
import { nearest } from '../../data/nearest.js';
import { readRulebook } from '../../data/rulebooks.js';
import { inputError } from '../http/failures.js';

export interface LibraryFolders {
  readonly rulebooks: string;
  readonly bundle: string;
  /** What a person imported. */
  readonly data: string;
}

export interface IndexLibrary {
  readonly all: () => Promise<readonly Rulebook[]>;
  /** @throws InputError `unknown_index` with the nearest id */
  readonly rulebook: (name: string) => Promise<Rulebook>;
  readonly cover: () => Promise<BundleCover>;
  /** @throws Refusal `no_calendar` */
  readonly calendar: (rulebook: Rulebook) => Promise<SessionCalendar>;
  /** @throws InputError `unknown_index`, Refusal `no_basket` for an index of which only the rules are held */
  readonly data: (name: string) => Promise<IndexData>;
  /** Data of every index that a basket is held of. */
  readonly withBaskets: () => Promise<readonly IndexData[]>;
  /** Hash over all data files: results kept under it are still right. */
  readonly fingerprint: () => Promise<string>;
  /** Forgets the data when an import, here or on the command line, has changed them. @returns whether it did */
  readonly refresh: () => boolean;
}

export function indexLibrary(folders: LibraryFolders): IndexLibrary {
  let held = heldData(folders);
  const rulebooks = once(() => readRulebooks(folders.rulebooks));

  const rulebook = async (name: string): Promise<Rulebook> => {
    const all = await rulebooks();
    const wanted = name.toLowerCase();
    const found = all.find(({ id, aliases }) =>
      [id, ...aliases].some((word) => word.toLowerCase() === wanted),
    );
    if (found !== undefined) return found;
    const near = nearest(
      wanted,
      all.flatMap(({ id, aliases }) => [id, ...aliases]),
    );
    throw inputError('unknown_index', 'there is no such index', {
      path: 'id',
      value: name,
      expected: `${near === undefined ? '' : `${near} (the nearest), `}one of ${all.map(({ id }) => id).join(', ')}`,
    });
  };

  const data = async (name: string): Promise<IndexData> => {
    const found = await rulebook(name);
    const { withBasket } = await held.cover();
    if (withBasket.has(found.id)) return held.data(found);
    const known = [...withBasket].join(', ');
    throw new Refusal(
      'no_basket',
      `only the rules of ${found.id} are held, no basket; baskets are held of ${known}`,
      {
        index: found.id,
      },
    );
  };

  return {
    all: rulebooks,
    rulebook,
    data,
    cover: () => held.cover(),
    fingerprint: () => held.fingerprint(),
    async calendar({ id, market }) {
      const { calendars } = await held.cover();
      const calendar = calendars.get(market);
      if (calendar !== undefined) return calendar;
      throw new Refusal('no_calendar', `the sessions of ${market}, which ${id} counts, are not held`, {
        market,
      });
    },
    async withBaskets() {
      const { withBasket } = await held.cover();
      return Promise.all([...withBasket].map(data));
    },
    refresh() {
      if (importStamp(folders.data) === held.stamp) return false;
      held = heldData(folders);
      return true;
    },
  };
}

/** Of the file of imported closes: it is replaced whole, so it differs after every import. */
function importStamp(folder: string): string {
  const file = importedClosesFile(folder);
  const stats = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'none' : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}

interface HeldData {
  readonly stamp: string;
  readonly cover: () => Promise<BundleCover>;
  readonly data: (rulebook: Rulebook) => Promise<IndexData>;
  readonly fingerprint: () => Promise<string>;
}

/** One state of the data: after an import there is a new one. */
function heldData({ bundle, data: folder }: LibraryFolders): HeldData {
  const stamp = importStamp(folder);
  const imported = importedClosesFile(folder);
  const byIndex = new Map<string, () => Promise<IndexData>>();
  return {
    stamp,
    cover: once(() => loadCover(bundle, imported)),
    fingerprint: once(() => fingerprintOf(bundle, imported)),
    data: (rulebook) => {
      const load = byIndex.get(rulebook.id) ?? once(() => loadIndexData(bundle, rulebook, imported));
      byIndex.set(rulebook.id, load);
      return load();
    },
  };
}

/** Runs at the first call; a failure is not kept, so that the next call tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

async function readRulebooks(folder: string): Promise<Rulebook[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).toSorted();
  const rulebooks: Rulebook[] = [];
  for (const file of files) rulebooks.push(await readRulebook(join(folder, file)));
  return rulebooks.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function fingerprintOf(bundle: string, imported: string | undefined): Promise<string> {
  const hash = createHash('sha256');
  // Names every file of the bundle with its own hash.
  hash.update(await readFile(join(bundle, 'provenance.json')));
  if (imported !== undefined) hash.update(await readFile(imported));
  return hash.digest('hex');
}
