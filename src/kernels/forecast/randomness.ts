/** Random bits by counter and normals of them, four sources at a time: randomness.ts and normal.ts of the core. */

export const STREAM_FIRST = 1;
export const STREAM_LATER = 2;
export const STREAM_DOUBT = 3;

/** The two words of four sources each: the first from here, the second in `secondWords`. */
export let secondWords: v128 = i32x4.splat(0);

function rotate(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

export function threefry(seed: v128, key: v128, counter: v128, streamWord: v128): v128 {
  const third = v128.xor(v128.xor(i32x4.splat(0x1bd11bda), seed), key);
  let a = i32x4.add(counter, seed);
  let b = i32x4.add(streamWord, key);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 13), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 15), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 26), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 6), a);
  a = i32x4.add(a, key);
  b = i32x4.add(b, i32x4.add(third, i32x4.splat(1)));
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 17), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 29), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 16), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 24), a);
  a = i32x4.add(a, third);
  b = i32x4.add(b, i32x4.add(seed, i32x4.splat(2)));
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 13), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 15), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 26), a);
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 6), a);
  a = i32x4.add(a, seed);
  b = i32x4.add(b, i32x4.add(key, i32x4.splat(3)));
  a = i32x4.add(a, b);
  b = v128.xor(rotate(b, 17), a);
  secondWords = b;
  return a;
}

/** Normals of four words: of the first two from here, of the others in `laterNormals`. */
export let laterNormals: v128 = i32x4.splat(0);

export function normals(inverse: usize, bits: v128): v128 {
  const signs = i32x4.shr_s(bits, 31);
  const size = i32x4.shl(v128.not(v128.xor(bits, signs)), 1);
  const halves = v128.or(size, i32x4.splat(1));
  const top = v128.and(bits, i32x4.splat(i32.MIN_VALUE));
  laterNormals = v128.xor(
    sizes(inverse, i32x4.extract_lane(halves, 2), i32x4.extract_lane(halves, 3)),
    i64x2.shl(i64x2.extend_high_i32x4_u(top), 32),
  );
  return v128.xor(
    sizes(inverse, i32x4.extract_lane(halves, 0), i32x4.extract_lane(halves, 1)),
    i64x2.shl(i64x2.extend_low_i32x4_u(top), 32),
  );
}

/** Normals without their signs. @param one distance of a word from the nearer end, in halves */
function sizes(inverse: usize, one: i32, other: i32): v128 {
  const zerosA = clz(one);
  const zerosB = clz(other);
  const mantissaA = one << zerosA;
  const mantissaB = other << zerosB;
  // The mantissa's upper bit is the octave's own: it adds 64 to the 63 - zeros below.
  const a = inverse + ((<usize>(((30 - zerosA) << 6) + ((<u32>mantissaA) >> 25))) << 5);
  const b = inverse + ((<usize>(((30 - zerosB) << 6) + ((<u32>mantissaB) >> 25))) << 5);
  const s = f64x2.convert_low_i32x4_s(
    v128.and(i32x4.replace_lane(i32x4.splat(mantissaA), 1, mantissaB), i32x4.splat(0x1ffffff)),
  );
  const lowA = v128.load(a);
  const lowB = v128.load(b);
  const highA = v128.load(a, 16);
  const highB = v128.load(b, 16);
  let size = v128.shuffle<f64>(highA, highB, 1, 3);
  size = f64x2.add(v128.shuffle<f64>(highA, highB, 0, 2), f64x2.mul(s, size));
  size = f64x2.add(v128.shuffle<f64>(lowA, lowB, 1, 3), f64x2.mul(s, size));
  return f64x2.add(v128.shuffle<f64>(lowA, lowB, 0, 2), f64x2.mul(s, size));
}
