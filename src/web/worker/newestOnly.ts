/** Wishes for a worker that does one at a time: the newest goes out as soon as it is free, older ones are dropped. */
export interface Wishes<Wish> {
  readonly want: (wish: Wish) => void;
  /** The worker can take the first one. */
  readonly ready: () => void;
  /** The worker has answered. @returns when that wish was made, milliseconds */
  readonly answered: () => number;
}

export function newestOnly<Wish>(send: (wish: Wish) => void): Wishes<Wish> {
  let open = false;
  let running: number | undefined;
  let waiting: { readonly wish: Wish; readonly sinceMs: number } | undefined;
  const next = (): void => {
    if (!open || running !== undefined || waiting === undefined) return;
    const { wish, sinceMs } = waiting;
    running = sinceMs;
    waiting = undefined;
    send(wish);
  };
  return {
    want(wish) {
      waiting = { wish, sinceMs: performance.now() };
      next();
    },
    ready() {
      open = true;
      next();
    },
    answered() {
      const sinceMs = running ?? performance.now();
      running = undefined;
      next();
      return sinceMs;
    },
  };
}
