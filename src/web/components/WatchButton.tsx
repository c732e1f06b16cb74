/** Puts a security on the watchlist, or takes it off. */
import { useWatchlist } from '../state/watchlist.js';
import { useWords } from '../words/useWords.js';

export function WatchButton({ id }: { readonly id: string }) {
  const { w } = useWords();
  const { ids, toggle } = useWatchlist();
  const watched = ids.includes(id);
  return (
    <button type="button" className="button small" aria-pressed={watched} onClick={() => void toggle(id)}>
      {watched ? '\u2605' : '\u2606'} {w(watched ? 'watched' : 'watch')}
    </button>
  );
}
