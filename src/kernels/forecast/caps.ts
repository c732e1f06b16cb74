/** Weights at the pricing close and who is capped: kernel.ts and weighting/commonCaps.ts of the core. */
import { cdfOf, log } from './arithmetic';
import {
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

/** Lists the members among the priced names, and their values. */
function listValues(priced: i32): void {
  const values = column(Column.VALUES);
  const memberNames = column(Column.MEMBER_NAMES);
  const memberAt = column(Column.MEMBER_AT);
  const member = column(Column.MEMBER);
  const list = column(Column.PRICED);
  const newValue = column(Column.NEW_VALUE);
  const atPricing = column(Column.AT_PRICING);
  let found = 0;
  for (let k = 0; k < priced; k++) {
    const name = i32At(list, k);
    const isMember = u8At(member, name);
    // Overwritten by the next member where this one is none.
    putF64(values, found, f64At(newValue, name) * f64At(atPricing, k));
    putI32(memberNames, found, name);
    putI32(memberAt, k, isMember !== 0 ? found : -1);
    found += isMember;
  }
  members = found;
}

function capValues(): void {
  if (count(Count.CAPS) === 0 || !applyCommonCaps()) {
    const acted = capByAllRules(members);
    singleActed = acted & 1;
    jointActed = acted >> 1;
    return;
  }
  singleActed = <i32>(held > 0);
  memory.copy(column(Column.BOUND), column(Column.HELD_BY_SINGLE), <usize>members);
}

function applyCommonCaps(): bool {
  const cap = number(Num.CAP);
  if (cap * <f64>members < 1 + 1e-9) return false;
  jointActed = 0;
  memory.fill(column(Column.SET_BY_TOP), 0, <usize>members);
  fillSingle(cap);
  return count(Count.CAPS) === 1 || (count(Count.TOP_K) < members && limitTop(cap));
}

function fillSingle(cap: f64): void {
  const values = column(Column.VALUES);
  const weights = column(Column.WEIGHTS);
  const heldBySingle = column(Column.HELD_BY_SINGLE);
  const heldRows = column(Column.HELD_ROWS);
  const n = members;
  let total: f64 = 0;
  for (let i = 0; i < n; i++) total += f64At(values, i);
  free = total;
  left = 1;
  held = 0;
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
  const values = column(Column.VALUES);
  const memberAt = column(Column.MEMBER_AT);
  const memberNames = column(Column.MEMBER_NAMES);
  const bound = column(Column.BOUND);
  const reach = column(Column.REACH);
  const sums = column(Column.SUMS);
  const own = column(Column.OWN);
  const draws = column(Column.PRICING_DRAW);
  const limit = number(Num.CAP);
  const pricing = number(Num.PRICING);
  const tail = load<f64>(commonOf(path), (D_TAIL + 1) << 3);
  const known = pricing > 0 && limit * <f64>members >= 1 + 1e-9;
  const lowest = (limit * (1 - 1e-9) * free) / left;
  let k = 0;
  for (let at = 0; at < members; at++, k++) {
    const name = i32At(memberNames, at);
    // Nobody so small could be lifted so far by any draw.
    if (known && f64At(values, at) * f64At(reach, name * REACHES + REACHES - 1) < lowest) continue;
    while (i32At(memberAt, k) !== at) k++;
    const draw = f64At(draws, k);
    const value = f64At(values, at);
    const down = <i32>Math.min(<f64>(REACHES - 1), Math.max(0, Math.ceil(-draw)));
    if (known && value * f64At(reach, name * REACHES + down) < lowest) continue;
    const spread = pricing * f64At(own, name) * tail;
    let p = <f64>u8At(bound, at);
    if (known && spread > 0) {
      const line = singleCapLine(at, limit);
      p = line === Infinity ? 0 : cdfOf(column(Column.CDF), -(draw + log(line / value) / spread));
    }
    const to = sums + ((<usize>name) << S_BYTES_SHIFT);
    store<f64>(to, load<f64>(to, S_SINGLE) + p, S_SINGLE);
    store<f64>(to, load<f64>(to, S_SINGLE + 8) + p * p, S_SINGLE + 8);
  }
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
