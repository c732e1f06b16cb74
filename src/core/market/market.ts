/**
 * The market as raw, dated knowledge: securities, closes, facts. It holds everything the data set has, later
 * facts included; calculations never read it directly but through a `Snapshot`, which is blind to the future.
 */
import type { Day, SecurityId } from '../base/brand.js';
import type { SessionCalendar } from '../calendar/sessions.js';
import type { FactTable } from './facts.js';
import type { PricePanel } from './prices.js';

export interface Security {
  readonly id: SecurityId;
  readonly nameZh: string;
  /** Legal English name; empty when the source has none. */
  readonly nameEn: string;
  /** Everyday English name; empty when none is held. */
  readonly nameShort: string;
  /** Exchange, ISO 10383. */
  readonly market: string;
  /** Board, for instance `STAR`. */
  readonly board: string;
  readonly kind: 'share' | 'cdr';
  readonly listed: Day;
  /** Industry in the vendor's classification; absent or empty when unknown. */
  readonly industry?: string;
}

export interface Market {
  /** Ascending by id. */
  readonly securities: readonly Security[];
  readonly prices: PricePanel;
  readonly facts: FactTable;
  readonly calendar: SessionCalendar;
}

/** The Chinese name without the suffixes that the exchange adds to it (-U, -W, -WD). */
export const plainName = ({ nameZh }: Security): string => nameZh.replace(/-[UWD]+$/, '');
