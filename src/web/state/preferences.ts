/**
 * Language, theme and the colour of a rise. Kept in the browser, so that the first picture is already right, and with
 * the server, so that another browser has them too.
 */
import { useSyncExternalStore } from 'react';
import type { Language } from '../../core/index.js';
import { getJson, sendJson } from '../api/client.js';

interface Preferences {
  readonly language: Language;
  readonly theme: 'light' | 'dark' | 'system';
  readonly rising: 'red' | 'green';
}

const KEY = 'counterweight.preferences';
const listeners = new Set<() => void>();
let held: Preferences = { ...standard(), ...stored() };

export const usePreferences = (): Preferences =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => held,
  );

export function setPreferences(change: Partial<Preferences>): void {
  adopt(change);
  // A server that is away costs nothing but the other browser's copy.
  void sendJson('PUT', '/preferences', held).catch(() => undefined);
}

/** Takes over what was chosen in another browser. */
export async function readPreferences(): Promise<void> {
  if (stored() !== undefined) return;
  const { body } = await getJson<{ body: Partial<Preferences> }>('/preferences');
  const { language, theme, rising } = body;
  adopt({
    ...(language === undefined ? {} : { language }),
    ...(theme === undefined ? {} : { theme }),
    ...(rising === undefined ? {} : { rising }),
  });
}

/** Writes theme and colours to the page, where the style sheets read them. */
export function applyAppearance({ theme, rising }: Preferences, language: Language): void {
  const root = document.documentElement;
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.rising = rising;
  root.lang = language === 'zh' ? 'zh-CN' : 'en';
}

function adopt(change: Partial<Preferences>): void {
  held = { ...held, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(held));
  } catch {
    // A browser that keeps nothing still shows everything.
  }
  for (const tell of listeners) tell();
}

function standard(): Preferences {
  const language: Language = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  return { language, theme: 'system', rising: language === 'zh' ? 'red' : 'green' };
}

function stored(): Partial<Preferences> | undefined {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? undefined : (JSON.parse(text) as Partial<Preferences>);
  } catch {
    return undefined;
  }
}
