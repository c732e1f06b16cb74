/** Documents about prices, reports, leaders and funds, as the pages read them. */
import type {
  Assumptions,
  Compression,
  Derivation,
  Finding,
  ImpliedGrowth,
  Scenario,
  Words,
} from '../../core/index.js';
import type { Money, Provenance } from './types.js';

export interface InputDocument {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly asOf: string;
  readonly knownSince: string;
  readonly quality: string;
  readonly source: string;
}

export interface FigureDocument {
  readonly id: string;
  readonly value: number | null;
  readonly unit: string;
  readonly formula: string;
  readonly why: Words | null;
  readonly inputs: readonly InputDocument[];
}

interface SeriesDocument {
  readonly days: readonly string[];
  readonly values: readonly (number | null)[];
  readonly source: string;
}

type Flow = Money & { readonly inputs: readonly InputDocument[] };

export interface CompaniesDocument {
  readonly companies: readonly {
    readonly id: string;
    readonly name: Words;
    readonly currency: string;
    /** Ascending. */
    readonly periods: readonly string[];
    /** Days on which reports came out, where a page says so. */
    readonly reports: readonly { readonly period: string; readonly announced: string }[];
  }[];
}

export interface ValueDocument {
  readonly id: string;
  readonly name: Words;
  readonly at: string;
  readonly price: Money & { readonly asOf: string; readonly quality: string; readonly source: string };
  readonly marketValue: Flow | null;
  readonly ttm: {
    readonly netProfit: Flow | null;
    readonly revenue: Flow | null;
    readonly asOfPeriod: string;
    readonly periodEnd: string;
    readonly knownSince: string;
  } | null;
  readonly peTtm: number | null;
  readonly multiples: readonly FigureDocument[];
  readonly vendor: {
    readonly pe: number;
    readonly asOf: string;
    readonly impliedProfit: number | null;
    readonly source: string;
  } | null;
  readonly history: {
    readonly own: SeriesDocument;
    readonly vendor: SeriesDocument;
    readonly band:
      | (Readonly<Record<'days' | 'without' | 'p05' | 'p25' | 'p50' | 'p75' | 'p95' | 'rank', number>> & {
          readonly from: string;
          readonly to: string;
          readonly source: string;
        })
      | null;
  };
  readonly peers: readonly {
    readonly id: string;
    readonly name: Words;
    readonly currency: string;
    readonly asOf: string;
    readonly vendor: boolean;
    readonly pe: number | null;
    readonly figure: FigureDocument;
  }[];
  readonly assumptions: Assumptions;
  readonly impliedGrowth: (ImpliedGrowth & { readonly earnings: number; readonly value: number }) | null;
  readonly impliedPath: { readonly sales: number } | null;
  readonly baseRates: readonly {
    readonly match: 'same-size' | 'smaller' | 'larger';
    readonly salesFrom: number;
    readonly salesTo: number | null;
    readonly growth: number;
    readonly years: number;
    readonly share: number;
    readonly source: string;
  }[];
  readonly guidance: {
    readonly year: number;
    readonly low: Money;
    readonly high: Money;
    readonly knownSince: string;
    readonly source: string;
  } | null;
  readonly scenarios: readonly Scenario[];
  readonly compression: readonly Compression[];
  readonly derived: Readonly<
    Record<'impliedGrowth' | 'impliedPath' | 'scenarios' | 'compression', Derivation>
  >;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

interface FactDocument {
  readonly metric: string;
  readonly period: string;
  readonly value: number;
  readonly unit: string;
  readonly knownSince: string;
  readonly quality: string;
  readonly source: string;
}

interface GrowthDocument {
  readonly growth: number | null;
  readonly words: Words | null;
  readonly symmetric: number | null;
  readonly levelMultiple: number | null;
}

export interface EarningsDocument {
  readonly id: string;
  readonly name: Words;
  readonly period: string;
  readonly announced: string;
  readonly knownSince: string;
  readonly at: string;
  readonly currency: string;
  readonly lines: readonly (GrowthDocument & {
    readonly metric: string;
    readonly value: number;
    readonly unit: string;
    readonly yearAgo: number | null;
    readonly points: number | null;
    readonly inputs: readonly FactDocument[];
  })[];
  readonly quarter: readonly (GrowthDocument & {
    readonly metric: string;
    readonly quarter: string;
    readonly value: number;
    readonly yearAgo: number | null;
    readonly before: number | null;
    readonly sequential: GrowthDocument;
    readonly inputs: readonly InputDocument[];
  })[];
  readonly surprise: {
    readonly value: number | null;
    readonly why: Words | null;
    readonly inputs: readonly InputDocument[];
  };
  readonly flags: readonly {
    readonly id: string;
    readonly value: number | null;
    readonly unit: string;
    readonly threshold: string;
    readonly fired: boolean;
    readonly why: Words;
    readonly falseAlarms: Words;
    readonly inputs: readonly FactDocument[];
    readonly missing: readonly string[];
  }[];
  readonly scores: {
    readonly year: number;
    readonly inputs: readonly InputDocument[];
    readonly list: readonly {
      readonly id: string;
      readonly value: number | null;
      readonly terms: readonly {
        readonly id: string;
        readonly value: number;
        readonly contribution: number;
      }[];
      readonly missing: readonly string[];
      readonly threshold: string;
      readonly warns: boolean;
      readonly falseAlarms: Words;
    }[];
  };
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

export interface LeadersDocument {
  readonly by: 'price' | 'cap' | 'index';
  readonly at: string;
  readonly from: string;
  readonly leaders: readonly {
    readonly rank: number;
    readonly id: string;
    readonly name: Words;
    readonly value: Money;
    readonly asOf: string;
    readonly inputs: readonly InputDocument[];
  }[];
  readonly passes: readonly {
    readonly day: string;
    readonly challenger: {
      readonly id: string;
      readonly name: Words;
      readonly high: number;
      readonly close: number;
      readonly quality: string;
      readonly source: string;
    };
    readonly holder: {
      readonly id: string;
      readonly name: Words;
      readonly low: number;
      readonly high: number;
      readonly close: number;
      readonly quality: string;
      readonly source: string;
    };
    readonly intraday: 'certain' | 'possible' | 'no';
    readonly atClose: boolean;
    readonly documented: readonly { readonly what: string; readonly source: string }[];
  }[];
  readonly returns: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly return: number;
    readonly closes: readonly [number, number];
    readonly over: number | null;
    readonly inputs: readonly InputDocument[];
  }[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

interface FundDocument {
  readonly id: string;
  readonly name: Words;
  readonly kind: 'etf' | 'feeder';
  readonly follows: string;
  readonly theme: string;
  readonly source: string;
}

interface RouteDocument {
  readonly through: readonly string[];
  readonly weight: number;
  readonly source: string;
  readonly asOf: string;
}

export interface LookThroughDocument {
  readonly fund: FundDocument;
  readonly at: string;
  readonly weightsOf: string;
  readonly assets: (Money & { readonly asOf: string; readonly source: string }) | null;
  readonly exposures: readonly {
    readonly id: string;
    readonly name: Words;
    readonly weight: number;
    readonly routes: readonly RouteDocument[];
  }[];
  readonly unknown: number;
  readonly effectiveN: { readonly most: number; readonly least: number };
  readonly themes: {
    readonly fund: string;
    readonly industries: readonly { readonly theme: string; readonly weight: number }[];
  };
  readonly derived: Readonly<Record<'unknown' | 'effectiveN' | 'themes', Derivation>>;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

export interface HoldersDocument {
  readonly security: string;
  readonly name: Words;
  readonly at: string;
  readonly before: string | null;
  readonly holders: readonly {
    readonly fund: FundDocument;
    readonly weight: number;
    readonly routes: readonly RouteDocument[];
    readonly weightBefore: number | null;
    readonly unknown: number;
    readonly weightsOf: string;
    readonly assets: (Money & { readonly asOf: string; readonly source: string }) | null;
    readonly amount: Money | null;
  }[];
  readonly notKnown: readonly { readonly fund: FundDocument; readonly why: string }[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}
