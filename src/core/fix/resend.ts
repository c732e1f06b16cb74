/**
 * The answer to a ResendRequest: application messages once more, marked as possible duplicates, and gaps filled for what
 * the session sent itself (Volume 2, "Message Recovery"; test case 8).
 */
import type { SessionConfig } from './sessionState.js';
import { TAG } from './tags.js';
import { formatTimestamp } from './timestamp.js';
import { encodeMessage, type FixField } from './wire.js';

/** An application message as it was kept. */
export interface KeptMessage {
  readonly seq: number;
  readonly type: string;
  readonly body: readonly FixField[];
  /** ms since 1970 */
  readonly sentAt: number;
}

/**
 * @param kept of that range, in order
 * @param from, to first and last number, both included
 * @returns messages as they go out
 */
export function resendOf(
  { sender, target }: SessionConfig,
  kept: readonly KeptMessage[],
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: number },
): string[] {
  const sendingTime = formatTimestamp(now);
  const fill = (seq: number, next: number): string =>
    encodeMessage('4', { sender, target, seq, sendingTime, firstSent: sendingTime }, [
      [TAG.GapFillFlag, 'Y'],
      [TAG.NewSeqNo, String(next)],
    ]);
  const wires: string[] = [];
  let next = from;
  for (const { seq, type, body, sentAt } of kept) {
    if (seq > next) wires.push(fill(next, seq));
    const header = { sender, target, seq, sendingTime, firstSent: formatTimestamp(sentAt) };
    wires.push(encodeMessage(type, header, body));
    next = seq + 1;
  }
  if (next <= to) wires.push(fill(next, to + 1));
  return wires;
}
