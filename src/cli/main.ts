/**
 * The command line. Options of the commands are in program/, a file per family; each command is a file in commands/, loaded when
 * it is asked for: what the others need would make every start wait. This one puts them together and turns failures into exit
 * codes.
 */
import { Command, CommanderError } from 'commander';
import { ENGINE_VERSION } from '../core/index.js';
import { contextFrom, examples, withOutput } from './program/commandOptions.js';
import type { DemoOptions } from './commands/demo.js';
import type { ImportOptions } from './commands/import.js';
import type { ServeCommandOptions } from './commands/serve.js';
import { ioError } from '../data/files.js';
import { spokenLanguage } from './context.js';
import { reportFailure } from './errors.js';
import { addDecisions } from './program/decisionCommands.js';
import { addFix } from './program/fixCommands.js';
import { addIndices } from './program/indexCommands.js';
import { addReviews } from './program/reviewCommands.js';
import { addSimulation } from './program/simulationCommands.js';
import { addTrading } from './program/tradingCommands.js';
import { addValue } from './program/valueCommands.js';

function program(): Command {
  const root = new Command('counterweight')
    .description('Works out what an index review forces its tracking funds to trade.')
    .version(ENGINE_VERSION)
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      examples(
        'demo',
        'review star-50 --effective 2025-09-15',
        'flows star-50 --effective 2025-09-15 --json',
      ),
    );

  withOutput(root.command('demo'))
    .description('the STAR 50 review of September 2025 on bundled data')
    .option('--serve', 'start the workbench also when the output is no terminal')
    .option('--no-serve', 'only print; do not start the workbench afterwards')
    .option('--port <number>', 'port of the workbench (default: 4600)')
    .addHelpText('after', examples('demo', 'demo --lang zh', 'demo --json'))
    .action(async (options: DemoOptions, command: Command) => {
      const { demoCommand } = await import('./commands/demo.js');
      await demoCommand(options, contextFrom(command));
    });

  root
    .command('serve')
    .description('the workbench and its interface for programs, on this machine')
    .option('--port <number>', 'port to listen on; 0 takes any free one (default: 4600)')
    .option(
      '--host <address>',
      'address to listen on; any but this machine needs a token (default: 127.0.0.1)',
    )
    .option('--token-file <file>', 'file that holds the hash of the token; it is made when it is not there')
    .option('--json', 'say the address as one JSON document')
    .option('--lang <language>', 'en or zh (default: from the locale)')
    .option('--data <folder>', 'folder of imported data and of all state (default: .counterweight)')
    .addHelpText(
      'after',
      examples('serve', 'serve --port 8080', 'serve --host 0.0.0.0 --token-file token.hash'),
    )
    .action(async (options: ServeCommandOptions, command: Command) => {
      const context = contextFrom(command);
      const { serveCommand } = await import('./commands/serve.js');
      await serveCommand(options, context);
    });

  addReviews(root);
  addDecisions(root);
  addIndices(root);

  withOutput(root.command('import <format> <file>'))
    .description('bring in your own data; format: prices (columns date, code, close, optional amount_cny)')
    .option('--encoding <name>', 'utf-8 (default) or gb18030')
    .option('--check', 'only check the file, write nothing')
    .addHelpText('after', examples('import prices closes.csv', 'import prices closes.csv --check'))
    .action(async (format: string, file: string, options: ImportOptions, command: Command) => {
      const { importCommand } = await import('./commands/import.js');
      await importCommand(format, file, options, contextFrom(command));
    });

  addTrading(root);
  addFix(root);
  addValue(root);
  addSimulation(root);

  withOutput(root.command('bench [name...]'))
    .description('speed on this machine, beside numpy programs that compute the same (in a checkout only)')
    .addHelpText('after', examples('bench', 'bench capping --json'))
    .action(async (names: string[], _: unknown, command: Command) => {
      const { benchCommand } = await import('./commands/bench.js');
      await benchCommand(names, contextFrom(command));
    });

  return root;
}

/** @returns the exit code */
async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  const root = program();
  let help = '';
  for (const command of everyCommand(root)) {
    command.exitOverride().configureOutput({ writeErr: (text) => void (help += text) });
  }
  try {
    await root.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError && error.code === 'commander.help') {
      process.stderr.write(help);
      return 2;
    }
    return reportFailure(error, json, spokenLanguage(argv));
  }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that stops early (`| head`) is no failure; a full disk is.
    if (error.code !== 'EPIPE') {
      const language = spokenLanguage(process.argv);
      process.exitCode = reportFailure(ioError(error, 'the output'), false, language);
    }
  });
}

const code = await main(process.argv.slice(2));
process.exitCode ||= code;
