/** The commands about simulated markets. */
import type { Command } from 'commander';
import { contextFrom, examples, withOutput } from './commandOptions.js';
import type { RehearseOptions } from './commands/rehearse.js';

export function addSimulation(root: Command): void {
  withOutput(root.command('rehearse'))
    .description('the swap close many times over, with the forecast trade in the book, beside what happened')
    .requiredOption('--security <code>', 'a code of the data set, such as 688256')
    .requiredOption('--effective <date>', 'effective date of the review, YYYY-MM-DD')
    .option(
      '--known-at <date>',
      'use only what was known on that evening (default: that before the swap close)',
    )
    .option('--runs <number>', 'simulated closes (default: 200)')
    .option('--seed <number>', 'same seed, same bytes (default: 1)')
    .option('--at-close <fraction>', 'part of the flow in the closing auction (default: 0.8)')
    .option('--arbitrageurs <number>', 'who know the flow and come prepared (default: 3)')
    .option('--assets <amount>', 'tracked assets to use, such as 180bn or 1800亿')
    .addHelpText(
      'after',
      examples(
        'rehearse --security 688256 --effective 2025-09-15',
        'rehearse --security 688256 --effective 2025-09-15 --at-close 1 --arbitrageurs 0 --json',
      ),
    )
    .action(async (options: RehearseOptions, command: Command) => {
      const { rehearseCommand } = await import('./commands/rehearse.js');
      await rehearseCommand(options, contextFrom(command));
    });
}
