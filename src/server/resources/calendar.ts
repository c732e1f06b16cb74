/** Review dates of an index, past and coming, as far as its trading calendar goes. */
import { formatDay, REVIEW_DATE_NAMES } from '../../core/index.js';
import { IndexParams, KNOWN_AT, optionalDay } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { countdown, reviewCalendar } from '../views/reviewCalendar.js';
import type { Day } from '../../core/index.js';

export function calendarRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/calendar',
    tag: 'indices',
    summary:
      'Cut-off, announcement, pricing, swap and effective dates, with the trading sessions left to each',
    params: IndexParams,
    query: KNOWN_AT,
    answer: async ({ id }, { knownAt: asked }) => {
      const { library } = services;
      const rulebook = await library.rulebook(id);
      const calendar = await library.calendar(rulebook);
      const knownAt = optionalDay('knownAt', asked) ?? (await library.cover()).lastClose;
      const reviews = reviewCalendar(rulebook, calendar).map((dates) => ({
        ...Object.fromEntries(REVIEW_DATE_NAMES.map((name) => [name, formatDay(dates[name])])),
        past: dates.effective <= knownAt,
        sessionsLeft: countdown(dates, calendar, knownAt),
      }));
      return {
        json: {
          index: rulebook.id,
          market: rulebook.market,
          knownAt: formatDay(knownAt),
          calendarEnds: formatDay(calendar.days[calendar.days.length - 1] as Day),
          reviews,
          rulebook: `${rulebook.id}@${rulebook.version}`,
          findings: [],
        },
        sheets: [
          {
            name: 'reviews',
            rows: reviews.map(({ sessionsLeft, ...dates }) => ({
              ...dates,
              sessions_to_effective: sessionsLeft.effective,
            })),
          },
        ],
      };
    },
  });
}
