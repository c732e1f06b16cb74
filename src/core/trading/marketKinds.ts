/** Kinds of market orders by their names, and which of them a board has. */
import type { BoardRules } from '../exchange/boardRules.js';
import { mainlandKinds, ORDER, type OrderKind } from '../exchange/venueDay.js';
import { MARKET_KINDS, type MarketKind } from './orders.js';

export const KIND_NUMBERS: Readonly<Record<MarketKind, OrderKind>> = {
  'best-five-cancel': ORDER.bestFiveCancel,
  'best-five-limit': ORDER.bestFiveLimit,
  'own-best': ORDER.ownBest,
  'counterparty-best': ORDER.counterpartyBest,
  'immediate-cancel': ORDER.immediateCancel,
  'fill-or-kill': ORDER.fillOrKill,
};

export const marketKindsOn = (rules: BoardRules): MarketKind[] =>
  MARKET_KINDS.filter((kind) => mainlandKinds(rules).includes(KIND_NUMBERS[kind]));
