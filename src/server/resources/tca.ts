/** What an order that was traded cost: its fills as the body, the document of `counterweight tca FILE --json` as the answer. */
import { Type } from 'typebox';
import { runTca, USUAL_COMMISSION } from '../../core/index.js';
import { TCA_INDEX, tcaRequest } from '../../cli/commands/tca.js';
import { tcaResult } from '../../cli/results/tcaResult.js';
import { refuseIssues } from '../../data/csv.js';
import { readFills } from '../../data/fillsCsv.js';
import { Encoding, isoDate, optionalDay, SecurityCode, STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { takeCsv, withUpload } from '../http/uploads.js';
import type { Services } from '../services.js';
import { securityAsked } from '../views/securityAsked.js';

/** Stands in every issue instead of the place where the upload lies. */
const FILE_NAME = 'fills.csv';

const Price = (description: string) =>
  Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e9, description }));

const TcaQuery = Type.Object(
  {
    security: SecurityCode,
    shares: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1e15, description: 'decided on; all that was filled' }),
    ),
    decided: Type.Optional(isoDate('its close is the decision price; the session before the first fill')),
    decisionPrice: Price('price of the decision'),
    arrivalPrice: Price('price when the order was at the desk; the close before the first fill'),
    until: Type.Optional(isoDate('shares not filled are valued at its close; the last fill’s day')),
    effective: Type.Optional(isoDate('effective date of a review: its swap close is a benchmark')),
    commission: Type.Optional(
      Type.Number({ minimum: 0, maximum: 0.05, description: 'rate of value; 0.00025' }),
    ),
    encoding: Type.Optional(Encoding),
  },
  STRICT,
);

export function tcaRoute(app: App, services: Services): void {
  app.register(async (own: App) => {
    takeCsv(own);
    own.post(
      '/tca',
      {
        schema: {
          tags: ['trading'],
          summary:
            'What an order cost, from its fills (columns date, side, shares, price, optional reference, vwap, fees) as the body, text/csv',
          consumes: ['text/csv'],
          querystring: TcaQuery,
          response: { 200: Type.Object({}, { additionalProperties: true }) },
        },
      },
      async (request) => {
        const { security: asked, encoding, commission, ...query } = request.query;
        const data = await services.library.data(TCA_INDEX);
        const security = securityAsked(data, asked);
        const rows = await withUpload(request, FILE_NAME, services.limits.bodyBytes, async (file) =>
          refuseIssues(file, await readFills(file, encoding)),
        );
        const given = {
          ...query,
          decided: optionalDay('decided', query.decided),
          until: optionalDay('until', query.until),
          effective: optionalDay('effective', query.effective),
          commission: commission === undefined ? undefined : { ...USUAL_COMMISSION, rate: commission },
        };
        return tcaResult(data, runTca(data, tcaRequest(security, rows, given)), 'en').json;
      },
    );
  });
}
