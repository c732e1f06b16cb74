/** Shapes of orders and accounts as they are sent. */
import { Type, type Static } from 'typebox';
import { CHANCE_KINDS, DAY_PARTS, LARGEST_CASH, MARKET_KINDS } from '../../core/index.js';
import { FILLS, HIGHEST_PRICE, MOST_SHARES } from '../../cli/orderArguments.js';
import { ClientId, isoDate, SecurityCode, STRICT } from './schemas.js';

/** Its letters may be Chinese, so they are looked at by the command line's own check. */
const AccountName = Type.String({ minLength: 1, maxLength: 64, description: 'letters, digits, - and _' });

export const AccountParams = Type.Object({ account: AccountName }, STRICT);

export const OrderParams = Type.Object(
  {
    account: AccountName,
    order: Type.String({ pattern: '^[1-9][0-9]{0,8}$', description: 'number of the order in this account' }),
  },
  STRICT,
);

const Price = Type.Number({
  exclusiveMinimum: 0,
  maximum: HIGHEST_PRICE,
  description: 'CNY, in whole hundredths',
});
const Shares = Type.Integer({ minimum: 1, maximum: MOST_SHARES, description: 'whole shares' });
const Fraction = Type.Number({ exclusiveMinimum: 0, maximum: 0.99 });
const Direction = Type.Enum(['at-least', 'at-most']);

const timeOfDay = (description: string) =>
  Type.String({ pattern: '^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$', description });

const Condition = Type.Union([
  Type.Object(
    { kind: Type.Literal('price'), security: SecurityCode, direction: Direction, threshold: Price },
    STRICT,
  ),
  Type.Object({ kind: Type.Literal('index'), direction: Direction, threshold: Price }, STRICT),
  Type.Object(
    {
      kind: Type.Literal('move'),
      security: Type.Optional(SecurityCode),
      fraction: Type.Number({
        minimum: -0.99,
        maximum: 10,
        description: 'from the last close; below 0 a fall. Without a security: of the index',
      }),
    },
    STRICT,
  ),
  Type.Object(
    { kind: Type.Literal('trail'), security: SecurityCode, direction: Direction, fraction: Fraction },
    STRICT,
  ),
  Type.Object(
    {
      kind: Type.Literal('clock'),
      from: timeOfDay('time of day'),
    },
    STRICT,
  ),
  Type.Object(
    {
      kind: Type.Literal('book'),
      of: Type.Enum(['bid', 'ask'], { description: 'shares at the best of them' }),
      security: SecurityCode,
      direction: Direction,
      threshold: Shares,
    },
    STRICT,
  ),
  Type.Object({ kind: Type.Literal('time'), from: isoDate('first session it works in') }, STRICT),
  Type.Object(
    {
      kind: Type.Literal('chance'),
      of: Type.Enum([...CHANCE_KINDS], { description: 'after the next review of the index' }),
      security: SecurityCode,
      direction: Direction,
      threshold: Type.Number({ minimum: 0, maximum: 1 }),
    },
    STRICT,
  ),
]);

const Stop = Type.Union([Type.Object({ at: Price }, STRICT), Type.Object({ trail: Fraction }, STRICT)]);

const TERMS = {
  security: SecurityCode,
  side: Type.Enum(['buy', 'sell']),
  quantity: Shares,
  limit: Type.Optional(Price),
  validity: Type.Optional(
    Type.Enum(['day', 'open'], { description: 'day unless told otherwise: dies with its first session' }),
  ),
  condition: Type.Optional(Condition),
  kind: Type.Optional(
    Type.Enum([...MARKET_KINDS], {
      description: 'of a market order; the limit is then its protection price',
    }),
  ),
  during: Type.Optional(Type.Enum([...DAY_PARTS], { description: 'the one part of the day it is for' })),
  peak: Type.Optional(Shares),
  exit: Type.Optional(
    Type.Object(
      { takeProfit: Type.Optional(Price), stop: Type.Optional(Stop) },
      {
        ...STRICT,
        description: 'ways out: placed with a purchase; of a sale, the sale itself',
      },
    ),
  ),
  slices: Type.Optional(
    Type.Array(Type.Object({ session: isoDate('one session'), quantity: Shares }, STRICT), {
      minItems: 1,
      maxItems: 60,
      description: 'the order in parts that add up to it, each for one session',
    }),
  ),
};

const Fills = Type.Enum([...FILLS], {
  description: 'where orders trade: at closes, unless told otherwise, or within the session',
});

export const PreviewBody = Type.Object(TERMS, STRICT);
export const PlaceBody = Type.Object({ clientId: ClientId, ...TERMS }, STRICT);
export const DryRunBody = Type.Object(
  {
    ...TERMS,
    from: isoDate('session after whose close it is placed'),
    to: Type.Optional(isoDate('last session; the last one held unless told otherwise')),
    fills: Type.Optional(Fills),
  },
  STRICT,
);
export const ReplaceBody = Type.Object(
  { clientId: ClientId, quantity: Type.Optional(Shares), limit: Type.Optional(Price) },
  STRICT,
);
export const OpenBody = Type.Object(
  {
    cash: Type.Number({ exclusiveMinimum: 0, maximum: LARGEST_CASH, description: 'CNY' }),
    day: isoDate('session whose close it knows first'),
    participation: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'largest share of a session’s volume that its orders take; no limit unless given',
      }),
    ),
    fills: Type.Optional(Fills),
    flows: Type.Optional(
      Type.Boolean({
        description: 'within the session: the forecast flow of index funds is in closing auctions',
      }),
    ),
  },
  STRICT,
);
export const AdvanceBody = Type.Object(
  {
    to: isoDate('last session'),
    time: Type.Optional(timeOfDay('of that session: the clock stops there; absent, at its end')),
  },
  STRICT,
);

const Document = Type.Object({}, { additionalProperties: true });
export const CHANGED = { 200: Document } as const;
export const MADE = { 200: Document, 201: Document } as const;

export type OrderTermsSent = Static<typeof PreviewBody>;
