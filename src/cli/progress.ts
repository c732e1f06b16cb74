/** A bar on standard error for what takes over a second; silent when short, piped or asked for JSON. */
import { Presets, SingleBar } from 'cli-progress';

interface Progress {
  /** @param done steps finished so far */
  readonly update: (done: number, label?: string) => void;
  readonly stop: () => void;
}

const DELAY_MS = 1000;

export function startProgress(label: string, total: number): Progress {
  if (process.stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined };
  const started = process.hrtime.bigint();
  let bar: SingleBar | undefined;
  return {
    update(done, now = label) {
      const elapsedMs = Number(process.hrtime.bigint() - started) / 1e6;
      if (bar === undefined && elapsedMs > DELAY_MS) {
        bar = new SingleBar(
          {
            stream: process.stderr,
            format: '{label} {bar} {percentage}% | {eta_formatted}',
            clearOnComplete: true,
            hideCursor: true,
          },
          Presets.rect,
        );
        bar.start(total, done, { label: now });
      }
      bar?.update(done, { label: now });
    },
    stop() {
      bar?.stop();
    },
  };
}
