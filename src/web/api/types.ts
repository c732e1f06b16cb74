/** Documents of the server as the pages read them; `docs/server.md` says where each comes from. */
import type { Finding, Language, Outcome, ReviewDateName } from '../../core/index.js';

export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export type Dates = Readonly<Record<ReviewDateName, string>>;

/** A security with its names: Chinese, legal English, everyday English where there is one. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly nameShort?: string;
}

export interface IndexHead {
  readonly id: string;
  readonly code: string | null;
  readonly names: Readonly<Record<Language, string>>;
  readonly market: string;
  readonly currency: string;
  readonly rulebook: string;
}

export interface IndicesDocument {
  readonly knownAt: string;
  readonly indices: readonly (IndexHead & { readonly reviews: boolean; readonly next: Dates | null })[];
}

export interface Constituent extends Named {
  readonly weight: number;
  readonly roomToCap: number | null;
  readonly cappingFactor: number;
  readonly indexShares: number;
  readonly close: number;
  readonly closeDate: string;
}

export interface IndexDocument extends IndexHead {
  readonly knownAt: string;
  readonly date: string;
  readonly basket: { readonly swap: string; readonly effective: string; readonly quality: string };
  readonly cap: number | null;
  readonly constituents: readonly Constituent[];
  readonly concentration: {
    readonly topFive: number;
    readonly effectiveMembers: number;
    readonly members: number;
  };
  readonly level: {
    readonly computed: number;
    readonly published: number | null;
    readonly publishedDate: string | null;
    readonly change: number | null;
  };
  readonly next: Dates | null;
  readonly findings: readonly Finding[];
}

export interface ReviewMember extends Named {
  readonly weightBefore: number;
  readonly weightUncapped: number;
  readonly weightAtPricing: number;
  readonly weightAfter: number;
  readonly cappingFactor: number;
  readonly boundBy: readonly string[];
  readonly reason: string;
  readonly reasonZh: string;
}

interface DecisionRow {
  readonly id: string;
  readonly incumbent: boolean;
  readonly rank: number | null;
  readonly outcome: Outcome;
  readonly clause: string;
  readonly measure: string;
  readonly value: string;
  readonly limit: string;
}

interface Constraint {
  readonly rule: string;
  readonly bound: boolean;
  readonly members: readonly string[];
  readonly rounds: number;
}

export interface Provenance {
  readonly data: string;
  readonly rulebook: string;
  readonly reading: Readonly<Record<string, string>>;
  readonly engine: string;
}

export interface ReviewDocument {
  readonly index: string;
  readonly dates: Dates;
  readonly knownAt: string;
  readonly basis: string;
  readonly additions: readonly string[];
  readonly deletions: readonly string[];
  readonly reserve: readonly string[];
  readonly differences: readonly {
    readonly id: string;
    readonly announced: string;
    readonly why: Readonly<Record<Language, string>>;
  }[];
  readonly constituents: readonly ReviewMember[];
  readonly constraints: readonly Constraint[];
  readonly turnoverOneWay: number;
  readonly level: { readonly date: string; readonly level: number };
  readonly decisions: readonly DecisionRow[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

export interface TradeRow extends Named {
  readonly side: 'buy' | 'sell';
  readonly shares: number;
  readonly value: Money;
  readonly valueRange: readonly [Money, Money];
  readonly weightBefore: number;
  readonly weightAfter: number;
  readonly adv20Value: { readonly amount: number | null };
  readonly daysToTrade: number | null;
}

export interface EstimateRow {
  readonly who: string;
  readonly date: string;
  readonly id: string;
  readonly publishedValue: Money;
  readonly method: string;
  readonly methodZh: string;
  readonly derivable: boolean;
  readonly oursThatDay: Money;
  readonly ours: Money;
}

export interface CutOnDay {
  readonly id: string;
  readonly date: string;
  readonly close: number;
  readonly weight: number;
  readonly naiveCut: number;
  readonly ruleCut: number;
  readonly naiveValue: Money;
  readonly ruleValue: Money;
}

/** One security over all indices of which a trade is known. */
export interface NetDocument {
  readonly legs: readonly {
    readonly index: string;
    readonly shares: number;
    readonly value: Money;
    readonly basis: 'computed' | 'published' | 'assumed';
    readonly source: string;
  }[];
  readonly net: { readonly shares: number; readonly value: Money; readonly daysToTrade: number | null };
}

export interface FlowsDocument {
  readonly index: string;
  readonly dates: Dates;
  readonly knownAt: string;
  readonly trackedAssets: Money & {
    readonly asOf: string;
    readonly range: readonly [number, number];
    readonly source: string;
    readonly scope: string;
    readonly feeders: string;
  };
  readonly turnoverOneWay: number;
  readonly grossOneWay: Money;
  readonly trades: readonly TradeRow[];
  readonly comparison: readonly EstimateRow[];
  readonly history: readonly CutOnDay[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

export interface ReadingsDocument {
  readonly readings: readonly {
    readonly clause: string;
    readonly name: string;
    readonly default: boolean;
    readonly constituents: readonly { readonly id: string; readonly weightAfter: number }[];
    readonly flowDifference: readonly { readonly id: string; readonly value: Money }[];
    readonly levelError: readonly {
      readonly pricedOn: string;
      readonly sessions: number;
      readonly largest: number;
    }[];
  }[];
}

export interface CalendarDocument {
  readonly index: string;
  readonly knownAt: string;
  readonly calendarEnds: string;
  readonly reviews: readonly (Dates & {
    readonly past: boolean;
    readonly sessionsLeft: Readonly<Record<ReviewDateName, number | null>>;
  })[];
}

export interface LevelsDocument {
  readonly levels: readonly {
    readonly date: string;
    readonly level: number;
    readonly published: number | null;
  }[];
  readonly findings: readonly Finding[];
}

export interface ClauseRow {
  readonly id: string;
  readonly from: string;
  readonly to: string | null;
  readonly rule: Readonly<Record<string, unknown>>;
  readonly en: string;
  readonly zh: string;
  readonly cite: readonly { readonly key: string; readonly title: string; readonly url?: string | null }[];
  readonly confidence: string;
  readonly note: string | null;
  readonly reading: string | null;
  readonly readings: Readonly<
    Record<string, { readonly en: string; readonly zh: string; readonly confidence: string }>
  >;
}

export interface RulebookDocument {
  readonly rulebook: string;
  readonly names: Readonly<Record<Language, string>>;
  readonly aliases: readonly string[];
  readonly clauses: readonly ClauseRow[];
}

export interface RulebooksDocument {
  readonly rulebooks: readonly {
    readonly id: string;
    readonly version: string;
    readonly aliases: readonly string[];
    readonly names: Readonly<Record<Language, string>>;
    readonly clauses: number;
    readonly confidence: Readonly<Record<string, number>>;
  }[];
}

export interface SecurityHead extends Named {
  readonly code: string;
  readonly nameShort: string;
  readonly pinyin: string;
  readonly market: string;
  readonly board: string;
  readonly industry: string;
  readonly listed: string | null;
}

export interface SecurityDocument extends SecurityHead {
  readonly knownAt: string;
  readonly marketValue: (Money & { readonly date: string }) | null;
  readonly facts: readonly {
    readonly field: string;
    readonly value: number;
    readonly asOf: string;
    readonly knownOn: string;
    readonly quality: string;
    readonly source: string;
    readonly note: string;
  }[];
  readonly indices: readonly {
    readonly index: string;
    readonly date: string;
    readonly weight: number;
    readonly roomToCap: number | null;
  }[];
  readonly marks: readonly string[];
  readonly findings: readonly Finding[];
}

export interface PriceRow {
  readonly date: string;
  readonly close: number;
  readonly value: number | null;
  readonly quality: string;
}

export interface PricesDocument {
  readonly id: string;
  readonly currency: string;
  readonly prices: readonly PriceRow[];
  readonly findings: readonly Finding[];
}

export interface DataDocument {
  readonly bundles: readonly {
    readonly bundle: string;
    readonly licence: string;
    readonly origins: readonly {
      readonly key: string;
      readonly repository: string;
      readonly commit: string;
      readonly licence: string;
      readonly gave: string;
    }[];
  }[];
  readonly tables: readonly {
    readonly bundle: string;
    readonly table: string;
    readonly rows: number;
    readonly from: string | null;
    readonly to: string | null;
    readonly origins: string;
    readonly sha256: string;
  }[];
  readonly imports: readonly {
    readonly fileName: string;
    readonly rows: number;
    readonly from: string;
    readonly to: string;
    readonly imported: string;
  }[];
  readonly findings: readonly Finding[];
}

export interface ImportDocument {
  readonly rows: number;
  readonly securities: number;
  readonly from: string;
  readonly to: string;
  readonly written: { readonly rows: number } | null;
}

export interface StoredDocument<Body> {
  readonly id: string;
  readonly revision: number;
  readonly body: Body;
}

export interface WatchlistBody {
  readonly name: string;
  readonly securities: readonly string[];
}

export type AlertCondition =
  | {
      readonly kind: 'room-to-cap';
      readonly index: string;
      readonly security: string;
      readonly below: number;
    }
  | {
      readonly kind: 'sessions-left';
      readonly index: string;
      readonly date: string;
      readonly sessions: number;
    }
  | {
      readonly kind: 'flow-value';
      readonly index: string;
      readonly security: string;
      readonly above: number;
    }
  | {
      readonly kind: 'probability';
      readonly index: string;
      readonly security: string;
      readonly of: 'in' | 'out' | 'capped';
      readonly above: number;
    };

export interface AlertBody {
  readonly name: string;
  readonly enabled: boolean;
  readonly condition: AlertCondition;
}

export interface JobDocument {
  readonly id: string;
  readonly kind: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly fraction: number;
  readonly secondsLeft: number | null;
  readonly error?: { readonly code: string; readonly message: string };
  readonly result?: unknown;
}

export interface ForecastDocument {
  readonly knownAt: string;
  readonly paths: number;
  readonly securities: readonly {
    readonly id: string;
    readonly pIn: number;
    readonly pOut: number;
    readonly pCapped: number;
    readonly flow: Readonly<Record<'mean' | 'p05' | 'p25' | 'p50' | 'p75' | 'p95', number>>;
  }[];
}

export interface RecordDocument {
  readonly scores: readonly {
    readonly effective: string;
    readonly brier: number | null;
    readonly logScore: number | null;
    readonly crps: number | null;
    readonly coverage90: number | null;
    readonly sample: { readonly chances: number; readonly flows: number };
    readonly calibration: readonly {
      readonly meanForecast: number;
      readonly happened: number;
      readonly forecasts: number;
    }[];
    readonly misses: readonly { readonly id: string; readonly happened: 'in' | 'out'; readonly p: number }[];
    readonly days: readonly unknown[];
  }[];
}

export interface FanDocument {
  readonly days: readonly {
    readonly date: string;
    readonly p05: number;
    readonly p25: number;
    readonly p50: number;
    readonly p75: number;
    readonly p95: number;
  }[];
  readonly came: number | null;
}
