/** Where the workbench starts: preferences, the cache of documents, the frame. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';
import { ApiFailure } from './api/client.js';
import { listenToData } from './api/dataEvents.js';
import { readPreferences } from './state/preferences.js';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A document changes only with the data, and the server says when.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      // The server is on this machine: it answers without a network.
      networkMode: 'always',
      retry: (count, error) => error instanceof ApiFailure && error.kind === 'operational' && count < 1,
    },
  },
});

listenToData(() => void queries.invalidateQueries());
// Without an answer the standard preferences hold.
void readPreferences().catch(() => undefined);

const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
}
