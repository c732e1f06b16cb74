/** What one security did around a day, beside its index: the document of `counterweight study ID --json`. */
import { Type } from 'typebox';
import { runStudy } from '../../core/index.js';
import { studyResult } from '../../cli/results/studyResult.js';
import { defaultKnownAt } from '../../cli/session.js';
import { dayOfText, IndexParams, isoDate, optionalDay, SecurityCode, STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { securityAsked } from '../views/securityAsked.js';

const StudyParams = Type.Object({ ...IndexParams.properties, security: SecurityCode }, STRICT);

const QUERY = {
  event: isoDate('the day of the event, a trading session'),
  from: Type.Optional(
    Type.Integer({ minimum: -120, maximum: 0, description: 'first session of the window; -5' }),
  ),
  to: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 120, description: 'last session of the window; 20' }),
  ),
  estimation: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1000,
      description: 'sessions the market model is estimated on; 120',
    }),
  ),
  benchmark: Type.Optional(
    Type.Enum(['index', 'ex-self', 'peers'], {
      description: 'the index, it without the security, its peers',
    }),
  ),
  effective: Type.Optional(isoDate('review whose forced trade is told from the rest of the move')),
};

export function studyRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/study/:security',
    tag: 'trading',
    summary: 'Abnormal returns of a security around a day, their tests, and what of a move was forced flow',
    params: StudyParams,
    query: QUERY,
    answer: async ({ id, security }, { from = -5, to = 20, estimation = 120, benchmark, ...query }) => {
      const data = await services.library.data(id);
      const effective = optionalDay('effective', query.effective);
      const run = runStudy(data, {
        security: securityAsked(data, security),
        event: dayOfText('event', query.event),
        window: { from, to, estimation },
        benchmark: benchmark ?? 'index',
        ...(effective !== undefined && { review: { effective, knownAt: defaultKnownAt(data, effective) } }),
      });
      return studyResult(data, run, 'en');
    },
  });
}
