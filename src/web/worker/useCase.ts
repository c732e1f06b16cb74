/**
 * A what-if that follows the hand: the newest request goes to the worker as soon as it is free, older ones that it
 * never came to are dropped.
 */
import { useEffect, useRef, useState } from 'react';
import { urlOf } from '../api/client.js';
import type { FromWorker, ToWorker } from './messages.js';
import { newestOnly } from './newestOnly.js';
import type { CaseLimits, WhatIfFailure, WhatIfOutcome, WhatIfRequest } from './runCase.js';

export interface CaseState {
  readonly limits: CaseLimits | undefined;
  /** The review as it is. */
  readonly base: WhatIfOutcome | undefined;
  readonly changed: WhatIfOutcome | undefined;
  readonly failure: WhatIfFailure | undefined;
  /** From the wish to the answer, milliseconds. */
  readonly stepMs: number | undefined;
}

const NOTHING: CaseState = {
  limits: undefined,
  base: undefined,
  changed: undefined,
  failure: undefined,
  stepMs: undefined,
};

const unchanged = (effective: string, knownAt: string | undefined): WhatIfRequest => ({
  effective,
  prices: {},
  caps: {},
  assets: undefined,
  knownAt,
  reading: undefined,
});

/** @param request the wish of now; a new object is a new wish */
export function useCase(index: string, request: WhatIfRequest): CaseState {
  const { effective } = request;
  const [state, setState] = useState(NOTHING);
  const engine = useRef<Engine>(undefined);
  useEffect(() => {
    const made = startEngine(index, effective, (change) => setState((before) => ({ ...before, ...change })));
    engine.current = made;
    return () => {
      made.stop();
      setState(NOTHING);
    };
  }, [index, effective]);
  useEffect(() => engine.current?.want(request), [request, state.limits]);
  return state;
}

interface Engine {
  readonly want: (request: WhatIfRequest) => void;
  readonly stop: () => void;
}

/** Ticket of the review as it is. */
const BASE = 0;

function startEngine(index: string, effective: string, tell: (change: Partial<CaseState>) => void): Engine {
  const worker = new Worker(new URL('./caseWorker.ts', import.meta.url), { type: 'module' });
  const send = (message: ToWorker): void => worker.postMessage(message);
  let tickets = BASE;
  const wishes = newestOnly<WhatIfRequest>((request) => send({ ask: 'run', ticket: ++tickets, request }));
  worker.addEventListener('message', ({ data: message }: MessageEvent<FromWorker>) => {
    if (message.told === 'failed') return tell({ failure: message.failure });
    if (message.told === 'loaded') {
      tell({ limits: message.limits });
      send({ ask: 'run', ticket: BASE, request: unchanged(effective, undefined) });
      return wishes.ready();
    }
    const { ticket, outcome } = message;
    const sinceMs = ticket === BASE ? undefined : wishes.answered();
    if ('code' in outcome) return tell({ failure: outcome });
    if (sinceMs === undefined) return tell({ base: outcome });
    return tell({ changed: outcome, failure: undefined, stepMs: performance.now() - sinceMs });
  });
  send({
    ask: 'load',
    url: new URL(urlOf(`/indices/${index}/case/${effective}`), location.href).href,
    effective,
  });
  return {
    want: wishes.want,
    stop: () => worker.terminate(),
  };
}
