/** The commands of paper accounts and their orders. */
import type { Command } from 'commander';
import { MARKET_KINDS } from '../../core/index.js';
import { contextFrom, examples, withOutput } from './commandOptions.js';
import type { AdvanceOptions, BookOptions, OpenOptions } from '../commands/account.js';
import type { CancelOptions, DryRunOptions, PlaceOptions, ReplaceOptions } from '../commands/order.js';

export function addTrading(root: Command): void {
  const account = root
    .command('account')
    .description('paper accounts: cash, positions, ledger, replayed on the closes of the data set')
    .addHelpText('after', examples('account open demo --cash 10m --on 2025-09-05', 'account show demo'));
  withOutput(account.command('open <name>'))
    .description('a new account after the close of a session')
    .requiredOption('--cash <amount>', 'what it starts with, such as 10m')
    .requiredOption('--on <date>', 'session whose close it knows first, YYYY-MM-DD')
    .option(
      '--participation <share>',
      'largest share of a session’s volume that its orders take, such as 0.1',
    )
    .option('--fills <where>', 'close: orders trade at closes; session: within the session', 'close')
    .option('--flows', 'within the session: the forecast flow of index funds is in closing auctions')
    .action(async (name: string, options: OpenOptions, command: Command) => {
      const { openAccount } = await import('../commands/account.js');
      await openAccount(name, options, contextFrom(command));
    });
  withOutput(account.command('list'))
    .description('every account')
    .action(async (_: unknown, command: Command) => {
      const { listAccounts } = await import('../commands/account.js');
      await listAccounts(contextFrom(command));
    });
  withOutput(account.command('show <name>'))
    .description('cash, positions at the last close or price, orders')
    .action(async (name: string, _: unknown, command: Command) => {
      const { showAccount } = await import('../commands/account.js');
      await showAccount(name, contextFrom(command));
    });
  withOutput(account.command('advance <name>'))
    .description('lets sessions pass: orders trade, conditions are met, dividends and bonus shares come in')
    .option(
      '--to <date>',
      'last session, YYYY-MM-DD; within the session also a time of it: "YYYY-MM-DD HH:MM"',
    )
    .option('--by <minutes>', 'within the session, so long: 30m')
    .action(async (name: string, options: AdvanceOptions, command: Command) => {
      const { advanceAccount } = await import('../commands/account.js');
      await advanceAccount(name, options, contextFrom(command));
    });
  withOutput(account.command('book <name>'))
    .description('the order book of a security at a minute of a session it has seen')
    .requiredOption('--security <code>', 'code, such as 688256')
    .option('--on <date>', 'session; the last one it has seen unless told otherwise')
    .option('--at <time>', 'time of day, HH:MM', '15:00')
    .action(async (name: string, options: BookOptions, command: Command) => {
      const { accountBookCommand } = await import('../commands/account.js');
      await accountBookCommand(name, options, contextFrom(command));
    });
  withOutput(account.command('statement <name>'))
    .description('every line of the ledger; --xlsx and --pdf with days, positions and fills')
    .option('--pdf <file>', 'the whole statement as a PDF file')
    .action(async (name: string, options: { pdf?: string }, command: Command) => {
      const { accountStatement } = await import('../commands/account.js');
      await accountStatement(name, options, contextFrom(command));
    });

  const order = root
    .command('order')
    .description(
      'orders of a paper account, for the session after its day, or the one that its clock stands in',
    )
    .addHelpText(
      'after',
      examples(
        'order place --account demo --security 688256 --side buy --quantity 200 --limit 1300',
        'order place --account demo --security 688256 --side sell --quantity 200 --when "688256>=1500" --open',
      ),
    );
  const ofAccount = (command: Command): Command =>
    withOutput(command).requiredOption('--account <name>', 'paper account');
  ofAccount(withTerms(order.command('place')))
    .description('a limit order, or a market order without --limit; a rejection names the nearest order')
    .option('--client-id <text>', 'your own name for it: sent twice, it is one order')
    .action(async (options: PlaceOptions, command: Command) => {
      const { placeCommand } = await import('../commands/order.js');
      await placeCommand(options, contextFrom(command));
    });
  ofAccount(withTerms(order.command('preview')))
    .description('what it would cost and do to the price, and what is against it; places nothing')
    .action(async (options: PlaceOptions, command: Command) => {
      const { previewCommand } = await import('../commands/order.js');
      await previewCommand(options, contextFrom(command));
    });
  withOutput(withTerms(order.command('dry-run')))
    .description('an order tried over history: when its condition would have come true, and what of it')
    .requiredOption('--from <date>', 'session after whose close it is placed')
    .option('--to <date>', 'last session; the last one held unless told otherwise')
    .option('--fills <where>', 'close or session, as of account open', 'close')
    .action(async (options: DryRunOptions, command: Command) => {
      const { dryRunCommand } = await import('../commands/order.js');
      await dryRunCommand(options, contextFrom(command));
    });
  ofAccount(order.command('cancel'))
    .description('takes an open order back')
    .requiredOption('--order <number>', 'number of the order')
    .action(async (options: CancelOptions, command: Command) => {
      const { cancelCommand } = await import('../commands/order.js');
      await cancelCommand(options, contextFrom(command));
    });
  ofAccount(order.command('replace'))
    .description('another quantity or price for an open order, under a new number')
    .requiredOption('--order <number>', 'number of the order')
    .option('--quantity <shares>', 'whole shares')
    .option('--limit <price>', 'CNY')
    .option('--client-id <text>', 'your own name for the new order')
    .action(async (options: ReplaceOptions, command: Command) => {
      const { replaceCommand } = await import('../commands/order.js');
      await replaceCommand(options, contextFrom(command));
    });
  ofAccount(order.command('list'))
    .description('every order of an account')
    .option('--open', 'only those that are still open')
    .action(async (options: { account: string; open?: boolean }, command: Command) => {
      const { listOrders } = await import('../commands/order.js');
      await listOrders(options, contextFrom(command));
    });
}

/** What an order is, whether it is placed or only tried. */
const withTerms = (command: Command): Command =>
  command
    .requiredOption('--security <code>', 'code, such as 688256')
    .requiredOption('--side <side>', 'buy or sell')
    .requiredOption('--quantity <shares>', 'whole shares')
    .option('--limit <price>', 'highest price of a purchase, lowest of a sale, CNY')
    .option(
      '--when <condition>',
      'what it waits for: CODE>=PRICE, CODE<=-5%, CODE<=high-5%, star-50>=POINTS, "from DATE", "in(CODE)>=50%"; within the session also "from 10:30", "bid(CODE)>=20000"',
    )
    .option('--take-profit <price>', 'where the shares are sold at a gain')
    .option('--stop <price>', 'close at which they are sold at a loss, or such as 5% below the highest close')
    .option('--kind <kind>', `within the session, a market order: ${MARKET_KINDS.join(', ')}`)
    .option('--at <part>', 'within the session, its one part: open, close or after-hours')
    .option('--peak <shares>', 'within the session, how much of it is shown at a time')
    .option('--schedule <file>', 'in parts, as schedule --json printed them')
    .option('--open', 'stays until it is cancelled; without it the order dies with its session');
