/** Every security there is to search: the A shares of three exchanges, with the English names of the index members. */
import { join } from 'node:path';
import { securityId, type Day, type Security, type SecurityId } from '../../core/index.js';
import { loadListings } from '../../data/bundle.js';
import { openParquet } from '../../data/parquet.js';

export interface Listed {
  readonly id: SecurityId;
  readonly market: string;
  readonly nameZh: string;
  /** Legal name; empty when none is held. */
  readonly nameEn: string;
  /** Everyday English name; empty when none is held. */
  readonly nameShort: string;
  /** First letters of the syllables: `hwj`. */
  readonly pinyin: string;
  readonly board: string;
  readonly industry: string;
  readonly listed: Day | undefined;
  /** CNY, on a day; `undefined` when not held. */
  readonly marketValue: Dated | undefined;
  readonly lastClose: Dated | undefined;
}

interface Dated {
  readonly value: number;
  readonly day: Day;
}

export interface Universe {
  readonly securities: readonly Listed[];
  readonly byId: ReadonlyMap<SecurityId, Listed>;
}

/** @throws OperationalError when a table is missing or damaged */
export async function loadUniverse(folder: string, bundle: string): Promise<Universe> {
  const { securities: detailed } = await loadListings(bundle, 'XSHG');
  const known = new Map(detailed.map((security) => [security.id, security]));
  const listed = await readListed(folder, known);
  const held = new Set(listed.map(({ id }) => id));
  const gone = detailed.filter(({ id }) => !held.has(id)).map(delisted);
  const securities = [...listed, ...gone].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { securities, byId: new Map(securities.map((security) => [security.id, security])) };
}

async function readListed(folder: string, known: ReadonlyMap<SecurityId, Security>): Promise<Listed[]> {
  const reader = await openParquet((table) => join(folder, `${table}.parquet`));
  const day = (column: string): string => `CAST(${column} - DATE '1970-01-01' AS INTEGER) AS ${column}`;
  try {
    const c = await reader.query(
      `SELECT id, market, name_zh, pinyin, board, industry, ${day('list_day')}, market_value_cny, ${day('market_value_day')},
        close, ${day('close_day')} FROM {securities} ORDER BY id`,
    );
    return c.id.map((code, i): Listed => {
      const id = securityId(String(code));
      return {
        id,
        market: String(c.market[i]),
        nameZh: String(c.name_zh[i]),
        nameEn: known.get(id)?.nameEn ?? '',
        nameShort: known.get(id)?.nameShort ?? '',
        pinyin: String(c.pinyin[i]),
        board: String(c.board[i]),
        industry: String(c.industry[i] ?? ''),
        listed: c.list_day[i] === null ? undefined : (Number(c.list_day[i]) as Day),
        marketValue: dated(c.market_value_cny[i], c.market_value_day[i]),
        lastClose: dated(c.close[i], c.close_day[i]),
      };
    });
  } finally {
    reader.close();
  }
}

const dated = (value: unknown, day: unknown): Dated | undefined =>
  value === null || day === null ? undefined : { value: Number(value), day: Number(day) as Day };

/** In the price data, but no longer in the list of what trades. */
const delisted = ({ id, market, nameZh, nameEn, nameShort, board, listed }: Security): Listed => ({
  id,
  market,
  nameZh,
  nameEn,
  nameShort,
  pinyin: '',
  board: `SSE_${board}`,
  industry: '',
  listed,
  marketValue: undefined,
  lastClose: undefined,
});

/** The best matches by code, Chinese name, pinyin initials or English name; among equals the larger company. */
export function searchUniverse({ securities }: Universe, query: string, limit: number): Listed[] {
  const wanted = query.normalize('NFKC').trim().toLowerCase();
  const code = wanted.replace(/\.(?:sh|sz|bj)$/, '');
  const found = securities.flatMap((security) => {
    const rank = rankOf(security, wanted, code);
    return rank === undefined ? [] : [{ security, rank }];
  });
  return found
    .toSorted(
      (a, b) =>
        a.rank - b.rank ||
        sizeOf(b.security) - sizeOf(a.security) ||
        (a.security.id < b.security.id ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ security }) => security);
}

const sizeOf = ({ marketValue }: Listed): number => marketValue?.value ?? 0;

/** How well a security answers, 0 best; `undefined` when it does not. */
function rankOf(security: Listed, wanted: string, code: string): number | undefined {
  const { id, pinyin } = security;
  const nameZh = security.nameZh.toLowerCase();
  const english = [security.nameShort.toLowerCase(), security.nameEn.toLowerCase()];
  const tests: readonly boolean[] = [
    id === code,
    nameZh === wanted || english[0] === wanted,
    pinyin === wanted,
    id.startsWith(code),
    nameZh.startsWith(wanted) || english.some((name) => name.startsWith(wanted)),
    pinyin.startsWith(wanted),
    nameZh.includes(wanted),
    english.some((name) => name.includes(wanted)),
    wanted.length > 1 && pinyin.includes(wanted),
  ];
  const rank = tests.indexOf(true);
  return rank < 0 ? undefined : rank;
}
