/**
 * The sections of a rulebook and which rule kinds each may hold. A new kind is a new file with its schema and
 * evaluation, and one line here.
 */
import type { TSchema } from 'typebox';
import { DateRuleSchema, type DateRule } from '../calendar/dateRule.js';
import {
  RANKING_SCHEMAS,
  SCREEN_SCHEMAS,
  SELECTION_SCHEMAS,
  UNIVERSE_SCHEMAS,
  type RankingRule,
  type ScreenRule,
  type SelectionRule,
  type UniverseRule,
} from '../selection/kinds.js';
import { CAP_SCHEMAS, type CapRule } from '../weighting/capping.js';
import { FloatBandsSchema, type FloatBandsRule } from '../weighting/floatBands.js';
import { FloatRoundUpSchema, type FloatRoundUpRule } from '../weighting/floatRoundUp.js';
import { LowFloatSchema, type LowFloatRule } from '../weighting/lowFloat.js';
import { StartSchema, type StartRule } from '../weighting/start.js';
import { CalculationSchema, type CalculationRule } from './calculation.js';

export type Rule =
  | DateRule
  | UniverseRule
  | ScreenRule
  | RankingRule
  | SelectionRule
  | FloatBandsRule
  | FloatRoundUpRule
  | LowFloatRule
  | StartRule
  | CapRule
  | CalculationRule;

export type RuleKind = Rule['kind'];
export type RuleOf<Kind extends RuleKind> = Extract<Rule, { kind: Kind }>;

/** Section -> rule kind -> schema. The order of the sections is the order of a review. */
export const SECTIONS = {
  calendar: { date: DateRuleSchema },
  universe: UNIVERSE_SCHEMAS,
  screens: SCREEN_SCHEMAS,
  ranking: RANKING_SCHEMAS,
  selection: SELECTION_SCHEMAS,
  shares: {
    'float-bands': FloatBandsSchema,
    'float-round-up': FloatRoundUpSchema,
    'low-float': LowFloatSchema,
  },
  weighting: { start: StartSchema },
  caps: CAP_SCHEMAS,
  calculation: { 'capitalisation-weighted': CalculationSchema },
} as const satisfies Record<string, Record<string, TSchema>>;

export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

/** Names a calendar must define, in order of the review. */
export const REVIEW_DATE_NAMES = ['cutoff', 'announcement', 'pricing', 'swap', 'effective'] as const;
export type ReviewDateName = (typeof REVIEW_DATE_NAMES)[number];
