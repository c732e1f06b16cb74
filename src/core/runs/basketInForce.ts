/** The basket that counts on a day: the latest one held, or what the rules make of it where a review has taken effect since. */
import type { Day } from '../base/brand.js';
import { Refusal } from '../base/errors.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import { resolveRulebook } from '../methodology/methodology.js';
import { cyclesAround } from '../methodology/reviewDates.js';
import type { Composition } from '../review/composition.js';
import type { IndexData } from './indexData.js';
import { runReview } from './reviewRun.js';

export interface BasketOnDay {
  readonly basket: Composition;
  readonly findings: readonly Finding[];
}

/** @throws Refusal `no_basket` when none was known by then, `rulebook_not_in_force`, `outside_calendar` */
export function basketInForce(data: IndexData, day: Day, knownAt: Day): BasketOnDay {
  const known = data.baskets.findLast(
    ({ knownOn, composition }) => knownOn <= knownAt && composition.effective <= day,
  );
  if (known === undefined) {
    const [first] = data.baskets;
    throw new Refusal('no_basket', `no basket of ${data.rulebook.id} was known on ${formatDay(knownAt)}`, {
      knownAt: formatDay(knownAt),
      first: formatDay(first.composition.effective),
    });
  }
  const { composition } = known;
  const methodology = resolveRulebook(data.rulebook, day);
  const since = cyclesAround(methodology, data.market.calendar, day).findLast(
    ({ effective }) => effective <= day && effective > composition.effective,
  );
  const finding = (code: string, message: string): Finding => ({ code, subject: data.rulebook.id, message });
  const held = finding(
    `weights_${composition.quality}`,
    `basket of ${formatDay(composition.swap)}: ${composition.note}`,
  );
  if (since === undefined)
    return { basket: composition, findings: composition.quality === 'reported' ? [] : [held] };
  const effective = formatDay(since.effective);
  try {
    const { proForma } = runReview(data, { effective: since.effective, knownAt });
    const made = finding(
      'basket_by_rules',
      `the basket of ${effective} is not held; it was made by the rules from the one before`,
    );
    return { basket: proForma.after, findings: [made, held] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = `the basket of ${effective} is not held and cannot be made (${error.code}); this is the one before`;
    return { basket: composition, findings: [finding('basket_outdated', message), held] };
  }
}
