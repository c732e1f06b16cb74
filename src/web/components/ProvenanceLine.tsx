/** What a result was computed from, so that it can be computed again. */
import type { Provenance } from '../api/types.js';
import { useWords } from '../words/useWords.js';

export function ProvenanceLine({ provenance }: { readonly provenance: Provenance }) {
  const { w } = useWords();
  const { data, rulebook, reading, engine } = provenance;
  const readings = Object.entries(reading).map(([clause, name]) => `${clause} = ${name}`);
  return (
    <p className="provenance muted">
      {w('provenance')}: {[rulebook === 'none' ? w('noRulebook') : rulebook, ...readings].join(', ')}{' '}
      {'\u00b7'} {w('engine')} {engine} {'\u00b7'} <code title={data}>{data.slice(0, 12)}</code>
    </p>
  );
}
