/** Forced trades of one review: the document of `counterweight flows --json`. */
import { Type } from 'typebox';
import { flowsView } from '../../cli/commands/flows.js';
import { flowsResult } from '../../cli/results/flowsResult.js';
import { Amount, REVIEW_QUERY, ReviewParams, SecurityCode } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { reviewAsked } from '../views/reviewAsked.js';

const QUERY = {
  ...REVIEW_QUERY,
  assets: Type.Optional(Amount),
  security: Type.Optional(SecurityCode),
};

export function flowsRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/reviews/:effective/flows',
    tag: 'reviews',
    summary: 'What all tracking funds are forced to trade at the effective close, beside published estimates',
    params: ReviewParams,
    query: QUERY,
    answer: async ({ id, effective }, { assets, security, ...query }) => {
      const data = await services.library.data(id);
      const run = reviewAsked(data, { effective, ...query });
      return flowsResult(data, run, flowsView(data, run, assets, security), 'en');
    },
  });
}
