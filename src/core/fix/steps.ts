/** Small steps that the session machine is made of; each gives the state after it and what is to be done. */
import { TAG } from './tags.js';
import { formatTimestamp } from './timestamp.js';
import type { SessionAction, SessionConfig, SessionState, Step } from './sessionState.js';
import { encodeMessage, valueOf, type FixField, type FixMessage } from './wire.js';
import { isSessionType } from './messages.js';

export const step = (state: SessionState, ...actions: readonly SessionAction[]): Step => ({ state, actions });

/** One step after the other. */
export function andThen(first: Step, next: (state: SessionState) => Step): Step {
  const { state, actions } = next(first.state);
  return { state, actions: [...first.actions, ...actions] };
}

export function transmit(
  config: SessionConfig,
  state: SessionState,
  now: number,
  type: string,
  body: readonly FixField[] = [],
): Step {
  const seq = state.nextOut;
  const { sender, target } = config;
  const header = { sender, target, seq, sendingTime: formatTimestamp(now) };
  const wire = encodeMessage(type, header, body);
  const kept = !isSessionType(type);
  return step(
    { ...state, nextOut: seq + 1, lastOut: now },
    { kind: 'transmit', seq, type, body, sentAt: now, kept, wire },
  );
}

export const refuse = (state: SessionState, code: string, text: string): Step =>
  step(state, { kind: 'refused', code, text });

export const disconnect = (state: SessionState, why: string): Step =>
  step({ ...state, phase: 'off', asked: undefined, tested: undefined }, { kind: 'disconnect', why });

/** Says why and goes: what FIX calls a serious error. */
export function leave(
  config: SessionConfig,
  state: SessionState,
  now: number,
  code: string,
  text: string,
): Step {
  const said = andThen(refuse(state, code, text), (after) =>
    transmit(config, after, now, '5', [[TAG.Text, text]]),
  );
  return andThen(said, (after) => disconnect(after, text));
}

/** A Reject of the message with that number. @param text all that is wrong, so that one round is enough to mend it */
export function reject(
  config: SessionConfig,
  state: SessionState,
  now: number,
  message: FixMessage,
  what: { readonly reason: number; readonly tag: number; readonly text: string },
): Step {
  const body: FixField[] = [
    [TAG.RefSeqNum, valueOf(message, TAG.MsgSeqNum) ?? '0'],
    ...(what.tag > 0 ? [[TAG.RefTagID, String(what.tag)] as const] : []),
    [TAG.RefMsgType, message.type],
    [TAG.SessionRejectReason, String(what.reason)],
    [TAG.Text, what.text],
  ];
  return andThen(refuse(state, 'message_rejected', what.text), (after) =>
    transmit(config, after, now, '3', body),
  );
}

/**
 * Asks for everything from the next expected message on (EndSeqNo 0 is infinity). Once for each gap, and again only when
 * a message that was resent is lost, or when nothing has come for a while: else one gap makes an avalanche.
 */
export function askResend(config: SessionConfig, state: SessionState, now: number, upTo: number): Step {
  const { nextIn, asked } = state;
  const most = Math.max(upTo, asked?.upTo ?? 0);
  const body: FixField[] = [
    [TAG.BeginSeqNo, String(nextIn)],
    [TAG.EndSeqNo, '0'],
  ];
  return transmit(config, { ...state, asked: { from: nextIn, upTo: most, at: now } }, now, '2', body);
}

/** The next message expected; a gap that it closes is no longer waited for. */
export function counting(state: SessionState, nextIn: number): SessionState {
  const filled = state.asked !== undefined && nextIn > state.asked.upTo;
  return { ...state, nextIn, asked: filled ? undefined : state.asked };
}
