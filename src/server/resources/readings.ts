/** One review under every reading of its ambiguous clauses: the document of `counterweight readings --json`. */
import { Type } from 'typebox';
import { flowsOf, runReadings } from '../../core/index.js';
import { assetsGiven } from '../../cli/commands/flows.js';
import { readingsResult } from '../../cli/results/readingsResult.js';
import { evidenceUntil } from '../../cli/session.js';
import { Amount, REVIEW_QUERY, ReviewParams } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { reviewRequest } from '../views/reviewAsked.js';

const QUERY = { knownAt: REVIEW_QUERY.knownAt, assets: Type.Optional(Amount) };

export function readingsRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/reviews/:effective/readings',
    tag: 'reviews',
    summary:
      'The review under every reading of its ambiguous clauses, in weight and money, with the evidence',
    params: ReviewParams,
    query: QUERY,
    answer: async ({ id, effective }, { assets, knownAt }) => {
      const data = await services.library.data(id);
      const request = reviewRequest(data, { effective, knownAt });
      const views = runReadings(data, request, evidenceUntil(data)).map((reading) => ({
        reading,
        flows: flowsOf(data, reading.run, assetsGiven(data, reading.run, assets)),
      }));
      return readingsResult(data, views, 'en');
    },
  });
}
