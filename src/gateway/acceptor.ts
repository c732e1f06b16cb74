/**
 * Listens for FIX clients. Who connects says who it is with the first message; until then nothing is kept of it, and what
 * is no Logon of a known client is closed without a word (FIX 4.4, Volume 2, test case 1e).
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import {
  answerRequest,
  executionReport,
  OperationalError,
  readFrames,
  TAG,
  valueOf,
  type FixMessage,
  type Frame,
  type OrderGateway,
  type OutMessage,
} from '../core/index.js';
import type { FixRefusal, FixStore } from '../data/fixStore.js';
import { atMost, connect, type Connection, type SessionApplication } from './connection.js';

/** One client: the account it trades, and the gateway to it. */
export interface FixClient {
  readonly account: string;
  readonly gateway: OrderGateway;
}

interface AcceptorOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** CompID of this side. */
  readonly name: string;
  /** By their CompID. */
  readonly clients: ReadonlyMap<string, FixClient>;
  readonly store: FixStore;
  /** Whether the password of a Logon is right. */
  readonly admits: (password: string) => boolean;
  readonly log: (refusal: FixRefusal) => void;
  readonly clock: () => number;
}

interface Acceptor {
  readonly port: number;
  /** Logs everybody out and stops. */
  readonly close: () => Promise<void>;
}

/** Connections at a time, with those that have not said who they are. */
const MOST_CONNECTIONS = 64;
const PATIENCE_MS = 10_000;
const TICK_MS = 250;

/** @throws OperationalError `cannot_listen` */
export async function startAcceptor(options: AcceptorOptions): Promise<Acceptor> {
  const { store, clients, name } = options;
  for (const [client, { gateway }] of clients) {
    // What happened before a session's first day is not news to it.
    const { upTo } = await gateway.reports(0);
    store.session(sessionId(name, client), upTo);
  }
  const open = new Map<string, Connection>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    greet(socket, options, open);
  });
  server.maxConnections = MOST_CONNECTIONS;
  await listening(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of open.values()) connection.logout('the acceptor stops');
      await atMost(LONGEST_GOODBYE_MS, Promise.allSettled([...open.values()].map(({ ended }) => ended)));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const LONGEST_GOODBYE_MS = 2_000;

export const sessionId = (own: string, peer: string): string => `${own}>${peer}`;

function listening(server: ReturnType<typeof createServer>, { host, port }: AcceptorOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'another program listens there' : (error.code ?? error.message);
      reject(new OperationalError('cannot_listen', `cannot listen on ${host}, port ${port}: ${why}`, false));
    });
    server.listen({ host, port }, resolve);
  });
}

/** Reads until the first whole message and hands the connection to its session. */
function greet(socket: Socket, options: AcceptorOptions, open: Map<string, Connection>): void {
  let rest = '';
  const timer = setTimeout(() => turnAway('no_logon', 'nothing came in time'), PATIENCE_MS);
  const turnAway = (code: string, text: string): void => {
    clearTimeout(timer);
    socket.destroy();
    const refusal = { at: options.clock(), session: socket.remoteAddress ?? 'unknown', code, text };
    options.store.note([refusal]);
    options.log(refusal);
  };
  socket.on('error', () => {});
  socket.on('close', () => clearTimeout(timer));
  const onData = (chunk: string): void => {
    const read = readFrames(rest, chunk);
    ({ rest } = read);
    const [first] = read.frames;
    if (first === undefined) return;
    const known = whoIs(first, options, open);
    if ('code' in known) {
      turnAway(known.code, known.text);
      return;
    }
    clearTimeout(timer);
    socket.off('data', onData);
    begin(socket, { rest, frames: read.frames, ...known }, options, open);
  };
  socket.setEncoding('latin1');
  socket.on('data', onData);
}

type Known =
  { readonly peer: string; readonly client: FixClient } | { readonly code: string; readonly text: string };

function whoIs(
  frame: Frame,
  { name, clients, admits }: AcceptorOptions,
  open: Map<string, Connection>,
): Known {
  if (frame.kind === 'garbled') return { code: 'garbled', text: frame.why };
  const { message } = frame;
  if (message.type !== 'A') return { code: 'no_logon', text: 'the first message is no Logon' };
  const peer = valueOf(message, TAG.SenderCompID) ?? '';
  const client = clients.get(peer);
  if (client === undefined) return { code: 'unknown_client', text: 'SenderCompID is that of no client' };
  if (valueOf(message, TAG.TargetCompID) !== name) {
    return { code: 'unknown_target', text: `TargetCompID is not ${name}` };
  }
  if (!admits(valueOf(message, TAG.Password) ?? '')) {
    return { code: 'wrong_password', text: `Password is not that of ${peer}` };
  }
  // 1b
  if (open.has(peer)) return { code: 'connected_already', text: `${peer} is connected already` };
  return { peer, client };
}

function begin(
  socket: Socket,
  {
    peer,
    client,
    rest,
    frames,
  }: {
    readonly peer: string;
    readonly client: FixClient;
    readonly rest: string;
    readonly frames: readonly Frame[];
  },
  options: AcceptorOptions,
  open: Map<string, Connection>,
): void {
  const { name, store, log, clock } = options;
  const connection = connect(socket, rest, {
    id: sessionId(name, peer),
    config: {
      role: 'acceptor',
      sender: name,
      target: peer,
      heartbeatMs: 0,
      patienceMs: PATIENCE_MS,
      resendMs: PATIENCE_MS,
      resetOnLogon: false,
      password: undefined,
    },
    store,
    application: applicationOf(client),
    log,
    clock,
    tickMs: TICK_MS,
  });
  open.set(peer, connection);
  connection.feed(frames);
  const over = (): void => {
    if (open.get(peer) === connection) open.delete(peer);
  };
  connection.ended.then(over, (error: unknown) => {
    over();
    if (!(error instanceof OperationalError)) throw error;
    log({ at: clock(), session: sessionId(name, peer), code: error.code, text: error.message });
  });
}

/** The gateway of a client behind its session. */
function applicationOf({ account, gateway }: FixClient): SessionApplication {
  return {
    answer: (message, { seq, epoch, unsupported, now }) =>
      isReject(message)
        ? Promise.resolve({ out: [], refused: undefined })
        : answerRequest(gateway, {
            message,
            account,
            unsupported,
            execId: `${account}-A${epoch}.${seq}`,
            now,
          }),
    reports: async (after, now) => {
      const { reports, upTo } = await gateway.reports(after);
      const out = reports.map((report): OutMessage => {
        const execId = `${account}-${report.number}`;
        return executionReport(report, { account, execId, now });
      });
      return { out, upTo };
    },
    received: () => {},
    loggedOn: () => {},
  };
}

const isReject = ({ type }: FixMessage): boolean => type === '3';
