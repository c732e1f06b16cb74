/**
 * Content hashes: the same values give the same hash on every machine, so a result can name exactly the data
 * it was computed from. Numbers enter as little-endian float64, text as UTF-8, each part with its length.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export type HashPart = string | number | ArrayLike<number> | readonly string[];

/** Lower-case hex SHA-256 over the parts in the order given. */
export function contentHash(parts: readonly HashPart[]): string {
  const hash = sha256.create();
  for (const part of parts) {
    const bytes = bytesOf(part);
    hash.update(float64Bytes([bytes.length]));
    hash.update(bytes);
  }
  return bytesToHex(hash.digest());
}

function bytesOf(part: HashPart): Uint8Array {
  if (typeof part === 'string') return utf8ToBytes(part);
  if (typeof part === 'number') return float64Bytes([part]);
  // Lengths before the texts keep ["ab", "c"] and ["a", "bc"] apart.
  if (isTexts(part)) return utf8ToBytes(part.map((text) => `${text.length}:${text}`).join(''));
  return float64Bytes(part);
}

function isTexts(part: ArrayLike<number> | readonly string[]): part is readonly string[] {
  return part.length > 0 && typeof part[0] === 'string';
}

function float64Bytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    view.setFloat64(i * 8, values[i], true);
    // NaN has many bit patterns and engines keep different ones; here there is one.
    if (Number.isNaN(values[i])) {
      view.setUint32(i * 8, 0, true);
      view.setUint32(i * 8 + 4, 0x7ff80000, true);
    }
  }
  return bytes;
}
