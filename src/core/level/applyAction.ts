/**
 * What each corporate action does to the lines of an index on the evening before session t. Whatever it changes
 * besides market prices is noted as a `ValueChange` for the divisor.
 */
import { assert, Refusal } from '../base/errors.js';
import type { CurrencyChange, Delisting, Merger, ShareChange, SpinOff } from '../events/actionKinds.js';
import { netPaidIn, shareRatioOf, theoreticalExPrice, type ExTerms } from '../events/exTerms.js';
import { countsAtOnce, type ActionPolicy } from '../events/policy.js';
import { closeAt, dropLine, isMember, priceAt, rateAt, setLine, type Lines } from './lines.js';

/** Bonus, split, rights and special dividends of one security on one day. */
export function applyTerms(lines: Lines, row: number, t: number, terms: ExTerms, policy: ActionPolicy): void {
  const ratio = shareRatioOf(terms);
  const paidIn = netPaidIn(terms);
  // Without money the value stays by itself, and the factor with it. Before its first close nobody can hold it.
  const priced = !Number.isNaN(lines.closes.close[row * lines.closes.days.length + t - 1]);
  const neutral = policy.cappedMembers === 'weight-neutral' && paidIn !== 0 && priced;
  const scaled = neutral ? priceRatio(lines, row, t, terms) / ratio : 1;
  lines.carries = true;
  lines.carriedShares[row] *= ratio;
  lines.carriedFactor[row] *= scaled;
  if (!isMember(lines, row)) return;
  const { shares, factors, indexShares, waiting } = lines;
  const added = neutral ? 0 : indexShares[row] * paidIn * rateAt(lines, row, t - 1);
  waiting[row] *= ratio;
  setLine(lines, row, t, shares[row] * ratio, factors[row] * scaled);
  note(lines, row, t, ratio === 1 ? 'special-dividend' : 'capital', 0, added);
}

/** Last close over the theoretical ex-price. */
function priceRatio(lines: Lines, row: number, t: number, terms: ExTerms): number {
  const close = closeAt(lines, row, t - 1);
  const exPrice = theoreticalExPrice(close, terms);
  if (exPrice > 0) return close / exPrice;
  throw new Refusal('ex_price_not_positive', `${lines.closes.ids[row]} would go ex at ${exPrice}`, {
    id: lines.closes.ids[row],
    close,
    exPrice,
  });
}

export function applyShareChange(
  lines: Lines,
  row: number,
  t: number,
  action: ShareChange,
  policy: ActionPolicy,
): void {
  if (!isMember(lines, row)) return;
  if (countsAtOnce(policy, lines.shares[row], action.shares)) {
    changeShares(lines, row, t, action.shares, policy, action.kind);
  } else lines.waiting[row] = action.shares;
}

/** The regular date on which waiting share counts come in. */
export function applyWaitingShares(lines: Lines, t: number, policy: ActionPolicy): void {
  for (let row = 0; row < lines.waiting.length; row++) {
    if (isMember(lines, row) && !Number.isNaN(lines.waiting[row])) {
      changeShares(lines, row, t, lines.waiting[row], policy, 'share-update');
    }
  }
}

function changeShares(
  lines: Lines,
  row: number,
  t: number,
  shares: number,
  policy: ActionPolicy,
  cause: string,
): void {
  const before = lines.indexShares[row];
  const neutral = policy.cappedMembers === 'weight-neutral';
  setLine(lines, row, t, shares, neutral ? before / shares : lines.factors[row]);
  lines.waiting[row] = Number.NaN;
  note(lines, row, t, cause, 0, neutral ? 0 : (lines.indexShares[row] - before) * priceAt(lines, row, t - 1));
}

export function applyDelisting(lines: Lines, row: number, t: number, action: Delisting): void {
  lines.gone[row] = 1;
  if (!isMember(lines, row)) return;
  remove(lines, row, t, action.at === 'last' ? closeAt(lines, row, t - 1) : action.at, action.kind);
}

/** Marks a line to a price and takes it out at that price. */
function remove(lines: Lines, row: number, t: number, price: number, cause: string): void {
  const perUnit = lines.indexShares[row] * rateAt(lines, row, t - 1);
  const marked = perUnit * (price - closeAt(lines, row, t - 1));
  dropLine(lines, row, t);
  note(lines, row, t, cause, marked, -perUnit * price);
}

/** @param survivor its row, or -1 when it has no closes here */
export function applyMerger(
  lines: Lines,
  row: number,
  survivor: number,
  t: number,
  action: Merger,
  policy: ActionPolicy,
): void {
  lines.gone[row] = 1;
  if (!isMember(lines, row)) return;
  const shares = lines.shares[row];
  remove(lines, row, t, mergerPrice(lines, row, survivor, t, action), action.kind);
  if (!isMember(lines, survivor) || action.perShare === 0) return;
  const after = lines.shares[survivor] + shares * action.perShare;
  changeShares(lines, survivor, t, after, policy, 'merger-survivor');
}

function mergerPrice(lines: Lines, row: number, survivor: number, t: number, action: Merger): number {
  if (action.at === 'last') return closeAt(lines, row, t - 1);
  if (action.perShare === 0) return action.cashPerShare;
  assert(survivor >= 0, 'a merger valued at its terms has closes of the survivor');
  return (
    action.cashPerShare + (action.perShare * priceAt(lines, survivor, t - 1)) / rateAt(lines, row, t - 1)
  );
}

/**
 * The child's line comes in at zero with its parent's factor: the parent's price still holds its value. A child that
 * is a member already grows by the same shares, and stays.
 */
export function applySpinOff(lines: Lines, row: number, child: number, t: number, action: SpinOff): void {
  if (!isMember(lines, row)) return;
  if (child < 0) {
    throw new Refusal('no_price', `${action.child} is spun off but has no closes`, { id: action.child });
  }
  const more = lines.shares[row] * action.perShare;
  if (isMember(lines, child)) {
    const shares = lines.shares[child] + more;
    const indexShares = lines.indexShares[child] + more * lines.factors[row];
    setLine(lines, child, t, shares, indexShares / shares);
  } else {
    setLine(lines, child, t, more, lines.factors[row]);
    lines.passing[child] = 1;
  }
  note(lines, child, t, action.kind, 0, 0);
}

/** The end of a child's stay: its value goes to everybody through the divisor, or into the parent's line. */
export function endSpinOff(lines: Lines, row: number, child: number, t: number, action: SpinOff): void {
  if (!isMember(lines, child) || lines.passing[child] === 0) return;
  const value = lines.indexShares[child] * priceAt(lines, child, t - 1);
  remove(lines, child, t, closeAt(lines, child, t - 1), 'spin-off-end');
  if (action.proceeds === 'index' || !isMember(lines, row)) return;
  const grown = 1 + value / (lines.indexShares[row] * priceAt(lines, row, t - 1));
  setLine(lines, row, t, lines.shares[row], lines.factors[row] * grown);
  note(lines, row, t, 'spin-off-end', 0, value);
}

/** @param code row of the new currency */
export function applyCurrency(
  lines: Lines,
  row: number,
  code: number,
  t: number,
  action: CurrencyChange,
): void {
  const before = rateAt(lines, row, t - 1);
  if (isMember(lines, row)) setLine(lines, row, t, lines.shares[row], lines.factors[row]);
  lines.currency[row] = code;
  if (!isMember(lines, row) || action.rate === undefined) return;
  const after = action.rate * rateAt(lines, row, t - 1);
  const added = lines.indexShares[row] * closeAt(lines, row, t - 1) * (after - before);
  note(lines, row, t, action.kind, 0, added);
}

function note(lines: Lines, row: number, t: number, cause: string, marked: number, added: number): void {
  lines.changes.push({ t, cause, subject: lines.closes.ids[row], marked, added });
}
