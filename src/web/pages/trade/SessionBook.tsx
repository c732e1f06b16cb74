/** The order book of a security, five prices on each side, at a minute of the session that is chosen with a slider. */
import { useState, type CSSProperties } from 'react';
import { useBook } from '../../api/accountQueries.js';
import type { BookDocument } from '../../api/accountTypes.js';
import { Loaded } from '../../components/Loaded.js';
import { plain } from '../../format.js';
import { useSettled } from '../../state/useSettled.js';
import { useWords } from '../../words/useWords.js';

interface SessionBookProps {
  readonly account: string;
  readonly security: string;
  readonly name: string;
  readonly date: string;
  /** Where it stands at first, `HH:MM:SS`. */
  readonly time?: string;
}

export function SessionBook({ account, security, name, date, time = '15:00:00' }: SessionBookProps) {
  const { w } = useWords();
  const [chosen, choose] = useState(time);
  const settled = useSettled(chosen) ?? chosen;
  const book = useBook(account, { security, date, time: settled });
  // Most securities have only closes: then there is no book, and that is no failure.
  if (book.error?.code === 'no_bar') return <p className="muted note">{w('noBook', { date })}</p>;
  return (
    <section className="panel session-book" aria-label={w('bookOf', { name })}>
      <header className="panel-head">
        <h3>{w('bookOf', { name })}</h3>
        <span className="muted">{date}</span>
      </header>
      <Loaded asked={book} shape="text">
        {(document) => <Shown book={document} chosen={chosen} choose={choose} />}
      </Loaded>
    </section>
  );
}

interface ShownProps {
  readonly book: BookDocument;
  readonly chosen: string;
  readonly choose: (time: string) => void;
}

function Shown({ book, chosen, choose }: ShownProps) {
  const { w } = useWords();
  const { times, asks, bids, last, volume } = book;
  const at = Math.max(
    0,
    times.findLastIndex((time) => time <= chosen),
  );
  const isCall = asks.length > 0 && bids.length > 0 && asks[0].price <= bids[0].price;
  const most = Math.max(1, ...[...asks, ...bids].map(({ shares }) => shares));
  return (
    <>
      <label className="book-time">
        <span>
          {w('bookTime')} <strong>{times[at]?.slice(0, 5)}</strong>
        </span>
        <input
          type="range"
          min={0}
          max={times.length - 1}
          value={at}
          aria-valuetext={times[at]?.slice(0, 5)}
          onChange={({ target }) => choose(times[Number(target.value)] ?? chosen)}
        />
      </label>
      <table className="book">
        <thead>
          <tr>
            <td />
            <th scope="col">{w('bookPrice')}</th>
            <th scope="col">{w('unitShares')}</th>
          </tr>
        </thead>
        <tbody>
          {asks
            .map((level, i) => ({ ...level, i }))
            .toReversed()
            .map(({ price, shares, i }) => (
              <Level
                key={`ask ${i}`}
                label={`${w('askShort')} ${i + 1}`}
                {...{ price, shares, most }}
                side="ask"
              />
            ))}
          <tr className="last">
            <th scope="row">{w('lastPrice')}</th>
            <td>{last === null ? '\u2013' : plain(last, 2)}</td>
            <td />
          </tr>
          {bids.map(({ price, shares }, i) => (
            <Level
              key={`bid ${i}`}
              label={`${w('bidShort')} ${i + 1}`}
              {...{ price, shares, most }}
              side="bid"
            />
          ))}
        </tbody>
      </table>
      <p className="muted note">
        {w('bookVolume', { n: plain(volume) })} {isCall && w('callBookNote')} {w('sessionBookNote')}
      </p>
    </>
  );
}

interface LevelProps {
  readonly label: string;
  readonly price: number;
  readonly shares: number;
  readonly most: number;
  readonly side: 'bid' | 'ask';
}

function Level({ label, price, shares, most, side }: LevelProps) {
  const width = { '--depth': `${(shares / most) * 100}%` } as CSSProperties;
  return (
    <tr className={side}>
      <th scope="row">{label}</th>
      <td>{plain(price, 2)}</td>
      <td className="depth" style={width}>
        {plain(shares)}
      </td>
    </tr>
  );
}
