/** How a session begins: Logon and the sequence numbers both sides start from (Volume 2, "Logon"; test cases 1a to 1d). */
import type { Incoming, SessionConfig, SessionState, Step } from './sessionState.js';
import { askResend, leave, step, andThen, transmit } from './steps.js';
import { TAG } from './tags.js';
import { countOf, valueOf, type FixField } from './wire.js';

/** Longest interval between heartbeats that is agreed to, s. */
const LONGEST_HEARTBEAT = 3_600;

export function sendLogon(config: SessionConfig, state: SessionState, now: number): Step {
  const { resetOnLogon, heartbeatMs, password } = config;
  const body = logonBody(heartbeatMs / 1000, resetOnLogon, password);
  if (!resetOnLogon) return transmit(config, state, now, 'A', body);
  return andThen(step({ ...state, nextIn: 1, nextOut: 1 }, { kind: 'reset' }), (after) =>
    transmit(config, after, now, 'A', body),
  );
}

const logonBody = (seconds: number, reset: boolean, password?: string): FixField[] => [
  [TAG.EncryptMethod, '0'],
  [TAG.HeartBtInt, String(seconds)],
  ...(reset ? [[TAG.ResetSeqNumFlag, 'Y'] as const] : []),
  ...(password === undefined ? [] : [[TAG.Password, password] as const]),
];

export function logonReceived(config: SessionConfig, before: SessionState, incoming: Incoming): Step {
  const { message, seq, checked, now } = incoming;
  const seconds = countOf(message, TAG.HeartBtInt);
  const reset = valueOf(message, TAG.ResetSeqNumFlag) === 'Y';
  const problems = [...checked.issues.map(({ text }) => text), ...logonProblems(config, incoming, reset)];
  if (problems.length > 0) return leave(config, before, now, 'logon_refused', problems.join('; '));
  const anew = reset && config.role === 'acceptor';
  const state = anew ? { ...before, nextIn: 1, nextOut: 1 } : before;
  const begun = anew ? step(state, { kind: 'reset' }) : step(state);
  if (seq < state.nextIn) {
    const text = `MsgSeqNum too low, expecting ${state.nextIn} but received ${seq}`;
    return andThen(begun, (after) => leave(config, after, now, 'sequence_too_low', text));
  }
  const heartbeatMs = (seconds as number) * 1000;
  const active: SessionState = {
    ...state,
    phase: 'active',
    since: now,
    heartbeatMs,
    nextIn: seq === state.nextIn ? seq + 1 : state.nextIn,
  };
  const answered = andThen(step(active, ...begun.actions), (after) =>
    config.role === 'acceptor'
      ? transmit(config, after, now, 'A', logonBody(heartbeatMs / 1000, reset))
      : step(after),
  );
  // 1a: a number too high is taken, and what is missing is asked for.
  const caughtUp =
    seq > state.nextIn ? andThen(answered, (after) => askResend(config, after, now, seq)) : answered;
  return andThen(caughtUp, (after) => step(after, { kind: 'loggedOn' }));
}

function logonProblems(config: SessionConfig, { message, seq }: Incoming, reset: boolean): string[] {
  const problems: string[] = [];
  const method = valueOf(message, TAG.EncryptMethod);
  if (method !== undefined && method !== '0') problems.push(`EncryptMethod is ${method}, expected 0 (none)`);
  const seconds = countOf(message, TAG.HeartBtInt);
  if (seconds === undefined || seconds > LONGEST_HEARTBEAT) {
    problems.push(`HeartBtInt is not from 0 to ${LONGEST_HEARTBEAT}`);
  }
  if (reset && seq !== 1) problems.push(`with ResetSeqNumFlag MsgSeqNum is 1, not ${seq}`);
  if (reset && config.role === 'initiator' && !config.resetOnLogon) {
    problems.push('ResetSeqNumFlag was not asked for');
  }
  return problems;
}
