/** Prices of a security, with the dates of its index's reviews and of its reports marked. */
import { useMemo } from 'react';
import { useCalendar } from '../../api/queries.js';
import { useCompanies } from '../../api/valueQueries.js';
import type { PriceRow, PricesDocument, SecurityDocument } from '../../api/types.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { PriceChart, type PriceMark } from '../../charts/PriceChart.js';
import { Empty } from '../../components/Loaded.js';
import { change, money, plain } from '../../format.js';
import { usePreferences } from '../../state/preferences.js';
import { reportDays } from '../../state/reportDays.js';
import { qualityKey, REVIEW_DATES } from '../../words/fieldWords.js';
import { useWords } from '../../words/useWords.js';

interface PricesProps {
  readonly security: SecurityDocument;
  readonly document: PricesDocument;
}

export function Prices({ security, document: { prices } }: PricesProps) {
  const { w, name, language } = useWords();
  const { theme } = usePreferences();
  const [member] = security.indices;
  const published = useCompanies().data?.companies.find(({ id }) => id === security.id)?.reports;
  const marks = useMarks(member?.index, prices, published);
  if (prices.length < 2) return <Empty>{w('noPrices')}</Empty>;
  const last = prices[prices.length - 1];
  const yearAgo = prices.findLast(
    ({ date }) => date <= `${Number(last.date.slice(0, 4)) - 1}${last.date.slice(4)}`,
  );
  const quality = last.quality === 'observed' ? '' : ` (${w(qualityKey(last.quality))})`;
  return (
    <ChartFrame
      name={`${security.id}-prices`}
      title={
        yearAgo === undefined
          ? w('priceTitle', { name: name(security), close: plain(last.close, 2), date: last.date })
          : w('priceFinding', {
              name: name(security),
              close: plain(last.close, 2),
              date: last.date,
              change: change(last.close / yearAgo.close - 1),
            })
      }
      source={`${w('sourcePrices', { date: last.date })}${quality}`}
      table={{
        columns: [w('date'), w('close'), w('valueTraded')],
        rows: prices
          .toReversed()
          .map(({ date, close, value }) => [date, plain(close, 2), money(value, language)]),
      }}
    >
      <PriceChart prices={prices} marks={marks} theme={theme} />
      <p className="note">{w('priceMarks')}</p>
    </ChartFrame>
  );
}

/** Dates of the reviews of its index, and the days of its reports, within the prices shown. */
function useMarks(
  index: string | undefined,
  prices: readonly PriceRow[],
  published: Parameters<typeof reportDays>[2],
): PriceMark[] {
  const calendar = useCalendar(index ?? '', { enabled: index !== undefined });
  return useMemo(() => {
    const [from, to] = [prices[0]?.date, prices[prices.length - 1]?.date];
    if (from === undefined || to === undefined) return [];
    const reviews = (calendar.data?.reviews ?? [])
      .flatMap((review) =>
        REVIEW_DATES.filter(({ letter }) => 'APE'.includes(letter)).map(({ name, letter }) => ({
          date: review[name],
          letter,
        })),
      )
      .filter(({ date }) => date >= from && date <= to);
    // A day without trading is marked at the close before it.
    const reports = reportDays(from, to, published).flatMap(({ date }) => {
      const close = prices.findLast((row) => row.date <= date);
      return close === undefined ? [] : [{ date: close.date, letter: 'R' }];
    });
    return onePerDay([...reviews, ...reports]);
  }, [calendar.data, prices, published]);
}

/** Ascending; what falls on one day shares a mark. */
function onePerDay(marks: readonly PriceMark[]): PriceMark[] {
  const letters = new Map<string, string>();
  for (const { date, letter } of marks) letters.set(date, `${letters.get(date) ?? ''}${letter}`);
  return [...letters]
    .map(([date, letter]) => ({ date, letter }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}
