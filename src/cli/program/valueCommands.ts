/** The commands about prices, reports, leaders and what is behind funds. */
import type { Command } from 'commander';
import { contextFrom, examples, withOutput } from './commandOptions.js';
import type { CheckOptions } from '../commands/check.js';
import type { LeadersOptions, LookThroughOptions } from '../commands/leaders.js';
import type { EarningsOptions, ValueOptions } from '../commands/value.js';

const STATEMENTS =
  'figures of your own in the form of statements.csv; they add to the bundled ones and replace the same lines';

export function addValue(root: Command): void {
  withOutput(root.command('value <id>'))
    .description('multiples as known on a day, what a vendor printed, and the growth that the price implies')
    .requiredOption('--at <date>', 'day whose close it is, YYYY-MM-DD')
    .option('--price <number>', 'another price than the close')
    .option('--required-return <fraction>', 'a year (default: 0.09)')
    .option('--years <number>', 'of growth, two-stage model; shown for five more as well (default: 10)')
    .option('--payout <fraction>', 'of earnings while they grow (default: 0.5)')
    .option('--terminal-growth <fraction>', 'a year after that (default: 0.03)')
    .option('--terminal-payout <fraction>', 'of earnings after that (default: 0.8)')
    .option('--exit-multiple <number>', 'times earnings at which it is sold (default: 30)')
    .option('--growth <fraction>', 'of sales, forecast period and first year of the path (default: 0.5)')
    .option('--investment <number>', 'capital per unit of added sales (default: 0.5)')
    .option('--tax <fraction>', 'of operating profit (default: 0.15)')
    .option('--failure <fraction>', 'probability that it all fails (default: 0.05)')
    .option('--recovery <fraction>', 'what is left then (default: 0.2)')
    .option('--per-usd <number>', 'units of the currency per US dollar (default: 7.1)')
    .option('--statements <file>', STATEMENTS)
    .addHelpText(
      'after',
      examples(
        'value 688256 --at 2025-09-11',
        'value 688256 --at 2025-09-11 --price 1587.91 --required-return 0.1',
        'value NVDA --at 2025-09-12 --json',
      ),
    )
    .action(async (id: string, options: ValueOptions, command: Command) => {
      const { valueCommand } = await import('../commands/value.js');
      await valueCommand(id, options, contextFrom(command));
    });

  withOutput(root.command('earnings <id>'))
    .description('a report against a year ago in words that hold through zero, and the quality of its books')
    .requiredOption('--period <name>', 'year and span: 2025H1, 2025FY, 20259M')
    .option('--at <date>', 'as known at that close (default: the first that could know the report)')
    .option('--statements <file>', STATEMENTS)
    .addHelpText(
      'after',
      examples('earnings 688256 --period 2025H1', 'earnings 688256 --period 20259M --lang zh'),
    )
    .action(async (id: string, options: EarningsOptions, command: Command) => {
      const { earningsCommand } = await import('../commands/value.js');
      await earningsCommand(id, options, contextFrom(command));
    });

  withOutput(root.command('leaders'))
    .description('highest prices and the days one passed another, largest market values, returns of indices')
    .requiredOption('--by <kind>', 'price, cap or index')
    .requiredOption('--at <date>', 'day whose closes they are, YYYY-MM-DD')
    .option('--from <date>', 'first day of the window (default: thirty days before)')
    .option('--most <number>', 'how many (default: 10)')
    .option('--against <index>', 'with --by index: what the others are held against (default: csi-300)')
    .addHelpText(
      'after',
      examples(
        'leaders --by price --at 2025-08-28 --from 2025-08-01',
        'leaders --by cap --at 2025-09-12 --most 20',
        'leaders --by index --from 2025-07-31 --at 2025-08-29 --against sse-composite',
      ),
    )
    .action(async (options: LeadersOptions, command: Command) => {
      const { leadersCommand } = await import('../commands/leaders.js');
      await leadersCommand(options, contextFrom(command));
    });

  withOutput(root.command('lookthrough <fund>'))
    .description(
      'the securities behind a fund, also through the fund it holds; with --holders the other way round',
    )
    .requiredOption('--at <date>', 'day, YYYY-MM-DD')
    .option('--holders', 'the argument is a security: which funds hold it')
    .option(
      '--before <date>',
      'with --holders: what it was of them on an earlier day, such as that of a report',
    )
    .addHelpText(
      'after',
      examples(
        'lookthrough 588000 --at 2025-09-12',
        'lookthrough 011612 --at 2025-09-12 --json',
        'lookthrough 688256 --holders --at 2025-09-08 --before 2025-08-26',
      ),
    )
    .action(async (id: string, options: LookThroughOptions, command: Command) => {
      const { lookThroughCommand } = await import('../commands/leaders.js');
      await lookThroughCommand(id, options, contextFrom(command));
    });

  withOutput(root.command('check <file>'))
    .description(
      'claims in a text, English or Chinese: each right, stale, wrong, ambiguous or not checkable, with the figure',
    )
    .option('--date <date>', 'day the text was written, YYYY-MM-DD (default: read from the text)')
    .addHelpText(
      'after',
      examples(
        'check article.txt',
        'check - --date 2025-09-12 < article.txt',
        'check article.html --lang zh',
      ),
    )
    .action(async (file: string, options: CheckOptions, command: Command) => {
      const { checkCommand } = await import('../commands/check.js');
      await checkCommand(file, options, contextFrom(command));
    });
}
