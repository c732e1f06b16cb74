/** Securities: search, one security with what is known of it, and its closes. */
import { Type } from 'typebox';
import {
  formatDay,
  hasMark,
  knownFacts,
  lastRow,
  MARKS,
  panelRange,
  PRICE_QUALITIES,
  Refusal,
  securityId,
  sessionOnOrBefore,
  takeSnapshot,
  type Day,
  type FactField,
  type IndexData,
  type Mark,
  type SecurityId,
} from '../../core/index.js';
import { codeWithSuffix } from '../../cli/format.js';
import { nearest } from '../../data/nearest.js';
import { inputError } from '../http/failures.js';
import { isoDate, KNOWN_AT, optionalDay, SecurityCode, STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute, type Table } from '../http/tables.js';
import { searchUniverse, type Listed, type Universe } from '../library/universe.js';
import type { Services } from '../services.js';
import { compositionOn } from '../views/composition.js';

const SearchQuery = {
  query: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 60,
      description: 'code, Chinese name, pinyin initials or English name; without it all, by code',
    }),
  ),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 10_000, description: '20 unless told otherwise' }),
  ),
};

const SecurityParams = Type.Object({ id: SecurityCode }, STRICT);

export function securityRoutes(app: App, services: Services): void {
  const { library, universe } = services;
  tableRoute(app, services, {
    url: '/securities',
    tag: 'securities',
    summary: 'Search by code, Chinese name, pinyin initials or English name, the best matches first; or all',
    query: SearchQuery,
    answer: async (_, { query, limit }) => {
      const all = await universe();
      const most = limit ?? 20;
      const found = query === undefined ? all.securities.slice(0, most) : searchUniverse(all, query, most);
      const securities = found.map(headOf);
      return {
        json: { query: query ?? null, securities, findings: [] },
        sheets: [{ name: 'securities', rows: securities }],
      };
    },
  });
  tableRoute(app, services, {
    url: '/securities/:id',
    tag: 'securities',
    summary:
      'Names, board, facts with date and source, the indices it is in with weight and room to the cap, doubts',
    params: SecurityParams,
    query: KNOWN_AT,
    answer: async ({ id }, { knownAt: asked }) => {
      const listed = securityOf(await universe(), id);
      const knownAt = optionalDay('knownAt', asked) ?? (await library.cover()).lastClose;
      return securityTable(listed, await library.withBaskets(), knownAt);
    },
  });
  tableRoute(app, services, {
    url: '/securities/:id/prices',
    tag: 'securities',
    summary: 'Closes and values traded by day; a day without trading has none',
    params: SecurityParams,
    query: { from: Type.Optional(isoDate('first day')), to: Type.Optional(isoDate('last day')) },
    answer: async ({ id }, query) => {
      const listed = securityOf(await universe(), id);
      const [data] = await library.withBaskets();
      return pricesTable(listed.id, data, optionalDay('from', query.from), optionalDay('to', query.to));
    },
  });
}

/** @throws InputError `unknown_security` with the nearest code */
function securityOf({ byId }: Universe, asked: string): Listed {
  const found = byId.get(securityId(asked.slice(0, 6)));
  const wanted = asked.length === 6 ? undefined : asked;
  if (found !== undefined && (wanted === undefined || codeWithSuffix(found.id, found.market) === wanted))
    return found;
  const near = found === undefined ? nearest(asked, byId.keys()) : codeWithSuffix(found.id, found.market);
  throw inputError('unknown_security', 'there is no such security', {
    path: 'id',
    value: asked,
    expected: `a code of the universe${near === undefined ? '' : `, nearest: ${near}`}`,
  });
}

const headOf = (listed: Listed) => ({
  id: listed.id,
  code: codeWithSuffix(listed.id, listed.market),
  name: listed.nameZh,
  nameEn: listed.nameEn,
  nameShort: listed.nameShort,
  pinyin: listed.pinyin,
  market: listed.market,
  board: listed.board,
  industry: listed.industry,
  listed: listed.listed === undefined ? null : formatDay(listed.listed),
});

const FIELDS: readonly FactField[] = [
  'a_shares',
  'total_shares',
  'float_a_shares',
  'inclusion_factor',
  'dual_listed',
  'risk_warning',
];

function securityTable(listed: Listed, indices: readonly IndexData[], knownAt: Day): Table {
  const [first] = indices;
  const facts = FIELDS.flatMap((field) =>
    knownFacts(first.market.facts, listed.id, field, knownAt).map(
      ({ value, asOf, knownOn, quality, source, note }) => ({
        field,
        value,
        asOf: formatDay(asOf),
        knownOn: formatDay(knownOn),
        quality,
        source,
        note,
      }),
    ),
  );
  const memberships = indices.flatMap((data) => membershipIn(data, listed.id, knownAt));
  const size = listed.marketValue;
  // What became known later is not shown: the whole page goes back in time.
  const shown =
    size !== undefined && size.day <= knownAt
      ? { amount: size.value, currency: 'CNY', date: formatDay(size.day) }
      : null;
  return {
    json: {
      ...headOf(listed),
      knownAt: formatDay(knownAt),
      marketValue: shown,
      facts,
      indices: memberships,
      marks: marksOf(first, listed.id, knownAt),
      findings: facts
        .filter(({ quality }) => quality !== 'reported')
        .map(({ field, quality, note, asOf }) => ({
          code: `fact_${quality}`,
          subject: listed.id,
          message: `${field} of ${asOf}: ${note}`,
        })),
    },
    sheets: [
      { name: 'facts', rows: facts },
      { name: 'indices', rows: memberships },
    ],
  };
}

function membershipIn(data: IndexData, id: SecurityId, knownAt: Day) {
  try {
    const { members, day } = compositionOn(data, knownAt);
    const member = members.find((candidate) => candidate.id === id);
    if (member === undefined) return [];
    const { weight, roomToCap } = member;
    return [{ index: data.rulebook.id, date: formatDay(day), weight, roomToCap: roomToCap ?? null }];
  } catch (error) {
    // No basket was known that early.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** Doubts about the security's last close and counts, by name. */
function marksOf({ market }: IndexData, id: SecurityId, knownAt: Day): Mark[] {
  const { first, last } = panelRange(market.prices);
  if (knownAt < first) return [];
  const day = sessionOnOrBefore(market.calendar, Math.min(knownAt, last) as Day);
  const snapshot = takeSnapshot(market, { day, knownAt });
  const row = snapshot.securities.findIndex((security) => security.id === id);
  return row < 0 ? [] : (Object.keys(MARKS) as Mark[]).filter((mark) => hasMark(snapshot, row, mark));
}

function pricesTable(
  id: SecurityId,
  { market, rulebook }: IndexData,
  from: Day | undefined,
  to: Day | undefined,
): Table {
  const { prices: panel } = market;
  const security = panel.ids.indexOf(id);
  const known = security >= 0;
  const start = known
    ? from === undefined
      ? panel.start[security]
      : Math.max(panel.start[security], lastRow(panel, security, from - 1) + 1)
    : 0;
  const end = known ? (to === undefined ? panel.start[security + 1] : lastRow(panel, security, to) + 1) : 0;
  const prices = Array.from({ length: Math.max(0, end - start) }, (_, i) => {
    const row = start + i;
    const value = panel.value[row];
    return {
      date: formatDay(panel.day[row] as Day),
      close: panel.close[row],
      value: Number.isNaN(value) ? null : value,
      quality: PRICE_QUALITIES[panel.quality[row]],
    };
  });
  const missing = {
    code: 'prices_missing',
    subject: id,
    message: 'no closes of this security are held; import them',
  };
  return {
    json: { id, currency: rulebook.currency, prices, findings: known ? [] : [missing] },
    sheets: [{ name: 'prices', rows: prices }],
  };
}
