/** The commands of FIX 4.4 order entry. */
import type { Command } from 'commander';
import { contextFrom, examples, withOutput } from './commandOptions.js';
import type { FixServeOptions, LineOptions } from '../commands/fix.js';

/** Values of an option that may be given more than once. */
const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** Options of whoever connects. */
function withLine(command: Command): Command {
  return withOutput(command)
    .requiredOption('--as <name>', 'CompID of this side')
    .option('--to <name>', 'CompID of the acceptor (default: COUNTERWEIGHT)')
    .option('--port <number>', 'port of the acceptor (default: 9878)')
    .option('--host <address>', 'address of the acceptor (default: 127.0.0.1)')
    .option('--password-file <file>', 'file with the password')
    .option('--heartbeat <seconds>', 'how often a quiet line is tried (default: 30)')
    .option('--reset', 'begin the sequence numbers of both sides anew');
}

export function addFix(root: Command): void {
  const fix = root
    .command('fix')
    .description('orders over FIX 4.4: paper accounts for clients, and a client')
    .addHelpText(
      'after',
      examples('fix serve --client DESK1=demo', 'fix send orders.csv --as DESK1 --lang zh', 'fix show'),
    );
  fix
    .command('serve')
    .description('takes orders of FIX clients for paper accounts, until Ctrl-C')
    .requiredOption('--client <name=account>', 'CompID of a client and its account; again for more', collect)
    .option('--name <name>', 'CompID of this side (default: COUNTERWEIGHT)')
    .option('--port <number>', 'port to listen on; 0 takes any free one (default: 9878)')
    .option(
      '--host <address>',
      'address to listen on; any but this machine needs a token (default: 127.0.0.1)',
    )
    .option('--token-file <file>', 'file with the hash of the password; it is made when it is not there')
    .option('--json', 'say the address as one JSON document')
    .option('--lang <language>', 'en or zh (default: from the locale)')
    .option('--data <folder>', 'folder of the accounts and sessions (default: .counterweight)')
    .action(async (options: FixServeOptions, command: Command) => {
      const { fixServe } = await import('../commands/fix.js');
      await fixServe(options, contextFrom(command));
    });
  withLine(fix.command('send <file>'))
    .description('sends the requests of a CSV file to a FIX acceptor and waits for the answers')
    .option('--wait <seconds>', 'longest wait for the answers (default: 30)')
    .action(async (file: string, options: LineOptions, command: Command) => {
      const { fixSend } = await import('../commands/fix.js');
      await fixSend(file, options, contextFrom(command));
    });
  withLine(fix.command('reports'))
    .description('what a FIX acceptor has reported of all orders, after listening for a while')
    .option('--wait <seconds>', 'how long to listen (default: 2)')
    .action(async (options: LineOptions, command: Command) => {
      const { fixReports } = await import('../commands/fix.js');
      await fixReports(options, contextFrom(command));
    });
  withOutput(fix.command('show'))
    .description('FIX sessions with their sequence numbers, and what was refused')
    .action(async (_: unknown, command: Command) => {
      const { fixShow } = await import('../commands/fix.js');
      await fixShow(contextFrom(command));
    });
}
