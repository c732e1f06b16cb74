/** A day of the past made of its daily bar: the document of `counterweight simulate session --json`. */
import { Type } from 'typebox';
import { replayAsked, USUAL_SESSION } from '../../cli/commands/simulateSession.js';
import { sessionResult } from '../../cli/results/sessionResult.js';
import { dayOfText, isoDate, SecurityCode, STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { securityAsked } from '../views/securityAsked.js';

/** The index whose market is in the bundle. */
const HELD = 'star-50';

export function replayedSessionRoute(app: App, services: Services): void {
  const { companies, library } = services;
  tableRoute(app, services, {
    url: '/securities/:security/sessions/:date',
    tag: 'trading',
    summary: 'A session made of its daily bar: every minute, and what it comes to on the order book',
    params: Type.Object({ security: SecurityCode, date: isoDate('session') }, STRICT),
    query: {
      closingShare: Type.Optional(
        Type.Number({
          exclusiveMinimum: 0,
          maximum: 0.9,
          description: `of the volume in the closing auction, none is published; ${USUAL_SESSION.closingShare}`,
        }),
      ),
      seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, description: '1' })),
    },
    answer: async ({ security, date }, asked) => {
      const data = await library.data(HELD);
      const run = replayAsked(data, await companies.fundamentals(), {
        ...USUAL_SESSION,
        ...asked,
        security: securityAsked(data, security),
        day: dayOfText('date', date),
      });
      return sessionResult(data, run, 'en');
    },
  });
}
