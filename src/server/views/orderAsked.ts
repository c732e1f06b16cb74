/** An order as it was sent, against the data: codes that are held, prices in whole fen, dates of sessions. */
import {
  fenOf,
  InputError,
  isWholeFen,
  type Condition,
  type Day,
  type Fen,
  type IndexData,
  type Issue,
  type OrderRequest,
} from '../../core/index.js';
import { movedFrom, parseClock } from '../../cli/orderArguments.js';
import type { OrderTermsSent } from '../http/orderSchemas.js';
import { dayOfText } from '../http/schemas.js';
import { securityAsked } from './securityAsked.js';

/**
 * @param day of the account, whose close is the last it knows
 * @throws InputError with every price that is no price, `unknown_security`
 */
export function orderAsked(
  data: IndexData,
  sent: OrderTermsSent,
  clientId: string | undefined,
  day: Day,
): OrderRequest {
  const { side, quantity, limit, validity, condition, exit, slices, kind, during, peak } = sent;
  refuseIssues([...priceIssues(sent), ...exitIssues(sent), ...sliceIssues(sent)]);
  return {
    side,
    quantity,
    ...(kind !== undefined && { kind }),
    ...(during !== undefined && { during }),
    ...(peak !== undefined && { peak }),
    limit: priceOf(limit),
    validity: validity ?? 'day',
    clientId,
    security: securityAsked(data, sent.security),
    condition: condition === undefined ? undefined : conditionAsked(data, condition, day),
    exit: exit && {
      takeProfit: priceOf(exit.takeProfit),
      stop: exit.stop && ('at' in exit.stop ? { at: fenOf(exit.stop.at) } : exit.stop),
    },
    slices: slices?.map((slice) => ({
      session: dayOfText('slices', slice.session),
      quantity: slice.quantity,
    })),
  };
}

/** @throws InputError */
export function priceAsked(path: string, price: number): Fen {
  refuseIssues(isWholeFen(price) ? [] : [issue(path, price, HUNDREDTHS)]);
  return fenOf(price);
}

const priceOf = (price: number | undefined): Fen | undefined =>
  price === undefined ? undefined : fenOf(price);

function conditionAsked(
  data: IndexData,
  sent: NonNullable<OrderTermsSent['condition']>,
  day: Day,
): Condition {
  switch (sent.kind) {
    case 'time':
      return { kind: 'time', from: dayOfText('condition.from', sent.from) };
    case 'clock':
      return { kind: 'clock', from: parseClock(sent.from) as number };
    case 'index':
      return sent;
    case 'move': {
      const { fraction, security } = sent;
      const move = {
        direction: fraction < 0 ? 'at-most' : 'at-least',
        factor: 1 + fraction,
        security: security === undefined ? undefined : securityAsked(data, security),
      } as const;
      return movedFrom(data, move, day);
    }
    default:
      return { ...sent, security: securityAsked(data, sent.security) };
  }
}

const HUNDREDTHS = 'a price in whole hundredths, such as 1234.56';

function priceIssues({ limit, exit }: OrderTermsSent): Issue[] {
  const prices = {
    limit,
    'exit.takeProfit': exit?.takeProfit,
    'exit.stop.at': exit?.stop && 'at' in exit.stop ? exit.stop.at : undefined,
  };
  return Object.entries(prices).flatMap(([path, price]) =>
    price === undefined || isWholeFen(price) ? [] : [issue(path, price, HUNDREDTHS)],
  );
}

function exitIssues({ side, exit, limit, condition }: OrderTermsSent): Issue[] {
  if (exit === undefined) return [];
  const { takeProfit, stop } = exit;
  if (takeProfit === undefined && stop === undefined)
    return [issue('exit', undefined, 'takeProfit, stop or both')];
  if (side === 'buy') return [];
  const whole = takeProfit !== undefined && stop !== undefined;
  return [
    ...(whole ? [] : [issue('exit', undefined, 'of a sale takeProfit and stop together')]),
    ...(limit === undefined ? [] : [issue('limit', limit, 'none: takeProfit is the limit of the sale')]),
    ...(condition === undefined ? [] : [issue('condition', undefined, 'none beside the ways out of a sale')]),
  ];
}

function sliceIssues({ slices, quantity, condition, exit }: OrderTermsSent): Issue[] {
  if (slices === undefined) return [];
  const total = slices.reduce((sum, slice) => sum + slice.quantity, 0);
  return [
    ...(total === quantity ? [] : [issue('slices', total, `parts that add up to ${quantity}`)]),
    ...(condition === undefined && exit === undefined
      ? []
      : [issue('slices', undefined, 'no condition and no exit beside them')]),
  ];
}

const issue = (path: string, value: unknown, expected: string): Issue => ({
  code: 'invalid_argument',
  path,
  ...(value === undefined ? {} : { value }),
  expected,
});

function refuseIssues(issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  const count = issues.length === 1 ? '1 problem' : `${issues.length} problems`;
  throw new InputError('invalid_argument', `${count} with the order`, issues);
}
