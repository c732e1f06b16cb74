/** The worker of the chances beside a what-if: its own thread, so that the weights never wait for ten thousand draws. */
import type { CaseDocument } from '../../server/views/caseDocument.js';
import { readCase } from './readCase.js';
import {
  chanceCase,
  chanceLimits,
  type ChanceCase,
  type ChanceLimits,
  type ChanceOutcome,
  type ChanceRequest,
} from './runChances.js';
import type { WhatIfFailure } from './runCase.js';

export type ToChances =
  | { readonly ask: 'load'; readonly url: string; readonly effective: string }
  | { readonly ask: 'run'; readonly request: ChanceRequest };

export type FromChances =
  | { readonly told: 'loaded'; readonly limits: ChanceLimits }
  | { readonly told: 'failed'; readonly failure: WhatIfFailure }
  | { readonly told: 'ran'; readonly outcome: ChanceOutcome | WhatIfFailure };

let held: ChanceCase | undefined;

const tell = (message: FromChances): void => self.postMessage(message);

self.addEventListener('message', ({ data: message }: MessageEvent<ToChances>) => {
  if (message.ask === 'load') void load(message.url, message.effective);
  else if (held !== undefined) tell({ told: 'ran', outcome: held.run(message.request) });
});

async function load(url: string, effective: string): Promise<void> {
  try {
    const answer = await fetch(url);
    const document = (await answer.json()) as CaseDocument & { error?: WhatIfFailure };
    if (document.error !== undefined) return tell({ told: 'failed', failure: document.error });
    const data = readCase(document);
    held = chanceCase(data, () => performance.now());
    tell({ told: 'loaded', limits: chanceLimits(data, effective) });
  } catch (error) {
    tell({ told: 'failed', failure: { code: 'no_answer', message: String(error) } });
  }
}
