/**
 * Orders of paper accounts: the documents of `counterweight order`. An order is named by the client, so one that is sent twice is
 * one order; it is on the disk before it is acknowledged.
 */
import {
  dryRun,
  panelRange,
  previewOrder,
  requestCancel,
  requestOrder,
  requestReplacement,
  type AccountEvent,
} from '../../core/index.js';
import { chancesOn } from '../../cli/chancesOn.js';
import { refuseNoSession } from '../../cli/commands/account.js';
import { dryRunResult } from '../../cli/results/dryRunResult.js';
import { ordersResult } from '../../cli/results/ordersResult.js';
import { previewResult } from '../../cli/results/previewResult.js';
import { appendTo, recordEntries, tradedMarket } from '../../cli/trading.js';
import { sessionPaths } from '../../cli/sessionPaths.js';
import { inputError } from '../http/failures.js';
import {
  AccountParams,
  CHANGED,
  DryRunBody,
  MADE,
  OrderParams,
  PlaceBody,
  PreviewBody,
  ReplaceBody,
} from '../http/orderSchemas.js';
import { dayOfText } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import type { Services } from '../services.js';
import { dataOf, named, marketAsked } from '../views/accountAsked.js';
import { orderAsked, priceAsked } from '../views/orderAsked.js';

const tags = ['accounts'];

export function orderRoutes(app: App, services: Services): void {
  changes(app, services);
  tried(app, services);
}

function changes(app: App, services: Services): void {
  const { accounts } = services;
  app.post(
    '/accounts/:account/orders',
    {
      schema: {
        tags,
        summary:
          'Places an order for the next session, or the one that the clock stands in; the same clientId again gives the order that is there',
        params: AccountParams,
        body: PlaceBody,
        response: MADE,
      },
    },
    async ({ params, body: { clientId, ...sent } }, reply) => {
      const name = named(params);
      const data = await dataOf(services);
      const marketNow = await marketAsked(services, data, accounts.read(name));
      let ids: readonly number[] = [];
      let isNew = false;
      const { account } = appendTo(accounts, name, (held) => {
        const request = orderAsked(data, sent, clientId, held.account.day);
        const { orders, events } = requestOrder(held, marketNow(held.account), request);
        ids = orders.map(({ id }) => id);
        isNew = events.length > 0;
        return events;
      });
      return reply.code(isNew ? 201 : 200).send(ordersResult(name, account, data, 'en', ids).json);
    },
  );
  app.delete(
    '/accounts/:account/orders/:order',
    { schema: { tags, summary: 'Takes an open order back', params: OrderParams, response: CHANGED } },
    async ({ params }) => {
      const name = named(params);
      const data = await dataOf(services);
      const marketNow = await marketAsked(services, data, accounts.read(name));
      let ended: readonly AccountEvent[] = [];
      const { account } = appendTo(
        accounts,
        name,
        (held) => (ended = requestCancel(held, marketNow(held.account), Number(params.order))),
      );
      const ids = ended.flatMap((event) => (event.kind === 'cancelled' ? [event.order] : []));
      return ordersResult(name, account, data, 'en', ids).json;
    },
  );
  app.post(
    '/accounts/:account/orders/:order/replace',
    {
      schema: {
        tags,
        summary: 'Another quantity or price for an open order, under a new number, in one step',
        params: OrderParams,
        body: ReplaceBody,
        response: CHANGED,
      },
    },
    async ({ params, body: { clientId, quantity, limit } }) => {
      const name = named(params);
      if (quantity === undefined && limit === undefined) {
        throw inputError('invalid_argument', 'nothing is to be replaced', {
          path: 'quantity',
          expected: 'a new quantity, or a new limit, or both',
        });
      }
      const data = await dataOf(services);
      const id = Number(params.order);
      const change = {
        quantity,
        limit: limit === undefined ? 'same' : priceAsked('limit', limit),
        clientId,
      } as const;
      const marketNow = await marketAsked(services, data, accounts.read(name));
      let ids: readonly number[] = [];
      const { account } = appendTo(accounts, name, (held) => {
        const { orders, events } = requestReplacement(held, marketNow(held.account), id, change);
        ids = [id, ...orders.map((order) => order.id)];
        return events;
      });
      return ordersResult(name, account, data, 'en', ids).json;
    },
  );
}

/** Orders that are only tried: nothing of them is kept. */
function tried(app: App, services: Services): void {
  app.post(
    '/accounts/:account/preview',
    {
      schema: {
        tags,
        summary: 'What an order would cost and do to the price, and what is against it',
        params: AccountParams,
        body: PreviewBody,
        response: CHANGED,
      },
    },
    async ({ params, body }) => {
      const name = named(params);
      const data = await dataOf(services);
      const held = services.accounts.read(name);
      const { account } = held;
      const request = orderAsked(data, body, undefined, account.day);
      const marketNow = await marketAsked(services, data, held);
      const preview = previewOrder(held, marketNow(account), request);
      return previewResult(name, account, request, preview, 'en').json;
    },
  );
  app.post(
    '/dry-runs',
    {
      schema: {
        tags,
        summary: 'An order tried over history: when its condition would have come true, and what of it',
        body: DryRunBody,
        response: CHANGED,
      },
    },
    async ({ body: { from: start, to: end, fills = 'close', ...sent } }) => {
      const data = await dataOf(services);
      const from = dayOfText('from', start);
      const to = end === undefined ? panelRange(data.market.prices).last : dayOfText('to', end);
      refuseNoSession(data, from);
      const request = orderAsked(data, sent, undefined, from);
      const evenings = { conditions: [request.condition], from, to };
      const chances = await chancesOn(data, recordEntries(services.folders.record), evenings);
      const asks = { fills, flows: undefined };
      const { within } = await sessionPaths(data, asks, [from, to], services.companies.fundamentals);
      const traded = tradedMarket(data, { ...chances, ...within });
      return dryRunResult(data, request, dryRun(traded, request, from, to, fills), 'en').json;
    },
  );
}
