/** One security netted over all indices of which a trade is known: the document of `counterweight net --json`. */
import { join } from 'node:path';
import { Type } from 'typebox';
import { netResult } from '../../cli/results/netResult.js';
import { publishedLegs } from '../../data/legs.js';
import { inputError } from '../http/failures.js';
import { Amount, REVIEW_QUERY, SecurityOfReviewParams } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { reviewAsked } from '../views/reviewAsked.js';
import { securityAsked } from '../views/securityAsked.js';

const QUERY = {
  ...REVIEW_QUERY,
  enhanced: Type.Optional(Amount),
  fraction: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'share of the passive trade that enhanced funds do; beside `enhanced`, their assets',
    }),
  ),
};

export function netRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/reviews/:effective/net/:security',
    tag: 'reviews',
    summary:
      'What a review forces in one security, netted with the trades that were printed of other indices',
    params: SecurityOfReviewParams,
    query: QUERY,
    answer: async ({ id, effective, security }, { enhanced, fraction, ...query }) => {
      if ((enhanced === undefined) !== (fraction === undefined)) {
        throw inputError('invalid_argument', 'enhanced and fraction go together', {
          path: enhanced === undefined ? 'enhanced' : 'fraction',
          expected: 'a value, as the other one is given',
        });
      }
      const data = await services.library.data(id);
      const view = {
        security: securityAsked(data, security),
        printed: await publishedLegs(
          join(services.folders.datasets, 'cn-star'),
          securityAsked(data, security),
        ),
        enhanced:
          enhanced === undefined || fraction === undefined ? undefined : { assets: enhanced, fraction },
      };
      return netResult(data, reviewAsked(data, { effective, ...query }), view, 'en');
    },
  });
}
