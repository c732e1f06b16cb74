/** `serve`: the workbench server, until Ctrl-C. */
import { startServer } from '../../server/serve.js';
import type { Context } from '../context.js';
import { portArgument, stopAsked } from '../service.js';

export interface ServeCommandOptions {
  readonly port?: string;
  readonly host?: string;
  readonly tokenFile?: string;
}

const PORT = '4600';
const HOST = '127.0.0.1';
/** A second Ctrl-C, or this long, ends what does not end by itself. */
const LONGEST_STOP_MS = 5_000;

export async function serveCommand(options: ServeCommandOptions, context: Context): Promise<void> {
  const { url, close } = await startServer({
    host: options.host ?? HOST,
    port: portArgument(options.port ?? PORT),
    tokenFile: options.tokenFile,
    folders: {
      rulebooks: context.rulebookFolder,
      datasets: context.datasetsFolder,
      data: context.dataFolder,
      record: context.recordFolder,
      web: context.webFolder,
    },
    say: (line) => void process.stderr.write(`${line}\n`),
  });
  const words = { en: `workbench: ${url} (Ctrl-C stops it)`, zh: `工作台：${url}（Ctrl-C 停止）` };
  process.stdout.write(
    context.options.json === true ? `${JSON.stringify({ url })}\n` : `${words[context.language]}\n`,
  );
  await stopAsked();
  const late = setTimeout(() => process.exit(0), LONGEST_STOP_MS);
  await close();
  clearTimeout(late);
}
