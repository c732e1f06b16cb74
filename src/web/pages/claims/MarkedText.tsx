/** The text as it was read, each claim underlined in the mark of its verdict; one that overlaps another shares its line. */
import { useMemo } from 'react';
import { VERDICTS, type Verdict } from '../../../core/index.js';
import type { ClaimDocument } from '../../api/claimTypes.js';

interface MarkedTextProps {
  readonly text: string;
  readonly claims: readonly ClaimDocument[];
  readonly chosen: number | undefined;
  readonly onChoose: (claim: number) => void;
}

export function MarkedText({ text, claims, chosen, onChoose }: MarkedTextProps) {
  const parts = useMemo(() => partsOf(text, claims), [text, claims]);
  return (
    <div className="marked-text">
      {parts.map(({ start, end, first, verdict, covers }) =>
        first === undefined || verdict === undefined ? (
          <span key={start}>{text.slice(start, end)}</span>
        ) : (
          <a
            key={start}
            href={`#claim-${first}`}
            className={`marked verdict-${verdict}`}
            aria-current={chosen !== undefined && covers.includes(chosen) ? 'true' : undefined}
            onClick={(event) => {
              event.preventDefault();
              onChoose(first);
              document.querySelector(`#claim-${first}`)?.scrollIntoView({ block: 'nearest' });
            }}
          >
            {text.slice(start, end)}
          </a>
        ),
      )}
    </div>
  );
}

interface Part {
  readonly start: number;
  readonly end: number;
  /** The first claim on it; undefined between claims. */
  readonly first?: number;
  readonly covers: readonly number[];
  readonly verdict?: Verdict;
}

/** Claims that overlap become one stretch, under the worst of their verdicts. */
function partsOf(text: string, claims: readonly ClaimDocument[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const order = claims
    .map((claim, i) => ({ ...claim, i }))
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  for (let k = 0; k < order.length;) {
    const { start } = order[k];
    let { end } = order[k];
    const covers: typeof order = [];
    while (k < order.length && order[k].start < end) {
      end = Math.max(end, order[k].end);
      covers.push(order[k++]);
    }
    if (start > at) parts.push({ start: at, end: start, covers: [] });
    const verdict = covers.map((claim) => claim.verdict).toSorted((a, b) => rank(b) - rank(a))[0];
    const worst = covers.find((claim) => claim.verdict === verdict) ?? covers[0];
    parts.push({ start, end, first: worst.i, verdict, covers: covers.map(({ i }) => i) });
    at = end;
  }
  if (at < text.length) parts.push({ start: at, end: text.length, covers: [] });
  return parts;
}

/** Wrong above all; what cannot be checked says least. */
const rank = (verdict: Verdict): number => (verdict === 'not-checkable' ? -1 : VERDICTS.indexOf(verdict));
