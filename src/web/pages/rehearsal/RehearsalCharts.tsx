/** The fan of the session, and of the run in the middle its book before the closing call and its auction. */
import { useMemo } from 'react';
import type { BookLevels, RehearsalDocument } from '../../api/tradingTypes.js';
import { BookCurves } from '../../charts/BookCurves.js';
import { ChartFrame } from '../../charts/ChartFrame.js';
import { RehearsalFan } from '../../charts/RehearsalFan.js';
import { percent, plain, shareCount } from '../../format.js';
import { useWords } from '../../words/useWords.js';

interface ChartProps {
  readonly document: RehearsalDocument;
}

const price = (value: number): string => plain(value, 2);

const fileOf = ({ security, dates }: RehearsalDocument): string => `${security}-${dates.effective}-rehearsal`;

export function Fan({ document, name }: ChartProps & { readonly name: string }) {
  const { w } = useWords();
  const { close, fan, runs, knownAt } = document;
  const [low, , middle, , high] = close.quantiles;
  const came =
    close.happened === null || close.rank === null
      ? ''
      : `; ${w('fanHappened', { price: price(close.happened), rank: percent(close.rank, 0) })}`;
  return (
    <ChartFrame
      name={`${fileOf(document)}-fan`}
      title={w('fanFinding', { name, low: price(low), high: price(high), middle: price(middle) }) + came}
      source={w('sourceRehearsal', { date: knownAt })}
      table={{
        columns: [w('ofDay'), '5 %', '25 %', '50 %', '75 %', '95 %'],
        rows: [...fan, close.quantiles]
          .map((row, i) => [percent((i + 1) / (fan.length + 1), 0), ...row.map(price)])
          .filter((_, i) => i % 10 === 9 || i === fan.length),
      }}
    >
      <RehearsalFan
        fan={fan}
        close={close.quantiles}
        happened={close.happened}
        label={w('ofDay')}
        happenedLabel={w('happened')}
      />
      <p className="note">{w('rehearsedFan', { runs })}</p>
    </ChartFrame>
  );
}

/** Half the width of the pictures, as a fraction of the price. */
const AROUND = 0.03;
const NEAR = 0.02;

const around = (middle: number): readonly [number, number] => [middle * (1 - AROUND), middle * (1 + AROUND)];

const sharesUntil = (levels: BookLevels, within: (price: number) => boolean): number =>
  levels.reduce((sum, [at, shares]) => (within(at) ? sum + shares : sum), 0);

export function Book({ document }: ChartProps) {
  const { w, language } = useWords();
  const { beforeCall, close } = document.book;
  const [bid, ask] = [beforeCall.buys[0]?.[0] ?? close, beforeCall.sells[0]?.[0] ?? close];
  const middle = (bid + ask) / 2;
  const range = useMemo(() => around(middle), [middle]);
  const labels = useMemo(() => ({ buys: w('boughtAt'), sells: w('soldAt'), shares: w('sharesAxis') }), [w]);
  const count = (levels: BookLevels): string =>
    shareCount(
      sharesUntil(levels, (at) => Math.abs(at / middle - 1) <= NEAR),
      language,
      false,
    );
  return (
    <ChartFrame
      name={`${fileOf(document)}-book`}
      title={w('bookFinding', { bids: count(beforeCall.buys), asks: count(beforeCall.sells) })}
      source={w('sourceRehearsal', { date: document.knownAt })}
      table={{
        columns: [w('price'), w('boughtAt'), w('soldAt')],
        rows: tableOf(beforeCall.buys, beforeCall.sells),
      }}
    >
      <BookCurves sides={beforeCall} range={range} labels={labels} />
      <p className="note">{w('bookNote')}</p>
    </ChartFrame>
  );
}

export function Auction({ document }: ChartProps) {
  const { w, language } = useWords();
  const { beforeClose, close } = document.book;
  const range = useMemo(() => around(close), [close]);
  const labels = useMemo(() => ({ buys: w('boughtAt'), sells: w('soldAt'), shares: w('sharesAxis') }), [w]);
  return (
    <ChartFrame
      name={`${fileOf(document)}-auction`}
      title={w('auctionFinding', {
        buys: shareCount(
          sharesUntil(beforeClose.buys, (at) => at >= close),
          language,
          false,
        ),
        sells: shareCount(
          sharesUntil(beforeClose.sells, (at) => at <= close),
          language,
          false,
        ),
        price: price(close),
      })}
      source={w('sourceRehearsal', { date: document.knownAt })}
      table={{
        columns: [w('price'), w('boughtAt'), w('soldAt')],
        rows: tableOf(beforeClose.buys, beforeClose.sells),
      }}
    >
      <BookCurves sides={beforeClose} range={range} at={close} labels={labels} />
      <p className="note">{w('auctionNote')}</p>
    </ChartFrame>
  );
}

/** Shares that wait at each price, the highest first. */
function tableOf(buys: BookLevels, sells: BookLevels): string[][] {
  const rows = [
    ...buys.map(([at, shares]) => ({ at, buy: shares, sell: 0 })),
    ...sells.map(([at, shares]) => ({ at, buy: 0, sell: shares })),
  ].toSorted((a, b) => b.at - a.at);
  return rows.map(({ at, buy, sell }) => [
    price(at),
    buy === 0 ? '' : plain(buy),
    sell === 0 ? '' : plain(sell),
  ]);
}
