/** The query of the address as sliders move it: a copy changes at once, the address follows when the hand rests. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { navigate, useRoute } from './route.js';

const ADDRESS_PAUSE_MS = 250;

/** Parameters to set, and those to take away as `undefined`. */
type Change = Readonly<Record<string, string | undefined>>;

export function useHeldQuery(): readonly [URLSearchParams, (change: Change) => void] {
  const { query } = useRoute();
  const address = query.toString();
  const [held, setHeld] = useState(() => ({ address, query: address }));
  // The address was changed by somebody else: a link, the way back.
  if (held.address !== address) setHeld({ address, query: address });
  useEffect(() => {
    if (held.query === address) return undefined;
    const later = setTimeout(() => {
      const path = window.location.pathname;
      navigate(held.query === '' ? path : `${path}?${held.query}`, 'replace');
    }, ADDRESS_PAUSE_MS);
    return () => clearTimeout(later);
  }, [held.query, address]);
  const change = useCallback(
    (changes: Change): void => setHeld((before) => ({ ...before, query: changed(before.query, changes) })),
    [],
  );
  return [useMemo(() => new URLSearchParams(held.query), [held.query]), change];
}

function changed(query: string, changes: Change): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  return next.toString();
}
