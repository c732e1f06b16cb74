/** One review of one index: the document of `counterweight review --json`. */
import { reviewResult } from '../../cli/results/reviewResult.js';
import { REVIEW_QUERY, ReviewParams } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { reviewAsked } from '../views/reviewAsked.js';

export function reviewsRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/reviews/:effective',
    tag: 'reviews',
    summary: 'Who enters and leaves, every weight before and after, and the rule that bound it',
    params: ReviewParams,
    query: REVIEW_QUERY,
    answer: async ({ id, effective }, query) => {
      const data = await services.library.data(id);
      return reviewResult(data, reviewAsked(data, { effective, ...query }), 'en');
    },
  });
}
