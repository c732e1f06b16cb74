/**
 * The sections of a rulebook and which rule kinds each may hold. A new kind is a new file with its schema and
 * evaluation, and one line here.
 */
import type { TSchema } from 'typebox';
import { DateRuleSchema, type DateRule } from '../calendar/dateRule.js';
import { BufferSchema, type BufferRule } from '../selection/buffer.js';
import { AverageTotalCapSchema, type AverageTotalCapRule } from '../selection/ranking.js';
import { ReserveListSchema, type ReserveListRule } from '../selection/reserveList.js';
import {
  CommitteeSchema,
  LiquiditySchema,
  ListedOnSchema,
  ListingAgeSchema,
  RiskWarningSchema,
  type ScreenRule,
} from '../selection/screens.js';
import { TurnoverLimitSchema, type TurnoverLimitRule } from '../selection/turnoverLimit.js';
import { CAP_SCHEMAS, type CapRule } from '../weighting/capping.js';
import { FloatBandsSchema, type FloatBandsRule } from '../weighting/floatBands.js';
import { StartSchema, type StartRule } from '../weighting/start.js';
import { CalculationSchema, type CalculationRule } from './calculation.js';

export type Rule =
  | DateRule
  | ScreenRule
  | AverageTotalCapRule
  | BufferRule
  | TurnoverLimitRule
  | ReserveListRule
  | FloatBandsRule
  | StartRule
  | CapRule
  | CalculationRule;

export type RuleKind = Rule['kind'];
export type RuleOf<Kind extends RuleKind> = Extract<Rule, { kind: Kind }>;

/** Section -> rule kind -> schema. The order of the sections is the order of a review. */
export const SECTIONS = {
  calendar: { date: DateRuleSchema },
  universe: { 'listed-on': ListedOnSchema },
  screens: {
    'listing-age': ListingAgeSchema,
    'no-risk-warning': RiskWarningSchema,
    liquidity: LiquiditySchema,
    committee: CommitteeSchema,
  },
  ranking: { 'average-total-cap': AverageTotalCapSchema },
  selection: {
    buffer: BufferSchema,
    'turnover-limit': TurnoverLimitSchema,
    'reserve-list': ReserveListSchema,
  },
  shares: { 'float-bands': FloatBandsSchema },
  weighting: { start: StartSchema },
  caps: CAP_SCHEMAS,
  calculation: { 'capitalisation-weighted': CalculationSchema },
} as const satisfies Record<string, Record<string, TSchema>>;

export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

/** Names a calendar must define, in order of the review. */
export const REVIEW_DATE_NAMES = ['cutoff', 'announcement', 'pricing', 'swap', 'effective'] as const;
export type ReviewDateName = (typeof REVIEW_DATE_NAMES)[number];
