/**
 * A what-if that follows the hand: the newest request goes to the worker as soon as it is free, older ones that it
 * never came to are dropped.
 */
import { useEffect, useRef, useState } from 'react';
import { urlOf } from '../api/client.js';
import type { FromWorker, ToWorker } from './messages.js';
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
  let loaded = false;
  let running: { ticket: number; sinceMs: number } | undefined;
  let waiting: { request: WhatIfRequest; sinceMs: number } | undefined;
  let tickets = BASE;

  const next = (): void => {
    if (!loaded || running !== undefined || waiting === undefined) return;
    running = { ticket: ++tickets, sinceMs: waiting.sinceMs };
    send({ ask: 'run', ticket: tickets, request: waiting.request });
    waiting = undefined;
  };
  worker.addEventListener('message', ({ data: message }: MessageEvent<FromWorker>) => {
    if (message.told === 'failed') return tell({ failure: message.failure });
    if (message.told === 'loaded') {
      loaded = true;
      tell({ limits: message.limits });
      send({ ask: 'run', ticket: BASE, request: unchanged(effective, undefined) });
      return next();
    }
    const { ticket, outcome } = message;
    if ('code' in outcome) tell({ failure: outcome });
    else if (ticket === BASE) tell({ base: outcome });
    else tell({ changed: outcome, failure: undefined, stepMs: performance.now() - (running?.sinceMs ?? 0) });
    if (ticket !== BASE) running = undefined;
    return next();
  });
  send({
    ask: 'load',
    url: new URL(urlOf(`/indices/${index}/case/${effective}`), location.href).href,
    effective,
  });
  return {
    want: (request) => {
      waiting = { request, sinceMs: performance.now() };
      next();
    },
    stop: () => worker.terminate(),
  };
}
