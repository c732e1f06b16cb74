/** The server as one value made from its services: safety first, then one file per resource, failures last. */
import swagger from '@fastify/swagger';
import fastify from 'fastify';
import { ENGINE_VERSION } from '../core/index.js';
import { printable } from '../cli/printable.js';
import { checkAccess } from './http/access.js';
import { httpFailure, inputError } from './http/failures.js';
import { SAFETY_HEADERS } from './http/headers.js';
import { methodsSeen } from './http/methods.js';
import { rateLimiter } from './http/rateLimit.js';
import type { App, SchemaTypes } from './http/schemaTypes.js';
import { checkRequest, routeCheck } from './http/validation.js';
import { accountRoutes } from './resources/accounts.js';
import { calendarRoute } from './resources/calendar.js';
import { caseRoute } from './resources/case.js';
import { dataRoutes } from './resources/data.js';
import { documentRoutes } from './resources/documents.js';
import { flowsRoute } from './resources/flows.js';
import { healthRoute } from './resources/health.js';
import { impactRoutes } from './resources/impact.js';
import { importRoutes } from './resources/imports.js';
import { indexRoutes } from './resources/indices.js';
import { jobRoutes } from './resources/jobs.js';
import { levelsRoute } from './resources/levels.js';
import { netRoute } from './resources/net.js';
import { openApiRoutes } from './resources/openApi.js';
import { claimsRoute } from './resources/claims.js';
import { chancesRoute } from './resources/chances.js';
import { recordRoutes } from './resources/record.js';
import { readingsRoute } from './resources/readings.js';
import { reviewsRoute } from './resources/reviews.js';
import { rulebookRoutes } from './resources/rulebooks.js';
import { replayedSessionRoute } from './resources/replayedSession.js';
import { scheduleRoute } from './resources/schedule.js';
import { securityRoutes } from './resources/securities.js';
import { studyRoute } from './resources/study.js';
import { valueRoutes } from './resources/value.js';
import { tablesRoute } from './resources/tables.js';
import { tcaRoute } from './resources/tca.js';
import { webFiles } from './resources/webFiles.js';
import { whatIfRoute } from './resources/whatIf.js';
import type { Services } from './services.js';

const RESOURCES = [
  healthRoute,
  indexRoutes,
  reviewsRoute,
  flowsRoute,
  netRoute,
  readingsRoute,
  impactRoutes,
  replayedSessionRoute,
  scheduleRoute,
  studyRoute,
  tcaRoute,
  valueRoutes,
  chancesRoute,
  claimsRoute,
  recordRoutes,
  levelsRoute,
  calendarRoute,
  rulebookRoutes,
  securityRoutes,
  caseRoute,
  whatIfRoute,
  jobRoutes,
  accountRoutes,
  documentRoutes,
  dataRoutes,
  importRoutes,
  tablesRoute,
];

export async function buildApp(services: Services): Promise<App> {
  const app: App = fastify({
    logger: false,
    bodyLimit: services.limits.bodyBytes,
    forceCloseConnections: 'idle',
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    // A URL that is no URL.
    frameworkErrors: (error, _, reply) => void sendFailure(error, reply as unknown as FailureReply),
    clientErrorHandler: (error, socket) => refuseAtSocket(error as NodeJS.ErrnoException, socket),
  }).withTypeProvider<SchemaTypes>();

  // Before the routes, which take over what is there when they are added.
  addFailures(app);
  addSafety(app, services);
  addChecks(app);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Counterweight',
        version: ENGINE_VERSION,
        description:
          'Index reviews, weights and forced trades. Weights are fractions, dates ISO, money in CNY.',
      },
    },
  });
  await app.register(
    async (api: App) => {
      for (const resource of RESOURCES) resource(api, services);
    },
    { prefix: '/api/v1' },
  );
  openApiRoutes(app);
  webFiles(app, services);
  // An import on the command line is seen within a second.
  const watch = setInterval(services.refresh, 1_000).unref();
  app.addHook('preClose', async () => {
    clearInterval(watch);
    services.streams.endAll();
  });
  app.addHook('onClose', async () => services.close());
  await app.ready();
  return app;
}

function addSafety(app: App, { limits, token }: Services): void {
  const take = rateLimiter(limits.rate, () => performance.now());
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(SAFETY_HEADERS);
    take(request.ip);
    checkAccess(request, token);
    done();
  });
}

/** Requests are checked by us, whole; the library's own check stops at the first part that is wrong. */
function addChecks(app: App): void {
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.addHook('onRoute', (route) => {
    const { schema } = route;
    if (schema === undefined) return;
    const check = routeCheck(schema);
    const own = route.preHandler ?? [];
    route.preHandler = [
      (request, _reply, done) => {
        checkRequest(request, check);
        done();
      },
      ...(Array.isArray(own) ? own : [own]),
    ];
  });
}

function addFailures(app: App): void {
  const methods = methodsSeen();
  app.addHook('onRoute', ({ method, url }) => methods.add(method, url));
  app.setErrorHandler((error, request, reply) => {
    const status = sendFailure(error, reply);
    if (status !== 500) return;
    const stack = error instanceof Error ? error.stack : String(error);
    process.stderr.write(printable(`${request.method} ${request.url}`) + `\n${stack ?? ''}\n`);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0].slice(0, 200);
    const allowed = methods.of(path);
    if (allowed.length > 0) {
      reply.header('allow', allowed.join(', '));
      const other = inputError('method_not_allowed', `${path} takes no ${request.method}`, {
        path: 'method',
        value: request.method,
        expected: allowed.join(', '),
      });
      return void sendFailure(other, reply);
    }
    const missing = inputError('unknown_route', `there is no ${request.method} ${path}`, {
      path: 'url',
      value: path,
      expected: 'a route of /openapi.json',
    });
    sendFailure(missing, reply);
  });
}

interface FailureReply {
  statusCode: number;
  header: (name: string, value: string) => unknown;
  send: (body: string) => unknown;
}

function sendFailure(error: unknown, reply: FailureReply): number {
  const { status, body } = httpFailure(error);
  if (status === 401) reply.header('www-authenticate', 'Basic realm="Counterweight", charset="UTF-8"');
  if (status === 413) reply.header('connection', 'close');
  if (status === 429) reply.header('retry-after', '1');
  reply.statusCode = status;
  reply.header('content-type', 'application/json; charset=utf-8');
  reply.send(body);
  return status;
}

/** What is no HTTP never reaches a route: the answer is written by hand, then the connection is closed. */
function refuseAtSocket(
  error: NodeJS.ErrnoException,
  socket: { writable: boolean; end: (text: string) => void; destroy: () => void },
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
  const oversized = error.code === 'HPE_HEADER_OVERFLOW';
  const failure = oversized
    ? inputError('headers_too_large', 'the headers are too large', {
        path: 'headers',
        expected: 'at most 16 KiB',
      })
    : inputError('invalid_request', 'this is not an HTTP request', { path: '', expected: 'HTTP/1.1' });
  const { status, body } = httpFailure(failure);
  const reason = oversized ? 'Request Header Fields Too Large' : 'Bad Request';
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
