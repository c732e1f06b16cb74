/**
 * Paper accounts: the documents of `counterweight account`. Accounts are named by the client, so a request sent twice does no
 * harm; what is acknowledged is on the disk, and what is refused is logged.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { accountBook, fenOf, openOrders, type AccountEvent } from '../../core/index.js';
import { advance } from '../../cli/advance.js';
import { FLOWS_WITHIN, NO_SHARE, openingOf, refuseNoSession } from '../../cli/commands/account.js';
import { accountListResult, accountResult } from '../../cli/results/accountResult.js';
import { ordersResult } from '../../cli/results/ordersResult.js';
import { bookResult } from '../../cli/results/bookResult.js';
import { parseClock, untilArgument } from '../../cli/orderArguments.js';
import { sessionPaths } from '../../cli/sessionPaths.js';
import { statementResult } from '../../cli/results/statementResult.js';
import { recordEntries, TRADED_INDEX, tradedMarket } from '../../cli/trading.js';
import { inputError } from '../http/failures.js';
import { AccountParams, AdvanceBody, CHANGED, MADE, OpenBody } from '../http/orderSchemas.js';
import { dayOfText, isoDate, SecurityCode } from '../http/schemas.js';
import type { App } from '../http/schemaTypes.js';
import { freshTableRoute } from '../http/tables.js';
import type { Services } from '../services.js';
import { dataOf, named, marketAsked } from '../views/accountAsked.js';
import { securityAsked } from '../views/securityAsked.js';
import { orderRoutes } from './orders.js';

const tags = ['accounts'];

export function accountRoutes(app: App, services: Services): void {
  app.register(async (scope: App) => {
    scope.addHook('onSend', (request, reply, payload, done) => {
      // A preview is asked for with every key that is pressed.
      const isTried = request.url.endsWith('/preview');
      if (reply.statusCode >= 400 && request.method !== 'GET' && !isTried)
        logRefusal(services, request, reply, payload);
      done();
    });
    readRoutes(scope, services);
    accountChanges(scope, services);
    orderRoutes(scope, services);
  });
}

function readRoutes(app: App, services: Services): void {
  const { accounts } = services;
  freshTableRoute(app, {
    url: '/accounts',
    tag: 'accounts',
    summary: 'Every paper account',
    answer: () =>
      accountListResult(
        accounts.names().map((name) => ({ name, account: accounts.read(name).account })),
        'en',
      ),
  });
  freshTableRoute(app, {
    url: '/accounts/:account',
    tag: 'accounts',
    summary: 'Cash, positions at the last close or price, orders',
    params: AccountParams,
    answer: async (params) => {
      const name = named(params);
      const history = accounts.read(name);
      const data = await dataOf(services);
      const marketNow = await marketAsked(services, data, history);
      return accountResult(name, history, marketNow(history.account), data, 'en');
    },
  });
  freshTableRoute(app, {
    url: '/accounts/:account/orders',
    tag: 'accounts',
    summary: 'Its orders and their fills',
    params: AccountParams,
    query: { open: Type.Optional(Type.Boolean({ description: 'only those that are still open' })) },
    answer: async (params, { open }) => {
      const name = named(params);
      const { account } = accounts.read(name);
      const shown = open === true ? openOrders(account).map(({ order }) => order.id) : undefined;
      return ordersResult(name, account, await dataOf(services), 'en', shown);
    },
  });
  freshTableRoute(app, {
    url: '/accounts/:account/statement',
    tag: 'accounts',
    summary: 'Its statement: days, positions, fills, every line of the ledger; as CSV the ledger alone',
    params: AccountParams,
    query: {
      language: Type.Optional(Type.Enum(['en', 'zh'], { description: 'of the PDF file; en' })),
    },
    paper: true,
    answer: async (params, { language }) => {
      const name = named(params);
      const data = await dataOf(services);
      const held = accounts.read(name);
      const traded = (await marketAsked(services, data, held))(held.account);
      const { pdf } = statementResult(name, held, traded, data, language ?? 'en');
      return { ...statementResult(name, held, traded, data, 'en'), pdf };
    },
  });
  freshTableRoute(app, {
    url: '/accounts/:account/book',
    tag: 'accounts',
    summary: 'The order book of a security at a minute of a session the account has seen',
    params: AccountParams,
    query: {
      security: SecurityCode,
      date: Type.Optional(isoDate('session; the last one it has seen unless told otherwise')),
      time: Type.Optional(Type.String({ maxLength: 8, description: 'time of day, HH:MM; 15:00' })),
    },
    answer: async (params, { security, date, time }) => {
      const name = named(params);
      const data = await dataOf(services);
      const { account, events } = accounts.read(name);
      const session = date === undefined ? (account.running?.day ?? account.day) : dayOfText('date', date);
      const { within } = await sessionPaths(
        data,
        { fills: 'session', flows: account.flows },
        [session, session],
        services.companies.fundamentals,
      );
      const clock = untilArgument('time', time ?? '15:00');
      const asked = { security: securityAsked(data, security), session, clock };
      const book = accountBook(events, tradedMarket(data, within), asked);
      return bookResult(name, account, book, data, 'en');
    },
  });
  app.get(
    '/accounts/:account/refusals',
    {
      schema: {
        tags,
        summary: 'What was asked of it and not taken, newest first',
        params: AccountParams,
        response: CHANGED,
      },
    },
    async ({ params }) => {
      const name = named(params);
      accounts.read(name);
      return {
        refusals: services.refusals.list(name).map(({ atMs, request, code, message }) => ({
          at: new Date(atMs).toISOString(),
          request,
          code,
          message,
        })),
      };
    },
  );
}

function accountChanges(app: App, services: Services): void {
  const { accounts } = services;
  app.put(
    '/accounts/:account',
    {
      schema: {
        tags,
        summary: 'Opens an account after the close of a session; the same again changes nothing',
        params: AccountParams,
        body: OpenBody,
        response: MADE,
      },
    },
    async ({ params, body }, reply) => {
      const name = named(params);
      const data = await dataOf(services);
      const day = dayOfText('day', body.day);
      refuseNoSession(data, day);
      const { participation, fills = 'close', flows: wanted = false } = body;
      if (participation !== undefined && fills === 'session') {
        throw inputError('invalid_argument', 'the account asks for two limits', {
          path: 'participation',
          expected: NO_SHARE,
        });
      }
      if (wanted && fills === 'close') {
        throw inputError('invalid_argument', 'the account trades at closes', {
          path: 'flows',
          expected: FLOWS_WITHIN,
        });
      }
      const flows = wanted ? TRADED_INDEX : undefined;
      const opening = openingOf({ cash: fenOf(body.cash), day, participation, fills, flows });
      const isThere = accounts.names().includes(name);
      if (isThere) refuseOther(name, accounts.read(name).events[0], opening);
      const history = isThere ? accounts.read(name) : accounts.append(name, 0, [opening]);
      const traded = (await marketAsked(services, data, history))(history.account);
      return reply.code(isThere ? 200 : 201).send(accountResult(name, history, traded, data, 'en').json);
    },
  );
  app.post(
    '/accounts/:account/advance',
    {
      schema: {
        tags,
        summary:
          'Lets sessions pass, up to a time of the last one where orders trade within it: orders trade, conditions come true, what goes ex comes in',
        params: AccountParams,
        body: AdvanceBody,
        response: CHANGED,
      },
    },
    async ({ params, body }) => {
      const name = named(params);
      const data = await dataOf(services);
      const asked = { day: dayOfText('to', body.to), time: clockOf(body.time) };
      const sources = {
        entries: recordEntries(services.folders.record),
        bars: services.companies.fundamentals,
      };
      const { history, traded, findings } = await advance(accounts, name, asked, data, sources);
      return accountResult(name, history, traded, data, 'en', findings).json;
    },
  );
}

const clockOf = (time: string | undefined): number | undefined =>
  time === undefined ? undefined : parseClock(time);

/** @throws InputError `account_exists` for an account that was opened with something else */
function refuseOther(name: string, held: AccountEvent, asked: AccountEvent): void {
  if (JSON.stringify(held) === JSON.stringify(asked)) return;
  throw inputError('account_exists', `there is an account ${name} already, opened otherwise`, {
    path: 'account',
    value: name,
    expected: 'another name',
  });
}

const LONGEST_REQUEST = 500;

function logRefusal(
  { refusals, now }: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): void {
  const { account } = request.params as { readonly account?: string };
  if (account === undefined || reply.statusCode >= 500) return;
  const { error } = JSON.parse(String(payload)) as { error: { code: string; message: string } };
  const body = request.body === undefined ? '' : JSON.stringify(request.body);
  refusals.add({
    account,
    atMs: now(),
    request: `${request.method} ${request.url} ${body}`.slice(0, LONGEST_REQUEST),
    code: error.code,
    message: error.message.slice(0, LONGEST_REQUEST),
  });
}
