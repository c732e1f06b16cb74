/** Verdicts as sign and word, so that no one needs the colour; and how many there are of each. */
import { VERDICTS, type Verdict } from '../../../core/index.js';
import type { ClaimDocument } from '../../api/claimTypes.js';
import type { WordKey } from '../../words/en.js';
import { useWords } from '../../words/useWords.js';

const SIGNS: Readonly<Record<Verdict, string>> = {
  right: '✓',
  'right-within-rounding': '≈',
  stale: '†',
  ambiguous: '?',
  wrong: '✕',
  'not-checkable': '–',
};

const WORDS: Readonly<Record<Verdict, WordKey>> = {
  right: 'verdictRight',
  'right-within-rounding': 'verdictRounded',
  stale: 'verdictStale',
  ambiguous: 'verdictAmbiguous',
  wrong: 'verdictWrong',
  'not-checkable': 'verdictNot',
};

export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { w } = useWords();
  return (
    <span className={`verdict verdict-${verdict}`}>
      <span aria-hidden="true">{SIGNS[verdict]}</span> {w(WORDS[verdict])}
    </span>
  );
}

export function Verdicts({ claims }: { readonly claims: readonly ClaimDocument[] }) {
  const counts = VERDICTS.map((verdict) => ({
    verdict,
    count: claims.filter((claim) => claim.verdict === verdict).length,
  }));
  return (
    <ul className="verdict-counts">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ verdict, count }) => (
          <li key={verdict}>
            <strong>{count}</strong> <VerdictMark verdict={verdict} />
          </li>
        ))}
    </ul>
  );
}
