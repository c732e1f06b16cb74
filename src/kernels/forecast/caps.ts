/** Weights at the pricing close and who is capped: kernel.ts and weighting/commonCaps.ts of the core. */
import { cdfOf, log } from './arithmetic';
import {
  clear,
  Column,
  column,
  commonOf,
  count,
  Count,
  D_TAIL,
  f64At,
  i32At,
  Num,
  number,
  putF64,
  putI32,
  putU8,
  S_BYTES_SHIFT,
  S_CAPPED,
  S_SINGLE,
  u8At,
} from './columns';

const REACHES = 8;
const WEIGHT_EPSILON: f64 = 1e-12;

/** Any other caps and readings, for the values of so many members. @returns 1 for the single, 2 for the joint one acting */
declare function capByAllRules(members: i32): i32;

let free: f64 = 0;
let left: f64 = 1;
let held: i32 = 0;
let singleActed: i32 = 0;
let jointActed: i32 = 0;

let members: i32 = 0;

/** @param priced names priced on the path @returns members among them */
export function capMembers(path: i32, priced: i32): i32 {
  listValues(priced);
  capValues();
  tallyCaps(path);
  return members;
}

let valueSum: f64 = 0;
let largestValue: f64 = 0;

/** Lists the members among the priced names, and their values; their sum and the largest. */
function listValues(priced: i32): void {
  const values = column(Column.VALUES);
  const memberNames = column(Column.MEMBER_NAMES);
  const memberAt = column(Column.MEMBER_AT);
  const member = column(Column.MEMBER);
  const list = column(Column.PRICED);
  const newValue = column(Column.NEW_VALUE);
  const atPricing = column(Column.AT_PRICING);
  const drawOf = column(Column.MEMBER_DRAWS);
  const draws = column(Column.PRICING_DRAW);
  let found = 0;
  let sum: f64 = 0;
  let most: f64 = 0;
  for (let k = 0; k < priced; k++) {
    const name = i32At(list, k);
    const isMember = u8At(member, name);
    const value = f64At(newValue, name) * f64At(atPricing, k);
    // Overwritten by the next member where this one is none.
    putF64(values, found, value);
    putF64(drawOf, found, f64At(draws, k));
    putI32(memberNames, found, name);
    putI32(memberAt, k, isMember !== 0 ? found : -1);
    found += isMember;
    const counted = isMember !== 0 ? value : 0;
    sum += counted;
    most = counted > most ? counted : most;
  }
  members = found;
  valueSum = sum;
  largestValue = most;
}

function capValues(): void {
  if (count(Count.CAPS) === 0 || !applyCommonCaps()) {
    const acted = capByAllRules(members);
    singleActed = acted & 1;
    jointActed = acted >> 1;
    return;
  }
  singleActed = <i32>(held > 0);
  const bound = column(Column.BOUND);
  const heldBySingle = column(Column.HELD_BY_SINGLE);
  for (let i = 0; i < members; i += 16) {
    v128.store(bound + <usize>i, v128.load(heldBySingle + <usize>i));
  }
}

function applyCommonCaps(): bool {
  const cap = number(Num.CAP);
  if (cap * <f64>members < 1 + 1e-9) return false;
  jointActed = 0;
  clear(column(Column.SET_BY_TOP), members);
  fillSingle(cap);
  return count(Count.CAPS) === 1 || (count(Count.TOP_K) < members && limitTop(cap));
}

function fillSingle(cap: f64): void {
  free = valueSum;
  left = 1;
  held = 0;
  // As long as nobody is above the line nothing has to be added up again.
  if (!(largestValue > ((cap + WEIGHT_EPSILON) * free) / left)) fillFreely();
  else fillHeld(cap);
}

/** Everybody pro rata to value. */
function fillFreely(): void {
  const values = column(Column.VALUES);
  const weights = column(Column.WEIGHTS);
  const scale = f64x2.splat(left / free);
  const end = (<usize>members) << 3;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(weights + at, f64x2.mul(v128.load(values + at), scale));
  }
  clear(column(Column.HELD_BY_SINGLE), members);
}

function fillHeld(cap: f64): void {
  const values = column(Column.VALUES);
  const weights = column(Column.WEIGHTS);
  const heldBySingle = column(Column.HELD_BY_SINGLE);
  const heldRows = column(Column.HELD_ROWS);
  const n = members;
  let threshold: f64 = 0;
  for (;;) {
    threshold = ((cap + WEIGHT_EPSILON) * free) / left;
    let stillFree: f64 = 0;
    let nowHeld = 0;
    for (let i = 0; i < n; i++) {
      const value = f64At(values, i);
      const above = value > threshold;
      nowHeld += <i32>above;
      stillFree += above ? 0 : value;
    }
    if (nowHeld === held) break;
    held = nowHeld;
    free = stillFree;
    left = 1 - <f64>held * cap;
  }
  const scale = left / free;
  let found = 0;
  for (let i = 0; i < n; i++) {
    const value = f64At(values, i);
    const isHeld = <i32>(value > threshold);
    putU8(heldBySingle, i, isHeld);
    putI32(heldRows, found, i);
    found += isHeld;
    putF64(weights, i, isHeld !== 0 ? cap : value * scale);
  }
}

function limitTop(cap: f64): bool {
  const values = column(Column.VALUES);
  const weights = column(Column.WEIGHTS);
  const heldBySingle = column(Column.HELD_BY_SINGLE);
  const setByTop = column(Column.SET_BY_TOP);
  const largest = column(Column.LARGEST);
  const limit = number(Num.LIMIT);
  const k = count(Count.TOP_K);
  // The k largest are together below the limit when k times the largest is.
  if (<f64>k * (Math.min(cap, largestValue * (left / free)) + WEIGHT_EPSILON) <= limit) return true;
  findLargest(k);
  let sum: f64 = 0;
  let scaled: f64 = 0;
  let standing = 0;
  for (let j = 0; j < k; j++) {
    const row = i32At(largest, j);
    sum += f64At(weights, row);
    if (u8At(heldBySingle, row) === 1) standing++;
    else scaled += f64At(values, row);
  }
  if (sum <= limit + WEIGHT_EPSILON) return true;
  const rest = limit - <f64>standing * cap;
  if (standing === k || rest <= 0) return false;
  let smallest = Infinity;
  for (let j = 0; j < k; j++) {
    const row = i32At(largest, j);
    if (u8At(heldBySingle, row) === 0) putF64(weights, row, (f64At(values, row) / scaled) * rest);
    smallest = Math.min(smallest, f64At(weights, row));
    putU8(setByTop, row, 1);
  }
  if (<f64>(members - k) * smallest < 1 - limit + 1e-9) return false;
  fillRest(1 - limit, smallest);
  jointActed = 1;
  return true;
}

function findLargest(k: i32): void {
  const values = column(Column.VALUES);
  const rows = column(Column.LARGEST);
  let found = 0;
  for (let row = 0; row < members; row++) {
    const value = f64At(values, row);
    if (found === k && value <= f64At(values, i32At(rows, k - 1))) continue;
    let at = found < k ? found++ : k - 1;
    for (; at > 0 && f64At(values, i32At(rows, at - 1)) < value; at--) putI32(rows, at, i32At(rows, at - 1));
    putI32(rows, at, row);
  }
}

function fillRest(total: f64, ceiling: f64): void {
  const values = column(Column.VALUES);
  const weights = column(Column.WEIGHTS);
  const setByTop = column(Column.SET_BY_TOP);
  const n = members;
  let open: f64 = 0;
  for (let i = 0; i < n; i++) if (u8At(setByTop, i) === 0) open += f64At(values, i);
  let share = total;
  let standing = 0;
  let threshold: f64 = 0;
  for (;;) {
    threshold = ((ceiling + WEIGHT_EPSILON) * open) / share;
    let stillFree: f64 = 0;
    let now = 0;
    for (let i = 0; i < n; i++) {
      if (u8At(setByTop, i) === 1) continue;
      const value = f64At(values, i);
      if (value > threshold) now++;
      else stillFree += value;
    }
    if (now === standing) break;
    standing = now;
    open = stillFree;
    share = total - <f64>standing * ceiling;
  }
  const scale = share / open;
  for (let i = 0; i < n; i++) {
    if (u8At(setByTop, i) === 1) continue;
    const value = f64At(values, i);
    putF64(weights, i, value > threshold ? ceiling : value * scale);
  }
}

function tallyCaps(path: i32): void {
  const scalars = column(Column.SCALARS);
  putF64(scalars, 6, f64At(scalars, 6) + <f64>singleActed);
  putF64(scalars, 7, f64At(scalars, 7) + <f64>jointActed);
  if (singleActed !== 0) {
    const memberNames = column(Column.MEMBER_NAMES);
    const bound = column(Column.BOUND);
    const sums = column(Column.SUMS);
    for (let at = 0; at < members; at++) {
      if (u8At(bound, at) === 0) continue;
      const to = sums + ((<usize>i32At(memberNames, at)) << S_BYTES_SHIFT);
      store<f64>(to, load<f64>(to, S_CAPPED) + 1, S_CAPPED);
    }
  }
  if (count(Count.CAPS) !== 0) tallySingle(path);
}

function tallySingle(path: i32): void {
  const limit = number(Num.CAP);
  const pricing = number(Num.PRICING);
  const tail = load<f64>(commonOf(path), (D_TAIL + 1) << 3);
  const known = pricing > 0 && limit * <f64>members >= 1 + 1e-9;
  const near = column(Column.NEAR_CAP);
  const values = column(Column.VALUES);
  const memberNames = column(Column.MEMBER_NAMES);
  const draws = column(Column.MEMBER_DRAWS);
  const n = listNearCap(known ? (limit * (1 - 1e-9) * free) / left : -Infinity);
  for (let j = 0; j < n; j++) {
    const at = i32At(near, j);
    const name = i32At(memberNames, at);
    const spread = pricing * f64At(column(Column.OWN), name) * tail;
    let p = <f64>u8At(column(Column.BOUND), at);
    if (known && spread > 0) {
      const line = singleCapLine(at, limit);
      const needed = f64At(draws, at) + log(line / f64At(values, at)) / spread;
      p = line === Infinity ? 0 : cdfOf(column(Column.CDF), -needed);
    }
    const to = column(Column.SUMS) + ((<usize>name) << S_BYTES_SHIFT);
    store<f64>(to, load<f64>(to, S_SINGLE) + p, S_SINGLE);
    store<f64>(to, load<f64>(to, S_SINGLE + 8) + p * p, S_SINGLE + 8);
  }
}

/** Lists the members whom some draw of their own could lift to a value. @returns how many */
function listNearCap(lowest: f64): i32 {
  const values = column(Column.VALUES);
  const memberNames = column(Column.MEMBER_NAMES);
  const draws = column(Column.MEMBER_DRAWS);
  const reach = column(Column.REACH);
  const near = column(Column.NEAR_CAP);
  let found = 0;
  for (let at = 0; at < members; at++) {
    const within = min(REACHES - 1, max(0, <i32>f64.ceil(-f64At(draws, at))));
    const most = f64At(reach, i32At(memberNames, at) * REACHES + within);
    putI32(near, found, at);
    found += <i32>!(f64At(values, at) * most < lowest);
  }
  return found;
}

function singleCapLine(at: i32, cap: f64): f64 {
  const values = column(Column.VALUES);
  const heldRows = column(Column.HELD_ROWS);
  const ceiling = cap + WEIGHT_EPSILON;
  if (u8At(column(Column.HELD_BY_SINGLE), at) === 1) return (ceiling * free) / left;
  let others = free - f64At(values, at);
  for (let i = 0; i < held; i++) others += f64At(values, i32At(heldRows, i));
  let below = others;
  let above = 0;
  let standing = 0;
  let line: f64 = 0;
  do {
    standing = above;
    const rest = 1 - <f64>(standing + 1) * cap;
    if (rest <= 0) return Infinity;
    line = (ceiling * below) / rest;
    above = 0;
    below = others;
    for (let i = 0; i < held; i++) {
      const value = f64At(values, i32At(heldRows, i));
      if (value <= line) continue;
      above++;
      below -= value;
    }
  } while (above !== standing);
  return line;
}
