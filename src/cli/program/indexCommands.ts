/** Commands about an index as a whole: its history, its weights, its rules. */
import type { Command } from 'commander';
import { contextFrom, examples, withOutput } from './commandOptions.js';
import type { BacktestOptions } from '../commands/backtest.js';
import type { InferOptions } from '../commands/infer.js';
import type { LevelOptions } from '../commands/level.js';
import type { WeighOptions } from '../commands/weigh.js';

/** Values of an option that may be given more than once. */
const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** `infer`, `level`, `backtest`, `weigh` and `rulebook`. */
export function addIndices(root: Command): void {
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
      const { inferCommand } = await import('../commands/infer.js');
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
      const { levelCommand } = await import('../commands/level.js');
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
      const { backtestCommand } = await import('../commands/backtest.js');
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
      const { weighCommand } = await import('../commands/weigh.js');
      await weighCommand(name, options, contextFrom(command));
    });

  const rulebook = root
    .command('rulebook')
    .description('show a rulebook, check a file, print the JSON Schema')
    .addHelpText('after', examples('rulebook show star-50', 'rulebook check my-rules.yaml'));
  withOutput(rulebook.command('show <rulebook>'))
    .description('every clause with validity, confidence and citation')
    .addHelpText('after', examples('rulebook show star-50', 'rulebook show star-50 --lang zh'))
    .action(async (name: string, _: unknown, command: Command) => {
      const { showRulebook } = await import('../commands/rulebook.js');
      await showRulebook(name, contextFrom(command));
    });
  withOutput(rulebook.command('check <file>'))
    .description('every fault of a rulebook file, each with its line')
    .addHelpText('after', examples('rulebook check my-rules.yaml'))
    .action(async (file: string, _: unknown, command: Command) => {
      const { checkRulebook } = await import('../commands/rulebook.js');
      await checkRulebook(file, contextFrom(command));
    });
  rulebook
    .command('schema')
    .description('the JSON Schema of rulebook files, for editors')
    .addHelpText('after', examples('rulebook schema > rulebook.schema.json'))
    .action(async () => {
      const { printRulebookSchema } = await import('../commands/rulebook.js');
      printRulebookSchema();
    });
}
