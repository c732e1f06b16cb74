/** How many requests one address may make: a bucket that refills at a steady rate and holds a burst. */
import { inputError } from './failures.js';

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Addresses remembered; full buckets are dropped first, since they say nothing. */
const MOST_ADDRESSES = 10_000;

/**
 * @param now milliseconds of a clock that never goes back
 * @returns takes one request of an address. @throws InputError `too_many_requests`
 */
export function rateLimiter({ perSecond, burst }: Rate, now: () => number): (address: string) => void {
  const buckets = new Map<string, Bucket>();
  const refill = (bucket: Bucket, at: number): void => {
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    bucket.at = at;
  };
  return (address) => {
    const at = now();
    const bucket = buckets.get(address) ?? { tokens: burst, at };
    refill(bucket, at);
    if (!buckets.has(address) && buckets.size >= MOST_ADDRESSES)
      dropFull(buckets, (other) => refill(other, at), burst);
    buckets.set(address, bucket);
    if (bucket.tokens < 1) {
      throw inputError('too_many_requests', `more than ${perSecond} requests a second`, {
        path: '',
        expected: `at most ${perSecond} a second, ${burst} at once; wait a second`,
      });
    }
    bucket.tokens -= 1;
  };
}

function dropFull(buckets: Map<string, Bucket>, refill: (bucket: Bucket) => void, burst: number): void {
  for (const [address, bucket] of buckets) {
    refill(bucket);
    if (bucket.tokens >= burst) buckets.delete(address);
  }
  // Everybody is busy: the oldest goes.
  const [oldest] = buckets.keys();
  if (buckets.size >= MOST_ADDRESSES) buckets.delete(oldest);
}
