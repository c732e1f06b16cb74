/**
 * What an order does to the price: the forced trade of one security in a review, or an order of one's own; the documents of
 * `counterweight impact --json`.
 */
import { Type } from 'typebox';
import { IMPACT_MODEL_NAMES } from '../../core/index.js';
import { forcedView, orderView } from '../../cli/commands/impact.js';
import { loadEvidence } from '../../data/evidence.js';
import { assetsOf } from '../../cli/commands/forecast.js';
import { impactResult } from '../../cli/results/impactResult.js';
import { inputError } from '../http/failures.js';
import { Amount, REVIEW_QUERY, SecurityOfReviewParams } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { reviewRequest } from '../views/reviewAsked.js';
import { securityAsked } from '../views/securityAsked.js';

const ORDER = {
  days: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: 250,
      description: 'days of volume the order is spread over; 1 unless told otherwise',
    }),
  ),
  spread: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, maximum: 0.5, description: 'full spread, fraction of the price' }),
  ),
  model: Type.Optional(Type.Enum([...IMPACT_MODEL_NAMES], { description: 'all unless told otherwise' })),
};

const Shares = (description: string) => Type.Number({ minimum: 1, maximum: 1e15, description });

const OWN_ORDER = {
  shares: Type.Number({ minimum: -1e15, maximum: 1e15, description: 'signed, buy positive, not 0' }),
  adv: Shares('volume of a day, shares'),
  sigma: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'daily volatility, fraction' }),
  sharesOutstanding: Type.Optional(Shares('shares outstanding')),
  ...ORDER,
};

export function impactRoutes(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/reviews/:effective/impact/:security',
    tag: 'trading',
    summary: 'What the forced trade of one security does to its price and costs, model beside model',
    params: SecurityOfReviewParams,
    query: { ...REVIEW_QUERY, assets: Type.Optional(Amount), ...ORDER },
    answer: async ({ id, effective, security }, { assets, days = 1, spread, model, ...query }) => {
      const data = await services.library.data(id);
      const request = reviewRequest(data, { effective, ...query });
      const view = forcedView(
        data,
        {
          ...request,
          security: securityAsked(data, security),
          days,
          ...(assets !== undefined && { assets: assetsOf(data, assets, request.knownAt) }),
          ...(spread !== undefined && { spread }),
        },
        model,
      );
      const evidence = await loadEvidence(services.folders.datasets);
      return impactResult({ ...view, evidence }, 'en');
    },
  });
  tableRoute(app, services, {
    url: '/impact',
    tag: 'trading',
    summary: 'The same of an order of one’s own, from its size, the daily volume and the daily volatility',
    query: OWN_ORDER,
    answer: (_, { shares, adv, sigma, sharesOutstanding, days = 1, spread, model }) => {
      if (model === 'greenwood') {
        throw inputError('invalid_argument', 'model greenwood cannot be used', {
          path: 'model',
          value: model,
          expected: 'another model: this one takes all trades of a review',
        });
      }
      const liquidity = {
        advShares: adv,
        volatility: sigma,
        sharesOutstanding: sharesOutstanding ?? Number.NaN,
        spread: spread ?? Number.NaN,
      };
      return impactResult(orderView({ shares, days }, liquidity, model), 'en');
    },
  });
}
