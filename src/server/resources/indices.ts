/** Indices: the list of all, and one with its members, weights, concentration and level. */
import { formatDay, type IndexData, type ReviewDates, type Rulebook } from '../../core/index.js';
import type { ExportRow } from '../../cli/output.js';
import { findingsJson, namingOf } from '../../cli/results/shared.js';
import { IndexParams, KNOWN_AT, optionalDay } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute, type Table } from '../http/tables.js';
import type { Services } from '../services.js';
import { compositionOn, type CompositionView } from '../views/composition.js';
import { nextReview, reviewCalendar } from '../views/reviewCalendar.js';

export function indexRoutes(app: App, services: Services): void {
  const { library } = services;
  tableRoute(app, services, {
    url: '/indices',
    tag: 'indices',
    summary: 'All indices a rulebook is held of, whether their reviews can be run, and their next dates',
    query: KNOWN_AT,
    answer: async (_, { knownAt: asked }) => {
      const { lastClose, withBasket, calendars } = await library.cover();
      const knownAt = optionalDay('knownAt', asked) ?? lastClose;
      const indices = (await library.all()).map((rulebook) => {
        const calendar = calendars.get(rulebook.market);
        const reviews = calendar === undefined ? [] : reviewCalendar(rulebook, calendar);
        return {
          ...headOf(rulebook),
          reviews: withBasket.has(rulebook.id),
          next: nextJson(nextReview(reviews, knownAt)),
        };
      });
      return {
        json: { knownAt: formatDay(knownAt), indices, findings: [] },
        sheets: [
          {
            name: 'indices',
            rows: indices.map(({ names, next, ...rest }) => ({
              ...rest,
              name_en: names.en,
              name_zh: names.zh,
              ...next,
            })),
          },
        ],
      };
    },
  });
  tableRoute(app, services, {
    url: '/indices/:id',
    tag: 'indices',
    summary: 'Members with weights and room to the cap, concentration, level, the next review',
    params: IndexParams,
    query: KNOWN_AT,
    answer: async ({ id }, { knownAt: asked }) => {
      const data = await library.data(id);
      const { lastClose } = await library.cover();
      const knownAt = optionalDay('knownAt', asked) ?? lastClose;
      const view = compositionOn(data, knownAt);
      const next = nextReview(reviewCalendar(data.rulebook, data.market.calendar), knownAt);
      return indexTable(data, view, formatDay(knownAt), next);
    },
  });
}

const headOf = ({ id, version, aliases, nameEn, nameZh, market, currency }: Rulebook) => ({
  id,
  code: aliases[0] ?? null,
  names: { en: nameEn, zh: nameZh },
  market,
  currency,
  rulebook: `${id}@${version}`,
});

const nextJson = (dates: ReviewDates | undefined): Record<string, string> | null =>
  dates === undefined
    ? null
    : Object.fromEntries(Object.entries(dates).map(([name, day]) => [name, formatDay(day)]));

function indexTable(
  data: IndexData,
  view: CompositionView,
  knownAt: string,
  next: ReviewDates | undefined,
): Table {
  const naming = namingOf(data, 'en');
  const { basket, published } = view;
  const members = view.members.map((member) => ({
    id: member.id,
    name: naming.nameZh(member.id),
    nameEn: naming.nameEn(member.id),
    nameShort: naming.name(member.id),
    weight: member.weight,
    roomToCap: member.roomToCap ?? null,
    cappingFactor: member.cappingFactor,
    indexShares: member.indexShares,
    close: member.close,
    closeDate: formatDay(member.closeDay),
  }));
  return {
    json: {
      ...headOf(data.rulebook),
      knownAt,
      date: formatDay(view.day),
      basket: {
        swap: formatDay(basket.swap),
        effective: formatDay(basket.effective),
        quality: basket.quality,
      },
      cap: view.cap ?? null,
      constituents: members,
      concentration: {
        topFive: view.topFive,
        effectiveMembers: view.effectiveMembers,
        members: members.length,
      },
      level: {
        computed: view.level,
        published: published?.level ?? null,
        publishedDate: published === undefined ? null : formatDay(published.day),
        change: published?.change ?? null,
      },
      next: nextJson(next),
      findings: findingsJson(view.findings),
    },
    sheets: [{ name: 'constituents', rows: members satisfies readonly ExportRow[] }],
  };
}
