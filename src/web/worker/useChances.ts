/** Chances that follow the hand: a worker of their own, asked for the newest wish. */
import { useEffect, useRef, useState } from 'react';
import { urlOf } from '../api/client.js';
import type { FromChances, ToChances } from './chanceWorker.js';
import { newestOnly, type Wishes } from './newestOnly.js';
import type { WhatIfFailure } from './runCase.js';
import type { ChanceLimits, ChanceOutcome, ChanceRequest } from './runChances.js';

interface ChanceState {
  readonly limits: ChanceLimits | undefined;
  readonly outcome: ChanceOutcome | undefined;
  readonly failure: WhatIfFailure | undefined;
  /** From the wish to the answer, milliseconds. */
  readonly stepMs: number | undefined;
}

const NOTHING: ChanceState = { limits: undefined, outcome: undefined, failure: undefined, stepMs: undefined };

/** @param request the wish of now; a new object is a new wish */
export function useChances(index: string, effective: string, request: ChanceRequest): ChanceState {
  const [state, setState] = useState(NOTHING);
  const wishes = useRef<Wishes<ChanceRequest>>(undefined);
  useEffect(() => {
    const worker = new Worker(new URL('./chanceWorker.ts', import.meta.url), { type: 'module' });
    const send = (message: ToChances): void => worker.postMessage(message);
    const made = newestOnly<ChanceRequest>((wish) => send({ ask: 'run', request: wish }));
    wishes.current = made;
    worker.addEventListener('message', ({ data: message }: MessageEvent<FromChances>) => {
      if (message.told === 'failed') return setState({ ...NOTHING, failure: message.failure });
      if (message.told === 'loaded') {
        setState({ ...NOTHING, limits: message.limits });
        return made.ready();
      }
      const stepMs = performance.now() - made.answered();
      const { outcome } = message;
      setState((before) =>
        'code' in outcome
          ? { ...before, failure: outcome }
          : { ...before, outcome, failure: undefined, stepMs },
      );
    });
    const url = new URL(urlOf(`/indices/${index}/case/${effective}`), location.href).href;
    send({ ask: 'load', url, effective });
    return () => {
      worker.terminate();
      setState(NOTHING);
    };
  }, [index, effective]);
  useEffect(() => wishes.current?.want(request), [request, state.limits]);
  return state;
}
