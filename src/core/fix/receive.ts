/** A message whose turn it is: what its type asks for. */
import type { Incoming, SessionConfig, SessionState, Step } from './sessionState.js';
import { counting, disconnect, leave, refuse, reject, step, andThen, transmit } from './steps.js';
import { TAG } from './tags.js';
import { REJECT } from './validate.js';
import { countOf, valueOf } from './wire.js';

export function inOrder(config: SessionConfig, state: SessionState, incoming: Incoming): Step {
  const { message, seq, checked, now } = incoming;
  const [first] = checked.issues;
  if (first !== undefined) {
    const text = checked.issues.map((issue) => issue.text).join('; ');
    // A Reject is not rejected, or two would reject each other for ever.
    if (message.type === '3') return refuse(state, 'message_rejected', text);
    return reject(config, state, now, message, { ...first, text });
  }
  switch (message.type) {
    case '0':
      return step(state);
    case '1': {
      // 4b
      const id = valueOf(message, TAG.TestReqID) as string;
      return transmit(config, state, now, '0', [[TAG.TestReqID, id]]);
    }
    case '2':
      return resendAsked(config, state, incoming);
    case '3':
      // Whoever sent the message that it is about may want to know.
      return andThen(
        refuse(state, 'rejected_by_peer', valueOf(message, TAG.Text) ?? 'without a text'),
        (after) => step(after, { kind: 'deliver', message, seq, unsupported: [] }),
      );
    case '4':
      return gapFilled(config, state, incoming);
    case '5':
      return logoutReceived(config, state, incoming);
    case 'A':
      return leave(config, state, now, 'logon_refused', 'a Logon within a session');
    default: {
      const { unsupported } = checked;
      return step(state, { kind: 'deliver', message, seq, unsupported });
    }
  }
}

function resendAsked(config: SessionConfig, state: SessionState, { message, now }: Incoming): Step {
  const from = countOf(message, TAG.BeginSeqNo) as number;
  const asked = countOf(message, TAG.EndSeqNo) as number;
  const last = state.nextOut - 1;
  const to = asked === 0 ? last : Math.min(asked, last);
  if (from >= 1 && from <= to) return step({ ...state, lastOut: now }, { kind: 'resend', from, to });
  const text = `messages ${from} to ${asked} were never sent; the last one is ${last}`;
  return reject(config, state, now, message, { reason: REJECT.wrongValue, tag: TAG.BeginSeqNo, text });
}

/** 10b, 10e */
function gapFilled(config: SessionConfig, state: SessionState, { message, seq, now }: Incoming): Step {
  const next = countOf(message, TAG.NewSeqNo) as number;
  if (next > seq) return step(counting(state, next));
  const text = `NewSeqNo is ${next}, expected more than ${seq}`;
  return reject(config, state, now, message, { reason: REJECT.wrongValue, tag: TAG.NewSeqNo, text });
}

/** 13a, 13b */
function logoutReceived(config: SessionConfig, state: SessionState, { message, now }: Incoming): Step {
  const why = valueOf(message, TAG.Text) ?? 'Logout';
  if (state.phase === 'leaving') return disconnect(state, 'Logout answered');
  return andThen(transmit(config, state, now, '5'), (after) => disconnect(after, `peer: ${why}`));
}
