/** The worker of a what-if: fetches the case once, then runs the core on it as often as it is asked. */
import type { IndexData } from '../../core/index.js';
import type { CaseDocument } from '../../server/views/caseDocument.js';
import type { FromWorker, ToWorker } from './messages.js';
import { readCase } from './readCase.js';
import { limitsOf, runCase } from './runCase.js';

let held: IndexData | undefined;

const tell = (message: FromWorker): void => self.postMessage(message);

self.addEventListener('message', ({ data: message }: MessageEvent<ToWorker>) => {
  if (message.ask === 'load') void load(message.url, message.effective);
  else if (held !== undefined) {
    const outcome = runCase(held, message.request, () => performance.now());
    tell({ told: 'ran', ticket: message.ticket, outcome });
  }
});

async function load(url: string, effective: string): Promise<void> {
  try {
    const answer = await fetch(url);
    const document = (await answer.json()) as CaseDocument & { error?: { code: string; message: string } };
    if (document.error !== undefined) return tell({ told: 'failed', failure: document.error });
    held = readCase(document);
    tell({ told: 'loaded', limits: limitsOf(held, effective) });
  } catch (error) {
    tell({ told: 'failed', failure: { code: 'no_answer', message: String(error) } });
  }
}
