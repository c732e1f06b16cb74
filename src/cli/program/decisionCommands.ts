/** Commands about a trade: what it does to the price, what happened around a day, when to trade, what it cost. */
import type { Command } from 'commander';
import { contextFrom, examples, withOutput, withReview } from './commandOptions.js';
import type { ImpactOptions } from '../commands/impact.js';
import type { ScheduleOptions } from '../commands/schedule.js';
import type { StudyOptions } from '../commands/study.js';
import type { TcaOptions } from '../commands/tca.js';

/** `impact`, `study`, `schedule` and `tca`. */
export function addDecisions(root: Command): void {
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
      const { impactCommand } = await import('../commands/impact.js');
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
      const { studyCommand } = await import('../commands/study.js');
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
      const { scheduleCommand } = await import('../commands/schedule.js');
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
      const { tcaCommand } = await import('../commands/tca.js');
      await tcaCommand(file, options, contextFrom(command));
    });
}
