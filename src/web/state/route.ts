/** The address bar as state: which page, of what, as known when. Every view is a link. */
import { useSyncExternalStore } from 'react';

interface Route {
  /** Parts of the path, `['indices', 'star-50']`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

/** What goes along from page to page. */
const CONTEXT = ['knownAt', 'lang'] as const;

const listeners = new Set<() => void>();
let shown = { address: '', route: { path: [], query: new URLSearchParams() } as Route };

export const useRoute = (): Route => useSyncExternalStore(subscribe, currentRoute);

function currentRoute(): Route {
  const { pathname, search } = window.location;
  const address = pathname + search;
  if (address !== shown.address) {
    shown = { address, route: { path: partsOf(pathname), query: new URLSearchParams(search) } };
  }
  return shown.route;
}

/** What no code, day or name holds; a part with one of these would ask the server for something else. */
const FOREIGN = /[/\\?#%\p{Cc}]/u;

/** Decoded parts; of an address that cannot be one of ours the address itself, which is no page. */
export function partsOf(pathname: string): readonly string[] {
  try {
    const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
    return parts.some((part) => FOREIGN.test(part)) ? [pathname] : parts;
  } catch {
    return [pathname];
  }
}

export function navigate(href: string, how: 'push' | 'replace' = 'push'): void {
  const before = window.location.pathname;
  window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', href);
  for (const tell of listeners) tell();
  if (window.location.pathname !== before) window.scrollTo(0, 0);
}

/** An address with the knowledge date and language of the present one. */
export function hrefOf(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const wanted = new URLSearchParams();
  for (const name of CONTEXT) {
    const value = currentRoute().query.get(name);
    if (value !== null && !(name in query)) wanted.set(name, value);
  }
  for (const [name, value] of Object.entries(query)) if (value !== undefined) wanted.set(name, value);
  const text = wanted.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The present address with some of its parameters changed; `undefined` takes one away. */
export function changedQuery(change: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return window.location.pathname + (text === '' ? '' : `?${text}`);
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  window.addEventListener('popstate', tell);
  return () => {
    listeners.delete(tell);
    window.removeEventListener('popstate', tell);
  };
}
