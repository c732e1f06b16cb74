/** Numbers on the page: rounded for the reader, exact in the tooltip, with a sign where they have a direction. */
import { change, exact, money, percent, plain, points, shareCount } from '../format.js';
import { useLanguage, useWords } from '../words/useWords.js';
import type { Named } from '../api/types.js';
import { hrefOf } from '../state/route.js';
import { Link } from './Link.js';

type Value = { readonly value: number | null | undefined };

const direction = (value: number | null | undefined): string =>
  value === null || value === undefined || value === 0 ? '' : value > 0 ? 'rise' : 'fall';

export const Weight = ({ value }: Value) => <span title={exact(value)}>{percent(value)}</span>;

export function Points({ value }: Value) {
  const language = useLanguage();
  return (
    <span className={direction(value)} title={exact(value)}>
      {points(value, language)}
    </span>
  );
}

/** What is left to the cap; beyond it, negative. */
export function Room({ value }: Value) {
  const language = useLanguage();
  const beyond = value !== null && value !== undefined && value < 0;
  return (
    <span className={beyond ? 'doubt' : ''} title={exact(value)}>
      {points(value, language, beyond)}
    </span>
  );
}

export const Change = ({ value }: Value) => (
  <span className={direction(value)} title={exact(value)}>
    {change(value)}
  </span>
);

/** Money; signed and coloured where it is a flow, buy positive. */
export function Amount({ value, flow = false }: Value & { readonly flow?: boolean }) {
  const language = useLanguage();
  return (
    <span className={flow ? direction(value) : ''} title={exact(value)}>
      {money(value, language, flow)}
    </span>
  );
}

/** Money of an account, to the fen; signed and coloured where it is gained or lost. */
export const Cash = ({ value, flow = false }: { readonly value: number; readonly flow?: boolean }) => (
  <span className={flow ? direction(value) : ''}>
    {flow && value > 0 && '+'}
    {plain(value, 2)}
  </span>
);

export function Shares({ value }: Value) {
  const language = useLanguage();
  return (
    <span className={direction(value)} title={exact(value)}>
      {shareCount(value, language)}
    </span>
  );
}

/** A security's name, the other language's in the tooltip; its page one click away. */
export function SecurityName({ of }: { readonly of: Named }) {
  const { name, otherName } = useWords();
  return (
    <Link href={hrefOf(`/securities/${of.id}`)} tabIndex={-1} title={otherName(of)} className="quiet">
      {name(of)}
    </Link>
  );
}
