/**
 * A FIX counterparty as a gateway: what a broker's adapter looks like. It connects, logs on, and connects again when the
 * line is lost; a request that was handed over once is never handed over again under another number, also not by the next
 * process, because what was sent and what was answered are in the store.
 */
import { createConnection, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  cancelMessage,
  isSayable,
  newOrderMessage,
  OperationalError,
  readReport,
  replaceMessage,
  TAG,
  valueOf,
  type FixMessage,
  type GatewayAnswer,
  type OrderGateway,
  type OrderReport,
  type OutMessage,
} from '../core/index.js';
import type { FixRefusal, FixStore } from '../data/fixStore.js';
import { sessionId } from './acceptor.js';
import { atMost, connect, type Connection } from './connection.js';

interface InitiatorOptions {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  /** CompID of the acceptor. */
  readonly peer: string;
  readonly password: string | undefined;
  readonly heartbeatSeconds: number;
  /** Begins both sequences anew with the first Logon. */
  readonly reset: boolean;
  readonly store: FixStore;
  readonly log: (refusal: FixRefusal) => void;
  readonly clock: () => number;
}

export interface Initiator {
  readonly gateway: OrderGateway;
  /** The last thing that kept the line down, `undefined` while it is up. */
  readonly trouble: () => string | undefined;
  /** Logs out. */
  readonly close: () => Promise<void>;
}

const PATIENCE_MS = 5_000;
const TICK_MS = 100;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const LONGEST_GOODBYE_MS = 2_000;

export function startInitiator(options: InitiatorOptions): Initiator {
  const { store, clock, name, peer } = options;
  const id = sessionId(name, peer);
  const desk = requestDesk(store, id);
  const line = lineOf(options, id, desk);
  const ask = (clientId: string, message: () => OutMessage | undefined): Promise<GatewayAnswer> => {
    const known = desk.answers.get(clientId);
    if (known !== undefined) return Promise.resolve(known.taken ? { ...known, again: true } : known);
    const out = message();
    if (out === undefined) return Promise.resolve(unknownOrder);
    const answer = desk.wait(clientId);
    line.hand(clientId, out);
    return answer;
  };
  const reportOf = (order: string): OrderReport | undefined => lastReport(store, id, order);
  const gateway: OrderGateway = {
    place: (request) =>
      isSayable(request)
        ? ask(request.clientId, () => newOrderMessage(request, clock()))
        : Promise.resolve(notSayable),
    cancel: (request) =>
      ask(request.clientId, () => {
        const found = reportOf(request.order);
        return found && cancelMessage(request, found.terms, clock());
      }),
    replace: (request) =>
      ask(request.clientId, () => {
        const found = reportOf(request.order);
        return found && replaceMessage(request, found.terms, clock());
      }),
    find: ({ order, orderId }) => {
      const found = reportOf(order);
      const same = orderId === undefined || found?.orderId === orderId;
      return Promise.resolve(same ? found : undefined);
    },
    reports: (after) => Promise.resolve(reportsOf(store, id, after)),
  };
  return { gateway, trouble: line.trouble, close: line.close };
}

const notSayable: GatewayAnswer = {
  taken: false,
  code: 'not_in_fix',
  text: 'FIX 4.4 orders have no other condition than a stop price, and no ways out or slices',
};

const unknownOrder: GatewayAnswer = {
  taken: false,
  code: 'unknown_order',
  text: 'no report of that order has come',
};

interface RequestDesk {
  readonly answers: ReadonlyMap<string, GatewayAnswer>;
  readonly wait: (clientId: string) => Promise<GatewayAnswer>;
  readonly take: (message: FixMessage) => void;
  readonly fail: (error: unknown) => void;
}

/** What was answered to which request, also to those of processes before this one. */
function requestDesk(store: FixStore, id: string): RequestDesk {
  const answers = new Map<string, GatewayAnswer>();
  const waiting = new Map<
    string,
    { resolve: (answer: GatewayAnswer) => void; reject: (error: unknown) => void }[]
  >();
  const take = (message: FixMessage): void => {
    const answered = answerIn(message, () => nameBySeq(store, id, message));
    if (answered === undefined || answers.has(answered.clientId)) return;
    answers.set(answered.clientId, answered.answer);
    for (const { resolve } of waiting.get(answered.clientId) ?? []) resolve(answered.answer);
    waiting.delete(answered.clientId);
  };
  for (const { message } of store.received(id, 0)) take(message);
  return {
    answers,
    take,
    wait: (clientId) =>
      new Promise((resolve, reject) => {
        waiting.set(clientId, [...(waiting.get(clientId) ?? []), { resolve, reject }]);
      }),
    fail: (error) => {
      for (const { reject } of [...waiting.values()].flat()) reject(error);
      waiting.clear();
    },
  };
}

function answerIn(
  message: FixMessage,
  bySeq: () => string | undefined,
): { readonly clientId: string; readonly answer: GatewayAnswer } | undefined {
  const { type } = message;
  const refusal = type === '8' ? valueOf(message, TAG.ExecType) === '8' : ['9', '3', 'j'].includes(type);
  const clientId = type === '3' || type === 'j' ? bySeq() : valueOf(message, TAG.ClOrdID);
  if (clientId === undefined || (type !== '8' && !refusal)) return undefined;
  const text = valueOf(message, TAG.Text) ?? 'without a reason';
  return {
    clientId,
    answer: refusal ? { taken: false, code: 'refused_by_peer', text } : { taken: true, again: false },
  };
}

/** The request that a Reject of either kind is about. */
function nameBySeq(store: FixStore, id: string, message: FixMessage): string | undefined {
  const seq = Number(valueOf(message, TAG.RefSeqNum));
  const names = store.sentNames(id, store.session(id, 0).epoch);
  return [...names].find(([, sent]) => sent === seq)?.[0];
}

interface Line {
  readonly hand: (clientId: string, message: OutMessage) => void;
  readonly trouble: () => string | undefined;
  readonly close: () => Promise<void>;
}

/** Keeps a connection up, and hands over what is not handed over yet. */
function lineOf(options: InitiatorOptions, id: string, desk: RequestDesk): Line {
  const { host, port, store } = options;
  const pending = new Map<string, OutMessage>();
  /** Handed over by this process, in the store or on its way there. */
  const mine = new Set<string>();
  let trouble: string | undefined = 'not connected yet';
  let up: Connection | undefined;
  let current: Socket | undefined;
  const stop = new AbortController();
  let anew = options.reset;

  /** Handed over before this Logon. */
  let handed: ReadonlyMap<string, number> = new Map();

  const flush = (): void => {
    if (up === undefined) return;
    for (const [clientId, message] of pending) {
      pending.delete(clientId);
      if (!handed.has(clientId)) void up.send(message);
    }
  };
  const once = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = createConnection({ host, port });
      current = socket;
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.once('connect', () => {
        const connection = connect(socket, '', {
          ...options,
          id,
          config: configOf(options, anew),
          application: {
            answer: () => Promise.resolve({ out: [], refused: undefined }),
            reports: (after) => Promise.resolve({ out: [], upTo: after }),
            received: desk.take,
            loggedOn: () => {
              [up, anew, trouble] = [connection, false, undefined];
              handed = store.sentNames(id, store.session(id, 0).epoch);
              if (stop.signal.aborted) connection.logout('');
              else flush();
            },
          },
          tickMs: TICK_MS,
        });
        connection.ended.then(resolve, reject).finally(() => (up = undefined));
      });
    });
  const keepUp = async (): Promise<void> => {
    for (let pause = FIRST_PAUSE_MS; !stop.signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const why = await once();
      if (trouble === undefined) pause = FIRST_PAUSE_MS;
      trouble = why;
      // Cut short when it is to stop.
      await sleep(pause, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const kept = keepUp().catch((error: unknown) => {
    trouble = error instanceof Error ? error.message : String(error);
    desk.fail(
      error instanceof OperationalError ? error : new OperationalError('line_failed', trouble, false),
    );
    if (!(error instanceof OperationalError)) throw error;
  });
  return {
    hand: (clientId, message) => {
      if (mine.has(clientId)) return;
      mine.add(clientId);
      pending.set(clientId, message);
      flush();
    },
    trouble: () => trouble,
    close: async () => {
      stop.abort();
      up?.logout('');
      await atMost(LONGEST_GOODBYE_MS, kept);
      current?.destroy();
    },
  };
}

const configOf = ({ name, peer, heartbeatSeconds, password }: InitiatorOptions, resetOnLogon: boolean) =>
  ({
    role: 'initiator',
    sender: name,
    target: peer,
    heartbeatMs: heartbeatSeconds * 1000,
    patienceMs: PATIENCE_MS,
    resendMs: PATIENCE_MS,
    resetOnLogon,
    password,
  }) as const;

function reportsOf(store: FixStore, id: string, after: number) {
  const received = store.received(id, after);
  const reports = received.flatMap(({ number, message }) => {
    const report = message.type === '8' ? readReport(message, number) : undefined;
    return report === undefined ? [] : [report];
  });
  return { reports, upTo: received.at(-1)?.number ?? after };
}

/** The latest word on an order of that name; one that another took the place of is cancelled. */
function lastReport(store: FixStore, id: string, order: string): OrderReport | undefined {
  const { reports } = reportsOf(store, id, 0);
  const last = reports.findLast(({ clientId }) => clientId === order);
  const replaced = reports.some(({ kind, other }) => kind === 'replaced' && other === order);
  return last !== undefined && replaced ? { ...last, state: 'cancelled' } : last;
}
