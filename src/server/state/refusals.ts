/**
 * What was asked of an account and not taken, for its owner to see. Written a few times a second at most: whoever sends
 * nonsense as fast as it can does not keep the disk from acknowledging orders.
 */
import type { RefusedRequest, TradingStore } from '../../data/tradingStore.js';

export interface RefusalLog {
  readonly add: (refusal: RefusedRequest) => void;
  /** Newest first. */
  readonly list: (account: string) => readonly RefusedRequest[];
  readonly flush: () => void;
}

const PAUSE_MS = 200;
/** Between two writes; what is beyond it is counted out. */
const MOST_WAITING = 1_000;
const SHOWN = 200;

export function refusalLog(store: TradingStore): RefusalLog {
  let waiting: RefusedRequest[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const written = waiting;
    waiting = [];
    store.refused(written);
  };
  return {
    add: (refusal) => {
      if (waiting.length < MOST_WAITING) waiting.push(refusal);
      timer ??= setTimeout(flush, PAUSE_MS).unref();
    },
    list: (account) => {
      flush();
      return store.refusals(account, SHOWN);
    },
    flush,
  };
}
