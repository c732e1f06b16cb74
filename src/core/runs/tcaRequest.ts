/** An order that was traded, as its trader knows it, and everything that can be wrong with it. */
import type { Day, SecurityId } from '../base/brand.js';
import { InputError, type Issue } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import { isSession } from '../calendar/sessions.js';
import type { Commission } from '../market/fees.js';
import { lastRow, panelRange, PRICE_QUALITIES } from '../market/prices.js';
import { dailyLimits } from './dailyLimits.js';
import type { IndexData } from './indexData.js';

export interface TcaFill {
  readonly day: Day;
  /** Above 0, whole. */
  readonly shares: number;
  readonly price: number;
  /** What the market stood at when it was sent, such as the middle of the quotes. */
  readonly reference?: number;
  /** Volume-weighted price of its session. */
  readonly vwap?: number;
  /** Paid, currency; worked out from the rates of the day when absent. */
  readonly fees?: number;
}

export interface TcaRequest {
  readonly security: SecurityId;
  readonly side: 'buy' | 'sell';
  readonly fills: readonly TcaFill[];
  /** Decided on, above 0; all that was filled when absent. */
  readonly shares?: number;
  /** Its close is the decision price; the session before the first fill when absent. */
  readonly decided?: Day;
  readonly decisionPrice?: number;
  /** When the order was at the desk; the close before the first fill when absent. */
  readonly arrivalPrice?: number;
  /** Shares not filled are valued at its close; the day of the last fill when absent. */
  readonly until?: Day;
  /** Effective date of a review, whose swap close is a benchmark. */
  readonly effective?: Day;
  readonly commission?: Commission;
}

/** @throws InputError `bad_fills` with everything that is wrong with the fills and the order */
export function checkTca(data: IndexData, request: TcaRequest): void {
  const issues = [...fillIssues(data, request), ...orderIssues(data, request)];
  if (issues.length > 0) throw new InputError('bad_fills', 'fills that cannot have been', issues);
}

const bad = (path: string, value: unknown, expected: string): Issue => ({
  code: 'bad_fills',
  path,
  value,
  expected,
});

function fillIssues(data: IndexData, { security, fills }: TcaRequest): Issue[] {
  const { prices, calendar } = data.market;
  const row = prices.ids.indexOf(security);
  const traded = new Map<Day, number>();
  const issues = fills.flatMap((fill, i): Issue[] => {
    const { day, shares, price } = fill;
    const place = `fill ${i + 1} of ${formatDay(day)}`;
    const own = [
      ...(Number.isInteger(shares) && shares > 0
        ? []
        : [bad(`${place}, shares`, shares, 'a whole number above 0')]),
      ...(['price', 'reference', 'vwap'] as const).flatMap((name) => {
        const value = fill[name];
        return value === undefined || (value > 0 && Number.isFinite(value))
          ? []
          : [bad(`${place}, ${name}`, value, 'a price above 0')];
      }),
      ...(fill.fees === undefined || (fill.fees >= 0 && Number.isFinite(fill.fees))
        ? []
        : [bad(`${place}, fees`, fill.fees, 'an amount of at least 0')]),
    ];
    const { first, last } = panelRange(prices);
    if (day <= first || day > last) {
      return [
        ...own,
        bad(
          place,
          formatDay(day),
          `a day after ${formatDay(first)} and up to ${formatDay(last)}, the closes held`,
        ),
      ];
    }
    if (!isSession(calendar, day))
      return [...own, bad(place, formatDay(day), 'a day on which there was trading')];
    const at = lastRow(prices, row, day);
    if (at < 0 || prices.day[at] !== day)
      return [...own, bad(place, formatDay(day), `a day on which ${security} was not suspended`)];
    traded.set(day, (traded.get(day) ?? 0) + shares * price);
    // Limits are of raw prices; a close that was adjusted afterwards says nothing of them.
    const limits =
      PRICE_QUALITIES[prices.quality[at]] === 'adjusted' ? undefined : dailyLimits(data, security, day);
    if (limits !== undefined && (price > limits.up || price < limits.down)) {
      own.push(
        bad(
          `${place}, price`,
          price,
          `a price within the day's limits, ${limits.down.toFixed(2)} to ${limits.up.toFixed(2)}`,
        ),
      );
    }
    return own;
  });
  for (const [day, value] of traded) {
    const all = prices.value[lastRow(prices, row, day)];
    if (value > all)
      issues.push(
        bad(
          `fills of ${formatDay(day)}`,
          value,
          `no more than the ${Math.round(all)} traded that day by everybody`,
        ),
      );
  }
  return fills.length === 0 ? [bad('fills', 0, 'at least one')] : issues;
}

function orderIssues({ market: { prices } }: IndexData, request: TcaRequest): Issue[] {
  const { fills, shares, decided, until, decisionPrice, arrivalPrice, commission } = request;
  const days = fills.map(({ day }) => day);
  const filled = fills.reduce((total, fill) => total + fill.shares, 0);
  const { last } = panelRange(prices);
  const rows: readonly (readonly [boolean, string, unknown, string])[] = [
    [
      shares === undefined || (Number.isInteger(shares) && shares >= filled),
      'shares',
      shares,
      `a whole number of at least the ${filled} filled`,
    ],
    [
      decided === undefined ||
        decided < Math.min(...days) ||
        (decisionPrice !== undefined && decided === Math.min(...days)),
      'decided',
      decided && formatDay(decided),
      'a day before the first fill, or that day with a decision price',
    ],
    [
      until === undefined || (until >= Math.max(...days) && until <= last),
      'until',
      until && formatDay(until),
      `a day no earlier than the last fill, up to ${formatDay(last)}`,
    ],
    [decisionPrice === undefined || decisionPrice > 0, 'decisionPrice', decisionPrice, 'a price above 0'],
    [arrivalPrice === undefined || arrivalPrice > 0, 'arrivalPrice', arrivalPrice, 'a price above 0'],
    [
      commission === undefined || (commission.rate >= 0 && commission.rate < 0.1 && commission.least >= 0),
      'commission',
      commission?.rate,
      'a fraction from 0 to below 0.1 and a least amount of at least 0',
    ],
  ];
  return rows.filter(([sound]) => !sound).map(([, path, value, expected]) => bad(path, value, expected));
}
