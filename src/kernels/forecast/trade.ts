/** What the funds trade at the swap close: kernel.ts of the core. Two names at a time. */
import { exp1 } from './arithmetic';
import {
  BLOCK,
  Column,
  column,
  commonOf,
  D_ASSETS,
  f64At,
  FLOW_STRIDE,
  i32At,
  Num,
  number,
  putF64,
  putU8,
  S_BYTES_SHIFT,
  S_CC,
  S_FLOW,
  S_FLOW_C,
  S_MEMBER,
  S_SHARES,
} from './columns';

let oldSums: v128 = f64x2.splat(0);
let newSums: v128 = f64x2.splat(0);
let changes: v128 = f64x2.splat(0);

/** @param surprises how many names have any */
export function trade(path: i32, priced: i32, members: i32, surprises: i32): void {
  addBaskets(priced);
  const oldSum = f64x2.extract_lane(oldSums, 0) + f64x2.extract_lane(oldSums, 1);
  const newSum = f64x2.extract_lane(newSums, 0) + f64x2.extract_lane(newSums, 1);
  const oldTotal = number(Num.OLD_TOTAL);
  const growth = oldTotal > 0 ? oldSum / oldTotal : 1;
  const assetsDoubt = number(Num.ASSETS_DOUBT);
  const doubt = assetsDoubt * load<f64>(commonOf(path), D_ASSETS << 3) - 0.5 * assetsDoubt * assetsDoubt;
  const assets = number(Num.ASSETS) * growth * exp1(doubt);
  const l = growth - 1;
  tallyFlows(path & (BLOCK - 1), priced, assets, l, oldSum > 0 ? 1 / oldSum : 0, 1 / newSum);
  tallySurprises(surprises, l);
  const turnover = (f64x2.extract_lane(changes, 0) + f64x2.extract_lane(changes, 1)) / 2;
  const scalars = column(Column.SCALARS);
  const counted = f64x2.replace_lane(f64x2.splat(1), 1, turnover);
  v128.store(scalars, f64x2.add(v128.load(scalars), counted));
  putF64(scalars, 2, f64At(scalars, 2) + turnover * turnover);
  putF64(scalars, 3, f64At(scalars, 3) + <f64>members);
  putF64(scalars, 4, f64At(scalars, 4) + l);
  putF64(scalars, 5, f64At(scalars, 5) + l * l);
}

/** Two names of a column; the second is 0 where there is none. */
function two(values: usize, i: i32, j: i32): v128 {
  const first = v128.load64_zero(values + ((<usize>i) << 3));
  return j < 0 ? first : v128.load64_lane(values + ((<usize>j) << 3), first, 1);
}

function addBaskets(priced: i32): void {
  const memberAt = column(Column.MEMBER_AT);
  const list = column(Column.PRICED);
  const weights = column(Column.WEIGHTS);
  const newShares = column(Column.NEW_SHARES);
  const sincePricing = column(Column.SINCE_PRICING);
  const oldValue = column(Column.OLD_VALUE);
  const atPricing = column(Column.AT_PRICING);
  const atSwap = column(Column.AT_SWAP);
  oldSums = f64x2.splat(0);
  newSums = f64x2.splat(0);
  for (let k = 0; k < priced; k += 2) {
    const to = (<usize>k) << 3;
    const i = i32At(list, k);
    const j = k + 1 < priced ? i32At(list, k + 1) : -1;
    const a = i32At(memberAt, k);
    const b = j < 0 ? -1 : i32At(memberAt, k + 1);
    let weight = f64x2.splat(a < 0 ? 0 : f64At(weights, a));
    weight = f64x2.replace_lane(weight, 1, b < 0 ? 0 : f64At(weights, b));
    const price = v128.load(atSwap + to);
    const share = f64x2.div(f64x2.mul(weight, two(sincePricing, i, j)), v128.load(atPricing + to));
    v128.store(newShares + to, share);
    const oldAdded = f64x2.add(oldSums, f64x2.mul(two(oldValue, i, j), price));
    const newAdded = f64x2.add(newSums, f64x2.mul(share, price));
    oldSums = j < 0 ? v128.shuffle<f64>(oldAdded, oldSums, 0, 3) : oldAdded;
    newSums = j < 0 ? v128.shuffle<f64>(newAdded, newSums, 0, 3) : newAdded;
  }
}

function tallyFlows(inBlock: i32, priced: i32, assets: f64, l: f64, perOld: f64, perNew: f64): void {
  const memberAt = column(Column.MEMBER_AT);
  const list = column(Column.PRICED);
  const newShares = column(Column.NEW_SHARES);
  const oldValue = column(Column.OLD_VALUE);
  const atSwap = column(Column.AT_SWAP);
  const surprise = column(Column.SURPRISE);
  const perPrice = column(Column.PER_PRICE);
  const traded = column(Column.TRADED);
  const assetsTwice = f64x2.splat(assets);
  const returns = f64x2.splat(l);
  const perOldTwice = f64x2.splat(perOld);
  const perNewTwice = f64x2.splat(perNew);
  const flows = column(Column.BLOCK_FLOWS) + ((<usize>inBlock) << 3);
  const sharesOf = column(Column.BLOCK_SHARES) + ((<usize>inBlock) << 2);
  changes = f64x2.splat(0);
  for (let k = 0; k < priced; k += 2) {
    const from = (<usize>k) << 3;
    const i = i32At(list, k);
    const j = k + 1 < priced ? i32At(list, k + 1) : -1;
    const price = v128.load(atSwap + from);
    const hold = f64x2.mul(v128.load(newShares + from), perNewTwice);
    const more = f64x2.sub(hold, f64x2.mul(two(oldValue, i, j), perOldTwice));
    const weight = f64x2.mul(hold, price);
    const change = f64x2.mul(more, price);
    const flow = f64x2.mul(assetsTwice, change);
    const shares = f64x2.mul(f64x2.mul(assetsTwice, more), two(perPrice, i, j));
    const withSurprise = f64x2.mul(flow, two(surprise, i, j));
    const withReturn = f64x2.mul(flow, returns);
    const flowSquare = f64x2.mul(flow, flow);
    const sharesSquare = f64x2.mul(shares, shares);
    const isMember = f64x2.convert_low_i32x4_s(
      i32x4.gt_s(v128.load64_zero(memberAt + (from >> 1)), i32x4.splat(-1)),
    );
    const added = f64x2.add(changes, f64x2.abs(change));
    tallyName(
      i,
      v128.shuffle<f64>(f64x2.neg(isMember), weight, 0, 2),
      v128.shuffle<f64>(flow, flowSquare, 0, 2),
      v128.shuffle<f64>(shares, sharesSquare, 0, 2),
      v128.shuffle<f64>(withSurprise, withReturn, 0, 2),
    );
    store<f64>(flows + <usize>i * (FLOW_STRIDE << 3), f64x2.extract_lane(flow, 0));
    store<f32>(sharesOf + <usize>i * (FLOW_STRIDE << 2), <f32>f64x2.extract_lane(shares, 0));
    putU8(traded, i, 1);
    if (j < 0) {
      changes = v128.shuffle<f64>(added, changes, 0, 3);
      return;
    }
    changes = added;
    tallyName(
      j,
      v128.shuffle<f64>(f64x2.neg(isMember), weight, 1, 3),
      v128.shuffle<f64>(flow, flowSquare, 1, 3),
      v128.shuffle<f64>(shares, sharesSquare, 1, 3),
      v128.shuffle<f64>(withSurprise, withReturn, 1, 3),
    );
    store<f64>(flows + <usize>j * (FLOW_STRIDE << 3), f64x2.extract_lane(flow, 1));
    store<f32>(sharesOf + <usize>j * (FLOW_STRIDE << 2), <f32>f64x2.extract_lane(shares, 1));
    putU8(traded, j, 1);
  }
}

function tallyName(name: i32, weights: v128, flows: v128, shares: v128, companions: v128): void {
  const to = column(Column.SUMS) + ((<usize>name) << S_BYTES_SHIFT);
  v128.store(to, f64x2.add(v128.load(to, S_MEMBER), weights), S_MEMBER);
  v128.store(to, f64x2.add(v128.load(to, S_FLOW), flows), S_FLOW);
  v128.store(to, f64x2.add(v128.load(to, S_SHARES), shares), S_SHARES);
  v128.store(to, f64x2.add(v128.load(to, S_FLOW_C), companions), S_FLOW_C);
}

function tallySurprises(surprises: i32, l: f64): void {
  const sums = column(Column.SUMS);
  const surprise = column(Column.SURPRISE);
  const surprised = column(Column.SURPRISED);
  for (let j = 0; j < surprises; j++) {
    const name = i32At(surprised, j);
    const c = f64At(surprise, name);
    const to = sums + ((<usize>name) << S_BYTES_SHIFT);
    const both = f64x2.mul(f64x2.splat(c), f64x2.replace_lane(f64x2.splat(c), 1, l));
    v128.store(to, f64x2.add(v128.load(to, S_CC), both), S_CC);
  }
}
