/** What a page and the worker of a what-if say to each other. */
import type { CaseLimits, WhatIfFailure, WhatIfOutcome, WhatIfRequest } from './runCase.js';

export type ToWorker =
  | { readonly ask: 'load'; readonly url: string; readonly effective: string }
  | { readonly ask: 'run'; readonly ticket: number; readonly request: WhatIfRequest };

export type FromWorker =
  | { readonly told: 'loaded'; readonly limits: CaseLimits }
  | { readonly told: 'failed'; readonly failure: WhatIfFailure }
  | { readonly told: 'ran'; readonly ticket: number; readonly outcome: WhatIfOutcome | WhatIfFailure };
