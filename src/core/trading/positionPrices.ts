/** What positions of an account are valued at: the last close, or where its clock stands in a session the newest price of that. */
import type { Day, SecurityId } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { formatDay } from '../calendar/day.js';
import type { Fen } from '../exchange/fen.js';
import { pricesByNow, type AccountHistory } from './orderEntry.js';
import { clockMinute } from './sessionClock.js';
import { exPrice, lastClose, type TradedMarket } from './tradingDay.js';

export interface PositionPrice {
  readonly price: Fen;
  /** Day of the close that it is; `undefined` for a price of the session so far. */
  readonly closeOf: Day | undefined;
}

/** By security held; of one without any close none. @throws Refusal `session_differs` */
export function positionPrices(
  history: AccountHistory,
  traded: TradedMarket,
): ReadonlyMap<SecurityId, PositionPrice> {
  const { balances, day, running } = history.account;
  const held = [...balances.holdings.keys()];
  const byNow = pricesByNow(history, traded, held);
  return new Map(
    held.flatMap((id): [SecurityId, PositionPrice][] => {
      const now = byNow.get(id);
      if (now !== undefined) return [[id, { price: now, closeOf: undefined }]];
      const last = lastClose(traded.market, id, day);
      if (last === undefined) return [];
      const price =
        running === undefined ? last.close : exPrice(traded, id, last.day, running.day, last.close);
      return [[id, { price, closeOf: last.day }]];
    }),
  );
}

/** Said of an account whose clock stands within a session: what its figures know, and what they are made of. */
export function clockFindings(
  { account: { running } }: AccountHistory,
  prices: ReadonlyMap<SecurityId, PositionPrice>,
): Finding[] {
  if (running === undefined) return [];
  const [time, day] = [clockMinute(running.at), formatDay(running.day)];
  const closes = [...prices].flatMap(([id, { closeOf }]) =>
    closeOf === undefined
      ? []
      : [
          {
            code: 'valued_at_close',
            subject: id,
            message: `no price of ${day} by ${time} is known; valued at the close of ${formatDay(closeOf)}`,
          },
        ],
  );
  return [
    {
      code: 'clock_within',
      subject: 'paper exchange',
      message: `the clock stands at ${time} of ${day}: positions are valued at the newest prices by then, and nothing later is shown; the way up to then was drawn with the whole day's bar, so its range and volume fit what is still to come, and so does a queue at a price limit`,
    },
    ...closes,
  ];
}
