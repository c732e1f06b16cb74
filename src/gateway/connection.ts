/**
 * One FIX session over one socket. What an event brings about is worked out, written to the store in one step, and only
 * then sent: a process that is killed anywhere has either done nothing, or can say again what it said.
 */
import type { Socket } from 'node:net';
import {
  assert,
  offState,
  readFrames,
  resendOf,
  sessionStep,
  type FixMessage,
  type Frame,
  type KeptMessage,
  type OutMessage,
  type SessionAction,
  type SessionConfig,
  type SessionEvent,
  type SessionState,
} from '../core/index.js';
import type { FixRefusal, FixStore, KeptSession, ReceivedMessage } from '../data/fixStore.js';

/** What stands behind a session. */
export interface SessionApplication {
  /** Answers to a message, in order; none is an answer too. */
  readonly answer: (
    message: FixMessage,
    context: {
      readonly seq: number;
      readonly epoch: number;
      readonly unsupported: readonly number[];
      readonly now: number;
    },
  ) => Promise<{
    readonly out: readonly OutMessage[];
    readonly refused: { readonly code: string; readonly text: string } | undefined;
  }>;
  /** Messages that nobody asked for. @param after what was passed on before */
  readonly reports: (
    after: number,
    now: number,
  ) => Promise<{ readonly out: readonly OutMessage[]; readonly upTo: number }>;
  /** After a message is in the store. */
  readonly received: (message: FixMessage) => void;
  readonly loggedOn: () => void;
}

interface ConnectionOptions {
  readonly id: string;
  readonly config: SessionConfig;
  readonly store: FixStore;
  readonly application: SessionApplication;
  /** One line per refusal. */
  readonly log: (refusal: FixRefusal) => void;
  /** ms since 1970 */
  readonly clock: () => number;
  readonly tickMs: number;
}

export interface Connection {
  /** Takes what was read from the socket before. */
  readonly feed: (frames: readonly Frame[]) => void;
  readonly send: (message: OutMessage) => Promise<void>;
  readonly logout: (text: string) => void;
  /** Why it ended; for failures of this side they are thrown. */
  readonly ended: Promise<string>;
}

/** What a peer that does not read may make us hold, bytes. */
const MOST_UNREAD = 16_777_216;

/** Events that wait their turn before nothing more is read. */
const MOST_WAITING = 500;
/** Events that are worked out and written together. */
const MOST_AT_ONCE = 64;

/** @param rest what was read of a message that is not whole yet */
export function connect(socket: Socket, rest: string, options: ConnectionOptions): Connection {
  const { clock, store, id, application } = options;
  let kept = store.session(id, 0);
  let state: SessionState = offState(kept.nextIn, kept.nextOut);
  let why = 'the peer closed the connection';
  let failure: unknown;
  const waiting: (SessionEvent | undefined)[] = [];
  let queue: Promise<void> = Promise.resolve();

  const act = async (events: readonly (SessionEvent | undefined)[]): Promise<void> => {
    const done = await workOut(events, { state, kept, options });
    ({ state, kept } = done);
    for (const wire of done.wires) socket.write(wire, 'latin1');
    for (const message of done.received) application.received(message);
    if (done.loggedOn) application.loggedOn();
    if (done.leaving !== undefined) {
      why = done.leaving;
      socket.destroySoon();
    } else if (socket.writableLength > MOST_UNREAD) {
      why = 'the peer does not read';
      socket.destroy();
    }
  };
  /** Takes what has come by then in one go: one step of the store for many messages. */
  const drain = async (): Promise<void> => {
    const events = waiting.splice(0, MOST_AT_ONCE);
    if (events.length === 0) return;
    try {
      if (failure === undefined) await act(events);
    } catch (error) {
      failure = error;
      socket.destroy();
    }
    if (waiting.length === 0) socket.resume();
  };
  const run = (event?: SessionEvent): Promise<void> => {
    waiting.push(event);
    if (waiting.length > MOST_WAITING) socket.pause();
    queue = queue.then(drain);
    return queue;
  };
  const feed = (frames: readonly Frame[]): void => {
    for (const frame of frames) void run(eventOf(frame, clock()));
  };

  let unread = rest;
  socket.setNoDelay(true);
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    const read = readFrames(unread, chunk);
    unread = read.rest;
    feed(read.frames);
  });
  // What a connection dies of is said by its end.
  socket.on('error', () => {});
  const ticker = setInterval(() => void run(), options.tickMs);
  const ended = new Promise<string>((resolve, reject) => {
    socket.on('close', () => {
      clearInterval(ticker);
      void run({ kind: 'disconnected' }).then(() => (failure === undefined ? resolve(why) : reject(failure)));
    });
  });
  void run({ kind: 'connected', now: clock() });
  return {
    feed,
    send: ({ type, body }) => run({ kind: 'send', now: clock(), type, body }),
    logout: (text) => void run({ kind: 'logout', now: clock(), text }),
    ended,
  };
}

const eventOf = (frame: Frame, now: number): SessionEvent =>
  frame.kind === 'message'
    ? { kind: 'received', now, message: frame.message }
    : { kind: 'garbled', now, why: frame.why };

interface Done {
  readonly state: SessionState;
  readonly kept: KeptSession;
  readonly wires: readonly string[];
  readonly received: readonly FixMessage[];
  readonly loggedOn: boolean;
  readonly leaving: string | undefined;
}

/** @param events in the order they came, `undefined` when time has passed */
async function workOut(
  events: readonly (SessionEvent | undefined)[],
  { state: before, kept, options }: { state: SessionState; kept: KeptSession; options: ConnectionOptions },
): Promise<Done> {
  const { id, config, store, application, clock, log } = options;
  const now = clock();
  const wires: string[] = [];
  const sent: KeptMessage[] = [];
  const received: ReceivedMessage[] = [];
  const refusals: FixRefusal[] = [];
  let { epoch, reported } = kept;
  let state = before;
  let loggedOn = false;
  let leaving: string | undefined;

  const refused = (code: string, text: string): void => {
    refusals.push({ at: now, session: id, code, text: text.slice(0, LONGEST_LOGGED) });
  };
  const send = ({ type, body }: OutMessage): Promise<void> => take({ kind: 'send', now, type, body });
  const take = async (next: SessionEvent): Promise<void> => {
    const { state: after, actions } = sessionStep(config, state, next);
    state = after;
    for (const action of actions) await perform(action);
  };
  const perform = async (action: SessionAction): Promise<void> => {
    switch (action.kind) {
      case 'transmit': {
        const { seq, type, body, sentAt } = action;
        wires.push(action.wire);
        if (action.kept) sent.push({ seq, type, body, sentAt });
        return;
      }
      case 'resend': {
        const { from, to } = action;
        const unwritten = sent.filter(({ seq }) => seq >= from && seq <= to);
        const all = [...store.sent(id, epoch, from, to), ...unwritten];
        wires.push(...resendOf(config, all, { from, to, now }));
        return;
      }
      case 'deliver': {
        const { message, seq, unsupported } = action;
        received.push({ seq, at: now, message });
        const answer = await application.answer(message, { seq, epoch, unsupported, now });
        if (answer.refused !== undefined) refused(answer.refused.code, answer.refused.text);
        for (const out of answer.out) await send(out);
        return;
      }
      case 'reset':
        assert(sent.length === 0 && received.length === 0, 'sequences begin anew before anything is sent');
        epoch++;
        return;
      case 'refused':
        refused(action.code, action.text);
        return;
      case 'loggedOn':
        loggedOn = true;
        return;
      case 'disconnect':
        leaving = action.why;
    }
  };

  for (const event of events) await take(event ?? { kind: 'tick', now });
  // News is looked for as time passes, and where a message may have made some.
  const due = events.includes(undefined) || received.length > 0 || loggedOn;
  if (due && state.phase === 'active' && leaving === undefined) {
    const news = await application.reports(reported, now);
    reported = news.upTo;
    for (const out of news.out) await send(out);
  }
  const after: KeptSession = { epoch, nextIn: state.nextIn, nextOut: state.nextOut, reported };
  if (sent.length > 0 || received.length > 0 || isMoved(kept, after)) {
    store.commit(id, kept, after, { sent, received });
  }
  store.note(refusals);
  refusals.forEach(log);
  return { state, kept: after, wires, received: received.map(({ message }) => message), loggedOn, leaving };
}

const LONGEST_LOGGED = 1_000;

const isMoved = (a: KeptSession, b: KeptSession): boolean =>
  a.epoch !== b.epoch || a.nextIn !== b.nextIn || a.nextOut !== b.nextOut || a.reported !== b.reported;

/** Waits for something, but not for ever. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
