/** When to trade what a review forces: the document of `counterweight schedule --json`. */
import { Type } from 'typebox';
import { runSchedule, SCHEDULE_METHODS } from '../../core/index.js';
import { assetsOf } from '../../cli/commands/forecast.js';
import { scheduleResult } from '../../cli/results/scheduleResult.js';
import { quadraticSolver } from '../../data/quadraticSolver.js';
import { Amount, REVIEW_QUERY, SecurityOfReviewParams } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { reviewRequest } from '../views/reviewAsked.js';
import { securityAsked } from '../views/securityAsked.js';

const MOST_SESSIONS = 60;

const QUERY = {
  ...REVIEW_QUERY,
  assets: Type.Optional(Amount),
  method: Type.Optional(Type.Enum([...SCHEDULE_METHODS], { description: 'profile unless told otherwise' })),
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MOST_SESSIONS, description: 'sessions up to the swap close; 3' }),
  ),
  after: Type.Optional(
    Type.Integer({ minimum: 0, maximum: MOST_SESSIONS, description: 'sessions after the swap close; 0' }),
  ),
  participation: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'largest share of a slot’s volume; 1' }),
  ),
  auction: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: 0.9,
      description: 'share of a session’s volume in the closing auction; 0.1',
    }),
  ),
  risk: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1e12,
      description: 'cost that a unit of squared tracking error is worth, both as fractions; 10000',
    }),
  ),
};

export function scheduleRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/reviews/:effective/schedule/:security',
    tag: 'trading',
    summary:
      'A forced trade per session and auction, every method beside it, and cost against tracking error',
    params: SecurityOfReviewParams,
    query: QUERY,
    answer: async ({ id, effective, security }, { assets, knownAt, reading, ...asked }) => {
      const data = await services.library.data(id);
      const request = reviewRequest(data, { effective, knownAt, reading });
      const { participation = 1 } = asked;
      const run = runSchedule(data, {
        ...request,
        security: securityAsked(data, security),
        method: asked.method ?? 'profile',
        before: asked.days ?? 3,
        after: asked.after ?? 0,
        participation,
        // A limit that nobody set needs no solver.
        ...(participation < 1 && { solve: await quadraticSolver() }),
        auction: asked.auction ?? 0.1,
        riskAversion: asked.risk ?? 10_000,
        ...(assets !== undefined && { assets: assetsOf(data, assets, request.knownAt) }),
      });
      return scheduleResult(data, run, 'en');
    },
  });
}
