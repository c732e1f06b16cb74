/** `fix serve | send | reports | show`: paper accounts for FIX clients, a FIX client, and what sessions have been held. */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import {
  InputError,
  OperationalError,
  paperGateway,
  stopCondition,
  yuanOf,
  type GatewayAnswer,
  type OrderGateway,
} from '../../core/index.js';
import { refuseIssues } from '../../data/csv.js';
import { ioError } from '../../data/files.js';
import { existingFixStore, openFixStore, type FixRefusal } from '../../data/fixStore.js';
import { readRequests, type RequestRow } from '../../data/orderRequestsCsv.js';
import type { TradingStore } from '../../data/tradingStore.js';
import { startAcceptor, type FixClient } from '../../gateway/acceptor.js';
import { startInitiator, type Initiator } from '../../gateway/initiator.js';
import { isLoopback, isToken, tokenFromFile } from '../../server/http/access.js';
import { argumentError, numberArgument, together, type Context } from '../context.js';
import { emit } from '../output.js';
import { printable } from '../printable.js';
import { reportsResult, sentResult, sessionsResult, timeText, type SentRow } from '../results/fixResult.js';
import { portArgument, stopAsked } from '../service.js';
import { barsIn, marketOf } from '../sessionPaths.js';
import { accountName, loadTraded, withAccounts } from '../trading.js';

export interface FixServeOptions {
  readonly client: readonly string[];
  readonly name?: string;
  readonly port?: string;
  readonly host?: string;
  readonly tokenFile?: string;
}

const NAME = 'COUNTERWEIGHT';
const PORT = '9878';
const HOST = '127.0.0.1';

export async function fixServe(options: FixServeOptions, context: Context): Promise<void> {
  const { name, port, clients } = together({
    name: () => compId('--name', options.name ?? NAME),
    port: () => portArgument(options.port ?? PORT),
    clients: () => clientArguments(options.client),
  });
  const host = options.host ?? HOST;
  const admits = await admission(host, options.tokenFile);
  const data = await loadTraded(context);
  await withAccounts(context, async (accounts) => {
    const store = openFixStore(context.dataFolder);
    try {
      const gateways = new Map<string, FixClient>();
      for (const [client, account] of clients) {
        const held = accounts.read(account);
        const marketNow = await marketOf(data, held.account, barsIn(context.datasetsFolder));
        gateways.set(client, {
          account,
          gateway: paperGateway(account, logOf(accounts, account), marketNow),
        });
      }
      const log = (refusal: FixRefusal): void =>
        void process.stderr.write(`${printable(refusalLine(refusal))}\n`);
      const acceptor = await startAcceptor({
        host,
        port,
        name,
        clients: gateways,
        store,
        admits,
        log,
        clock: Date.now,
      });
      const where = `${host}:${acceptor.port}`;
      const words = {
        en: `FIX 4.4 acceptor ${name}: ${where} (Ctrl-C stops it)`,
        zh: `FIX 4.4 接收方 ${name}：${where}（Ctrl-C 停止）`,
      };
      const document = JSON.stringify({ host, port: acceptor.port, name });
      process.stdout.write(`${context.options.json === true ? document : words[context.language]}\n`);
      await stopAsked();
      await acceptor.close();
    } finally {
      store.close();
    }
  });
}

const logOf = (accounts: TradingStore, account: string) => ({
  read: () => accounts.read(account),
  append: (after: number, events: Parameters<TradingStore['append']>[2]) =>
    accounts.append(account, after, events),
});

const refusalLine = ({ at, session, code, text }: FixRefusal): string =>
  `${timeText(at)} ${session} ${code}: ${text}`;

/** On this machine whoever is on it; elsewhere who has the token. */
async function admission(
  host: string,
  tokenFile: string | undefined,
): Promise<(password: string) => boolean> {
  if (tokenFile === undefined) {
    if (isLoopback(host)) return () => true;
    throw new InputError('token_needed', `${host} can be reached by others, so clients need a password`, [
      {
        code: 'token_needed',
        path: '--token-file',
        expected:
          'a file for the hash of the password (it is made when it is not there), or --host 127.0.0.1',
      },
    ]);
  }
  const { token, shownOnce } = await tokenFromFile(tokenFile);
  if (shownOnce !== undefined) {
    process.stderr.write(
      `password: ${shownOnce} (shown this once; ${printable(tokenFile)} holds only its hash)\n`,
    );
  }
  return (password) => isToken(password, token);
}

const COMP_ID = /^[\x21-\x3c\x3e-\x7e]{1,32}$/;

function compId(option: string, text: string): string {
  if (COMP_ID.test(text)) return text;
  throw argumentError(option, text, '1 to 32 letters, digits and signs without blanks and =');
}

function clientArguments(given: readonly string[]): ReadonlyMap<string, string> {
  const clients = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf('=');
    const [client, account] = at < 0 ? ['', ''] : [text.slice(0, at), text.slice(at + 1)];
    if (!COMP_ID.test(client)) throw argumentError('--client', text, 'NAME=ACCOUNT, such as DESK1=demo');
    if (clients.has(client)) throw argumentError('--client', text, 'each client once');
    clients.set(client, accountName(account));
  }
  return clients;
}

export interface LineOptions {
  readonly as: string;
  readonly to?: string;
  readonly port?: string;
  readonly host?: string;
  readonly passwordFile?: string;
  readonly heartbeat?: string;
  readonly wait?: string;
  readonly reset?: boolean;
}

const LONGEST_HEARTBEAT = 3_600;
const LONGEST_WAIT = 86_400;

/** Connects, does the work and logs out again whatever happens. */
async function withLine(
  options: LineOptions,
  context: Context,
  usualWait: string,
  work: (line: Initiator, waitSeconds: number) => Promise<void>,
): Promise<void> {
  const { wait, ...who } = together({
    name: () => compId('--as', options.as),
    peer: () => compId('--to', options.to ?? NAME),
    port: () => portArgument(options.port ?? PORT),
    heartbeatSeconds: () =>
      Math.ceil(numberArgument('--heartbeat', options.heartbeat ?? '30', 0, LONGEST_HEARTBEAT)),
    wait: () => numberArgument('--wait', options.wait ?? usualWait, 0, LONGEST_WAIT),
  });
  const password = options.passwordFile === undefined ? undefined : await passwordOf(options.passwordFile);
  const store = openFixStore(context.dataFolder);
  try {
    const line = startInitiator({
      ...who,
      host: options.host ?? HOST,
      password,
      reset: options.reset === true,
      store,
      log: ({ code, text }) => void process.stderr.write(`${printable(`${code}: ${text}`)}\n`),
      clock: Date.now,
    });
    try {
      await work(line, wait);
    } finally {
      await line.close();
    }
  } finally {
    store.close();
  }
}

export async function fixSend(file: string, options: LineOptions, context: Context): Promise<void> {
  const rows = refuseIssues(file, await readRequests(file));
  await withLine(options, context, '30', async ({ gateway, trouble }, wait) => {
    const sent = await within(sendAll(gateway, rows), wait, trouble);
    await emit(sentResult(sent, context.language), context);
  });
}

/** What comes while it listens, after all that came before. */
export async function fixReports(options: LineOptions, context: Context): Promise<void> {
  await withLine(options, context, '2', async ({ gateway, trouble }, wait) => {
    await setTimeout(wait * 1000);
    const why = trouble();
    if (why !== undefined) throw noAnswer(wait, why, 'is the acceptor running? fix serve starts one');
    const { reports } = await gateway.reports(0);
    await emit(reportsResult(reports, context.language), context);
  });
}

const noAnswer = (seconds: number, why: string, remedy: string): OperationalError =>
  new OperationalError('no_answer', `no answer within ${seconds} seconds (${why}); ${remedy}`, true);

async function passwordOf(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw ioError(error, file);
  }
}

/** All at once, but for rows about orders of the same file, which wait for those. */
async function sendAll(gateway: OrderGateway, rows: readonly RequestRow[]): Promise<SentRow[]> {
  const answers = new Map<string, Promise<GatewayAnswer>>();
  for (const row of rows) {
    const before = row.action === 'place' ? undefined : answers.get(row.order);
    answers.set(
      row.id,
      Promise.resolve(before).then(() => ask(gateway, row)),
    );
  }
  const all = await Promise.all(rows.map(({ id }) => answers.get(id) as Promise<GatewayAnswer>));
  return Promise.all(
    rows.map(async ({ id, action }, i) => ({
      id,
      action,
      answer: all[i],
      report: await gateway.find({ order: id }),
    })),
  );
}

function ask(gateway: OrderGateway, row: RequestRow): Promise<GatewayAnswer> {
  if (row.action === 'cancel') return gateway.cancel({ clientId: row.id, order: row.order });
  if (row.action === 'replace') {
    const { id, order, quantity, limit } = row;
    return gateway.replace({ clientId: id, order, quantity, limit });
  }
  const { id, security, side, quantity, limit, stop, validity } = row;
  const condition = stop === undefined ? undefined : stopCondition(security, side, yuanOf(stop));
  return gateway.place({ clientId: id, security, side, quantity, limit, validity, condition });
}

/** @throws OperationalError `no_answer` with what kept the line down */
async function within<T>(work: Promise<T>, seconds: number, trouble: () => string | undefined): Promise<T> {
  const over = new AbortController();
  const late = setTimeout(seconds * 1000, undefined, { signal: over.signal }).then(() => {
    const why = trouble() ?? 'the acceptor does not answer';
    throw noAnswer(seconds, why, remedyFor(why));
  });
  // It loses the race when it is called off.
  late.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

/** One side has lost its numbers, or has those of another session: only a person can say that they may begin anew. */
const remedyFor = (why: string): string =>
  why.includes('MsgSeqNum too low')
    ? 'the two sides count differently: --reset begins both sequences anew, and no order is doubled by it'
    : 'send the same file again: what was handed over is not sent twice';

const SHOWN_REFUSALS = 20;

export async function fixShow(context: Context): Promise<void> {
  const store = existingFixStore(context.dataFolder);
  try {
    await emit(sessionsResult(store.sessions(), store.refusals(SHOWN_REFUSALS), context.language), context);
  } finally {
    store.close();
  }
}
