/** The basket of an index as it was known on a day: weights, room to the cap, concentration. */
import {
  adjustedSharesOn,
  basketInForce,
  capsOf,
  dot,
  markFindings,
  MARKS,
  panelRange,
  resolveRulebook,
  sessionOnOrBefore,
  takeSnapshot,
  type Composition,
  type Day,
  type Finding,
  type IndexData,
  type Mark,
  type Methodology,
  type SecurityId,
} from '../../core/index.js';

interface Member {
  readonly id: SecurityId;
  /** At the close of the view's day. */
  readonly weight: number;
  /** Single cap less weight; negative where prices carried a member over it; `undefined` without such a cap. */
  readonly roomToCap: number | undefined;
  readonly cappingFactor: number;
  /** Adjusted shares x capping factor. */
  readonly indexShares: number;
  readonly close: number;
  readonly closeDay: Day;
}

export interface CompositionView {
  /** The close it is valued at. */
  readonly day: Day;
  readonly basket: Composition;
  /** Largest weight first. */
  readonly members: readonly Member[];
  readonly cap: number | undefined;
  readonly topFive: number;
  /** One over the sum of squared weights. */
  readonly effectiveMembers: number;
  /** Computed from the basket. */
  readonly level: number;
  readonly published:
    { readonly day: Day; readonly level: number; readonly change: number | undefined } | undefined;
  readonly findings: readonly Finding[];
}

/**
 * @throws Refusal `no_basket` when none was known by then, `outside_calendar`
 */
export function compositionOn(data: IndexData, knownAt: Day): CompositionView {
  const { market, actions, rulebook } = data;
  const { last } = panelRange(market.prices);
  const day = sessionOnOrBefore(market.calendar, Math.min(knownAt, last) as Day);
  const methodology = resolveRulebook(rulebook, day);
  const { basket, findings } = basketInForce(data, day, knownAt);
  const snapshot = takeSnapshot(market, { day, knownAt });
  const rows = new Map(snapshot.securities.map(({ id }, row) => [id, row]));
  const memberRows = basket.ids.map((id) => rows.get(id) as number);
  const shares = adjustedSharesOn(basket, actions, day).map((count, i) => count * basket.cappingFactors[i]);
  const prices = Float64Array.from(memberRows, (row) => snapshot.price[row]);
  const total = dot(shares, prices);
  const cap = singleCap(methodology);
  const members = basket.ids
    .map((id, i): Member => {
      const weight = (shares[i] * prices[i]) / total;
      return {
        id,
        weight,
        roomToCap: cap === undefined ? undefined : cap - weight,
        cappingFactor: basket.cappingFactors[i],
        indexShares: shares[i],
        close: prices[i],
        closeDay: snapshot.priceDay[memberRows[i]] as Day,
      };
    })
    .toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const weights = members.map(({ weight }) => weight);
  return {
    day,
    basket,
    members,
    cap,
    topFive: weights.slice(0, 5).reduce((sum, weight) => sum + weight, 0),
    effectiveMembers: 1 / dot(weights, weights),
    level: total / basket.divisor,
    published: publishedOn(data.levels, day),
    findings: [...findings, ...markFindings(snapshot, memberRows, Object.keys(MARKS) as Mark[])],
  };
}

function singleCap(methodology: Methodology): number | undefined {
  for (const { rule } of capsOf(methodology)) if (rule.kind === 'single') return rule.cap;
  return undefined;
}

/** The last published close up to a day, and its change from the one before, a fraction. */
function publishedOn(levels: ReadonlyMap<Day, number>, day: Day): CompositionView['published'] {
  const days = [...levels.keys()].filter((published) => published <= day).toSorted((a, b) => a - b);
  const last = days.at(-1);
  if (last === undefined) return undefined;
  const level = levels.get(last) as number;
  const before = days.length < 2 ? undefined : levels.get(days[days.length - 2]);
  return { day: last, level, change: before === undefined ? undefined : level / before - 1 };
}
