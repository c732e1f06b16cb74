/** A value once it has stopped changing for a moment: what is typed is asked about when the hand rests. */
import { useEffect, useState } from 'react';

const PAUSE_MS = 150;

export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const later = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(later);
  }, [value]);
  return settled;
}
