/** Documents about trading itself: impact, schedules, studies. Fractions unless a name ends in `Bps`. */
import type { Finding, ImpactModelName, Liquidity, ScheduleMethod } from '../../core/index.js';
import type { Dates, Money, Provenance } from './types.js';

/** An order and what it is measured by, wherever it comes from. */
export interface OrderDocument {
  readonly order: { readonly shares: number; readonly days: number; readonly participation: number };
  readonly liquidity: {
    readonly advShares: number;
    readonly volatility: number;
    readonly sharesOutstanding: number | null;
    readonly spread: number | null;
    readonly lambda: NonNullable<Liquidity['lambda']> | null;
  };
  readonly models: readonly {
    readonly model: ImpactModelName;
    readonly temporaryBps: number;
    readonly permanentBps: number;
    readonly peakBps: number;
    readonly costBps: number;
    /** Of the cost, basis points. */
    readonly band: readonly [number, number];
  }[];
  readonly findings: readonly Finding[];
}

/** The forced trade of a security in a review. */
export interface ImpactDocument extends OrderDocument {
  readonly index: string;
  readonly dates: Dates;
  readonly knownAt: string;
  readonly measuredOn: string;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly value: Money;
  readonly together: readonly {
    readonly id: string;
    readonly value: Money;
    readonly eventReturn: number;
    readonly laterReturn: number;
  }[];
  readonly provenance: Provenance;
}

export interface SliceRow {
  readonly date: string;
  readonly phase: 'continuous' | 'auction';
  readonly shares: number;
  readonly value: Money;
  readonly participation: number;
}

export interface MethodRow {
  readonly method: ScheduleMethod;
  readonly costBps: number;
  readonly trackingErrorBps: number;
}

export interface FrontierRow {
  readonly riskAversion: number;
  readonly costBps: number;
  readonly trackingErrorBps: number;
}

export interface ScheduleDocument {
  readonly index: string;
  readonly dates: Dates;
  readonly knownAt: string;
  readonly security: string;
  readonly method: ScheduleMethod;
  readonly side: 'buy' | 'sell';
  readonly slices: readonly SliceRow[];
  readonly costBps: number;
  readonly trackingErrorBps: number;
  readonly methods: readonly MethodRow[];
  readonly frontier: readonly FrontierRow[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

export interface Placebo {
  readonly pValue: number;
  readonly shifts: number;
}

export interface StudyRow {
  readonly date: string;
  readonly return: number | null;
  readonly benchmark: number | null;
  readonly benchmarkExSelf: number | null;
  readonly abnormal: number | null;
  readonly cumulative: number;
  readonly band: readonly [number, number];
  readonly locked: boolean;
}

export interface SplitParts {
  readonly move: number;
  readonly market: number;
  readonly sector: number;
  readonly flow: number;
  readonly remainder: number;
  readonly flowBand: readonly [number, number];
  readonly remainderBand: readonly [number, number];
}

export interface StudyDocument {
  readonly security: string;
  readonly index: string;
  readonly event: string;
  readonly benchmark: string;
  readonly window: readonly [number, number];
  readonly model: {
    readonly alpha: number;
    readonly beta: number;
    readonly residualDeviation: number;
    readonly estimationDays: number;
  };
  readonly days: readonly StudyRow[];
  readonly car: number;
  readonly carStandardError: number;
  readonly buyAndHold: { readonly return: number; readonly benchmark: number; readonly abnormal: number };
  readonly tests: {
    readonly eventDay: {
      readonly abnormal: number | null;
      readonly t: number | null;
      readonly placebo: Placebo;
    };
    readonly car: { readonly t: number; readonly placebo: Placebo };
  };
  /** Only with a review. */
  readonly split?: SplitParts;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

interface Tests {
  readonly crossSectional: number | null;
  readonly patell: number | null;
  readonly bmp: number | null;
  readonly kolariPynnonen: number | null;
  readonly generalisedSign: number | null;
  /** Of single days only. */
  readonly corradoRank?: number | null;
}

export interface GroupDayRow {
  readonly day: number;
  readonly events: number;
  readonly mean: number | null;
  readonly cumulative: number;
  /** Without one below two events. */
  readonly band: readonly [number | null, number | null];
  readonly tests: Tests;
}

export interface ReviewStudyDocument {
  readonly index: string;
  /** Day 0. */
  readonly at: 'announcement' | 'swap';
  readonly groups: readonly {
    readonly action: 'add' | 'delete';
    readonly events: readonly {
      readonly id: string;
      readonly day: string;
      readonly car: number;
      readonly carStandardError: number;
      readonly bhar: number;
    }[];
    readonly days: readonly GroupDayRow[];
    readonly meanCar: number;
    readonly tests: Tests & { readonly placebo: Placebo };
    readonly correlation: number;
  }[];
  readonly findings: readonly Finding[];
}

/** Costs are positive; parts in basis points of the value of all shares at the decision price. */
export interface TcaDocument {
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly shares: number;
  readonly filled: number;
  readonly decided: string;
  readonly until: string;
  readonly decisionPrice: number;
  readonly arrivalPrice: number;
  readonly meanPrice: number;
  readonly paperValue: Money;
  readonly parts: readonly {
    readonly part: 'delay' | 'impact' | 'timing' | 'opportunity' | 'fees';
    readonly bps: number;
    readonly money: Money;
  }[];
  readonly shortfall: { readonly bps: number; readonly money: Money };
  readonly impactFrom: 'reference' | 'vwap' | 'model';
  readonly impactBandBps: readonly [number, number];
  readonly benchmarks: readonly {
    readonly benchmark: 'decision' | 'arrival' | 'close' | 'vwap' | 'effective-close';
    readonly price: number;
    readonly costBps: number;
    readonly money: Money;
  }[];
  readonly expected: {
    readonly costBps: number;
    readonly band: readonly [number, number];
  } | null;
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

/** Quantiles at 5, 25, 50, 75 and 95 %. */
export interface RehearsedSpread {
  readonly quantiles: readonly number[];
  readonly mean: number;
  readonly happened: number | null;
  /** Share of the runs below what happened. */
  readonly rank: number | null;
}

/** Price and shares, the best of a side first. */
export type BookLevels = readonly (readonly [price: number, shares: number])[];

export interface BookSides {
  readonly buys: BookLevels;
  readonly sells: BookLevels;
}

export interface RehearsalDocument {
  readonly security: string;
  readonly dates: Dates;
  readonly knownAt: string;
  readonly runs: number;
  readonly flow: { readonly shares: number; readonly value: Money; readonly atClose: number };
  readonly market: {
    readonly previousClose: number;
    readonly volume: number;
    readonly volatility: number;
    readonly elasticity: number;
    readonly arbitrageurs: number;
  };
  readonly close: RehearsedSpread & { readonly date: string };
  readonly againstStill: RehearsedSpread;
  readonly againstLast: RehearsedSpread;
  readonly afterwards: readonly (RehearsedSpread & { readonly date: string })[];
  readonly reversal: readonly (RehearsedSpread & { readonly date: string })[];
  readonly closingShare: RehearsedSpread;
  /** Mean part of the flow that found the other side. */
  readonly filled: number;
  readonly fan: readonly (readonly number[])[];
  readonly book: {
    readonly run: number;
    readonly close: number;
    readonly beforeCall: BookSides;
    readonly beforeClose: BookSides;
  };
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
}

interface Mean {
  readonly mean: number;
  /** Standard error over the runs. */
  readonly error: number;
}

/** Fractions of the price in the direction of the flow; cost and rents positive when paid and earned. */
export interface MarketPointDocument extends Readonly<
  Record<'early' | 'moved' | 'reversal' | 'dislocation' | 'cost' | 'rents', Mean>
> {
  readonly passive: number;
  readonly arbitrageurs: number;
  readonly flow: number;
}

export interface MarketDocument {
  readonly runs: number;
  readonly points: readonly MarketPointDocument[];
  readonly provenance: Provenance & { readonly seed: number };
  readonly findings: readonly Finding[];
}
