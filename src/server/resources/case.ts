/** What one review needs, for the core in the browser: a what-if there follows the hand. */
import { datesOfReview, isSession, resolveRulebook } from '../../core/index.js';
import { dayOfText, ReviewParams } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { caseDocument } from '../views/caseDocument.js';

export function caseRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/case/:effective',
    tag: 'reviews',
    summary: 'Closes, facts, baskets and rules that one review is computed from, as columns',
    params: ReviewParams,
    answer: async ({ id, effective: text }) => {
      const data = await services.library.data(id);
      const effective = dayOfText('effective', text);
      isSession(data.market.calendar, effective);
      const methodology = resolveRulebook(data.rulebook, effective);
      const dates = datesOfReview(methodology, data.market.calendar, effective);
      const document = caseDocument(data, dates);
      return {
        json: { ...document },
        // Not indented: it is for a program, and large.
        compact: true,
        sheets: [
          {
            name: 'securities',
            rows: document.securities.map((security) => ({ ...security })),
          },
        ],
      };
    },
  });
}
