/**
 * A FIX 4.4 session as one function of (state, event) to (state, actions). Rules: FIX 4.4 Specification with Errata
 * 20030618, Volume 2, "Session Protocol" and "FIX Session-level Test Cases and Expected Behaviors"; the numbers of test
 * cases stand beside what they ask for. It has no clock: every event says when it happens.
 */
import { logonReceived, sendLogon } from './logon.js';
import { isSessionType } from './messages.js';
import { inOrder } from './receive.js';
import type { Incoming, SessionConfig, SessionEvent, SessionState, Step } from './sessionState.js';
import { askResend, counting, disconnect, leave, refuse, reject, step, andThen, transmit } from './steps.js';
import { TAG } from './tags.js';
import { parseTimestamp } from './timestamp.js';
import { checkMessage, REJECT } from './validate.js';
import { BEGIN, countOf, valueOf, type FixMessage } from './wire.js';

export function sessionStep(config: SessionConfig, state: SessionState, event: SessionEvent): Step {
  switch (event.kind) {
    case 'connected':
      return connected(config, state, event.now);
    case 'received':
      return state.phase === 'off'
        ? step(state)
        : received(config, { ...state, garbled: 0 }, event.message, event.now);
    case 'garbled':
      return state.phase === 'off' ? step(state) : garbled(state, event.why);
    case 'tick':
      return tick(config, state, event.now);
    case 'send':
      return transmit(config, state, event.now, event.type, event.body);
    case 'logout':
      return logout(config, state, event.now, event.text);
    case 'disconnected':
      return step({ ...state, phase: 'off', asked: undefined, tested: undefined });
  }
}

function connected(config: SessionConfig, state: SessionState, now: number): Step {
  const fresh: SessionState = {
    ...state,
    phase: 'waiting',
    since: now,
    lastIn: now,
    lastOut: now,
    garbled: 0,
  };
  return config.role === 'initiator' ? sendLogon(config, fresh, now) : step(fresh);
}

function logout(config: SessionConfig, state: SessionState, now: number, text: string): Step {
  if (state.phase !== 'active') return disconnect(state, text);
  const sent = transmit(config, state, now, '5', text === '' ? [] : [[TAG.Text, text]]);
  return step({ ...sent.state, phase: 'leaving', since: now }, ...sent.actions);
}

/** Garbled pieces are ignored (2d); who sends nothing else is not speaking FIX. */
const MOST_GARBLED = 20;

function garbled(state: SessionState, why: string): Step {
  const counted = { ...state, garbled: state.garbled + 1 };
  const noted = refuse(counted, 'garbled', why);
  const hopeless = state.phase === 'waiting' || counted.garbled > MOST_GARBLED;
  return hopeless ? andThen(noted, (after) => disconnect(after, `garbled: ${why}`)) : noted;
}

/** Beyond the interval, for the way: "reasonable transmission time" is taken as a fifth of it. */
const SLACK = 1.2;

function tick(config: SessionConfig, state: SessionState, now: number): Step {
  const { phase, heartbeatMs, tested, asked } = state;
  if (phase === 'off') return step(state);
  if (phase !== 'active') {
    if (now - state.since < config.patienceMs) return step(state);
    return disconnect(state, phase === 'waiting' ? 'no Logon in time' : 'no Logout in time');
  }
  if (heartbeatMs > 0 && tested !== undefined && now - tested >= heartbeatMs * SLACK) {
    return disconnect(state, 'no answer to TestRequest');
  }
  // 4a, 6
  const beat = heartbeatMs > 0 && now - state.lastOut >= heartbeatMs;
  const quiet = heartbeatMs > 0 && tested === undefined && now - state.lastIn >= heartbeatMs * SLACK;
  const afterBeat = beat ? transmit(config, state, now, '0') : step(state);
  const afterTest = quiet
    ? andThen(afterBeat, (s) =>
        transmit(config, { ...s, tested: now }, now, '1', [[TAG.TestReqID, String(now)]]),
      )
    : afterBeat;
  const patience = heartbeatMs > 0 ? Math.min(config.resendMs, heartbeatMs) : config.resendMs;
  const late = asked !== undefined && now - asked.at >= patience;
  return late ? andThen(afterTest, (s) => askResend(config, s, now, asked.upTo)) : afterTest;
}

/** A clock may be off by this much, or a message be on its way so long (2n, 2o). */
const CLOCK_MS = 120_000;

function received(config: SessionConfig, before: SessionState, message: FixMessage, now: number): Step {
  const state: SessionState = { ...before, lastIn: now, tested: undefined };
  const seq = countOf(message, TAG.MsgSeqNum);
  if (message.begin !== BEGIN) {
    return leave(config, state, now, 'wrong_version', `BeginString is ${message.begin}, expected ${BEGIN}`);
  }
  // 1e: what comes before a Logon is not answered.
  if (state.phase === 'waiting' && message.type !== 'A' && !isRefusal(config, message)) {
    return andThen(refuse(state, 'no_logon', `the first message is ${message.type}, not a Logon`), (after) =>
      disconnect(after, 'no Logon'),
    );
  }
  if (seq === undefined || seq === 0) {
    return leave(config, state, now, 'no_sequence', 'MsgSeqNum is missing or no number from 1 on');
  }
  const profile = profileProblem(config, message, now);
  if (profile !== undefined) {
    const counted = seq === state.nextIn ? { ...state, nextIn: seq + 1 } : state;
    const rejected = reject(config, counted, now, message, profile);
    return andThen(rejected, (after) => leave(config, after, now, 'not_this_session', profile.text));
  }
  const checked = checkMessage(message);
  if (message.type === 'A' && state.phase === 'waiting') {
    return logonReceived(config, state, { message, seq, checked, now });
  }
  if (message.type === '4' && valueOf(message, TAG.GapFillFlag) !== 'Y' && checked.issues.length === 0) {
    return sequenceReset(config, state, message, now);
  }
  return inSequence(config, state, { message, seq, checked, now });
}

/** An acceptor that does not take a Logon may say so. */
const isRefusal = ({ role }: SessionConfig, { type }: FixMessage): boolean =>
  role === 'initiator' && type === '5';

/** 2k, 2o */
function profileProblem({ sender, target }: SessionConfig, message: FixMessage, now: number) {
  const [from, to] = [valueOf(message, TAG.SenderCompID), valueOf(message, TAG.TargetCompID)];
  if (from !== undefined && from !== target) {
    return { reason: REJECT.compId, tag: TAG.SenderCompID, text: `SenderCompID is not ${target}` };
  }
  if (to !== undefined && to !== sender) {
    return { reason: REJECT.compId, tag: TAG.TargetCompID, text: `TargetCompID is not ${sender}` };
  }
  const sentAt = parseTimestamp(valueOf(message, TAG.SendingTime) ?? '');
  if (sentAt === undefined || Math.abs(now - sentAt) <= CLOCK_MS) return undefined;
  const text = `SendingTime is more than ${CLOCK_MS / 1000} seconds from now`;
  return { reason: REJECT.sendingTime, tag: TAG.SendingTime, text };
}

/** 11a to 11c: only forward, whatever number the message itself has. */
function sequenceReset(config: SessionConfig, state: SessionState, message: FixMessage, now: number): Step {
  const next = countOf(message, TAG.NewSeqNo) as number;
  if (next >= state.nextIn) return step({ ...state, nextIn: next, asked: undefined });
  const text = `NewSeqNo is ${next}, expected at least ${state.nextIn}`;
  return reject(config, state, now, message, { reason: REJECT.wrongValue, tag: TAG.NewSeqNo, text });
}

function inSequence(config: SessionConfig, state: SessionState, incoming: Incoming): Step {
  const { message, seq, now } = incoming;
  const duplicate = valueOf(message, TAG.PossDupFlag) === 'Y';
  const original = duplicate ? originalProblem(message) : undefined;
  if (seq > state.nextIn) return tooHigh(config, state, incoming, duplicate);
  if (seq === state.nextIn) {
    // A Logout is being waited for: what else comes is left for the next connection.
    if (state.phase === 'leaving' && !isSessionType(message.type)) return step(state);
    const counted = counting(state, seq + 1);
    return original === undefined
      ? inOrder(config, counted, incoming)
      : reject(config, counted, now, message, original);
  }
  // 2c, 2e, 2f, 2g
  if (!duplicate) {
    const text = `MsgSeqNum too low, expecting ${state.nextIn} but received ${seq}`;
    return leave(config, state, now, 'sequence_too_low', text);
  }
  return original === undefined ? step(state) : reject(config, state, now, message, original);
}

function originalProblem(message: FixMessage) {
  const tag = TAG.OrigSendingTime;
  const original = valueOf(message, tag);
  if (original === undefined) {
    return { reason: REJECT.missing, tag, text: 'a message with PossDupFlag needs OrigSendingTime' };
  }
  const [first, sent] = [parseTimestamp(original), parseTimestamp(valueOf(message, TAG.SendingTime) ?? '')];
  if (first === undefined || sent === undefined || first <= sent) return undefined;
  return { reason: REJECT.sendingTime, tag, text: 'OrigSendingTime is after SendingTime' };
}

/** 2b. What is asked for is given all the same, or two who ask at once wait for each other (20). */
function tooHigh(config: SessionConfig, state: SessionState, incoming: Incoming, duplicate: boolean): Step {
  const { message, seq, checked, now } = incoming;
  const { asked } = state;
  const early =
    message.type === '2' && checked.issues.length === 0 && !duplicate
      ? inOrder(config, state, incoming)
      : step(state);
  if (message.type === '5') return inOrder(config, state, incoming);
  // A message that was resent came and the one before it did not: it was lost once more.
  const lost = asked !== undefined && duplicate && asked.from < state.nextIn;
  if (asked === undefined || lost) return andThen(early, (after) => askResend(config, after, now, seq));
  return step({ ...early.state, asked: { ...asked, upTo: Math.max(asked.upTo, seq) } }, ...early.actions);
}
