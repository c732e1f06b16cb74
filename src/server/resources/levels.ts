/** Level history of an index: the document of `counterweight level --json`. */
import { Type } from 'typebox';
import { runLevels, Refusal, type Day, type IndexData, type LevelRequest } from '../../core/index.js';
import { taxArgument } from '../../cli/commands/level.js';
import { levelResult } from '../../cli/results/levelResult.js';
import { inputError } from '../http/failures.js';
import { dayOfText, IndexParams, isoDate, optionalDay } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { tableRoute } from '../http/tables.js';
import type { Services } from '../services.js';

const QUERY = {
  from: Type.Optional(isoDate('first session; default: where the known baskets begin')),
  to: Type.Optional(isoDate('last session; default: as far as baskets and closes reach')),
  return: Type.Optional(Type.Enum(['price', 'gross', 'net'], { description: 'price unless told otherwise' })),
};

export function levelsRoute(app: App, services: Services): void {
  tableRoute(app, services, {
    url: '/indices/:id/levels',
    tag: 'indices',
    summary: 'Level history from the known baskets and closes, beside the published closes',
    params: IndexParams,
    query: QUERY,
    answer: async ({ id }, query) => {
      const data = await services.library.data(id);
      const known = reach(data);
      const from = optionalDay('from', query.from) ?? known.from;
      const to = optionalDay('to', query.to) ?? known.to;
      if (to < from) {
        throw inputError('invalid_argument', 'to cannot be used', {
          path: 'to',
          value: query.to ?? null,
          expected: `a date from ${query.from ?? ''} on`,
        });
      }
      const request: LevelRequest = { from, to, kind: query.return ?? 'price', tax: taxArgument(undefined) };
      return levelResult(data, runLevels(data, request), 'en');
    },
  });
}

/** The days that can be asked for: the refusal of a day before all of them names them. */
function reach(data: IndexData): { from: Day; to: Day } {
  const never = { from: 0 as Day, to: 0 as Day, kind: 'price', tax: taxArgument(undefined) } as const;
  try {
    runLevels(data, never);
    return never;
  } catch (error) {
    if (!(error instanceof Refusal) || error.numbers.from === undefined) throw error;
    return {
      from: dayOfText('from', String(error.numbers.from)),
      to: dayOfText('to', String(error.numbers.to)),
    };
  }
}
