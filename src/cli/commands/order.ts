/** `order place | preview | dry-run | cancel | replace | list`: orders of a paper account for the next session, or the one it is in. */
import {
  dryRun,
  openOrders,
  panelRange,
  previewOrder,
  requestCancel,
  requestOrder,
  requestReplacement,
  type AccountEvent,
  type Day,
  type IndexData,
  type OrderRequest,
} from '../../core/index.js';
import { chancesOn } from '../chancesOn.js';
import { argumentError, dayArgument, together, type Context } from '../context.js';
import {
  conditionArgument,
  exitArgument,
  FILLS,
  oneOf,
  orderArgument,
  priceArgument,
  quantityArgument,
  securityArgument,
  sessionTermsArgument,
  sideArgument,
} from '../orderArguments.js';
import { emit } from '../output.js';
import { barsIn, sessionPaths, marketOf } from '../sessionPaths.js';
import { readSchedule } from '../scheduleFile.js';
import { dryRunResult } from '../results/dryRunResult.js';
import { ordersResult } from '../results/ordersResult.js';
import { previewResult } from '../results/previewResult.js';
import { accountName, appendTo, loadTraded, recordEntries, tradedMarket, withAccounts } from '../trading.js';

export interface PlaceOptions {
  readonly account: string;
  readonly security: string;
  readonly side: string;
  readonly quantity: string;
  readonly limit?: string;
  readonly when?: string;
  readonly takeProfit?: string;
  readonly stop?: string;
  /** A file of `schedule --json`. */
  readonly schedule?: string;
  readonly open?: boolean;
  readonly clientId?: string;
  readonly kind?: string;
  readonly at?: string;
  readonly peak?: string;
}

export async function placeCommand(options: PlaceOptions, context: Context): Promise<void> {
  const name = accountName(options.account);
  const asked = await requestOf(options);
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const marketNow = await marketOf(data, store.read(name).account, barsIn(context.datasetsFolder));
    let ids: readonly number[] = [];
    const { account } = appendTo(store, name, (held) => {
      const { orders, events } = requestOrder(held, marketNow(held.account), asked(data, held.account.day));
      ids = orders.map(({ id }) => id);
      return events;
    });
    await emit(ordersResult(name, account, data, context.language, ids), context);
  });
}

export async function previewCommand(options: PlaceOptions, context: Context): Promise<void> {
  const name = accountName(options.account);
  const asked = await requestOf(options);
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const held = store.read(name);
    const { account } = held;
    const request = asked(data, account.day);
    const marketNow = await marketOf(data, account, barsIn(context.datasetsFolder));
    const preview = previewOrder(held, marketNow(account), request);
    await emit(previewResult(name, account, request, preview, context.language), context);
  });
}

export interface DryRunOptions extends Omit<PlaceOptions, 'account' | 'clientId'> {
  readonly from: string;
  readonly to?: string;
  readonly fills: string;
}

/** Needs no account: whoever tries it has the shares and the cash. */
export async function dryRunCommand(options: DryRunOptions, context: Context): Promise<void> {
  const from = dayArgument('--from', options.from);
  const given = options.to === undefined ? undefined : dayArgument('--to', options.to);
  const fills = oneOf('--fills', options.fills, FILLS);
  const asked = await requestOf(options);
  const data = await loadTraded(context);
  const to = given ?? panelRange(data.market.prices).last;
  const request = asked(data, from);
  const evenings = { conditions: [request.condition], from, to };
  const chances = await chancesOn(data, recordEntries(context.recordFolder), evenings);
  const asks = { fills, flows: undefined };
  const { within } = await sessionPaths(data, asks, [from, to], barsIn(context.datasetsFolder));
  const run = dryRun(tradedMarket(data, { ...chances, ...within }), request, from, to, fills);
  await emit(dryRunResult(data, request, run, context.language), context);
}

/** What is typed, read together so that all that is wrong is said at once; the rest needs the data. */
async function requestOf(
  options: Omit<PlaceOptions, 'account'>,
): Promise<(data: IndexData, day: Day) => OrderRequest> {
  const { limit, takeProfit, stop, schedule } = options;
  const { session, ...terms } = together({
    side: () => sideArgument(options.side),
    quantity: () => quantityArgument(options.quantity),
    limit: () => (limit === undefined ? undefined : priceArgument('--limit', limit)),
    exit: () => exitArgument(takeProfit, stop),
    session: () => sessionTermsArgument(options),
  });
  if (terms.side === 'sell' && terms.exit !== undefined) {
    const whole = takeProfit !== undefined && stop !== undefined && limit === undefined;
    if (!whole || options.when !== undefined) {
      throw argumentError(
        '--take-profit',
        takeProfit ?? '',
        'of a sale --take-profit and --stop together, without --limit and --when',
      );
    }
  }
  if (schedule !== undefined && (options.when !== undefined || terms.exit !== undefined)) {
    throw argumentError('--schedule', schedule, 'no --when, --take-profit or --stop beside it');
  }
  const slices = schedule === undefined ? undefined : await readSchedule(schedule, terms.quantity);
  return (data, day) => ({
    ...terms,
    ...session,
    validity: options.open === true ? 'open' : 'day',
    clientId: options.clientId,
    security: securityArgument(data, '--security', options.security),
    condition: options.when === undefined ? undefined : conditionArgument(data, options.when, day),
    slices,
  });
}

export interface CancelOptions {
  readonly account: string;
  readonly order: string;
}

export async function cancelCommand(options: CancelOptions, context: Context): Promise<void> {
  const name = accountName(options.account);
  const id = orderArgument(options.order);
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const marketNow = await marketOf(data, store.read(name).account, barsIn(context.datasetsFolder));
    let ended: readonly AccountEvent[] = [];
    const { account } = appendTo(
      store,
      name,
      (held) => (ended = requestCancel(held, marketNow(held.account), id)),
    );
    const ids = ended.flatMap((event) => (event.kind === 'cancelled' ? [event.order] : []));
    await emit(ordersResult(name, account, data, context.language, ids), context);
  });
}

export interface ReplaceOptions extends CancelOptions {
  readonly quantity?: string;
  readonly limit?: string;
  readonly clientId?: string;
}

/** The old order goes and the new one comes in one step, or neither does. */
export async function replaceCommand(options: ReplaceOptions, context: Context): Promise<void> {
  const name = accountName(options.account);
  const id = orderArgument(options.order);
  const quantity = options.quantity === undefined ? undefined : quantityArgument(options.quantity);
  const limit = options.limit === undefined ? undefined : priceArgument('--limit', options.limit);
  if (quantity === undefined && limit === undefined) {
    throw argumentError('--quantity', '', 'a new quantity, or --limit with a new price, or both');
  }
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const marketNow = await marketOf(data, store.read(name).account, barsIn(context.datasetsFolder));
    let ids: readonly number[] = [];
    const { account } = appendTo(store, name, (held) => {
      const change = { quantity, limit: limit ?? 'same', clientId: options.clientId } as const;
      const { orders, events } = requestReplacement(held, marketNow(held.account), id, change);
      ids = [id, ...orders.map((order) => order.id)];
      return events;
    });
    await emit(ordersResult(name, account, data, context.language, ids), context);
  });
}

export async function listOrders(
  options: { readonly account: string; readonly open?: boolean },
  context: Context,
): Promise<void> {
  const name = accountName(options.account);
  const data = await loadTraded(context);
  await withAccounts(context, async (store) => {
    const { account } = store.read(name);
    const shown = options.open === true ? openOrders(account).map(({ order }) => order.id) : undefined;
    await emit(ordersResult(name, account, data, context.language, shown), context);
  });
}
