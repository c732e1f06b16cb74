/**
 * Chances of one review as known on an evening, by few simulated markets: quick enough to answer at once, for alerts and
 * pages. The forecast with ten thousand and more is a job.
 */
import { Type } from 'typebox';
import { finishForecast, planForecast, simulate } from '../../core/index.js';
import { assetsOf } from '../../cli/commands/forecast.js';
import { forecastResult } from '../../cli/results/forecastResult.js';
import { wasmParts } from '../../data/wasmKernel.js';
import { Amount, REVIEW_QUERY, ReviewParams } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { reviewRequest } from '../views/reviewAsked.js';

const PATHS = 2048;
const SEED = 1;

const QUERY = { ...REVIEW_QUERY, assets: Type.Optional(Amount) };

export function chancesRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/reviews/:effective/chances',
    tag: 'reviews',
    summary: `Chances of coming in, leaving and being capped, and bands of every trade, from ${PATHS} simulated markets`,
    params: ReviewParams,
    query: QUERY,
    answer: async ({ id, effective }, { assets, ...query }) => {
      const data = await services.library.data(id);
      const request = reviewRequest(data, { effective, ...query });
      const published = data.assets.some(({ knownOn }) => knownOn <= request.knownAt);
      // Chances do not need a total; without one, trades are shares of it.
      const amount = assets ?? (published ? undefined : 1);
      const planned = planForecast(data, {
        ...request,
        paths: PATHS,
        seed: SEED,
        ...(amount === undefined ? {} : { assets: assetsOf(data, amount, request.knownAt) }),
      });
      const draws = simulate(planned.plan, { paths: PATHS, seed: SEED }, wasmParts(planned.plan));
      const run = finishForecast(planned, draws);
      const unit =
        amount === 1
          ? [
              {
                code: 'assets_missing',
                subject: id,
                message: 'no total is published: trades are shares of it',
              },
            ]
          : [];
      return forecastResult(data, { ...run, findings: [...unit, ...run.findings] }, [], 'en');
    },
  });
}
