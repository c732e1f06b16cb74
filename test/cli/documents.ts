/** The documents of `--json` as the contract promises them, for tests that look into them. */
interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface General {
  readonly provenance: {
    readonly data: string;
    readonly rulebook: string;
    readonly reading: Readonly<Record<string, string>>;
    readonly engine: string;
  };
  readonly findings: readonly { readonly code: string; readonly subject: string; readonly message: string }[];
}

export interface ReviewDocument extends General {
  readonly index: string;
  readonly dates: Readonly<Record<string, string>>;
  readonly additions: readonly string[];
  readonly deletions: readonly string[];
  readonly reserve: readonly string[];
  readonly constituents: readonly {
    readonly id: string;
    readonly name: string;
    readonly weightBefore: number;
    readonly weightUncapped: number;
    readonly weightAtPricing: number;
    readonly weightAfter: number;
    readonly cappingFactor: number;
    readonly boundBy: readonly string[];
    readonly reason: string;
  }[];
  readonly constraints: readonly {
    readonly rule: string;
    readonly bound: boolean;
    readonly members: readonly string[];
  }[];
  readonly turnoverOneWay: number;
}

export interface FlowsDocument extends General {
  readonly index: string;
  readonly trackedAssets: {
    readonly amount: number;
    readonly currency: string;
    readonly asOf: string;
    readonly range: readonly [number, number];
    readonly source: string;
  };
  readonly trades: readonly {
    readonly id: string;
    readonly side: string;
    readonly shares: number;
    readonly value: Money;
    readonly weightBefore: number;
    readonly weightAfter: number;
    readonly adv20Value: Money;
    readonly daysToTrade: number;
  }[];
  readonly comparison: readonly {
    readonly who: string;
    readonly publishedValue: Money;
    readonly method: string;
    readonly ours: Money;
  }[];
}

export interface ReadingsDocument extends General {
  readonly index: string;
  readonly readings: readonly {
    readonly clause: string;
    readonly name: string;
    readonly constituents: readonly { readonly id: string; readonly weightAfter: number }[];
    readonly flowDifference: readonly { readonly id: string; readonly value: Money }[];
  }[];
}

export interface WeighDocument extends General {
  readonly weights: readonly {
    readonly id: string;
    readonly issuer: string | null;
    readonly uncapped: number;
    readonly weight: number;
    readonly cappingFactor: number;
    readonly boundBy: readonly string[];
  }[];
  readonly rules: readonly { readonly id: string; readonly triggered: boolean; readonly detail: string }[];
}

export interface ErrorDocument {
  readonly error: {
    readonly kind: string;
    readonly code: string;
    readonly message: string;
    readonly issues: readonly {
      readonly code: string;
      readonly path: string;
      readonly file: string | null;
      readonly line: number | null;
      readonly value: unknown;
      readonly expected: string;
    }[];
  };
}
