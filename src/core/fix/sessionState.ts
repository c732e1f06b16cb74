/** What a session knows, what can happen to it, and what it wants done. */
import type { Checked } from './validate.js';
import type { FixField, FixMessage } from './wire.js';

export interface SessionConfig {
  readonly role: 'initiator' | 'acceptor';
  readonly sender: string;
  readonly target: string;
  /** What an initiator asks for, in ms; 0 for none. An acceptor takes the other's. */
  readonly heartbeatMs: number;
  /** How long to wait for Logon and Logout, ms. */
  readonly patienceMs: number;
  /** When to ask again for messages that were asked for and have not come, ms. */
  readonly resendMs: number;
  /** An initiator that begins both sequences anew. */
  readonly resetOnLogon: boolean;
  /** What an initiator proves itself with. */
  readonly password: string | undefined;
}

export interface SessionState {
  /** `waiting`: connected, no Logon yet. `leaving`: a Logout was sent. */
  readonly phase: 'off' | 'waiting' | 'active' | 'leaving';
  /** MsgSeqNum of the next message in and out, from 1. */
  readonly nextIn: number;
  readonly nextOut: number;
  /** Since when it is in this phase, when something last came and went; ms since 1970. */
  readonly since: number;
  readonly lastIn: number;
  readonly lastOut: number;
  /** As agreed on at Logon. */
  readonly heartbeatMs: number;
  /** A TestRequest that is not answered yet. */
  readonly tested: number | undefined;
  /** Messages that were asked for: from which on, up to which at least, when. */
  readonly asked: { readonly from: number; readonly upTo: number; readonly at: number } | undefined;
  /** Garbled pieces since the last message. */
  readonly garbled: number;
}

/** A message with its number and what is wrong with it. */
export interface Incoming {
  readonly message: FixMessage;
  readonly seq: number;
  readonly checked: Checked;
  readonly now: number;
}

export type SessionEvent =
  | { readonly kind: 'connected'; readonly now: number }
  | { readonly kind: 'received'; readonly now: number; readonly message: FixMessage }
  | { readonly kind: 'garbled'; readonly now: number; readonly why: string }
  | { readonly kind: 'tick'; readonly now: number }
  /** An application message to go out. */
  | { readonly kind: 'send'; readonly now: number; readonly type: string; readonly body: readonly FixField[] }
  | { readonly kind: 'logout'; readonly now: number; readonly text: string }
  | { readonly kind: 'disconnected' };

export type SessionAction =
  /** `kept`: an application message, to be there when it is asked for again. */
  | {
      readonly kind: 'transmit';
      readonly seq: number;
      readonly type: string;
      readonly body: readonly FixField[];
      readonly sentAt: number;
      readonly kept: boolean;
      readonly wire: string;
    }
  /** An application message or a Reject, each exactly once and in order. */
  | {
      readonly kind: 'deliver';
      readonly message: FixMessage;
      readonly seq: number;
      readonly unsupported: readonly number[];
    }
  /** Send `from` to `to` again, both included (see `resendOf`). */
  | { readonly kind: 'resend'; readonly from: number; readonly to: number }
  | { readonly kind: 'loggedOn' }
  /** Both sequences begin anew: what was kept is of the past. */
  | { readonly kind: 'reset' }
  /** Something that was not taken, for the log. */
  | { readonly kind: 'refused'; readonly code: string; readonly text: string }
  | { readonly kind: 'disconnect'; readonly why: string };

export interface Step {
  readonly state: SessionState;
  readonly actions: readonly SessionAction[];
}

/** Before any connection. @param nextIn, nextOut as they were kept; 1 and 1 at first */
export const offState = (nextIn: number, nextOut: number): SessionState => ({
  phase: 'off',
  nextIn,
  nextOut,
  since: 0,
  lastIn: 0,
  lastOut: 0,
  heartbeatMs: 0,
  tested: undefined,
  asked: undefined,
  garbled: 0,
});
