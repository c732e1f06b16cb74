/** The commands of paper accounts and their orders. */
import type { Command } from 'commander';
import { contextFrom, examples, withOutput } from './commandOptions.js';
import type { OpenOptions } from './commands/account.js';
import type { CancelOptions, PlaceOptions, ReplaceOptions } from './commands/order.js';

export function addTrading(root: Command): void {
  const account = root
    .command('account')
    .description('paper accounts: cash, positions, ledger, replayed on the closes of the data set')
    .addHelpText('after', examples('account open demo --cash 10m --on 2025-09-05', 'account show demo'));
  withOutput(account.command('open <name>'))
    .description('a new account after the close of a session')
    .requiredOption('--cash <amount>', 'what it starts with, such as 10m')
    .requiredOption('--on <date>', 'session whose close it knows first, YYYY-MM-DD')
    .action(async (name: string, options: OpenOptions, command: Command) => {
      const { openAccount } = await import('./commands/account.js');
      await openAccount(name, options, contextFrom(command));
    });
  withOutput(account.command('list'))
    .description('every account')
    .action(async (_: unknown, command: Command) => {
      const { listAccounts } = await import('./commands/account.js');
      await listAccounts(contextFrom(command));
    });
  withOutput(account.command('show <name>'))
    .description('cash, positions at the last close, orders')
    .action(async (name: string, _: unknown, command: Command) => {
      const { showAccount } = await import('./commands/account.js');
      await showAccount(name, contextFrom(command));
    });
  withOutput(account.command('advance <name>'))
    .description('lets sessions pass: orders trade, conditions are met, dividends and bonus shares come in')
    .requiredOption('--to <date>', 'last session, YYYY-MM-DD')
    .action(async (name: string, options: { to: string }, command: Command) => {
      const { advanceAccount } = await import('./commands/account.js');
      await advanceAccount(name, options, contextFrom(command));
    });
  withOutput(account.command('statement <name>'))
    .description('every line of the ledger; --csv and --xlsx for spreadsheets')
    .action(async (name: string, _: unknown, command: Command) => {
      const { accountStatement } = await import('./commands/account.js');
      await accountStatement(name, contextFrom(command));
    });

  const order = root
    .command('order')
    .description('orders of a paper account, for the session after its day')
    .addHelpText(
      'after',
      examples(
        'order place --account demo --security 688256 --side buy --quantity 200 --limit 1300',
        'order place --account demo --security 688256 --side sell --quantity 200 --when "688256>=1500" --open',
      ),
    );
  const ofAccount = (command: Command): Command =>
    withOutput(command).requiredOption('--account <name>', 'paper account');
  ofAccount(order.command('place'))
    .description('a limit order, or a market order without --limit; a rejection names the nearest order')
    .requiredOption('--security <code>', 'code, such as 688256')
    .requiredOption('--side <side>', 'buy or sell')
    .requiredOption('--quantity <shares>', 'whole shares')
    .option('--limit <price>', 'highest price of a purchase, lowest of a sale, CNY')
    .option('--when <condition>', 'a close it waits for: CODE>=PRICE, CODE<=PRICE, star-50>=POINTS')
    .option('--open', 'stays until it is cancelled; without it the order dies with its session')
    .option('--client-id <text>', 'your own name for it: sent twice, it is one order')
    .action(async (options: PlaceOptions, command: Command) => {
      const { placeCommand } = await import('./commands/order.js');
      await placeCommand(options, contextFrom(command));
    });
  ofAccount(order.command('cancel'))
    .description('takes an open order back')
    .requiredOption('--order <number>', 'number of the order')
    .action(async (options: CancelOptions, command: Command) => {
      const { cancelCommand } = await import('./commands/order.js');
      await cancelCommand(options, contextFrom(command));
    });
  ofAccount(order.command('replace'))
    .description('another quantity or price for an open order, under a new number')
    .requiredOption('--order <number>', 'number of the order')
    .option('--quantity <shares>', 'whole shares')
    .option('--limit <price>', 'CNY')
    .action(async (options: ReplaceOptions, command: Command) => {
      const { replaceCommand } = await import('./commands/order.js');
      await replaceCommand(options, contextFrom(command));
    });
  ofAccount(order.command('list'))
    .description('every order of an account')
    .option('--open', 'only those that are still open')
    .action(async (options: { account: string; open?: boolean }, command: Command) => {
      const { listOrders } = await import('./commands/order.js');
      await listOrders(options, contextFrom(command));
    });
}
