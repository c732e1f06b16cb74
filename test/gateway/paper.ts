/** A paper account on a made-up market, kept in memory, and the same account at the other end of a FIX session. */
import { paperGateway, type AccountLog } from '../../src/core/gateway/paperGateway.js';
import type { OrderGateway } from '../../src/core/gateway/orderGateway.js';
import { sessionCalendar } from '../../src/core/calendar/sessions.js';
import {
  accountOf,
  clockTime,
  factTable,
  fen,
  OperationalError,
  parseDay,
  pricePanel,
  replayTo,
  securityId,
  USUAL_COMMISSION,
  type Account,
  type AccountEvent,
  type Day,
  type QuotedPath,
  type TradedMarket,
} from '../../src/core/index.js';
import { openFixStore, type FixRefusal } from '../../src/data/fixStore.js';
import { startAcceptor, type FixClient } from '../../src/gateway/acceptor.js';
import { startInitiator } from '../../src/gateway/initiator.js';

export const FIRST = parseDay('2025-01-01') as Day;
export const SECURITY = securityId('688001');
/** Closes of six sessions, fen; the first is known when the account opens. */
const CLOSES = [10_000, 10_500, 9_900, 11_000, 11_500, 10_000];

const traded: TradedMarket = {
  market: {
    securities: [
      {
        id: SECURITY,
        nameZh: 'x',
        nameEn: 'x',
        nameShort: 'x',
        market: 'XSHG',
        board: 'STAR',
        kind: 'share',
        listed: (FIRST - 100) as Day,
      },
    ],
    prices: pricePanel([SECURITY], [CLOSES.length], {
      day: Int32Array.from(CLOSES, (_, i) => FIRST + i),
      close: Float64Array.from(CLOSES, (close) => close / 100),
      value: new Float64Array(CLOSES.length).fill(1e12),
      quality: new Uint8Array(CLOSES.length),
    }),
    facts: factTable([]),
    calendar: sessionCalendar(
      'XSHG',
      CLOSES.map((_, i) => FIRST + i),
    ),
  },
  actions: [],
  dividends: [],
  rights: [],
  levels: new Map(),
  pathOn: (_, session) => sessionOf(CLOSES[session - FIRST - 1], CLOSES[session - FIRST]),
};

/** From the close before to that of the day in four steps, 10,000 shares each time. */
function sessionOf(from: number, to: number): QuotedPath {
  const same = (shares: number) => new Int32Array(5).fill(shares);
  const clocks = [clockTime(9, 25), clockTime(10, 0), clockTime(11, 0), clockTime(14, 0), clockTime(15, 0)];
  return {
    clocks: Int32Array.from(clocks),
    prices: Int32Array.from(clocks, (_, i) => Math.round(from + ((to - from) * i) / 4)),
    volumes: same(10_000),
    bids: same(1000),
    asks: same(1000),
  };
}

export interface Paper {
  readonly events: () => readonly AccountEvent[];
  readonly gateway: OrderGateway;
  readonly account: () => Account;
  /** Lets sessions pass up to so many days after the first, or to a time of the last one. */
  readonly advance: (days: number, time?: number) => void;
}

/** How it is opened: with a largest share of a session's volume, or to trade within the session. */
export type Opening = Pick<Extract<AccountEvent, { readonly kind: 'opened' }>, 'participation' | 'fills'>;

export function paperAccount(name: string, opening: Opening = {}): Paper {
  let events: readonly AccountEvent[] = [
    {
      kind: 'opened',
      day: FIRST,
      cash: fen(1_000_000_000),
      commission: USUAL_COMMISSION,
      ...opening,
    },
  ];
  const log: AccountLog = {
    read: () => ({ events, account: accountOf(events) }),
    append: (after, more) => {
      if (after !== events.length) throw new OperationalError('account_changed', 'changed', true);
      // As the file would give it back.
      events = [...events, ...(JSON.parse(JSON.stringify(more)) as AccountEvent[])];
    },
  };
  return {
    events: () => events,
    account: () => accountOf(events),
    gateway: paperGateway(name, log, () => traded),
    advance: (days, time) => log.append(events.length, replayTo(events, traded, (FIRST + days) as Day, time)),
  };
}

export interface Served {
  readonly port: number;
  readonly refusals: readonly FixRefusal[];
  readonly close: () => Promise<void>;
}

export async function served(
  folder: string,
  clients: ReadonlyMap<string, FixClient>,
  admits: (password: string) => boolean = () => true,
): Promise<Served> {
  const store = openFixStore(folder);
  const refusals: FixRefusal[] = [];
  const acceptor = await startAcceptor({
    host: '127.0.0.1',
    port: 0,
    name: 'SRV',
    clients,
    store,
    admits,
    log: (refusal) => void refusals.push(refusal),
    clock: Date.now,
  });
  return {
    port: acceptor.port,
    refusals,
    close: async () => {
      await acceptor.close();
      store.close();
    },
  };
}

export function clientOf(folder: string, port: number, name: string, password?: string) {
  const store = openFixStore(folder);
  const { gateway, close, trouble } = startInitiator({
    host: '127.0.0.1',
    port,
    name,
    peer: 'SRV',
    password,
    heartbeatSeconds: 1,
    reset: false,
    store,
    log: () => {},
    clock: Date.now,
  });
  return {
    gateway,
    trouble,
    close: async () => {
      await close();
      store.close();
    },
  };
}

/** Waits until something holds; the time-out of the test is the end of patience. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 4));
}
