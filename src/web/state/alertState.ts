/** Whether the condition of an alert holds: which document it is compared with, and how. */
import type {
  AlertCondition,
  CalendarDocument,
  FlowsDocument,
  ForecastDocument,
  IndexDocument,
} from '../api/types.js';

/** What is known of a condition: whether it holds, and the number it was compared with. */
type AlertState =
  | { readonly of: 'points' | 'money' | 'chance'; readonly met: boolean; readonly value: number }
  | { readonly of: 'sessions'; readonly met: boolean; readonly value: number };

/** Address of the document, and its parameters. @param next effective date of the next review, '' when there is none */
export function documentOf(
  condition: AlertCondition,
  next: string,
  knownAt: string,
): readonly [string, Readonly<Record<string, string>>] {
  const path = `/indices/${condition.index}`;
  switch (condition.kind) {
    case 'room-to-cap':
      return [path, { knownAt }];
    case 'sessions-left':
      return [`${path}/calendar`, { knownAt }];
    case 'flow-value':
      return [`${path}/reviews/${next}/flows`, { knownAt }];
    case 'probability':
      return [`${path}/reviews/${next}/chances`, { knownAt }];
  }
}

/** @returns undefined when the document does not know what the condition is about */
export function stateOf(condition: AlertCondition, document: unknown): AlertState | undefined {
  switch (condition.kind) {
    case 'room-to-cap': {
      const member = (document as IndexDocument).constituents.find(({ id }) => id === condition.security);
      const room = member?.roomToCap ?? undefined;
      return room === undefined ? undefined : { of: 'points', met: room < condition.below, value: room };
    }
    case 'sessions-left': {
      const next = (document as CalendarDocument).reviews.find(({ past }) => !past);
      const left = next?.sessionsLeft[condition.date as 'cutoff'] ?? undefined;
      return left === undefined
        ? undefined
        : { of: 'sessions', met: left <= condition.sessions, value: left };
    }
    case 'flow-value': {
      const trade = (document as FlowsDocument).trades.find(({ id }) => id === condition.security);
      if (trade === undefined) return undefined;
      const { amount } = trade.value;
      return { of: 'money', met: Math.abs(amount) > condition.above, value: amount };
    }
    case 'probability': {
      const { securities } = document as ForecastDocument;
      const found = securities.find(({ id }) => id === condition.security);
      // A name that no path touches stays where it is, outside.
      const { pIn, pOut, pCapped } = found ?? { pIn: 0, pOut: 1, pCapped: 0 };
      const value = { in: pIn, out: pOut, capped: pCapped }[condition.of];
      return { of: 'chance', met: value > condition.above, value };
    }
  }
}
