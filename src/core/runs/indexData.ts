/** Everything held about one index: what every run starts from. */
import type { Day } from '../base/brand.js';
import type { ShareAction } from '../events/corporateActions.js';
import type { OrdinaryDividend } from '../events/actionKinds.js';
import type { PublishedEstimate } from '../flows/comparison.js';
import type { PublishedAssets, TrackerUnits } from '../flows/trackedAssets.js';
import type { MemberList } from '../inference/memberList.js';
import type { Market } from '../market/market.js';
import type { Rulebook } from '../methodology/rulebook.js';
import type { PublishedChange, PublishedReserve } from '../review/announcements.js';
import type { Composition } from '../review/composition.js';

/** A basket of the past with the day it became known. */
export interface KnownBasket {
  readonly knownOn: Day;
  readonly composition: Composition;
}

/** Everything held about one index. */
export interface IndexData {
  readonly rulebook: Rulebook;
  readonly market: Market;
  readonly actions: readonly ShareAction[];
  readonly dividends: readonly OrdinaryDividend[];
  /** Ascending by swap day. */
  readonly baskets: readonly KnownBasket[];
  /** Ascending by first day. */
  readonly members: readonly MemberList[];
  readonly changes: readonly PublishedChange[];
  readonly reserve: readonly PublishedReserve[];
  readonly levels: ReadonlyMap<Day, number>;
  readonly assets: readonly PublishedAssets[];
  readonly trackerUnits: readonly TrackerUnits[];
  readonly estimates: readonly PublishedEstimate[];
}
