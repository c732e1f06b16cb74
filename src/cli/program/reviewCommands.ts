/** Commands about one review: what it changes, what must be traded, and how sure that is. */
import type { Command } from 'commander';
import { contextFrom, examples, withOutput, withReview } from './commandOptions.js';
import type { FlowsOptions } from '../commands/flows.js';
import type { ForecastOptions } from '../commands/forecast.js';
import type { NetOptions } from '../commands/net.js';
import type { ReadingsOptions } from '../commands/readings.js';
import type { RecordOptions } from '../commands/record.js';
import type { ReviewOptions } from '../session.js';

/** `review`, `flows`, `readings`, `forecast`, `net` and the `record` of forecasts. */
export function addReviews(root: Command): void {
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
      const { reviewCommand } = await import('../commands/review.js');
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
      const { flowsCommand } = await import('../commands/flows.js');
      await flowsCommand(index, options, contextFrom(command));
    });

  withReview(root.command('readings <index>'))
    .description(
      'the review under every reading of its ambiguous clauses, in weight and money, with the evidence',
    )
    .option('--assets <amount>', 'tracked assets to use, such as 180bn or 1800亿')
    .addHelpText('after', examples('readings star-50 --effective 2025-09-15'))
    .action(async (index: string, options: ReadingsOptions, command: Command) => {
      const { readingsCommand } = await import('../commands/readings.js');
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
      const { forecastCommand } = await import('../commands/forecast.js');
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
      const { netCommand } = await import('../commands/net.js');
      await netCommand(options, contextFrom(command));
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
      const { recordList } = await import('../commands/record.js');
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
      const { recordAdd } = await import('../commands/record.js');
      await recordAdd(index, options, contextFrom(command));
    });
  withRecord(record.command('chart <index>'))
    .description('how the forecast flow of one security moved, as SVG')
    .option('--security <code>', 'code (default: 688256)')
    .option('--svg <file>', 'file to write (default: standard output)')
    .action(async (index: string, options: RecordOptions, command: Command) => {
      const { recordChart } = await import('../commands/record.js');
      await recordChart(index, options, contextFrom(command));
    });
  withRecord(record.command('score <index>'))
    .description('Brier, log score, CRPS, coverage, calibration, and the misses')
    .action(async (index: string, options: RecordOptions, command: Command) => {
      const { recordScore } = await import('../commands/record.js');
      await recordScore(index, options, contextFrom(command));
    });
}
