/** Documents about trading itself: impact, schedules, studies. Fractions unless a name ends in `Bps`. */
import type { Finding, ImpactModelName, Liquidity, ScheduleMethod } from '../../core/index.js';
import type { Dates, Money, Provenance } from './types.js';

export interface ImpactDocument {
  readonly index: string;
  readonly dates: Dates;
  readonly knownAt: string;
  readonly measuredOn: string;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly value: Money;
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
  readonly together: readonly {
    readonly id: string;
    readonly value: Money;
    readonly eventReturn: number;
    readonly laterReturn: number;
  }[];
  readonly provenance: Provenance;
  readonly findings: readonly Finding[];
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
  readonly tests: Tests;
}

export interface ReviewStudyDocument {
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
