/**
 * The command line. Each command is one file; this one names them, reads options and turns failures into exit codes.
 * A command's file is loaded when it is asked for: what the others need would make every start wait.
 */
import { Command, CommanderError } from 'commander';
import { ENGINE_VERSION } from '../core/index.js';
import { contextFrom, examples, withOutput } from './commandOptions.js';
import type { BacktestOptions } from './commands/backtest.js';
import type { DemoOptions } from './commands/demo.js';
import type { FlowsOptions } from './commands/flows.js';
import type { ForecastOptions } from './commands/forecast.js';
import type { ImpactOptions } from './commands/impact.js';
import type { ImportOptions } from './commands/import.js';
import type { InferOptions } from './commands/infer.js';
import type { LevelOptions } from './commands/level.js';
import type { NetOptions } from './commands/net.js';
import type { ReadingsOptions } from './commands/readings.js';
import type { RecordOptions } from './commands/record.js';
import type { ServeCommandOptions } from './commands/serve.js';
import type { ScheduleOptions } from './commands/schedule.js';
import type { StudyOptions } from './commands/study.js';
import type { TcaOptions } from './commands/tca.js';
import type { WeighOptions } from './commands/weigh.js';
import { ioError } from '../data/files.js';
import { spokenLanguage } from './context.js';
import { reportFailure } from './errors.js';
import { addFix } from './fixCommands.js';
import type { ReviewOptions } from './session.js';
import { addSimulation } from './simulationCommands.js';
import { addTrading } from './tradingCommands.js';
import { addValue } from './valueCommands.js';

function withReview(command: Command): Command {
  return withOutput(command)
    .requiredOption('--effective <date>', 'effective date of the review, YYYY-MM-DD')
    .option('--known-at <date>', 'use only what was known on that day (default: the swap close)');
}

/** Values of an option that may be given more than once. */
const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

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

  withReview(root.command('review <index>'))
    .description('who enters and leaves, every weight before and after, and the rule that bound it')
    .option('--reading <name>', 'reading of an ambiguous clause, see readings')
    .addHelpText(
      'after',
      examples(
        'review star-50 --effective 2025-09-15',
        'review 000688 --effective 2025-12-15 --xlsx review.xlsx',
        'review star-50 --effective 2025-09-15 --known-at 2025-08-20',
      ),
    )
    .action(async (index: string, options: ReviewOptions, command: Command) => {
      const { reviewCommand } = await import('./commands/review.js');
      await reviewCommand(index, options, contextFrom(command));
    });

  withReview(root.command('flows <index>'))
    .description(
      'what all tracking funds are forced to trade at the effective close, beside published estimates',
    )
    .option('--assets <amount>', 'tracked assets to use, such as 180bn or 1800亿')
    .option('--security <code>', 'the security to follow day by day (default: the largest sale)')
    .option('--reading <name>', 'reading of an ambiguous clause, see readings')
    .addHelpText(
      'after',
      examples(
        'flows star-50 --effective 2025-09-15',
        'flows star-50 --effective 2025-09-15 --assets 180bn --csv flows.csv',
      ),
    )
    .action(async (index: string, options: FlowsOptions, command: Command) => {
      const { flowsCommand } = await import('./commands/flows.js');
      await flowsCommand(index, options, contextFrom(command));
    });

  withReview(root.command('readings <index>'))
    .description(
      'the review under every reading of its ambiguous clauses, in weight and money, with the evidence',
    )
    .option('--assets <amount>', 'tracked assets to use, such as 180bn or 1800亿')
    .addHelpText('after', examples('readings star-50 --effective 2025-09-15'))
    .action(async (index: string, options: ReadingsOptions, command: Command) => {
      const { readingsCommand } = await import('./commands/readings.js');
      await readingsCommand(index, options, contextFrom(command));
    });

  withReview(root.command('forecast <index>'))
    .description('who may come in, leave or be capped, and what may have to be traded, with probabilities')
    .option('--paths <number>', 'simulated markets (default: 10000)')
    .option('--seed <number>', 'same seed, same bytes (default: 1)')
    .option('--assets <amount>', 'tracked assets to use, such as 180bn or 1800亿')
    .option('--tails <degrees>', 'heavier tails: degrees of freedom of a common Student factor')
    .option('--reading <name>', 'reading of an ambiguous clause, see readings')
    .addHelpText(
      'after',
      examples(
        'forecast star-50 --effective 2025-09-15 --known-at 2025-08-29 --assets 172.9bn',
        'forecast star-50 --effective 2025-12-15 --known-at 2025-11-20 --paths 50000 --json',
      ),
    )
    .action(async (index: string, options: ForecastOptions, command: Command) => {
      const { forecastCommand } = await import('./commands/forecast.js');
      await forecastCommand(index, options, contextFrom(command));
    });

  withReview(root.command('net'))
    .description('one security, all indices and trackers, netted')
    .requiredOption('--security <code>', 'code, such as 688256')
    .option('--enhanced <amount>', 'assets of enhanced index funds, none of them among the trackers')
    .option('--fraction <share>', 'what they trade of a passive trade, above 0 and at most 1; no default')
    .addHelpText(
      'after',
      examples(
        'net --security 688256 --effective 2025-09-15',
        'net --security 688256 --effective 2025-09-15 --enhanced 12bn --fraction 0.8',
      ),
    )
    .action(async (options: NetOptions, command: Command) => {
      const { netCommand } = await import('./commands/net.js');
      await netCommand(options, contextFrom(command));
    });

  withOutput(root.command('impact'))
    .description(
      'what an order does to the price and costs, model by model: a forced trade, or one of your own',
    )
    .option('--security <code>', 'code, such as 688256: its forced trade of the review')
    .option('--effective <date>', 'effective date of the review, YYYY-MM-DD')
    .option('--known-at <date>', 'use only what was known on that day (default: the swap close)')
    .option('--assets <amount>', 'tracked assets to use, such as 180bn or 1800亿')
    .option('--reading <name>', 'reading of an ambiguous clause, see readings')
    .option('--shares <number>', 'an order of your own: shares, negative for a sale')
    .option('--adv <number>', 'its mean volume per day, shares')
    .option('--sigma <fraction>', 'its daily volatility, such as 0.02')
    .option('--shares-outstanding <number>', 'its shares outstanding, for the models that need them')
    .option('--spread <fraction>', 'bid-ask spread, such as 0.001')
    .option('--days <number>', 'days of volume it is spread over (default: 1)')
    .option('--model <name>', 'one model only, see docs/impact.md')
    .addHelpText(
      'after',
      examples(
        'impact --security 688256 --effective 2025-09-15',
        'impact --security 688256 --effective 2025-09-15 --known-at 2025-09-03 --days 3',
        'impact --model square-root --shares -4.2m --adv 14m --sigma 0.05',
      ),
    )
    .action(async (options: ImpactOptions, command: Command) => {
      const { impactCommand } = await import('./commands/impact.js');
      await impactCommand(options, contextFrom(command));
    });

  withOutput(root.command('study <id>'))
    .description('abnormal returns around a day, or around all reviews of an index, with their tests')
    .option('--event <date>', 'day 0, YYYY-MM-DD; needed for a security')
    .option('--window <range>', 'sessions around it, FROM,TO (default: -5,20; reviews: -5,5)')
    .option('--estimation <sessions>', 'sessions before the window for the market model (default: 120)')
    .option(
      '--benchmark <name>',
      'star-50 (default), another index such as csi-300, peers (same industry) or controls',
    )
    .option('--ex-self', 'take the security out of the index')
    .option(
      '--effective <date>',
      'a review: splits the move into market, sector, its forced flow and the rest',
    )
    .option('--at <day>', 'reviews: announcement (default) or swap, the close at which funds trade')
    .addHelpText(
      'after',
      examples(
        'study 688256 --event 2025-09-04 --window -5,5 --ex-self',
        'study 688256 --event 2025-08-29 --benchmark peers',
        'study 688256 --event 2025-09-12 --window -10,0 --effective 2025-09-15',
        'study star-50 --at swap',
      ),
    )
    .action(async (id: string, options: StudyOptions, command: Command) => {
      const { studyCommand } = await import('./commands/study.js');
      await studyCommand(id, options, contextFrom(command));
    });

  withReview(root.command('schedule'))
    .description(
      'when to trade what a review forces: slices per session and auction, cost against tracking error',
    )
    .option('--security <code>', 'code, such as 688256: the trade of all funds together')
    .option(
      '--holdings <file>',
      'or what one fund holds, CSV with the columns id, shares: its own trade list',
    )
    .option('--ahead <shares>', 'or the other side: what so many shares traded ahead of the funds may gain')
    .option('--cash <amount>', 'with --holdings: cash of the fund, such as 3m (default: 0)')
    .option('--keep <amount>', 'with --holdings: cash to be left (default: 0)')
    .option(
      '--method <name>',
      'profile (20/30/50, default), close, twap, vwap, almgren-chriss, obizhaeva-wang, tracking',
    )
    .option('--days <number>', 'sessions up to the swap close (default: 3)')
    .option('--after <number>', 'sessions after it (default: 0)')
    .option('--participation <fraction>', 'largest share of the volume of a session or auction (default: 1)')
    .option('--auction <fraction>', 'share of the volume in the closing auction (default: 0.1, assumed)')
    .option('--risk <number>', 'cost that a unit of squared tracking error is worth (default: 10000)')
    .option('--assets <amount>', 'tracked assets to use, such as 180bn or 1800亿')
    .option('--reading <name>', 'reading of an ambiguous clause, see readings')
    .addHelpText(
      'after',
      examples(
        'schedule --security 688256 --effective 2025-09-15',
        'schedule --security 688256 --effective 2025-09-15 --method tracking --days 3 --after 2',
        'schedule --security 688256 --effective 2025-09-15 --participation 0.2 --assets 5bn',
        'schedule --holdings holdings.csv --cash 3m --effective 2025-09-15',
        'schedule --security 688256 --effective 2025-09-15 --known-at 2025-09-03 --ahead 500000',
      ),
    )
    .action(async (options: ScheduleOptions, command: Command) => {
      const { scheduleCommand } = await import('./commands/schedule.js');
      await scheduleCommand(options, contextFrom(command));
    });

  withOutput(root.command('tca <file>'))
    .description(
      'what a traded order cost: delay, impact, timing, what was not done, fees; fills from a CSV file',
    )
    .requiredOption('--security <code>', 'code, such as 688256')
    .option('--shares <number>', 'shares decided on (default: all that was filled)')
    .option('--decided <date>', 'day whose close is the decision price (default: the session before)')
    .option('--decision-price <price>', 'the decision price itself')
    .option('--arrival-price <price>', 'price when the order was at the desk (default: the close before)')
    .option('--until <date>', 'day whose close values what was not filled (default: the last fill)')
    .option('--effective <date>', 'a review: compares with its swap close')
    .option('--commission <fraction>', 'of the value, where no fees are given (default: 0.00025)')
    .option('--encoding <name>', 'utf-8 (default) or gb18030')
    .addHelpText(
      'after',
      examples(
        'tca fills.csv --security 688256',
        'tca fills.csv --security 688256 --shares 50000 --decided 2025-08-29 --effective 2025-09-15',
      ),
    )
    .action(async (file: string, options: TcaOptions, command: Command) => {
      const { tcaCommand } = await import('./commands/tca.js');
      await tcaCommand(file, options, contextFrom(command));
    });

  const record = root
    .command('record')
    .description('forecasts as published, outcomes, scores; adding is all that can be done to it')
    .addHelpText('after', examples('record list star-50', 'record score star-50 --effective 2025-09-15'));
  const withRecord = (command: Command): Command =>
    withOutput(command)
      .option('--effective <date>', 'effective date of the review, YYYY-MM-DD')
      .option('--record <folder>', 'folder of the record (default: the one of this checkout)');
  withRecord(record.command('list <index>'))
    .description('every entry')
    .action(async (index: string, options: RecordOptions, command: Command) => {
      const { recordList } = await import('./commands/record.js');
      await recordList(index, options, contextFrom(command));
    });
  withRecord(record.command('add <index>'))
    .description('adds the forecast of each session between two days, or the outcome')
    .option('--from <date>', 'first session')
    .option('--to <date>', 'last session (default: the first)')
    .option('--paths <number>', 'simulated markets (default: 10000)')
    .option('--seed <number>', 'same seed, same bytes (default: 1)')
    .option('--outcome', 'add what happened as well')
    .action(async (index: string, options: RecordOptions, command: Command) => {
      const { recordAdd } = await import('./commands/record.js');
      await recordAdd(index, options, contextFrom(command));
    });
  withRecord(record.command('chart <index>'))
    .description('how the forecast flow of one security moved, as SVG')
    .option('--security <code>', 'code (default: 688256)')
    .option('--svg <file>', 'file to write (default: standard output)')
    .action(async (index: string, options: RecordOptions, command: Command) => {
      const { recordChart } = await import('./commands/record.js');
      await recordChart(index, options, contextFrom(command));
    });
  withRecord(record.command('score <index>'))
    .description('Brier, log score, CRPS, coverage, calibration, and the misses')
    .action(async (index: string, options: RecordOptions, command: Command) => {
      const { recordScore } = await import('./commands/record.js');
      await recordScore(index, options, contextFrom(command));
    });

  withOutput(root.command('infer <index>'))
    .description(
      'index X-ray: weights with standard errors, recovered from published levels and prices alone',
    )
    .requiredOption('--from <date>', 'first session, best the swap close of a review, YYYY-MM-DD')
    .requiredOption('--to <date>', 'last session; a review in between is carried over')
    .option('--find-changes', 'find the review, its deletion and its addition instead of reading them')
    .addHelpText(
      'after',
      examples(
        'infer star-50 --from 2025-06-13 --to 2025-09-12',
        'infer star-50 --from 2025-06-13 --to 2025-10-16 --find-changes',
      ),
    )
    .action(async (index: string, options: InferOptions, command: Command) => {
      const { inferCommand } = await import('./commands/infer.js');
      await inferCommand(index, options, contextFrom(command));
    });

  withOutput(root.command('level <index>'))
    .description('level history from the known baskets and closes, beside the published closes')
    .requiredOption('--from <date>', 'first session, YYYY-MM-DD')
    .requiredOption('--to <date>', 'last session')
    .option('--return <kind>', 'price (default), gross or net')
    .option('--tax <fraction>', 'withholding tax of the net return (default: 0.1, assumed)')
    .addHelpText(
      'after',
      examples(
        'level star-50 --from 2025-09-12 --to 2025-10-16',
        'level star-50 --from 2025-06-13 --to 2025-09-12 --return gross --json',
      ),
    )
    .action(async (index: string, options: LevelOptions, command: Command) => {
      const { levelCommand } = await import('./commands/level.js');
      await levelCommand(index, options, contextFrom(command));
    });

  withOutput(root.command('backtest <index>'))
    .description('history of a methodology, and what a changed clause would have done, side by side')
    .requiredOption('--from <date>', 'first day, YYYY-MM-DD; begins when the first known basket takes over')
    .requiredOption('--to <date>', 'last day')
    .option('--set <change>', 'clause[.field]=value, such as caps.single=0.15; repeatable', collect, [])
    .option('--sweep <range>', 'one run per value: clause[.field]=FROM:TO:STEP')
    .option('--assets <amount>', 'tracked assets to use, such as 180bn or 1800亿')
    .option('--reading <name>', 'reading of an ambiguous clause, see readings')
    .addHelpText(
      'after',
      examples(
        'backtest star-50 --from 2025-06-16 --to 2025-12-31',
        'backtest star-50 --from 2025-06-16 --to 2025-12-31 --set caps.single=0.15',
        'backtest star-50 --from 2025-06-16 --to 2025-12-31 --sweep caps.single=0.06:0.16:0.02',
      ),
    )
    .action(async (index: string, options: BacktestOptions, command: Command) => {
      const { backtestCommand } = await import('./commands/backtest.js');
      await backtestCommand(index, options, contextFrom(command));
    });

  withOutput(root.command('weigh <rulebook>'))
    .description("weights under a rulebook's caps, from market values in a CSV file (columns id, marketCap)")
    .requiredOption('--date <date>', 'day whose version of the rules applies, YYYY-MM-DD')
    .requiredOption(
      '--input <file>',
      'CSV with the columns id, marketCap and optional issuer, group, weightInForce',
    )
    .option('--occasion <name>', 'annual, quarterly, special or quarter-end, where rules differ')
    .option('--reading <name>', 'reading of an ambiguous clause')
    .option('--encoding <name>', 'utf-8 (default) or gb18030')
    .addHelpText(
      'after',
      examples(
        'weigh star-50 --date 2025-09-15 --input caps.csv',
        'weigh my-rules.yaml --date 2025-09-15 --input caps.csv --json',
      ),
    )
    .action(async (name: string, options: WeighOptions, command: Command) => {
      const { weighCommand } = await import('./commands/weigh.js');
      await weighCommand(name, options, contextFrom(command));
    });

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

  const rulebook = root
    .command('rulebook')
    .description('show a rulebook, check a file, print the JSON Schema')
    .addHelpText('after', examples('rulebook show star-50', 'rulebook check my-rules.yaml'));
  withOutput(rulebook.command('show <rulebook>'))
    .description('every clause with validity, confidence and citation')
    .addHelpText('after', examples('rulebook show star-50', 'rulebook show star-50 --lang zh'))
    .action(async (name: string, _: unknown, command: Command) => {
      const { showRulebook } = await import('./commands/rulebook.js');
      await showRulebook(name, contextFrom(command));
    });
  withOutput(rulebook.command('check <file>'))
    .description('every fault of a rulebook file, each with its line')
    .addHelpText('after', examples('rulebook check my-rules.yaml'))
    .action(async (file: string, _: unknown, command: Command) => {
      const { checkRulebook } = await import('./commands/rulebook.js');
      await checkRulebook(file, contextFrom(command));
    });
  rulebook
    .command('schema')
    .description('the JSON Schema of rulebook files, for editors')
    .addHelpText('after', examples('rulebook schema > rulebook.schema.json'))
    .action(async () => {
      const { printRulebookSchema } = await import('./commands/rulebook.js');
      printRulebookSchema();
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
