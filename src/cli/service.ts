/** What commands share that run until they are stopped. */
import { argumentError } from './context.js';

export function portArgument(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw argumentError('--port', text, 'a number from 0 to 65535');
}

/** Until Ctrl-C or its like; a second one ends the process at once. */
export function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(0));
        resolve();
      });
    }
  });
}
