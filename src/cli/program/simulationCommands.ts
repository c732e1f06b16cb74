/** The commands about simulated markets. */
import type { Command } from 'commander';
import { contextFrom, examples, withOutput } from './commandOptions.js';
import type { RehearseOptions } from '../commands/rehearse.js';
import type { SimulateFactsOptions } from '../commands/simulateFacts.js';
import type { SimulateSessionOptions } from '../commands/simulateSession.js';
import type { SimulateMarketOptions } from '../commands/simulateMarket.js';

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
      const { rehearseCommand } = await import('../commands/rehearse.js');
      await rehearseCommand(options, contextFrom(command));
    });

  const simulate = root.command('simulate').description('model markets on the order book of this program');
  withOutput(simulate.command('market'))
    .description('active and passive investors around one forced trade, over a grid of what they are')
    .option('--passive <list>', 'shares of the float that index funds hold (default: 0.1,0.3,0.5)')
    .option('--arbitrageurs <list>', 'who know the flow five sessions before (default: 0,1,4)')
    .option('--flow <list>', 'of what the funds hold, sales negative (default: -0.02)')
    .option('--at-close <fraction>', 'part of the flow in the closing auction (default: 1)')
    .option('--elasticity <number>', 'of an active holder whom no other answers (default: 2)')
    .option('--response <number>', 'how much active investors answer each other (default: 2)')
    .option('--volatility <fraction>', 'of the value in a day (default: 0.02)')
    .option('--runs <number>', 'per point, each beside one without the flow (default: 50)')
    .option('--seed <number>', 'same seed, same bytes (default: 1)')
    .addHelpText(
      'after',
      examples('simulate market', 'simulate market --passive 0.2 --arbitrageurs 0,1,2,4,8 --runs 500 --json'),
    )
    .action(async (options: SimulateMarketOptions, command: Command) => {
      const { simulateMarketCommand } = await import('../commands/simulateMarket.js');
      await simulateMarketCommand(options, contextFrom(command));
    });

  withOutput(simulate.command('facts'))
    .description('order-driven markets in published settings, held to the facts of real ones')
    .option('--market <name>', 'one of them (default: all)')
    .option('--grid', 'every combination of their parameters instead, one run each')
    .option('--runs <number>', 'seeds of each (default: 5)')
    .option('--seed <number>', 'the first of them (default: 1)')
    .addHelpText(
      'after',
      examples(
        'simulate facts',
        'simulate facts --market pams-validation --runs 240',
        'simulate facts --grid',
      ),
    )
    .action(async (options: SimulateFactsOptions, command: Command) => {
      const { simulateFactsCommand } = await import('../commands/simulateFacts.js');
      await simulateFactsCommand(options, contextFrom(command));
    });

  withOutput(simulate.command('session'))
    .description(
      'a day of the past made of its daily bar: minutes that open, reach high and low, and close as it did',
    )
    .requiredOption('--security <code>', 'a code with daily bars, such as 688256')
    .requiredOption('--date <date>', 'session, YYYY-MM-DD')
    .option(
      '--closing-share <fraction>',
      'of the volume in the closing auction; none is published (default: 0.02)',
    )
    .option('--seed <number>', 'same seed, same bytes (default: 1)')
    .addHelpText('after', examples('simulate session --security 688256 --date 2025-09-12'))
    .action(async (options: SimulateSessionOptions, command: Command) => {
      const { simulateSessionCommand } = await import('../commands/simulateSession.js');
      await simulateSessionCommand(options, contextFrom(command));
    });
}
