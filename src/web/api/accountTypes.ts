/** Documents of paper accounts as the pages read them, and orders as they are sent; `docs/server.md` says where each comes from. */
import type { Condition, DayPart, Finding, MarketKind, OrderState, Stop } from '../../core/index.js';
import type { Money } from './types.js';

/** As documents have them: codes and days are text. */
type Plain<C> = C extends { readonly security: unknown }
  ? Omit<C, 'security'> & { readonly security: string }
  : C extends { readonly from: unknown }
    ? Omit<C, 'from'> & { readonly from: string }
    : C;
type ConditionDocument = Plain<Condition>;

export interface OrderRow {
  readonly id: number;
  readonly clientId: string | null;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly filled: number;
  readonly limit: number | null;
  readonly validity: 'day' | 'open';
  readonly condition: ConditionDocument | null;
  readonly group: number | null;
  readonly role: 'entry' | 'take-profit' | 'stop' | 'slice' | null;
  readonly kind: MarketKind | null;
  readonly during: DayPart | null;
  readonly peak: number | null;
  readonly state: OrderState;
  readonly reason: string | null;
  readonly placed: string;
  readonly changed: string;
  /** `10:31:30`, of a change within a session. */
  readonly changedAt: string | null;
  readonly price: number | null;
}

interface FeesDocument {
  readonly stamp: Money;
  readonly transfer: Money;
  readonly commission: Money;
}

export interface FillRow {
  readonly order: number;
  readonly date: string;
  /** `10:31:30`; `null` of a fill at a close of daily data. */
  readonly time: string | null;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly price: number;
  readonly value: Money;
  readonly fees: FeesDocument & { readonly total: Money };
}

export interface PositionRow {
  readonly id: string;
  readonly name: string;
  readonly shares: number;
  readonly cost: Money;
  readonly value: Money;
  readonly unrealised: Money;
}

/** A time of a session, `10:30:30`. */
export interface ClockDocument {
  readonly date: string;
  readonly time: string;
}

export interface AccountDocument {
  readonly account: string;
  /** Last session whose close it knows. */
  readonly day: string;
  /** Where its clock stands in the session after that; `null` between sessions. */
  readonly clock: ClockDocument | null;
  /** Where it can be told to stop next; `time` is `null` at the end of the day. */
  readonly stops: readonly { readonly stop: Stop; readonly date: string; readonly time: string | null }[];
  /** As far as the data go, twenty at most. */
  readonly nextSessions: readonly string[];
  readonly cash: Money;
  readonly equity: Money;
  readonly capital: Money;
  readonly fillsAt: 'close' | 'session';
  readonly flows: string | null;
  readonly realised: Money;
  readonly unrealised: Money;
  readonly dividends: Money;
  readonly fees: Money;
  readonly feesByKind: FeesDocument;
  readonly positions: readonly PositionRow[];
  readonly orders: readonly OrderRow[];
  readonly findings: readonly Finding[];
}

export interface OrdersDocument {
  readonly orders: readonly OrderRow[];
  readonly fills: readonly FillRow[];
}

export interface EntryRow {
  readonly entry: number;
  readonly date: string;
  readonly what: string;
  readonly order: number | null;
  readonly account: string;
  readonly security: string;
  readonly shares: number;
  readonly amount: number;
  readonly cash: number;
}

interface BookLevel {
  readonly price: number;
  readonly shares: number;
}

export interface BookDocument {
  readonly date: string;
  /** The minute that is shown, and all there are to choose from. */
  readonly time: string;
  readonly times: readonly string[];
  readonly last: number | null;
  readonly volume: number;
  /** The best one first. */
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

export interface StatementDocument {
  readonly entries: readonly EntryRow[];
}

export interface RefusalRow {
  readonly at: string;
  readonly request: string;
  readonly code: string;
  readonly message: string;
}

export interface PreviewDocument {
  readonly session: string;
  readonly accepted: boolean;
  readonly objections: readonly {
    readonly code: string;
    readonly message: string;
    readonly messageZh: string;
  }[];
  readonly nearest: { readonly quantity: number; readonly limit: number | null } | null;
  readonly rules: {
    readonly board: string;
    readonly least: number;
    readonly step: number;
    readonly most: number;
    readonly lowest: number | null;
    readonly highest: number | null;
    readonly previousClose: number;
    readonly source: string;
    readonly sourceZh: string;
    readonly confidence: string;
    /** Market orders that the board has within the session. */
    readonly kinds: readonly MarketKind[];
    readonly afterHours: boolean;
  };
  readonly price: number;
  readonly value: Money;
  readonly fees: FeesDocument & { readonly passedOn: Money; readonly total: Money };
  readonly cashAfter: Money;
  readonly sharesAfter: number;
  readonly impact: {
    readonly participation: number;
    readonly costBps: number;
    readonly peakBps: number;
    readonly band: readonly [number, number];
  } | null;
  readonly findings: readonly Finding[];
}

export interface DryRunDocument {
  readonly from: string;
  readonly to: string;
  readonly sessions: readonly {
    readonly date: string;
    readonly value: number | null;
    readonly threshold: number | null;
    readonly met: boolean;
  }[];
  readonly sessionsMet: number;
  readonly triggered: string | null;
  readonly triggeredAt: string | null;
  readonly orders: readonly OrderRow[];
  readonly fills: readonly (FillRow & { readonly changeSinceStart: number | null })[];
}

/** A condition as it is sent: beside those of the documents, a move from the last close. */
export type ConditionSent =
  ConditionDocument | { readonly kind: 'move'; readonly security?: string; readonly fraction: number };

export interface OrderSent {
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: number;
  readonly limit?: number;
  readonly validity: 'day' | 'open';
  readonly condition?: ConditionSent;
  readonly kind?: MarketKind;
  readonly during?: DayPart;
  readonly peak?: number;
  readonly exit?: {
    readonly takeProfit?: number;
    readonly stop?: { readonly at: number } | { readonly trail: number };
  };
  readonly slices?: readonly { readonly session: string; readonly quantity: number }[];
}
