/**
 * The level engine written as naively as possible: one day after the other, every value added up anew, every change
 * of the basket a full revaluation before and after. Slow, and independent of the engine's tricks.
 */
import type {
  ActionPolicy,
  CorporateAction,
  Rebalance,
  SecurityId,
  ShareRebalance,
  WeightRebalance,
} from '../../../src/core/index.js';

export interface ReferenceMarket {
  readonly ids: readonly SecurityId[];
  /** Close by id and session, NaN without trading. Session t is day t. */
  readonly close: Readonly<Record<string, readonly number[]>>;
  readonly currency: Readonly<Record<string, string>>;
  /** Index currency per unit, by session. */
  readonly rates: Readonly<Record<string, readonly number[]>>;
  readonly sessions: number;
}

interface Member {
  shares: number;
  factor: number;
  waiting?: number;
  passing?: true;
}

export interface ReferenceLevels {
  readonly price: number[];
  readonly gross: number[];
  readonly net: number[];
  readonly divisor: number[];
}

export function referenceHistory(
  market: ReferenceMarket,
  start: Readonly<Record<string, { shares: number; factor: number }>>,
  divisor: number,
  rebalances: readonly Rebalance[],
  actions: readonly CorporateAction[],
  policy: ActionPolicy,
  taxRate: number,
): ReferenceLevels {
  const members = new Map<string, Member>(Object.entries(start).map(([id, line]) => [id, { ...line }]));
  const currency: Record<string, string> = { ...market.currency };
  const gone = new Set<string>();
  const pending = new Map<Rebalance, Map<string, { shares: number; factor: number }>>();
  const neutral = policy.cappedMembers === 'weight-neutral';

  /** What the index takes as close: the last one, a suspended line's still price, zero before a child trades. */
  const closeOf = (id: string, t: number): number => {
    const still = actions.findLast(
      (a) => a.kind === 'suspension' && a.id === id && a.exDay <= t && t < (a.until ?? Infinity),
    );
    if (still?.kind === 'suspension') return still.at === 'last' ? closeOf(id, still.exDay - 1) : still.at;
    const last = market.close[id].findLastIndex((close, s) => s <= t && !Number.isNaN(close));
    return last < 0 ? 0 : market.close[id][last];
  };
  const rate = (id: string, t: number): number => market.rates[currency[id]][t];

  const out: ReferenceLevels = { price: [], gross: [], net: [], divisor: [] };
  const valueAt = (t: number): number => {
    let value = 0;
    for (const [id, m] of members) value += m.shares * m.factor * closeOf(id, t) * rate(id, t);
    return value;
  };
  out.price.push(valueAt(0) / divisor);
  out.gross.push(out.price[0]);
  out.net.push(out.price[0]);
  out.divisor.push(divisor);
  count(0);

  /** Baskets counted at the close of t. */
  function count(t: number): void {
    for (const r of rebalances) {
      if (r.kind === 'share-update') continue;
      const at = r.kind === 'target-weights' ? r.pricedOn : (r.countedOn ?? r.effective - 1);
      if (at === t) pending.set(r, counted(r, t));
    }
  }
  function counted(
    r: ShareRebalance | WeightRebalance,
    t: number,
  ): Map<string, { shares: number; factor: number }> {
    const basket = new Map<string, { shares: number; factor: number }>();
    r.rows.forEach((row, i) => {
      const id = market.ids[row];
      if (r.kind === 'target-weights') {
        basket.set(id, { shares: r.weights[i] / (closeOf(id, t) * rate(id, t)), factor: 1 });
      } else basket.set(id, { shares: r.shares[i], factor: r.factors?.[i] ?? 1 });
    });
    return basket;
  }

  for (let t = 1; t < market.sessions; t++) {
    const open = new Map<string, number>(market.ids.map((id) => [id, closeOf(id, t - 1)]));
    const price = (id: string): number => open.get(id) as number;
    const value = (): number => {
      let total = 0;
      for (const [id, m] of members) total += m.shares * m.factor * price(id) * rate(id, t - 1);
      return total;
    };
    const keepLevel = (change: () => void): void => {
      const before = value();
      change();
      divisor *= value() / before;
    };
    const recount = (id: string, shares: number): void => {
      const m = members.get(id) as Member;
      const factor = neutral ? (m.shares * m.factor) / shares : m.factor;
      keepLevel(() => {
        members.set(id, { shares, factor, ...(m.passing && { passing: true }) });
      });
    };

    for (const r of rebalances.filter(({ effective }) => effective === t)) {
      if (r.kind === 'share-update') continue;
      const before = value();
      members.clear();
      for (const [id, line] of pending.get(r) ?? []) if (!gone.has(id)) members.set(id, { ...line });
      if (r.kind === 'target-weights') {
        const scale = before / value();
        for (const m of members.values()) m.shares *= scale;
      }
      divisor *= value() / before;
    }

    const today = actions.filter((a) => a.exDay === t);
    // Every mark comes before every other change of the evening.
    const leaving = new Map<string, number>();
    for (const a of today) {
      if (a.kind !== 'delisting' && a.kind !== 'merger') continue;
      gone.add(a.id);
      if (!members.has(a.id)) continue;
      if (a.at === 'last') leaving.set(a.id, price(a.id));
      else if (a.kind === 'delisting') leaving.set(a.id, a.at);
      else {
        const survivor = price(a.survivor) * rate(a.survivor, t - 1);
        leaving.set(a.id, a.cashPerShare + (a.perShare * survivor) / rate(a.id, t - 1));
      }
    }
    for (const [id, at] of leaving) open.set(id, at);
    for (const a of today) {
      const m = members.get(a.id);
      if (m === undefined) continue;
      if (a.kind === 'delisting' || a.kind === 'merger') keepLevel(() => members.delete(a.id));
      if (a.kind === 'merger') {
        const survivor = members.get(a.survivor);
        if (survivor && a.perShare > 0) recount(a.survivor, survivor.shares + m.shares * a.perShare);
      }
    }
    if (rebalances.some((r) => r.kind === 'share-update' && r.effective === t)) {
      for (const [id, m] of members) if (m.waiting !== undefined) recount(id, m.waiting);
    }
    for (const a of today) {
      const m = members.get(a.id);
      if (m !== undefined && a.kind === 'share-change') {
        if (Math.abs(a.shares / m.shares - 1) >= policy.shareChangeThreshold - 1e-12) recount(a.id, a.shares);
        else m.waiting = a.shares;
      }
    }

    for (const a of actions) {
      if (a.kind !== 'spin-off' || a.keepUntil !== t || members.get(a.child)?.passing === undefined) continue;
      const child = members.get(a.child) as Member;
      const worth = child.shares * child.factor * price(a.child) * rate(a.child, t - 1);
      keepLevel(() => {
        members.delete(a.child);
        const parent = members.get(a.id);
        if (a.proceeds === 'index' || parent === undefined) return;
        parent.factor += worth / (parent.shares * price(a.id) * rate(a.id, t - 1));
      });
    }
    let cash = 0;
    let specialTax = 0;
    for (const a of today) {
      const m = members.get(a.id);
      if (!m || (a.kind !== 'dividend' && a.kind !== 'special-dividend')) continue;
      const paid = a.cashPerShare * m.shares * m.factor;
      if (a.kind === 'dividend' || policy.specialDividends === 'leave') cash += paid * rate(a.id, t);
      else specialTax += paid * taxRate * rate(a.id, t - 1);
    }
    for (const a of today) {
      const parent = members.get(a.id);
      if (a.kind !== 'spin-off' || parent === undefined) continue;
      const child = members.get(a.child);
      const more = parent.shares * a.perShare;
      const indexShares = (child ? child.shares * child.factor : 0) + more * parent.factor;
      const shares = (child?.shares ?? 0) + more;
      const grown = { ...child, shares, factor: indexShares / shares };
      // A child that trades already is worth something: the parent's opening price loses as much.
      const moved =
        child === undefined ? 0 : a.perShare * price(a.child) * (rate(a.child, t - 1) / rate(a.id, t - 1));
      open.set(a.id, price(a.id) - moved);
      if (child === undefined) open.set(a.child, 0);
      members.set(a.child, child === undefined ? { ...grown, passing: true } : grown);
    }
    for (const id of new Set(today.map((a) => a.id))) {
      let [bonus, rights, money] = [0, 0, 0];
      for (const a of today) {
        if (a.id !== id) continue;
        if (a.kind === 'bonus') bonus += a.perShare;
        if (a.kind === 'split' || a.kind === 'consolidation') bonus += a.ratio - 1;
        if (a.kind === 'rights') [rights, money] = [rights + a.perShare, money + a.perShare * a.subscription];
        if (a.kind === 'special-dividend' && policy.specialDividends === 'adjust') money -= a.cashPerShare;
      }
      if (bonus === 0 && rights === 0 && money === 0) continue;
      const ratio = 1 + bonus + rights;
      const exPrice = (price(id) + money) / ratio;
      const scaled = neutral ? price(id) / exPrice / ratio : 1;
      keepLevel(() => {
        open.set(id, exPrice);
        const m = members.get(id);
        if (m) Object.assign(m, { shares: m.shares * ratio, factor: m.factor * scaled });
        if (m?.waiting !== undefined) m.waiting *= ratio;
      });
      for (const [r, basket] of pending) {
        const line = basket.get(id);
        if (line && r.effective > t) {
          line.shares *= ratio;
          line.factor *= scaled;
        }
      }
    }
    for (const a of today) {
      if (a.kind !== 'currency') continue;
      const restated = a.rate ?? rate(a.id, t - 1) / market.rates[a.currency][t - 1];
      keepLevel(() => {
        currency[a.id] = a.currency;
        open.set(a.id, price(a.id) * restated);
      });
    }

    const opened = value();
    const before = out.price[t - 1];
    const level = valueAt(t) / divisor;
    const grown = (paid: number): number =>
      policy.reinvestment === 'at-close'
        ? (level + paid / divisor) / before
        : (level / before) * (opened / (opened - paid));
    out.price.push(level);
    out.gross.push(out.gross[t - 1] * grown(cash));
    out.net.push(out.net[t - 1] * grown(cash * (1 - taxRate)) * (opened / (opened + specialTax)));
    out.divisor.push(divisor);
    count(t);
  }
  return out;
}
