/** A review with something changed, beside the review as it is. */
import { Type, type Static } from 'typebox';
import {
  changedData,
  datesOfReview,
  distinctFindings,
  flowsOf,
  formatDay,
  resolveRulebook,
  runReview,
  type Finding,
  type IndexData,
  type ReviewRun,
} from '../../core/index.js';
import { assetsGiven } from '../../cli/commands/flows.js';
import { jsonText } from '../../cli/json.js';
import { flowsJson } from '../../cli/results/flowsResult.js';
import { reviewJson } from '../../cli/results/reviewResult.js';
import { findingsJson } from '../../cli/results/shared.js';
import { Amount, dayOfText, IndexParams, isoDate, STRICT } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import type { Services } from '../services.js';
import { reviewRequest } from '../views/reviewAsked.js';

export const WhatIf = Type.Object(
  {
    index: IndexParams.properties.id,
    effective: isoDate('effective date of the review'),
    knownAt: Type.Optional(isoDate('default: the swap close')),
    changed: Type.Object(
      {
        prices: Type.Optional(
          Type.Record(Type.String({ pattern: '^[0-9]{6}$' }), Type.Number({ minimum: 0.01, maximum: 100 }), {
            ...STRICT,
            maxProperties: 500,
            description: 'factor on closes by code, from the close that prices the capping factors on',
          }),
        ),
        assets: Type.Optional(Amount),
        caps: Type.Optional(
          Type.Record(
            Type.String({ pattern: '^[a-z0-9.-]{1,60}$' }),
            Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
            { ...STRICT, maxProperties: 20, description: 'new limit by clause id, a fraction' },
          ),
        ),
        reading: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
        date: Type.Optional(isoDate('knowledge date of the changed case: the flow as seen that evening')),
      },
      STRICT,
    ),
  },
  STRICT,
);

export function whatIfRoute(app: App, { library }: Services): void {
  app.post(
    '/whatif',
    {
      schema: {
        tags: ['what-if'],
        summary:
          'The review and its flows with prices, assets, caps, reading or knowledge date changed, beside the base',
        body: WhatIf,
        response: {
          200: Type.Object(
            {},
            { additionalProperties: true, description: 'base and changed, each with review and flows' },
          ),
        },
      },
    },
    async (request, reply) => {
      const asked = request.body;
      const answer = whatIf(await library.data(asked.index), asked);
      return reply.header('content-type', 'application/json; charset=utf-8').send(jsonText(answer));
    },
  );
}

function whatIf(data: IndexData, { effective, knownAt, changed }: Static<typeof WhatIf>): object {
  const { reading, date, assets, prices, caps } = changed;
  const base = reviewRequest(data, { effective, knownAt });
  const request = reviewRequest(data, { effective, knownAt: date ?? formatDay(base.knownAt), reading });
  const dates = datesOfReview(
    resolveRulebook(data.rulebook, base.effective),
    data.market.calendar,
    dayOfText('effective', effective),
  );
  const change = { ...(prices === undefined ? {} : { prices }), ...(caps === undefined ? {} : { caps }) };
  const other = changedData(data, change, dates, request.knownAt);
  return {
    base: caseJson(data, runReview(data, base)),
    changed: caseJson(other.data, runReview(other.data, request), assets, other.findings),
    findings: other.findings,
  };
}

/** Flows without their history by day: nobody sees it while a slider moves. */
function caseJson(data: IndexData, run: ReviewRun, assets?: number, made: readonly Finding[] = []): object {
  const flows = flowsOf(data, run, assetsGiven(data, run, assets));
  const findings = distinctFindings(made, run.proForma.findings, run.review.findings);
  const view = { flows, focus: flows.trades[0].id, history: [], comparison: [] };
  return {
    review: reviewJson(data, run, findings),
    flows: { ...flowsJson(data, run, view), findings: findingsJson(distinctFindings(made, flows.findings)) },
  };
}
