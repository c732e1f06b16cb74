/** The one watchlist that stars on the pages fill. */
import { useQueryClient } from '@tanstack/react-query';
import { sendJson } from '../api/client.js';
import { useWatchlists } from '../api/queries.js';

const ID = 'mine';

interface Watchlist {
  readonly ids: readonly string[];
  readonly toggle: (id: string) => Promise<void>;
}

export function useWatchlist(): Watchlist {
  const queries = useQueryClient();
  const stored = useWatchlists().data?.watchlists.find(({ id }) => id === ID);
  const ids = stored?.body.securities ?? [];
  return {
    ids,
    async toggle(id) {
      const securities = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
      await sendJson('PUT', `/watchlists/${ID}`, { name: 'Watchlist', securities });
      await queries.invalidateQueries({ queryKey: ['/watchlists'] });
    },
  };
}
